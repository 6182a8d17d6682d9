// Names in writings that run to the left, for a desktop that sets letter beside letter.
#include <doctest/doctest.h>

#include <string>

#include "platform/system_letters.h"

using namespace stride::platform;

TEST_CASE("letters: what runs to the left is turned round, numbers and Latin words are not") {
  const struct {
    const char *written, *drawn;
  } cases[] = {
      {"", ""},
      {"Adam 0.1", "Adam 0.1"},
      {"Größe λ", "Größe λ"},
      {"漢字 🙂", "漢字 🙂"},
      {"שלום", "םולש"},
      {"run שלום: 3", "run םולש: 3"},
      {"שלום 12.5 לך", "ךל 12.5 םולש"},
      {"א Adam-2 ב", "ב Adam-2 א"},
      {"אב\nגד", "בא\nדג"},
      {"שָׁלוֹם", "םולש"},
  };
  for (const auto& c : cases) CHECK(from_left_to_right(c.written) == c.drawn);
}

TEST_CASE("letters: Arabic ones have the form of their place") {
  // From the right: meem at the beginning, reh at the end, hah at the beginning, beh between, alef at the end.
  CHECK(from_left_to_right("مرحبا") == "\uFE8E\uFE92\uFEA3\uFEAE\uFEE3");
  CHECK(from_left_to_right("سلام") == "\uFEE1\uFEFC\uFEB3");  // lam and alef are one
  CHECK(from_left_to_right("لا") == "\uFEFB");
  CHECK(from_left_to_right("دو") == "\uFEED\uFEA9");  // neither joins the next
  CHECK(from_left_to_right("گرمی") == "\uFBFD\uFEE3\uFEAE\uFB94");
}

TEST_CASE("letters: any bytes are taken") {
  for (const char* bytes : {"\xff\xfe", "\xd7", "א\xd7", "\xe0\x80", "ال\xd9"})
    CHECK(!from_left_to_right(bytes).empty());
}

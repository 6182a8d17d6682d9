// Where a line of text may end.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "ui/line_breaks.h"

using namespace stride::ui;

namespace {

std::vector<std::string> parts(std::string_view words) {
  std::vector<std::string> all;
  while (!words.empty()) {
    all.emplace_back(words.substr(0, together(words)));
    words.remove_prefix(all.back().size());
  }
  return all;
}

}  // namespace

TEST_CASE("a line ends at spaces, and in Chinese between letters that no punctuation holds together") {
  using Parts = std::vector<std::string>;
  CHECK(parts("at 0.1, “so”") == Parts{"at", " 0.1,", " “so”"});
  CHECK(parts("學习率") == Parts{"學", "习", "率"});
  CHECK(parts("率，0.1（低）。") == Parts{"率，", "0.1", "（低）。"});
  CHECK(parts("“梯度”是 Adam") == Parts{"“梯", "度”", "是", " Adam"});
  CHECK(parts("50%。") == Parts{"50%。"});
  CHECK(parts("קצב 0.1") == Parts{"קצב", " 0.1"});
  CHECK(parts("\xE4\xFF") == Parts{"\xE4", "\xFF"});
  CHECK(first_letter("") == "");
  CHECK(last_letter("") == "");
  CHECK(last_letter("a率") == "率");
}

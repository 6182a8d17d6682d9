#include "scenario/documents/reading.h"
#include "support/hostile.h"
#include "support/random_scenario.h"
#include "support/sentences.h"

using namespace stride;
using namespace stride::testing;

TEST_CASE("scenario: a byte order mark and the line ends of Windows are taken") {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const Scenario s = random_scenario(seed);
    Scenario read;
    REQUIRE(read_scenario(of_windows(write_scenario(s)), read) == "");
    CHECK(read == s);
  }
  Scenario s;
  CHECK(read_scenario(byte_order_mark + "{\"stride\": one}", s) ==
        "line 1, column 12: expected a value, got 'one'");
}

TEST_CASE("link: a byte order mark and line breaks are taken, also within") {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const Scenario s = random_scenario(seed);
    std::string link = encode_link(s);
    Scenario read;
    REQUIRE(decode_link(of_windows(link + "\n"), read) == "");
    CHECK(read == s);
    link.insert(link.size() / 2, "\r\n");
    REQUIRE(decode_link(link, read) == "");
    CHECK(read == s);
  }
  Scenario query;
  REQUIRE(decode_link(byte_order_mark + "?surface=beale&lr=0.1\r\n", query) == "");
  CHECK(surface_of(query).surface == find_surface("beale"));
  CHECK(query.runs[0].optimizer.number(0) == 0.1);
}

TEST_CASE("scenario: no document of the allowed size takes long") {
  for (const std::string& document : large_documents()) {
    REQUIRE(document.size() <= static_cast<size_t>(max_document));
    check_quick(document, [&] {
      Scenario s;
      CHECK(sentence(read_scenario(document, s)).size() < 1000);
    });
  }
  Scenario s;
  CHECK(read_scenario(large_documents().back(), s) == "");
}

TEST_CASE("link: no link of the allowed size takes long") {
  const size_t most = static_cast<size_t>(max_document);
  const std::string links[] = {"#s=" + repeated("A", most),
                               "?" + repeated("&a=1", most),
                               "?" + repeated("=", most),
                               "?name=" + repeated("%41", most),
                               "?expression=" + repeated("(", most),
                               "?schedule=MultiStepLR&milestones=" + repeated("1,", most),
                               "?schedule=Points&points=" + repeated("1,", most),
                               repeated("?", most)};
  for (const std::string& link : links)
    check_quick(link, [&] {
      Scenario s;
      const Error e = decode_link(link, s);
      CHECK(sentence(e).size() < 1000);
    });
}

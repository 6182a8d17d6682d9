#include "jobs/jobs.h"
#include "support/every_kind.h"
#include "support/random_scenario.h"
#include "support/sentences.h"

using namespace stride;
using namespace stride::testing;

TEST_CASE("jobs: every kind of value in every place of a request") {
  for (int row = 0; row < static_cast<int>(studies().size()); ++row) {
    jobs::Request before;
    before.scenario = default_scenario();
    before.study = default_settings(row, studies()[row].params);
    for (size_t i = 0; i < studies()[row].params.size(); ++i) {
      stride::testing::Dice dice(static_cast<unsigned>(i));
      before.study.values[i] = stride::testing::value_within(studies()[row].params[i], dice);
    }
    const std::string bytes = jobs::encode_request(before);
    const size_t line = bytes.find('\n');
    const auto decode = [&](const std::string& text) {
      CAPTURE(text);
      jobs::Request request = before, again;
      if (const Error e = jobs::decode_request(text, request)) {
        CHECK_MESSAGE(is_sentence(sentence(e)), sentence(e));
        CHECK(request == before);
      } else {
        CHECK(jobs::decode_request(jobs::encode_request(request), again) == "");
        CHECK(again == request);
        CHECK(studies()[request.study.row].tiles(jobs::problem_without_minima(request), request.study) > 0);
      }
    };
    Document head = Document::parse(bytes.substr(0, line));
    each_replacement(head, [&](const std::string& text) { decode(text + bytes.substr(line)); });
    Document scenario = Document::parse(surface_document);
    each_replacement(scenario, [&](const std::string& text) { decode(bytes.substr(0, line + 1) + text); });
  }
}

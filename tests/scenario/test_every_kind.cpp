#include "support/every_kind.h"
#include "support/random_scenario.h"
#include "support/sentences.h"

using namespace stride;
using namespace stride::testing;

namespace {

void check_scenarios(Document document) {
  const Scenario before = default_scenario();
  each_replacement(document, [&](const std::string& text) {
    CAPTURE(text);
    Scenario s = before, again;
    if (const Error e = read_scenario(text, s)) {
      CHECK_MESSAGE(is_sentence(sentence(e)), sentence(e));
      CHECK(s == before);
    } else {
      CHECK(read_scenario(write_scenario(s), again) == "");
      CHECK(again == s);
    }
  });
}

const char* const network_document = R"({"stride": 1,
  "problem": {"type": "network", "layers": [2, 1], "activation": "relu",
              "data": {"type": "points", "points": [[0, 1, 0], [1, 0, 1]]},
              "init": {"type": "weights", "weights": [1, 2, 3]}, "batches": [[0], [1]]},
  "steps": 5})";
const char* const plain_network_document = R"({"stride": 1,
  "problem": {"type": "network", "layers": [2, 3, 1], "data": {"type": "moons", "samples": 20, "noise": 0.1, "seed": 1},
              "init": {"type": "kaiming", "seed": 1}, "batch_size": 5, "seed": 1}})";

const char* const curve_document = R"({"stride": 1,
  "problem": {"type": "curve", "expression": "x^4 - x^2", "domain": [-2, 2], "start": 1.5, "noise": {"sigma": 0.5, "seed": 7}},
  "runs": [{"start": 0.5}]})";

const char* const fit_document = R"({"stride": 1,
  "problem": {"type": "fit", "model": "sigmoid", "data": {"type": "points", "points": [[0, 1], [1, 0], [2, 1]]}, "scale": "standard",
              "start": [1, 2], "domain": [-1, 1, -2, 2], "batch_size": 2, "seed": 3}})";

}  // namespace

TEST_CASE("scenario: every kind of value in every place") {
  for (const char* text :
       {surface_document, network_document, plain_network_document, curve_document, fit_document})
    check_scenarios(Document::parse(text));
  for (unsigned seed = 0; seed < 40; ++seed)
    check_scenarios(Document::parse(write_scenario(random_scenario(seed))));
}

TEST_CASE("scenario: null is no number and no word") {
  const struct {
    const char *document, *says;
  } table[] = {
      {R"({"stride": 1, "steps": null})", "steps: expected a whole number from 1 to 100000, got null"},
      {R"({"stride": 1, "problem": {"start": [null, 0]}})",
       "problem.start[0]: expected a number from -1000000 to 1000000, got null"},
      {R"({"stride": 1, "view": {"zoom": null}})",
       "view.zoom: expected a number from 0.001 to 1000000, got null"},
      {R"({"stride": 1, "view": {"theme": null}})",
       "view.theme: expected one of auto, dark, light, projector, got null"},
      {R"({"stride": 1, "problem": {"type": null}})",
       "problem.type: expected one of surface, network, curve, fit, got null"},
      {R"({"stride": 1, "problem": {"domain": [0, null, 0, 1]}})",
       "problem.domain[1]: expected a number from -1000000 to 1000000, got null"},
  };
  for (const auto& t : table) {
    Scenario s = random_scenario(1);
    const Scenario before = s;
    CHECK(read_scenario(t.document, s) == t.says);
    CHECK(s == before);
  }
}

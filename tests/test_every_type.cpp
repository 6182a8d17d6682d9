// Every value of a scenario, a request and a lesson's header replaced by every kind of JSON value: each is
// taken, or refused in a sentence that leaves what was there.
#include <doctest/doctest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "jobs/jobs.h"
#include "lesson/lesson.h"
#include "random_scenario.h"

using namespace stride;
using stride::testing::random_scenario;
using Document = nlohmann::ordered_json;

namespace {

const Document kinds[] = {nullptr,
                          true,
                          1,
                          -1,
                          0.5,
                          1e300,
                          "word",
                          "",
                          Document::array(),
                          {1, 2},
                          Document::object(),
                          {{"type", nullptr}}};

/// Calls `see` with the document's text for each of its values, and each kind in its place.
void each_replacement(Document& document, const std::function<void(const std::string&)>& see) {
  std::vector<std::string> places;
  const Document leaves = document.flatten();
  for (const auto& [place, value] : leaves.items()) {
    // The value itself, and all that lies around it.
    for (size_t end = place.size(); end != std::string::npos && end > 0; end = place.rfind('/', end - 1))
      places.push_back(place.substr(0, end));
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  for (const std::string& place : places) {
    Document& value = document[Document::json_pointer(place)];
    const Document before = value;
    for (const Document& kind : kinds) {
      value = kind;
      see(document.dump());
    }
    value = before;
  }
}

/// A sentence: one line that says what was expected or is unknown.
bool is_sentence(const std::string& words) {
  const bool says =
      words.find("expected ") != std::string::npos || words.find("unknown ") != std::string::npos;
  return says && words.find('\n') == std::string::npos && words.size() < 1000;
}

void check_scenarios(Document document) {
  const Scenario before = default_scenario();
  each_replacement(document, [&](const std::string& text) {
    CAPTURE(text);
    Scenario s = before, again;
    if (const Error e = read_scenario(text, s); !e.empty()) {
      CHECK_MESSAGE(is_sentence(e), e);
      CHECK(s == before);
    } else {
      CHECK(read_scenario(write_scenario(s), again) == "");
      CHECK(again == s);
    }
  });
}

const char* const surface_document = R"({"stride": 1,
  "problem": {"type": "surface", "expression": "x^2 + 10*y^2", "domain": [-2, 2, -1, 3], "start": [-1.2, 1],
              "noise": {"sigma": 0.5, "seed": 7}},
  "steps": 20,
  "runs": [{"name": "A", "start": [0, 0.5], "optimizer": {"type": "Adam", "lr": 0.1, "betas": [0.8, 0.99]},
            "schedule": {"type": "SequentialLR", "milestones": [5],
                         "schedulers": [{"type": "LinearLR"}, {"type": "Points", "points": [[0, 1], [5, 0.5]]}]}}],
  "view": {"yaw": 1, "pitch": 0.5, "zoom": 2, "pan": [1, 2], "flat": true, "cursor": 3, "hidden": [0], "theme": "dark"}})";
const char* const network_document = R"({"stride": 1,
  "problem": {"type": "network", "layers": [2, 1], "activation": "relu",
              "data": {"type": "points", "points": [[0, 1, 0], [1, 0, 1]]},
              "init": {"type": "weights", "weights": [1, 2, 3]}, "batches": [[0], [1]]},
  "steps": 5})";
const char* const plain_network_document = R"({"stride": 1,
  "problem": {"type": "network", "layers": [2, 3, 1], "data": {"type": "moons", "samples": 20, "noise": 0.1, "seed": 1},
              "init": {"type": "kaiming", "seed": 1}, "batch_size": 5, "seed": 1}})";

const char* const lesson_header = R"({
  "title": "A title", "blindfold": true, "leaderboard": true, "next": "08.md", "sources": ["One", "Two"],
  "scenario": {"problem": {"surface": "quad_k10", "start": [-4, 2]}, "steps": 60,
               "runs": [{"optimizer": {"type": "SGD", "lr": 0.02}}]},
  "prediction": {"question": "What?", "after": 1, "draw": {"run": 0, "within": 4}, "choices": [
    {"text": "This", "correct": true, "feedback": "Yes"}, {"text": "That", "feedback": "No"}]},
  "goal": {"say": "Lower.", "scenario": {"steps": 50}, "run": 0, "loss_below": 0.01, "end_loss_below": 0.01,
           "tail_loss_below": 0.01, "distance_to_minimum": 1, "within_steps": 20, "no_divergence": true,
           "diverges": false, "free_start": false, "optimizers": ["SGD"], "schedules": ["StepLR"]},
  "solution": {"runs": [{"optimizer": {"type": "SGD", "lr": 0.18}}]},
  "facts": [{"scenario": {"steps": 10}, "run": 0, "step": 0, "loss": "28", "x": "-4", "y": "2", "outcome": "slow",
             "below": 0.1, "reached": 3}]})";

}  // namespace

TEST_CASE("scenario: every kind of value in every place") {
  for (const char* text : {surface_document, network_document, plain_network_document})
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
       "problem.type: expected one of surface, network, got null"},
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

TEST_CASE("jobs: every kind of value in every place of a request") {
  for (int row = 0; row < static_cast<int>(studies().size()); ++row) {
    jobs::Request before;
    before.scenario = default_scenario();
    before.study = default_spec(row, studies()[row].params);
    for (size_t i = 0; i < studies()[row].params.size(); ++i) {
      stride::testing::Dice dice(static_cast<unsigned>(i));
      before.study.values[i] = stride::testing::value_within(studies()[row].params[i], dice);
    }
    const std::string bytes = jobs::encode_request(before);
    const size_t line = bytes.find('\n');
    const auto decode = [&](const std::string& text) {
      CAPTURE(text);
      jobs::Request request = before, again;
      if (const Error e = jobs::decode_request(text, request); !e.empty()) {
        CHECK_MESSAGE(is_sentence(e), e);
        CHECK(request == before);
      } else {
        CHECK(jobs::decode_request(jobs::encode_request(request), again) == "");
        CHECK(again == request);
        CHECK(studies()[request.study.row].tiles(jobs::outline_of(request), request.study) > 0);
      }
    };
    Document head = Document::parse(bytes.substr(0, line));
    each_replacement(head, [&](const std::string& text) { decode(text + bytes.substr(line)); });
    Document scenario = Document::parse(surface_document);
    each_replacement(scenario, [&](const std::string& text) { decode(bytes.substr(0, line + 1) + text); });
  }
}

TEST_CASE("lesson: every kind of value in every place of the header") {
  Document header = Document::parse(lesson_header);
  Lesson whole;
  REQUIRE(read_lesson("---\n" + header.dump() + "\n---\n## One\nWords\n", "a.md", whole) == "");
  each_replacement(header, [&](const std::string& text) {
    CAPTURE(text);
    Lesson lesson;
    lesson.title = "untouched";
    if (const Error e = read_lesson("---\n" + text + "\n---\n## One\nWords\n", "a.md", lesson); !e.empty()) {
      CHECK_MESSAGE(is_sentence(e), e);
      CHECK(e.find("a.md: line ") == 0);
      CHECK(lesson.title == "untouched");
    } else {
      CHECK(lesson.screens.size() == 1);
    }
  });
}

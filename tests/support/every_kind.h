// Every value of a document replaced by every kind of JSON value: each is taken, or refused in a sentence
// that leaves what was there.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace stride::testing {

using Document = nlohmann::ordered_json;

inline const Document kinds[] = {nullptr,
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
inline void each_replacement(Document& document, const std::function<void(const std::string&)>& see) {
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
inline bool is_sentence(const std::string& words) {
  const bool says =
      words.find("expected ") != std::string::npos || words.find("unknown ") != std::string::npos;
  return says && words.find('\n') == std::string::npos && words.size() < 1000;
}

/// A scenario that names nearly every key.
inline const char* const surface_document = R"({"stride": 1,
  "problem": {"type": "surface", "expression": "x^2 + 10*y^2", "domain": [-2, 2, -1, 3], "start": [-1.2, 1],
              "noise": {"sigma": 0.5, "seed": 7}},
  "steps": 20,
  "runs": [{"name": "A", "start": [0, 0.5], "optimizer": {"type": "Adam", "lr": 0.1, "betas": [0.8, 0.99]},
            "schedule": {"type": "SequentialLR", "milestones": [5],
                         "schedulers": [{"type": "LinearLR"}, {"type": "Points", "points": [[0, 1], [5, 0.5]]}]}}],
  "view": {"yaw": 1, "pitch": 0.5, "zoom": 2, "pan": [1, 2], "flat": true, "cursor": 3, "hidden": [0], "theme": "dark"}})";

}  // namespace stride::testing

// Changes to JSON documents, compiled once for all fuzzers.
#include "fuzz/grammar.h"

#include <nlohmann/json.hpp>

#include "scenario/catalogue.h"
#include "support/random_scenario.h"

namespace stride::fuzz {

namespace {

using Document = nlohmann::ordered_json;

Document any_value(Dice& dice) {
  static const Document values[] = {nullptr,
                                    true,
                                    false,
                                    0,
                                    1,
                                    -1,
                                    2,
                                    0.5,
                                    1e-300,
                                    1e300,
                                    100000,
                                    4294967296.0,
                                    "",
                                    "word",
                                    "x",
                                    "null",
                                    "1e5",
                                    "é",
                                    "[",
                                    Document::array(),
                                    {1, 2},
                                    {0, 1, 0, 1},
                                    Document::object()};
  return dice.chance(0.3) ? Document(one_of(table_words(), dice)) : one_of(values, dice);
}

void collect(Document& value, std::vector<Document*>& out) {
  out.push_back(&value);
  if (value.is_structured())
    for (auto& child : value) collect(child, out);
}

void change_list(Document& list, Dice& dice) {
  const int last = static_cast<int>(list.size()) - 1;
  if (last >= 0 && dice.chance(0.4))
    list.erase(static_cast<std::size_t>(dice.whole(0, last)));
  else
    list.push_back(last >= 0 && dice.chance(0.7) ? Document(one_of(list, dice)) : any_value(dice));
}

void change_object(Document& object, Dice& dice) {
  if (!object.empty() && dice.chance(0.4)) {
    auto at = object.begin();
    for (int i = dice.whole(0, static_cast<int>(object.size()) - 1); i > 0; --i) ++at;
    object.erase(at.key());
  } else {
    object[one_of(table_words(), dice)] = any_value(dice);
  }
}

/// One or a few of the document's values changed.
void change(Document& document, Dice& dice) {
  constexpr double factors[] = {-1, 0.5, 2, 10, 1e6};
  do {
    std::vector<Document*> values;
    collect(document, values);
    Document& value = *one_of(values, dice);
    if (value.is_array() && dice.chance(0.7))
      change_list(value, dice);
    else if (value.is_object() && dice.chance(0.9))
      change_object(value, dice);
    else if (value.is_number() && dice.chance(0.5))
      value = value.get<double>() * one_of(factors, dice);
    else if (const Document other = *one_of(values, dice); dice.chance(0.3) && &value != &document)
      value = other;
    else if (&value != &document)
      value = any_value(dice);
  } while (dice.chance(0.3));
}

/// A scenario of any kind of problem.
Document any_scenario(Dice& dice) {
  static const Document problems[] = {
      Document::parse(R"({"type": "curve", "curve": "parabola", "domain": [-2, 2], "start": 1})"),
      Document::parse(R"({"type": "curve", "expression": "x^4 - x^2", "noise": {"sigma": 0.1, "seed": 2}})"),
      Document::parse(
          R"({"type": "fit", "scale": "standard", "start": [1, -1], "batch_size": 8, "seed": 2})"),
      Document::parse(
          R"({"type": "fit", "model": "sigmoid", "data": {"type": "iris"}, "domain": [-1, 1, -1, 1]})"),
      Document::parse(
          R"({"type": "fit", "data": {"type": "points", "points": [[1, 2], [2, 0]]}, "batches": [[0], [1]]})"),
      Document::parse(
          R"({"type": "network", "layers": [4, 3, 3], "data": {"type": "iris", "validation": 0.2}})")};
  Document document = Document::parse(
      write_scenario(testing::random_scenario(static_cast<unsigned>(dice.whole(0, 1 << 30)))));
  if (dice.chance(0.5)) document["problem"] = one_of(problems, dice);
  return document;
}

}  // namespace

const std::vector<std::string>& table_words() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> words = {"expression", "domain", "start",  "noise",      "model",
                                      "data",       "scale",  "points", "batch_size", "seed",
                                      "batches",    "layers", "init",   "activation", "validation",
                                      "samples",    "weights"};
    words.insert(words.end(), std::begin(problem_keys), std::end(problem_keys));
    const Document leaves = Document::parse(catalogue()).flatten();
    for (const auto& [place, leaf] : leaves.items())
      if (leaf.is_string() && leaf.get_ref<const std::string&>().size() < 60) words.push_back(leaf);
    return words;
  }();
  return all;
}

std::string any_text(Dice& dice) {
  const Document value = any_value(dice);
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string changed_document(std::string_view text, Dice& dice) {
  Document document = Document::parse(text, nullptr, false);
  if (!document.is_structured()) document = any_scenario(dice);
  change(document, dice);
  return document.dump(-1, ' ', false, Document::error_handler_t::replace);
}

}  // namespace stride::fuzz

#include "scenario/documents/reading.h"

#include <algorithm>
#include <cmath>

#include "scenario/documents/suggest.h"

namespace stride {

namespace {

constexpr double max_whole = 2147483647;
constexpr size_t max_list = 1000;  // what a person or a notebook writes; keeps a step's cost bounded

/// 3 rather than 3.0, as a document would say it.
std::string plain(double value) {
  if (value == std::floor(value) && std::fabs(value) < 1e15)
    return std::to_string(static_cast<long long>(value));
  if (!std::isfinite(value)) return std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
  return Json(value).dump();
}

std::string range_words(const Param& p) {
  const bool low = std::isfinite(p.min), high = std::isfinite(p.max);
  std::string words;
  if (low && high && !p.open_min && !p.open_max) return " from " + plain(p.min) + " to " + plain(p.max);
  if (low) words += (p.open_min ? " > " : " >= ") + plain(p.min);
  if (low && high) words += " and";
  if (high) words += (p.open_max ? " < " : " <= ") + plain(p.max);
  return words;
}

bool in_range(double value, const Param& p) {
  if (!std::isfinite(value)) return false;
  if (p.open_min ? value <= p.min : value < p.min) return false;
  return p.open_max ? value < p.max : value <= p.max;
}

bool is_whole(double value) {
  return value == std::floor(value) && std::fabs(value) <= max_whole;
}

/// What a number for `p` has to be, in an error's words.
std::string number_words(const Param& p, bool whole) {
  return (whole ? "a whole number" : "a number") + range_words(p);
}

Error check_element(double number, const Param& p, bool whole, const Path& path) {
  if (in_range(number, p) && (!whole || is_whole(number))) return {};
  return expected(path, number_words(p, whole), number);
}

Error read_element(const Json& value, const Param& p, bool whole, const Path& path, double& out) {
  if (!value.is_number()) return expected(path, number_words(p, whole), value);
  const double number = value.get<double>();
  if (Error e = check_element(number, p, whole, path)) return e;
  out = number;
  return {};
}

Param range(double min, double max) {
  return {.key = "", .min = min, .max = max};
}

/// Of a point's step.
Param step_range() {
  return range(0, max_steps);
}

std::string one_of(std::span<const char* const> choices) {
  std::string words;
  for (const char* choice : choices) words += (words.empty() ? "one of " : ", ") + std::string(choice);
  return words;
}

/// `words`: what was expected.
Error read_choice(const Json& value, std::span<const char* const> choices, const std::string& words,
                  const Path& path, int& out) {
  if (!value.is_string()) return expected(path, words, value);
  const auto& word = value.get_ref<const std::string&>();
  const auto same = std::find(choices.begin(), choices.end(), word);
  if (same != choices.end()) {
    out = static_cast<int>(same - choices.begin());
    return {};
  }
  const std::vector<std::string_view> known(choices.begin(), choices.end());
  const std::string_view near = nearest(word, known);
  return with_hint(expected(path, words, value), near.empty() ? "" : did_you_mean(near));
}

/// A list of numbers, `group` of them an element; what they may be is not asked yet.
Error read_numbers(const Json& value, const Param& p, int group, const Path& path, std::vector<double>& out) {
  if (!value.is_array() || value.size() > max_list) return expected(path, expectation(p), value);
  for (int i = 0; i < static_cast<int>(value.size()); ++i) {
    const Path element{&path, {}, i};
    if (group == 1) {
      if (!value[i].is_number())
        return expected(element, number_words(p, p.kind != Param::Kind::pair), value[i]);
      out.push_back(value[i].get<double>());
      continue;
    }
    if (!value[i].is_array() || value[i].size() != 2)
      return expected(element, "a pair [step, factor]", value[i]);
    for (int k = 0; k < 2; ++k) {
      const Json& number = value[i][static_cast<size_t>(k)];
      if (!number.is_number())
        return expected({&element, {}, k}, number_words(k == 0 ? step_range() : p, k == 0), number);
      out.push_back(number.get<double>());
    }
  }
  return {};
}

Error check_pair(const std::vector<double>& pair, const Param& p, const Path& path) {
  if (pair.size() != 2) return expected(path, expectation(p), pair);
  for (int i = 0; i < 2; ++i)
    if (Error e = check_element(pair[static_cast<size_t>(i)], p, false, {&path, {}, i})) return e;
  return {};
}

Error check_integers(const std::vector<double>& list, const Param& p, const Path& path) {
  if (list.size() > max_list) return expected(path, expectation(p), list);
  for (size_t i = 0; i < list.size(); ++i) {
    const Path element{&path, {}, static_cast<int>(i)};
    if (Error e = check_element(list[i], p, true, element)) return e;
    if (!p.sorts && i > 0 && list[i] < list[i - 1])
      return expected(element, "a whole number >= the one before it, " + plain(list[i - 1]), list[i]);
  }
  return {};
}

Error check_points(const std::vector<double>& list, const Param& p, const Path& path) {
  if (list.empty() || list.size() > 2 * max_list) return expected(path, expectation(p), list);
  for (size_t i = 0; i + 1 < list.size(); i += 2) {
    const Path element{&path, {}, static_cast<int>(i / 2)};
    if (Error e = check_element(list[i], step_range(), false, {&element, {}, 0})) return e;
    if (Error e = check_element(list[i + 1], p, false, {&element, {}, 1})) return e;
    if (i > 0 && list[i] <= list[i - 2])
      return expected({&element, {}, 0}, "a step after the one before it, " + plain(list[i - 2]), list[i]);
  }
  return {};
}

}  // namespace

std::string to_string(const Path& path) {
  std::string before = path.parent ? to_string(*path.parent) : "";
  if (path.index >= 0) return before + "[" + std::to_string(path.index) + "]";
  if (path.key.empty()) return before;
  return before + (before.empty() ? "" : ".") + std::string(path.key);
}

std::string shown(const Json& value) {
  if (value.is_array())
    return value.size() == 1 ? "a list of 1 value" : "a list of " + std::to_string(value.size()) + " values";
  if (value.is_object()) return "an object";
  if (value.is_number_float()) return plain(value.get<double>());
  constexpr size_t longest = 60;
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() <= longest) return text;
  size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  // Not inside an escape: \" or \u0001.
  const size_t slash = text.rfind('\\', end - 1);
  if (slash != std::string::npos && slash + 6 > end)
    end = slash > 0 && text[slash - 1] == '\\' ? slash - 1 : slash;
  return text.substr(0, end) + "..." + (value.is_string() ? "\"" : "");
}

std::string plain_text(const std::string& word) {
  const std::string text = shown(word);
  return text.substr(1, text.size() - 2);
}

bool is_utf8(const std::string& text) {
  using Handler = Json::error_handler_t;
  return Json(text).dump(-1, ' ', false, Handler::ignore) ==
         Json(text).dump(-1, ' ', false, Handler::replace);
}

Error expected(const Path& path, std::string_view what, const Json& got) {
  return expected_not(path, what, shown(got));
}

Error expected_not(const Path& path, std::string_view what, std::string_view got) {
  return error_of({.place = to_string(path), .expected = std::string(what), .got = std::string(got)});
}

Error with_hint(Error error, std::string hint) {
  error->hint = std::move(hint);
  return error;
}

Error check_keys(const Json& value, std::span<const std::string_view> known, const Path& path) {
  if (!value.is_object()) return expected(path, "an object", value);
  for (auto it = value.begin(); it != value.end(); ++it) {
    const std::string& key = it.key();
    bool found = false;
    for (std::string_view name : known) found = found || name == key;
    if (found) continue;
    const std::string place = to_string({&path, plain_text(key)});
    return error_of({.place = place, .hint = suggestion(key, known), .says = "unknown key"});
  }
  return {};
}

const Json* member(const Json& object, const char* key) {
  const auto it = object.find(key);
  return it == object.end() ? nullptr : &*it;
}

std::string expectation(const Param& p) {
  using Kind = Param::Kind;
  std::string words;
  switch (p.kind) {
    case Kind::number:
      words = "a number" + range_words(p);
      break;
    case Kind::integer:
      words = "a whole number" + range_words(p);
      break;
    case Kind::toggle:
      words = "true or false";
      break;
    case Kind::choice:
      words = one_of(p.choices);
      if (p.takes_formula) words += " or a formula of t and T";
      break;
    case Kind::pair:
      words = "a list of two numbers" + range_words(p);
      break;
    case Kind::integers:
      words = "a list of at most " + std::to_string(max_list) + " whole numbers" + range_words(p);
      break;
    case Kind::points:
      words = "a list of 1 to " + std::to_string(max_list) + " pairs [step, factor]";
      break;
    case Kind::schedules:
      words = "a list of schedules";
      break;
    case Kind::rule:
      words = "a list of 1 to 16 lines \"name = formula\"";
      break;
  }
  return words;
}

Error read_param(const Json& value, const Param& p, const Path& path, std::vector<double>& out) {
  using Kind = Param::Kind;
  if (value.is_null() && p.fallback.empty() && p.kind != Kind::schedules) {
    out.clear();
    return {};
  }
  std::vector<double> read;
  switch (p.kind) {
    case Kind::number:
    case Kind::integer: {
      double number = 0;
      if (Error e = read_element(value, p, p.kind == Kind::integer, path, number)) return e;
      out = {number};
      return {};
    }
    case Kind::toggle:
      if (!value.is_boolean()) return expected(path, expectation(p), value);
      out = {value.get<bool>() ? 1.0 : 0.0};
      return {};
    case Kind::choice: {
      int row = 0;
      if (Error e = read_choice(value, p.choices, expectation(p), path, row)) return e;
      out = {static_cast<double>(row)};
      return {};
    }
    case Kind::pair:
    case Kind::integers:
    case Kind::points:
      if (Error e = read_numbers(value, p, p.kind == Kind::points ? 2 : 1, path, read)) return e;
      if (Error e = check_param(read, p, path)) return e;
      if (p.sorts) std::sort(read.begin(), read.end());
      out = std::move(read);
      return {};
    case Kind::schedules:
    case Kind::rule:
      break;
  }
  return expected_not(path, expectation(p));
}

Error check_param(const std::vector<double>& values, const Param& p, const Path& path) {
  using Kind = Param::Kind;
  if (values.empty() && p.fallback.empty()) return {};
  switch (p.kind) {
    case Kind::number:
    case Kind::integer:
      return check_element(values.empty() ? none : values[0], p, p.kind == Kind::integer, path);
    case Kind::pair:
      return check_pair(values, p, path);
    case Kind::integers:
      return check_integers(values, p, path);
    case Kind::points:
      return check_points(values, p, path);
    case Kind::toggle:
    case Kind::choice:  // none but those that a hand or a reader chose
    case Kind::schedules:
    case Kind::rule:
      break;
  }
  return {};
}

Error read_setting(const Json& value, const Param& p, const Path& path, std::vector<double>& out,
                   std::string& formula) {
  if (p.kind == Param::Kind::rule) return read_rule(value, path, formula);
  if (!p.takes_formula) return read_param(value, p, path, out);
  const std::vector<std::string_view> known(p.choices.begin(), p.choices.end());
  const bool is_choice = !value.is_string() || !nearest(value.get_ref<const std::string&>(), known).empty();
  if (is_choice) {
    if (Error e = read_param(value, p, path, out)) return e;
    formula.clear();
    return {};
  }
  if (Error e = read_formula(value, path, step_variables, formula)) return e;
  out = p.fallback;
  return {};
}

// A value that stands alone may not be left out: null is for parameters of tables.

Error read_number(const Json& value, double min, double max, const Path& path, double& out) {
  return read_element(value, range(min, max), false, path, out);
}

Error check_number(double value, double min, double max, const Path& path) {
  return check_element(value, range(min, max), false, path);
}

Error read_whole(const Json& value, int min, int max, const Path& path, int& out) {
  double number = 0;
  if (Error e = read_element(value, range(min, max), true, path, number)) return e;
  out = static_cast<int>(number);
  return {};
}

Error check_whole(int value, int min, int max, const Path& path) {
  return check_element(value, range(min, max), true, path);
}

Error read_toggle(const Json& value, const Path& path, bool& out) {
  if (!value.is_boolean()) return expected(path, "true or false", value);
  out = value.get<bool>();
  return {};
}

Error read_key(const Json& value, std::span<const char* const> keys, const Path& path, int& out) {
  return read_choice(value, keys, one_of(keys), path, out);
}

}  // namespace stride

// Tables: what a surface, an optimizer or a schedule has in common with every other row, namely parameters.
// A Param describes one of them (key, range, default, help); a Settings is a row together with values for its
// parameters. Sliders, the JSON reader, `stride list`, the docs and the fuzzers are all made from these.
#pragma once

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stride {

inline constexpr double no_limit = std::numeric_limits<double>::infinity();
/// The default of a parameter that may be left out (PyTorch's None); its value is then an empty list.
inline constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// A list of at most `most` values that lies in place: a table of rows with such lists is data, made by the compiler.
template <class T, int most>
struct Few {
  using value_type = T;
  T values[most] = {};
  int count = 0;

  constexpr Few() = default;
  constexpr Few(std::initializer_list<T> given) {
    for (const T& value : given) push_back(value);
  }
  constexpr void push_back(const T& value) { values[count++] = value; }
  constexpr const T* begin() const { return values; }
  constexpr const T* end() const { return values + count; }
  constexpr const T* data() const { return values; }
  constexpr std::size_t size() const { return static_cast<std::size_t>(count); }
  constexpr bool empty() const { return count == 0; }
  constexpr const T& operator[](std::size_t i) const { return values[i]; }
  constexpr const T& back() const { return values[count - 1]; }
  operator std::vector<T>() const { return {begin(), end()}; }
  friend bool operator==(const std::vector<T>& a, const Few& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }
};

struct Param {
  enum class Kind {
    number,     ///< one double
    integer,    ///< one whole number
    toggle,     ///< 0 or 1; JSON true or false
    choice,     ///< index into `choices`; JSON string
    pair,       ///< two doubles; JSON array of two numbers, as betas
    integers,   ///< whole numbers, none below the one before it; JSON array, as milestones
    points,     ///< step, factor, step, factor, ...; JSON array of pairs; steps increasing
    schedules,  ///< nested schedules; the values are in Settings::nested
    rule,       ///< the lines of an update rule; JSON array of strings; they are in Settings::formula
  };
  const char* key = "";
  Kind kind = Kind::number;
  Few<double, 8> fallback = {};  ///< the default; {} where the parameter may be left out
  double min = -no_limit, max = no_limit;
  bool open_min = false, open_max = false;  ///< the bound itself is excluded
  bool log = false;                         ///< a slider runs over its logarithm
  double slider_min = 0, slider_max = 1;    ///< what a slider covers; exact fields take the whole range
  const char* unit = "";                    ///< "steps", "1/step", "" for plain numbers
  const char* help = "";                    ///< one sentence
  Few<const char*, 4> choices = {};
  /// Lengths in steps: the key of the length at whose end this one begins; "": it begins with the schedule.
  /// Left out, a length is as long as that one, or as all steps.
  const char* after = "";
  /// Of kind `choice`: in place of a choice there may be a formula of t and T, which is in Settings::formula.
  bool takes_formula = false;
  const char* text = "";  ///< of kind `rule`: the default
  bool sorts = false;     ///< of kind `integers`: given in any order, kept in rising order
};

/// The parameters of a row.
using Params = Few<Param, 12>;

/// A row of a table (its index) with a value for each of the row's parameters, in the row's order.
struct Settings {
  int row = 0;
  std::vector<std::vector<double>> values;  ///< values[i] belongs to params[i]; empty: left out
  std::vector<Settings> nested;             ///< of the one parameter of kind `schedules`, if any
  /// Not empty: in place of the choice of the one parameter that takes a formula, or the text of the one of
  /// kind `rule`.
  std::string formula;
  bool operator==(const Settings&) const = default;

  double number(int param) const { return values[param].empty() ? none : values[param][0]; }
  int integer(int param) const { return static_cast<int>(values[param][0]); }
  bool toggle(int param) const { return values[param][0] != 0; }
};

/// The index of the parameter `key`, or -1.
inline int find_param(std::span<const Param> params, std::string_view key) {
  for (int i = 0; i < static_cast<int>(params.size()); ++i)
    if (key == params[i].key) return i;
  return -1;
}

/// A Settings of row `row` with every parameter at its default.
inline Settings default_settings(int row, std::span<const Param> params) {
  Settings settings{row, {}, {}, {}};
  for (const Param& p : params) {
    settings.values.push_back(p.fallback);
    if (p.kind == Param::Kind::rule) settings.formula = p.text;
  }
  return settings;
}

}  // namespace stride

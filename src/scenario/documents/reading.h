// Reading untrusted JSON: a document into a value, and values into the parameters that a table's row
// describes. Nothing here throws; every failure is a fault that names the place and what was expected.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/table.h"
#include "scenario/scenario.h"

namespace stride {

/// One kind of document for reading and writing, whose members keep their order: every kind is a great deal
/// of code.
using Json = nlohmann::ordered_json;
using Names = std::vector<std::string_view>;

inline constexpr double widest = 1e6;  ///< of coordinates: nothing is drawn beyond the bound of divergence

/// A place in a document, made of the places around it: runs[0].optimizer.lr.
struct Path {
  const Path* parent = nullptr;
  std::string_view key = {};  ///< of an object's member
  int index = -1;             ///< of an array's element, where >= 0
};
std::string to_string(const Path& path);

/// "runs[0].optimizer.lr: expected a number > 0, got -1"
Error expected(const Path& path, std::string_view what, const Json& got);
/// The same with what came in words: "both", "nothing"; "" where it goes without saying.
Error expected_not(const Path& path, std::string_view what, std::string_view got = {});
/// With what may have been meant.
Error with_hint(Error error, std::string hint);
/// A value as errors quote it: short, on one line.
std::string shown(const Json& value);

/// A word from outside as it may stand in a sentence: short, on one line, without quotes.
std::string plain_text(const std::string& word);
bool is_utf8(const std::string& text);

/// The text after the byte order mark that some editors begin a file with.
std::string_view without_mark(std::string_view text);

/// Parses a document, which may begin with a byte order mark. Refuses more than max_document bytes, nesting
/// over max_nesting, keys given twice and numbers that are not finite.
Error parse_json(std::string_view text, Json& out);

/// Is `value` an object with no other keys than these?
Error check_keys(const Json& value, std::span<const std::string_view> known, const Path& path);
/// The member `key`, or null where there is none.
const Json* member(const Json& object, const char* key);

/// The values that the parameter's kind, range and choices allow, in the form of Settings::values; not for
/// kind `schedules`.
Error read_param(const Json& value, const Param& param, const Path& path, std::vector<double>& out);
/// Are these values of the parameter, in that form, what its kind and range allow?
Error check_param(const std::vector<double>& values, const Param& param, const Path& path);
/// `read_param` for a parameter that may take a formula instead, which goes to `formula`; else that is emptied.
Error read_setting(const Json& value, const Param& param, const Path& path, std::vector<double>& out,
                   std::string& formula);
/// What `param` takes, as an error says it: "a number > 0", "a whole number >= 1", "one of cos, linear".
std::string expectation(const Param& param);

/// Single values and their ranges, both ends included.
Error read_number(const Json& value, double min, double max, const Path& path, double& out);
Error read_whole(const Json& value, int min, int max, const Path& path, int& out);
Error check_number(double value, double min, double max, const Path& path);
Error check_whole(int value, int min, int max, const Path& path);
Error read_toggle(const Json& value, const Path& path, bool& out);
/// The index of a word among `keys`.
Error read_key(const Json& value, std::span<const char* const> keys, const Path& path, int& out);
/// The enumerator of a word among the `keys` of its type.
template <class Enum>
requires std::is_enum_v<Enum> Error read_key(const Json& value, std::span<const char* const> keys,
                                             const Path& path, Enum& out) {
  int index = 0;
  Error e = read_key(value, keys, path, index);
  if (!e) out = static_cast<Enum>(index);
  return e;
}

/// Calls `read` for the member `key` where there is one.
template <class Read, class Value>
Error optional(const Json& object, const char* key, const Path& path, Read read, Value& out) {
  const Json* value = member(object, key);
  return value ? read(*value, Path{&path, key}, out) : nullptr;
}

// A reader asks for a value's shape and leaves what it may be to a check, which `validate` asks as well.

/// Rows with a type and parameters. What is not named keeps its default; the rules between parameters are
/// checked.
Error read_optimizer(const Json& value, const Path& path, Settings& out);
Error read_schedule(const Json& value, const Path& path, Settings& out);
/// Each value alone; check_optimizer asks for the rules between an optimizer's, check_schedule for both.
Error check_settings(const Settings& settings, std::span<const Param> params, const Path& path);
Error check_optimizer(const Settings& settings, const Path& path);
Error check_schedule(const Settings& settings, const Path& path);
/// The row of the optimizer, schedule or surface with this name; a failure suggests the nearest.
Error read_optimizer_type(const Json& value, const Path& path, int& row);
Error read_schedule_type(const Json& value, const Path& path, int& row);
Error read_surface_name(const Json& value, const Path& path, int& row);

/// The members of each kind of problem, where it isn't that of json_read.cpp itself.
Error read_members(const Json& value, const Path& path, NetworkProblem& out);
Error read_members(const Json& value, const Path& path, CurveProblem& out);
Error read_members(const Json& value, const Path& path, FitProblem& out);
Error check_members(const NetworkProblem& n, const Path& path);
Error check_members(const CurveProblem& problem, const Path& path);
Error check_members(const FitProblem& problem, const Path& path);

/// Points that all have the same label.
Error one_label(int label, const Path& path);

/// A scenario's document that has been parsed. On error `out` is untouched.
Error read_document(const Json& document, const Path& path, Scenario& out);

/// `problem` is what the run descends or trains.
Error read_run(const Json& value, const Path& path, const Problem& problem, Run& out);
Error check_run(const Run& run, const Path& path, const Problem& problem);

/// The parts of a scenario that links share with documents.
Error read_problem(const Json& value, const Path& path, Scenario& out);
Error read_name(const Json& value, const Path& path, std::string& out);
Error check_name(const std::string& name, const Path& path);
Error read_expression(const Json& value, const Path& path, std::string& out);
/// The lines of an update rule, as one text.
Error read_rule(const Json& value, const Path& path, std::string& out);
Error check_rule(const std::string& lines, const Path& path);
/// A formula of other variables than x and y.
Error read_formula(const Json& value, const Path& path, const Variables& variables, std::string& out);
Error check_formula(const std::string& text, const Path& path, const Variables& variables);
Error read_theme(const Json& value, const Path& path, std::string& out);
Error read_steps(const Json& value, const Path& path, int& out);
Error check_steps(int steps, const Path& path);
Error read_noise(const Json& value, const Path& path, Noise& out);
Error check_noise(const Noise& noise, const Path& path);
Error read_sigma(const Json& value, const Path& path, double& out);
Error read_seed(const Json& value, const Path& path, unsigned& out);
/// Ends in their order, finite, and far enough from each other.
Error check_domain(const Domain& domain, const Path& path);
/// One side of it: `order` says which end is to be above which.
Error check_side(double from, double to, const std::string& order, const Path& place);
Error read_start(const Json& value, const Path& path, Point& out);
Error check_start(Point start, const Path& path);
Error read_optional_start(const Json& value, const Path& path, std::optional<Point>& out);
Error read_domain(const Json& value, const Path& path, std::optional<Domain>& out);
/// Batches of indices below `samples`.
Error read_batches(const Json& value, const Path& path, int samples, std::vector<std::vector<int>>& out);
Error check_batches(const std::vector<std::vector<int>>& batches, int samples, const Path& path);
/// A curve's start, a number: y is 0.
Error read_line_start(const Json& value, const Path& path, Point& out);

}  // namespace stride

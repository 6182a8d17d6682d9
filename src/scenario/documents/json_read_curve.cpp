// JSON to a curve: a surface's document with one coordinate.
#include "scenario/documents/reading.h"
#include "scenario/documents/suggest.h"

namespace stride {

namespace {

Error read_curve_name(const Json& value, const Path& path, int& row) {
  const std::string_view what = "the name of a curve";
  if (!value.is_string()) return expected(path, what, value);
  const auto& word = value.get_ref<const std::string&>();
  row = find_curve(word);
  if (row >= 0) return {};
  Names known;
  for (const Curve& curve : curves()) known.push_back(curve.key);
  return with_hint(expected(path, what, value), suggestion(word, known));
}

Error check_range(Range range, const Path& path) {
  if (Error e = check_number(range.min, -widest, widest, {&path, {}, 0})) return e;
  if (Error e = check_number(range.max, -widest, widest, {&path, {}, 1})) return e;
  return check_side(range.min, range.max, "xmax > xmin, ", {&path, {}, 1});
}

Error read_range(const Json& value, const Path& path, std::optional<Range>& out) {
  if (!value.is_array() || value.size() != 2) return expected(path, "[xmin, xmax]", value);
  Range range;
  if (Error e = read_number(value[0], -widest, widest, {&path, {}, 0}, range.min)) return e;
  if (Error e = read_number(value[1], -widest, widest, {&path, {}, 1}, range.max)) return e;
  if (Error e = check_range(range, path)) return e;
  out = range;
  return {};
}

Error read_line_expression(const Json& value, const Path& path, std::string& out) {
  if (!value.is_string()) return expected(path, "an expression of x in quotes", value);
  return read_formula(value, path, line_variables, out);
}

}  // namespace

Error read_line_start(const Json& value, const Path& path, Point& out) {
  out.y = 0;
  return read_number(value, -widest, widest, path, out.x);
}

Error read_members(const Json& value, const Path& path, CurveProblem& out) {
  const Names known = {"type", "curve", "expression", "domain", "start", "noise"};
  if (Error e = check_keys(value, known, path)) return e;
  if (member(value, "curve") && member(value, "expression"))
    return expected_not({&path, "expression"}, "either a curve or an expression", "both");
  if (Error e = optional(value, "curve", path, read_curve_name, out.curve)) return e;
  if (Error e = optional(value, "expression", path, read_line_expression, out.expression)) return e;
  if (Error e = optional(value, "domain", path, read_range, out.domain)) return e;
  const auto start = [](const Json& v, const Path& p, std::optional<double>& x) {
    return read_number(v, -widest, widest, p, x.emplace());
  };
  if (Error e = optional(value, "start", path, start, out.start)) return e;
  return optional(value, "noise", path, read_noise, out.noise);
}

Error check_members(const CurveProblem& problem, const Path& path) {
  if (!problem.expression.empty())
    if (Error e = check_formula(problem.expression, {&path, "expression"}, line_variables)) return e;
  if (problem.domain)
    if (Error e = check_range(*problem.domain, {&path, "domain"})) return e;
  if (problem.start)
    if (Error e = check_number(*problem.start, -widest, widest, {&path, "start"})) return e;
  return check_noise(problem.noise, {&path, "noise"});
}

}  // namespace stride

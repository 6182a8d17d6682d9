// The facts of a lesson's header: what its text states, for check_lesson to hold to the engine.
#include <algorithm>

#include "core/surfaces/expression.h"
#include "lesson/lesson_shared.h"

namespace stride {

namespace {

Error read_number_text(const Json& value, const Path& path, std::string& out) {
  if (Error e = read_text(value, path, out)) return e;
  Json number;
  if (parse_json(out, number) || !number.is_number())
    return expected(path, "a number in quotes, with the digits that the text has", value);
  return {};
}

Error read_rates(const Json& value, const Path& path, std::optional<LessonKnob>& out) {
  LessonKnob knob;
  knob.log = true;
  if (!value.is_array() || value.size() != 2) return expected(path, "two rates", value);
  if (Error e = read_number(value[0], 1e-9, 1e9, {&path, {}, 0}, knob.min)) return e;
  if (Error e = read_number(value[1], 1e-9, 1e9, {&path, {}, 1}, knob.max)) return e;
  if (!(knob.min < knob.max)) return expected(path, "a lower rate and a higher one", value);
  out = knob;
  return {};
}

}  // namespace

Error read_fact(const Json& value, const Path& path, const Json& base, LessonFact& f) {
  const Names known = {"scenario", "run",   "step",    "loss",      "x",         "y",     "outcome", "below",
                       "reached",  "seeds", "starts",  "share",     "end_below", "rates", "rate",    "tail",
                       "to",       "ratio", "measure", "curvature", "limit",     "lr",    "formula", "is"};
  if (Error e = check_keys(value, known, path)) return e;
  const Json* patch = member(value, "scenario");
  Json document;
  if (Error e = patched(base, patch ? *patch : Json::object(), {&path, "scenario"}, document, f.scenario))
    return e;
  if (Error e = optional(value, "run", path, read_run_index, f.run)) return e;
  if (f.run >= static_cast<int>(f.scenario.runs.size()))
    return expected_not({&path, "run"}, "one of the scenario's runs, counted from 0");
  if (Error e = optional(value, "step", path, read_count, f.step)) return e;
  if (Error e = optional(value, "loss", path, read_number_text, f.loss)) return e;
  if (Error e = optional(value, "x", path, read_number_text, f.x)) return e;
  if (Error e = optional(value, "y", path, read_number_text, f.y)) return e;
  if (Error e = optional(value, "outcome", path, read_text, f.outcome)) return e;
  if (Error e = optional(value, "below", path, read_limit, f.below)) return e;
  const auto reached = [](const Json& v, const Path& q, int& n) {
    return read_whole(v, -1, max_steps, q, n);
  };
  if (Error e = optional(value, "reached", path, reached, f.reached)) return e;
  const auto many = [](const Json& v, const Path& q, int& n) { return read_whole(v, 1, 1024, q, n); };
  if (Error e = optional(value, "seeds", path, many, f.seeds)) return e;
  if (Error e = optional(value, "starts", path, many, f.starts)) return e;
  if (Error e = optional(value, "share", path, read_number_text, f.share)) return e;
  if (Error e = optional(value, "end_below", path, read_limit, f.end_below)) return e;
  if (Error e = optional(value, "rates", path, read_rates, f.rates)) return e;
  if (Error e = optional(value, "rate", path, read_number_text, f.rate)) return e;
  if (Error e = optional(value, "tail", path, read_toggle, f.tail)) return e;
  if (Error e = optional(value, "measure", path, read_measure, f.measure)) return e;
  if (Error e = check_measure(f.scenario, f.measure, {&path, "measure"})) return e;
  if (Error e = optional(value, "curvature", path, read_number_text, f.curvature)) return e;
  if (Error e = optional(value, "limit", path, read_number_text, f.limit)) return e;
  if (Error e = optional(value, "lr", path, read_number_text, f.lr)) return e;
  if (Error e = optional(value, "formula", path, read_text, f.formula)) return e;
  if (Error e = optional(value, "is", path, read_number_text, f.is)) return e;
  if (Error e = optional(value, "ratio", path, read_number_text, f.ratio)) return e;
  if (const Json* to = member(value, "to")) {
    f.to.emplace();
    if (Error e = patched(base, *to, {&path, "to"}, document, *f.to)) return e;
  }
  if (f.share.empty() == f.end_below.has_value())
    return expected_not(path, "\"share\" and \"end_below\" together");
  if (f.ratio.empty() == f.to.has_value()) return expected_not(path, "\"ratio\" and \"to\" together");
  if (f.formula.empty() != f.is.empty()) return expected_not(path, "\"formula\" and \"is\" together");
  ExpressionError fault;
  if (!f.formula.empty()) parse_expression(f.formula, fault, {{}});
  if (fault.column > 0) return expected_not({&path, "formula"}, fault.expected);
  if (!(f.curvature + f.limit).empty() && is_network(f.scenario))
    return expected_not({&path, f.limit.empty() ? "curvature" : "limit"}, "it of a descent");
  if (f.starts > 0 && !is_descent(f.scenario))
    return expected_not({&path, "starts"}, "\"seeds\", where a network is trained");
  if (f.rates && !value_of(f.scenario.runs[static_cast<size_t>(f.run)], "lr"))
    return expected_not({&path, "rates"}, "an optimizer with a learning rate");
  return {};
}

double rows_of(const LessonFact& f) {
  if (!f.formula.empty()) return 0;
  const double rows =
      cost_of(f.scenario) * f.scenario.steps * std::max(f.seeds, f.starts) * (f.rates ? 61 : 1);
  return f.to ? 2 * rows : rows;
}

Error read_facts(const Json& value, const Path& path, const Json& base, std::vector<LessonFact>& out) {
  if (!value.is_array() || value.size() > 50) return expected(path, "a list of facts", value);
  double rows = 0;
  out.resize(value.size());
  for (int i = 0; i < static_cast<int>(out.size()); ++i) {
    LessonFact& f = out[static_cast<size_t>(i)];
    if (Error e = read_fact(value[i], {&path, {}, i}, base, f)) return e;
    rows += rows_of(f);
    if (rows > most_fact_rows)
      return expected_not({&path, {}, i}, "facts that take at most 5000000 steps in all");
  }
  return {};
}

}  // namespace stride

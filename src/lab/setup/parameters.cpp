// Controls for the values of a Settings, one for each parameter of its row, by the parameter's kind.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/optimizers/custom/custom_rule.h"
#include "lab/setup/setup.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

double hard_min(const Param& p) {
  const double lo = std::max(p.min, -1e12);
  if (!p.open_min) return lo;
  return p.kind == Param::Kind::integer ? lo + 1 : lo == 0 ? 1e-300 : std::nextafter(lo, no_limit);
}

double hard_max(const Param& p) {
  const double hi = std::min(p.max, 1e12);
  return p.open_max ? std::nextafter(hi, -no_limit) : hi;
}

SliderLook look_of(const Param& p, const Horizon& horizon) {
  SliderLook look{p.slider_min, p.slider_max, p.log, p.kind == Param::Kind::integer, p.unit, p.help};
  // Lengths in steps reach as far as the run does.
  if (look.integer && std::string_view(p.unit) == "steps")
    look.max = std::max(p.slider_min + 1, static_cast<double>(horizon.steps));
  return look;
}

/// A slider of a number of steps, told in epochs where there are such.
bool steps_slider(Name name, double& value, SliderLook look, double lo, double hi, int epoch) {
  if (epoch == 0 || std::string_view(look.unit) != "steps") return slider(name, value, look, lo, hi);
  double epochs = value / epoch;
  look = {look.min / epoch, look.max / epoch, look.log, false, "epochs", look.help};
  if (!slider(name, epochs, look, lo / epoch, hi / epoch)) return false;
  value = std::clamp(std::round(epochs * epoch), lo, hi);
  return true;
}

bool number_control(const char* name, double& value, const Param& p, const Horizon& horizon) {
  return steps_slider(name, value, look_of(p, horizon), hard_min(p), hard_max(p), horizon.epoch);
}

/// A parameter that may be left out: a switch between PyTorch's None and a number of one's own.
bool optional_control(std::vector<double>& values, const Param& p, const Horizon& horizon) {
  bool own = !values.empty();
  bool changed = false;
  if (toggle({p.key, tr("set {0}", {p.key})}, own, p.help)) {
    const double middle = p.log ? std::sqrt(p.slider_min * p.slider_max) : (p.slider_min + p.slider_max) / 2;
    values.clear();
    if (own)
      values.push_back(p.kind == Param::Kind::integer
                           ? std::max(hard_min(p), std::string_view(p.unit) == "steps" ? double(horizon.steps)
                                                                                       : std::round(middle))
                           : middle);
    changed = true;
  }
  if (!values.empty()) changed |= number_control(p.key, values[0], p, horizon);
  return changed;
}

/// A list of whole numbers, as milestones: a slider each, with one to add and one to remove.
bool list_control(std::vector<double>& values, const Param& p, const Horizon& horizon) {
  bool changed = false;
  for (size_t i = 0; i < values.size(); ++i) {
    SliderLook look{0, static_cast<double>(horizon.steps), false, true, p.unit, p.help};
    const double lo = i ? values[i - 1] : std::max(p.min, 0.0),
                 hi = i + 1 < values.size() ? values[i + 1] : 1e6;
    if (steps_slider(numbered(p.key, static_cast<int>(i) + 1).c_str(), values[i], look, lo, hi,
                     horizon.epoch)) {
      values[i] = std::clamp(values[i], lo, hi);
      changed = true;
    }
  }
  const float width = fill_width();
  set_width((width - u(8)) / 2);
  if (button(keyed("add", tr("add to {0}", {p.key})), icon::add, ButtonLook::plain, values.size() < 16,
             p.help)) {
    values.push_back(values.empty() ? std::floor(horizon.steps / 2.0)
                                    : std::min(values.back() + std::max(1.0, horizon.steps / 5.0), 1e6));
    values.back() = std::round(values.back());
    changed = true;
  }
  ImGui::SameLine(0, u(8));
  if (button(keyed("remove", tr("remove from {0}", {p.key})), icon::remove, ButtonLook::plain,
             values.size() > 1)) {
    values.pop_back();
    changed = true;
  }
  set_width(width);
  return changed;
}

/// Points of a drawn curve: which one, and its step and factor. One at a time, so that a curve of many points
/// takes no more room than one of two.
bool points_control(std::vector<double>& values, const Param& p, const Horizon& horizon) {
  bool changed = false;
  const int count = static_cast<int>(values.size() / 2);
  int* shown = ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("shown point"));
  *shown = std::clamp(*shown, 0, std::max(count - 1, 0));
  if (count > 0) {
    double number = *shown + 1;
    if (slider("point", number, {1, std::max(count, 2) * 1.0, false, true, "", p.help}, 1, count))
      *shown = std::clamp(static_cast<int>(number), 1, count) - 1;
    const size_t i = static_cast<size_t>(2 * *shown);
    const double lo = i ? values[i - 2] + 1 : 0, hi = i + 2 < values.size() ? values[i + 2] - 1 : 1e5;
    if (slider("step of the point", values[i],
               {0, static_cast<double>(horizon.steps), false, true, "", p.help}, lo, hi)) {
      values[i] = std::clamp(values[i], std::min(lo, hi), std::max(lo, hi));
      changed = true;
    }
    changed |= slider("factor of the point", values[i + 1], {0, 1, false, false, "", p.help}, 0, 1e6);
  }
  const float width = fill_width();
  set_width((width - u(8)) / 2);
  if (button("add a point", icon::add, ButtonLook::plain, values.size() < 64)) {
    const double last = values.empty() ? -1 : values[values.size() - 2];
    values.push_back(std::round(last + std::max(1.0, horizon.steps / 5.0)));
    values.push_back(values.size() > 2 ? values[values.size() - 2] : 1);
    *shown = count;
    changed = true;
  }
  ImGui::SameLine(0, u(8));
  if (button("remove a point", icon::remove, ButtonLook::plain, values.size() > 2)) {
    values.resize(values.size() - 2);
    changed = true;
  }
  set_width(width);
  return changed;
}

/// A field to write a formula in. What can't be read is said; the last good one stays.
bool formula_field(const char* name, std::string& formula, const Param& p, const char* hint, int lines,
                   std::string (*fault)(const std::string&)) {
  struct Draft {
    std::string text, read, error;
  };
  static std::map<ImGuiID, Draft> drafts;
  Draft& draft = drafts[ImGui::GetID(name)];
  if (draft.read != formula) draft = {formula, formula, ""};
  bool changed = false;
  if (text_field(name, draft.text, hint, p.help, lines)) {
    draft.error = fault(draft.text);
    changed = draft.error.empty() && draft.text != formula;
    if (changed) formula = draft.read = draft.text;
  }
  if (!draft.error.empty()) text(draft.error, TextLook::error, true);
  return changed;
}

std::string fault_of_factor(const std::string& words) {
  ExpressionError error;
  parse_expression(words, error, step_variables);
  return error.column > 0 ? sentence(expression_fault(error)) : "";
}

std::string fault_of_rule(const std::string& words) {
  CustomRuleError error;
  read_custom_rule(words, error);
  if (!error.found()) return {};
  const std::string what = sentence(expression_fault(error.what));
  return error.line < 0 ? what : tr("line {0}", {std::to_string(error.line + 1)}) + ": " + what;
}

/// One of the choices, or a formula of one's own.
bool formula_control(Settings& settings, std::vector<double>& values, const Param& p) {
  std::vector<const char*> options = p.choices;
  options.push_back("formula");
  const int own = static_cast<int>(p.choices.size());
  int index = settings.formula.empty() ? static_cast<int>(values[0]) : own;
  bool changed = choice(p.key, index, options, p.help);
  if (changed) {
    values = index == own ? p.fallback : std::vector<double>{static_cast<double>(index)};
    settings.formula = index == own ? "0.5*(1+cos(pi*t/T))" : "";
  }
  if (settings.formula.empty()) return changed;
  return formula_field("factor of the rate", settings.formula, p, "0.5*(1+cos(pi*t/T))", 1,
                       fault_of_factor) ||
         changed;
}

bool control(std::vector<double>& values, const Param& p, const Horizon& horizon) {
  using K = Param::Kind;
  switch (p.kind) {
    case K::number:
    case K::integer:
      return p.fallback.empty() ? optional_control(values, p, horizon)
                                : number_control(p.key, values[0], p, horizon);
    case K::toggle: {
      bool on = values[0] != 0;
      const bool changed = toggle(p.key, on, p.help);
      values[0] = on;
      return changed;
    }
    case K::choice: {
      int index = static_cast<int>(values[0]);
      const bool changed = choice(p.key, index, p.choices, p.help);
      values[0] = index;
      return changed;
    }
    case K::pair: {
      bool changed = number_control((std::string(p.key) + "[0]").c_str(), values[0], p, horizon);
      changed |= number_control((std::string(p.key) + "[1]").c_str(), values[1], p, horizon);
      return changed;
    }
    case K::integers:
      return list_control(values, p, horizon);
    case K::points:
      return points_control(values, p, horizon);
    case K::schedules:
    case K::rule:
      return false;  // drawn by parameter_controls, which has the Settings
  }
  return false;
}

/// The schedules inside another: a choice and their own parameters, one below the other.
bool nested_controls(Settings& settings, const Horizon& horizon) {
  const auto rows = schedules();
  std::vector<const char*> names;
  std::vector<int> allowed;  // one level: a schedule of schedules is not offered inside another
  for (int i = 1; i < static_cast<int>(rows.size()); ++i) {
    const auto& params = rows[static_cast<size_t>(i)].params;
    const bool composite = std::any_of(params.begin(), params.end(),
                                       [](const Param& p) { return p.kind == Param::Kind::schedules; });
    if (composite || rows[static_cast<size_t>(i)].sets_rate) continue;
    names.push_back(rows[static_cast<size_t>(i)].name);
    allowed.push_back(i);
  }
  bool changed = false;
  for (size_t n = 0; n < settings.nested.size(); ++n) {
    Settings& inner = settings.nested[n];
    const std::string name = tr("Schedule {0}", {std::to_string(n + 1)});
    begin_group({numbered("schedule", static_cast<int>(n) + 1).c_str(), name});
    const auto found = std::find(allowed.begin(), allowed.end(), inner.row);
    int index = found == allowed.end() ? -1 : static_cast<int>(found - allowed.begin());
    text(name, TextLook::small);
    if (choice(keyed("type", name), index, names)) {
      const int row = allowed[static_cast<size_t>(index)];
      inner = default_settings(row, rows[static_cast<size_t>(row)].params);
      changed = true;
    }
    changed |= parameter_controls(inner, rows[static_cast<size_t>(inner.row)].params, 0, horizon, 2);
    end_group();
  }
  return changed;
}

/// SequentialLR has one milestone fewer than schedules; adding or removing one keeps them in step.
bool nested_count(Settings& settings, std::span<const Param> params, int steps) {
  const int milestones = find_param(params, "milestones");
  const auto rows = schedules();
  bool changed = false;
  set_width((fill_width() - u(8)) / 2);
  if (button("add a schedule", icon::add, ButtonLook::plain, settings.nested.size() < 8)) {
    const int row = find_schedule("ExponentialLR");
    settings.nested.push_back(default_settings(row, rows[static_cast<size_t>(row)].params));
    if (milestones >= 0) {
      auto& m = settings.values[static_cast<size_t>(milestones)];
      m.push_back(m.empty() ? std::floor(steps / 2.0) : std::round(m.back() + std::max(1, steps / 5)));
    }
    changed = true;
  }
  ImGui::SameLine(0, u(8));
  if (button("remove a schedule", icon::remove, ButtonLook::plain, settings.nested.size() > 1)) {
    settings.nested.pop_back();
    if (milestones >= 0 && !settings.values[static_cast<size_t>(milestones)].empty())
      settings.values[static_cast<size_t>(milestones)].pop_back();
    changed = true;
  }
  set_width(0);
  return changed;
}

bool milestone_sliders(std::vector<double>& values, const Horizon& horizon) {
  bool changed = false;
  for (size_t i = 0; i < values.size(); ++i) {
    const double lo = i ? values[i - 1] + 1 : 1, hi = i + 1 < values.size() ? values[i + 1] - 1 : 1e6;
    const std::string name = tr("from schedule {0} to {1}", {std::to_string(i + 1), std::to_string(i + 2)});
    if (steps_slider({numbered("milestone", static_cast<int>(i) + 1).c_str(), name}, values[i],
                     {0, static_cast<double>(horizon.steps), false, true, "steps",
                      "The step at which the next schedule takes over."},
                     lo, hi, horizon.epoch)) {
      values[i] = std::clamp(values[i], lo, hi);
      changed = true;
    }
  }
  return changed;
}

}  // namespace

bool parameter_controls(Settings& settings, std::span<const Param> params, int first, const Horizon& horizon,
                        int columns) {
  bool changed = false;
  const bool composite = std::any_of(params.begin(), params.end(),
                                     [](const Param& p) { return p.kind == Param::Kind::schedules; });
  if (composite) {
    if (const int m = find_param(params, "milestones"); m >= 0)
      changed |= milestone_sliders(settings.values[static_cast<size_t>(m)], horizon);
    changed |= nested_controls(settings, horizon);
    return nested_count(settings, params, horizon.steps) || changed;
  }
  if (first >= static_cast<int>(params.size())) return changed;  // no empty columns with a gap after them
  const float half = (fill_width() - u(16)) / 2 - u(74);         // what a column leaves beside its number
  for (const Param& p : params) {
    const std::string number = std::string("8888 ") + tr(p.unit);
    const bool wide = *p.unit && ImGui::CalcTextSize(number.c_str()).x + u(14) > (fill_width() - u(16)) / 4;
    if (p.kind == Param::Kind::rule || wide || ImGui::CalcTextSize(p.key).x > half) columns = 1;
  }
  Columns c = begin_columns(columns);
  for (int i = first; i < static_cast<int>(params.size()); ++i) {
    if (i > first) next_column(c);
    const Param& p = params[static_cast<size_t>(i)];
    std::vector<double>& values = settings.values[static_cast<size_t>(i)];
    changed |= p.kind == Param::Kind::rule ? formula_field(p.key, settings.formula, p, "", 6, fault_of_rule)
               : p.takes_formula           ? formula_control(settings, values, p)
                                           : control(values, p, horizon);
  }
  end_columns(c);
  return changed;
}

}  // namespace stride::lab

// Schedules as Python: each closed form is a row of text with the parameters' names in braces.
#include <string>

#include "core/math/code.h"
#include "scenario/export/export_shared.h"

namespace stride::exporting {

namespace {

/// The body of `def rate(t)`. "{lr}*" is the optimizer's rate, or nothing where only the factor is asked for.
struct Form {
  std::string_view key, rate, momentum = {};
};

constexpr std::string_view cycle_height = R"py(    period = {step_size_up} + {step_size_down}
    cycle, u = divmod(t, period)
    height = u/{step_size_up} if u <= {step_size_up} else (period - u)/{step_size_down}
)py";

const Form forms[] = {
    {"constant", "    return {lr}\n"},
    {"ConstantLR", "    return {lr}*({factor} if t < {total_iters} else 1.0)\n"},
    {"LinearLR",
     "    return {lr}*({start_factor} + ({end_factor} - {start_factor})*min(t, "
     "{total_iters})/{total_iters})\n"},
    {"PolynomialLR", "    return {lr}*(1 - min(t, {total_iters})/{total_iters})**{power}\n"},
    {"StepLR", "    return {lr}*{gamma}**(t//{step_size})\n"},
    {"MultiStepLR", "    return {lr}*{gamma}**sum(milestone <= t for milestone in {milestones})\n"},
    {"ExponentialLR", "    return {lr}*{gamma}**t\n"},
    {"MultiplicativeLR", "    return {lr}*{factor}**t\n"},
    {"CosineAnnealingLR", "    return {eta_min} + ({lr} - {eta_min})*(1 + math.cos(math.pi*t/{T_max}))/2\n"},
    {"CosineAnnealingWarmRestarts", R"py(    length = {T_0}
    while t >= length:
        t, length = t - length, length*{T_mult}
    return {eta_min} + ({lr} - {eta_min})*(1 + math.cos(math.pi*t/length))/2
)py"},
    {"WSD", R"py(    if t < {warmup}:
        return {lr}*(t + 1)/{warmup}
    u = min(max(t - {warmup} - {stable}, 0), {decay})/{decay}
    fall = {"linear": 1 - u, "cosine": (1 + math.cos(math.pi*u))/2, "sqrt": 1 - math.sqrt(u)}[{shape}]
    return {lr}*({min_factor} + (1 - {min_factor})*fall)
)py"},
    {"Points", R"py(    points = {points}
    if t < points[0][0]:
        return {lr}*points[0][1]
    for (before, a), (after, b) in zip(points, points[1:]):
        if t < after:
            u = (t - before)/(after - before)
            way = {"linear": u, "step": 0.0, "cosine": (1 - math.cos(math.pi*u))/2}[{interpolation}]
            return {lr}*(a + (b - a)*way)
    return {lr}*points[-1][1]
)py"},
};

constexpr std::string_view lambdas[] = {
    "    return {lr}/(1 + {k}*t)\n", "    return {lr}/(1 + {k}*(t//{every}))\n",
    "    return {lr}*min((t + 1)/{warmup}, math.sqrt({warmup}/(t + 1)))\n",
    "    return {lr}*{d_model}**-0.5*min((t + 1)**-0.5, (t + 1)*{warmup}**-1.5)\n"};

constexpr std::string_view numpy_helper = "\n\nimport numpy as np  # divides by 0 without an exception\n";

constexpr std::string_view one_cycle_helper = R"py(

def one_cycle(t, ends, values, cosine):
    """From each value to the next between the ends of the phases; after the last end it holds."""
    t, start = min(t, ends[-1]), 0
    for end, before, after in zip(ends, values, values[1:]):
        if t <= end or end == ends[-1]:
            u = min(max((t - start)/(end - start), 0.0), 1.0) if end > start else 1.0
            way = (1 - math.cos(math.pi*u))/2 if cosine else u
            return before + (after - before)*way
        start = end
)py";

constexpr std::string_view plateau_helper = R"py(

class Plateau:
    """Lowers the rate when the loss has not improved for a while, as torch's ReduceLROnPlateau."""

    def __init__(self, lr, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps):
        self.lr, self.factor, self.patience = lr, factor, patience
        self.threshold, self.relative = threshold, threshold_mode == "rel"
        self.cooldown, self.min_lr, self.eps = cooldown, min_lr, eps
        self.best, self.bad, self.waiting = math.inf, 0, 0

    def hear(self, loss):
        bar = self.best*(1 - self.threshold) if self.relative else self.best - self.threshold
        if loss < bar:
            self.best, self.bad = loss, 0
        else:
            self.bad += 1
        if self.waiting > 0:
            self.waiting, self.bad = self.waiting - 1, 0
        if self.bad > self.patience:
            lower = max(self.lr*self.factor, self.min_lr)
            if self.lr - lower > self.eps:
                self.lr = lower
            self.waiting, self.bad = self.cooldown, 0
)py";

constexpr std::string_view sequence_note =
    "    # Each part has its own clock. PyTorch's CyclicLR and OneCycleLR also change the rate of the other\n"
    "    # parts when they are made.\n";
constexpr std::string_view chain_note =
    "    # The product of the factors. PyTorch's chain differs where a part is not a plain factor.\n";

std::span<const Param> params_of(const Settings& s) {
  return schedules()[s.row].params;
}

bool holds(const Settings& s, std::string_view key) {
  bool found = schedule_key(s) == key;
  for (const Settings& child : s.nested) found = found || holds(child, key);
  return found;
}

/// The learner's own formula; `times`: the rate that it multiplies, with its sign, or nothing.
std::string formula_body(const Settings& s, const std::string& times, int steps) {
  const StepFormula f = step_formula(s.formula, steps);
  if (f.plain) return "    return " + times + "(" + f.text + ")\n";
  return "    with np.errstate(all=\"ignore\"):\n        factor = float(" + f.text + ")\n    return " +
         times + "(factor if math.isfinite(factor) else 0.0)\n";
}

std::string def(std::string_view what, const std::string& name, const std::string& body) {
  return "\n\ndef " + std::string(what) + "_" + name + "(t):\n" + body;
}

std::string cyclic_body(const Settings& s, std::string_view result) {
  std::string body(cycle_height);
  const int mode = static_cast<int>(number_of(s, params_of(s), "mode"));
  const char* const shapes[] = {"", "    height *= 0.5**cycle\n", "    height *= {gamma}**t\n",
                                "    height = (1 + math.cos(math.pi*u/period))/2\n"};
  body += shapes[mode];
  return filled(body + "    return " + std::string(result) + "\n", s, params_of(s));
}

std::string one_cycle_body(const Settings& s, std::string_view two, std::string_view three) {
  const bool triple = number_of(s, params_of(s), "three_phase") != 0;
  std::string body = "    first, last = {pct_start}*{total_steps} - 1, {total_steps} - 1\n";
  body += "    low = {max_lr}/{div_factor}\n";
  body += triple ? "    ends = [first, 2*first, last]\n" : "    ends = [first, last]\n";
  body += "    return one_cycle(t, ends, [" + std::string(triple ? three : two) + "], {cosine})\n";
  const bool cosine = number_of(s, params_of(s), "anneal_strategy") == 0;
  body = replaced(std::move(body), "{cosine}", cosine ? "True" : "False");
  return filled(body, s, params_of(s));
}

class Writer {
 public:
  Writer(std::string lr, int steps) : lr_(std::move(lr)), steps_(steps) {}
  std::string text;

  void node(const Settings& settings, const std::string& name) {
    const Settings s = resolved(settings, steps_);
    const std::string_view key = schedule_key(s);
    for (size_t i = 0; i < s.nested.size(); ++i) {
      const std::string child = name + "_" + std::to_string(i);
      const double begin = key == "SequentialLR" && i > 0 ? s.values[1][i - 1] : 0;
      if (begin > 0 && schedule_key(s.nested[i]) == "MultiplicativeLR")
        text +=
            def("rate", child,
                filled("    return rate_" + name + "(" + math::digits_of(begin - 1) + ")*{factor}**(t + 1)\n",
                       s.nested[i], params_of(s.nested[i])));
      else
        node(s.nested[i], child);
    }
    if (key == "ReduceLROnPlateau") return plateau(s, name);
    if (key == "SequentialLR" && !s.nested.empty()) return sequence(s, name);
    if (key == "ChainedScheduler" && !s.nested.empty()) return chain(s, name);
    leaf(s, name, key);
  }

 private:
  void leaf(const Settings& s, const std::string& name, std::string_view key) {
    const bool moves = moves_momentum(s);
    if (key == "CyclicLR") {
      text += def("rate", name, cyclic_body(s, "{base_lr} + ({max_lr} - {base_lr})*height"));
      if (moves)
        text += def("momentum", name,
                    cyclic_body(s, "{max_momentum} - ({max_momentum} - {base_momentum})*height"));
    } else if (key == "OneCycleLR") {
      text += def("rate", name,
                  one_cycle_body(s, "low, {max_lr}, low/{final_div_factor}",
                                 "low, {max_lr}, low, low/{final_div_factor}"));
      if (moves)
        text += def("momentum", name,
                    one_cycle_body(s, "{max_momentum}, {base_momentum}, {max_momentum}",
                                   "{max_momentum}, {base_momentum}, {max_momentum}, {max_momentum}"));
    } else {
      text += def("rate", name, form_body(s, lr_));
    }
  }

  std::string form_body(const Settings& s, const std::string& lr) const {
    const std::string_view key = schedule_key(s);
    if (!s.formula.empty()) return formula_body(s, lr + "*", steps_);
    if (key == "LambdaLR")
      return filled(lambdas[static_cast<size_t>(number_of(s, params_of(s), "lambda"))], s, params_of(s), lr);
    for (const Form& form : forms)
      if (form.key == key) return filled(form.rate, s, params_of(s), lr);
    return "    return " + lr + "\n";
  }

  void plateau(const Settings& s, const std::string& name) {
    text += "\n\nplateau_" + name + " = Plateau(" + lr_;
    for (size_t i = 0; i < s.values.size(); ++i) text += ", " + value_text(params_of(s)[i], s.values[i]);
    text += ")\n" + def("rate", name, "    return plateau_" + name + ".lr\n");
    text += "\n\ndef hear_" + name + "(t, loss):\n    plateau_" + name + ".hear(loss)\n";
  }

  std::string names(std::string_view what, const Settings& s, const std::string& name,
                    bool (*has)(const Settings&)) {
    std::string list;
    for (size_t i = 0; i < s.nested.size(); ++i) {
      const std::string child =
          has(s.nested[i]) ? std::string(what) + "_" + name + "_" + std::to_string(i) : "None";
      list += (i == 0 ? "" : ", ") + child;
    }
    return "[" + list + "]";
  }

  void sequence(const Settings& s, const std::string& name) {
    const std::string begins = "[0" + milestones(s) + "]";
    const std::string choose =
        "    begins = " + begins + "\n    i = sum(begin <= t for begin in begins[1:])\n";
    const auto always = [](const Settings&) { return true; };
    std::string note;
    for (size_t i = 1; i < s.nested.size(); ++i)
      if (schedules()[s.nested[i].row].sets_rate) note = sequence_note;
    text += def("rate", name,
                note + choose + "    return " + names("rate", s, name, always) + "[i](t - begins[i])\n");
    if (moves_momentum(s))
      text += def("momentum", name,
                  choose + "    active = " + names("momentum", s, name, moves_momentum) +
                      "[i]\n    return active(t - begins[i]) if active else None\n");
    if (listens(s))
      text += "\n\ndef hear_" + name + "(t, loss):\n" + choose +
              "    active = " + names("hear", s, name, listens) +
              "[i]\n    if active:\n        active(t - begins[i], loss)\n";
  }

  static std::string milestones(const Settings& s) {
    std::string list;
    for (double m : s.values[static_cast<size_t>(find_param(params_of(s), "milestones"))])
      list += ", " + math::digits_of(m);
    return list;
  }

  void chain(const Settings& s, const std::string& name) {
    std::string note, last, hears, product = "    rate = " + lr_ + "\n";
    for (const Settings& child : s.nested)
      if (!is_plain_factor(child)) note = chain_note;
    for (size_t i = 0; i < s.nested.size(); ++i) {
      const std::string child = name + "_" + std::to_string(i);
      product += "    rate *= rate_" + child + "(t)/" + lr_ + "\n";
      if (moves_momentum(s.nested[i]))
        last = "    m = momentum_" + child + "(t)\n    if m is not None:\n        return m\n" + last;
      if (listens(s.nested[i])) hears += "    hear_" + child + "(t, loss)\n";
    }
    text += def("rate", name, note + product + "    return rate\n");
    if (!last.empty()) text += def("momentum", name, last);
    if (!hears.empty()) text += "\n\ndef hear_" + name + "(t, loss):\n" + hears;
  }

  std::string lr_;
  int steps_;
};

}  // namespace

Settings resolved(const Settings& schedule, int steps) {
  Settings s = schedule;
  const std::span<const Param> params = params_of(s);
  for (const char* key : {"T_max", "total_steps"})
    if (const int i = find_param(params, key); i >= 0 && s.values[i].empty()) s.values[i] = {double(steps)};
  const int up = find_param(params, "step_size_up"), down = find_param(params, "step_size_down");
  if (down >= 0 && s.values[down].empty()) s.values[down] = s.values[up];
  return s;
}

bool moves_momentum(const Settings& s) {
  const int i = find_param(params_of(s), "cycle_momentum");
  bool moves = i >= 0 && s.toggle(i);
  for (const Settings& child : s.nested) moves = moves || moves_momentum(child);
  return moves;
}

bool listens(const Settings& s) {
  return holds(s, "ReduceLROnPlateau");
}

std::string factor_body(const Settings& schedule, int steps) {
  const Settings s = resolved(schedule, steps);
  if (!s.formula.empty()) return formula_body(s, "", steps);
  std::string body(lambdas[0]);
  if (schedule_key(s) == "LambdaLR")
    body = lambdas[static_cast<size_t>(number_of(s, params_of(s), "lambda"))];
  for (const Form& form : forms)
    if (form.key == schedule_key(s)) body = form.rate;
  return filled(replaced(body, "{lr}*", ""), s, params_of(s), "1");
}

bool is_plain_factor(const Settings& s) {
  for (const char* key : {"constant", "ConstantLR", "LinearLR", "PolynomialLR", "StepLR", "MultiStepLR",
                          "ExponentialLR", "MultiplicativeLR"})
    if (schedule_key(s) == key) return true;
  return false;
}

bool may_stop_momentum(const Settings& s) {
  for (const char* key : {"base_momentum", "max_momentum"})
    if (const int i = find_param(params_of(s), key); i >= 0 && moves_momentum(s) && s.number(i) == 0)
      return true;
  bool may = false;
  for (const Settings& child : s.nested) may = may || may_stop_momentum(child);
  return may;
}

RateCode rate_code(const Run& run, int index, int steps) {
  Writer writer(float_text(run.optimizer.number(0)), steps);
  writer.node(run.schedule, std::to_string(index));
  return {writer.text, moves_momentum(run.schedule), listens(run.schedule)};
}

bool needs_numpy(const Settings& s, int steps) {
  bool needs = !s.formula.empty() && !step_formula(s.formula, steps).plain;
  for (const Settings& child : s.nested) needs = needs || needs_numpy(child, steps);
  return needs;
}

std::string rate_helpers(const std::vector<Run>& runs, int steps) {
  bool numpy = false, cycles = false, plateaus = false;
  for (const Run& run : runs) {
    numpy = numpy || needs_numpy(run.schedule, steps);
    cycles = cycles || holds(run.schedule, "OneCycleLR");
    plateaus = plateaus || listens(run.schedule);
  }
  return std::string(numpy ? numpy_helper : "") + std::string(cycles ? one_cycle_helper : "") +
         std::string(plateaus ? plateau_helper : "");
}

Momentum momentum_of(const Settings& optimizer) {
  const Optimizer& o = optimizers()[optimizer.row];
  if (o.momentum_slot < 0) return {};
  for (const char* key : {"momentum", "betas"})
    if (const int i = find_param(o.params, key); i >= 0) return {key, optimizer.number(i)};
  return {};
}

bool is_constant(const Run& run) {
  return schedule_key(run.schedule) == "constant";
}

std::string rates_text(const Scenario& s) {
  std::string text = rate_helpers(s.runs, s.steps);
  for (size_t i = 0; i < s.runs.size(); ++i) text += rate_code(s.runs[i], static_cast<int>(i), s.steps).text;
  return text;
}

std::string rate_names(const Run& run, int index) {
  const std::string name = std::to_string(index);
  const bool moves = moves_momentum(run.schedule) && !momentum_of(run.optimizer).key.empty();
  return "rate_" + name + ", " + (moves ? "momentum_" + name : "None") + ", " +
         (listens(run.schedule) ? "hear_" + name : "None");
}

}  // namespace stride::exporting

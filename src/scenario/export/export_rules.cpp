// The update rules in Python, for frameworks that lack an optimizer or have a different one under its name. A
// rule moves one vector of all parameters. Sources are those of the table of optimizers.
#include "core/optimizers/optimizer.h"
#include "scenario/export/export_shared.h"

namespace stride::exporting {

namespace {

struct Rule {
  std::string_view key, text;
};

constexpr std::string_view base = R"py(

class Rule:
    """An update rule: step() takes parameters, gradient and rate, and returns the new parameters."""

    def __init__(self, **hyper):
        self.__dict__.update(hyper)
        self.t, self.m, self.v = 0, 0.0, 0.0
)py";

constexpr std::string_view adam_step = R"py(
    def step(self, p, g, lr):
        self.t += 1
        b1, b2 = self.betas
{decay}        self.m = b1*self.m + (1 - b1)*g
        self.v = b2*self.v + (1 - b2)*g*g
        square = self.v
        if self.amsgrad:  # the largest average so far, before its bias is corrected
            self.largest = square = xp.maximum(getattr(self, "largest", 0*square), square)
        size = xp.sqrt(square)/math.sqrt(1 - b2**self.t) + self.eps
        return p - lr/(1 - b1**self.t)*self.m/size
)py";

constexpr std::string_view free_weights = R"py(
    def mix(self, rate):
        """How far the average moves towards z."""
        self.largest = max(self.largest, rate)
        weight = self.t**self.r*self.largest**self.weight_lr_power
        self.total += weight
        return weight/self.total if self.total > 0 else 0.0
)py";

constexpr std::string_view coupled_decay = "        g = g + self.weight_decay*p\n";
constexpr std::string_view decoupled_decay = "        p = p*(1 - lr*self.weight_decay)\n";
constexpr std::string_view either_decay = R"py(        if self.decoupled_weight_decay:
            p = p*(1 - lr*self.weight_decay)
        else:
            g = g + self.weight_decay*p
)py";

const Rule rules[] = {
    {"SGD", R"py(
    def step(self, p, g, lr):
        g = g + self.weight_decay*p
        if self.momentum == 0:  # the velocity waits
            return p - lr*g
        self.t += 1
        self.m = g if self.t == 1 else self.momentum*self.m + (1 - self.dampening)*g
        return p - lr*(g + self.momentum*self.m if self.nesterov else self.m)
)py"},
    {"ASGD", R"py(
    def step(self, p, g, lr):
        self.t += 1
        eta = lr if self.t == 1 else self.eta
        g = g + self.weight_decay*p
        p = p*(1 - self.lambd*eta) - eta*g
        self.eta = lr/(1 + self.lambd*lr*self.t)**self.alpha
        return p  # the average of p, which ASGD is named after, is not shown
)py"},
    {"Rprop", R"py(
    def step(self, p, g, lr):
        self.t += 1
        one = 0*g + 1
        (shrink, grow), (least, most) = self.etas, self.step_sizes
        turn = g*self.m
        factor = xp.where(turn > 0, grow*one, xp.where(turn < 0, shrink*one, one))
        length = (lr*one if self.t == 1 else self.v)*factor
        self.v = xp.minimum(xp.maximum(length, least*one), most*one)
        self.m = xp.where(turn < 0, 0*g, g)
        return p - self.v*xp.sign(self.m)
)py"},
    {"Lion", R"py(
    def step(self, p, g, lr):
        b1, b2 = self.betas
        direction = xp.sign(b1*self.m + (1 - b1)*g)
        self.m = b2*self.m + (1 - b2)*g
        return p - lr*(direction + self.weight_decay*p)
)py"},
    {"Adagrad", R"py(
    def step(self, p, g, lr):
        self.t += 1
        g = g + self.weight_decay*p
        self.v = (self.initial_accumulator_value if self.t == 1 else self.v) + g*g
        return p - lr/(1 + (self.t - 1)*self.lr_decay)*g/(xp.sqrt(self.v) + self.eps)
)py"},
    {"RMSprop", R"py(
    def step(self, p, g, lr):
        self.t += 1
        g = g + self.weight_decay*p
        self.v = self.alpha*self.v + (1 - self.alpha)*g*g
        spread = self.v
        if self.centered:
            self.mean = self.alpha*getattr(self, "mean", 0.0) + (1 - self.alpha)*g
            spread = xp.maximum(spread - self.mean*self.mean, 0*spread)
        g = g/(xp.sqrt(spread) + self.eps)
        if self.momentum == 0:  # the velocity waits
            return p - lr*g
        self.m = self.momentum*self.m + g
        return p - lr*self.m
)py"},
    {"Adam", adam_step},
    {"AdamW", adam_step},
    {"Adamax", R"py(
    def step(self, p, g, lr):
        self.t += 1
        b1, b2 = self.betas
        g = g + self.weight_decay*p
        self.m = b1*self.m + (1 - b1)*g
        self.v = xp.maximum(b2*self.v + 0*g, xp.abs(g) + self.eps)
        return p - lr/(1 - b1**self.t)*self.m/self.v
)py"},
    {"NAdam", R"py(
    def step(self, p, g, lr):
        self.t += 1
        t, (b1, b2) = self.t, self.betas
{decay}        self.m = b1*self.m + (1 - b1)*g
        self.v = b2*self.v + (1 - b2)*g*g
        now = b1*(1 - 0.5*0.96**(t*self.momentum_decay))
        following = b1*(1 - 0.5*0.96**((t + 1)*self.momentum_decay))
        self.product = now*(self.product if t > 1 else 1.0)
        size = xp.sqrt(self.v/(1 - b2**t)) + self.eps
        ahead = following/(1 - self.product*following)*self.m
        return p - lr*((1 - now)/(1 - self.product)*g + ahead)/size
)py"},
    {"RAdam", R"py(
    def step(self, p, g, lr):
        self.t += 1
        t, (b1, b2) = self.t, self.betas
{decay}        self.m = b1*self.m + (1 - b1)*g
        self.v = b2*self.v + (1 - b2)*g*g
        mean = self.m/(1 - b1**t)
        limit = 2/(1 - b2) - 1
        r = limit - 2*t*b2**t/(1 - b2**t)
        if r <= 5:
            return p - lr*mean
        rectify = math.sqrt((r - 4)*(r - 2)*limit/((limit - 4)*(limit - 2)*r))
        return p - lr*mean*rectify*math.sqrt(1 - b2**t)/(xp.sqrt(self.v) + self.eps)
)py"},
    {"ScheduleFreeSGD", R"py(
    def step(self, y, g, lr):
        """y is where gradients are taken; the average to deploy is y + (1/momentum - 1)(y - z)."""
        if self.t == 0:
            self.z, self.largest, self.total = y, 0.0, 0.0
        self.t += 1
        rate = lr*(self.t/self.warmup_steps if self.t <= self.warmup_steps else 1.0)
        mix = self.mix(rate)
        g = g + self.weight_decay*y
        y = y + mix*(self.z - y) + rate*(self.momentum*(1 - mix) - 1)*g
        self.z = self.z - rate*g
        return y
)py"},
    {"ScheduleFreeAdamW", R"py(
    def step(self, y, g, lr):
        """y is where gradients are taken; the average to deploy is y + (1/b1 - 1)(y - z)."""
        if self.t == 0:
            self.z, self.largest, self.total = y, 0.0, 0.0
        self.t += 1
        b1, b2 = self.betas
        rate = lr*(self.t/self.warmup_steps if self.t <= self.warmup_steps else 1.0)
        mix = self.mix(rate)
        self.v = b2*self.v + (1 - b2)*g*g
        g = g/(xp.sqrt(self.v/(1 - b2**self.t)) + self.eps) + self.weight_decay*y
        y = y + mix*(self.z - y) + rate*(b1*(1 - mix) - 1)*g
        self.z = self.z - rate*g
        return y
)py"},
    {"Prodigy", R"py(
    def step(self, p, g, lr):
        if self.t == 0:
            self.start, self.d, self.most, self.top, self.s = p, self.d0, self.d0, 0.0, 0*p
        if lr == 0:
            return p
        self.t += 1
        d, (b1, b2) = self.d, self.betas
        b3 = math.sqrt(b2) if self.beta3 is None else self.beta3
        rate = d*lr
        if self.use_bias_correction:
            rate *= math.sqrt(1 - b2**self.t)/(1 - b1**self.t)
        if not self.decouple:
            g = g + self.weight_decay*p
        self.m = b1*self.m + d*(1 - b1)*g
        self.v = b2*self.v + d*d*(1 - b2)*g*g
        self.s = b3*self.s + d/self.d0*(d if self.safeguard_warmup else rate)*g
        self.top = b3*self.top + d/self.d0*rate*float(xp.sum(g*(self.start - p)))
        bottom = float(xp.sum(xp.abs(self.s)))
        if bottom <= 0:
            return p
        found = self.d_coef*self.top/bottom
        first = max(d, found) if d == self.d0 else d
        self.most = max(self.most, found)
        growth = math.inf if self.growth_rate is None else self.growth_rate
        self.d = min(self.most, first*growth)
        decay = self.weight_decay*rate*p if self.decouple else 0.0
        mean = self.m if b1 > 0 else self.d*g
        return p - decay - rate*mean/(xp.sqrt(self.v) + self.d*self.eps)
)py"},
};

bool is_custom(const Settings& optimizer) {
  return !optimizer.formula.empty();
}

}  // namespace

bool has_rule(const Settings& optimizer) {
  if (is_custom(optimizer)) return true;
  for (const Rule& r : rules)
    if (r.key == optimizers()[optimizer.row].key) return true;
  return false;
}

std::string rules_text(const Scenario& s, const std::vector<int>& runs) {
  if (runs.empty()) return "";
  std::string text(base);
  for (const Rule& r : rules) {
    bool asked = false;
    for (int i : runs)
      asked = asked || r.key == optimizers()[s.runs[static_cast<size_t>(i)].optimizer.row].key;
    if (!asked) continue;
    text += "\n\nclass " + std::string(r.key) + "(Rule):\n    \"\"\"" +
            optimizers()[find_optimizer(r.key)].source + "\"\"\"\n";
    if (r.key.starts_with("ScheduleFree")) text += free_weights;
    const bool either = find_param(optimizers()[find_optimizer(r.key)].params, "decoupled_weight_decay") >= 0;
    text += replaced(std::string(r.text), "{decay}",
                     r.key == "AdamW" ? decoupled_decay
                     : either         ? either_decay
                                      : coupled_decay);
  }
  for (int i : runs)
    if (const Settings& own = s.runs[static_cast<size_t>(i)].optimizer; is_custom(own))
      text += "\n\nclass Custom" + std::to_string(i) + "(Rule):\n    \"\"\"The rule of run " +
              std::to_string(i) + ".\"\"\"\n" + python_rule(own);
  return text;
}

std::string rule_call(const Run& run, int index) {
  const Settings& optimizer = run.optimizer;
  if (is_custom(optimizer)) return "Custom" + std::to_string(index) + "()";
  const Optimizer& o = optimizers()[optimizer.row];
  std::string call = std::string(o.key) + "(";
  for (size_t i = 1; i < o.params.size(); ++i)
    call += (i == 1 ? "" : ", ") + std::string(o.params[i].key) + "=" +
            value_text(o.params[i], optimizer.values[i]);
  return call + ")";
}

}  // namespace stride::exporting

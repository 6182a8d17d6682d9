// Export to PyTorch: its own optimizers and schedulers wherever it has them.
#include <algorithm>

#include "core/optimizers/optimizer.h"
#include "scenario/export/export_shared.h"

namespace stride::exporting {

// The parts of a program have the same names for every library.
namespace pytorch_program {

namespace {

/// The lines of a text, below a line that opens a block.
std::string indented(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '\n' && i + 1 < text.size() && text[i + 1] != '\n') out += "    ";
  }
  return out;
}

/// Whether torch decouples its weight decay from version 2.2 on alone: then the rule stands beside for older ones.
bool is_newer(const Run& run) {
  const int i = find_param(optimizers()[run.optimizer.row].params, "decoupled_weight_decay");
  return i >= 0 && run.optimizer.toggle(i);
}

bool is_native(const Run& run) {
  return optimizers()[run.optimizer.row].in_torch;
}

bool is_muon(const Run& run) {
  return optimizer_key(run) == "Muon";
}

/// A rule that is written out, to be driven by `Own`.
bool is_own(const Run& run) {
  return (!is_native(run) || is_newer(run)) && !is_muon(run) && !asks_for_loss(run);
}

bool is_one_of(std::string_view key, std::initializer_list<std::string_view> keys) {
  for (std::string_view k : keys)
    if (k == key) return true;
  return false;
}

/// torch raises on what it divides by.
bool divides_by_zero(const Settings& s) {
  return schedule_key(s) == "ConstantLR" && s.number(0) == 0;
}

/// Schedulers whose chained form is the product of the factors.
bool is_factor(const Settings& s) {
  return is_plain_factor(s) && schedule_key(s) != "constant" && !divides_by_zero(s);
}

/// Schedulers that SequentialLR can start at a milestone: those with a closed form. What MultiplicativeLR
/// does there is another thing in each version.
bool can_follow(const Settings& s) {
  return (is_factor(s) && schedule_key(s) != "MultiplicativeLR") ||
         is_one_of(schedule_key(s), {"CosineAnnealingLR", "CosineAnnealingWarmRestarts", "LambdaLR"});
}

/// torch divides by the length of the first phase.
bool has_empty_phase(const Settings& schedule, int steps) {
  const Settings s = resolved(schedule, steps);
  const auto& params = schedules()[s.row].params;
  return number_of(s, params, "pct_start") * number_of(s, params, "total_steps") - 1 == 0;
}

bool all_of(const Settings& s, bool (*good)(const Settings&)) {
  bool all = !s.nested.empty();
  for (const Settings& child : s.nested) all = all && good(child);
  return all;
}

bool rises(const std::vector<double>& milestones) {
  double last = 0;
  for (double m : milestones) {
    if (m <= last) return false;
    last = m;
  }
  return true;
}

/// Whether torch's own scheduler makes the same rates (and momentum) as Stride.
bool is_native_schedule(const Run& run, int steps) {
  const Settings& s = run.schedule;
  const std::string_view key = schedule_key(s);
  if (needs_numpy(s, steps)) return false;
  if (key == "ChainedScheduler") return all_of(s, is_factor);
  if (key == "OneCycleLR" && has_empty_phase(s, steps)) return false;
  if (key == "SequentialLR") {
    Settings rest = s;
    rest.nested.erase(rest.nested.begin(), rest.nested.begin() + !rest.nested.empty());
    const bool begins = !s.nested.empty() && (is_factor(s.nested[0]) || can_follow(s.nested[0]));
    return begins && (rest.nested.empty() || all_of(rest, can_follow)) && rises(s.values[1]);
  }
  if (key == "CyclicLR") {
    return number_of(s, schedules()[s.row].params, "mode") != 3;
  }
  return schedules()[s.row].in_torch && !divides_by_zero(s);
}

std::string arguments(const Settings& s, bool has_momentum) {
  std::string text;
  const auto& params = schedules()[s.row].params;
  for (size_t i = 0; i < params.size(); ++i) {
    const std::string_view key = params[i].key;
    if (s.values[i].empty() && params[i].kind != Param::Kind::integers) continue;
    const bool off = key == "cycle_momentum" && !has_momentum;
    text += ", " + std::string(key) + "=" + (off ? "False" : value_text(params[i], s.values[i]));
  }
  return text;
}

std::string scheduler_call(const Settings& schedule, const Run& run, int steps, bool in_sequence) {
  const Settings s = resolved(schedule, steps);
  const std::string key(schedule_key(s));
  if (key == "ChainedScheduler" || key == "SequentialLR") {
    std::string list;
    for (const Settings& child : s.nested)
      list += (list.empty() ? "\n        " : ",\n        ") +
              scheduler_call(child, run, steps, key == "SequentialLR");
    if (key == "ChainedScheduler") return "lr_scheduler.ChainedScheduler([" + list + "])";
    const std::string milestones = value_text(schedules()[s.row].params[1], s.values[1]);
    return "lr_scheduler.SequentialLR(optimizer, [" + list + "], milestones=" + milestones + ")";
  }
  const std::span<const Param> params = schedules()[s.row].params;
  if (key == "MultiplicativeLR" && in_sequence)
    return filled("lr_scheduler.ExponentialLR(optimizer, gamma={factor})", s, params);
  if (key == "MultiplicativeLR")
    return filled("lr_scheduler.MultiplicativeLR(optimizer, lambda t: {factor})", s, params);
  if (key == "LambdaLR") {
    std::string factor = factor_body(s, steps);
    factor = factor.substr(factor.find("return ") + 7);
    factor.pop_back();
    if (!s.formula.empty()) factor = factor.substr(1, factor.size() - 2);
    return "lr_scheduler.LambdaLR(optimizer, lambda t: " + factor + ")";
  }
  const bool has_momentum = optimizers()[run.optimizer.row].momentum_slot >= 0;
  return "lr_scheduler." + key + "(optimizer" + arguments(s, has_momentum) + ")";
}

std::string native_schedule(const Run& run, const std::string& name, int steps) {
  const std::string key(schedule_key(run.schedule));
  std::string text = "\n\ndef schedule_" + name + "(optimizer):\n";
  if (key == "constant") return text + "    return lambda t, loss: None\n";
  text += "    scheduler = " + scheduler_call(run.schedule, run, steps, false) + "\n";
  if (key == "ReduceLROnPlateau") return text + "    return lambda t, loss: scheduler.step(loss)\n";
  if (key != "OneCycleLR") return text + "    return lambda t, loss: scheduler.step()\n";
  const Settings s = resolved(run.schedule, steps);
  return text + "    # After its last step the scheduler would raise; the rate stays.\n" +
         filled("    return lambda t, loss: scheduler.step() if t + 1 < {total_steps} else None\n", s,
                schedules()[s.row].params);
}

/// WSD and Points: factors of the rate for LambdaLR.
std::string factor_schedule(const Run& run, const std::string& name, int steps) {
  return "\n\ndef factor_" + name + "(t):\n" + factor_body(run.schedule, steps) + "\n\ndef schedule_" + name +
         "(optimizer):\n    scheduler = lr_scheduler.LambdaLR(optimizer, factor_" + name +
         ")\n    return lambda t, loss: scheduler.step()\n";
}

/// What no scheduler of torch does: the rate of each step set by hand.
std::string own_schedule(const Run& run, int index, int steps) {
  const std::string name = std::to_string(index);
  const RateCode code = rate_code(run, index, steps);
  const Optimizer& o = optimizers()[run.optimizer.row];
  std::string text =
      code.text + "\n\ndef schedule_" + name + "(optimizer):\n    group = optimizer.param_groups[0]\n";
  const bool moves = code.moves_momentum && o.momentum_slot >= 0;
  const bool betas = moves && std::string_view(o.params[1].key) == "betas";
  text += "\n    def use(t):\n        group[\"lr\"] = rate_" + name + "(t)\n";
  if (moves) {
    text += "        momentum = momentum_" + name + "(t)\n        if momentum is not None:\n";
    text += betas ? "            group[\"betas\"] = (momentum, group[\"betas\"][1])\n"
                  : "            group[\"momentum\"] = momentum\n";
  }
  text += "\n    def advance(t, loss):\n";
  if (code.listens) text += "        hear_" + name + "(t, loss)\n";
  return text + "        use(t + 1)\n\n    use(0)\n    return advance\n";
}

std::string library_call(const Run& run) {
  const Optimizer& o = optimizers()[run.optimizer.row];
  std::string call = std::string(is_muon(run) ? "muon" : "torch.optim." + std::string(o.key)) +
                     "(params, lr=" + float_text(run.optimizer.number(0));
  for (size_t i = 1; i < o.params.size(); ++i)
    if (run.optimizer.values[i] != o.params[i].fallback)
      call += ", " + std::string(o.params[i].key) + "=" + value_text(o.params[i], run.optimizer.values[i]);
  // One tensor at a time, versions before 2.1 take mu_t twice into NAdam's product.
  return call + (optimizer_key(run) == "NAdam" ? ", foreach=True)" : ")");
}

std::string optimizer_call(const Run& run, int index) {
  if (asks_for_loss(run)) return asking_call(run);
  if (!is_own(run)) return library_call(run);
  const std::string own =
      "Own(params, " + rule_call(run, index) + ", lr=" + float_text(run.optimizer.number(0)) + ")";
  return is_newer(run) ? library_call(run) + "\n     if torch.__version__ >= (2, 2) else " + own : own;
}

/// The schedule of a run; what torch's does from version 2.2 on alone stands beside it for older ones.
std::string schedule_text(const Run& run, int index, int steps) {
  const std::string name = std::to_string(index);
  if (!is_native_schedule(run, steps))
    return is_one_of(schedule_key(run.schedule), {"WSD", "Points"}) ? factor_schedule(run, name, steps)
                                                                    : own_schedule(run, index, steps);
  const std::string text = native_schedule(run, name, steps);
  const bool betas = schedule_key(run.schedule) == "CyclicLR" && moves_momentum(run.schedule) &&
                     momentum_of(run.optimizer).key == "betas";
  if (!betas) return text;
  return text + "\n\nif torch.__version__ < (2, 2):  # its CyclicLR moves no betas" +
         indented(own_schedule(run, index, steps));
}

std::string runs_text(const Scenario& s) {
  std::string text = rate_helpers(s.runs, s.steps), list;
  for (size_t i = 0; i < s.runs.size(); ++i) {
    const Run& run = s.runs[i];
    text += schedule_text(run, static_cast<int>(i), s.steps);
    list += "    # " + title_of(run) + "\n    (";
    list += start_text(s, run);
    list += "lambda params: " + optimizer_call(run, static_cast<int>(i)) + ", schedule_" + std::to_string(i) +
            "),\n";
  }
  return text + "\n\nRUNS = [\n" + list + "]\n";
}

std::string formula_text(const Formula& f, const std::string& variables) {
  std::string text;
  for (const std::string& name : f.functions) {
    if (name == "minimum" || name == "maximum")
      text += "\n\ndef " + name + "(a, b):\n    return torch." + name +
              "(torch.as_tensor(a), torch.as_tensor(b))\n";
    else
      text += (text.empty() ? "\n\n" : "") + name + " = torch." + name + "\n";
  }
  return text + "\n\ndef loss(" + variables + "):\n    \"\"\"" + f.title + "\"\"\"\n    return " + f.text +
         "\n";
}

std::string descent_loop(const Scenario& s) {
  const bool fit = std::holds_alternative<FitProblem>(s.problem), one = objective_of(s).weights == 1;
  std::string text = R"py(

def descend(run, start, make_optimizer, make_schedule):
    p = torch.tensor(start, requires_grad=True)
    optimizer = make_optimizer([p])
    advance = make_schedule(optimizer)
    for t in range(STEPS + 1):
        optimizer.zero_grad()
        value = loss({p})
)py";
  if (fit) text += "        batch_loss = loss({p}, batch(t))\n";
  text += R"py(        at, lr = p.tolist(), optimizer.param_groups[0]["lr"]
        place = ",".join(f"{x:.17g}" for x in at)
        print(f"{run},{t},{place},{value.item():.17g},{more}{lr:.17g}")
        if t == STEPS or not (all(abs(x) <= 1e6 for x in at) and math.isfinite(value.item())):
            break
        {descended}.backward()
)py";
  if (noise_of(s).sigma > 0) text += "        p.grad += torch.tensor(noise(t))\n";
  if (std::any_of(s.runs.begin(), s.runs.end(), asks_for_loss))
    text += asking_step(one   ? "loss(q[0])"
                        : fit ? "loss(q[0], q[1], batch(t))"
                              : "loss(q[0], q[1])",
                        noise_of(s).sigma > 0);
  else
    text += "        optimizer.step()\n";
  text += R"py(        advance(t, value.item())


print("{columns}")
for run, (start, make_optimizer, make_schedule) in enumerate(RUNS):
    descend(run, start, make_optimizer, make_schedule)
)py";
  text = replaced(std::move(text), "{p}", one ? "p[0]" : "p[0], p[1]");
  text = replaced(std::move(text), "{more}", fit ? "{batch_loss.item():.17g}," : "");
  text = replaced(std::move(text), "{descended}", fit ? "batch_loss" : "value");
  return replaced(std::move(text), "{columns}", descent_columns(s));
}

std::string fit_loss(const FitProblem& problem) {
  const bool line = problem.model == FitModel::line;
  return std::string("\n\ndef loss(w, b, chosen=slice(None)):\n    \"\"\"A ") + fit_model_keys[!line] +
         " through the chosen samples.\"\"\"\n    x, y = torch.tensor(XS)[chosen], "
         "torch.tensor(YS)[chosen]\n" +
         (line ? "    return ((w*x + b - y)**2).mean()\n"
               : "    return torch.nn.functional.binary_cross_entropy_with_logits(w*x + b, y)\n");
}

std::string model_text(const NetworkProblem& n) {
  const char* const activations[] = {"torch.nn.Tanh()", "torch.nn.ReLU()", "torch.nn.Sigmoid()"};
  std::string layers;
  for (size_t l = 0; l + 1 < n.layers.size(); ++l) {
    if (l > 0) layers += std::string(", ") + activations[static_cast<int>(n.activation)] + ",\n        ";
    layers += "torch.nn.Linear(" + std::to_string(n.layers[l]) + ", " + std::to_string(n.layers[l + 1]) + ")";
  }
  return "\n\ndef make_model():\n    model = torch.nn.Sequential(\n        " + layers +
         ")\n    torch.nn.utils.vector_to_parameters(torch.tensor(WEIGHTS), model.parameters())\n    return "
         "model\n";
}

constexpr std::string_view one_logit = R"py(

LABELS = torch.tensor([float(label) for label in LABELS])


def loss(outputs, labels):
    return torch.nn.functional.binary_cross_entropy_with_logits(outputs[:, 0], labels)


def right(outputs, labels):
    return (outputs[:, 0] > 0) == (labels > 0)
)py";

constexpr std::string_view one_a_class = R"py(

LABELS = torch.tensor(LABELS)


def loss(outputs, labels):
    return torch.nn.functional.cross_entropy(outputs, labels)


def right(outputs, labels):
    return outputs.argmax(1) == labels
)py";

std::string network_model(const NetworkProblem& n) {
  return model_text(n) + std::string(n.layers.back() == 1 ? one_logit : one_a_class);
}

constexpr std::string_view network_loop = R"py(

def train(run, make_optimizer, make_schedule):
    points, labels = torch.tensor(POINTS), LABELS
    model = make_model()
    optimizer = make_optimizer(model.parameters())
    advance = make_schedule(optimizer)
    for t in range(STEPS + 1):
        chosen = batch(t)
        optimizer.zero_grad()
        batch_loss = loss(model(points[chosen]), labels[chosen])
        with torch.no_grad():
            outputs = model(points)
            value = loss(outputs, labels).item()
            accuracy = right(outputs, labels).double().mean().item()
            largest = max(param.abs().max().item() for param in model.parameters())
        lr = optimizer.param_groups[0]["lr"]
        print(f"{run},{t},{value:.17g},{batch_loss.item():.17g},{accuracy:.17g},{lr:.17g}")
        if t == STEPS or not (largest <= 1e6 and math.isfinite(value)):
            break
        batch_loss.backward()
        optimizer.step()
        advance(t, value)


print("run,step,loss,batch_loss,accuracy,lr")
for run, (make_optimizer, make_schedule) in enumerate(RUNS):
    train(run, make_optimizer, make_schedule)
)py";

constexpr std::string_view network_mean = R"py(        if t == 0:
            averaged = torch.optim.swa_utils.AveragedModel(model, avg_fn=lambda old, new, count: old + (1 - EMA[run])*(new - old))
        averaged.update_parameters(model)
        with torch.no_grad():
            outputs = averaged(points)
            means = loss(outputs, labels).item(), right(outputs, labels).double().mean().item()
)py";

}  // namespace

}  // namespace pytorch_program

std::string pytorch(const Scenario& s) {
  using namespace pytorch_program;
  std::vector<int> own;
  for (size_t i = 0; i < s.runs.size(); ++i)
    if (is_own(s.runs[i])) own.push_back(static_cast<int>(i));
  std::string rules = replaced(rules_text(s, own), "xp.", "torch.");
  if (!own.empty()) rules += own_torch_optimizer;
  if (std::any_of(s.runs.begin(), s.runs.end(), is_muon)) rules += torch_muon;
  rules += asking_rules(s);
  const std::string head =
      "\"\"\"The runs of a Stride scenario in PyTorch (2.14; from 1.13 on).\"\"\"\nimport math\n\nimport "
      "torch\n"
      "from torch.optim import lr_scheduler\n\ntorch.set_default_dtype(torch.float64)\nSTEPS = " +
      std::to_string(s.steps) + "\n";
  return program_text(s, {head, rules + runs_text(s), network_model, network_loop, network_mean, fit_loss,
                          formula_text, "x", descent_loop});
}

}  // namespace stride::exporting

// Export to Optax on JAX: its gradient transformations where their rule is the same, rules of our own
// elsewhere. The rate multiplies what a transformation returns, so that any schedule drives it.
#include "core/optimizers/optimizer.h"
#include "scenario/export/export_shared.h"

namespace stride::exporting {

// The parts of a program have the same names for every library.
namespace optax_program {

namespace {

/// "{momentum}" and "{b1}" are the transformation's argument `momentum` where the schedule moves it.
struct Library {
  std::string_view key, call, note;
  /// Weight decay follows the transformation (AdamW, Lion) instead of preceding it.
  bool decays_after = false;
};

const Library library[] = {
    {"SGD", "optax.trace(decay={momentum}, nesterov={nesterov})", ""},
    {"Adagrad", "optax.scale_by_rss(initial_accumulator_value={initial_accumulator_value}, eps={eps}**2)",
     "Optax adds eps under the root: the square of PyTorch's comes to the same."},
    {"Adadelta", "optax.scale_by_adadelta(rho={rho}, eps={eps})", ""},
    {"RMSprop", "optax.{scale}(decay={alpha}, eps={eps}, eps_in_sqrt=False), optax.trace(decay={momentum})",
     ""},
    {"Adam", "optax.scale_by_adam(b1={b1}, b2={b2}, eps={eps})", ""},
    {"AdamW", "optax.scale_by_adam(b1={b1}, b2={b2}, eps={eps})", "", true},
    {"Adamax", "optax.scale_by_adamax(b1={b1}, b2={b2}, eps={eps})", ""},
    {"RAdam", "optax.scale_by_radam(b1={b1}, b2={b2}, eps={eps})",
     "Optax adds eps after the bias is corrected, PyTorch before it."},
    {"Lion", "optax.scale_by_lion(b1={b1}, b2={b2})", "", true},
};

const Library* find_library(const Run& run) {
  for (const Library& l : library)
    if (l.key == optimizer_key(run)) return &l;
  return nullptr;
}

bool is_native(const Run& run) {
  const Settings& settings = run.optimizer;
  const Optimizer& o = optimizers()[settings.row];
  const std::string_view key = o.key;
  if (!find_library(run)) return false;
  if (key == "SGD" || key == "RMSprop") {
    if (may_stop_momentum(run.schedule)) return false;
    const bool no_momentum = number_of(settings, o.params, "momentum") == 0 && !moves_momentum(run.schedule);
    return key == "RMSprop" || no_momentum || number_of(settings, o.params, "dampening") == 0;
  }
  if (key == "Adagrad")
    return number_of(settings, o.params, "lr_decay") == 0 &&
           number_of(settings, o.params, "eps") <= small_eps;
  if (key == "Adam" || key == "AdamW") return number_of(settings, o.params, "amsgrad") == 0;
  return key != "RAdam" || number_of(settings, o.params, "eps") <= small_eps;
}

std::string library_call(const Run& run) {
  const Library& l = *find_library(run);
  const Settings& settings = run.optimizer;
  const Optimizer& o = optimizers()[settings.row];
  const bool moves = moves_momentum(run.schedule);
  std::string call(l.call);
  if (const int i = find_param(o.params, "betas"); i >= 0) {
    call = replaced(std::move(call), "{b1}", moves ? "momentum" : float_text(settings.values[i][0]));
    call = replaced(std::move(call), "{b2}", float_text(settings.values[i][1]));
  }
  if (moves) call = replaced(std::move(call), "{momentum}", "momentum");
  if (const int i = find_param(o.params, "centered"); i >= 0)
    call = replaced(std::move(call), "{scale}", settings.toggle(i) ? "scale_by_stddev" : "scale_by_rms");
  call = filled(call, settings, o.params);
  if (const int i = find_param(o.params, "weight_decay"); i >= 0 && settings.number(i) != 0) {
    const std::string decay = "optax.add_decayed_weights(" + float_text(settings.number(i)) + ")";
    const int apart = find_param(o.params, "decoupled_weight_decay");
    call =
        l.decays_after || (apart >= 0 && settings.toggle(apart)) ? call + ", " + decay : decay + ", " + call;
  }
  const Momentum usual = momentum_of(settings);
  return "with_optax(lambda momentum: optax.chain(" + call + "), " +
         (usual.key.empty() ? "None" : float_text(usual.usual)) + ")";
}

std::string runs_text(const Scenario& s) {
  std::string list;
  for (size_t i = 0; i < s.runs.size(); ++i) {
    const Run& run = s.runs[i];
    list += "    # " + title_of(run) + "\n";
    if (is_native(run) && !find_library(run)->note.empty())
      list += "    # " + std::string(find_library(run)->note) + "\n";
    list += "    (";
    list += start_text(s, run);
    list += "lambda: " +
            (is_native(run) ? library_call(run) : "with_rule(" + rule_call(run, static_cast<int>(i)) + ")") +
            ",\n     " + rate_names(run, static_cast<int>(i)) + "),\n";
  }
  return "\n\nRUNS = [\n" + list + "]\n";
}

constexpr std::string_view with_optax = R"py(

def with_optax(make, usual):
    """A step of a transformation of Optax, times the rate of the step."""
    transform = make(usual)
    state = None

    def step(p, g, lr, momentum):
        nonlocal transform, state
        if momentum is not None:
            transform = make(momentum)
        if state is None:
            state = transform.init(p)
        updates, state = transform.update(g, state, p)
        return optax.apply_updates(p, -lr*updates)

    return step
)py";

constexpr std::string_view with_rule = R"py(

def with_rule(rule):
    """A step of a rule from above."""

    def step(p, g, lr, momentum):
        if momentum is not None:
            if hasattr(rule, "betas"):
                rule.betas = (momentum, rule.betas[1])
            else:
                rule.momentum = momentum
        return rule.step(p, g, lr)

    return step
)py";

std::string descent_loop(const Scenario& s) {
  return jax_descent_loop(s,
                          {"jnp.array(start)", "p", "p = step(p, gradient, lr, momentum and momentum(t))"});
}

std::string fit_loss(const FitProblem& problem) {
  return jax_fit_loss(problem, "optax.sigmoid_binary_cross_entropy(w*x + b, y)");
}

constexpr std::string_view one_logit = R"py(

LABELS = jnp.array(LABELS, dtype=jnp.float64)


@jax.jit
def loss(p, points, labels):
    return optax.sigmoid_binary_cross_entropy(network(p, points)[:, 0], labels).mean()


def right(outputs, labels):
    return (outputs[:, 0] > 0) == (labels > 0)
)py";

constexpr std::string_view one_a_class = R"py(

LABELS = jnp.array(LABELS)


@jax.jit
def loss(p, points, labels):
    return optax.softmax_cross_entropy_with_integer_labels(network(p, points), labels).mean()


def right(outputs, labels):
    return outputs.argmax(1) == labels
)py";

std::string model_text(const NetworkProblem& n) {
  const char* const activations[] = {"jnp.tanh", "jax.nn.relu", "jax.nn.sigmoid"};
  std::string shapes;
  for (size_t l = 1; l < n.layers.size(); ++l)
    shapes +=
        (l == 1 ? "(" : ", (") + std::to_string(n.layers[l]) + ", " + std::to_string(n.layers[l - 1]) + ")";
  return "SHAPES = [" + shapes + "]\n" +
         replaced(R"py(

def network(p, points):
    """The outputs for the points; p holds the weights of each layer, then its biases."""
    a, at = points, 0
    for i, (outputs, inputs) in enumerate(SHAPES):
        weights = p[at:at + outputs*inputs].reshape(outputs, inputs)
        at += outputs*inputs
        a = a @ weights.T + p[at:at + outputs]
        at += outputs
        if i + 1 < len(SHAPES):
            a = {activation}(a)
    return a
)py",
                  "{activation}", activations[static_cast<int>(n.activation)]) +
         std::string(n.layers.back() == 1 ? one_logit : one_a_class);
}

constexpr std::string_view network_loop = R"py(

value_and_grad = jax.jit(jax.value_and_grad(loss))


def train(run, make_step, rate, momentum, hear):
    points, labels = jnp.array(POINTS), LABELS
    p = jnp.array(WEIGHTS)
    step = make_step()
    for t in range(STEPS + 1):
        chosen = jnp.array(batch(t))
        batch_loss, gradient = value_and_grad(p, points[chosen], labels[chosen])
        value, lr = float(loss(p, points, labels)), rate(t)
        accuracy = float(jnp.mean(right(network(p, points), labels)))
        print(f"{run},{t},{value:.17g},{float(batch_loss):.17g},{accuracy:.17g},{lr:.17g}")
        if t == STEPS or not (float(abs(p).max()) <= 1e6 and math.isfinite(value)):
            break
        p = step(p, gradient, lr, momentum and momentum(t))
        if hear:
            hear(t, value)


print("run,step,loss,batch_loss,accuracy,lr")
for run, (make_step, rate, momentum, hear) in enumerate(RUNS):
    train(run, make_step, rate, momentum, hear)
)py";

constexpr std::string_view network_mean =
    R"py(        average = p if t == 0 else optax.incremental_update(p, average, 1 - EMA[run])
        means = float(loss(average, points, labels)), float(jnp.mean(right(network(average, points), labels)))
)py";

}  // namespace

}  // namespace optax_program

std::string optax(const Scenario& s) {
  using namespace optax_program;
  std::vector<int> own;
  for (size_t i = 0; i < s.runs.size(); ++i)
    if (!is_native(s.runs[i])) own.push_back(static_cast<int>(i));
  const bool natives = own.size() < s.runs.size();
  std::string rules = replaced(rules_text(s, own), "xp.", "jnp.");
  if (natives) rules += with_optax;
  if (!own.empty()) rules += with_rule;
  const std::string head =
      "\"\"\"The runs of a Stride scenario in Optax (0.2.4 or newer) on JAX.\"\"\"\nimport math\n\nimport "
      "jax\n"
      "import jax.numpy as jnp\nimport optax\n\njax.config.update(\"jax_enable_x64\", True)\nSTEPS = " +
      std::to_string(s.steps) + "\n";
  const std::string runs = rules + rates_text(s) + runs_text(s);
  return program_text(
      s, {head, runs, model_text, network_loop, network_mean, fit_loss, jax_formula, "(x,)", descent_loop});
}

}  // namespace stride::exporting

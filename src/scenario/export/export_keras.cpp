// Export to Keras on JAX: its own optimizers where their rule is the same, rules of our own elsewhere.
#include "core/optimizers/optimizer.h"
#include "scenario/export/export_shared.h"

namespace stride::exporting {

// The parts of a program have the same names for every library.
namespace keras_program {

namespace {

/// How one of Keras's optimizers is called; `note` says what differs from PyTorch's of the same name.
struct Library {
  std::string_view key, call, note;
  bool decays;  ///< by an argument of its own; otherwise weight decay is added to the gradient
};

const Library library[] = {
    {"SGD", "SGD(learning_rate={lr}, momentum={momentum}, nesterov={nesterov})", "", false},
    {"Adagrad",
     "Adagrad(learning_rate={lr}, initial_accumulator_value={initial_accumulator_value}, epsilon={eps}**2)",
     "Keras adds epsilon under the root: the square of PyTorch's comes to the same.", false},
    {"Adadelta", "Adadelta(learning_rate={lr}, rho={rho}, epsilon={eps})", "", false},
    {"RMSprop",
     "RMSprop(learning_rate={lr}, rho={alpha}, momentum={momentum}, epsilon={eps}**2, centered={centered})",
     "Keras adds epsilon under the root: the square of PyTorch's comes to the same.", false},
    {"Adam", "Adam(learning_rate={lr}, beta_1={b1}, beta_2={b2}, epsilon={eps}, amsgrad={amsgrad})",
     "Keras adds epsilon before the bias is corrected, PyTorch after it.", false},
    {"AdamW",
     "AdamW(learning_rate={lr}, beta_1={b1}, beta_2={b2}, epsilon={eps}, amsgrad={amsgrad}, "
     "weight_decay={weight_decay})",
     "Keras adds epsilon before the bias is corrected, PyTorch after it.", true},
    {"Adamax", "Adamax(learning_rate={lr}, beta_1={b1}, beta_2={b2}, epsilon={eps})",
     "Keras adds epsilon after the maximum, PyTorch before it.", false},
    {"Lion", "Lion(learning_rate={lr}, beta_1={b1}, beta_2={b2}, weight_decay={weight_decay})", "", true},
};

const Library* find_library(const Run& run) {
  for (const Library& l : library)
    if (l.key == optimizer_key(run)) return &l;
  return nullptr;
}

/// Whether Keras's optimizer makes the same steps.
bool is_native(const Run& run) {
  const Settings& settings = run.optimizer;
  const Optimizer& o = optimizers()[settings.row];
  const std::string_view key = o.key;
  if (!find_library(run)) return false;
  // Keras keeps the rate within the velocity: another thing where the rate moves.
  if (key == "SGD" || key == "RMSprop")
    if (!is_constant(run) && (number_of(settings, o.params, "momentum") != 0 || moves_momentum(run.schedule)))
      return false;
  if (key == "SGD") {
    const double momentum = number_of(settings, o.params, "momentum");
    return momentum == 0 || (momentum <= 1 && number_of(settings, o.params, "dampening") == 0);
  }
  if (key == "Lion") return number_of(settings, o.params, "betas") > 0;
  if (key == "Adadelta") return true;
  if (key == "Adagrad" && number_of(settings, o.params, "lr_decay") != 0) return false;
  return number_of(settings, o.params, "eps") <= small_eps;
}

std::string library_call(const Run& run) {
  const Library& l = *find_library(run);
  const Settings& settings = run.optimizer;
  const Optimizer& o = optimizers()[settings.row];
  std::string call(l.call);
  if (const int i = find_param(o.params, "betas"); i >= 0) {
    call = replaced(std::move(call), "{b1}", float_text(settings.values[i][0]));
    call = replaced(std::move(call), "{b2}", float_text(settings.values[i][1]));
  }
  const int decay = find_param(o.params, "weight_decay");
  const bool add = !l.decays && decay >= 0 && settings.number(decay) != 0;
  return "with_keras(keras.optimizers." + filled(call, settings, o.params) +
         (add ? ", weight_decay=" + float_text(settings.number(decay)) : "") + ")";
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

constexpr std::string_view with_keras = R"py(

def with_keras(optimizer, weight_decay=0.0):
    """A step of an optimizer of Keras."""

    def step(variables, gradients, lr, momentum):
        optimizer.learning_rate = lr
        if momentum is not None:
            optimizer.beta_1 = momentum
        if weight_decay > 0:
            gradients = [g + weight_decay*v.value for g, v in zip(gradients, variables)]
        optimizer.apply(gradients, variables)

    return step
)py";

constexpr std::string_view with_rule = R"py(

def with_rule(rule):
    """A step of a rule from above, on all variables as one vector."""

    def step(variables, gradients, lr, momentum):
        if momentum is not None:
            if hasattr(rule, "betas"):
                rule.betas = (momentum, rule.betas[1])
            else:
                rule.momentum = momentum
        p = jnp.concatenate([v.value.ravel() for v in variables])
        g = jnp.concatenate([g.ravel() for g in gradients])
        moved, at = rule.step(p, g, lr), 0
        for v in variables:
            count = math.prod(v.shape)
            v.assign(moved[at:at + count].reshape(v.shape))
            at += count

    return step
)py";

std::string descent_loop(const Scenario& s) {
  return jax_descent_loop(s, {"keras.Variable(start, dtype=\"float64\")", "p.value",
                              "step([p], [gradient], lr, momentum and momentum(t))"});
}

std::string fit_loss(const FitProblem& problem) {
  return jax_fit_loss(problem, "keras.ops.binary_crossentropy(y, w*x + b, from_logits=True)");
}

std::string model_text(const NetworkProblem& n) {
  std::string layers;
  for (size_t l = 1; l < n.layers.size(); ++l) {
    const bool last = l + 1 == n.layers.size();
    layers += "        keras.layers.Dense(" + std::to_string(n.layers[l]) +
              (last ? "" : ", activation=\"" + std::string(key_of(n.activation)) + "\"") + "),\n";
  }
  return "\n\ndef make_model():\n    model = keras.Sequential([\n        keras.Input((" +
         std::to_string(n.layers[0]) + ",)),\n" + layers +
         R"py(    ])
    at = 0
    for layer in model.layers:
        inputs, outputs = layer.kernel.shape
        layer.kernel.assign(jnp.array(WEIGHTS[at:at + inputs*outputs]).reshape(outputs, inputs).T)
        at += inputs*outputs
        layer.bias.assign(WEIGHTS[at:at + outputs])
        at += outputs
    return model
)py";
}

constexpr std::string_view one_logit = R"py(

LABELS = jnp.array(LABELS, dtype=jnp.float64)


def loss(outputs, labels):
    return keras.ops.binary_crossentropy(labels, outputs[:, 0], from_logits=True).mean()


def right(outputs, labels):
    return (outputs[:, 0] > 0) == (labels > 0)
)py";

constexpr std::string_view one_a_class = R"py(

LABELS = jnp.array(LABELS)


def loss(outputs, labels):
    return keras.ops.sparse_categorical_crossentropy(labels, outputs, from_logits=True).mean()


def right(outputs, labels):
    return outputs.argmax(1) == labels
)py";

std::string network_model(const NetworkProblem& n) {
  return model_text(n) + std::string(n.layers.back() == 1 ? one_logit : one_a_class);
}

constexpr std::string_view network_loop = R"py(

def train(run, make_step, rate, momentum, hear):
    points, labels = jnp.array(POINTS), LABELS
    model = make_model()
    variables = model.trainable_variables

    def outputs_of(values, points):
        return model.stateless_call(values, [], points)[0]

    value_and_grad = jax.jit(jax.value_and_grad(lambda values, points, labels: loss(outputs_of(values, points), labels)))
    everything = jax.jit(outputs_of)
    step = make_step()
    for t in range(STEPS + 1):
        chosen, values = jnp.array(batch(t)), [v.value for v in variables]
        batch_loss, gradients = value_and_grad(values, points[chosen], labels[chosen])
        outputs = everything(values, points)
        value, lr = float(loss(outputs, labels)), rate(t)
        accuracy = float(right(outputs, labels).mean())
        largest = max(float(abs(v).max()) for v in values)
        print(f"{run},{t},{value:.17g},{float(batch_loss):.17g},{accuracy:.17g},{lr:.17g}")
        if t == STEPS or not (largest <= 1e6 and math.isfinite(value)):
            break
        step(variables, gradients, lr, momentum and momentum(t))
        if hear:
            hear(t, value)


print("run,step,loss,batch_loss,accuracy,lr")
for run, (make_step, rate, momentum, hear) in enumerate(RUNS):
    train(run, make_step, rate, momentum, hear)
)py";

constexpr std::string_view network_mean =
    R"py(        average = values if t == 0 else [a + (1 - EMA[run])*(v - a) for a, v in zip(average, values)]
        outputs = everything(average, points)
        means = float(loss(outputs, labels)), float(right(outputs, labels).mean())
)py";

}  // namespace

}  // namespace keras_program

std::string keras(const Scenario& s) {
  using namespace keras_program;
  std::vector<int> own;
  for (size_t i = 0; i < s.runs.size(); ++i)
    if (!is_native(s.runs[i])) own.push_back(static_cast<int>(i));
  const bool natives = own.size() < s.runs.size();
  std::string rules = replaced(rules_text(s, own), "xp.", "jnp.");
  if (natives) rules += with_keras;
  if (!own.empty()) rules += with_rule;
  const std::string head =
      "\"\"\"The runs of a Stride scenario in Keras (3.0 or newer) on JAX.\"\"\"\nimport math\nimport os\n\n"
      "os.environ[\"KERAS_BACKEND\"] = \"jax\"\n\nimport jax\nimport jax.numpy as jnp\nimport keras\n\n"
      "jax.config.update(\"jax_enable_x64\", True)\nkeras.config.set_floatx(\"float64\")\nSTEPS = " +
      std::to_string(s.steps) + "\n";
  const std::string runs = rules + rates_text(s) + runs_text(s);
  return program_text(s, {head, runs, network_model, network_loop, network_mean, fit_loss, jax_formula,
                          "(x,)", descent_loop});
}

}  // namespace stride::exporting

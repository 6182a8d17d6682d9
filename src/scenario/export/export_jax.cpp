// What programs on JAX share, with Keras or with Optax.
#include "scenario/export/export_shared.h"

namespace stride::exporting {

std::string jax_formula(const Formula& f, const std::string& variables) {
  std::string text;
  for (const std::string& name : f.functions)
    text += (text.empty() ? "\n\n" : "") + name + " = jnp." + name + "\n";
  return text + "\n\ndef loss(p):\n    \"\"\"" + f.title + "\"\"\"\n    " + variables + " = p\n    return " +
         f.text + "\n";
}

std::string jax_fit_loss(const FitProblem& problem, std::string_view of_sigmoid) {
  const bool line = problem.model == FitModel::line;
  return std::string("\n\ndef loss(p, x, y):\n    \"\"\"A ") + fit_model_keys[!line] +
         " through the samples.\"\"\"\n    w, b = p\n    return " +
         (line ? "((w*x + b - y)**2)" : std::string(of_sigmoid)) + ".mean()\n";
}

std::string jax_descent_loop(const Scenario& s, const JaxParameters& parameters) {
  const bool fit = std::holds_alternative<FitProblem>(s.problem);
  std::string text = R"py(

value_and_grad = jax.jit(jax.value_and_grad(loss))


def descend(run, start, make_step, rate, momentum, hear):
    p = {made}
    step = make_step()
    for t in range(STEPS + 1):
)py";
  text += fit ? R"py(        chosen = batch(t)
        batch_loss, gradient = value_and_grad({p}, jnp.array([XS[i] for i in chosen]), jnp.array([YS[i] for i in chosen]))
        value = loss({p}, jnp.array(XS), jnp.array(YS))
)py"
              : "        value, gradient = value_and_grad({p})\n";
  text += R"py(        at, value, lr = [float(x) for x in {p}], float(value), rate(t)
        place = ",".join(f"{x:.17g}" for x in at)
        print(f"{run},{t},{place},{value:.17g},{more}{lr:.17g}")
        if t == STEPS or not (all(abs(x) <= 1e6 for x in at) and math.isfinite(value)):
            break
)py";
  if (noise_of(s).sigma > 0) text += "        gradient = gradient + jnp.array(noise(t))\n";
  text += R"py(        {moved}
        if hear:
            hear(t, value)


print("{columns}")
for run, (start, make_step, rate, momentum, hear) in enumerate(RUNS):
    descend(run, start, make_step, rate, momentum, hear)
)py";
  text = replaced(std::move(text), "{made}", parameters.made);
  text = replaced(std::move(text), "{p}", parameters.value);
  text = replaced(std::move(text), "{moved}", parameters.moved);
  text = replaced(std::move(text), "{more}", fit ? "{float(batch_loss):.17g}," : "");
  return replaced(std::move(text), "{columns}", descent_columns(s));
}

}  // namespace stride::exporting

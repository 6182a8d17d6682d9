// Rules that ask for the loss at places of their own, for torch: its L-BFGS, an iteration a step, and Newton's
// method written out.
#include <algorithm>

#include "core/optimizers/optimizer.h"
#include "scenario/export/export_shared.h"

namespace stride::exporting {

namespace {

constexpr std::string_view torch_newton = R"py(

class Newton(torch.optim.Optimizer):
    """Newton's method (Nocedal and Wright 2006, chapters 3 and 6); closure.value_at is the loss at any place."""

    def __init__(self, params, lr, damping, saddle_free, line_search_fn):
        super().__init__(params, {"lr": lr, "damping": damping, "saddle_free": saddle_free, "line_search_fn": line_search_fn})

    def step(self, closure):
        group = self.param_groups[0]
        p, value_at = group["params"][0], closure.value_at
        here = p.detach().clone()
        gradient = torch.autograd.functional.jacobian(value_at, here)
        curvature, axes = torch.linalg.eigh(torch.autograd.functional.hessian(value_at, here))
        divisor = (curvature.abs() if group["saddle_free"] else curvature) + group["damping"]
        along = axes.T @ gradient
        direction = -axes @ torch.where(divisor == 0, torch.zeros_like(along), along/divisor)
        length, slope = group["lr"], (gradient @ direction).item()
        if group["line_search_fn"] is not None and slope < 0:
            start = value_at(here).item()
            for _ in range(25):
                if value_at(here + length*direction).item() <= start + 1e-4*length*slope:
                    break
                length /= 2
            else:
                length = 0.0
        with torch.no_grad():
            p += length*direction
)py";

bool is_newton(const Run& run) {
  return optimizer_key(run) == "Newton";
}

}  // namespace

bool asks_for_loss(const Run& run) {
  return optimizers()[run.optimizer.row].descents_only;
}

std::string asking_rules(const Scenario& scenario) {
  const bool any = std::any_of(scenario.runs.begin(), scenario.runs.end(), is_newton);
  return any ? std::string(torch_newton) : "";
}

std::string asking_call(const Run& run) {
  const Optimizer& o = optimizers()[run.optimizer.row];
  // Later versions leave the line search what max_eval has left: all its 25 steps.
  std::string call = is_newton(run) ? "Newton(params" : "torch.optim.LBFGS(params, max_iter=1, max_eval=26";
  for (size_t i = 0; i < o.params.size(); ++i) {
    std::string value = value_text(o.params[i], run.optimizer.values[i]);
    call += ", " + std::string(o.params[i].key) + "=" + (value == "\"fixed\"" ? "None" : value);
  }
  return call + ")";
}

std::string asking_step(std::string_view loss, bool noisy) {
  const std::string_view tilt = noisy ? " + torch.tensor(noise(t)) @ (q - origin)" : "";
  return (noisy ? "        origin = p.detach().clone()\n\n" : "\n") +
         std::string("        def value_at(q):\n            return ") + std::string(loss) +
         std::string(tilt) + R"py(

        def closure():
            optimizer.zero_grad()
            found = value_at(p)
            found.backward()
            return found

        closure.value_at = value_at
        optimizer.step(closure)
)py";
}

}  // namespace stride::exporting

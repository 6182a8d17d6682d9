// Optimizers of torch's kind in exported programs: what drives a rule that is written out, and Muon.
#include "scenario/export/export_shared.h"

namespace stride::exporting {

const std::string_view own_torch_optimizer = R"py(

class Own(torch.optim.Optimizer):
    """A rule as an optimizer of torch, so that schedulers can drive it."""

    def __init__(self, params, rule, lr):
        defaults = {"lr": lr}
        for name in ("betas", "momentum"):
            if hasattr(rule, name):
                defaults[name] = getattr(rule, name)
        super().__init__(params, defaults)
        self.rule = rule

    @torch.no_grad()
    def step(self, closure=None):
        group = self.param_groups[0]
        for name in ("betas", "momentum"):
            if name in group:
                setattr(self.rule, name, group[name])
        params = group["params"]
        p = torch.cat([param.reshape(-1) for param in params])
        g = torch.cat([param.grad.reshape(-1) for param in params])
        moved, at = self.rule.step(p, g, group["lr"]), 0
        for param in params:
            param.copy_(moved[at:at + param.numel()].reshape(param.shape))
            at += param.numel()
)py";

// torch.optim.Muon (2.9 and newer) iterates in bfloat16, whose steps nothing else repeats, and takes matrices alone.
const std::string_view torch_muon = R"py(

FULL_PRECISION = True  # False: torch.optim.Muon (2.9 or newer), which iterates in bfloat16: the same path, other digits


class Muon(torch.optim.Optimizer):
    """torch.optim.Muon with its Newton-Schulz iteration in full precision; biases by AdamW. Any version runs it."""

    def __init__(self, params, lr, weight_decay=0.1, momentum=0.95, nesterov=True, ns_steps=5, adjust_lr_fn="original"):
        super().__init__(params, {"lr": lr, "weight_decay": weight_decay, "momentum": momentum, "nesterov": nesterov,
                                  "ns_steps": ns_steps, "adjust_lr_fn": adjust_lr_fn})

    @staticmethod
    def orthogonal(x, steps):
        tall = x.size(0) > x.size(1)
        x = x.T if tall else x
        x = x/max(x.norm().item(), 1e-7)
        for _ in range(steps):
            gram = x @ x.T
            x = 3.4445*x + (-4.7750*gram + 2.0315*gram @ gram) @ x
        return x.T if tall else x

    def matrix_step(self, param, group):
        rows, columns = param.shape
        average = self.state[param].setdefault("momentum_buffer", torch.zeros_like(param))
        average.lerp_(param.grad, 1 - group["momentum"])
        update = param.grad.lerp(average, group["momentum"]) if group["nesterov"] else average
        if group["adjust_lr_fn"] == "match_rms_adamw":
            factor = 0.2*max(rows, columns)**0.5
        else:
            factor = max(1.0, rows/columns)**0.5
        return group["lr"]*factor*self.orthogonal(update, group["ns_steps"])

    def bias_step(self, param, group):
        state = self.state[param]
        t = state["step"] = state.get("step", 0) + 1
        m = state.setdefault("exp_avg", torch.zeros_like(param))
        v = state.setdefault("exp_avg_sq", torch.zeros_like(param))
        m.lerp_(param.grad, 0.1)
        v.mul_(0.999).addcmul_(param.grad, param.grad, value=0.001)
        return group["lr"]/(1 - 0.9**t)*m/((v/(1 - 0.999**t)).sqrt() + 1e-8)

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for param in group["params"]:
                update = self.matrix_step(param, group) if param.ndim == 2 else self.bias_step(param, group)
                param.mul_(1 - group["lr"]*group["weight_decay"]).sub_(update)


def muon(params, **hyper):
    if FULL_PRECISION:
        return Muon(params, **hyper)
    params = list(params)
    optimizer = torch.optim.Muon([param for param in params if param.ndim == 2], **hyper)
    adamw = torch.optim.AdamW([param for param in params if param.ndim != 2], weight_decay=optimizer.defaults["weight_decay"])

    def move_biases(*_):
        adamw.param_groups[0]["lr"] = optimizer.param_groups[0]["lr"]
        adamw.step()
        adamw.zero_grad()

    optimizer.register_step_post_hook(move_biases)
    return optimizer
)py";

}  // namespace stride::exporting

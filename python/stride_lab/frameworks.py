"""What optimizers and schedules of PyTorch, Keras and Optax will do, as runs of a scenario.

A schedule is asked for its rate at every step. Where Stride knows a schedule that makes these rates to the last digit shown (1e-6 of the largest) it becomes that schedule,
whose parameters can be changed; any other becomes Points, which are the rates themselves.
"""
from __future__ import annotations

import copy
import csv
import io
import inspect
import json
import math
import warnings
from types import SimpleNamespace
from typing import Any, Callable, Iterable, Sequence

from .command import StrideError, run

_SAME = 1e-6      # of the largest rate
_MOST_POINTS = 200

# Stride's names for parameters that a framework calls otherwise.
_KERAS = {"SGD": {"momentum": "momentum", "nesterov": "nesterov"},
          "Adam": {"epsilon": "eps", "amsgrad": "amsgrad"}, "AdamW": {"epsilon": "eps", "amsgrad": "amsgrad", "weight_decay": "weight_decay"},
          "Adamax": {"epsilon": "eps"}, "Nadam": {"epsilon": "eps"}, "Adagrad": {"epsilon": "eps", "initial_accumulator_value": "initial_accumulator_value"},
          "Adadelta": {"epsilon": "eps", "rho": "rho"}, "RMSprop": {"epsilon": "eps", "rho": "alpha", "momentum": "momentum", "centered": "centered"},
          "Lion": {"weight_decay": "weight_decay"}}
_KERAS_NAMES = {"Nadam": "NAdam"}


def _plain(value: Any) -> Any:
    """A number, list or word as JSON has them."""
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return float(value) if hasattr(value, "__float__") and not isinstance(value, (bool, int, float)) else value


def _known_optimizers() -> dict[str, list[str]]:
    return {row["key"]: [param["key"] for param in row["params"]] for row in json.loads(run(["list"]))["optimizers"]}


def _one_group(groups: Sequence[dict[str, Any]]) -> dict[str, Any]:
    if not groups:
        raise StrideError("the optimizer was expected to have a parameter group, and has none")
    return groups[0]


def optimizer_of_torch(optimizer: Any) -> dict[str, Any]:
    """The run's optimizer for a torch.optim.Optimizer: its type and the parameters of its first group; `lr` is the rate that its schedule starts from."""
    known, name = _known_optimizers(), type(optimizer).__name__
    if name not in known:
        raise StrideError(f"optimizer: expected one of {', '.join(known)}, got {name}")
    group = _one_group(optimizer.param_groups)
    made = {"type": name, "lr": float(group.get("initial_lr", group["lr"]))}
    if name == "LBFGS":  # many steps in one, and a fixed length that has no name
        if group["max_iter"] != 1:
            raise StrideError(f"LBFGS: expected max_iter=1, which is a step here, got {group['max_iter']}")
        made["line_search_fn"] = group["line_search_fn"] or "fixed"
        # Later versions (2.14) leave the line search what is left of max_eval, of its default nothing.
        if group["line_search_fn"] and group["max_eval"] < 26 and "max_ls=" in inspect.getsource(type(optimizer)):
            raise StrideError(f"LBFGS: expected max_eval from 26, which its line search takes, got {group['max_eval']}")
    for key in known[name]:
        if key != "lr" and key in group and group[key] is not None:
            made[key] = _plain(group[key])
    return made


def optimizer_of_keras(optimizer: Any, lr: float) -> dict[str, Any]:
    """The run's optimizer for a keras.optimizers.Optimizer."""
    name = type(optimizer).__name__
    if name not in _KERAS:
        raise StrideError(f"optimizer: expected one of {', '.join(_KERAS)}, got {name}")
    settings = optimizer.get_config()
    made = {"type": _KERAS_NAMES.get(name, name), "lr": lr}
    for theirs, ours in _KERAS[name].items():
        if settings.get(theirs) is not None:
            made[ours] = _plain(settings[theirs])
    if "beta_1" in settings:
        made["betas"] = [float(settings["beta_1"]), float(settings["beta_2"])]
    return made


def _copy_of(scheduler: Any, optimizer: Any) -> Any:
    """A copy that drives another optimizer: of its numbers and lists, and of the schedulers that it holds."""
    made = copy.copy(scheduler)
    for name, value in vars(scheduler).items():
        if value is scheduler.optimizer:
            setattr(made, name, optimizer)
        elif isinstance(value, (list, tuple)) and any(hasattr(part, "last_epoch") for part in value):
            setattr(made, name, [_copy_of(part, optimizer) for part in value])
        elif isinstance(value, (list, dict)):
            setattr(made, name, copy.deepcopy(value))
    return made


def rates_of_torch(scheduler: Any, steps: int) -> list[float]:
    """The rate of each of `steps` steps, by a copy of the scheduler; the user's own is left as it is. A ReduceLROnPlateau depends on losses and cannot be asked."""
    if type(scheduler).__name__ == "ReduceLROnPlateau":
        raise StrideError("scheduler: expected one that knows its rates ahead, got ReduceLROnPlateau, whose rates depend on the losses; "
                          "give StrideLab(schedule={'type': 'ReduceLROnPlateau', ...}) instead")
    ours = _copy_of(scheduler, SimpleNamespace(param_groups=[{key: value for key, value in group.items() if key != "params"} for group in scheduler.optimizer.param_groups],
                                               step=lambda: None, defaults=scheduler.optimizer.defaults, _step_count=1))
    rates = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it steps without its optimizer
        for _ in range(steps):
            rates.append(float(_one_group(ours.optimizer.param_groups)["lr"]))
            ours.step()
    return rates


def rates_of(schedule: Callable[[int], Any] | float, steps: int) -> list[float]:
    """The rate of each of `steps` steps of a function of the step, as Optax and Keras have them."""
    return [float(schedule(step)) if callable(schedule) else float(schedule) for step in range(steps)]


def _scheduled(run_: dict[str, Any], steps: int) -> list[float]:
    rows = csv.DictReader(io.StringIO(run(["schedule", "-"], {"stride": 1, "steps": steps, "runs": [run_]}).decode()))
    return [float(row["lr"]) for row in rows][:steps]


def _agree(ours: Iterable[float], theirs: Sequence[float]) -> bool:
    largest = max(map(abs, theirs))
    got = list(ours)
    return len(got) >= len(theirs) and all(abs(a - b) <= _SAME*largest for a, b in zip(got, theirs))


def _corners(rates: Sequence[float], tolerance: float) -> list[int]:
    """Steps between which straight lines come within `tolerance` of every rate (Ramer 1972, Douglas and Peucker 1973)."""
    keep, open_ = {0, len(rates) - 1}, [(0, len(rates) - 1)]
    while open_:
        a, b = open_.pop()
        if b - a < 2:
            continue
        off = [abs(rates[a] + (rates[b] - rates[a])*(i - a)/(b - a) - rates[i]) for i in range(a + 1, b)]
        worst = max(range(len(off)), key=off.__getitem__)
        if off[worst] > tolerance:
            i = a + 1 + worst
            keep.add(i)
            open_ += [(a, i), (i, b)]
    return sorted(keep)


def _points(rates: Sequence[float], lr: float) -> dict[str, Any]:
    tolerance = _SAME*max(map(abs, rates))/4
    corners = _corners(rates, tolerance)
    while len(corners) > _MOST_POINTS:
        tolerance *= 2
        corners = _corners(rates, tolerance)
    return {"type": "Points", "points": [[i, rates[i]/lr] for i in corners], "interpolation": "linear"}


def _settings(schedule: Any) -> tuple[str, dict[str, Any]]:
    """What a schedule of Keras says of itself, or what a function of Optax has been made with: its kind and numbers."""
    if hasattr(schedule, "get_config"):
        return type(schedule).__name__, schedule.get_config()
    if inspect.isfunction(schedule):
        try:
            return schedule.__qualname__.split(".")[0], dict(inspect.getclosurevars(schedule).nonlocals)
        except ValueError:
            pass  # made with something that was never set
    return "", {}


def candidates(schedule: Any) -> list[tuple[float, dict[str, Any]]]:
    """Rates and schedules that a known kind says it is. Rounded to single precision, a cosine is not recognised by its numbers alone."""
    kind, settings = _settings(schedule)
    if kind not in ("CosineDecay", "cosine_decay_schedule"):
        return []
    lr = settings.get("initial_learning_rate", settings.get("init_value"))
    return [(float(lr), {"type": "CosineAnnealingLR", "T_max": int(settings["decay_steps"]), "eta_min": float(lr)*float(settings.get("alpha", 0))})]


def with_schedule(optimizer: dict[str, Any], rates: Sequence[float], known: Sequence[tuple[float, dict[str, Any]]] = ()) -> dict[str, Any]:
    """A run of this optimizer whose rates are `rates` (one a step, each finite and not negative, one of them above 0). `known`: what it may be, tried first."""
    if not rates or not all(math.isfinite(rate) and rate >= 0 for rate in rates) or max(rates) <= 0:
        raise StrideError("the schedule was expected to give finite rates from 0, some above it")
    if max(rates) - min(rates) <= _SAME*max(rates)*1e-3:
        return {"optimizer": {**optimizer, "lr": rates[0]}}
    for lr, schedule in known:
        found = {"optimizer": {**optimizer, "lr": lr}, "schedule": schedule}
        if _agree(_scheduled(found, len(rates)), rates):
            return found
    table = "step,lr\n" + "".join(f"{step},{rate!r}\n" for step, rate in enumerate(rates))
    try:
        fitted = json.loads(run(["log", "-", "--fit"], table))["runs"][0]
        found = {"optimizer": {**optimizer, "lr": fitted["optimizer"]["lr"]}, **({"schedule": fitted["schedule"]} if "schedule" in fitted else {})}
        if fitted.get("schedule", {}).get("type") != "Points" and _agree(_scheduled(found, len(rates)), rates):
            return found
    except StrideError:
        pass  # too short for a fit, or none that Stride knows
    lr = optimizer.get("lr") or max(rates)
    return {"optimizer": {**optimizer, "lr": lr}, "schedule": _points(rates, lr)}

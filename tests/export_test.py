"""Exported programs make the runs that `stride run` makes.

Usage: python3 tests/export_test.py build/native/stride TARGET... [--verbose]

Each TARGET (pytorch, keras, optax) runs in the framework itself, which has to be there: every optimizer and schedule of the tables, with
default and drawn parameters, every surface, expressions, noise, curves, fits and networks.
"""
import concurrent.futures
import contextlib
import io
import json
import math
import os
import random
import subprocess
import sys
import warnings

VERBOSE = "--verbose" in sys.argv
STRIDE, *TARGETS = [word for word in sys.argv[1:] if word != "--verbose"]
TOLERANCES = {"pytorch": 1e-8, "keras": 1e-5, "optax": 1e-5}
warnings.filterwarnings("ignore")


def stride(*arguments, document=None):
    text = None if document is None else json.dumps(document)
    done = subprocess.run([STRIDE, *arguments], input=text, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"stride {' '.join(arguments)}: {done.stderr.strip()}\n{text}")
    return done.stdout


TABLES = json.loads(stride("list"))
OPTIMIZERS = {row["key"]: row for row in TABLES["optimizers"] if not row["networks_only"] and not row["descents_only"]}
SCHEDULES = {row["key"]: row for row in TABLES["schedules"]}
STEPS = 60


def rows(text):
    lines = text.strip().split("\n")
    return lines[0].split(","), [[float(cell) for cell in line.split(",")] for line in lines[1:]]


def execute(program):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(program, "exported.py", "exec"), {"__name__": "__main__"})
    return printed.getvalue()


def differences(document, target, tolerance):
    """What the exported program prints otherwise than `stride run`: a sentence, or nothing."""
    program = stride("export", "-", "--to", target, document=document)
    names, got = rows(execute(program))
    known, wanted = rows(stride("run", "-", document=document))
    if any("ema" in run for run in document["runs"]) and not any(name.startswith("avg_") for name in names):
        return "no average is printed"
    if len(got) != len(wanted):
        return f"{len(got)} rows instead of {len(wanted)}"
    for row, reference in zip(got, wanted):
        for name, value in zip(names, row):
            expected = reference[known.index(name)]
            same = value == expected or (math.isnan(value) and math.isnan(expected))
            if not same and not abs(value - expected) <= tolerance*(1 + abs(expected)):
                return f"run {row[0]:.0f}, step {row[1]:.0f}: {name} is {value:.17g} instead of {expected:.17g}"
    return ""


RULES = [
    ["v = 0.9*v + 0.1*g^2", "p = p - lr*g/(sqrt(v) + 1e-8)"],
    ["g = max(-1, min(g, 1))", "lambda = 0.5*lambda + g", "p = p - lr*lambda/(1 - 0.5^t)"],
    ["k = 3", "c = log(1 + |g|)*tanh(k) + exp(-t)", "p = p - lr*sign(g)*c*floor(t/2)/t"],
    ["in = old", "old = g", "p = p - lr*(sin(2 old) - cos(in)/9 + max(t, 3)/3^2 - 1)"],
]


def draw(param, rng):
    """A legal value for a parameter, not far from what people use; None to leave it out."""
    low, high = param.get("min", -1), param.get("max", 10)
    usual = param["default"]
    kind = param["kind"]
    if kind == "toggle":
        return rng.random() < 0.5
    if kind == "choice":
        return rng.choice(param["choices"])
    if kind == "integer":
        return rng.randint(int(max(low, 1)), int(min(high, 40)))
    if kind == "pair":
        if param["key"] == "etas":
            return [rng.uniform(0.3, 0.9), rng.uniform(1.1, 1.5)]
        if param["key"] == "step_sizes":
            return [1e-4, rng.uniform(0.2, 2)]
        return [rng.uniform(0.5, 0.95), rng.uniform(0.9, 0.999)]
    if kind == "integers":
        return sorted(rng.sample(range(1, STEPS), 3))
    if kind == "points":
        return [[0, rng.uniform(0.1, 1)], [rng.randint(5, 20), 1], [rng.randint(30, 50), rng.uniform(0.1, 0.9)]]
    if kind == "schedules":
        return None
    if kind == "rule":
        return rng.choice(RULES)
    if param["key"] in ("gamma", "factor"):  # a growing rate would magnify every difference
        return rng.uniform(0.7, 0.99)
    if param["key"] == "growth_rate":
        return rng.uniform(1.5, 3)
    if usual is None:
        return rng.uniform(max(low, 0.5), min(high, 0.99))
    if isinstance(usual, (int, float)) and usual > 0:
        value = usual*rng.uniform(0.5, 1.5)
    else:
        value = rng.uniform(0, 0.2)
    return min(max(value, low + 0.01 if param.get("exclusive_min") else low), high - 0.01 if param.get("exclusive_max") else high)


def spec(row, rng, rate=None):
    """A row of a table with drawn parameters."""
    made = {"type": row["key"]}
    for param in row["params"]:
        value = draw(param, rng)
        if value is not None:
            made[param["key"]] = value
    if rate is not None:
        made["lr"] = rate
    if made.get("nesterov"):
        made["momentum"], made["dampening"] = max(made["momentum"], 0.1), 0
    return made


RATES = {"Adadelta": 5.0, "Prodigy": 1.0, "ScheduleFreeSGD": 0.01, "SGD": 0.01, "ASGD": 0.01}


BOUNDS = {"CyclicLR": {"base_lr": 0.003, "max_lr": 0.03, "step_size_up": 10}, "OneCycleLR": {"max_lr": 0.03}}


def simple(kind):
    rate = RATES.get(kind, 0.05)
    return {"type": kind, "lr": rate}


def scenario(runs, surface="quad_k10", **more):
    return {"stride": 1, "steps": STEPS, "problem": {"surface": surface, **more}, "runs": runs}


def optimizer_cases(rng):
    for key, row in OPTIMIZERS.items():
        for surface in ("quad_k10", "booth"):
            yield f"{key} on {surface}", scenario([{"optimizer": simple(key)}], surface)
        runs = [{"optimizer": spec(row, rng, RATES.get(key, 0.05))} for _ in range(4)]
        yield f"{key}, drawn", scenario(runs)
        if key == "Custom":
            yield "each rule of one's own", scenario([{"optimizer": {"type": key, "lr": 0.02, "rule": rule}} for rule in RULES])
            yield "a rule of one's own under a schedule", scenario(
                [{"optimizer": {"type": key, "lr": 0.05, "rule": RULES[0]}, "schedule": {"type": "StepLR", "step_size": 20}}])
        for toggle in [p["key"] for p in row["params"] if p["kind"] == "toggle"]:
            made = {**simple(key), toggle: not next(p["default"] for p in row["params"] if p["key"] == toggle)}
            if toggle == "nesterov":
                made["momentum"] = 0.9
            yield f"{key}, {toggle}", scenario([{"optimizer": made}])


def schedule_cases(rng):
    carriers = [{"type": "SGD", "lr": 0.02, "momentum": 0.5}, {"type": "Adam", "lr": 0.1}, {"type": "Adagrad", "lr": 0.1}]
    for key, row in SCHEDULES.items():
        if any(p["kind"] == "schedules" for p in row["params"]):
            continue
        made = [spec(row, rng) for _ in range(3)]
        for param in row["params"]:
            for choice in param.get("choices", []):
                made.append({**spec(row, rng), param["key"]: choice})
            if param["kind"] == "toggle":
                made.append({**spec(row, rng), param["key"]: True})
        for one in made:
            for name, ceiling in (("max_lr", 0.03), ("base_lr", 0.003)):
                if name in one:
                    one[name] = min(one[name], ceiling)
        yield f"{key}, as it comes", scenario([{"optimizer": o, "schedule": {"type": key}} for o in carriers], "booth")
        for one in made:
            yield f"{key} {json.dumps(one)}", scenario([{"optimizer": o, "schedule": one} for o in carriers])


def product_cases():
    """Every optimizer under every schedule."""
    kinds = [key for key in OPTIMIZERS if key != "Custom"]
    for key, row in SCHEDULES.items():
        if any(p["kind"] == "schedules" for p in row["params"]):
            continue
        for some in range(0, len(kinds), 8):
            runs = [{"optimizer": simple(kind), "schedule": {"type": key, **BOUNDS.get(key, {})}} for kind in kinds[some:some + 8]]
            yield f"{', '.join(kinds[some:some + 8])} under {key}", scenario(runs)


def tree_cases(rng):
    carriers = [{"type": "SGD", "lr": 0.02, "momentum": 0.5}, {"type": "Adam", "lr": 0.1}]
    leaves = [k for k, row in SCHEDULES.items() if not any(p["kind"] == "schedules" for p in row["params"])]
    for key in leaves:
        leaf, other = spec(SCHEDULES[key], rng), spec(SCHEDULES[rng.choice(leaves)], rng)
        for one in (leaf, other):
            for name, ceiling in (("max_lr", 0.03), ("base_lr", 0.003)):
                if name in one:
                    one[name] = min(one[name], ceiling)
        warm = {"type": "LinearLR", "start_factor": 0.1, "total_iters": 10}
        sequence = {"type": "SequentialLR", "schedulers": [warm, leaf, other], "milestones": [10, 35]}
        chain = {"type": "ChainedScheduler", "schedulers": [warm, leaf]}
        nested = {"type": "SequentialLR", "schedulers": [chain, sequence], "milestones": [20]}
        for tree in (sequence, chain, nested):
            yield f"{tree['type']} of {key}", scenario([{"optimizer": o, "schedule": tree} for o in carriers])


def problem_cases():
    for surface in TABLES["surfaces"]:
        run = {"optimizer": {"type": "SGD", "lr": surface["lr"]*0.1}}
        document = scenario([run], surface["key"])
        document["steps"] = 20
        yield f"surface {surface['key']}", document
        pasted = scenario([run])
        pasted["problem"], pasted["steps"] = {"expression": surface["formula"], "start": surface["start"]}, 20
        yield f"formula of {surface['key']}", pasted
    texts = ["x^2 + 10*y^2", "-x^2", "5", "sin(x)*cos(y) + exp(-x^2)", "max(x, 0.1) + min(y, x*y) + abs(x - y)",
             "sqrt(2)*x^2 + log(2 + y^2) - tanh(x)/3", "(x - 1)^2/2 - -y*3e-1", "2^(x/4) + tan(y/9)", "x^2 + (-2)^2 + pi*e*y^2",
             "x - (y - (x - y^2)) + 1/(2/(1 + x^2))", "max(0, x)^2 + y^2",
             "½x² − 2xy + |x|√2 + sin²πx", "cosh x + sinh(y/2) + log10(3 + x) log2(3 + y) + exp2(xy)", "x sign(y) + floor(3x) y"]
    for text in texts:
        document = {"stride": 1, "steps": 15, "problem": {"expression": text, "start": [0.7, -0.4]},
                    "runs": [{"optimizer": {"type": "SGD", "lr": 0.05}}]}
        yield f"expression {text}", document
    noisy = scenario([{"optimizer": {"type": "SGD", "lr": 0.02}, "start": [1, 2]}, {"optimizer": {"type": "Adam", "lr": 0.1}}],
                     noise={"sigma": 0.7, "seed": 4294967295})
    yield "noise", noisy
    yield "divergence", scenario([{"optimizer": {"type": "SGD", "lr": 1.0}}], "rosenbrock")
    yield "a name with quotes", scenario([{"name": "a \"b\" \\ '''", "optimizer": {"type": "SGD", "lr": 0.01}}])


def curve_cases():
    for curve in TABLES["curves"]:
        for problem in ({"curve": curve["key"]}, {"expression": curve["formula"], "start": 0.3, "noise": {"sigma": 0.2, "seed": 9}}):
            runs = [{"optimizer": {"type": "SGD", "lr": curve["lr"]*0.1}}, {"optimizer": {"type": "Adam", "lr": 0.02}, "start": -0.7},
                    {"optimizer": {"type": "Lion", "lr": 0.01}, "schedule": {"type": "StepLR", "step_size": 10}}]
            yield f"curve {json.dumps(problem)}", {"stride": 1, "steps": 15, "problem": {"type": "curve", **problem}, "runs": runs}


def fit_cases():
    points = {"type": "points", "points": [[0, 1], [1.5, 0], [2, 1], [3, 0], [-1, 0]]}
    for model in ({}, {"model": "sigmoid"}, {"data": points}, {"model": "sigmoid", "data": points}):
        for batch in ({}, {"batch_size": 3, "seed": 8}, {"batches": [[0, 3], [1, 2, 4]]}):
            problem = {"type": "fit", "scale": "standard", "start": [0.5, -0.2], **model, **batch}
            runs = [{"optimizer": {"type": "SGD", "lr": 0.1, "momentum": 0.5}}, {"optimizer": {"type": "Adam", "lr": 0.05}, "start": [1, 1]},
                    {"optimizer": {"type": "Prodigy"}, "schedule": {"type": "CosineAnnealingLR", "T_max": 30}}]
            yield f"fit {json.dumps(problem)}", {"stride": 1, "steps": 30, "problem": problem, "runs": runs}
    yield "fit in raw units", {"stride": 1, "steps": 30, "problem": {"type": "fit"}, "runs": [{"optimizer": {"type": "SGD", "lr": 0.001}}]}


def network_cases(rng):
    runs = [{"optimizer": {"type": "Adam", "lr": 0.02}}, {"optimizer": {"type": "SGD", "lr": 0.3, "momentum": 0.9}},
            {"optimizer": {"type": "Lion", "lr": 0.003}, "schedule": {"type": "StepLR", "step_size": 10}}, {"optimizer": {"type": "Prodigy"}}]
    for activation in TABLES["network"]["activations"]:
        for batch in ({"batch_size": 7, "seed": 3}, {}, {"batches": [[0, 3, 5], [1, 2], [19, 4, 4]]}):
            problem = {"type": "network", "layers": [2, 5, 3, 1], "activation": activation,
                       "data": {"type": rng.choice([d for d in TABLES["datasets"] if d["inputs"] == 2])["key"], "samples": 20}, **batch}
            yield f"network {activation} {json.dumps(batch)}", {"stride": 1, "steps": 30, "problem": problem, "runs": runs}
    fine = {"optimizer": {"type": "Adam", "lr": 0.02, "eps": 1e-14}}  # Keras has it in another place, which small gradients show
    for layers, data in (([2, 4, 2], {"type": "moons", "samples": 20, "validation": 0.3}), ([4, 5, 3], {"type": "iris"}),
                         ([64, 8, 10], {"type": "digits", "samples": 30, "validation": 0.2})):
        for batch in ({"batch_size": 7, "seed": 3}, {}):
            problem = {"type": "network", "layers": layers, "data": data, **batch}
            yield f"network {json.dumps(problem)}", {"stride": 1, "steps": 20, "problem": problem, "runs": [fine, *runs[1:3]]}


def average_cases():
    """Runs that keep an average of their weights, beside one that keeps none."""
    runs = [{"optimizer": {"type": "Adam", "lr": 0.02, "eps": 1e-14}, "ema": 0.9}, {"optimizer": {"type": "SGD", "lr": 0.02}},
            {"optimizer": {"type": "Lion", "lr": 0.003}, "ema": 0.6}]
    for problem in ({"surface": "beale", "noise": {"sigma": 0.2}}, {"type": "curve", "curve": "parabola"}, {"type": "fit", "scale": "standard", "batch_size": 9},
                    {"type": "network", "data": {"samples": 30, "validation": 0.3}, "batch_size": 7}, {"type": "network", "layers": [4, 5, 3], "data": {"type": "iris"}}):
        yield f"averages on {json.dumps(problem)}", {"stride": 1, "steps": 20, "problem": problem, "runs": runs}


def muon_cases():
    """Networks alone, and torch alone."""
    drawn = {"weight_decay": 0.3, "momentum": 0.8, "nesterov": False, "ns_steps": 3, "adjust_lr_fn": "match_rms_adamw"}
    runs = [{"optimizer": {"type": "Muon", "lr": 0.02}}, {"optimizer": {"type": "Muon", "lr": 0.01, **drawn}},
            {"optimizer": {"type": "Muon", "lr": 0.02}, "schedule": {"type": "StepLR", "step_size": 7}}, {"optimizer": {"type": "Lion"}}]
    for layers, data in (([2, 5, 3, 1], {"samples": 20}), ([4, 3, 3], {"type": "iris"})):
        problem = {"type": "network", "layers": layers, "data": data, "batch_size": 7}
        yield f"Muon on {json.dumps(problem)}", {"stride": 1, "steps": 20, "problem": problem, "runs": runs}


def asking_cases():
    """Descents alone, and torch alone: rules that ask for the loss at places of their own."""
    kinds = [{"type": "Newton"}, {"type": "Newton", "damping": 2, "line_search_fn": "fixed", "lr": 0.7}, {"type": "Newton", "saddle_free": False},
             {"type": "LBFGS"}, {"type": "LBFGS", "history_size": 3, "lr": 0.5}, {"type": "LBFGS", "line_search_fn": "fixed", "lr": 0.02}]
    runs = [{"optimizer": kind} for kind in kinds] + [{"optimizer": simple("Adam")}]
    steps = [{"optimizer": kinds[3], "schedule": {"type": "StepLR", "step_size": 5}}, {"optimizer": kinds[0], "schedule": {"type": "CosineAnnealingLR", "T_max": 20}}]
    for problem in ({"surface": "rosenbrock"}, {"surface": "beale"}, {"surface": "himmelblau"}, {"expression": "x^2 - y^2/2 + y^4/8", "start": [1, 0.3]},
                    {"surface": "booth", "noise": {"sigma": 0.3, "seed": 4}}, {"type": "curve", "curve": "parabola"}, {"type": "curve", "expression": "x^4/4 - x^2/2", "start": 2},
                    {"type": "fit", "scale": "standard", "start": [2, -1]}, {"type": "fit", "model": "sigmoid", "scale": "standard", "batch_size": 20}):
        yield f"asking on {json.dumps(problem)}", {"stride": 1, "steps": 12, "problem": problem, "runs": runs}
        yield f"asking under schedules on {json.dumps(problem)}", {"stride": 1, "steps": 12, "problem": problem, "runs": steps}


def corner_cases():
    """Where frameworks and their versions differ, divide by nothing or refuse."""
    def runs(optimizers, schedule):
        return scenario([{"optimizer": o, "schedule": schedule} for o in optimizers])

    steady = {"type": "constant"}
    through_zero = {"type": "CyclicLR", "base_lr": 0.005, "max_lr": 0.02, "step_size_up": 5, "base_momentum": 0, "max_momentum": 0.9}
    heavy = [{"type": "SGD", "lr": 0.02, "momentum": 0.9, "dampening": 0.3}, {"type": "SGD", "lr": 0.02, "momentum": 0.9, "nesterov": True},
             {"type": "RMSprop", "lr": 0.02, "momentum": 0.5}, {"type": "RMSprop", "lr": 0.02, "centered": True}, {"type": "Adam", "lr": 0.02}]
    yield "dampening without momentum", runs([{"type": "SGD", "lr": 0.02, "dampening": 0.5}], steady)
    yield "momentum through 0", runs(heavy, through_zero)
    yield "momentum above 1", runs([{"type": "SGD", "lr": 1e-4, "momentum": 1.01}, {"type": "RMSprop", "lr": 1e-4, "momentum": 1.01}], steady)
    apart = {"weight_decay": 0.2, "decoupled_weight_decay": True}
    yield "decoupled weight decay", runs([{"type": kind, "lr": 0.05, **apart} for kind in ("NAdam", "RAdam")], steady)
    waits = {"type": "Points", "interpolation": "step", "points": [[0, 0], [2, 1], [9, 0], [12, 0.5]]}
    yield "Prodigy at rate 0", runs([{"type": "Prodigy", "use_bias_correction": on, "betas": [beta, 0.999]} for on in (False, True) for beta in (0, 0.9)], waits)
    for three in (False, True):
        for total in (1, 2, 4, 10, 20):
            cycles = [{"type": "OneCycleLR", "max_lr": 0.03, "total_steps": total, "pct_start": share, "three_phase": three}
                      for share in (0, 1/total, 0.1, 0.25, 0.5, 1)]
            yield f"OneCycleLR of {total} steps", scenario([{"optimizer": heavy[1], "schedule": cycle} for cycle in cycles])
    half, warm = {"type": "MultiplicativeLR", "factor": 0.9}, {"type": "LinearLR", "start_factor": 0.1, "total_iters": 4}
    for parts, milestones in (([warm, half], [3]), ([half, warm], [5]), ([warm, half, half, warm], [3, 4, 20]), ([half], [])):
        yield "MultiplicativeLR in a sequence", runs([heavy[1]], {"type": "SequentialLR", "schedulers": parts, "milestones": milestones})
    for plateau in ({"threshold": 1}, {"threshold": 1.5}, {"eps": 0.02}, {"eps": 0}):
        yield f"plateau {plateau}", runs([{"type": "SGD", "lr": 0.05}], {"type": "ReduceLROnPlateau", "patience": 2, "factor": 0.5, **plateau})
    for text in ("0.5*(1+cos(pi*t/T))", "½(1 + cos πt/T)", "0.9^floor(t/7) + sign(t - 9)/10", "1/t", "min(1, 1/t)", "log(t)", "max(0.1, tanh(2 - t/9)) |cos t|"):
        own = {"type": "LambdaLR", "lambda": text}
        yield f"formula {text}", runs(heavy, own)
        yield f"formula {text} in a sequence", runs(heavy, {"type": "SequentialLR", "schedulers": [warm, own], "milestones": [9]})
    yield "cycles from 0", runs(heavy, {**through_zero, "base_lr": 0})
    yield "milestones in any order", runs(heavy, {"type": "MultiStepLR", "milestones": [30, 10, 20, 10], "gamma": 0.5})


def muon_in_bfloat16(document):
    """torch's own Muon goes where Stride's goes, as far as its few digits tell: a sentence where it does not."""
    import torch
    if not hasattr(torch.optim, "Muon"):
        return ""
    program = stride("export", "-", "--to", "pytorch", document=document).replace("FULL_PRECISION = True", "FULL_PRECISION = False")
    names, got = rows(execute(program))
    known, wanted = rows(stride("run", "-", document=document))
    for row, reference in zip(got, wanted, strict=True):
        loss, expected = row[names.index("loss")], reference[known.index("loss")]
        if abs(loss - expected) > 0.05*(1 + abs(expected)):
            return f"run {row[0]:.0f}, step {row[1]:.0f}: loss is {loss:.6g} instead of {expected:.6g}"
    return ""


def compare(case):
    """Whether the program of one case, on one target, does what it should: a sentence of what differs, or nothing."""
    target, name, document = case
    try:
        found = differences(document, target, TOLERANCES[target])
        return found or (muon_in_bfloat16(document) if name.startswith("Muon") else "")
    except Exception as error:  # a program that stops is a failure like any other
        return f"{type(error).__name__}: {error}"


def begin():
    """One thread a process: the processes share the cores."""
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    if "pytorch" in TARGETS:
        import torch
        torch.set_num_threads(1)


def main():
    rng = random.Random(7)
    cases = [*optimizer_cases(rng), *schedule_cases(rng), *product_cases(), *tree_cases(rng), *problem_cases(), *curve_cases(), *fit_cases(), *network_cases(random.Random(4)), *average_cases(), *corner_cases()]
    asked = [(target, *case) for target in TARGETS for case in [*cases, *((*muon_cases(), *asking_cases()) if target == "pytorch" else ())]]
    failures = 0
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count(), initializer=begin) as pool:
        for (target, name, _), problem in zip(asked, pool.map(compare, asked, chunksize=8)):
            if VERBOSE or problem:
                print(f"{target}: {name}: {problem or 'same'}")
            failures += problem != ""
    print(f"{len(asked)} programs in {', '.join(TARGETS)}, {failures} failures")
    return 1 if failures or not asked else 0


if __name__ == "__main__":
    sys.exit(main())

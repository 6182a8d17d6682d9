"""The package without a browser: scenarios, frames, pictures, and what PyTorch's, Keras' and Optax' own objects become. Frameworks that are not there are passed over.

Usage: python tests/test_stride_lab.py, where stride_lab is installed
"""
import json
import math
import re
import sys
import tempfile
import unittest
from pathlib import Path

from stride_lab import StrideError, StrideLab, frameworks, record
from stride_lab.command import run
from stride_lab.recording import Recording

try:
    import torch
except ImportError:
    torch = None
try:
    import transformers
except ImportError:
    transformers = None
try:
    if torch and torch.__version__ < (2, 0):  # its distributed part cannot be imported by Python 3.11, and Lightning would
        torch.distributed.is_available = lambda: False
    import pytorch_lightning
except ImportError:
    pytorch_lightning = None
try:
    import keras
except ImportError:
    keras = None
try:
    import optax
except ImportError:
    optax = None

STEPS = 60


def planned(lab):
    return lab.rates()["lr"].tolist()[:STEPS]


class Lab(unittest.TestCase):
    def test_scenario(self):
        lab = StrideLab(surface="beale", optimizer="Adam", lr=0.1, schedule={"type": "StepLR", "step_size": 30}, steps=50)
        self.assertEqual(lab.scenario, {"stride": 1, "problem": {"type": "surface", "surface": "beale"}, "steps": 50,
                                        "runs": [{"optimizer": {"type": "Adam", "lr": 0.1}, "schedule": {"type": "StepLR", "step_size": 30}}]})
        frame = lab.trajectory()
        self.assertEqual(list(frame.columns), ["run", "step", "x", "y", "loss", "lr", "grad_x", "grad_y"])
        self.assertEqual(len(frame), 51)
        self.assertEqual(frame["lr"][0], 0.1)
        self.assertAlmostEqual(frame["lr"][40], 0.01, 15)

    def test_what_is_wrong_is_said(self):
        with self.assertRaisesRegex(StrideError, "lr: expected a number > 0, got -1"):
            StrideLab(lr=-1)
        with self.assertRaisesRegex(StrideError, "expected the name of a surface"):
            StrideLab(surface="no such")
        lab = StrideLab(surface="beale")
        with self.assertRaises(StrideError):
            lab.scenario = {"stride": 1, "steps": "many"}
        self.assertEqual(lab.scenario["problem"]["surface"], "beale")

    def test_pictures_pages_and_code(self):
        lab = StrideLab(surface="himmelblau", optimizer="Adam")
        self.assertEqual(lab.to_image(size=(320, 200))[:8], b"\x89PNG\r\n\x1a\n")
        self.assertIn(b"<svg", lab.to_image(format="svg"))
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder)/"lab.html"
            lab.to_html(page)
            self.assertIn("#s=", page.read_text(encoding="utf-8"))
        with self.assertRaisesRegex(StrideError, "expected png or svg, got gif"):
            lab.to_image("lab.gif")
        self.assertIn("torch.optim.Adam", lab.code("pytorch"))
        bundle = lab._repr_mimebundle_()
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        self.assertIn("application/vnd.jupyter.widget-view+json", data)
        self.assertIn("data:image/svg+xml", data["text/html"])

    def test_the_example_of_the_readme(self):
        readme = next(path for folder in Path(__file__).resolve().parents if (path := folder/"README.md").exists())
        program, = re.findall(r"```python\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
        *lines, last = program.strip().split("\n")
        names = {}
        exec("\n".join(lines), names)
        self.assertEqual(eval(last, names).scenario["problem"]["surface"], "beale")

    def test_any_schedule(self):
        def steps(step):
            return 0.1*(1 + math.sin(step/5))
        lab = StrideLab.from_optax(steps, STEPS)
        self.assertEqual(lab.scenario["runs"][0]["schedule"]["type"], "Points")
        for ours, step in zip(planned(lab), range(STEPS)):
            self.assertAlmostEqual(ours, steps(step), delta=1e-6)
        self.assertNotIn("schedule", StrideLab.from_optax(0.25, STEPS).scenario["runs"][0])
        for wrong in (lambda step: math.nan, lambda step: -1.0, lambda step: 0.0):
            with self.assertRaisesRegex(StrideError, "finite rates from 0"):
                StrideLab.from_optax(wrong, STEPS)

    def test_recordings_are_logs(self):
        lab = StrideLab(surface="beale", steps=20)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder)/"training.jsonl"
            recording = lab.watch(Recording(file))
            for step in range(5):
                recording.add(0.1/(step + 1), 2.0**-step)
            self.assertEqual([row["step"] for row in lab.recorded], [0, 1, 2, 3, 4])
            self.assertEqual(run(["log", str(file)]).decode().split("\n")[1], "0,0,0.10000000000000001,1,")
            self.assertEqual(StrideLab(steps=20).watch(file).rows[4]["loss"], 2.0**-4)


@unittest.skipUnless(torch, "torch is not installed")
class Torch(unittest.TestCase):
    def optimizers(self):
        p = [torch.nn.Parameter(torch.ones(2, 2))]
        yield torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01)
        for kind, options in (("Adam", {"betas": (0.8, 0.99), "amsgrad": True}), ("AdamW", {"weight_decay": 0.1}), ("NAdam", {}), ("RAdam", {}), ("Adamax", {}),
                              ("RMSprop", {"alpha": 0.9, "centered": True}), ("Adagrad", {}), ("Adadelta", {"rho": 0.8}), ("ASGD", {}), ("Rprop", {"etas": (0.4, 1.3)}), ("Muon", {}),
                              ("LBFGS", {"max_iter": 1, "max_eval": 26, "history_size": 7, "line_search_fn": "strong_wolfe"})):
            if hasattr(torch.optim, kind):
                yield getattr(torch.optim, kind)(p, lr=0.03, **options)

    def test_optimizers(self):
        for optimizer in self.optimizers():
            lab = StrideLab.from_torch(optimizer, steps=STEPS) if type(optimizer).__name__ != "Muon" else None
            made = frameworks.optimizer_of_torch(optimizer)
            self.assertEqual(made["type"], type(optimizer).__name__)
            self.assertEqual(made["lr"], optimizer.defaults["lr"])
            for key, value in made.items():
                if key in ("betas", "etas", "step_sizes"):
                    self.assertEqual(tuple(value), tuple(optimizer.defaults[key]))
                elif key != "type":
                    self.assertEqual(value, optimizer.defaults[key], key)
            if lab is not None:
                self.assertEqual(lab.scenario["runs"], [{"optimizer": made}])
                self.assertIn(made["type"], lab.code())
        parameter = [torch.nn.Parameter(torch.ones(1))]
        self.assertEqual(frameworks.optimizer_of_torch(torch.optim.LBFGS(parameter, max_iter=1))["line_search_fn"], "fixed")
        with self.assertRaisesRegex(StrideError, "expected max_iter=1, .*, got 20"):
            StrideLab.from_torch(torch.optim.LBFGS(parameter))
        with self.assertRaisesRegex(StrideError, "history_size: expected a whole number from 1 to 10, got 100"):
            StrideLab.from_torch(torch.optim.LBFGS(parameter, max_iter=1))
        with self.assertRaisesRegex(StrideError, "expected one of .*, got SparseAdam"):
            StrideLab.from_torch(torch.optim.SparseAdam(parameter))

    def test_schedules(self):
        schedulers = torch.optim.lr_scheduler
        made = [("StepLR", {"step_size": 20, "gamma": 0.3}), ("MultiStepLR", {"milestones": [10, 30], "gamma": 0.5}), ("ExponentialLR", {"gamma": 0.95}),
                ("CosineAnnealingLR", {"T_max": STEPS, "eta_min": 0.001}), ("LinearLR", {"start_factor": 0.1, "total_iters": 15}), ("PolynomialLR", {"total_iters": 40, "power": 2.0}),
                ("OneCycleLR", {"max_lr": 0.2, "total_steps": STEPS + 1}), ("CosineAnnealingWarmRestarts", {"T_0": 20}), ("CyclicLR", {"base_lr": 0.01, "max_lr": 0.1, "step_size_up": 10}),
                ("LambdaLR", {"lr_lambda": lambda step: 1/(1 + step*step)})]
        recognised = set()
        for kind, options in made:
            optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(2))], lr=0.1, momentum=0.9)
            scheduler = getattr(schedulers, kind)(optimizer, **options)
            before = scheduler.state_dict()["last_epoch"], optimizer.param_groups[0]["lr"]
            lab = StrideLab.from_torch(optimizer, scheduler, STEPS)
            self.assertEqual(before, (scheduler.state_dict()["last_epoch"], optimizer.param_groups[0]["lr"]), "the user's own is left alone")
            theirs = []
            for _ in range(STEPS):
                theirs.append(optimizer.param_groups[0]["lr"])
                optimizer.step()
                scheduler.step()
            for step, (a, b) in enumerate(zip(planned(lab), theirs)):
                self.assertAlmostEqual(a, b, delta=1e-6*max(theirs), msg=f"{kind} at {step}")
            if lab.scenario["runs"][0]["schedule"]["type"] != "Points":
                recognised.add(kind)
        self.assertGreaterEqual(recognised, {"StepLR", "MultiStepLR", "ExponentialLR", "CosineAnnealingLR"})
        self.assertNotIn("LambdaLR", recognised)
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(2))], lr=0.1)
        with self.assertRaisesRegex(StrideError, "got ReduceLROnPlateau"):
            StrideLab.from_torch(optimizer, schedulers.ReduceLROnPlateau(optimizer))

    def test_record(self):
        weight = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
        optimizer = torch.optim.SGD([weight], lr=0.1)
        scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9)
        lab = StrideLab.from_torch(optimizer, scheduler, 10)
        recording = lab.watch(record(optimizer))
        for _ in range(10):
            optimizer.zero_grad()
            loss = (weight**2).sum()
            loss.backward()
            recording.loss(loss)
            optimizer.step()
            scheduler.step()
        self.assertEqual(len(lab.recorded), 10)
        for row, plan in zip(lab.recorded, lab.rates()["lr"]):
            self.assertAlmostEqual(row["lr"], plan, 12)
        self.assertEqual(lab.recorded[0]["loss"], 5)
        recording.stop()
        optimizer.step()
        self.assertEqual(len(lab.recorded), 10)


@unittest.skipUnless(torch and pytorch_lightning, "Lightning is not installed")
class Lightning(unittest.TestCase):
    def test_callback(self):
        from stride_lab import lightning_callback

        class Line(pytorch_lightning.LightningModule):
            def __init__(self):
                super().__init__()
                self.line = torch.nn.Linear(2, 1)

            def training_step(self, batch, index):
                x, y = batch
                return ((self.line(x) - y)**2).mean()

            def configure_optimizers(self):
                optimizer = torch.optim.SGD(self.parameters(), lr=0.1)
                return {"optimizer": optimizer, "lr_scheduler": {"scheduler": torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9), "interval": "step"}}

        callback = lightning_callback()
        lab = StrideLab(optimizer={"type": "SGD", "lr": 0.1}, schedule={"type": "ExponentialLR", "gamma": 0.9}, steps=8)
        lab.watch(callback.recording)
        data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.ones(32, 2), torch.full((32, 1), 5.0)), batch_size=8)
        pytorch_lightning.Trainer(max_epochs=2, accelerator="cpu", logger=False, enable_checkpointing=False, enable_progress_bar=False,
                                  enable_model_summary=False, callbacks=[callback]).fit(Line(), data)
        self.assertEqual([row["step"] for row in lab.recorded], list(range(8)))
        for row, plan in zip(lab.recorded, lab.rates()["lr"]):
            self.assertAlmostEqual(row["lr"], plan, 12)
        self.assertLess(lab.recorded[7]["loss"], lab.recorded[0]["loss"])


@unittest.skipUnless(torch and transformers, "transformers is not installed")
class Transformers(unittest.TestCase):
    def test_callback(self):
        from stride_lab import transformers_callback

        class Line(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.line = torch.nn.Linear(2, 1)

            def forward(self, x, labels=None):
                y = self.line(x)
                return {"loss": ((y - labels)**2).mean(), "logits": y}

        data = [{"x": torch.ones(2), "labels": torch.full((1,), 5.0)} for _ in range(32)]
        callback = transformers_callback()
        lab = StrideLab(steps=12)
        lab.watch(callback.recording)
        with tempfile.TemporaryDirectory() as folder:
            arguments = transformers.TrainingArguments(folder, per_device_train_batch_size=8, num_train_epochs=3, learning_rate=0.12, logging_steps=1, report_to=[],
                                                       save_strategy="no", use_cpu=True, disable_tqdm=True, lr_scheduler_type="linear")
            transformers.Trainer(Line(), arguments, train_dataset=data, callbacks=[callback]).train()
        trained = lab.recorded[:12]  # then the mean of all
        self.assertEqual([row["step"] for row in trained], list(range(1, 13)))
        for row in trained:  # as the Trainer tells it: the rate of the step that follows
            self.assertAlmostEqual(row["lr"], 0.12*(1 - row["step"]/12), 12)
        self.assertLess(trained[-1]["loss"], trained[0]["loss"])


@unittest.skipUnless(keras, "keras is not installed")
class Keras(unittest.TestCase):
    def test_optimizers_and_schedules(self):
        schedules = keras.optimizers.schedules
        for kind in ("SGD", "Adam", "AdamW", "Adamax", "Nadam", "Adagrad", "Adadelta", "RMSprop", "Lion"):
            lab = StrideLab.from_keras(getattr(keras.optimizers, kind)(learning_rate=0.02), STEPS)
            self.assertAlmostEqual(lab.scenario["runs"][0]["optimizer"]["lr"], 0.02, 7)
        for schedule, kind in ((schedules.ExponentialDecay(0.1, 20, 0.5, staircase=True), "StepLR"), (schedules.ExponentialDecay(0.1, 20, 0.5), "ExponentialLR"),
                               (schedules.CosineDecay(0.1, STEPS), "CosineAnnealingLR"), (schedules.InverseTimeDecay(0.1, 3, 0.7), None)):
            lab = StrideLab.from_keras(keras.optimizers.Adam(learning_rate=schedule), STEPS)
            made = lab.scenario["runs"][0]["schedule"]["type"]
            self.assertTrue(kind is None or made == kind, made)
            for step, ours in enumerate(planned(lab)):
                self.assertAlmostEqual(ours, float(schedule(step)), delta=1e-6)

    def test_callback(self):
        import numpy
        from stride_lab import keras_callback
        model = keras.Sequential([keras.layers.Dense(1)])
        model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.05), loss="mse")
        callback = keras_callback()
        lab = StrideLab(steps=20)
        lab.watch(callback.recording)
        model.fit(numpy.ones((32, 2)), numpy.ones((32, 1)), batch_size=8, epochs=2, verbose=0, callbacks=[callback])
        self.assertEqual(len(lab.recorded), 8)
        self.assertAlmostEqual(lab.recorded[3]["lr"], 0.05, 6)
        self.assertLess(lab.recorded[7]["loss"], lab.recorded[0]["loss"])


@unittest.skipUnless(optax, "optax is not installed")
class Optax(unittest.TestCase):
    def test_schedules(self):
        for schedule, kind in ((optax.exponential_decay(0.1, 20, 0.5, staircase=True), "StepLR"), (optax.cosine_decay_schedule(0.1, STEPS), "CosineAnnealingLR"),
                               (optax.warmup_cosine_decay_schedule(0.0, 0.1, 10, STEPS), None), (optax.constant_schedule(0.1), None)):
            lab = StrideLab.from_optax(schedule, STEPS, optimizer="Adam")
            if kind:
                self.assertEqual(lab.scenario["runs"][0]["schedule"]["type"], kind)
            for step, ours in enumerate(planned(lab)):
                self.assertAlmostEqual(ours, float(schedule(step)), delta=1e-6)


if __name__ == "__main__":
    print(json.dumps({name: getattr(module, "__version__", None) for name, module in (("torch", torch), ("pytorch_lightning", pytorch_lightning), ("transformers", transformers), ("keras", keras), ("optax", optax))}), file=sys.stderr)
    unittest.main()

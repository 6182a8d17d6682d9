"""StrideLab: the lab as a widget of Jupyter, VS Code, Colab and marimo (anywidget), whole and without a network."""
from __future__ import annotations

import base64
import csv
import html
import io
import json
import uuid
from pathlib import Path
from typing import Any, Callable, Mapping

import anywidget
import traitlets

from . import frameworks
from .command import StrideError, run
from .recording import Recording

_PAGE = Path(__file__).parent/"page"


def _spec(value: str | Mapping[str, Any]) -> dict[str, Any]:
    return {"type": value} if isinstance(value, str) else dict(value)


class StrideLab(anywidget.AnyWidget):
    """A lab.

    Parameters
    ----------
    scenario : dict, optional
        A whole scenario as docs/scenario.md describes it. What follows changes one thing each in it.
    surface, curve : str, optional
        The problem, by name: `beale`, `rosenbrock`, ...; of one weight: `two_valleys`, ...
    optimizer : str or dict, optional
        Of the first run: a name as PyTorch writes it, or `{"type": "SGD", "momentum": 0.9}`.
    lr : float, optional
        The learning rate of the first run, > 0.
    schedule : str or dict, optional
        Of the first run: a name as PyTorch writes it, or `{"type": "StepLR", "step_size": 30}`.
    steps : int, optional
        How many updates each run makes.
    lesson : int, optional
        The number of a lesson, from 1.
    panels, locked, theme, lang : str, optional
        As the attributes of the element (docs/embedding.md).
    height : int
        In CSS pixels.

    Traits that go both ways: `scenario` (what is shown), `step` (the step under the cursor). From the lab: `answered`
    ({correct, score, lesson, title, question, response, choices}, the last answer to a lesson's question) and `goal` ({lesson, title, step}, the last task that was met).
    """

    _esm = _PAGE/"stride-lab-notebook.js" if (_PAGE/"stride-lab-notebook.js").exists() else "export default {render({el}) { el.textContent = 'This stride-lab was installed without its page.'; }};"

    scenario = traitlets.Dict().tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    answered = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    goal = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    lesson = traitlets.Int(0).tag(sync=True)
    panels = traitlets.Unicode("").tag(sync=True)
    locked = traitlets.Unicode("").tag(sync=True)
    theme = traitlets.Unicode("auto").tag(sync=True)
    lang = traitlets.Unicode("").tag(sync=True)
    height = traitlets.Int(560).tag(sync=True)
    error = traitlets.Unicode("").tag(sync=True)
    recorded = traitlets.List().tag(sync=True)  # rows {step, lr, loss} of a training that is watched

    def __init__(self, scenario: Mapping[str, Any] | None = None, *, surface: str | None = None, curve: str | None = None, optimizer: str | Mapping[str, Any] | None = None,
                 lr: float | None = None, schedule: str | Mapping[str, Any] | None = None, steps: int | None = None, lesson: int | None = None, **options: Any) -> None:
        made = json.loads(json.dumps(dict(scenario or {"stride": 1})))
        for kind, name in (("surface", surface), ("curve", curve)):
            if name is not None:
                made["problem"] = {"type": kind, kind: name}
        if optimizer is not None or lr is not None or schedule is not None:
            runs = made.setdefault("runs", [{}])
            if optimizer is not None:
                runs[0]["optimizer"] = _spec(optimizer)
            if lr is not None:
                runs[0]["optimizer"] = {**runs[0].get("optimizer", {"type": "SGD"}), "lr": float(lr)}
            if schedule is not None:
                runs[0]["schedule"] = _spec(schedule)
        if steps is not None:
            made["steps"] = int(steps)
        if lesson is not None:
            options["lesson"] = int(lesson)
        super().__init__(scenario=_checked(made), **options)

    @traitlets.validate("scenario")
    def _valid_scenario(self, proposal: Any) -> dict[str, Any]:
        return _checked(proposal["value"])

    # --- From the user's own code

    @classmethod
    def from_torch(cls, optimizer: Any, scheduler: Any = None, steps: int = 200, **options: Any) -> StrideLab:
        """What a torch optimizer with a scheduler will do in `steps` updates. Both are left as they are. The scheduler is taken to step once an update."""
        rates = frameworks.rates_of_torch(scheduler, steps) if scheduler is not None else [float(optimizer.param_groups[0]["lr"])]*steps
        return cls._of_run(frameworks.with_schedule(frameworks.optimizer_of_torch(optimizer), rates), steps, options)

    @classmethod
    def from_keras(cls, optimizer: Any, steps: int = 200, **options: Any) -> StrideLab:
        """What a Keras optimizer, with the LearningRateSchedule that it may hold, will do in `steps` updates."""
        schedule = getattr(optimizer, "_learning_rate", None)
        rates = frameworks.rates_of(schedule if callable(schedule) else float(optimizer.learning_rate), steps)
        return cls._of_run(frameworks.with_schedule(frameworks.optimizer_of_keras(optimizer, max(rates)), rates, frameworks.candidates(schedule)), steps, options)

    @classmethod
    def from_optax(cls, schedule: Callable[[int], Any] | float, steps: int = 200, optimizer: str | Mapping[str, Any] = "SGD", **options: Any) -> StrideLab:
        """What an Optax schedule (a function of the step, or a constant) will do in `steps` updates of an optimizer, which Optax's functions do not name."""
        rates = frameworks.rates_of(schedule, steps)
        return cls._of_run(frameworks.with_schedule(_spec(optimizer), rates, frameworks.candidates(schedule)), steps, options)

    @classmethod
    def _of_run(cls, made: dict[str, Any], steps: int, options: dict[str, Any]) -> StrideLab:
        return cls({"stride": 1, "steps": steps, "runs": [made]}, **options)

    def code(self, target: str = "pytorch") -> str:
        """A complete program that does the same runs: `pytorch`, `keras` or `optax`."""
        return run(["export", "-", "--to", target], self._numbers()).decode()

    # --- What it shows

    def trajectory(self) -> Any:
        """Every step of every run, as a pandas.DataFrame: run, step, x, y, loss, lr, grad_x, grad_y (a curve without y). `steps` + 1 rows a run."""
        return _frame(run(["run", "-"], self._numbers()))

    def rates(self) -> Any:
        """The plan: the learning rate and momentum of every step, as a pandas.DataFrame run, step, lr, momentum."""
        return _frame(run(["schedule", "-"], self._numbers()))

    def to_image(self, path: str | Path | None = None, *, size: tuple[int, int] = (1200, 800), format: str = "png") -> bytes:
        """The scenario's picture as PNG or SVG bytes, also written to `path` (.png or .svg), `size` in pixels."""
        import tempfile
        kind = Path(path).suffix[1:].lower() if path is not None else format
        if kind not in ("png", "svg"):
            raise StrideError(f"to_image: expected png or svg, got {kind}")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder)/f"picture.{kind}"
            run(["render", "-", "--out", str(file), "--size", f"{size[0]}x{size[1]}"], self._numbers())
            picture = file.read_bytes()
        if path is not None:
            Path(path).write_bytes(picture)
        return picture

    def to_html(self, path: str | Path | None = None) -> str:
        """A page that is the whole lab with this scenario and asks for nothing; also written to `path`."""
        packed = base64.urlsafe_b64encode(json.dumps(self.scenario).encode()).decode().rstrip("=")
        page = (_PAGE/"stride-lab-offline.html").read_text(encoding="utf-8")
        page = page.replace("<head>", f"<head>\n<script>if (!location.hash) history.replaceState(null, '', '#s={packed}');</script>", 1)
        if path is not None:
            Path(path).write_text(page, encoding="utf-8")
        return page

    def watch(self, recording: Recording | str | Path, every: int = 1) -> Recording:
        """Shows a training beside the plan while it goes on: a Recording (`record(optimizer)`, a callback's `.recording`), or a log file of any framework that
        `stride log` reads. `every`: rows between two updates of the picture."""
        if not isinstance(recording, Recording):
            made = Recording()
            for row in _frame(run(["log", str(recording)])).to_dict("records"):
                made.add(*(None if value != value else value for value in (row["lr"], row["loss"])), step=int(row["step"]))
            recording = made
        self.recorded = [dict(row) for row in recording.rows]

        def show(row: dict[str, Any]) -> None:
            if len(recording.rows) % max(every, 1) == 0:
                self.recorded = [dict(kept) for kept in recording.rows]

        recording.listeners.append(show)
        return recording

    def _numbers(self) -> dict[str, Any]:
        return {key: value for key, value in self.scenario.items() if key != "view"}

    def _repr_mimebundle_(self, **more: Any) -> Any:
        """Beside the widget a picture, for notebooks that are saved, printed or built into pages and books."""
        bundle = super()._repr_mimebundle_(**more)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data is not None:
            try:
                data["text/html"] = self._static()
            except StrideError:
                pass  # without the command line there is no picture
        return bundle

    def _static(self) -> str:
        first = self.scenario.get("runs", [{}])[0]
        words = " ".join(str(part) for part in (first.get("optimizer", {}).get("type", "SGD"), first.get("schedule", {}).get("type", ""), self.scenario.get("problem", {}).get("surface", "")) if part)
        picture = base64.b64encode(self.to_image(format="svg", size=(960, 600))).decode()
        return (f'<figure id="stride-{uuid.uuid4().hex[:8]}" style="margin:0"><img src="data:image/svg+xml;base64,{picture}" '
                f'alt="Stride: {html.escape(words)}" style="max-width:100%"></figure>')


def _frame(table: bytes) -> Any:
    """A table of the command line as a pandas.DataFrame, to the last bit; what is empty is NaN."""
    import pandas
    head, *rows = csv.reader(io.StringIO(table.decode()))
    return pandas.DataFrame({name: [int(row[i]) if name in ("run", "step") else float(row[i] or "nan") for row in rows] for i, name in enumerate(head)})


def _checked(scenario: Mapping[str, Any]) -> dict[str, Any]:
    """The scenario, read by the lab's own reader; StrideError says what is wrong with it. Where the command line is missing the lab itself will say it."""
    try:
        run(["link", "-"], json.dumps(scenario))
    except StrideError as error:
        if "`stride` was expected" not in str(error):
            raise
    return dict(scenario)

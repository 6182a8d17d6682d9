"""Trainings recorded as they happen: one line of JSON a step, which `stride log` reads and StrideLab.watch shows beside the plan."""
from __future__ import annotations

import json
import weakref
from pathlib import Path
from typing import Any, Callable


class Recording:
    """Rows {step, lr, loss}, also written to a file where one is named. `on_row` is called with each."""

    def __init__(self, path: str | Path | None = None, on_row: Callable[[dict[str, Any]], None] | None = None) -> None:
        self.rows: list[dict[str, Any]] = []
        self.path = Path(path) if path is not None else None
        self.listeners = [on_row] if on_row else []
        if self.path:
            self.path.write_text("", encoding="utf-8")

    def add(self, lr: float | None, loss: float | None = None, step: int | None = None, val_loss: float | None = None) -> None:
        """One step: its learning rate and, where they are known, its losses."""
        row: dict[str, Any] = {"step": len(self.rows) if step is None else int(step)}
        for name, value in (("lr", lr), ("loss", loss), ("val_loss", val_loss)):
            if value is not None:
                row[name] = float(value)
        self.rows.append(row)
        if self.path:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
        for listener in self.listeners:
            listener(row)

    def text(self) -> str:
        """The rows as JSON lines, as `stride log` reads them."""
        return "".join(json.dumps(row) + "\n" for row in self.rows)


class TorchRecording(Recording):
    """A Recording of a torch optimizer; `loss(value)` notes the loss of the step that comes next."""

    def __init__(self, optimizer: Any, **options: Any) -> None:
        super().__init__(**options)
        self._loss: float | None = None
        ours = weakref.ref(self)
        own_step = optimizer.step

        def step(*args: Any, **more: Any) -> Any:
            recording, lr = ours(), float(optimizer.param_groups[0]["lr"])
            result = own_step(*args, **more)
            if recording is not None:
                loss = recording._loss if result is None else float(result)
                recording.add(lr, loss)
                recording._loss = None
            return result

        step.__dict__.update(getattr(own_step, "__dict__", {}))  # by which a scheduler knows it again
        optimizer.step = step
        self._end = lambda: setattr(optimizer, "step", own_step)

    def loss(self, value: Any) -> None:
        """Notes the loss (a number or a tensor of one) for the coming step."""
        self._loss = float(value)

    def stop(self) -> None:
        """Records no more."""
        self._end()


def record(optimizer: Any, path: str | Path | None = None, on_row: Callable[[dict[str, Any]], None] | None = None) -> TorchRecording:
    """Records every `optimizer.step()` of a torch optimizer: its rate, and the loss where a closure returns it or `loss(value)` has told it."""
    return TorchRecording(optimizer, path=path, on_row=on_row)


def _end_of(path: str | Path | None, on_row: Any, recording: Recording | None) -> Recording:
    return recording if recording is not None else Recording(path, on_row)


def keras_callback(path: str | Path | None = None, on_row: Any = None, recording: Recording | None = None) -> Any:
    """A keras.callbacks.Callback that records the rate and the loss of each batch, and the validation loss of each epoch; `.recording` holds the rows."""
    import keras

    class StrideCallback(keras.callbacks.Callback):
        def __init__(self) -> None:
            super().__init__()
            self.recording = _end_of(path, on_row, recording)
            self._lr: float | None = None

        def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
            self._lr = float(self.model.optimizer.learning_rate)

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            self.recording.add(self._lr, (logs or {}).get("loss"))

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            if (logs or {}).get("val_loss") is not None:
                self.recording.add(None, None, step=len(self.recording.rows) - 1, val_loss=logs["val_loss"])

    return StrideCallback()


def lightning_callback(path: str | Path | None = None, on_row: Any = None, recording: Recording | None = None) -> Any:
    """A lightning.pytorch.Callback that records the rate of the first optimizer and the loss of each batch; `.recording` holds the rows."""
    try:
        from lightning.pytorch import Callback
    except ImportError:
        from pytorch_lightning import Callback

    class StrideCallback(Callback):
        def __init__(self) -> None:
            self.recording = _end_of(path, on_row, recording)
            self._lr: float | None = None

        def on_train_batch_start(self, trainer: Any, module: Any, batch: Any, batch_index: int) -> None:
            self._lr = float(trainer.optimizers[0].param_groups[0]["lr"])

        def on_train_batch_end(self, trainer: Any, module: Any, outputs: Any, batch: Any, batch_index: int) -> None:
            loss = outputs.get("loss") if isinstance(outputs, dict) else outputs
            self.recording.add(self._lr, None if loss is None else float(loss), step=max(trainer.global_step - 1, 0))

    return StrideCallback()


def transformers_callback(path: str | Path | None = None, on_row: Any = None, recording: Recording | None = None) -> Any:
    """A transformers.TrainerCallback that records what the Trainer logs: `learning_rate`, `loss` and `eval_loss`; `.recording` holds the rows."""
    from transformers import TrainerCallback

    class StrideCallback(TrainerCallback):
        def __init__(self) -> None:
            self.recording = _end_of(path, on_row, recording)

        def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **more: Any) -> None:
            told = logs or {}
            if {"learning_rate", "loss", "eval_loss"} & told.keys():
                self.recording.add(told.get("learning_rate"), told.get("loss"), step=state.global_step, val_loss=told.get("eval_loss"))

    return StrideCallback()

"""Writes the sample logs of this folder, each in the way in which its framework writes it, and beside each what is right: NAME.right.csv, the table
that `stride log NAME` prints.

Usage: tests/logs/make.py        (the samples are kept; run it only to change them)
"""
import csv
import io
import json
import math
from pathlib import Path

HERE = Path(__file__).parent


def digits(value):
    if value is None:
        return ""
    value = float(value)
    return "nan" if math.isnan(value) else "inf" if value == math.inf else f"{value:.17g}"


def right(name, rows):
    """rows: {step: (lr, loss, val_loss)}"""
    lines = ["run,step,lr,loss,val_loss"]
    lines += [",".join(["0", digits(step), *map(digits, rows[step])]) for step in sorted(rows)]
    (HERE / f"{name}.right.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")


def write(name, text):
    (HERE / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def table(fields, rows, **style):
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=fields, **style)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def loss(t):
    return 2.3 * math.exp(-t / 6) + 0.05 * math.cos(3 * t) + 0.2


def keras():
    """keras.callbacks.CSVLogger with ReduceLROnPlateau: csv's excel dialect, NA where an epoch had no validation, sorted names."""
    rows, wanted = [], {}
    for epoch in range(8):
        rate, val = (0.001 if epoch < 5 else 0.0005), (loss(epoch) + 0.1 if epoch % 2 == 0 else None)
        rows.append({"epoch": epoch, "accuracy": 0.4 + epoch / 20, "learning_rate": rate, "loss": loss(epoch), "val_accuracy": "NA" if val is None else 0.5,
                     "val_loss": "NA" if val is None else val})
        wanted[epoch] = (rate, loss(epoch), val)
    write("keras.csv", table(list(rows[0]), rows))
    right("keras.csv", wanted)


def lightning():
    """Lightning's CSVLogger with LearningRateMonitor(log_momentum=True): one row a call, names sorted, cells empty where a call had no such metric."""
    rows, wanted = [], {}
    for step in range(9, 60, 10):
        epoch, rate = step // 30, 0.1 * 0.9 ** (step // 10)
        rows.append({"epoch": "", "lr-SGD": rate, "lr-SGD-momentum": 0.9, "step": step})
        rows.append({"epoch": epoch, "step": step, "train_loss_step": loss(step / 10)})
        wanted[step] = (rate, loss(step / 10), None)
        if step % 30 == 29:
            rows.append({"epoch": epoch, "step": step, "val_acc": 0.5, "val_loss": loss(step / 10) + 0.1})
            rows.append({"epoch": epoch, "step": step, "train_loss_epoch": loss(step / 10) + 1})
            wanted[step] = (rate, loss(step / 10), loss(step / 10) + 0.1)
    fields = sorted({key for row in rows for key in row})
    write("lightning/metrics.csv", table(fields, rows))
    right("lightning/metrics.csv", wanted)


def transformers():
    """trainer_state.json of transformers' Trainer: json.dumps with indent 2 and sorted keys, NaN as Python writes it, evaluations and the
    summary as rows of their own."""
    history, wanted = [], {}
    for k in range(1, 9):
        step, rate = 25 * k, 5e-5 * (k / 2 if k < 2 else (8 - k) / 6)
        value = math.nan if k == 8 else round(loss(k), 4)
        history.append({"epoch": round(0.125 * k, 3), "grad_norm": math.nan if k > 6 else 1.0 / k, "learning_rate": rate, "loss": value, "step": step})
        wanted[step] = (rate, value, None)
        if k % 4 == 0:
            history.append({"epoch": 0.125 * k, "eval_loss": loss(k) + 0.1, "eval_runtime": 92.0, "eval_samples_per_second": 22.7, "step": step})
            wanted[step] = (rate, value, loss(k) + 0.1)
    history.append({"epoch": 1.0, "step": 200, "total_flos": 1234567.0, "train_loss": 0.9, "train_runtime": 100.1})
    state = {"best_global_step": None, "best_metric": None, "best_model_checkpoint": None, "epoch": 1.0, "eval_steps": 100, "global_step": 200,
             "is_hyper_param_search": False, "log_history": history, "logging_steps": 25, "max_steps": 200, "num_train_epochs": 1,
             "stateful_callbacks": {"TrainerControl": {"args": {"should_save": True}, "attributes": {}}}, "total_flos": 1234567.0,
             "train_batch_size": 8, "trial_name": None, "trial_params": None}
    write("trainer_state.json", json.dumps(state, indent=2, sort_keys=True) + "\n")
    right("trainer_state.json", wanted)


def tensorboard():
    """The CSV that TensorBoard's page downloads: one tag a file, the tag in its name."""
    for name, column, value in (("run-default-tag-train_loss.csv", 1, loss), ("run-default-tag-learning_rate.csv", 0, lambda t: 0.1 / (1 + t)),
                                ("run-default-tag-epoch_val_loss.csv", 2, lambda t: loss(t) + 0.1)):
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(["Wall time", "Step", "Value"])
        wanted = {}
        for t in range(6):
            writer.writerow([1698314503.5367975 + 7.25 * t, 10 * t, value(t)])
            wanted[10 * t] = tuple(value(t) if k == column else None for k in range(3))
        write(name, out.getvalue())
        right(name, wanted)


def json_lines():
    """log.txt as DETR, DeiT and MAE write it: json.dumps of one object an epoch."""
    lines, wanted = [], {}
    for epoch in range(6):
        rate = 1e-4 if epoch < 4 else 1e-5
        lines.append(json.dumps({"train_lr": rate, "train_class_error": 80.0 - epoch, "train_loss": loss(epoch), "test_loss": loss(epoch) + 0.2,
                                 "test_coco_eval_bbox": [0.1, 0.2], "epoch": epoch, "n_parameters": 41302368}))
        wanted[epoch] = (rate, loss(epoch), loss(epoch) + 0.2)
    write("log.jsonl", "\n".join(lines) + "\n")
    right("log.jsonl", wanted)


def yolo():
    """results.csv of YOLOv5 to v8: names and numbers padded with blanks, three losses, three groups of parameters."""
    names = ["epoch", "train/box_loss", "train/cls_loss", "metrics/mAP50(B)", "val/box_loss", "lr/pg0", "lr/pg1", "lr/pg2"]
    lines, wanted = [",".join(f"{name:>23}" for name in names)], {}
    for epoch in range(5):
        row = [epoch, round(loss(epoch), 5), 2.5, 0.3, round(loss(epoch) + 0.1, 5), round(0.01 / (epoch + 1), 5), 0.02, 0.02]
        lines.append(",".join(f"{value:>23.5g}" for value in row))
        wanted[epoch] = tuple(float(f"{row[k]:.5g}") for k in (5, 1, 4))
    write("results.csv", "\n".join(lines) + "\n")
    right("results.csv", wanted)


def wandb():
    """What the page of Weights & Biases exports of a chart: everything quoted, the run's name before the metric, least and greatest beside it."""
    out, wanted = io.StringIO(), {}
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    metric = "sunny-1 - train/loss"
    writer.writerow(["Step", metric, f"{metric}__MIN", f"{metric}__MAX"])
    for t in range(5):
        writer.writerow([t, loss(t), loss(t), loss(t)])
        wanted[t] = (None, loss(t), None)
    write("wandb.csv", out.getvalue())
    right("wandb.csv", wanted)


def history():
    """json.dump(model.fit(...).history, file): lists by name."""
    values = {"loss": [loss(t) for t in range(5)], "val_loss": [loss(t) + 0.1 for t in range(5)], "lr": [0.01, 0.01, 0.001, 0.001, 0.001]}
    write("history.json", json.dumps(values))
    right("history.json", {t: (values["lr"][t], values["loss"][t], values["val_loss"][t]) for t in range(5)})


def spreadsheet():
    """Saved by a spreadsheet on a German Windows: a byte order mark, semicolons, decimal commas, CRLF, names of one's own, gaps, no last line end."""
    rows = {0: (0.1, 2.5, None), 10: (None, 1.25, 1.5), 20: (0.01, None, None), 30: (0.001, 1.125, 1.25)}
    cell = lambda value: "" if value is None else str(value).replace(".", ",")
    lines = ["Iteration;Learning Rate;Train Loss;Validation Loss;Bemerkung"]
    lines += [f"{step};{cell(lr)};{cell(train)};{cell(val)};gut" for step, (lr, train, val) in rows.items()]
    write("tabelle.csv", b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    right("tabelle.csv", rows)


(HERE / "lightning").mkdir(exist_ok=True)
for part in (keras, lightning, transformers, tensorboard, json_lines, yolo, wandb, history, spreadsheet):
    part()

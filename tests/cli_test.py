"""The command line from outside: output, exit status and the exact sentence of every fault.

Usage: tests/cli_test.py build/native/stride
       tests/cli_test.py node --no-experimental-fetch build/cli-wasm/stride.cjs
"""
import ast
import json
import math
import os
import re
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from xml.etree import ElementTree

STRIDE = sys.argv[1:]
FAULTS = Path(__file__).parent / "faults"
failures = []


def stride(*arguments, given="", cwd=None):
    command = [str(Path(word).resolve()) if Path(word).exists() else word for word in STRIDE]
    done = subprocess.run([*command, *arguments], input=given.encode(), capture_output=True, cwd=cwd, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def check(name, got, wanted):
    if got != wanted:
        failures.append(name)
        print(f"{name}:\n  got      {got!r}\n  expected {wanted!r}")


def check_fault(name, sentence, *arguments, given="", cwd=None):
    check(name, stride(*arguments, given=given, cwd=cwd), (2, "", sentence + "\n"))


def output(*arguments, given="", cwd=None):
    status, text, error = stride(*arguments, given=given, cwd=cwd)
    check(f"{arguments}", (status, error), (0, ""))
    return text


def table(text):
    lines = text.rstrip("\n").split("\n")
    return lines[0], [line.split(",") for line in lines[1:]]


def document(**more):
    return json.dumps({"stride": 1, **more})


def faults():
    for line in (FAULTS / "sentences.txt").read_text(encoding="utf-8").splitlines():
        check_fault(line, line, "run", line.split(": ")[0], cwd=FAULTS)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "large.json").write_text(" " * 262145, encoding="utf-8")
        check_fault("large", "large.json: expected at most 262144 bytes, got more", "run", "large.json", cwd=folder)
    check_fault("missing file", "nowhere.json: cannot open the file: No such file or directory", "run", "nowhere.json", cwd=FAULTS)
    for command in ("run", "schedule", "link", "export"):
        extra = ["--to", "pytorch"] if command == "export" else []
        check_fault(command, "standard input: stride: expected the format version 1, got 2", command, "-", *extra, given='{"stride": 2}')


def commands():
    """One call of every command, and of every study of the table, that prints something: name, arguments, standard input."""
    network = document(problem={"type": "network", "layers": [2, 3, 1], "data": {"samples": 20}}, steps=3)
    small = {"basins": ["--size", "4"], "map": ["--size", "4"], "range-test": ["--steps", "8"]}
    yield from (
        ("run", ["run", "-"], document(steps=3)),
        ("final weights", ["run", "-", "--final-weights"], network),
        ("schedule", ["schedule", "-"], document(steps=3)),
        ("surface", ["surface", "booth"], "1,2\n"),
        ("list", ["list"], ""),
        ("link", ["link", "-"], document()),
        ("decode", ["link", "--decode", "?lr=0.1"], ""),
        ("points", ["points", "-"], "x,y\n1,2\n2,4\n"),
        ("bench", ["bench", "--surface", "booth", "--optimizer", "SGD", "--seconds", "0.001"], ""),
        ("help", ["--help"], ""),
        ("help of a command", ["run", "--help"], ""),
        ("version", ["--version"], ""),
        ("render", ["render", "-", "--out", "-"], document(steps=3)),
        ("log", ["log", "-"], "step,lr,loss\n0,0.1,2\n1,0.1,1\n"),
        ("findings", ["log", "-", "--findings"], "step,lr,loss\n0,0.1,2\n1,0.1,1\n"),
        ("fit", ["log", "-", "--fit"], "step,lr,loss\n0,0.1,2\n1,0.1,1\n"),
        ("lesson", ["lesson", str(Path(__file__).parent.parent / "web/lessons/en/06-exponential.md")], ""),
        ("worksheet", ["lesson", str(Path(__file__).parent.parent / "web/lessons/en/06-exponential.md"), "--worksheet"], ""),
        ("picture", ["study", "basins", "-", "--size", "4", "--ppm", "-"], document(steps=3)),
        ("advice", ["study", "range-test", "-", "--advice"], document(steps=3)),
    )
    for target in ("pytorch", "keras", "optax"):
        yield target, ["export", "-", "--to", target], document(steps=3)
    for row in json.loads(output("list"))["studies"]:
        yield row["key"], ["study", row["key"], "-", *small.get(row["key"], [])], document(steps=3)


def writes():
    """Whatever the command: a write that fails ends with status 2 and one sentence."""
    command = [str(Path(word).resolve()) if Path(word).exists() else word for word in STRIDE]
    sentence = "stride: cannot write to standard output: "
    named = {words[0] for _, words, _ in commands()}
    known = stride("tumble")[2].strip().split("known are ")[1].split(", ")
    check("every command is written to a full disk", sorted(set(known) - named), [])
    for name, arguments, given in commands():
        with open("/dev/full", "wb") as full:
            done = subprocess.run([*command, *arguments], input=given.encode(), stdout=full, stderr=subprocess.PIPE, check=False)
        check(f"{name} to a full disk", (done.returncode, done.stderr.decode()), (2, sentence + "No space left on device\n"))
    for name, arguments, given in (("long", ["list"], ""), ("short", ["link", "-"], document())):
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run([*command, *arguments], input=given.encode(), stdout=write, stderr=subprocess.PIPE, check=False)
        os.close(write)
        check(f"{name} to a closed pipe", (done.returncode, done.stderr.decode()), (2, sentence + "Broken pipe\n"))
    # Megabytes through a pipe that does not block and is read slowly arrive whole.
    long = document(steps=20000)
    wanted = output("run", "-", given=long)
    read, write = os.pipe()
    os.set_blocking(write, False)
    child = subprocess.Popen([*command, "run", "-"], stdin=subprocess.PIPE, stdout=write)
    os.close(write)
    child.stdin.write(long.encode())
    child.stdin.close()
    time.sleep(0.3)
    with open(read, "rb") as pipe:
        got = pipe.read().decode()
    check("a pipe that does not block", (child.wait(), got == wanted), (0, True))
    with tempfile.TemporaryDirectory() as folder:
        basins = ["study", "basins", "-", "--size", "4", "--ppm"]
        for name, end in (
            ("/dev/full", "/dev/full: cannot write the file: No space left on device"),
            (".", ".: cannot open the file: Is a directory"),
            ("no/where.ppm", "no/where.ppm: cannot open the file: No such file or directory"),
            ("", "stride: expected the name of a file, got nothing"),
        ):
            check_fault(f"picture in {name!r}", end, *basins, name, given=document(steps=3), cwd=folder)
        Path(folder, "old.ppm").write_bytes(b"x" * 1000)
        output(*basins, "old.ppm", given=document(steps=3), cwd=folder)
        check("a picture overwrites", Path(folder, "old.ppm").read_bytes()[:10], b"P6\n4 4\n255")


def files():
    mark = "\ufeff"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "s.json").write_text(document(), encoding="utf-8")
        Path(folder, "wide.json").write_bytes(document().encode("utf-16"))
        for command in (["run"], ["schedule"], ["link"], ["export", "--to", "keras"], ["study", "sweep"], ["schedule", "s.json", "--metric"]):
            check_fault(f"{command} of a folder", ".: cannot read the file: Is a directory", *command, ".", cwd=folder)
            check_fault(f"{command} of nothing", "none: cannot open the file: No such file or directory", *command, "none", cwd=folder)
            check_fault(f"{command} without a name", "stride: expected the name of a file, got nothing", *command, "", cwd=folder)
            check_fault(f"{command} of UTF-16", "wide.json: expected text in UTF-8, got UTF-16", *command, "wide.json", cwd=folder)
        check_fault("a name with signs", "a b [31m: cannot open the file: No such file or directory", "run", "a\nb\x1b[31m", cwd=folder)
        Path(folder, "losses.txt").write_text(f"{mark}1\n0.5\n", encoding="utf-8")
        check("losses with a mark", len(table(output("schedule", "s.json", "--metric", "losses.txt", cwd=folder))[1]), 3)
    # A byte order mark, as editors on Windows write it, changes nothing.
    for name, arguments, given in commands():
        if given and name != "bench":
            check(f"{name} with a mark", output(*arguments, given=mark + given), output(*arguments, given=given))


def cells():
    """What stands in a table is a number or one of these words: no name of a learner's, which a spreadsheet might run as a formula."""
    words = re.compile(r"-?\d+(\.\d+)?(e[-+]\d+)?|-?inf|nan||diverged|nowhere|minimum \d+|steepest|valley|minimum/10")
    hostile = [{"name": name, "optimizer": {"type": "Adam"}} for name in ("=1+1", "+1", "-1", "@SUM(A1)", '"', "a,b", "=cmd|' /C calc'!A0")]
    for command in (["run"], ["schedule"], *(["study", kind] for kind in ("compare", "sweep", "range-test"))):
        _, rows = table(output(*command, "-", given=document(steps=2, runs=hostile)))
        check(f"cells of {command}", [cell for row in rows for cell in row if not words.fullmatch(cell)][:3], [])


def programs():
    """A learner's name is words in an exported program, whatever it holds: without its strings the program is that of any name."""
    def bare(name, target):
        tree = ast.parse(output("export", "-", "--to", target, given=document(steps=2, runs=[{"name": name, "optimizer": {"type": "Adam"}}])))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                node.value = ""
        return ast.dump(tree)

    hostile = ("\"\"\"", "'''", "\\", "a\\", "\"; import os #", "{0} %s ${y} {{", "\u0085import os", "\u2028import os", "\u202egnp", "# -*- coding: x", "=1+1", "</script>", "*/")
    for target in ("pytorch", "keras", "optax"):
        plain = bare("plain", target)
        check(f"names in {target}'s programs", [name for name in hostile if bare(name, target) != plain], [])


def usage():
    axes = "lr, start.x, start.y, optimizer.momentum, optimizer.dampening, optimizer.weight_decay"
    known = "known are run, schedule, surface, list, link, points, export, log, render, lesson, study, bench"
    for arguments, sentence in (
        ([], "stride: A subcommand is required"),
        (["tumble"], f"stride: tumble: unknown command, {known}"),
        (["shedule"], 'stride: shedule: unknown command, did you mean "schedule"?'),
        (["run"], "stride: FILE is required"),
        (["run", "-", "--fast"], "stride: The following argument was not expected: --fast"),
        (["export", "-"], "stride: --to is required"),
        (["export", "-", "--to", "caffe"], '--to: expected pytorch, keras or optax, got "caffe"'),
        (["surface"], "surface: expected a NAME or --expression, got neither"),
        (["surface", "boot"], 'surface: expected the name of a surface, got "boot", did you mean "booth"?'),
        (["surface", "--expression", "x+"], "--expression: column 3: expected a number, x, y, a function or '(', got the end"),
        (["link", "--decode", "?lr=-1"], "link: lr: expected a number > 0, got -1"),
        (["run", "-", "--final-weights"], 'standard input: problem.type: expected a network for --final-weights, got "surface"'),
        (["run", ""], "stride: expected the name of a file, got nothing"),
        (["bench", "--seconds", "nan"], '--seconds: expected a number from 0.001 to 60, got "nan"'),
        (["bench", "--seconds", "0"], "--seconds: expected a number from 0.001 to 60, got 0"),
        (["bench", "--seconds", "inf"], '--seconds: expected a number from 0.001 to 60, got "inf"'),
        (["study", "basins", "-", "--size", ""], '--size: expected a whole number from 1 to 2048, got ""'),
        (["study", "basins", "-", "--size", "2.5"], "--size: expected a whole number from 1 to 2048, got 2.5"),
        (["study", "sweep", "-", "--run", "1"], "--run: expected a whole number from 0 to 0, got 1"),
        (["study", "map", "-", "--x-axis", "2.5"], f'--x-axis: expected one of {axes}, got "2.5"'),
        (["study", "map", "-", "--x-axis", "-1"], f'--x-axis: expected one of {axes}, got "-1"'),
        (["study", "map", "-", "--y-axis", "nan"], f'--y-axis: expected one of {axes}, got "nan"'),
        (["study", "map", "-", "--x-axis", "lr", "--y-axis", "0"], "--y-axis: expected another number than --x-axis, got lr twice"),
        (["study", "map", "-", "--x-min", "1", "--x-max", "1"], "--x-max: expected a number above --x-min"),
        (["study", "map", "-", "--y-min", "1", "--y-max", "-1"], "--y-max: expected a number above --y-min"),
        (["study", "sweep", "-", "--lr-min", "1", "--lr-max", "1"], "--lr-max: expected a number above --lr-min"),
        (["bench", "--surface", "boot"], '--surface: expected the name of a surface, got "boot", did you mean "booth"?'),
    ):
        check_fault(f"stride {' '.join(arguments)}", sentence, *arguments, given=document())
    check("help", "run" in output("--help"), True)


def runs():
    header, rows = table(output("run", "-", given=document(steps=3, runs=[{}, {"optimizer": {"type": "Adam"}}])))
    check("columns", header, "run,step,x,y,loss,lr,grad_x,grad_y")
    check("rows", [row[:2] for row in rows], [[str(r), str(t)] for r in range(2) for t in range(4)])
    check("first row", rows[0][:4], ["0", "0", "-1.2", "1"])
    averaged = [{}, {"ema": 0.9}, {"optimizer": {"type": "ASGD"}}]
    header, rows = table(output("run", "-", given=document(steps=3, runs=averaged)))
    check("columns of averages", header, "run,step,x,y,loss,lr,grad_x,grad_y,avg_x,avg_y")
    check("no average", rows[0][8:], ["nan", "nan"])
    check("averages begin at the start", [row[8:] for row in (rows[4], rows[8])], [["-1.2", "1"]] * 2)
    check("an average follows", abs(float(rows[5][8]) - (-1.2 + 0.1 * (float(rows[5][2]) + 1.2))) < 1e-14, True)
    _, rows = table(output("run", "-", given=document(runs=[{"optimizer": {"type": "SGD", "lr": 10}}])))
    check("a diverged run ends", len(rows) < 10 and abs(float(rows[-1][2])) > 1e6, True)
    network = document(problem={"type": "network", "layers": [2, 3, 1], "data": {"samples": 20}}, steps=5, runs=[{}, {}])
    header, rows = table(output("run", "-", given=network))
    check("network columns", header, "run,step,loss,batch_loss,accuracy,lr")
    check("network rows", len(rows), 12)
    network = document(problem={"type": "network", "data": {"samples": 20, "validation": 0.2}}, steps=5, runs=[{}, {"ema": 0.5}])
    header, rows = table(output("run", "-", given=network))
    check("network columns of averages", header, "run,step,loss,batch_loss,accuracy,lr,val_loss,val_accuracy,avg_loss,avg_accuracy,avg_val_loss,avg_val_accuracy")
    check("no average of a network", rows[0][8:], ["nan"]*4)
    check("a network's average begins at its weights", rows[6][8:], [rows[6][i] for i in (2, 4, 6, 7)])
    check("a network's average follows", rows[11][8] != rows[11][2], True)
    network = document(problem={"type": "network", "layers": [2, 3, 1], "data": {"samples": 20}}, steps=5, runs=[{}, {}])
    weights = json.loads(output("run", "-", "--final-weights", given=network))
    check("weights", [len(w) for w in weights], [13, 13])


def schedules():
    steps = {"optimizer": {"type": "SGD", "lr": 1}, "schedule": {"type": "StepLR", "step_size": 2, "gamma": 0.5}}
    header, rows = table(output("schedule", "-", given=document(steps=4, runs=[steps])))
    check("schedule columns", header, "run,step,lr,momentum")
    check("schedule", rows, [["0", str(t), lr, ""] for t, lr in enumerate(["1", "1", "0.5", "0.5", "0.25"])])
    cyclic = {"schedule": {"type": "CyclicLR", "step_size_up": 2}}
    _, rows = table(output("schedule", "-", given=document(steps=2, runs=[cyclic, {**cyclic, "optimizer": {"type": "Adagrad"}}])))
    check("momentum", [row[3] and round(float(row[3]), 9) for row in rows], [0.9, 0.85, 0.8, "", "", ""])
    with tempfile.TemporaryDirectory() as folder:
        plateau = {"optimizer": {"type": "SGD", "lr": 1}, "schedule": {"type": "ReduceLROnPlateau", "factor": 0.5, "patience": 0}}
        Path(folder, "s.json").write_text(document(runs=[plateau]), encoding="utf-8")
        Path(folder, "losses.txt").write_text("1\n1\n0.5\n0.5\n", encoding="utf-8")
        _, rows = table(output("schedule", "s.json", "--metric", "losses.txt", cwd=folder))
        check("metric", [row[2] for row in rows], ["1", "1", "0.5", "0.5", "0.25"])
        Path(folder, "losses.txt").write_text("1\n\nlow\n", encoding="utf-8")
        sentence = 'losses.txt: line 3: expected a number, got "low"'
        check_fault("metric", sentence, "schedule", "s.json", "--metric", "losses.txt", cwd=folder)


def surface():
    lines = output("surface", "booth", given="1,3\n 0 , 1e0 \r\n\n-2.5,.5")
    header, rows = table(lines)
    check("surface columns", header, "x,y,f,df_dx,df_dy,d2f_dx2,d2f_dxdy,d2f_dy2")
    check("surface", rows[:2], [["1", "3", "0", "0", "0", "10", "8", "10"], ["0", "1", "41", "-26", "-28", "10", "8", "10"]])
    _, rows = table(output("surface", "--expression", "-x^2", given="3,0"))
    check("expression", [float(cell) for cell in rows[0]], [3, 0, -9, -6, 0, -2, 0, 0])
    check("name and expression", output("surface", "any", "--expression", "x", given="1,2"), output("surface", "--expression", "x", given="1,2"))
    for line in ("abc", "1", "1,2,3", "1,", "nan,1", "1,inf", "0x1,1"):
        check_fault(line, f'standard input: line 2: expected x,y, got "{line}"', "surface", "booth", given=f"1,2\n{line}\n")
    check("not finite", "nan" in output("surface", "--expression", "log(x)", given="-1,0"), True)


def links():
    text = document(problem={"surface": "beale"}, runs=[{"name": "π", "optimizer": {"type": "Adam", "lr": 0.25}}])
    link = output("link", "-", given=text).strip()
    check("link", json.loads(output("link", "--decode", link)), json.loads(text))
    check("query", json.loads(output("link", "--decode", "?surface=beale&optimizer=Adam&lr=0.25&name=%CF%80")), json.loads(text))


def trainings():
    """The studies of rates, asked of networks: the columns of descents, each start with seeds of its own."""
    batches = {"type": "network", "layers": [2, 3, 1], "data": {"samples": 20}, "batch_size": 5}
    given = document(problem=batches, steps=20, runs=[{"optimizer": {"type": "SGD", "lr": 0.1}}, {"optimizer": {"type": "Adam"}}])
    header, rows = table(output("study", "sweep", "-", "--count", "5", "--lr-min", "0.01", "--lr-max", "100", given=given))
    check("sweep", (header, len(rows), rows[2][3]), ("lr,final_loss,min_loss,outcome,steps_to_tolerance", 5, "nowhere"))
    one = table(output("run", "-", given=document(problem=batches, steps=20, runs=[{"optimizer": {"type": "SGD", "lr": float(rows[2][0])}}])))[1]
    check("its loss is the run's", abs(float(rows[2][1])/float(one[-1][2]) - 1) < 1e-4, True)
    header, rows = table(output("study", "range-test", "-", "--steps", "30", "--smoothing", "0", given=given))
    check("range test", header, "lr,loss,smoothed")
    check("by the batches", abs(float(rows[0][1])/float(one[0][3]) - 1) < 1e-4, True)
    check("advice", output("study", "range-test", "-", "--advice", given=given).startswith("suggestion,lr"), True)
    header, rows = table(output("study", "compare", "-", "--starts", "6", given=given))
    check("compare", ([row[0] for row in rows], all(float(row[5]) < float(row[6]) for row in rows)), (["0", "1"], True))
    header, rows = table(output("study", "map", "-", "--size", "3", "--x-min", "0.1", "--x-max", "1e9", given=given))
    check("map", (header, len(rows), {row[3] for row in rows}), ("lr,batch_size,final_loss,fate", 9, {"nowhere", "diverged"}))
    header, rows = table(output("study", "map", "-", "--size", "2", "--run", "1", "--y-axis", "optimizer.betas[0]", given=given))
    check("map of another pair", (header, len(rows)), ("lr,optimizer.betas[0],final_loss,fate", 4))
    check_fault("no start", '--x-axis: expected one of lr, batch_size, optimizer.momentum, optimizer.dampening, optimizer.weight_decay, got "start.x"',
                "study", "map", "-", "--x-axis", "start.x", given=given)
    check_fault("basins", 'standard input: problem.type: expected a surface, a curve or a fit for this study, got "network"', "study", "basins", "-", given=given)


def points():
    """The learner's own points as a scenario that runs, alone or in a model of theirs."""
    made = output("points", "-", given="x,y\n1,2\n2,4\n")
    check("a fit", json.loads(made)["problem"], {"type": "fit", "data": {"type": "points", "points": [[1, 2], [2, 4]]}})
    check("it runs", len(table(output("run", "-", given=made))[1]), 201)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "s.json").write_text(document(problem={"type": "network", "layers": [2, 3, 1]}), encoding="utf-8")
        made = output("points", "-", "--scenario", "s.json", given="0;0,5;1\n1;2;0\n", cwd=folder)
        data = {"type": "points", "points": [[0, 0.5, 1], [1, 2, 0]]}
        check("a network", json.loads(made)["problem"], {"type": "network", "layers": [2, 3, 1], "data": data})
        Path(folder, "p.csv").write_text("1,2\n1,b\n", encoding="utf-8")
        check_fault("a fault", 'p.csv: line 2, column 3: expected a number, y, got "b"', "points", "p.csv", cwd=folder)
    check_fault("one file", "--scenario: expected a file other than the points'", "points", "-", "--scenario", "-", given="1,2")


def worksheets():
    """A lesson on paper speaks the lesson's language, headings and all."""
    for code, heading in (("en", "Your task"), ("de", "Deine Aufgabe"), ("es", "Tu tarea")):
        lesson = Path(__file__).parent.parent / "web/lessons" / code / "02-too-low.md"
        page = output("lesson", str(lesson), "--worksheet")
        check(f"worksheet in {code}", (f'<html lang="{code}"' in page, f"<h2>{heading}</h2>" in page), (True, True))


def logs():
    """Training logs: the samples, what is said of them, the schedule behind them; TensorBoard's files of one run are one."""
    folder = Path(__file__).parent / "logs"
    for wanted in sorted(folder.rglob("*.right.csv")):
        name = str(wanted.relative_to(folder))[: -len(".right.csv")]
        check(name, output("log", name, cwd=folder), wanted.read_text(encoding="utf-8"))
    tags = [f"run-default-tag-{tag}.csv" for tag in ("train_loss", "learning_rate", "epoch_val_loss")]
    _, rows = table(output("log", *tags, cwd=folder))
    check("tags of one run", (len(rows), all(all(row) for row in rows), {row[0] for row in rows}), (6, True, {"0"}))
    _, rows = table(output("log", "keras.csv", "results.csv", cwd=folder))
    check("a run a file", [row[0] for row in rows], ["0"] * 8 + ["1"] * 5)
    words = output("log", "keras.csv", "--findings", cwd=folder).splitlines()
    check("what was taken", words[0].startswith('keras.csv: CSV of 8 rows: the step is "epoch", the rate "learning_rate", '), True)
    check("the schedule in words", words[-1], 'keras.csv: The rate is that of {"type":"MultiStepLR","milestones":[5],"gamma":0.5} with 0.001.')
    fitted = output("log", "keras.csv", "--fit", cwd=folder)
    _, rows = table(output("schedule", "-", given=fitted))
    check("the schedule runs", [float(row[2]) for row in rows], [0.001] * 5 + [0.0005] * 3)
    check("the schedule is exported", "MultiStepLR" in output("export", "-", "--to", "pytorch", given=fitted), True)
    check_fault("no rate", "wandb.csv: expected a column with the rate for --fit, got none", "log", "wandb.csv", "--fit", cwd=folder)
    check_fault("no number", 'standard input: line 2, column 1: loss: expected a number, got "low"', "log", "-", given="loss\nlow\n")
    check_fault("both", "stride: --findings excludes --fit", "log", "-", "--fit", "--findings", given="loss\n1\n")
    check("another column", output("log", "-", "--loss", "b", given="loss,b\n1,2\n").splitlines()[1], "0,0,,2,")


def pixels(name):
    """Width, height and RGB rows of a PNG of 8-bit sRGB without interlacing, by the filters of its specification."""
    data, at, packed = Path(name).read_bytes(), 8, b""
    width, height, depth, colour, *ways = struct.unpack(">IIBBBBB", data[16:29])
    check("an 8-bit RGB picture", (data[:8], depth, colour, ways), (b"\x89PNG\r\n\x1a\n", 8, 2, [0, 0, 0]))
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        packed += data[at + 8:at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    raw, stride_of, rows = zlib.decompress(packed), 3 * width, []
    above = bytes(stride_of)
    for y in range(height):
        kind, row = raw[y * (stride_of + 1)], bytearray(raw[y * (stride_of + 1) + 1:(y + 1) * (stride_of + 1)])
        for x in range(stride_of):
            a, b, c = row[x - 3] if x >= 3 else 0, above[x], above[x - 3] if x >= 3 else 0
            p = a + b - c
            nearest = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            row[x] = (row[x] + (0, a, b, (a + b) // 2, nearest)[kind]) & 255
        above = bytes(row)
        rows.append(above)
    return width, height, rows


def pictures():
    """Figures without a window: SVG everywhere, PNG where the program carries fonts; the lines of docs/figures.md."""
    given = document(steps=30, runs=[{"name": "A & B", "optimizer": {"type": "Adam", "lr": 0.1}}, {"optimizer": {"type": "SGD", "lr": 9}}])
    svg = output("render", "-", "--out", "-", given=given)
    root = ElementTree.fromstring(svg)
    words = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    check("size of the page", (root.get("width"), root.get("height")), ("1200", "800"))
    check("words", [word for word in ("A & B", "SGD", "Learning rate", "Loss", "Rosenbrock") if word not in words], [])
    check("contours", len(list(root.iter("{http://www.w3.org/2000/svg}path"))) >= 5, True)
    check("the same again", output("render", "-", "--out", "-", given=given), svg)
    ground = "<rect width='1200' height='800'"
    check("a ground", ground in svg, True)
    check("none", ground in output("render", "-", "--out", "-", "--transparent", given=given), False)
    parts = output("render", "-", "--out", "-", "--parts", "loss", "--size", "300x200", given=given)
    check("one part", ("Learning rate" in parts, "<path" in parts, "width='300'" in parts), (False, False, True))
    network = document(problem={"type": "network", "layers": [2, 3, 1], "data": {"samples": 20}}, steps=3)
    check("a network", "Loss" in output("render", "-", "--out", "-", given=network), True)
    curve = output("render", "-", "--out", "-", given=document(problem={"type": "curve", "expression": "x^4 - x^2"}, steps=9))
    check("a curve", ("f(x) = x^4 - x^2" in curve, "<path" in curve), (True, False))
    size = "render: --size: expected WIDTHxHEIGHT, each from 16 to 8192, got "
    for word in ("15x100", "100x8193", "100", "x", "100x", "100x100x100", "-5x100", "1e3x100", "99999999999999999999x100", "100 x100", ""):
        check_fault(word, f'{size}"{word}"', "render", "-", "--out", "-", "--size", word, given=given)
    for name in ("picture.jpg", ".svg", "svg", ""):
        check_fault(name, f'render: --out: expected a name that ends in .svg or .png, or - to print SVG, got "{name}"', "render", "-", "--out", name, given=given)
    check_fault("parts", 'render: --parts: expected map, rate, loss or some of them, got "all"', "render", "-", "--out", "-", "--parts", "all", given=given)
    check_fault("no map", "render: --parts: expected rate or loss: a network has no map", "render", "-", "--out", "-", "--parts", "map", given=network)
    check_fault("no scenario", "standard input: stride: expected the format version 1, got 2", "render", "-", "--out", "-", given='{"stride": 2}')
    with tempfile.TemporaryDirectory() as folder:
        output("render", "-", "--out", "a.svg", given=given, cwd=folder)
        check("the file is what is printed", Path(folder, "a.svg").read_text(encoding="utf-8"), svg)
        check_fault("no folder", "nowhere/a.svg: cannot open the file: No such file or directory", "render", "-", "--out", "nowhere/a.svg", given=given, cwd=folder)
        if STRIDE[0] == "node":
            check_fault("no fonts", "render: a.png: expected a name that ends in .svg: PNG needs the native program with its fonts", "render", "-", "--out",
                        "a.png", given=given, cwd=folder)
            check("no picture", Path(folder, "a.png").exists(), False)
        else:
            output("render", "-", "--out", "a.png", "--size", "320x200", given=given, cwd=folder)
            output("render", "-", "--out", "clear.png", "--size", "320x200", "--transparent", given=given, cwd=folder)
            clear = Path(folder, "clear.png").read_bytes()
            first = zlib.decompress(clear[clear.index(b"IDAT") + 4 : clear.index(b"IEND") - 8])[1:5]
            check("a transparent corner", (clear[25], first), (6, b"\0\0\0\0"))
            width, height, rows = pixels(Path(folder, "a.png"))
            colours = {tuple(row[x:x + 3]) for row in rows for x in range(0, 3 * width, 3)}
            check("size of the picture", (width, height), (320, 200))
            check("its ground", rows[-1][-3:], b"\xff\xff\xff")
            check("both runs' colours and the lowest band's", {(0xaa, 0x86, 0x01), (0x24, 0x91, 0xd7)} - colours, set())
        top = Path(__file__).parent.parent
        lines = re.findall(r"^stride (render .*)$", Path(top, "docs/figures.md").read_text(encoding="utf-8"), re.MULTILINE)
        check("lines of docs/figures.md", len(lines), 2)
        for line in lines:
            *arguments, name = line.split()
            output(*arguments, str(Path(folder, name)), cwd=top)
            check(line, ElementTree.parse(Path(folder, name)).getroot().get("role"), "img")
    # The article's best rates: each step takes the share of the distance that its formula says, (sqrt 100 - 1) / (sqrt 100 + 1) and 99 / 101.
    _, rows = table(output("run", str(top / "examples/figures/momentum.json")))
    loss = {run: [float(row[4]) for row in rows if row[0] == run] for run in ("0", "1")}
    for run, rate in (("0", 99 / 101), ("1", 9 / 11)):
        check(f"rate of run {run}", abs((loss[run][150] / loss[run][100]) ** 0.01 / rate - 1) < 0.02, True)


def tables():
    rows = json.loads(output("list"))
    for kind in ("surfaces", "optimizers", "schedules", "datasets"):
        check(f"help of {kind}", [row["key"] for row in rows[kind] if not (row["name"] and row["help"])], [])
    # Every optimizer runs, and every schedule, by nothing but its name.
    for row in (row for row in rows["optimizers"] if not row["networks_only"]):
        _, lines = table(output("run", "-", given=document(steps=2, runs=[{"optimizer": {"type": row["key"]}}])))
        check(row["key"], len(lines), 3)
    for row in rows["schedules"]:
        _, lines = table(output("schedule", "-", given=document(steps=2, runs=[{"schedule": {"type": row["key"]}}])))
        check(row["key"], len(lines), 3)
    figures = json.loads(output("bench", "--surface", "rosenbrock", "--optimizer", "Adam", "--seconds", "0.01"))
    figure = figures["million_particle_steps_per_second"]["rosenbrock"]["Adam"]
    check("bench", figure > 1 and math.isfinite(figure) and figures["training_steps_per_second"] > 1, True)


for part in (faults, writes, files, cells, programs, usage, runs, schedules, surface, links, trainings, points, worksheets, logs, pictures, tables):
    part()
print(f"{len(failures)} failures" if failures else "The command line does what it says")
sys.exit(1 if failures else 0)

"""The command line `stride`, which computes what the lab shows: the one that came with the wheel, of STRIDE_COMMAND, or of the PATH."""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Mapping, Sequence


class StrideError(ValueError):
    """Something given to Stride is wrong; the message says where, what was expected and what came."""


def find() -> str:
    """The command's path. Raises StrideError where there is none."""
    own = Path(__file__).parent/"command"/("stride.exe" if os.name == "nt" else "stride")
    found = os.environ.get("STRIDE_COMMAND") or (str(own) if own.exists() else shutil.which("stride"))
    if not found:
        raise StrideError("the command line `stride` was expected in this package or on the PATH, and is in neither: this wheel was made without it")
    if found == str(own) and not os.access(own, os.X_OK):
        own.chmod(0o755)
    return found


def run(arguments: Sequence[str], given: Mapping[str, Any] | str | None = None) -> bytes:
    """What `stride ARGUMENTS` prints. `given` (a scenario, or text) is its standard input."""
    text = given if given is None or isinstance(given, str) else json.dumps(given)
    done = subprocess.run([find(), *arguments], input=None if text is None else text.encode(), stdin=subprocess.DEVNULL if text is None else None,
                          capture_output=True, check=False)
    if done.returncode != 0:
        raise StrideError(done.stderr.decode(errors="replace").strip().replace("standard input: ", "") or f"stride ended with status {done.returncode}")
    return done.stdout


def main() -> None:
    """`stride` as a console command."""
    try:
        sys.exit(subprocess.call([find(), *sys.argv[1:]]))
    except StrideError as error:
        sys.exit(str(error))

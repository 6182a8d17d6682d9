"""Builds the wheel of stride-lab (PEP 517) with nothing but Python: the package's files, the page as tools/package.mjs makes it for notebooks, and the command
line of this machine's native build. A wheel is for machines like the one that made it; `stride` of another kind is found on the PATH."""
import base64
import hashlib
import os
import re
import sysconfig
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PAGE = Path(os.environ.get("STRIDE_PACKAGES", ROOT/"build/packages"))
COMMAND = Path(os.environ.get("STRIDE_COMMAND", ROOT/"build/native/stride"))
TIME = (2026, 1, 1, 0, 0, 0)  # the same files make the same wheel


def _version():
    return re.search(r"project\(Stride VERSION ([\d.]+)", (ROOT/"CMakeLists.txt").read_text(encoding="utf-8")).group(1)


def _project(key):
    return re.search(rf"^{key} = (.*)$", (HERE/"pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE).group(1)


def _metadata():
    needs = "".join(f"Requires-Dist: {need}\n" for need in re.findall(r'"([^"]+)"', _project("dependencies")))
    return ("Metadata-Version: 2.1\nName: stride-lab\n" f"Version: {_version()}\nSummary: {_project('description').strip(chr(34))}\nLicense: MIT\n"
            f"Requires-Python: {_project('requires-python').strip(chr(34))}\n{needs}Description-Content-Type: text/markdown\n\n"
            + (HERE/"README.md").read_text(encoding="utf-8"))


def _platform():
    """What the native command runs on: this machine's kind, and a C library at least as new as the one here."""
    words = re.sub(r"[-.]", "_", sysconfig.get_platform())
    libc = os.confstr("CS_GNU_LIBC_VERSION") if words.startswith("linux") and "CS_GNU_LIBC_VERSION" in os.confstr_names else ""
    return re.sub("^linux", f"manylinux_{libc.split()[1].replace('.', '_')}", words) if libc else words


def _files():
    files = {f"stride_lab/{path.name}": path for path in sorted((HERE/"stride_lab").iterdir()) if path.suffix in {".py", ".typed"}}
    for name in ("stride-lab-notebook.js", "stride-lab-offline.html"):
        if not (PAGE/name).exists():
            raise SystemExit(f"{PAGE/name} is missing: ./run --build, npm ci and node tools/package.mjs make it")
        files[f"stride_lab/page/{name}"] = PAGE/name
    if COMMAND.exists():
        files["stride_lab/command/" + COMMAND.name] = COMMAND
    return files


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """Writes the wheel into a folder; returns its name."""
    files, info = _files(), f"stride_lab-{_version()}.dist-info"
    tag = f"py3-none-{_platform() if COMMAND.exists() else 'any'}"
    name, record = f"stride_lab-{_version()}-{tag}.whl", []
    with zipfile.ZipFile(Path(wheel_directory)/name, "w", zipfile.ZIP_DEFLATED) as wheel:
        def put(path, contents, mode=0o644):
            entry = zipfile.ZipInfo(path, TIME)
            entry.external_attr, entry.compress_type = mode << 16, zipfile.ZIP_DEFLATED
            wheel.writestr(entry, contents)
            digest = base64.urlsafe_b64encode(hashlib.sha256(contents).digest()).rstrip(b"=").decode()
            record.append(f"{path},sha256={digest},{len(contents)}")
        for path, source in files.items():
            put(path, source.read_bytes(), 0o755 if "/command/" in path else 0o644)
        put(f"{info}/METADATA", _metadata().encode())
        put(f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: stride\nRoot-Is-Purelib: {str(tag.endswith('any')).lower()}\nTag: {tag}\n".encode())
        put(f"{info}/entry_points.txt", b"[console_scripts]\nstride = stride_lab.command:main\n")
        put(f"{info}/licenses/LICENSE", (ROOT/"LICENSE").read_bytes())
        put(f"{info}/RECORD", ("\n".join([*record, f"{info}/RECORD,,"]) + "\n").encode())
    return name


if __name__ == "__main__":
    import sys
    print(build_wheel(sys.argv[1] if len(sys.argv) > 1 else "."))

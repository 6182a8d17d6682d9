"""Labs in MkDocs (1.4 and newer, Material's instant navigation too): a fenced block

    ```stride-lab
    surface: beale
    lr: 0.01
    ```

of the element's attributes, or of a scenario as JSON, becomes a lab. mkdocs.yml: `hooks: [stride_lab_mkdocs.py]` and
`extra: {stride_lab_site: ../site}`: the folder that `./run --site` makes, from mkdocs.yml, or the address of one.
"""
import html
import json
import re
import shutil
from pathlib import Path

from mkdocs.exceptions import PluginError

FOLDER = "stride"
BLOCK = re.compile(r"^```+ *stride-lab *\n(.*?)^```+ *$", re.DOTALL | re.MULTILINE)
ELEMENT = re.compile(r"<stride-lab\b([^>]*)>\s*<script type=[\"']application/json[\"']>(.*?)</script>(.*?)</stride-lab>", re.DOTALL)
ATTRIBUTES = ("surface curve fit network data layers optimizer lr schedule lesson panels locked theme lang reveal loading poster height workers").split()
LINKED = ("surface", "curve", "fit", "network", "optimizer", "lr", "schedule", "lesson")


def _site(config):
    return str(config["extra"].get("stride_lab_site", FOLDER))


def _is_address(site):
    return site.startswith(("https://", "http://"))


def _home(page, config):
    """The lab's folder, seen from a page."""
    site = _site(config)
    return site.rstrip("/") + "/" if _is_address(site) else "../"*page.url.count("/") + FOLDER + "/"


def _given(text, place):
    """Attributes of a block; what is wrong with it is said with its page."""
    if text.lstrip().startswith("{"):
        return {"scenario": _json(text, place)}
    given = {}
    for line in filter(None, map(str.strip, text.split("\n"))):
        name, colon, value = line.partition(":")
        if not colon or name not in ATTRIBUTES:
            raise PluginError(f"{place}: stride-lab: expected one of {', '.join(ATTRIBUTES)} and a colon, got {line!r}")
        given[name] = value.strip()
    return given


def _json(text, place):
    try:
        return json.dumps(json.loads(text))
    except ValueError as error:
        raise PluginError(f"{place}: stride-lab: expected a scenario as JSON: {error}") from None


def on_config(config):
    site = _site(config)
    if not _is_address(site) and not (Path(config["config_file_path"]).parent/site/"stride-lab.js").is_file():
        raise PluginError(f"extra.stride_lab_site: expected the folder that ./run --site makes, or an address, got {site!r}")
    return config


def on_page_markdown(markdown, page, config, files):
    home, place = _home(page, config), page.file.src_path

    def lab(found):
        given = _given(found[1], place)
        style = f' style="height:{html.escape(given.pop("height"))}"' if "height" in given else ""
        words = "".join(f' {name}="{html.escape(value)}"' for name, value in given.items())
        link = "&amp;".join(f"{name}={html.escape(given[name])}" for name in LINKED if name in given)
        return f'<div><stride-lab{words}{style}><a href="{home}index.html?{link}">Open the learning-rate lab</a></stride-lab></div>\n'

    # Markdown would take a JSON child out of its element.
    kept = ELEMENT.sub(lambda m: f'<div><stride-lab{m[1]} scenario="{html.escape(_json(m[2], place))}">{m[3].strip()}</stride-lab></div>', markdown)
    return BLOCK.sub(lab, kept)


def on_post_page(output, page, config):
    """In every page's head: instant navigation runs no script of a page that comes later."""
    home = _home(page, config)
    return output.replace("</head>", f'<link rel="stylesheet" href="{home}stride-lab.css"><script type="module" src="{home}stride-lab.js"></script></head>', 1)


def on_post_build(config):
    if not _is_address(_site(config)):
        shutil.copytree(Path(config["config_file_path"]).parent/_site(config), Path(config["site_dir"])/FOLDER, dirs_exist_ok=True)

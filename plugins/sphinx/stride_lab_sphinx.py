"""Labs in Sphinx and Jupyter Book: `.. stride-lab::` in a page, in MyST ```{stride-lab}. Other output than HTML gets the lab's picture or its link.

conf.py: `extensions = ["stride_lab_sphinx"]` with this file on sys.path, and `stride_lab_site`: the folder that `./run --site` makes, from conf.py,
or the address of one (`https://your.host/stride/`). `stride_lab_command`: the command `stride`, which draws pictures for LaTeX."""
import html
import json
import shutil
import subprocess
import urllib.parse
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

LINKED = ["surface", "curve", "fit", "network", "data", "layers", "optimizer", "lr", "schedule", "lesson"]
OPTIONS = [*LINKED, "panels", "locked", "theme", "lang", "reveal", "loading", "poster", "height"]
FOLDER = "_static/stride"


class stride_lab(nodes.General, nodes.Element):  # `options` by name, `scenario` as JSON or empty
    pass


class StrideLab(SphinxDirective):
    has_content = True
    option_spec = {name: directives.unchanged_required for name in OPTIONS}

    def run(self):
        scenario = "\n".join(self.content)
        try:
            json.loads(scenario or "{}")
        except ValueError as error:
            raise self.error(f"stride-lab: expected a scenario as JSON: {error}")
        return [stride_lab(options=self.options, scenario=scenario)]


def query(node):
    """The part of a link that opens the same lab."""
    if node["scenario"]:
        return "#s=" + urllib.parse.quote(json.dumps(json.loads(node["scenario"]), separators=(",", ":")))
    return "?" + urllib.parse.urlencode({name: value for name, value in node["options"].items() if name in LINKED})


def is_address(site): return site.startswith(("https://", "http://"))


def visit_html(self, node):
    site, depth = self.config.stride_lab_site, self.builder.get_target_uri(self.builder.current_docname).count("/")
    home = site.rstrip("/") + "/" if is_address(site) else "../"*depth + FOLDER + "/"
    options = {name: value for name, value in {**node["options"], "scenario": node["scenario"]}.items() if value and name != "height"}
    height = f' style="height:{html.escape(node["options"]["height"])}"' if "height" in node["options"] else ""
    written = "".join(f' {name}="{html.escape(value)}"' for name, value in options.items())
    self.body.append(f'<link rel="stylesheet" href="{home}stride-lab.css"><script type="module" src="{home}stride-lab.js"></script>\n'
                     f'<stride-lab{written}{height}><a href="{home}index.html{html.escape(query(node))}">Open the learning-rate lab</a></stride-lab>\n')
    raise nodes.SkipNode


def picture(app, node, name):
    """Draws the lab's picture beside the output; a warning says why there is none."""
    command = app.config.stride_lab_command
    try:
        scenario = node["scenario"] or subprocess.run([command, "link", "--decode", query(node)], check=True, capture_output=True, text=True).stdout
        subprocess.run([command, "render", "-", "--out", str(Path(app.outdir)/name), "--size", "1200x800"], input=scenario, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        return logging.getLogger(__name__).warning("stride-lab: no picture: %s", (getattr(error, "stderr", None) or str(error)).strip(), location=node) or []
    return [nodes.image(uri=name, candidates={"*": name}, alt="The learning-rate lab")]


def replace_elsewhere(app, doctree, docname):
    """Where no script runs: a picture in LaTeX, and the link."""
    for number, node in enumerate(list(doctree.findall(stride_lab)) if app.builder.format != "html" else []):
        is_drawn = app.builder.format == "latex" and "lesson" not in node["options"]
        shown = picture(app, node, f"stride-{docname.replace('/', '-')}-{number}.png") if is_drawn else []
        if is_address(app.config.stride_lab_site):
            shown.append(nodes.reference("", "Open the learning-rate lab", refuri=app.config.stride_lab_site.rstrip("/") + "/index.html" + query(node)))
        node.replace_self(nodes.paragraph("", "", *shown))


def copy_site(app, error):
    if error is None and app.builder.format == "html" and not is_address(app.config.stride_lab_site):
        shutil.copytree(Path(app.confdir)/app.config.stride_lab_site, Path(app.outdir)/FOLDER, dirs_exist_ok=True)


def check(app, config):
    if not is_address(config.stride_lab_site) and not (Path(app.confdir)/config.stride_lab_site/"stride-lab.js").is_file():
        raise ConfigError(f"stride_lab_site: expected the folder that ./run --site makes, or an address, got {config.stride_lab_site!r}")


def setup(app):
    app.add_config_value("stride_lab_site", "stride", "html")
    app.add_config_value("stride_lab_command", "stride", "")
    app.add_node(stride_lab, html=(visit_html, None))
    app.add_directive("stride-lab", StrideLab)
    app.connect("config-inited", check)
    app.connect("doctree-resolved", replace_elsewhere)
    app.connect("build-finished", copy_site)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

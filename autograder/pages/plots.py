"""Plots as SVG without scripts or styles of its own: pygal draws, the page's style sheet colours.

So a plot follows the page into the dark and onto paper, and the page's Content-Security-Policy holds for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pygal
from markupsafe import Markup

from autograder.plaintext import one_line

# What may be in a picture: pygal's other elements and attributes are for its own scripts and styles.
_KEPT: dict[Any, set[str]] = {
    "svg": {"xmlns", "viewBox"},
    "g": {"class", "transform"},
    "path": {"d", "class"},
    "rect": {"x", "y", "width", "height", "class"},
    "circle": {"cx", "cy", "r", "class"},
    "text": {"x", "y", "class", "transform", "text-anchor"},
    "title": set[str](),
}
_EMPTY = {"tooltip-overlay", "text-overlay", "overlay"}
_WORDS = {"class", "viewBox", "xmlns", "text-anchor"}
_FRACTION = re.compile(r"-?\d+\.\d+")


def bars(title: str, labels: Sequence[str], series: Mapping[str, Sequence[float]]) -> Markup:
    """Return bars that stand side by side for each label, a colour for each series."""
    return _drawn(pygal.Bar, title, labels, series, width=640, height=240)


def stacked(title: str, labels: Sequence[str], series: Mapping[str, Sequence[float]]) -> Markup:
    """Return a bar for each label, lying, of as many parts as there are series."""
    height = 70 + 26 * len(labels)
    order = list(reversed(labels))  # pygal begins at the bottom
    turned = {name: list(reversed(values)) for name, values in series.items()}
    return _drawn(
        pygal.HorizontalStackedBar, title, order, turned, width=760, height=height, look="verdicts"
    )


def curves(title: str, labels: Sequence[str], series: Mapping[str, Sequence[float]]) -> Markup:
    """Return a line for each series."""
    return _drawn(pygal.Line, title, labels, series, width=480, height=200)


def _drawn(
    kind: type[Any],
    title: str,
    labels: Sequence[str],
    series: Mapping[str, Sequence[float]],
    look: str = "",
    **options: Any,
) -> Markup:
    """Return the picture; `title` is its text alternative, and every bar has its value as a title."""
    chart = kind(
        js=[], no_prefix=True, disable_xml_declaration=True, show_legend=len(series) > 1,
        legend_at_bottom=True, legend_at_bottom_columns=len(series), legend_box_size=10, max_scale=6,
        truncate_legend=-1, truncate_label=-1,
        margin=8, integer_scale=True, print_values=False, x_labels=[one_line(each, 40) for each in labels],
        value_formatter="{:g}".format, **options,
    )  # fmt: skip
    for name, values in series.items():
        chart.add(one_line(name, 40), list(values))
    chart.add_xml_filter(lambda root: _plain(root, title, look))
    return Markup(chart.render(is_unicode=True))


def _plain(root: Element, title: str, look: str) -> Element:
    """Return the picture with nothing in it but shapes, text and classes."""
    _prune(root)
    for element in list(root):
        if element.tag == "title":
            root.remove(element)
    said = one_line(title, 500)
    root.attrib.update({"class": f"chart {look}".strip(), "role": "img", "aria-label": said})
    return root


def _prune(element: Element) -> None:
    kept = _KEPT[element.tag]
    for name, value in list(element.attrib.items()):
        if name not in kept or not value:
            del element.attrib[name]
        elif name not in _WORDS:
            element.set(name, _FRACTION.sub(_rounded, value))
    for child in list(element):
        classes = set(child.get("class", "").split())
        if child.tag == "g" and "bar" in classes:
            _name_value(child)
        if child.tag not in _KEPT or (child.tag == "g" and classes & _EMPTY):
            element.remove(child)  # styles, scripts, comments, and room for what scripts would show
        else:
            _prune(child)


def _name_value(bar: Element) -> None:
    """Turn pygal's note about a bar into the title that a pointer shows."""
    values = [child.text for child in bar if child.tag == "desc" and child.get("class") == "value"]
    rect = bar.find("rect")
    if rect is not None:
        SubElement(rect, "title").text = values[0] if values else ""


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")

"""axe-core in a browser of the tests: what would keep somebody from using a page.

Its script lies in a package that only the tests install; nothing is fetched.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.browser import Tab

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """
    const [tags, done] = arguments;
    const options = { runOnly: tags, rules: { "target-size": { enabled: true } } };
    axe.run(document, { ...options, resultTypes: ["violations"] }).then(
      ({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map((node) => ({
        rule: id, place: node.target.flat().join(" "), html: node.html.slice(0, 160),
        why: [...node.any, ...node.all, ...node.none].map((check) => check.message).join(" "),
      })))),
      (error) => done([{ rule: "axe", place: "", html: "", why: String(error) }]),
    );"""


@dataclass(frozen=True)
class Obstacle:
    """One finding of axe: its rule, the element by its selectors and code, and what is wrong."""

    rule: str
    place: str
    html: str
    why: str


def obstacles(tab: Tab) -> list[Obstacle]:
    """What axe finds on the page as it is now, shadow roots included."""
    if not tab.driver.execute_script("return Boolean(window.axe)"):
        source = resources.files("selenium_axe_python").joinpath("axe-core/axe.min.js")
        tab.driver.execute_script(source.read_text(encoding="utf-8"))
    return [Obstacle(**found) for found in tab.driver.execute_async_script(RUN, list(TAGS))]

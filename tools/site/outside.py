"""What a page would load from other machines when it is opened; links that are clicked are none."""

from __future__ import annotations

import re
from html.parser import HTMLParser

# Elements that load what they name, and where they name it.
LOADING = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
IN_STYLE = re.compile(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')\s]+)")
# Links of the head that only tell.
TELLING = {"canonical", "next", "prev", "index", "search", "license"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of what this element loads."""
        said = dict(attrs)
        address = said.get(LOADING.get(tag, "")) or ""
        if re.match(r"(?:https?:)?//", address) and said.get("rel") not in TELLING:
            self.found.append(address)


def asked_from_outside(html: str) -> list[str]:
    """Addresses that a browser would open by itself."""
    reader = _Reader()
    reader.feed(html)
    return reader.found + IN_STYLE.findall(html)

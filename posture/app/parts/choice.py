"""Choosing one of several things of the same kind.

Streamlit is told by the browser the label of what was chosen, so of two things with one label it
finds only one.  Here things are chosen by their own id, and no two have the same label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from posture._support.texts import filled, page_texts


def choose(label: str, things: Mapping[str, str], key: str, start: int = 0) -> str:
    """Show a list to choose from; the id of what is chosen.

    Args:
        label: over the list.
        things: what each is called, by id; not empty.
        key: of the list itself.
        start: which one is chosen before anybody chose.
    """
    names = dict(zip(things, distinct_labels(list(things.values())), strict=True))
    ids = list(names)
    chosen = st.selectbox(
        label, ids, index=start, format_func=lambda one: names.get(one, one), key=key
    )
    return chosen if chosen in names else ids[start]


def distinct_labels(labels: Sequence[str]) -> tuple[str, ...]:
    """The labels, with those that are alike numbered."""
    count, seen = Counter(labels), Counter[str]()
    if len(count) == len(labels):
        return tuple(labels)
    numbered = []
    for label in labels:
        seen[label] += 1
        form = page_texts()["choice"]["alike"] if count[label] > 1 else "{label}"
        numbered.append(filled(form, label=label, number=seen[label], count=count[label]))
    return distinct_labels(numbered)

"""Whether the program knows a tab."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit import runtime

from posture.app.presence import PATH, TAB_HEADER, own_tab, presence_routes


class OneTab:
    """A running program that has one tab open."""

    def is_active_session(self, name: str) -> bool:
        return name == "mine"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", OneTab)
    return TestClient(Starlette(routes=presence_routes()))


@pytest.mark.parametrize(("tab", "known"), [("mine", True), ("another", False), (None, False)])
def test_a_tab_is_known_while_it_is_open(client: TestClient, tab: str | None, known: bool) -> None:
    answer = client.post(PATH, headers={} if tab is None else {TAB_HEADER: tab})
    assert answer.json() == {"known": known}
    assert answer.headers["cache-control"] == "no-store"


def test_a_page_only_asks(client: TestClient) -> None:
    assert client.get(PATH).status_code == 405


def test_outside_a_page_there_is_no_tab() -> None:
    assert own_tab() == ""

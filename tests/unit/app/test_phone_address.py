"""Which addresses a phone at home can reach."""

from __future__ import annotations

import pytest

from posture.app.phone.address import home_addresses, is_in_home_network


@pytest.mark.parametrize("address", ["192.168.178.20", "10.0.0.5", "172.16.4.1"])
def test_private_networks_are_home(address: str) -> None:
    assert is_in_home_network(address)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "127.0.0.2", "169.254.3.4", "0.0.0.0", "8.8.8.8", "100.64.0.1"]
)
def test_this_computer_alone_and_the_whole_world_are_not(address: str) -> None:
    assert not is_in_home_network(address)


def test_each_own_address_is_told_once() -> None:
    found = home_addresses()
    assert len(found) == len(set(found))
    assert all(map(is_in_home_network, found))

"""Where a phone in the same home network finds this computer."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress

# The way to nowhere (RFC 5737) is the one to the internet; the others are usual home networks, for
# a computer whose way to the internet leads through a tunnel.
_WAYS = ("192.0.2.1", "192.168.0.1", "192.168.1.1", "192.168.178.1", "10.0.0.1", "172.16.0.1")
_ANY_PORT = 9


def home_addresses() -> tuple[str, ...]:
    """This computer's addresses in private networks, the likeliest first; none without a network.

    The operating system is asked which of its addresses it would send from; nothing is sent.
    """
    own = dict.fromkeys(filter(None, map(_own_address_towards, _WAYS)))
    return tuple(address for address in own if is_in_home_network(address))


def is_in_home_network(address: str) -> bool:
    """Whether an address is one that only the network around this computer can reach."""
    parsed = ipaddress.ip_address(address)
    nowhere = parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified
    return parsed.is_private and not nowhere


def _own_address_towards(target: str) -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unsent, suppress(OSError):
        unsent.connect((target, _ANY_PORT))
        return str(unsent.getsockname()[0])
    return None

# SPDX-License-Identifier: Apache-2.0
"""The machine's address in its local network, for a phone beside it. Nothing is sent for it."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Final

import psutil

from filiera.errors import SetupError

_BEYOND: Final = ("198.51.100.1", 9)
"""An address reserved for documentation: where the system would send from is asked, no more."""


def lan_address() -> str:
    """The IPv4 address under which others in the local network reach this machine.

    The one that packets leave from, else one of an interface that is up. Raises SetupError
    (`network-missing`) where there is none.
    """
    for address in (*_routed(), *_of_interfaces()):
        if is_local(address):
            return address
    raise SetupError(
        "network-missing",
        "This machine has no address in a local network.",
        where="PUBLIC",
        hint="Join the phone's Wi-Fi and try again, or name the address: PUBLIC=192.168.1.20",
    )


def is_local(address: str) -> bool:
    """Whether it is an IPv4 address of a private network, and not of this machine alone."""
    try:
        read = ipaddress.IPv4Address(address)
    except ValueError:
        return False
    alone = read.is_loopback or read.is_link_local or read.is_unspecified
    return read.is_private and not alone


def listen_at(address: str, port: int) -> socket.socket:
    """A socket there, on another port where that one is taken.

    Raises SetupError (`network-missing`) for an address that this machine has not.
    """
    try:
        return _bound(address, port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise SetupError(
                "network-missing",
                f"Nothing can listen at {address[:80]}: {os.strerror(error.errno or 0)}.",
                where=f"PUBLIC={address[:80]}",
                hint="PUBLIC=1 finds the address by itself.",
            ) from error
    return _bound(address, 0)


def _bound(address: str, port: int) -> socket.socket:
    bound = socket.create_server((address, port))
    # As in `ports`: connections inherit it, and answers leave at once.
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return bound


def _routed() -> Iterator[str]:
    """Where packets would leave from: to connect a datagram socket sends none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_BEYOND)
        except OSError:
            return
        yield probe.getsockname()[0]


def _of_interfaces() -> Iterator[str]:
    up = {name for name, stats in psutil.net_if_stats().items() if stats.isup}
    for name, addresses in psutil.net_if_addrs().items():
        if name in up:
            yield from (each.address for each in addresses if each.family is socket.AF_INET)

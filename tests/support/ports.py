# SPDX-License-Identifier: Apache-2.0
"""Ports of 127.0.0.1: one that is held, so that nobody else is given it, and any that are free."""

from __future__ import annotations

import socket
from dataclasses import replace

from filiera.stack.ports import Ports


def bound(port: int = 0) -> socket.socket:
    """A socket on that port, 0 any, that does not listen: connections there are refused.

    Whoever names the port may be bound to it too, and listen.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", port))
    return held


def anywhere() -> Ports:
    """Any free ports: a demonstration may be running beside the tests."""
    ports = Ports()
    return Ports(
        *(replace(each, default=0) for each in (ports.web, ports.chain, ports.ipfs, ports.gateway))
    )

# SPDX-License-Identifier: Apache-2.0
"""A port of 127.0.0.1 that is held: the system gives it to nobody else meanwhile."""

from __future__ import annotations

import socket


def bound(port: int = 0) -> socket.socket:
    """A socket on that port, 0 any, that does not listen: connections there are refused.

    Whoever names the port may be bound to it too, and listen.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", port))
    return held

# SPDX-License-Identifier: Apache-2.0
"""An answer leaves at once: no body waits for the acknowledgement of its head."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from filiera.cli.serve import listen
from filiera.stack.ports import Port


@pytest.mark.parametrize(
    "open_socket",
    [lambda: listen("127.0.0.1", 0, chosen=False), Port("web server", 0, "FILIERA_PORT").listen],
    ids=["serve", "demo"],
)
def test_connections_do_not_wait_to_fill_packets(
    open_socket: Callable[[], socket.socket],
) -> None:
    with (
        open_socket() as listening,
        socket.create_connection(listening.getsockname()),
        listening.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

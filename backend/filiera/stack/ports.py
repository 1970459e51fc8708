# SPDX-License-Identifier: Apache-2.0
"""Which loopback port each part listens on.

A default that is taken gives way to a free port; a port that the person chose and that
is taken is an error, for something of theirs relies on it.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from filiera.errors import ConflictError, SetupError

LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Port:
    """One listening place: its name for people, its setting, what was chosen.

    A default of 0 is any free port.
    """

    name: str
    default: int
    setting: str
    chosen: int | None = None

    def pick(self, *, free: bool = False) -> int:
        """The chosen port, else the default, else 0: let the system give a free one.

        With `free` the default is not tried. Raises `ConflictError` (`port-taken`) when the
        chosen one is in use.
        """
        wanted = self.chosen or (0 if free else self.default)
        try:
            _bind(wanted).close()
        except OSError as error:
            return self._give_way(error)
        return wanted

    def listen(self) -> socket.socket:
        """As `pick`, but the socket itself, bound: nobody can take the port in between."""
        try:
            return _bind(self.chosen or self.default)
        except OSError as error:
            return _bind(self._give_way(error))

    def _give_way(self, error: OSError) -> int:
        if self.chosen is None:
            return 0
        raise ConflictError(
            "port-taken",
            f"Port {self.chosen}, chosen for the {self.name}, cannot be used: {error.strerror}.",
            where=self.setting,
            hint="Choose another, or leave the setting out to get a free one.",
        ) from error


@dataclass(frozen=True, slots=True)
class Ports:
    """Every place that a local Filiera listens on."""

    web: Port = Port("web server", 8952, "FILIERA_PORT")
    chain: Port = Port("chain", 8953, "FILIERA_CHAIN_PORT")
    ipfs: Port = Port("IPFS node", 8954, "FILIERA_IPFS_PORT")
    gateway: Port = Port("IPFS gateway", 8955, "FILIERA_GATEWAY_PORT")


def ports_from(env: Mapping[str, str]) -> Ports:
    """The ports with what the person chose; raises `SetupError` (`setting-invalid`)."""
    places = [_chosen(place, env) for place in _places(Ports())]
    chosen = [place.chosen for place in places if place.chosen]
    for place in places:
        if place.chosen and chosen.count(place.chosen) > 1:
            raise SetupError(
                "setting-invalid",
                f"Port {place.chosen} is chosen for two parts.",
                where=place.setting,
            )
    return Ports(*(_out_of_the_way(place, chosen) for place in places))


def _chosen(port: Port, env: Mapping[str, str]) -> Port:
    text = env.get(port.setting, "").strip()
    if not text:
        return port
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise SetupError(
            "setting-invalid",
            f"{text!r} is no port number from 1 to 65535.",
            where=port.setting,
        )
    return replace(port, chosen=int(text))


def _places(ports: Ports) -> list[Port]:
    return [getattr(ports, field.name) for field in fields(ports)]


def _out_of_the_way(port: Port, chosen: list[int]) -> Port:
    """A default that the person gave to another part is no default any more."""
    return replace(port, default=0) if not port.chosen and port.default in chosen else port


def _bind(port: int) -> socket.socket:
    """A socket bound to the port, as servers bind: what only lingers does not count."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Connections inherit it: else the body of an answer waits 40 ms for the client to
        # acknowledge its head.
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bound.bind((LOOPBACK, port))
        bound.listen()
    except BaseException:
        bound.close()
        raise
    return bound

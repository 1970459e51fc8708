# SPDX-License-Identifier: Apache-2.0
"""Default ports give way, chosen ones do not."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from filiera.errors import ConflictError, SetupError
from filiera.stack.ports import Port, Ports, ports_from
from tests.support.ports import bound


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free() -> Iterator[int]:
    """A port on which nobody listens, nor begins to meanwhile."""
    with bound() as held:
        yield held.getsockname()[1]


def test_a_default_that_is_free_is_used(free: int) -> None:
    assert Port("chain", free, "FILIERA_CHAIN_PORT").pick() == free


def test_a_default_that_is_taken_gives_way_to_any_free_port(taken: int) -> None:
    assert Port("chain", taken, "FILIERA_CHAIN_PORT").pick() == 0


def test_a_chosen_port_that_is_taken_is_an_error_that_names_the_setting(taken: int) -> None:
    with pytest.raises(ConflictError) as caught:
        Port("chain", 1, "FILIERA_CHAIN_PORT", chosen=taken).pick()
    assert (caught.value.code, caught.value.where) == ("port-taken", "FILIERA_CHAIN_PORT")


def test_a_listening_socket_is_bound_to_loopback_alone(taken: int) -> None:
    with Port("web", taken, "FILIERA_PORT").listen() as listening:
        host, port = listening.getsockname()
        assert host == "127.0.0.1"
        assert port != taken


def test_what_the_person_chose_is_read_from_the_environment() -> None:
    ports = ports_from({"FILIERA_PORT": " 8080 ", "FILIERA_IPFS_PORT": ""})
    assert ports.web.chosen == 8080
    assert (ports.chain, ports.ipfs, ports.gateway) == (
        Ports().chain,
        Ports().ipfs,
        Ports().gateway,
    )


@pytest.mark.parametrize("text", ["0", "65536", "-1", "80a", "٨", "1.5", "1 2"])
def test_what_is_no_port_number_is_an_error_that_names_the_setting(text: str) -> None:
    with pytest.raises(SetupError) as caught:
        ports_from({"FILIERA_GATEWAY_PORT": text})
    assert (caught.value.code, caught.value.where) == ("setting-invalid", "FILIERA_GATEWAY_PORT")


def test_one_port_chosen_for_two_parts_is_an_error() -> None:
    with pytest.raises(SetupError) as caught:
        ports_from({"FILIERA_PORT": "7000", "FILIERA_CHAIN_PORT": "7000"})
    assert caught.value.code == "setting-invalid"


def test_a_default_makes_room_for_a_part_that_was_given_it() -> None:
    ports = ports_from({"FILIERA_PORT": str(Ports().chain.default)})
    assert ports.chain.pick() == 0

# SPDX-License-Identifier: Apache-2.0
"""The address for a phone beside this machine: found in silence, refused when it is none."""

from __future__ import annotations

import socket
from types import SimpleNamespace

import pytest

from filiera.errors import SetupError
from filiera.stack import lan


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("192.168.1.20", True),
        ("10.0.0.7", True),
        ("172.16.4.1", True),
        ("127.0.0.1", False),
        ("169.254.3.4", False),
        ("0.0.0.0", False),
        ("8.8.8.8", False),
        ("fe80::1", False),
        ("nonsense", False),
    ],
)
def test_only_a_private_network_s_address_is_found_by_itself(address: str, local: bool) -> None:
    assert lan.is_local(address) is local


class Probe:
    """A datagram socket of a machine with one way out; it breaks where anything is sent."""

    def __init__(self, source: str | None) -> None:
        self.source = source

    def __call__(self, family: int, kind: int) -> Probe:
        assert kind == socket.SOCK_DGRAM
        return self

    def __enter__(self) -> Probe:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def connect(self, _: object) -> None:
        if self.source is None:
            raise OSError("no route")

    def getsockname(self) -> tuple[str, int]:
        return self.source or "", 40000


def machine(
    monkeypatch: pytest.MonkeyPatch, source: str | None, interfaces: dict[str, tuple[bool, str]]
) -> None:
    """A machine with this way out and these interfaces: (whether it is up, its address)."""
    monkeypatch.setattr(lan.socket, "socket", Probe(source))
    stats = {name: SimpleNamespace(isup=up) for name, (up, _) in interfaces.items()}
    addresses = {
        name: [SimpleNamespace(family=socket.AF_INET, address=address)]
        for name, (_, address) in interfaces.items()
    }
    monkeypatch.setattr(lan.psutil, "net_if_stats", lambda: stats)
    monkeypatch.setattr(lan.psutil, "net_if_addrs", lambda: addresses)


def test_the_way_that_packets_take_is_taken_before_any_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine(monkeypatch, "192.168.1.20", {"docker0": (True, "172.17.0.1")})
    assert lan.lan_address() == "192.168.1.20"


def test_without_a_way_out_an_interface_that_is_up_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    interfaces = {
        "lo": (True, "127.0.0.1"),
        "eth0": (False, "10.0.0.7"),
        "wlan0": (True, "192.168.43.1"),
    }
    machine(monkeypatch, None, interfaces)
    assert lan.lan_address() == "192.168.43.1"


@pytest.mark.parametrize("source", [None, "127.0.0.1", "203.0.114.9"])
def test_a_machine_without_a_local_network_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, source: str | None
) -> None:
    machine(monkeypatch, source, {"lo": (True, "127.0.0.1")})
    with pytest.raises(SetupError) as refusal:
        lan.lan_address()
    assert refusal.value.code == "network-missing"
    assert "PUBLIC=" in (refusal.value.hint or "")


def test_a_port_that_is_taken_gives_way_to_a_free_one() -> None:
    with lan.listen_at("127.0.0.1", 0) as first:
        taken = first.getsockname()[1]
        with lan.listen_at("127.0.0.1", taken) as second:
            assert second.getsockname()[0] == "127.0.0.1"
            assert second.getsockname()[1] != taken
            assert second.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_an_address_that_this_machine_has_not_is_refused() -> None:
    for address in ("192.0.2.251", "no address"):
        with pytest.raises(SetupError) as refusal:
            lan.listen_at(address, 0)
        assert refusal.value.where == f"PUBLIC={address}"

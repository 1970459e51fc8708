# SPDX-License-Identifier: Apache-2.0
"""Where a command finds server, keys and chain: option, environment, running demonstration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from filiera.cli import client
from filiera.cli.output import Output
from filiera.cli.running import Running, find_running
from filiera.cli.session import DEFAULT_API, DEFAULT_NODE, Session
from filiera.errors import FilieraError, InputError
from tests.cli.conftest import PASSWORD, Terminal, put_key
from tests.support.server import Server
from tests.support.world import World

BRAND = World().brand
MILL = World().mill


@pytest.fixture
def demo(terminal: Terminal, tmp_path: Path) -> Path:
    """A demonstration that runs in the working folder."""
    folder = tmp_path / ".filiera" / "demo"
    folder.mkdir(parents=True)
    for name, firm in (("brand", BRAND), ("mill", MILL)):
        put_key(folder / "keys", name, firm)
    (folder / "password").write_text(PASSWORD + "\n")
    said = {
        "web": "http://127.0.0.1:7777",
        "node": "http://127.0.0.1:7778",
        "keys": str(folder / "keys"),
        "passwordFile": str(folder / "password"),
        "defaultKey": "brand",
        "deployment": str(folder / "deployment.json"),
    }
    (folder / "demo.json").write_text(json.dumps(said))
    return folder


def test_a_running_demonstration_supplies_everything(demo: Path) -> None:
    session = Session(Output())
    assert session.api.url == "http://127.0.0.1:7777"
    assert session.node == "http://127.0.0.1:7778"
    assert session.deployment_path == demo / "deployment.json"
    assert session.key_name == "brand"
    assert session.signer.address == BRAND.signer.address


def test_a_demonstration_elsewhere_is_found_by_its_variable(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo.rename(tmp_path / "elsewhere")
    assert find_running() == Running()
    monkeypatch.setenv("FILIERA_STATE", str(tmp_path / "elsewhere"))
    assert find_running().web == "http://127.0.0.1:7777"


def test_what_is_said_wins_over_the_demonstration(demo: Path, terminal: Terminal) -> None:
    put_key(terminal.keys, "own", MILL)
    session = Session(
        Output(),
        api_url="http://127.0.0.1:1",
        keys=terminal.keys,
        password_file=terminal.password_file,
        node_url="http://127.0.0.1:2",
    )
    assert session.api.url == "http://127.0.0.1:1"
    assert session.node == "http://127.0.0.1:2"
    assert session.key_name == "own"
    assert session.signer.address == MILL.signer.address


def test_the_demonstrations_password_opens_no_other_folder(demo: Path, terminal: Terminal) -> None:
    put_key(terminal.keys, "own", MILL)
    with pytest.raises(InputError) as failure:
        _ = Session(Output(), keys=terminal.keys).signer
    assert failure.value.code == "usage"


def test_without_anything_the_defaults_of_a_local_server_hold(terminal: Terminal) -> None:
    session = Session(Output())
    assert (session.api.url, session.node) == (DEFAULT_API, DEFAULT_NODE)
    assert session.keystore.folder == Path(".filiera/keys")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"web": 1}'])
def test_a_demonstration_file_that_is_broken_is_as_none(demo: Path, text: str) -> None:
    (demo / "demo.json").write_text(text)
    assert find_running() == Running()


def test_a_folder_above_is_not_believed(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    monkeypatch.setattr("filiera.cli.running._CHECKOUT", tmp_path / "elsewhere")
    assert find_running() == Running()


def test_the_only_key_needs_no_name_and_several_do(terminal: Terminal) -> None:
    put_key(terminal.keys, "one", MILL)
    assert Session(Output(), keys=terminal.keys).key_name == "one"
    put_key(terminal.keys, "two", BRAND)
    with pytest.raises(InputError) as failure:
        _ = Session(Output(), keys=terminal.keys).key_name
    assert "one, two" in str(failure.value.hint)


def test_without_a_key_it_says_how_to_make_one(terminal: Terminal) -> None:
    with pytest.raises(FilieraError) as failure:
        _ = Session(Output(), keys=terminal.keys).key_name
    assert failure.value.code == "key-not-found"


def test_a_wrong_password_opens_nothing(terminal: Terminal) -> None:
    put_key(terminal.keys, "one", MILL)
    terminal.password_file.write_text("wrong\n")
    session = Session(Output(), keys=terminal.keys, password_file=terminal.password_file)
    with pytest.raises(InputError) as failure:
        _ = session.signer
    assert failure.value.code == "key-password"


def test_the_server_says_which_chain_where_no_deployment_file_does(
    terminal: Terminal, server: Server
) -> None:
    chain = Session(Output()).chain
    assert chain.id == 952952
    assert "StatusRegistry" in chain.contracts


def test_an_address_that_is_none_is_wrong_use(terminal: Terminal) -> None:
    for url in ("localhost:8952", "ftp://x", "http://"):
        with pytest.raises(InputError):
            client.open_http(url)


def test_a_proxy_of_the_environment_is_not_for_this_machine() -> None:
    assert not client.open_http("http://127.0.0.1:1").trust_env
    assert client.open_http("https://filiera.example").trust_env

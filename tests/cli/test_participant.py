# SPDX-License-Identifier: Apache-2.0
"""Who takes part, as the server knows it."""

from __future__ import annotations

import pytest

from filiera.model.ids import b64url, ni_uri
from tests.cli.conftest import Terminal
from tests.support.server import Server


def test_participants_are_listed_with_names_and_roles(terminal: Terminal, anchored: Server) -> None:
    printed = terminal.run("participant", "list").stdout
    for name, role in (("Associazione", "association"), ("Filatura", "producer")):
        (line,) = (line for line in printed.splitlines() if line.startswith(name))
        assert role in line
    assert b64url(anchored.world.mill.id) in printed


@pytest.mark.parametrize("spelled", [b64url, ni_uri])
def test_a_participant_is_shown_with_who_enrolled_it(
    terminal: Terminal, anchored: Server, spelled: object
) -> None:
    assert callable(spelled)
    result = terminal.run("participant", "show", spelled(anchored.world.mill.id))
    assert result.exit_code == 0
    assert "Filatura" in result.stdout
    assert ni_uri(anchored.world.association.id) in result.stdout


def test_a_name_that_no_identity_record_states_is_unknown(
    terminal: Terminal, server: Server
) -> None:
    result = terminal.run("participant", "show", b64url(server.world.mill.id))
    assert "name unknown" in result.stdout


def test_a_participant_that_is_not_enrolled_is_not_found(
    terminal: Terminal, anchored: Server
) -> None:
    result = terminal.run("participant", "show", b64url(bytes(32)))
    assert result.exit_code == 2
    assert "[participant-not-found]" in result.stderr


def test_roles_are_named_in_italian(terminal: Terminal, anchored: Server) -> None:
    assert "produttore" in terminal.run("participant", "list", FILIERA_LANG="it").stdout

# SPDX-License-Identifier: Apache-2.0
"""Invitations: a consent is given to one identity record, for one account, and no other."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from filiera.adapters.ledger.eip712 import consent_digest, participant_domain
from filiera.cli.enrolment import typed_roles
from filiera.cli.invitation import (
    Invitation,
    invitation_json,
    read_invitation,
    write_invitation,
)
from filiera.errors import InputError
from filiera.ports.registrar import AccountConsent
from filiera.proof.facts import Role, Scope
from filiera.proof.jws import parse_jws
from tests.cli.conftest import Terminal, put_key
from tests.support.world import CHAIN, World

REGISTRY = "0x" + "cc" * 20


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def invitation(world: World) -> Invitation:
    """An invitation of the mill by the association."""
    identity = parse_jws(world.jws["Filatura"])
    consent = AccountConsent(
        participant=identity.id,
        enroller=world.association.id,
        account=world.mill.signer.address,
        scopes=int(Scope.RECORDS | Scope.STATUS),
        nonce=0,
        deadline=2**40 - 1,
    )
    return Invitation(identity, REGISTRY, int(Role.PRODUCER), consent)


@pytest.fixture
def file(tmp_path: Path, invitation: Invitation) -> Path:
    """The invitation as a file."""
    write_invitation(tmp_path / "invitation.json", invitation)
    return tmp_path / "invitation.json"


def test_an_invitation_is_read_as_it_was_written(file: Path, invitation: Invitation) -> None:
    assert read_invitation(file) == invitation


def test_who_consents_sees_what_it_consents_to(
    terminal: Terminal, file: Path, world: World
) -> None:
    put_key(terminal.keys, "mill", world.mill)
    result = terminal.run("participant", "consent", file, answer="n\n")
    assert result.exit_code == 2
    for shown in ("Filatura", "ID-Filatura", "producer", "records, changes of standing"):
        assert shown in result.stderr
    assert read_invitation(file).consent.signature == b""


def test_the_consent_is_the_accounts_own_signature_for_that_registry(
    terminal: Terminal, file: Path, world: World
) -> None:
    put_key(terminal.keys, "mill", world.mill)
    answer = terminal.run_json("participant", "consent", file, "--yes")
    consent = read_invitation(file).consent
    digest = consent_digest(replace(consent, signature=b""), participant_domain(CHAIN, REGISTRY))
    expected = world.mill.signer.sign_digest(digest)
    assert consent.signature[:64] == expected[:64]
    assert answer["signature"] == "0x" + consent.signature.hex()


def test_only_the_key_that_is_named_can_consent(
    terminal: Terminal, file: Path, world: World
) -> None:
    put_key(terminal.keys, "brand", world.brand)
    result = terminal.run("participant", "consent", file, "--yes")
    assert result.exit_code == 2
    assert "[consent-mismatch]" in result.stderr


def test_nobody_is_enrolled_without_consent(terminal: Terminal, file: Path, world: World) -> None:
    put_key(terminal.keys, "association", world.association)
    result = terminal.run("participant", "enrol", file, "--yes")
    assert result.exit_code == 2
    assert "has not consented yet" in result.stderr


@pytest.mark.parametrize(
    "change",
    [
        lambda said, world: said.update(participant=said["enroller"]),
        lambda said, world: said.update(account=world.brand.signer.address),
        lambda said, world: said.update(identity=world.jws["spin"].decode()),
        lambda said, world: said.update(identity=world.jws["Marchio"].decode()),
        lambda said, world: said.update(identity=said["identity"][:-4] + "AAAA"),
        lambda said, world: said.update(filieraInvitation=2),
        lambda said, world: said.update(nonce="many"),
        lambda said, world: said.pop("roles"),
        lambda said, world: said.update(signature="0xzz"),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(
    file: Path, invitation: Invitation, world: World, change: Any
) -> None:
    said = invitation_json(invitation)
    change(said, world)
    file.write_text(json.dumps(said))
    with pytest.raises(InputError) as failure:
        read_invitation(file)
    assert failure.value.code == "consent-mismatch"


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", "\x00"])
def test_a_file_that_is_no_invitation_is_refused(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(InputError) as failure:
        read_invitation(file)
    assert failure.value.code == "consent-mismatch"


def test_roles_are_named_one_by_one() -> None:
    assert typed_roles(["producer", "Importer"]) == Role.PRODUCER | Role.IMPORTER
    with pytest.raises(InputError) as failure:
        typed_roles(["king"])
    assert "certifier" in str(failure.value.hint)

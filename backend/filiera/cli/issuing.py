# SPDX-License-Identifier: Apache-2.0
"""What every command that issues a record does: who signs, show, ask, sign, submit, say.

Nothing is signed before a person has seen it and agreed, and what is sent is what was seen.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.text import Text

from filiera.cli import clock
from filiera.cli.output import Output, facts
from filiera.cli.session import Session
from filiera.cli.typed import ChosenFile
from filiera.cli.words import say
from filiera.errors import CODES, RefusedError
from filiera.model.base import Payload
from filiera.model.builders import Envelope
from filiera.model.ids import b64url, did_pkh, ni_uri
from filiera.model.named import Named
from filiera.ports.signer import Signer
from filiera.proof.jws import record_id, sign_record


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who is about to sign: the account, and what the registry says of it.

    `participant` is an ni URI; `status_nonce` what its next status instruction must carry.
    """

    address: str
    chain_id: int
    name: str
    participant: str
    status_nonce: int

    @property
    def did(self) -> str:
        """The account as a did:pkh."""
        return did_pkh(self.chain_id, self.address)

    @property
    def named(self) -> Named:
        """As a record names its issuer."""
        return Named(self.did, self.name)

    def envelope(self, name: str, **more: Any) -> Envelope:
        """An envelope of a new record of this issuer, from now on."""
        said = {"valid_from": clock.now().isoformat()}
        return Envelope(id=uuid.uuid4().urn, issuer=self.named, name=name, **(said | more))


def issuer_of(session: Session, name: str | None = None) -> Issuer:
    """The chosen key's account as the server knows it; `name` if it is to be called otherwise.

    Raises `account-unknown` when the registry gives the account to nobody.
    """
    address = session.keystore.show(session.key_name).address
    said = session.api.get(f"/accounts/{address}")
    participant = said.get("participant")
    if not participant:
        raise RefusedError(
            "account-unknown",
            say("account.unknown", key=session.key_name),
            where=address,
            hint=say("account.unknown.hint"),
        )
    if said.get("fault") not in (None, "scope-missing"):
        code = str(said["fault"])
        raise RefusedError(code, CODES[code], where=address)
    return Issuer(
        address=address,
        chain_id=session.chain.id,
        name=name or said.get("name") or address,
        participant=participant,
        status_nonce=int(said.get("statusNonce", 0)),
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """A payload that was built and checked, its files, and how it reads to a person."""

    title: str
    payload: Payload
    rows: Mapping[str, str]
    files: Sequence[ChosenFile] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issued:
    """A record that the server took."""

    id: bytes
    jws: bytes
    receipt: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """As the result of a command."""
        return {"record": ni_uri(self.id), "id": b64url(self.id), **self.receipt}


def agreed(session: Session, draft: Draft, issuer: Issuer, *, yes: bool) -> None:
    """Show the draft and ask; raises `cancelled` at a no."""
    rows = {**draft.rows, **signer_row(session, issuer)}
    session.out.confirm(draft.title, rows, say("ask.sign"), yes=yes, remarks=draft.remarks)


def signer_row(session: Session, issuer: Issuer) -> dict[str, str]:
    """Who is about to sign, as a row of what is shown before."""
    return {say("field.signer"): f"{issuer.name} ({session.key_name}, {issuer.address})"}


def sign_and_submit(session: Session, draft: Draft, issuer: Issuer) -> Issued:
    """Sign what was agreed to, and submit it with its files; raises why it was refused."""
    jws = signed(draft.payload, issuer, session.signer)
    with session.out.working(say("working.submit")):
        (result,) = session.api.submit([(record_id(jws), jws)], draft.files)
    if result.error is not None:
        raise result.error
    return Issued(result.id, jws, result.receipt or {})


def signed(payload: Payload, issuer: Issuer, signer: Signer) -> bytes:
    """The payload as a signed record."""
    return sign_record(payload, issuer.chain_id, signer)


def show_issued(out: Output, issued: Issued, key: str, *, waits: bool = True, **more: Any) -> None:
    """Say what was stored, under which id, and what happens next: `waits` to be anchored."""

    def show(console: Console) -> None:
        console.print(Text(say(key), style="bold green"))
        console.print(facts({say("field.record"): ni_uri(issued.id)}))
        console.print(Text(say("next.anchored" if waits else "next.counts")))

    out.result(issued.as_json() | more, show)

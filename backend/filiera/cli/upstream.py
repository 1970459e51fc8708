# SPDX-License-Identifier: Apache-2.0
"""What leads to a product: the steps and claims that its own record may vouch for.

The server says which; what they say is read here, from the signed records themselves, so
that nobody vouches for what a server merely claims that others said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rich.table import Table
from rich.text import Text

from filiera.cli.client import Api, product_path
from filiera.cli.output import clean
from filiera.cli.wording import one_line, party_label, product_label
from filiera.cli.words import language, say
from filiera.errors import IntegrityError, NotFoundError
from filiera.model.ids import ni_uri, parse_ni
from filiera.model.links import LinkType, RecordLink, record_link
from filiera.model.records import statement_of
from filiera.model.statement import Claim, Statement, Step
from filiera.proof.jws import SignedRecord, parse_jws, record_id, signature_holds


@dataclass(frozen=True, slots=True)
class Found:
    """A record, read and its hash and signature checked; `who` is its signer's proven name.

    `anchored` is the anchoring's instant, None while it waits; `standing` a word of
    `StandingState` if the server says one.
    """

    id: bytes
    signed: SignedRecord
    statement: Statement
    who: str
    anchored: str | None
    standing: str | None = None

    @property
    def link(self) -> RecordLink:
        """How a product's own record lists it."""
        kind = LinkType.STEP if isinstance(self.statement.said, Step) else LinkType.CLAIM
        return record_link(self.id, kind, self.statement.name)


@dataclass(frozen=True, slots=True)
class Upstream:
    """Everything that leads to a product, steps from fibre to shop.

    `left_out` is how many more the server has than it gives.
    """

    steps: tuple[Found, ...]
    claims: tuple[Found, ...]
    left_out: int = 0

    def without(self, left_out: Iterable[bytes]) -> Upstream:
        """The same less some records; raises `record-not-found` for one that is not in it."""
        gone = set(left_out)
        known = {found.id for found in (*self.steps, *self.claims)}
        for record in gone - known:
            raise NotFoundError("record-not-found", say("upstream.not-in-it"), where=ni_uri(record))
        return Upstream(
            tuple(each for each in self.steps if each.id not in gone),
            tuple(each for each in self.claims if each.id not in gone),
            self.left_out,
        )

    @property
    def links(self) -> list[RecordLink]:
        """The links of the product's own record."""
        return [found.link for found in (*self.steps, *self.claims)]

    def maker(self, product: str) -> Step | None:
        """The last step that brings the product forth."""
        for found in reversed(self.steps):
            said = found.statement.said
            if not isinstance(said, Step) or said.place is None:
                continue
            if product in {goods.product for goods in said.outputs}:
                return said
        return None


def find_upstream(api: Api, product: str) -> Upstream:
    """Ask the server what leads to `product`, and read each record.

    Raises `record-corrupt` when the server's copy of a record is not what its id says.
    """
    answer = api.get(f"/passports/{product_path(product)}/upstream")
    names: dict[str, str] = {}
    return Upstream(
        tuple(_found(api, each, names) for each in answer["steps"]),
        tuple(_found(api, each, names) for each in answer["claims"]),
        answer["leftOut"],
    )


def read_record(api: Api, record: bytes) -> SignedRecord:
    """A record from the server, its hash and its signature checked."""
    return checked(record, api.record(record))


def checked(record: bytes, jws: bytes) -> SignedRecord:
    """A record that somebody handed over; raises `record-corrupt` if it is not that one."""
    if record_id(jws) != record:
        raise IntegrityError("record-corrupt", say("record.corrupt"), where=ni_uri(record))
    signed = parse_jws(jws)
    if not signature_holds(signed):
        raise IntegrityError("record-corrupt", say("record.unsigned"), where=ni_uri(record))
    return signed


def _found(api: Api, said: dict[str, Any], names: dict[str, str]) -> Found:
    record = parse_ni(said["record"])
    signed = checked(record, said["jws"].encode())
    if signed.address not in names:
        account = api.get(f"/accounts/{signed.address}")
        names[signed.address] = account.get("name") or signed.address
    return Found(
        id=record,
        signed=signed,
        statement=statement_of(signed.payload),
        who=names[signed.address],
        anchored=said["anchored"],
        standing=said["standing"],
    )


def upstream_table(upstream: Upstream, width: int) -> Table:
    """What would be vouched for, for a person to look at."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), width=min(width, 110))
    table.add_column("#", justify="right", style="dim")
    table.add_column(say("column.what"), overflow="fold", ratio=1)
    table.add_column(say("column.claimed"), width=11, overflow="fold")
    table.add_column(say("column.anchored"), width=11, overflow="fold")
    for number, found in enumerate((*upstream.steps, *upstream.claims), 1):
        table.add_row(
            str(number),
            _what(found),
            one_line(_claimed(found)),
            one_line(found.anchored) if found.anchored else say("anchored.not-yet"),
        )
    return table


def _claimed(found: Found) -> str:
    said = found.statement.said
    return said.date if isinstance(said, Step) else found.statement.valid_from


def _what(found: Found) -> Text:
    statement, said = found.statement, found.statement.said
    lines = Text(clean(statement.name), style="bold")
    stated = statement.stated_by
    who = say("who.imported", who=party_label(stated.name or stated.id)) if stated else found.who
    if isinstance(said, Claim):
        key = "claim.self" if said.self_declared else "claim.certified"
        who = say(key, who=found.who, holder=said.party.name)
    lines.append(f"\n{clean(who)}", "not bold")
    if isinstance(said, Step):
        for goods in said.outputs:
            label = product_label(goods.product, language())
            lines.append(f"\n→ {clean(goods.name)}, {clean(label)}", "dim not bold")
    if found.standing not in (None, "in-force"):
        lines.append(f"\n{say(f'standing.{found.standing}')}", "bold red")
    return lines

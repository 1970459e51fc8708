# SPDX-License-Identifier: Apache-2.0
"""What is measured on: garments of as many steps as wanted, really signed and anchored.

Firms, keys and chain facts are those of the tests' district (tests/support/world.py).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any

from filiera.model.activities import ACTIVITIES, activity
from filiera.model.base import Payload
from filiera.model.builders import Envelope, make_event
from filiera.model.gs1_keys import check_digit
from filiera.model.links import LinkType, document_link, link_payload, record_link
from filiera.model.named import Named
from filiera.model.times import format_instant
from filiera.proof.evidence import Evidence, Inclusion, Presented
from filiera.proof.jws import record_id
from filiera.proof.merkle import Tree
from tests.support.world import ANCHORED, Firm, World, firm_place, goods

BATCH = 8192
"""Records of the batch in which a garment's are anchored: the others are other people's."""

_NUMBERS = count(1)
_ACTIVITIES = tuple(ACTIVITIES)


@dataclass
class Garment:
    """One product with `steps` steps in a row, a document each, and its own record.

    Every garment made in one process is of other lots than all before, so that nothing is
    remembered from one measurement to the next. `jws` holds its records, own record last;
    `makers` take turns, by default the mill and the brand.
    """

    world: World
    steps: int
    number: int = field(default_factory=lambda: next(_NUMBERS))
    jws: list[bytes] = field(default_factory=list)
    makers: Sequence[Firm] = ()

    def __post_init__(self) -> None:
        makers = self.makers or (self.world.mill, self.world.brand)
        for at in range(self.steps):
            maker = makers[at % len(makers)]
            self.jws.append(self.world.sign(maker, self._step(maker, at)))
        self.jws.append(self.world.sign(self.world.brand, self._own()))

    @property
    def name(self) -> str:
        """What it is called in a report."""
        return f"passport, {self.steps} step{'s' * (self.steps > 1)}"

    @property
    def product(self) -> str:
        """The id of the product, which the last step makes."""
        return self.lot(self.steps - 1)

    def lot(self, at: int) -> str:
        """The id of the lot that step `at` makes."""
        item = f"952{self.number:07d}{at % 100:02d}"
        return f"https://id.gs1.org/01/0{item}{check_digit(f'0{item}')}/10/L{self.number}-{at}"

    def report(self, at: int) -> bytes:
        """The digest of step `at`'s document."""
        return sha256(f"report {self.number}-{at}".encode()).digest()

    def evidence(self) -> Evidence:
        """All of it anchored in one batch, identity records too, every document at hand."""
        identities = [self.world.jws[firm.name] for firm in self.world.firms]
        jws = {record_id(each): each for each in (*identities, *self.jws)}
        others = (sha256(b"other %d" % at).digest() for at in range(BATCH - len(jws)))
        tree = Tree([*jws, *others])
        records = {
            record: Presented(
                jws[record], Inclusion(self.world.operator, tree.root, at, tree.path(at))
            )
            for at, record in enumerate(jws)
        }
        reports = [self.report(at) for at in range(self.steps)]
        return Evidence(
            own=record_id(self.jws[-1]),
            records=records,
            facts=self.world.facts(tree, list(jws)),
            documents=dict(zip(reports, reports, strict=True)),
        )

    def _step(self, maker: Firm, at: int) -> Payload:
        links = [document_link(self.report(at), "report.pdf", "application/pdf")]
        if at:
            links.append(record_link(record_id(self.jws[-1]), LinkType.INPUT, "before"))
        return make_event(
            self._envelope(maker, f"Step {at + 1} of lot {self.number}"),
            date=format_instant(ANCHORED - 86_400 + at),
            activity=activity(_ACTIVITIES[at % len(_ACTIVITIES)]),
            inputs=[goods(self.lot(at - 1))] if at else [],
            outputs=[goods(self.lot(at))],
            place=firm_place(maker),
            links=links,
        )

    def _own(self) -> Payload:
        payload: dict[str, Any] = self.world.own(product=self.product)
        listed = [record_link(record_id(each), LinkType.STEP, "step") for each in self.jws]
        payload["credentialSubject"]["relatedDocument"] = [link_payload(each) for each in listed]
        return payload

    def _envelope(self, maker: Firm, name: str) -> Envelope:
        return Envelope(
            id=uuid.uuid5(uuid.NAMESPACE_OID, name).urn,
            issuer=Named(maker.did, maker.name),
            name=name,
            valid_from=format_instant(ANCHORED - 3600),
        )


def records(world: World, wanted: int) -> list[bytes]:
    """`wanted` new records: garments of nine steps, each with its own record."""
    made: list[bytes] = []
    while len(made) < wanted:
        made += Garment(world, 9).jws
    return made[:wanted]

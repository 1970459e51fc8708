# SPDX-License-Identifier: Apache-2.0
"""What the cases share: how one is noted, and how its bundle is made.

`@shows(code, check)` names a case by its function. It returns what is asked, and its docstring
is what the vector says of itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from filiera.proof.bundle import Bundle, dump_bundle
from filiera.proof.evidence import Evidence, Presented
from filiera.proof.facts import Status, StatusKind
from filiera.proof.offline import verify_bundle
from filiera.proof.reasons import Outcome
from filiera.proof.trust import dump_trust
from tests.support.small import Plan, Small, build
from tests.support.vectors.files import Asked, Vector
from tests.support.world import (
    NOW,
    REPORT,
    with_presented,
)

LOOKED: Final = NOW + 60
"""When every bundle is looked at, unless a case says otherwise."""
DAY: Final = 86_400
REPORTS: Final = {"report.pdf": REPORT}
NOBODY: Final = "0x" + "99" * 20
VECTORS: Final[list[Vector]] = []

Make = Callable[[], Asked]


def shows(code: str, check: str = "") -> Callable[[Make], Make]:
    """Notes a case; without a check, `code` is the outcome or the error of the whole."""

    def note(make: Make) -> Make:
        name = make.__name__.replace("_", "-")
        about = " ".join((make.__doc__ or "").split())
        VECTORS.append(Vector(name, about, check, code, make))
        return make

    return note


def asked(plan: Plan, bundle: Bundle | None = None, **more: Any) -> Asked:
    """The bundle of a plan, or another one, before whom the plan says."""
    usual: dict[str, Any] = {"now": LOOKED}
    data = dump_bundle(bundle or build(plan))
    return Asked(data, dump_trust(plan.trusted), **(usual | more))


def of(world: Small, evidence: Evidence | None = None, **more: Any) -> Asked:
    """The bundle of a world in which something is as it should not be."""
    return asked(Plan(world, evidence=evidence), **more)


def facts(evidence: Evidence, **changed: Mapping[Any, Any]) -> Evidence:
    """The evidence with more, or other, facts of some kinds."""
    assert evidence.facts is not None
    merged = {kind: {**getattr(evidence.facts, kind), **said} for kind, said in changed.items()}
    return replace(evidence, facts=replace(evidence.facts, **merged))


def presented(evidence: Evidence, record: bytes, **changes: Any) -> Evidence:
    """The evidence with a record anchored otherwise."""
    inclusion = evidence.records[record].inclusion
    assert inclusion is not None
    changed = replace(inclusion, **changes) if changes else None
    return with_presented(evidence, record, Presented(evidence.records[record].jws, changed))


GOOD: Final = Plan(Small())
BUNDLE: Final = build(GOOD)


def signed(world: Small, payload: dict[str, object]) -> bytes:
    """A record of the firm's."""
    return world.sign(world.brand, payload)


def with_status(
    world: Small, name: str, *kinds: StatusKind, successor: bytes | None = None
) -> Evidence:
    """The world in which the firm said this of a record, once a minute."""
    account, start = world.brand.signer.address, NOW - 60 * len(kinds)
    said = [
        Status(kind, 1, start + 60 * n, start + 60 * n, account) for n, kind in enumerate(kinds)
    ]
    said[-1] = replace(said[-1], successor=successor)
    return facts(world.evidence(), statuses={(world.brand.id, world.id(name)): tuple(said)})


def anchors(world: Small, **changes: Any) -> Evidence:
    """The world whose anchor says otherwise."""
    evidence = world.evidence()
    assert evidence.facts is not None
    return facts(
        evidence, anchors={key: replace(a, **changes) for key, a in evidence.facts.anchors.items()}
    )


def one_node_less(bundle: Bundle) -> Iterator[Bundle]:
    """The bundle without each of its nodes in turn."""
    for at in range(len(bundle.nodes)):
        yield replace(bundle, nodes=(*bundle.nodes[:at], *bundle.nodes[at + 1 :]))


def lacking(check: str) -> Asked:
    """The good bundle without the node whose want leaves this check, and as few others as may
    be, without its facts.
    """
    found: list[tuple[int, int, Bundle]] = []
    for at, bundle in enumerate(one_node_less(BUNDLE)):
        verdict = verify_bundle(bundle, GOOD.trusted, LOOKED)
        failing = [each for each in verdict.checks if each.outcome is not Outcome.PROVEN]
        if any((each.check, each.code) == (check, "fact-missing") for each in failing):
            found.append((len(failing), at, bundle))
    return asked(GOOD, min(found)[2])

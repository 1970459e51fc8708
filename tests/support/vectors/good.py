# SPDX-License-Identifier: Apache-2.0
"""Bundles that are proven, whatever stands beside the verdict."""

from __future__ import annotations

from dataclasses import replace

from eth_hash.auto import keccak

from filiera.proof.facts import Entry, Finding, Role, StatusKind
from tests.support.proven import trusting
from tests.support.small import Plan, Small
from tests.support.vectors.files import Asked
from tests.support.vectors.making import (
    BUNDLE,
    GOOD,
    REPORTS,
    anchors,
    asked,
    facts,
    of,
    shows,
    signed,
    with_status,
)
from tests.support.world import (
    ANCHORED,
    FABRIC,
    NOW,
    START,
    goods,
    with_account,
    with_participant,
)

# What is proven


def whole(kind: str) -> Asked:
    """A bundle with a claim, and the document that its step names."""
    return asked(Plan(Small(claimed=True), kind), documents=REPORTS)


@shows("proven")
def good_operator() -> Asked:
    """A passport of one step and one claim, sealed by an operator; its document is at hand."""
    return whole("operator")


@shows("proven")
def good_clique() -> Asked:
    """The same, sealed by three of four validators of a clique."""
    return whole("clique")


@shows("proven")
def good_qbft() -> Asked:
    """The same, to which four of four QBFT validators committed."""
    return whole("qbft")


@shows("seal-pinned-ok", "seal")
def good_pinned_block() -> Asked:
    """A block that nobody sealed, and that the trust file names."""
    bundle = replace(BUNDLE, operator_seal=None)
    name = "0x" + keccak(bundle.headers[0]).hex()
    return asked(replace(GOOD, trust=trusting(GOOD.world, "operator", pinnedBlocks=[name])), bundle)


@shows("proven")
def good_gap_and_missing_document() -> Asked:
    """A step that uses fabric of which nobody says how it was made; its document is not there."""
    world = Small()
    return of(world.resigned("weave", signed(world, world.weave(inputs=[goods(FABRIC)]))))


@shows("proven")
def good_rotated_account() -> Asked:
    """The firm's account was closed after the anchoring: what it signed before holds."""
    world = Small()
    scopes = (Entry(START, START, 3), Entry(ANCHORED + 60, ANCHORED + 60, 0))
    return of(world, with_account(world.evidence(), world.brand, scopes=scopes))


@shows("proven")
def good_revoked_passport() -> Asked:
    """Proven, and revoked since by the firm itself."""
    world = Small()
    return of(world, with_status(world, "own", StatusKind.REVOKED))


@shows("proven")
def good_suspended_and_resumed_step() -> Asked:
    """A step that was suspended for a while."""
    world = Small()
    return of(world, with_status(world, "weave", StatusKind.SUSPENDED, StatusKind.RESUMED))


@shows("proven")
def good_superseded_passport() -> Asked:
    """Proven, and superseded by another passport, which names it."""
    world = Small()
    old = world.id("own")
    world.jws["new"] = signed(world, world.own(predecessor=old))
    return of(world, with_status(world, "own", StatusKind.SUPERSEDED, successor=world.id("new")))


@shows("proven")
def good_contested_step() -> Asked:
    """Proven, and contested: a finding against the step is open, another was resolved."""
    world = Small()
    auditor = world.association.signer.address
    raised = Finding(bytes([1]) * 32, auditor, NOW - 60)
    resolved = Finding(bytes([2]) * 32, auditor, NOW - 90, bytes([3]) * 32, auditor, NOW - 80)
    found = {world.id("weave"): (resolved, raised)}
    return of(world, facts(world.evidence(), findings=found))


@shows("proven")
def good_imported_passport() -> Asked:
    """A product statement "as stated by" another, signed by a firm that imports."""
    world = Small()
    types = ["ProductStatement", "VerifiableCredential"]
    payload = world.own() | {"type": types, "statedBy": {"id": "https://id.gs1.org/417/952000"}}
    world.resigned("own", signed(world, payload))
    roles = (Entry(START, START, int(Role.PRODUCER | Role.IMPORTER)),)
    return of(world, with_participant(world.evidence(), world.brand, roles=roles))


@shows("proven")
def good_beyond_the_calendar() -> Asked:
    """An anchor of the latest time that its slot can tell, which no date can."""
    world = Small()
    return of(world, anchors(world, time=2**64 - 1))

# SPDX-License-Identifier: Apache-2.0
"""What is wrong with, or missing of, one record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from filiera.model.ids import did_pkh, ni_uri
from filiera.model.times import format_instant
from filiera.proof.facts import Account, Entry, Report, Role, Scope, StatusKind
from filiera.proof.jws import record_id, sign_record
from filiera.proof.offline import proven_facts
from tests.support.proven import trusting
from tests.support.small import Plan, Small, build
from tests.support.vectors.files import Asked
from tests.support.vectors.making import (
    BUNDLE,
    DAY,
    GOOD,
    anchors,
    asked,
    facts,
    lacking,
    of,
    one_node_less,
    presented,
    shows,
    signed,
    with_status,
)
from tests.support.world import (
    ANCHORED,
    CHAIN,
    GARMENT,
    NOW,
    REPORT,
    START,
    Signer,
    with_account,
    with_participant,
    with_presented,
)

# integrity, listed-as, signature


@shows("record-malformed", "integrity")
def integrity_record_malformed() -> Asked:
    """A signed step with a status of its own, which no record may have."""
    world = Small()
    payload = world.weave() | {"credentialStatus": {"type": "BitstringStatusListEntry"}}
    return of(world.resigned("weave", signed(world, payload)))


@shows("record-newer", "integrity")
def integrity_record_newer() -> Asked:
    """A signed step of a type that is not known."""
    world = Small()
    payload = world.weave() | {"type": ["WarrantyCredential", "VerifiableCredential"]}
    return of(world.resigned("weave", signed(world, payload)))


@shows("record-missing", "integrity")
def integrity_record_missing() -> Asked:
    """The listed step was left out, with everything that only it needs."""
    world = Small()
    return of(world, with_presented(world.evidence(), world.id("weave"), None))


@shows("not-reached", "listed-as")
def listed_as_not_reached() -> Asked:
    """A step that cannot be read is not asked whether it is one."""
    return integrity_record_newer()


@shows("listed-as-mismatch", "listed-as")
def listed_as_mismatch() -> Asked:
    """The passport lists a transport as a claim."""
    world = Small(claimed=True)
    return of(world.resigned("claim", signed(world, world.move(GARMENT, ANCHORED - 60))))


@shows("signature-invalid", "signature")
def signature_invalid() -> Asked:
    """A step under the signature of another record by the same key."""
    world = Small()
    other = world.jws["own"].rpartition(b".")[2]
    return of(world.resigned("weave", world.jws["weave"].rpartition(b".")[0] + b"." + other))


@shows("not-reached", "signature")
def signature_not_reached() -> Asked:
    """The signature of a step that was left out is not looked at."""
    return integrity_record_missing()


# inclusion, anchor


@shows("path-mismatch", "inclusion")
def inclusion_path_mismatch() -> Asked:
    """One hash of the step's Merkle path is another one."""
    world = Small()
    evidence, record = world.evidence(), world.id("weave")
    inclusion = evidence.records[record].inclusion
    assert inclusion is not None
    return of(world, presented(evidence, record, path=(bytes(32), *inclusion.path[1:])))


@shows("path-wrong-length", "inclusion")
def inclusion_path_wrong_length() -> Asked:
    """The step's Merkle path has one hash more than the tree is high."""
    world = Small()
    evidence, record = world.evidence(), world.id("weave")
    inclusion = evidence.records[record].inclusion
    assert inclusion is not None
    return of(world, presented(evidence, record, path=(*inclusion.path, bytes(32))))


@shows("path-wrong-length", "inclusion")
def inclusion_index_outside() -> Asked:
    """The step is said to be a leaf that the tree has not."""
    world = Small()
    return of(world, presented(world.evidence(), world.id("weave"), index=2**40))


@shows("not-anchored-yet", "inclusion")
def inclusion_not_anchored_yet() -> Asked:
    """The step is in no anchored batch."""
    world = Small()
    return of(world, presented(world.evidence(), world.id("weave")))


@shows("fact-missing", "inclusion")
def inclusion_fact_missing() -> Asked:
    """The node with the anchor was left out."""
    return lacking("inclusion")


@shows("anchor-absent", "anchor")
def anchor_absent() -> Asked:
    """The chain holds no such root, which is proven."""
    world = Small()
    return of(world, anchors(world, time=0, count=0, sequence=0))


@shows("fact-missing", "anchor")
def anchor_fact_missing() -> Asked:
    """Whether the root is anchored was left out."""
    return lacking("anchor")


# account, role, time


@shows("account-other-chain", "account")
def account_other_chain() -> Asked:
    """A step that was signed by an account of another chain."""
    world = Small()
    payload: dict[str, Any] = world.weave()
    payload["issuer"]["id"] = did_pkh(CHAIN + 1, world.brand.signer.address)
    return of(world.resigned("weave", sign_record(payload, CHAIN + 1, world.brand.signer)))


@shows("account-unknown", "account")
def account_unknown() -> Asked:
    """A step that was signed by an account of nobody."""
    world = Small()
    stranger = Signer("nobody's key")
    payload: dict[str, Any] = world.weave()
    payload["issuer"]["id"] = did_pkh(CHAIN, stranger.address)
    world.resigned("weave", sign_record(payload, CHAIN, stranger))
    evidence = world.evidence()
    assert evidence.facts is not None
    nobody = replace(world.account(world.brand), address=stranger.address, participant=None)
    return of(world, facts(evidence, accounts={stranger.address: replace(nobody, scopes=())}))


def scoped(*scopes: Entry[int]) -> Asked:
    """The firm's account with these scopes."""
    world = Small()
    return of(world, with_account(world.evidence(), world.brand, scopes=scopes))


@shows("account-not-yet-valid", "account")
def account_not_yet_valid() -> Asked:
    """The account begins a second after the anchoring."""
    return scoped(Entry(ANCHORED + 1, ANCHORED + 1, int(Scope.RECORDS)))


@shows("account-closed", "account")
def account_closed() -> Asked:
    """The account was closed at the anchoring."""
    return scoped(Entry(START, START, int(Scope.RECORDS)), Entry(ANCHORED, START + 1, 0))


@shows("scope-missing", "account")
def account_scope_missing() -> Asked:
    """The account may anchor and nothing else."""
    return scoped(Entry(START, START, int(Scope.ANCHOR)))


@shows("account-compromised", "account")
def account_compromised() -> Asked:
    """The association says that the account was stolen before the anchoring."""
    world = Small()
    report = Report(ANCHORED - 60, NOW - 60, world.association.signer.address)
    stolen = {"reports": (report,), "compromised_since": report.since}
    return of(world, with_account(world.evidence(), world.brand, **stolen))


@shows("account-compromised", "account")
def account_compromised_in_a_circle() -> Asked:
    """The firm's account and another report each other, which no contract alone lets them."""
    world = Small()
    firm, other = world.brand.signer.address, Signer("reporter").address
    of_firm, of_other = (Report(ANCHORED - 60, NOW - 60, by) for by in (other, firm))
    evidence = with_account(
        world.evidence(), world.brand, reports=(of_firm,), compromised_since=of_firm.since
    )
    account = Account(other, None, reports=(of_other,), compromised_since=of_other.since)
    return of(world, facts(evidence, accounts={other: account}))


@shows("fact-missing", "account")
def account_reporter_unread() -> Asked:
    """A node was left out by which the report of the firm's account is void: a thief made it."""
    world = Small()
    firm, thief = world.brand.signer.address, Signer("reporter").address
    of_firm = Report(ANCHORED - 60, NOW - 60, thief)
    of_thief = Report(START, START + 1, world.association.signer.address)
    evidence = with_account(
        world.evidence(), world.brand, reports=(of_firm,), compromised_since=of_firm.since
    )
    account = Account(thief, None, reports=(of_thief,), compromised_since=of_thief.since)
    plan = Plan(world, evidence=facts(evidence, accounts={thief: account}))
    for less in one_node_less(build(plan)):
        read = proven_facts(less, plan.trusted).accounts
        if firm in read and thief not in read:
            return asked(plan, less)
    raise AssertionError("No node is there for the thief's account alone.")


@shows("fact-missing", "account")
def account_fact_missing() -> Asked:
    """A node with the account was left out."""
    return lacking("account")


@shows("role-missing", "role")
def role_missing() -> Asked:
    """The firm's role ended a second before the anchoring."""
    world = Small()
    roles = (Entry(START, START, int(Role.PRODUCER)), Entry(ANCHORED - 1, START + 1, 0))
    return of(world, with_participant(world.evidence(), world.brand, roles=roles))


@shows("role-none", "role")
def role_none() -> Asked:
    """A passport "as stated by" another, which nobody may issue."""
    world = Small()
    payload = world.own() | {"statedBy": {"id": "https://id.gs1.org/417/9520000000004"}}
    return of(world.resigned("own", signed(world, payload)))


@shows("account-compromised", "role")
def role_granted_by_a_stolen_account() -> Asked:
    """The firm's role was granted by an account of the association that was stolen before."""
    world = Small()
    thief = Signer("stolen key of the association").address
    report = Report(START, START + 1, world.association.signer.address)
    stolen = replace(
        world.account(world.association),
        address=thief,
        scopes=(Entry(START - 1, START - 1, 3),),
        reports=(report,),
        compromised_since=report.since,
    )
    granted = (Entry(START, START, int(Role.PRODUCER), thief),)
    evidence = with_participant(world.evidence(), world.brand, roles=granted)
    return of(world, facts(evidence, accounts={thief: stolen}))


@shows("fact-missing", "role")
def role_fact_missing() -> Asked:
    """A node with the firm's roles was left out."""
    return lacking("role")


@shows("claimed-after-anchor", "time")
def time_claimed_after_anchor() -> Asked:
    """A step that is to have happened a day and a second after its anchoring."""
    world = Small()
    payload = world.weave(date=format_instant(ANCHORED + DAY + 1))
    return of(world.resigned("weave", signed(world, payload)))


@shows("not-anchored-yet", "time")
def time_not_anchored_yet() -> Asked:
    """Without an anchoring there is nothing to compare a claimed instant with."""
    return inclusion_not_anchored_yet()


# document


@shows("document-hash-mismatch", "document")
def document_hash_mismatch() -> Asked:
    """A file by the name of the step's document, with another content."""
    return asked(GOOD, BUNDLE, documents={"report.pdf": REPORT + b"!"})


@shows("document-missing", "document")
def document_missing() -> Asked:
    """The reader requires every document; there is only a file that no record names."""
    return asked(GOOD, BUNDLE, require_documents=True, documents={"holiday.txt": b"sun"})


# standing


@shows("superseded-unclear", "standing")
def standing_successor_missing() -> Asked:
    """The passport was superseded by a record that is not there."""
    world = Small()
    return of(world, with_status(world, "own", StatusKind.SUPERSEDED, successor=b"\7" * 32))


@shows("superseded-unclear", "standing")
def standing_successor_names_no_predecessor() -> Asked:
    """The passport was superseded by one that does not name it."""
    world = Small()
    world.jws["new"] = signed(world, world.own() | {"name": "Another passport"})
    return of(world, with_status(world, "own", StatusKind.SUPERSEDED, successor=world.id("new")))


@shows("fact-missing", "standing")
def standing_fact_missing() -> Asked:
    """A node with a record's statuses or findings was left out."""
    return lacking("standing")


# identity


@shows("identity-mismatch", "identity")
def identity_mismatch() -> Asked:
    """The registry says that the firm was enrolled by another than signed its identity."""
    world = Small()
    return of(world, with_participant(world.evidence(), world.brand, enroller=world.brand.id))


@shows("identity-disproven", "identity")
def identity_disproven() -> Asked:
    """The firm's identity record has a signature of another record."""
    world = Small()
    own = world.jws[world.brand.name]
    other = world.jws[world.association.name].rpartition(b".")[2]
    world.jws[world.brand.name] = own.rpartition(b".")[0] + b"." + other
    world.brand.id = record_id(world.jws[world.brand.name])
    return of(world)


@shows("identity-not-founded", "identity")
def identity_not_founded() -> Asked:
    """The reader trusts another founding association."""
    trust = trusting(GOOD.world, "operator", founders=[ni_uri(bytes(32))])
    return asked(replace(GOOD, trust=trust))


@shows("identity-missing", "identity")
def identity_missing() -> Asked:
    """The firm's identity record was left out."""
    world = Small()
    return of(world, with_presented(world.evidence(), world.brand.id, None))


@shows("identity-unknown", "identity")
def identity_unknown() -> Asked:
    """The firm's identity record is in no anchored batch."""
    world = Small()
    return of(world, presented(world.evidence(), world.brand.id))

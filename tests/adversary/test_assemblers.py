# SPDX-License-Identifier: Apache-2.0
"""Whoever assembles a bundle leaves out what would not suit him, or puts in another's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from eth_hash.auto import keccak

from filiera.proof.bundle import Bundle
from filiera.proof.facts import Role, Scope, StatusKind
from filiera.proof.jws import record_id
from tests.adversary.site import Site, enrol, enrolled, honest_world
from tests.adversary.verdicts import MARKS, Asked, Found, judge, judged
from tests.support.world import GARMENT, GTIN, Firm

pytestmark = MARKS

OTHER = f"{GTIN}/10/LOT-2"
HOUR = 3600
FINDING = b"f" * 32


def judge_each(honest: Site, bundles: dict[str, Bundle]) -> dict[str, Found]:
    """What is said of each by the honest trust file, now."""
    now = honest.now
    return judge(**{name: Asked(each, honest.trust, now) for name, each in bundles.items()})


def test_a_bundle_of_another_product_is_not_the_one_that_was_asked_for(honest: Site) -> None:
    world = honest_world()
    honest.anchor(world.sign(world.brand, world.own(product=OTHER)))
    other, now = honest.bundle(product=OTHER), honest.now
    found = judge(
        its_own=Asked(other, honest.trust, now, OTHER),
        another=Asked(other, honest.trust, now, GARMENT),
        the_model=Asked(other, honest.trust, now, GTIN),
    )
    assert found["its_own"].outcome == "proven"
    for name in ("another", "the_model"):
        assert (found[name].outcome, found[name].failing) == ("disproven", {"subject-mismatch"})


def test_a_bundle_whose_first_record_is_another_products_does_not_become_this_ones(
    honest: Site,
) -> None:
    world = honest_world()
    honest.anchor(world.sign(world.brand, world.own(product=OTHER)))
    mine, other = honest.bundle(), honest.bundle(product=OTHER)
    swapped = replace(mine, records=(other.records[0], *mine.records[1:]))
    said = judged(swapped, honest.trust, honest.now, GARMENT)
    assert said.outcome == "disproven"
    assert "subject-mismatch" in said.failing


def test_no_listed_record_and_no_identity_can_be_left_out(honest: Site) -> None:
    bundle = honest.bundle()
    names = {record_id(jws): name for name, jws in honest.world.jws.items()}
    bundles = {
        names[record_id(each.jws)]: replace(bundle, records=without(bundle.records, number))
        for number, each in enumerate(bundle.records)
    }
    del bundles["own"]  # then the first step is taken for the product's own record
    found = judge_each(honest, bundles)
    assert {said.outcome for said in found.values()} == {"unknown"}
    for name in ("weave", "spin", "claim"):
        assert "record-missing" in found[name].failing
    for name in ("Associazione", "Filatura", "Marchio"):
        assert "identity-missing" in found[name].failing


def without(items: tuple[object, ...], number: int) -> tuple[object, ...]:
    return items[:number] + items[number + 1 :]


def test_a_step_instead_of_the_products_own_record_is_no_passport(honest: Site) -> None:
    bundle = honest.bundle()
    said = judged(replace(bundle, records=bundle.records[1:]), honest.trust, honest.now)
    assert said.outcome == "disproven"
    assert {"listed-as-mismatch", "subject-mismatch"} <= said.failing


def test_no_node_can_be_left_out(honest: Site) -> None:
    bundle = honest.bundle()
    found = judge_each(
        honest,
        {
            f"node {number}": replace(bundle, nodes=without(bundle.nodes, number))
            for number in range(len(bundle.nodes))
        },
    )
    assert {said.outcome for said in found.values()} == {"unknown"}
    assert all("fact-missing" in said.failing for said in found.values())


def revoke(honest: Site, by: str = "Filatura") -> None:
    """The mill takes its spinning back."""
    terms = (honest.world.id("spin"), int(StatusKind.REVOKED), 1, 0, bytes(32))
    honest.district.send(by, "StatusRegistry", "setStatus", *terms)


def find(honest: Site) -> None:
    """An auditor writes a finding against the spinning, straight to the contract."""
    auditor = Firm("Revisore", Role.AUDITOR)
    honest.world.sign_identity(auditor)
    enrol(honest.district, auditor)
    honest.anchor(honest.world.jws[auditor.name])
    terms = (honest.world.id("spin"), FINDING)
    honest.district.send(auditor.name, "FindingRegistry", "raise", *terms)


def united(*pools: Iterable[bytes]) -> tuple[bytes, ...]:
    """Nodes of several bundles, each once, in the order that bundles have."""
    return tuple(sorted({node for pool in pools for node in pool}, key=keccak))


@pytest.mark.parametrize(
    ("happens", "standing"), [(revoke, "revoked"), (find, "contested")], ids=["status", "finding"]
)
def test_what_was_said_against_a_record_cannot_be_left_out(
    honest: Site, happens: object, standing: str
) -> None:
    spin, before = honest.world.id("spin"), honest.bundle()
    happens(honest)  # type: ignore[operator]
    since = honest.bundle()
    new = [node for node in since.nodes if node not in before.nodes]
    bundles = {
        "told": since,
        "the proofs from before": replace(since, nodes=before.nodes),
        "both proofs": replace(since, nodes=united(before.nodes, since.nodes)),
        "the block from before": replace(
            since, headers=before.headers, operator_seal=before.operator_seal
        ),
        "the seal from before": replace(since, operator_seal=before.operator_seal),
    }
    bundles |= {
        f"without node {number}": replace(
            since, nodes=tuple(node for node in since.nodes if node != left_out)
        )
        for number, left_out in enumerate(new)
    }
    found = judge_each(honest, bundles)
    told = found.pop("told")
    assert (told.outcome, told.standings[spin]) == ("proven", standing)
    for name, said in found.items():
        assert said.outcome != "proven", name
        assert said.standings[spin] in (standing, "unknown"), name
    assert found["the seal from before"].failing == {"seal-foreign"}


def test_nor_can_that_a_report_of_a_stolen_key_is_void_itself(honest: Site) -> None:
    """Else a thief's word, left standing, would undo the revocation by a key that he reported."""
    spin, world, district = honest.world.id("spin"), honest.world, honest.district
    office, thief = (replace(world.mill, key="office"), replace(world.association, key="thief"))
    for holder in (office, thief):
        scopes = Scope.RECORDS | Scope.STATUS
        district.registrar.add_account(district.consent(holder.id, holder.signer, scopes))
        district.firms[holder.key] = enrolled(holder)
    revoked_at = honest.chain.pass_time(HOUR)
    revoke(honest, by="office")
    honest.chain.pass_time(HOUR)
    district.registrar.set_compromised(office.signer.address, honest.now)
    stolen_at = honest.chain.pass_time(HOUR)
    district.registrar_of("thief").set_compromised(office.signer.address, revoked_at)
    his_word = honest.bundle()
    honest.chain.pass_time(HOUR)
    district.registrar.set_compromised(thief.signer.address, stolen_at)
    bundle = honest.bundle()
    found = judge(
        his_word=Asked(his_word, honest.trust, honest.now),
        whole=Asked(bundle, honest.trust, honest.now),
        # Not a node too many: just as if nobody had ever asked who he is.
        without_him=Asked(
            replace(bundle, nodes=nodes_without(honest, thief.signer.address)),
            honest.trust,
            honest.now,
        ),
    )
    assert (found["his_word"].outcome, found["his_word"].standings[spin]) == ("proven", "in-force")
    assert (found["whole"].outcome, found["whole"].standings[spin]) == ("proven", "revoked")
    assert found["without_him"].outcome == "unknown"
    assert found["without_him"].failing == {"fact-missing"}


def nodes_without(honest: Site, account: str) -> tuple[bytes, ...]:
    """The nodes that prove everything but what the chain says of that account."""
    facts = honest.passports.gather(GARMENT).evidence.facts
    assert facts is not None
    accounts = {address: each for address, each in facts.accounts.items() if address != account}
    return honest.ledger.prove(replace(facts, accounts=accounts), honest.trust).nodes


def test_a_whole_bundle_from_before_is_true_of_its_block_and_too_old_in_the_end(
    honest: Site,
) -> None:
    spin, before, at = honest.world.id("spin"), honest.bundle(), honest.now
    revoke(honest)
    newest, most = honest.now, honest.trust.maximum_age
    found = judge(
        then=Asked(before, honest.trust, newest),
        at_last=Asked(before, honest.trust, at + most),
        too_old=Asked(before, honest.trust, at + most + 1),
    )
    assert found["then"].outcome == found["at_last"].outcome == "proven"
    assert found["then"].standings[spin] == "in-force"
    assert found["too_old"].failing == {"header-too-old"}


def test_a_trust_file_that_asks_for_a_later_block_takes_no_bundle_from_before(
    honest: Site,
) -> None:
    before = honest.bundle()
    revoke(honest)
    asks = honest.trust.model_copy(update={"minimum_block": honest.chain.head().number})
    said = judged(before, asks, honest.now)
    assert (said.outcome, said.failing) == ("unknown", {"header-below-minimum"})

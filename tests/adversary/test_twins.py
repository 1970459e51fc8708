# SPDX-License-Identifier: Apache-2.0
"""A revoked record comes back: anchored anew, signed anew, spelled in another way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiera.model.ids import unb64url
from filiera.proof.bundle import Bundle
from filiera.proof.evidence import Presented
from filiera.proof.facts import StatusKind
from filiera.proof.jws import record_id
from tests.adversary.site import Site, enrol_operator, honest_world
from tests.adversary.verdicts import MARKS, Asked, judge, judged
from tests.support.forge import forge, high_s, respelled
from tests.support.world import Signer

pytestmark = MARKS


def revoke(site: Site, name: str, firm: str) -> bytes:
    """Revoke a record of the world by its issuer's own account; the record's id."""
    terms = (site.world.id(name), int(StatusKind.REVOKED), 1, 0, bytes(32))
    site.district.send(firm, "StatusRegistry", "setStatus", *terms)
    return site.world.id(name)


def signed_again(jws: bytes, signer: Signer) -> bytes:
    """Another JWS over the same payload, byte for byte; its header is spelled with spaces."""
    twin = forge(payload(jws), signer)
    assert payload(twin) == payload(jws)
    assert record_id(twin) != record_id(jws)
    return twin


def payload(jws: bytes) -> bytes:
    """The bytes of what is said."""
    return unb64url(jws.split(b".")[1].decode())


def anchorers(bundle: Bundle) -> set[str]:
    """Who is said to have anchored the records."""
    return {each.inclusion.anchorer for each in bundle.records if each.inclusion}


def test_a_revoked_record_that_is_anchored_again_stays_revoked(honest: Site) -> None:
    spin = revoke(honest, "spin", "Filatura")
    enrol_operator(honest.district, "another operator")
    other = Site(honest.district, honest.world, Signer("another operator"))
    other.anchor(*honest.world.jws.values())
    first = honest.bundle()
    again = replace(other.bundle(), operator_seal=first.operator_seal)
    assert anchorers(again) == {other.operator.address} != anchorers(first)
    found = judge(
        first=Asked(first, honest.trust, honest.now), again=Asked(again, honest.trust, honest.now)
    )
    for said in found.values():
        assert (said.outcome, said.standings[spin]) == ("proven", "revoked")


def test_the_same_statement_signed_again_is_not_what_the_passport_lists(honest: Site) -> None:
    spin = revoke(honest, "spin", "Filatura")
    twin = signed_again(honest.world.jws["spin"], honest.world.mill.signer)
    honest.anchor(twin)
    bundle = honest.bundle()
    presented = honest.gatherer.present(record_id(twin))
    instead = tuple(presented if record_id(each.jws) == spin else each for each in bundle.records)
    beside = (*bundle.records, presented)
    found = judge(
        instead=Asked(replace(bundle, records=instead), honest.trust, honest.now),
        beside=Asked(replace(bundle, records=beside), honest.trust, honest.now),
    )
    assert {"record-missing", "bundle-surplus"} <= found["instead"].failing
    assert "bundle-surplus" in found["beside"].failing
    assert found["beside"].standings[spin] == "revoked"
    assert {said.outcome for said in found.values()} == {"unknown"}


def test_who_says_it_again_says_another_thing_later_and_the_first_stays_revoked(
    honest: Site,
) -> None:
    spin, revoked = revoke(honest, "spin", "Filatura"), honest.now
    honest.chain.pass_time(3600)
    world = honest_world()
    world.jws["spin"] = signed_again(world.jws["spin"], world.mill.signer)
    world.jws["weave"] = world.sign(world.brand, world.weave())
    world.jws["own"] = world.sign(world.brand, world.own())
    honest.anchor(*(world.jws[name] for name in ("spin", "weave", "own")))
    found = judge(
        old=Asked(honest.bundle(honest.world.id("own")), honest.trust, honest.now),
        new=Asked(honest.bundle(world.id("own")), honest.trust, honest.now),
    )
    assert found["old"].standings[spin] == "revoked"
    new = found["new"]
    assert (new.outcome, new.standings[world.id("spin")]) == ("proven", "in-force")
    assert spin not in new.standings
    assert new.anchored[world.id("spin")] > revoked


@pytest.mark.parametrize(
    ("spelling", "error"),
    [
        (high_s, "record-malformed"),
        (respelled, "record-malformed"),
        (lambda jws: jws + b"=", "record-malformed"),
        (lambda jws: jws + b"\n", "record-malformed"),
    ],
    ids=["the upper s", "spare bits", "padding", "a line's end"],
)
def test_without_the_key_a_record_can_be_spelled_in_no_other_way(
    honest: Site, spelling: object, error: str
) -> None:
    world = honest_world()
    twin = world.jws["spin"] = spelling(honest.world.jws["spin"])  # type: ignore[operator]
    # Even with a brand that lists what it was told.
    own = world.sign(world.brand, world.own())
    honest.anchor(own)
    bundle = honest.bundle(record_id(own))
    records = (*bundle.records[:2], Presented(twin, bundle.records[2].inclusion))
    said = judged(
        replace(bundle, records=(*records, *bundle.records[2:])), honest.trust, honest.now
    )
    assert said.outcome == "disproven"
    assert error in said.failing

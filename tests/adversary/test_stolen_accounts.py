# SPDX-License-Identifier: Apache-2.0
"""A key in wrong hands, before and after the association says since when; and one that retired."""

from __future__ import annotations

from dataclasses import replace

from filiera.proof.facts import Role, Scope, StatusKind
from tests.adversary.site import Site, enrol, enrolled, honest_world
from tests.adversary.verdicts import MARKS, Asked, judge, judged
from tests.support.world import Firm, World

pytestmark = MARKS

HOUR = 3600


def by(brand: Firm) -> World:
    """Another weaving, and a passport that lists it, by whoever has this key."""
    world = honest_world()
    world.brand = brand
    world.jws["weave"] = world.sign(brand, world.weave(inputs=[]))
    world.jws["own"] = world.sign(brand, world.own())
    return world


def anchored(honest: Site, brand: Firm) -> bytes:
    """Anchor these two; the passport's id."""
    world = by(brand)
    honest.anchor(world.jws["weave"], world.jws["own"])
    return world.id("own")


def theft(honest: Site) -> int:
    """An hour passes, and a key is stolen; when."""
    return honest.chain.pass_time(HOUR)


def test_what_a_stolen_account_signed_is_disproven_from_then_on_and_proven_before(
    honest: Site,
) -> None:
    own = honest.world.id("own")
    stolen_at = theft(honest)
    fake = anchored(honest, honest.world.brand)
    unnoticed = Asked(honest.bundle(fake), honest.trust, honest.now)
    honest.chain.pass_time(HOUR)
    brand = honest.world.brand.signer.address
    honest.district.registrar.set_compromised(brand, stolen_at)
    found = judge(
        unnoticed=unnoticed,
        before=Asked(honest.bundle(own), honest.trust, honest.now),
        since=Asked(honest.bundle(fake), honest.trust, honest.now),
    )
    assert found["unnoticed"].outcome == found["before"].outcome == "proven"
    assert found["before"].steps_proven == 2
    assert found["since"].outcome == "disproven"
    assert found["since"].failing == {"account-compromised"}
    assert found["since"].steps_proven == 1


def test_what_was_anchored_in_the_very_second_of_the_theft_is_disproven(honest: Site) -> None:
    anchored_at = honest.now
    brand = honest.world.brand.signer.address
    honest.chain.pass_time(HOUR)
    honest.district.registrar.set_compromised(brand, anchored_at + 1)
    just_before = Asked(honest.bundle(), honest.trust, honest.now)
    honest.district.registrar.set_compromised(brand, anchored_at)
    found = judge(
        just_before=just_before,
        just_then=Asked(honest.bundle(), honest.trust, honest.now),
    )
    assert found["just_before"].outcome == "proven"
    assert found["just_then"].failing == {"account-compromised"}


def test_a_standing_that_a_stolen_account_gave_is_void(honest: Site) -> None:
    stolen_at, weave = theft(honest), honest.world.id("weave")
    terms = (weave, int(StatusKind.REVOKED), 1, 0, bytes(32))
    honest.district.send("Marchio", "StatusRegistry", "setStatus", *terms)
    unnoticed = Asked(honest.bundle(), honest.trust, honest.now)
    honest.chain.pass_time(HOUR)
    honest.district.registrar.set_compromised(honest.world.brand.signer.address, stolen_at)
    found = judge(unnoticed=unnoticed, void=Asked(honest.bundle(), honest.trust, honest.now))
    assert found["unnoticed"].standings[weave] == "revoked"
    assert found["void"].standings[weave] == "in-force"
    assert {said.outcome for said in found.values()} == {"proven"}


def with_consortium(honest: Site) -> tuple[Firm, Firm, Firm]:
    """A second association, which the first enrols; and two firms, one enrolled before a theft."""
    world = honest.world
    consortium = Firm("Consorzio", Role.ASSOCIATION)
    earlier, later = (Firm(f"Firma {n}", Role.PRODUCER) for n in ("prima", "dopo"))
    world.sign_identity(consortium)
    for firm in (earlier, later):
        world.sign_identity(firm, consortium)
    enrol(honest.district, consortium)
    return consortium, earlier, later


def test_whom_a_stolen_association_enrolled_is_disproven_and_whom_it_enrolled_before_is_proven(
    honest: Site,
) -> None:
    consortium, earlier, later = with_consortium(honest)
    world, passports = honest.world, {}
    honest.anchor(world.jws["Consorzio"], world.jws[earlier.name])
    enrol(honest.district, earlier, by="Consorzio")
    passports["earlier"] = anchored(honest, earlier)
    stolen_at = theft(honest)
    enrol(honest.district, later, by="Consorzio")
    honest.anchor(world.jws[later.name])
    passports["later"] = anchored(honest, later)
    unnoticed = judged(honest.bundle(passports["later"]), honest.trust, honest.now)
    assert unnoticed.outcome == "proven"
    honest.chain.pass_time(HOUR)
    honest.district.registrar.set_compromised(consortium.signer.address, stolen_at)
    found = judge(
        **{
            name: Asked(honest.bundle(own), honest.trust, honest.now)
            for name, own in passports.items()
        }
    )
    assert found["earlier"].outcome == "proven"
    assert found["later"].outcome == "disproven"
    assert "account-compromised" in found["later"].failing


def test_what_a_stolen_association_says_of_a_firms_key_is_void_too(honest: Site) -> None:
    consortium, firm, _ = with_consortium(honest)
    honest.anchor(honest.world.jws["Consorzio"], honest.world.jws[firm.name])
    enrol(honest.district, firm, by="Consorzio")
    own, enrolled_at = anchored(honest, firm), honest.now
    stolen_at = theft(honest)
    by_the_thief = honest.district.registrar_of("Consorzio")
    by_the_thief.set_compromised(firm.signer.address, enrolled_at)
    unnoticed = Asked(honest.bundle(own), honest.trust, honest.now)
    honest.chain.pass_time(HOUR)
    honest.district.registrar.set_compromised(consortium.signer.address, stolen_at)
    found = judge(unnoticed=unnoticed, void=Asked(honest.bundle(own), honest.trust, honest.now))
    assert found["unnoticed"].failing == {"account-compromised"}
    assert found["void"].outcome == "proven"


def test_the_old_records_of_an_account_that_retired_are_still_proven(honest: Site) -> None:
    own = honest.world.id("own")
    second = replace(honest.world.brand, key="Marchio's second")
    rotate(honest, second)
    late, new = anchored(honest, honest.world.brand), anchored(honest, second)
    found = judge(
        before=Asked(honest.bundle(own), honest.trust, honest.now),
        after=Asked(honest.bundle(late), honest.trust, honest.now),
        by_the_new=Asked(honest.bundle(new), honest.trust, honest.now),
    )
    assert found["before"].outcome == found["by_the_new"].outcome == "proven"
    assert found["after"].outcome == "disproven"
    assert found["after"].failing == {"account-closed"}


def rotate(honest: Site, second: Firm) -> None:
    """An hour on, give the brand the second account, which then closes the first."""
    honest.chain.pass_time(HOUR)
    district = honest.district
    scopes = Scope.RECORDS | Scope.STATUS
    district.registrar.add_account(district.consent(second.id, second.signer, scopes))
    district.firms[second.key] = enrolled(second)
    district.keeper_of(second.key).close(honest.world.brand.signer.address)
    honest.chain.pass_time(1)

# SPDX-License-Identifier: Apache-2.0
"""An association enrols an account that did not agree to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from filiera.adapters.ledger.eip712 import sign_consent
from filiera.proof.facts import Role, Scope
from tests.adversary.forgery import STRANGER, counterfeit, impostors, without_consent
from tests.adversary.site import Site, enrol, opened
from tests.adversary.verdicts import MARKS, Asked, judge
from tests.support.chain import Chain, District, refused
from tests.support.world import Firm

pytestmark = MARKS

VICTIM = Firm("Tintoria", Role.PRODUCER, id=b"v" * 32)
SCOPES = Scope.RECORDS | Scope.STATUS


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({}, "ConsentInvalid"),
        ({"nonce": 1}, "InvalidAccountNonce"),
        ({"deadline": 1}, "ConsentExpired"),
    ],
    ids=["signed by the association", "with another nonce", "that has passed"],
)
def test_the_contract_enrols_no_account_without_its_own_consent(
    honest: Site, changed: dict[str, Any], error: str
) -> None:
    district = honest.district
    consent = district.consent(VICTIM.id, VICTIM.signer, SCOPES, **changed)
    if not changed:
        consent = sign_consent(consent, district.consent_domain, honest.world.association.signer)
    with refused(error):
        district.registrar.enrol(Role.PRODUCER, consent)


@pytest.mark.parametrize("term", ["participant", "enroller", "scopes"])
def test_a_consent_serves_for_nothing_but_what_it_says(honest: Site, term: str) -> None:
    district = honest.district
    consent = district.consent(VICTIM.id, VICTIM.signer, SCOPES)
    other: Any = SCOPES | Scope.ANCHOR if term == "scopes" else b"x" * 32
    if term == "enroller":  # it is the caller that enrols, whatever the consent says
        consent = replace(consent, enroller=other)
        consent = sign_consent(consent, district.consent_domain, VICTIM.signer)
    else:
        consent = replace(consent, **{term: other})
    with refused("ConsentInvalid"):
        district.registrar.enrol(Role.PRODUCER, consent)


def test_a_chain_whose_registry_asks_nobody_for_consent_has_not_the_trusted_code(
    honest: Site, strange_chain: Chain
) -> None:
    world = impostors()
    world.jws["spin"] = honest.world.jws["spin"]
    world.jws["weave"] = world.sign(world.brand, world.weave())
    world.jws["own"] = world.sign(world.brand, world.own())
    site = opened(robbed(honest, strange_chain), world, STRANGER)
    bundle = site.bundle()
    said = judge(
        by_his_own=Asked(bundle, site.trust, site.now),
        by_the_honest=Asked(bundle, honest.trust, site.now),
        # Even if those who seal were with him.
        by_the_honest_if_sealed=Asked(
            bundle, honest.trust.model_copy(update={"seal": site.trust.seal}), site.now
        ),
    )
    assert said["by_his_own"].outcome == "proven"
    assert {"seal-foreign", "code-mismatch"} <= said["by_the_honest"].failing
    assert said["by_the_honest_if_sealed"].outcome == "disproven"
    assert said["by_the_honest_if_sealed"].steps_proven == 0
    assert "code-mismatch" in said["by_the_honest_if_sealed"].failing
    assert "seal-foreign" not in said["by_the_honest_if_sealed"].failing


def robbed(honest: Site, chain: Chain) -> District:
    """Look-alikes enrolled, and the honest mill's account taken for one of them."""
    district, world = counterfeit(honest, chain, without_consent()), impostors()
    enrol(district, world.brand)
    enrol(district, world.mill)
    mill = honest.world.mill.signer
    consent = district.consent(world.mill.id, world.mill.signer, SCOPES, nonce=0)
    taken = replace(consent, account=mill.address)
    district.registrar.add_account(taken)
    return district

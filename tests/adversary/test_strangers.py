# SPDX-License-Identifier: Apache-2.0
"""A stranger runs Filiera himself, with firms that are called like real ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.adversary.forgery import STRANGER, counterfeit, impostors, look_alikes
from tests.adversary.site import Site, enrol, found, opened
from tests.adversary.verdicts import MARKS, Asked, judge, judged
from tests.support.chain import Chain

pytestmark = MARKS


def test_the_same_contracts_on_a_strangers_chain_prove_nothing_by_the_honest_trust_file(
    honest: Site, strange_chain: Chain, tmp_path: Path
) -> None:
    site = opened(found(strange_chain, tmp_path, look_alikes()), look_alikes(), STRANGER)
    bundle = site.bundle()
    said = judge(
        by_his_own=Asked(bundle, site.trust, site.now),
        by_the_honest=Asked(bundle, honest.trust, site.now),
    )
    assert said["by_his_own"].outcome == "proven"
    assert said["by_the_honest"].outcome == "disproven"
    assert {"seal-foreign", "contract-absent"} <= said["by_the_honest"].failing
    assert said["by_the_honest"].steps_proven == 0


def test_the_honest_code_at_the_honest_addresses_on_a_strangers_chain_wants_but_the_seal(
    honest: Site, strange_chain: Chain
) -> None:
    district = counterfeit(honest, strange_chain)
    assert district.deployment == honest.district.deployment
    for firm in impostors().firms[1:]:
        enrol(district, firm)
    site = opened(district, impostors(), STRANGER)
    bundle = site.bundle()
    unsealed = replace(bundle, operator_seal=None)
    said = judge(
        his_seal=Asked(bundle, honest.trust, site.now),
        no_seal=Asked(unsealed, honest.trust, site.now),
        another_blocks_seal=Asked(
            replace(bundle, operator_seal=honest.bundle().operator_seal), honest.trust, site.now
        ),
    )
    assert said["his_seal"].failing == {"seal-foreign"}
    assert said["another_blocks_seal"].failing == {"seal-foreign"}
    assert said["no_seal"].failing == {"seal-missing"}
    assert [each.outcome for each in said.values()] == ["disproven", "unknown", "disproven"]


def test_the_same_contracts_at_other_addresses_of_the_honest_chain_are_not_the_trusted_ones(
    honest: Site, tmp_path: Path
) -> None:
    world = look_alikes()
    site = opened(found(honest.chain, tmp_path, world), world, STRANGER)
    # The honest operator seals every block of its chain, so also those of a stranger's contracts.
    sealed = honest.bundle(at=site.chain.head()).operator_seal
    bundle = replace(site.bundle(), operator_seal=sealed)
    theirs = site.trust.model_copy(update={"seal": honest.trust.seal})
    said = judge(
        by_his_own=Asked(bundle, theirs, site.now),
        by_the_honest=Asked(bundle, honest.trust, site.now),
    )
    assert said["by_his_own"].outcome == "proven"
    assert said["by_the_honest"].outcome == "unknown"
    assert "fact-missing" in said["by_the_honest"].failing


def test_a_strangers_records_are_nobodys_in_the_trusted_contracts(
    honest: Site, tmp_path: Path
) -> None:
    world = look_alikes()
    opened(found(honest.chain, tmp_path, world), world, STRANGER)
    # Even if the honest operator anchored them for him.
    honest.anchor(*world.jws.values())
    said = judged(honest.bundle(own=world.id("own")), honest.trust, honest.now)
    assert (said.outcome, said.steps_proven) == ("disproven", 0)
    assert {"account-unknown", "role-missing"} <= said.failing

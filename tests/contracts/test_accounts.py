# SPDX-License-Identifier: Apache-2.0
"""An account's own consent, its scopes in time, and how it ends (ParticipantRegistry)."""

from dataclasses import replace

import pytest

from filiera.adapters.ledger.eip712 import Domain, sign_consent
from filiera.proof.facts import Role, Scope
from tests.support.chain import DAY, District, digest, events, refused, signer

pytestmark = pytest.mark.stack
REGISTRY = "ParticipantRegistry"
SECOND = signer("second account")


@pytest.fixture
def spinner(district: District):
    return district.enrol("spinner", Role.PRODUCER, Scope.RECORDS | Scope.STATUS)


def scopes_of(district: District, address: str) -> list[tuple[int, int]]:
    """(effective, scopes) of each entry."""
    _, scopes, _ = district.ask(REGISTRY, "accountOf", address)
    return [(effective, value) for effective, _, value, _ in scopes]


def entitled(district: District, address: str, scope: int) -> bytes:
    participant: bytes = district.ask(REGISTRY, "requireEntitled", address, scope, 0)
    return participant


# Consent


def test_a_further_account_is_added_with_its_own_consent(district, spinner):
    consent = district.consent(spinner.id, SECOND, Scope.STATUS)
    district.registrar.add_account(consent)
    assert entitled(district, SECOND.address, Scope.STATUS) == spinner.id
    assert district.ask(REGISTRY, "participantIdOf", SECOND.address) == spinner.id


def test_another_keys_consent_does_not_do(district, spinner):
    consent = district.consent(spinner.id, SECOND, Scope.STATUS)
    forged = sign_consent(consent, district.consent_domain, spinner.signer)
    with refused("ConsentInvalid", account=SECOND.address):
        district.registrar.add_account(forged)


@pytest.mark.parametrize("signature", [b"", bytes(65), b"\x01" * 64, b"\xff" * 65])
def test_what_is_no_signature_is_no_consent(district, spinner, signature):
    consent = district.consent(spinner.id, SECOND, Scope.STATUS)
    with refused("ConsentInvalid", account=SECOND.address):
        district.registrar.add_account(replace(consent, signature=signature))


def test_a_signature_with_a_high_s_is_no_consent(district, spinner):
    order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
    consent = district.consent(spinner.id, SECOND, Scope.STATUS)
    r, s, v = consent.signature[:32], consent.signature[32:64], consent.signature[64]
    high = (order - int.from_bytes(s, "big")).to_bytes(32, "big")
    with refused("ConsentInvalid"):
        district.registrar.add_account(replace(consent, signature=r + high + bytes([27 + 28 - v])))


def test_consent_binds_every_term_of_it(district, spinner):
    other = district.enrol("dyer")
    consent = district.consent(spinner.id, SECOND, Scope.STATUS)
    for changed in (
        replace(consent, participant=other.id),
        replace(consent, scopes=Scope.STATUS | Scope.RECORDS),
        replace(consent, deadline=consent.deadline - 1),
    ):
        with refused("ConsentInvalid"):
            district.registrar.add_account(changed)


def test_consent_to_be_enrolled_by_one_association_is_none_for_another(district):
    district.enrol("branch", Role.ASSOCIATION)
    consent = district.consent(digest("dyer"), signer("dyer"), Scope.RECORDS)
    with refused("ConsentInvalid"):
        district.registrar_of("branch").enrol(Role.PRODUCER, consent)


@pytest.mark.parametrize(
    "changed",
    [
        {"chain_id": 1},
        {"contract": "0x" + "11" * 20},
        {"name": "Filiera StatusRegistry"},
    ],
)
def test_consent_on_another_chain_or_to_another_contract_is_none_here(district, spinner, changed):
    domain: Domain = replace(district.consent_domain, **changed)
    consent = sign_consent(district.consent(spinner.id, SECOND, Scope.STATUS), domain, SECOND)
    with refused("ConsentInvalid"):
        district.registrar.add_account(consent)


def test_consent_holds_to_its_deadline_and_no_longer(district, spinner):
    deadline = district.chain.head().time + 60
    consent = district.consent(spinner.id, SECOND, Scope.STATUS, deadline=deadline)
    third = signer("third account")
    late = district.consent(spinner.id, third, Scope.STATUS, deadline=deadline)
    district.chain.at(deadline)
    district.registrar.add_account(consent)
    district.chain.pass_time(1)
    with refused("ConsentExpired", deadline=deadline):
        district.registrar.add_account(late)


def test_consent_is_used_once(district, spinner):
    wider = Scope.RECORDS | Scope.STATUS | Scope.ANCHOR
    consent = district.consent(spinner.id, spinner.signer, wider)
    district.registrar.widen_scopes(consent)
    district.registrar.set_scopes(spinner.address, Scope.RECORDS)
    with refused("InvalidAccountNonce", account=spinner.address, currentNonce=2):
        district.registrar.widen_scopes(consent)


def test_consent_for_a_later_turn_does_not_do_now(district, spinner):
    consent = district.consent(spinner.id, SECOND, Scope.STATUS, nonce=1)
    with refused("InvalidAccountNonce", account=SECOND.address, currentNonce=0):
        district.registrar.add_account(consent)


# Scopes in time


def test_an_account_can_be_added_for_later(district, spinner):
    opening = district.chain.head().time + DAY
    consent = district.consent(spinner.id, SECOND, Scope.STATUS)
    district.registrar.add_account(consent, effective=opening)
    with refused("AccountNotOpen", account=SECOND.address):
        entitled(district, SECOND.address, Scope.STATUS)
    district.chain.pass_time(2 * DAY)
    assert entitled(district, SECOND.address, Scope.STATUS) == spinner.id


def test_no_scope_or_role_takes_effect_before_its_block(district, spinner):
    past = district.chain.head().time - 1
    consent = district.consent(spinner.id, SECOND, Scope.STATUS)
    for attempt in (
        lambda: district.registrar.set_scopes(spinner.address, 0, effective=past),
        lambda: district.registrar.set_roles(spinner.id, 0, effective=past),
        lambda: district.registrar.set_profile(spinner.id, digest("p"), effective=past),
        lambda: district.registrar.add_account(consent, effective=past),
        lambda: district.keeper_of("spinner").close(spinner.address, effective=past),
    ):
        with refused("EffectiveInPast", effective=past):
            attempt()


def test_scopes_are_narrowed_without_the_account(district, spinner):
    mined = district.send("association", REGISTRY, "setScopes", spinner.address, Scope.RECORDS, 0)
    said = {"scopes": Scope.RECORDS, "effective": mined.block.time}
    owner = {"participant": spinner.id, "account": spinner.address}
    assert events(mined) == [("ScopesSet", {**owner, **said})]
    with refused("ScopeMissing", account=spinner.address, scope=Scope.STATUS.value):
        entitled(district, spinner.address, Scope.STATUS)


def test_scopes_are_not_widened_without_the_account(district, spinner):
    for scopes in (Scope.ANCHOR, Scope.RECORDS | Scope.ANCHOR, 7, 8):
        with refused("ConsentNeeded", account=spinner.address):
            district.registrar.set_scopes(spinner.address, int(scopes))


def test_what_was_narrowed_needs_a_new_consent_to_be_widened_again(district, spinner):
    district.registrar.set_scopes(spinner.address, Scope.RECORDS)
    with refused("ConsentNeeded"):
        district.registrar.set_scopes(spinner.address, Scope.RECORDS | Scope.STATUS)
    both = Scope.RECORDS | Scope.STATUS
    consent = district.consent(spinner.id, spinner.signer, both)
    district.registrar.widen_scopes(consent)
    assert [scopes for _, scopes in scopes_of(district, spinner.address)] == [both, 1, both]


def test_what_is_scheduled_does_not_hold_before(district, spinner):
    later = district.chain.head().time + DAY
    wide = Scope.RECORDS | Scope.STATUS | Scope.ANCHOR
    consent = district.consent(spinner.id, spinner.signer, wide)
    district.registrar.widen_scopes(consent, effective=later)
    with refused("ConsentNeeded"):
        district.registrar.set_scopes(spinner.address, wide)
    district.registrar.set_scopes(spinner.address, wide, effective=later + 1)


def test_a_later_entry_cancels_what_was_scheduled(district, spinner):
    closing = district.chain.head().time + DAY
    district.registrar.set_scopes(spinner.address, 0, effective=closing)
    keep = district.consent(spinner.id, spinner.signer, Scope.RECORDS)
    district.registrar.widen_scopes(keep)
    district.chain.pass_time(2 * DAY)
    assert entitled(district, spinner.address, Scope.RECORDS) == spinner.id


def test_an_association_does_not_undo_a_scheduled_closing_alone(district, spinner):
    closing = district.chain.head().time + DAY
    district.keeper_of("spinner").close(spinner.address, effective=closing)
    with refused("ConsentNeeded"):
        district.registrar.set_scopes(spinner.address, Scope.RECORDS)


def test_of_several_entries_the_one_recorded_last_rules(district, spinner):
    start = district.chain.head().time
    district.registrar.set_roles(spinner.id, Role.AUDITOR, effective=start + 3 * DAY)
    district.registrar.set_roles(spinner.id, Role.IMPORTER, effective=start + DAY)

    def has(role: Role) -> bool:
        held: bool = district.ask(REGISTRY, "hasRole", spinner.id, role)
        return held

    assert has(Role.PRODUCER)
    district.chain.pass_time(2 * DAY)
    assert has(Role.IMPORTER)
    district.chain.pass_time(2 * DAY)
    assert has(Role.IMPORTER)
    assert not has(Role.AUDITOR)


# Closing, reporting


def test_a_participant_closes_its_own_account(district, spinner):
    mined = district.send("spinner", REGISTRY, "closeAccount", spinner.address, 0)
    ((name, said),) = events(mined)
    assert (name, said["scopes"], said["effective"]) == ("ScopesSet", 0, mined.block.time)
    with refused("AccountNotOpen"):
        entitled(district, spinner.address, Scope.RECORDS)


def test_a_participant_closes_another_account_of_its_own(district, spinner):
    district.registrar.add_account(district.consent(spinner.id, SECOND, Scope.STATUS))
    district.keeper_of("spinner").close(SECOND.address)
    with refused("AccountNotOpen"):
        entitled(district, SECOND.address, Scope.STATUS)


def test_a_participant_closes_and_reports_nobody_elses_account(district, spinner):
    district.enrol("dyer")
    keeper = district.keeper_of("dyer")
    for address in (spinner.address, signer("nobody").address):
        for attempt in (keeper.close, keeper.report):
            with refused("NotOwnAccount", account=address, caller=digest("dyer")):
                attempt(address)


def test_a_closed_account_closes_nothing(district, spinner):
    keeper = district.keeper_of("spinner")
    keeper.close(spinner.address)
    with refused("AccountNotOpen"):
        keeper.close(spinner.address)


def test_closing_voids_a_consent_that_was_not_used(district, spinner):
    consent = district.consent(spinner.id, spinner.signer, Scope.ANCHOR)
    district.keeper_of("spinner").close(spinner.address)
    with refused("InvalidAccountNonce"):
        district.registrar.widen_scopes(consent)


def test_a_closed_account_opens_again_with_a_new_consent(district, spinner):
    district.keeper_of("spinner").close(spinner.address)
    consent = district.consent(spinner.id, spinner.signer, Scope.RECORDS)
    district.registrar.widen_scopes(consent)
    assert entitled(district, spinner.address, Scope.RECORDS) == spinner.id


def test_a_report_closes_at_once_and_says_so_and_voids_nothing(district, spinner):
    district.registrar.add_account(district.consent(spinner.id, SECOND, Scope.STATUS))
    mined = district.send("spinner", REGISTRY, "reportAccount", SECOND.address)
    closed, reported = events(mined)
    assert closed[1]["scopes"] == 0
    owner = {"participant": spinner.id, "account": SECOND.address}
    assert reported == ("AccountReported", {**owner, "reporter": spinner.address})
    _, _, compromises = district.ask(REGISTRY, "accountOf", SECOND.address)
    assert compromises == ()


def test_an_account_may_report_itself(district, spinner):
    district.keeper_of("spinner").report(spinner.address)
    with refused("AccountNotOpen"):
        entitled(district, spinner.address, Scope.RECORDS)


# Compromised


def test_a_compromised_account_is_closed_for_good(district, spinner):
    since = district.chain.head().time - DAY
    consent = district.consent(spinner.id, spinner.signer, Scope.RECORDS)
    mined = district.send("association", REGISTRY, "setCompromised", spinner.address, since)
    owner = {"participant": spinner.id, "account": spinner.address}
    closed, compromised = events(mined)
    assert closed[1]["scopes"] == 0
    assert compromised == ("AccountCompromised", {**owner, "since": since})
    with refused("AccountNotOpen"):
        entitled(district, spinner.address, Scope.RECORDS)
    with refused("CompromisedAccount", account=spinner.address):
        district.registrar.widen_scopes(consent)
    with refused("ConsentNeeded"):
        district.registrar.set_scopes(spinner.address, Scope.RECORDS)


def test_compromised_since_only_moves_earlier_and_every_word_is_kept(district, spinner):
    now = district.chain.head().time
    district.registrar.set_compromised(spinner.address, now - DAY)
    district.registrar.set_compromised(spinner.address, now - 3 * DAY)
    for since in (now - 3 * DAY, now - 2 * DAY, now):
        with refused("CompromisedSinceInvalid", since=since):
            district.registrar.set_compromised(spinner.address, since)
    _, scopes, compromises = district.ask(REGISTRY, "accountOf", spinner.address)
    assert [entry[0] for entry in compromises] == [now - DAY, now - 3 * DAY]
    assert {entry[2] for entry in compromises} == {district.association.address}
    assert len(scopes) == 2


def test_nothing_is_compromised_from_a_future_day_on(district, spinner):
    future = district.chain.head().time + DAY
    with refused("CompromisedSinceInvalid", since=future):
        district.registrar.set_compromised(spinner.address, future)


def test_a_compromised_associations_account_enrols_no_more(district):
    district.enrol("branch", Role.ASSOCIATION)
    district.registrar.set_compromised(signer("branch").address, 1)
    with refused("AccountNotOpen"):
        district.enrol("dyer", by="branch")

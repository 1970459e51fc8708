# SPDX-License-Identifier: Apache-2.0
"""Who enrols whom, and who may change what was enrolled (ParticipantRegistry)."""

from dataclasses import replace

import pytest

from filiera.proof.facts import Role, Scope
from tests.support.chain import District, digest, events, refused, signer

pytestmark = pytest.mark.stack
REGISTRY = "ParticipantRegistry"


def roles_of(district: District, name: str) -> list[int]:
    _, _, roles = district.ask(REGISTRY, "participantOf", digest(name))
    return [value for _, _, value, _ in roles]


def test_the_constructor_enrols_the_founding_association_with_the_deployers_account(district):
    association = district.association
    assert district.ask(REGISTRY, "founder") == association.id
    enroller, profiles, roles = district.ask(REGISTRY, "participantOf", association.id)
    assert enroller == association.id
    assert [entry[3] for entry in profiles] == [association.id]
    assert [entry[2] for entry in roles] == [Role.ASSOCIATION]
    participant, scopes, compromises = district.ask(REGISTRY, "accountOf", association.address)
    assert participant == association.id
    assert [entry[2] for entry in scopes] == [Scope.RECORDS | Scope.STATUS]
    assert compromises == ()


def test_every_registry_knows_its_network(district):
    for registry in district.deployment.contracts:
        assert district.ask(registry, "chainId") == 952952
        genesis = district.chain.rpc.call("eth_getBlockByNumber", "0x0", False)["hash"]
        assert "0x" + district.ask(registry, "genesisHash").hex() == genesis
        if registry != REGISTRY:
            participants = district.ask(registry, "participants")
            assert participants == district.deployment.address(REGISTRY)


def test_an_association_enrols_a_participant_with_its_first_account(district):
    spinner = digest("spinner")
    consent = district.consent(spinner, signer("spinner"), Scope.RECORDS)
    mined = district.send(
        "association",
        REGISTRY,
        "enrol",
        spinner,
        Role.PRODUCER,
        consent.account,
        Scope.RECORDS,
        (consent.nonce, consent.deadline, consent.signature),
    )
    enrolled, profile, roles, added, scopes = events(mined)
    now = mined.block.time
    assert enrolled == (
        "ParticipantEnrolled",
        {"participant": spinner, "enroller": district.association.id},
    )
    assert profile == (
        "ProfileSet",
        {"participant": spinner, "profile": spinner, "effective": now},
    )
    assert roles == (
        "RolesSet",
        {"participant": spinner, "roles": Role.PRODUCER, "effective": now},
    )
    account = {"participant": spinner, "account": consent.account}
    assert added == ("AccountAdded", account)
    assert scopes == ("ScopesSet", {**account, "scopes": Scope.RECORDS, "effective": now})


def test_every_entry_says_which_account_recorded_it(district):
    spinner = district.enrol("spinner")
    _, profiles, roles = district.ask(REGISTRY, "participantOf", spinner.id)
    _, scopes, _ = district.ask(REGISTRY, "accountOf", spinner.address)
    recorders = {profiles[0][2], roles[0][3], scopes[0][3]}
    assert recorders == {district.association.address}


def test_a_stranger_enrols_nobody(district):
    district.firms["stranger"] = replace(district.association, signer=signer("stranger"))
    with refused("AccountUnknown", account=signer("stranger").address):
        district.enrol("spinner", by="stranger")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ASSOCIATION])
def test_no_other_role_than_association_enrols(district, role):
    firm = district.enrol("firm", role)
    with refused("RoleMissing", participant=firm.id, role=Role.ASSOCIATION.value):
        district.enrol("spinner", by="firm")


@pytest.mark.parametrize("scope", [Scope.STATUS, Scope.ANCHOR])
def test_an_associations_account_without_scope_records_does_not_act_for_it(district, scope):
    district.enrol("branch", Role.ASSOCIATION, scope)
    with refused("ScopeMissing", account=signer("branch").address, scope=Scope.RECORDS.value):
        district.enrol("spinner", by="branch")


def test_an_association_that_another_enrolled_enrols_too(district):
    district.enrol("branch", Role.ASSOCIATION)
    spinner = district.enrol("spinner", by="branch")
    enroller, _, _ = district.ask(REGISTRY, "participantOf", spinner.id)
    assert enroller == digest("branch")


def test_an_association_whose_role_ended_enrols_no_more(district):
    district.enrol("branch", Role.ASSOCIATION)
    district.registrar.set_roles(digest("branch"), 0)
    with refused("RoleMissing"):
        district.enrol("spinner", by="branch")


def test_a_participant_is_enrolled_once(district):
    spinner = district.enrol("spinner")
    consent = district.consent(spinner.id, signer("another"), Scope.RECORDS)
    with refused("ParticipantEnrolledAlready", participant=spinner.id):
        district.registrar.enrol(Role.PRODUCER, consent)


def test_nobody_has_the_id_zero(district):
    consent = district.consent(bytes(32), signer("nobody"), Scope.RECORDS)
    with refused("ParticipantIdZero"):
        district.registrar.enrol(Role.PRODUCER, consent)


def test_an_account_belongs_to_one_participant_for_ever(district):
    spinner = district.enrol("spinner")
    district.registrar.set_scopes(spinner.address, 0)
    consent = district.consent(digest("dyer"), spinner.signer, Scope.RECORDS)
    with refused("AccountTaken", account=spinner.address, participant=spinner.id):
        district.registrar.enrol(Role.PRODUCER, consent)
    other = district.enrol("knitter")
    consent = district.consent(other.id, spinner.signer, Scope.RECORDS)
    with refused("AccountTaken"):
        district.registrar.add_account(consent)


def test_the_enroller_grants_and_ends_roles(district):
    spinner = district.enrol("spinner")
    mined = district.send("association", REGISTRY, "setRoles", spinner.id, Role.AUDITOR, 0)
    said = {"participant": spinner.id, "roles": Role.AUDITOR, "effective": mined.block.time}
    assert events(mined) == [("RolesSet", said)]
    district.registrar.set_roles(spinner.id, 0)
    assert roles_of(district, "spinner") == [Role.PRODUCER, Role.AUDITOR, 0]
    assert district.ask(REGISTRY, "hasRole", spinner.id, Role.PRODUCER) is False


def test_the_enroller_names_a_newer_identity_record(district):
    spinner = district.enrol("spinner")
    newer = digest("spinner's second identity record")
    mined = district.send("association", REGISTRY, "setProfile", spinner.id, newer, 0)
    said = {"participant": spinner.id, "profile": newer, "effective": mined.block.time}
    assert events(mined) == [("ProfileSet", said)]
    _, profiles, _ = district.ask(REGISTRY, "participantOf", spinner.id)
    assert [entry[3] for entry in profiles] == [spinner.id, newer]


def test_only_the_enroller_changes_what_it_enrolled(district):
    spinner = district.enrol("spinner")
    branch = district.enrol("branch", Role.ASSOCIATION)
    other = district.registrar_of("branch")
    consent = district.consent(spinner.id, signer("second"), Scope.RECORDS)
    wider = district.consent(spinner.id, spinner.signer, Scope.RECORDS | Scope.ANCHOR)
    attempts = (
        lambda: other.set_roles(spinner.id, Role.AUDITOR),
        lambda: other.set_profile(spinner.id, digest("profile")),
        lambda: other.set_scopes(spinner.address, 0),
        lambda: other.set_compromised(spinner.address, 1),
        lambda: other.add_account(consent),
        lambda: other.widen_scopes(wider),
    )
    for attempt in attempts:
        with refused("NotEnroller", participant=spinner.id, caller=branch.id):
            attempt()


def test_a_participant_grants_itself_nothing(district):
    spinner = district.enrol("spinner")
    own = district.registrar_of("spinner")
    consent = district.consent(spinner.id, signer("second"), Scope.RECORDS)
    wider = district.consent(spinner.id, spinner.signer, Scope.RECORDS | Scope.ANCHOR)
    attempts = (
        lambda: own.set_roles(spinner.id, Role.AUDITOR),
        lambda: own.set_profile(spinner.id, digest("profile")),
        lambda: own.set_scopes(spinner.address, 0),
        lambda: own.set_compromised(spinner.address, 1),
        lambda: own.add_account(consent),
        lambda: own.widen_scopes(wider),
        lambda: own.accredit(spinner.id, digest("scheme")),
    )
    for attempt in attempts:
        with refused("RoleMissing", participant=spinner.id):
            attempt()


def test_who_is_not_enrolled_is_given_nothing(district):
    unknown = digest("unknown")
    consent = district.consent(unknown, signer("unknown"), Scope.RECORDS)
    for attempt in (
        lambda: district.registrar.set_roles(unknown, Role.AUDITOR),
        lambda: district.registrar.set_profile(unknown, digest("profile")),
        lambda: district.registrar.add_account(consent),
        lambda: district.registrar.accredit(unknown, digest("scheme")),
    ):
        with refused("ParticipantUnknown", participant=unknown):
            attempt()
    for attempt in (
        lambda: district.registrar.set_scopes(signer("unknown").address, 0),
        lambda: district.registrar.widen_scopes(consent),
        lambda: district.registrar.set_compromised(signer("unknown").address, 1),
    ):
        with refused("AccountUnknown", account=signer("unknown").address):
            attempt()


@pytest.mark.parametrize("granted", [True, False])
def test_any_association_accredits_any_certifier_also_for_the_past(district, granted):
    certifier = district.enrol("certifier", Role.CERTIFIER)
    branch = district.enrol("branch", Role.ASSOCIATION)
    scheme = digest("scheme")
    past = district.chain.head().time - 400 * 86_400
    mined = district.send("branch", REGISTRY, "accredit", certifier.id, scheme, granted, past)
    district.registrar.accredit(certifier.id, scheme)
    said = {
        "certifier": certifier.id,
        "scheme": scheme,
        "association": branch.id,
        "granted": granted,
        "effective": past,
    }
    assert events(mined) == [("AccreditationSet", said)]
    first, second = district.ask(REGISTRY, "accreditationsOf", certifier.id, scheme)
    assert first == (past, mined.block.time, granted, branch.address, branch.id)
    assert second[0] == second[1] == district.chain.head().time
    assert second[2:] == (True, district.association.address, district.association.id)

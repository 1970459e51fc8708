# SPDX-License-Identifier: Apache-2.0
"""The registrar's and the account keeper's ports over the chain."""

import pytest

from filiera.adapters.ledger.registrar import Web3AccountKeeper, Web3Registrar
from filiera.adapters.ledger.rpc import Rpc
from filiera.errors import ConflictError, RefusedError, UnavailableError
from filiera.ports.registrar import AccountKeeper, Registrar
from filiera.proof.facts import Role, Scope
from tests.support.chain import digest, signer

pytestmark = pytest.mark.stack


def test_a_registrar_knows_whose_it_is(district):
    registrar: Registrar = district.registrar
    assert registrar.association() == district.association.id


def test_a_strangers_registrar_is_nobodys(district):
    registrar = Web3Registrar(district.chain.rpc, district.deployment, signer("stranger"))
    with pytest.raises(RefusedError) as failure:
        registrar.association()
    assert failure.value.code == "account-unknown"
    assert failure.value.where == signer("stranger").address


def test_every_act_returns_the_block_that_it_is_in(district):
    registrar: Registrar = district.registrar
    spinner, second = digest("spinner"), signer("second")
    account = signer("spinner")
    both = Scope.RECORDS | Scope.STATUS
    acts = (
        lambda: registrar.enrol(Role.PRODUCER, district.consent(spinner, account, both)),
        lambda: registrar.add_account(district.consent(spinner, second, both)),
        lambda: registrar.set_scopes(account.address, Scope.RECORDS),
        lambda: registrar.widen_scopes(district.consent(spinner, account, both)),
        lambda: registrar.set_roles(spinner, Role.CERTIFIER),
        lambda: registrar.set_profile(spinner, digest("newer")),
        lambda: registrar.accredit(spinner, digest("scheme")),
        lambda: registrar.set_compromised(account.address, 1),
    )
    for act in acts:
        before = district.chain.head().number
        assert act() == district.chain.head()
        assert district.chain.head().number == before + 1


def test_a_keeper_closes_and_reports(district):
    spinner = district.enrol("spinner")
    second = signer("second")
    district.registrar.add_account(district.consent(spinner.id, second, Scope.RECORDS))
    keeper: AccountKeeper = Web3AccountKeeper(
        district.chain.rpc, district.deployment, spinner.signer
    )
    assert keeper.report(second.address) == district.chain.head()
    assert keeper.close(spinner.address) == district.chain.head()
    with pytest.raises(ConflictError, match="AccountNotOpen"):
        keeper.close(spinner.address)


def test_a_consents_nonce_grows_when_it_is_used(district):
    assert district.registrar.consent_nonce(signer("spinner").address) == 0
    spinner = district.enrol("spinner")
    assert district.registrar.consent_nonce(spinner.address) == 1


def test_an_account_that_has_no_funds_transacts(district):
    spinner = district.enrol("spinner")
    assert district.chain.rpc.call("eth_getBalance", spinner.address, "latest") == "0x0"
    district.keeper_of("spinner").close(spinner.address)


def test_a_chain_that_is_down_is_said_to_be(district, nowhere):
    registrar = Web3Registrar(Rpc(nowhere), district.deployment, district.association.signer)
    for attempt in (
        registrar.association,
        lambda: registrar.consent_nonce(signer("spinner").address),
        lambda: registrar.set_roles(digest("spinner"), 0),
    ):
        with pytest.raises(UnavailableError):
            attempt()

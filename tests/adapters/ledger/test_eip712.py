# SPDX-License-Identifier: Apache-2.0
"""What accounts sign is what EIP-712 says: eth-account's general encoder agrees."""

from dataclasses import replace

from eth_account.messages import encode_typed_data
from eth_hash.auto import keccak
from eth_keys.datatypes import Signature
from hypothesis import given
from hypothesis import strategies as st

from filiera.adapters.ledger.eip712 import (
    CONSENT_TYPE,
    INSTRUCTION_TYPE,
    Domain,
    consent_digest,
    ethereum_signature,
    instruction_digest,
    participant_domain,
    sign_consent,
    sign_instruction,
    status_domain,
)
from filiera.ports.ledger import StatusInstruction
from filiera.ports.registrar import AccountConsent
from tests.support.chain import signer

ADDRESSES = st.binary(min_size=20, max_size=20).map(lambda data: "0x" + data.hex())
IDS = st.binary(min_size=32, max_size=32)
DOMAINS = st.builds(Domain, st.text(max_size=40), st.integers(1, 2**64), ADDRESSES)
NUMBERS = st.integers(0, 2**256 - 1)
CONSENTS = st.builds(
    AccountConsent, IDS, IDS, ADDRESSES, st.integers(0, 2**16 - 1), NUMBERS, NUMBERS
)
INSTRUCTIONS = st.builds(
    StatusInstruction,
    IDS,
    IDS,
    st.integers(0, 255),
    st.integers(0, 255),
    st.integers(0, 2**40 - 1),
    IDS,
    ADDRESSES,
    NUMBERS,
    NUMBERS,
    st.just(b""),
)


def expected_digest(type_: str, message: object, domain: Domain) -> bytes:
    name, _, members = type_.rstrip(")").partition("(")
    fields = [dict(zip(("type", "name"), each.split(), strict=True)) for each in members.split(",")]
    signable = encode_typed_data(
        domain_data={
            "name": domain.name,
            "version": "1",
            "chainId": domain.chain_id,
            "verifyingContract": domain.contract,
        },
        message_types={name: fields},
        message_data={each["name"]: getattr(message, each["name"]) for each in fields},
    )
    return keccak(b"\x19" + signable.version + signable.header + signable.body)


@given(CONSENTS, DOMAINS)
def test_a_consents_digest_is_that_of_eip_712(consent, domain):
    assert consent_digest(consent, domain) == expected_digest(CONSENT_TYPE, consent, domain)


@given(INSTRUCTIONS, DOMAINS)
def test_an_instructions_digest_is_that_of_eip_712(instruction, domain):
    expected = expected_digest(INSTRUCTION_TYPE, instruction, domain)
    assert instruction_digest(instruction, domain) == expected


def test_a_signature_is_the_accounts_as_contracts_take_it():
    account = signer("spinner")
    domain = participant_domain(952952, "0x" + "11" * 20)
    consent = AccountConsent(bytes(32), bytes(32), account.address, 1, 0, 9)
    signed = sign_consent(consent, domain, account)
    assert replace(signed, signature=b"") == consent
    assert signed.signature[64] in (27, 28)
    recovered = Signature(
        signed.signature[:64] + bytes([signed.signature[64] - 27])
    ).recover_public_key_from_msg_hash(consent_digest(consent, domain))
    assert recovered.to_address() == account.address


def test_an_instructions_signature_is_the_accounts():
    account = signer("spinner")
    domain = status_domain(952952, "0x" + "11" * 20)
    instruction = StatusInstruction(
        bytes(32), bytes(32), 3, 0, 0, bytes(32), account.address, 0, 9, b""
    )
    signed = sign_instruction(instruction, domain, account)
    recovered = Signature(
        signed.signature[:64] + bytes([signed.signature[64] - 27])
    ).recover_public_key_from_msg_hash(instruction_digest(instruction, domain))
    assert recovered.to_address() == account.address


def test_both_spellings_of_v_are_taken_and_nothing_else_is_touched():
    rs = bytes(64)
    for given_v, v in ((0, 27), (1, 28), (27, 27), (28, 28)):
        assert ethereum_signature(rs + bytes([given_v])) == rs + bytes([v])
    assert ethereum_signature(b"short") == b"short"

# SPDX-License-Identifier: Apache-2.0
"""What accounts sign for the contracts: typed data of EIP-712.

Two messages, each for one contract: an account's consent to sign for a participant
(ParticipantRegistry) and an instruction to change a record's standing (StatusRegistry).
Every member is of one 32-byte word, so hashing them needs no general encoder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from eth_hash.auto import keccak

from filiera.ports.ledger import StatusInstruction
from filiera.ports.registrar import AccountConsent
from filiera.ports.signer import Signer

CONSENT_TYPE: Final = (
    "AccountConsent(bytes32 participant,bytes32 enroller,address account,"
    "uint16 scopes,uint256 nonce,uint256 deadline)"
)
INSTRUCTION_TYPE: Final = (
    "StatusInstruction(bytes32 participant,bytes32 record,uint8 kind,uint8 reason,"
    "uint40 effective,bytes32 successor,address account,uint256 nonce,uint256 deadline)"
)
_DOMAIN_TYPE: Final = (
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)
_VERSION: Final = "1"


@dataclass(frozen=True, slots=True)
class Domain:
    """The contract that a message is for, on the chain that it is on (EIP-712, domain)."""

    name: str
    chain_id: int
    contract: str

    def separator(self) -> bytes:
        """EIP-712's domainSeparator."""
        return keccak(
            keccak(_DOMAIN_TYPE.encode())
            + keccak(self.name.encode())
            + keccak(_VERSION.encode())
            + _word(self.chain_id)
            + _address(self.contract)
        )


def participant_domain(chain_id: int, registry: str) -> Domain:
    """The domain of consents: `registry` is the ParticipantRegistry's address."""
    return Domain("Filiera ParticipantRegistry", chain_id, registry)


def status_domain(chain_id: int, registry: str) -> Domain:
    """The domain of status instructions: `registry` is the StatusRegistry's address."""
    return Domain("Filiera StatusRegistry", chain_id, registry)


def consent_digest(consent: AccountConsent, domain: Domain) -> bytes:
    """The 32 bytes that the account signs to be given to a participant."""
    return _digest(
        domain,
        CONSENT_TYPE,
        consent.participant,
        consent.enroller,
        _address(consent.account),
        _word(consent.scopes),
        _word(consent.nonce),
        _word(consent.deadline),
    )


def sign_consent(consent: AccountConsent, domain: Domain, signer: Signer) -> AccountConsent:
    """The consent with its account's signature; `signer` must be that account."""
    return replace(consent, signature=_sign(consent_digest(consent, domain), signer))


def instruction_digest(instruction: StatusInstruction, domain: Domain) -> bytes:
    """The 32 bytes that the account signs to change a record's standing."""
    return _digest(
        domain,
        INSTRUCTION_TYPE,
        instruction.participant,
        instruction.record,
        _word(instruction.kind),
        _word(instruction.reason),
        _word(instruction.effective),
        instruction.successor,
        _address(instruction.account),
        _word(instruction.nonce),
        _word(instruction.deadline),
    )


def sign_instruction(
    instruction: StatusInstruction, domain: Domain, signer: Signer
) -> StatusInstruction:
    """The instruction with its account's signature; `signer` must be that account."""
    return replace(instruction, signature=_sign(instruction_digest(instruction, domain), signer))


def ethereum_signature(signature: bytes) -> bytes:
    """r || s || v with v 27 or 28, as contracts take it; v 0 or 1 is accepted too."""
    if len(signature) == 65 and signature[64] < 27:
        return signature[:64] + bytes([signature[64] + 27])
    return signature


def _sign(digest: bytes, signer: Signer) -> bytes:
    return ethereum_signature(signer.sign_digest(digest))


def _digest(domain: Domain, message_type: str, *words: bytes) -> bytes:
    message = keccak(keccak(message_type.encode()) + b"".join(words))
    return keccak(b"\x19\x01" + domain.separator() + message)


def _word(number: int) -> bytes:
    return number.to_bytes(32, "big")


def _address(address: str) -> bytes:
    return bytes.fromhex(address[2:]).rjust(32, b"\0")

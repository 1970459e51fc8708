# SPDX-License-Identifier: Apache-2.0
"""The errors of Filiera: one tree, each error with a permanent code.

    FilieraError
     +- InputError         what arrived is malformed or against a rule of its format
     +- RefusedError       well formed, but the signer may not say it
     +- NotFoundError      nothing of that name is known here
     +- ConflictError      it contradicts what is already stored or running
     +- IntegrityError     a stored copy is not what its digest says
     +- UnavailableError   a part (chain, ipfs, store, ...) did not answer: nothing was decided
     +- SetupError         this machine lacks something, or the wrong thing is configured

A code never changes its meaning and is never used for a second one. `CODES` is the
only list of them; docs/errors.md is checked against it.
"""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    # Encodings (docs/proof.md 1)
    "json-malformed": "The text is not one JSON value.",
    "json-not-i-json": "The JSON breaks RFC 7493: a duplicate name, a byte-order mark, "
    "a lone surrogate or noncharacter, NaN, an infinity or an integer beyond 2^53-1.",
    "json-too-deep": "The JSON is nested more deeply than 64 levels.",
    "base64url-malformed": "Not unpadded base64url in its one canonical spelling.",
    "hex-malformed": "Not lower-case hexadecimal with 0x and the expected length.",
    "number-malformed": "Not a decimal number of at most 15 significant digits, or out of range.",
    "instant-malformed": "Not an RFC 3339 date-time with an offset.",
    "date-malformed": "Not a calendar day YYYY-MM-DD.",
    "date-in-future": "The claimed day or instant lies in the future.",
    "ni-malformed": "Not a name of the form ni:///sha-256;<base64url of 32 bytes>.",
    # Records (docs/records.md)
    "jws-malformed": "Not a compact JWS of three non-empty base64url parts with a 64-byte "
    "signature.",
    "jws-header": "The JWS protected header has not exactly the members and values required.",
    "jws-algorithm": "The JWS algorithm is not ES256K.",
    "jws-key": "The JWS key is not a point of secp256k1 in its canonical form.",
    "jws-kid": "The JWS kid, its key and the record's issuer.id do not name the same account.",
    "jws-chain": "The JWS names an account of another chain.",
    "signature-invalid": "The signature does not verify under the key in the header.",
    "signature-high-s": "The signature's s is in the upper half of the order.",
    "record-type": "The record's type is not one that Filiera knows.",
    "record-schema": "The record lacks, or has malformed, a member that its type requires.",
    "record-member-refused": "The record has a member that Filiera refuses.",
    "link-digest-mismatch": "A link's linkURL and digestMultibase do not name the same digest.",
    "gs1-check-digit": "A GS1 key's check digit is wrong.",
    "gs1-compressed": "A compressed GS1 Digital Link that cannot be read.",
    "gs1-malformed": "Not a well-formed GS1 identifier.",
    "record-too-large": "The record is larger than the limit.",
    "epcis-not-json": "EPCIS in XML: only the JSON form of EPCIS 2.0 is read.",
    "epcis-malformed": "Not EPCIS 2.0, or one of its events lacks or has malformed a member.",
    "epcis-too-large": "An EPCIS import has more bytes, files or events than the limit.",
    # Entitlement
    "account-unknown": "The registry gives the signing account to no participant.",
    "account-closed": "The signing account is closed.",
    "account-not-yet-valid": "The signing account is not yet valid.",
    "account-compromised": "The signing account was reported compromised from before that time.",
    "scope-missing": "The signing account has not the scope that this needs.",
    "role-missing": "The participant has not the role that this kind of record needs.",
    # Documents
    "document-not-named": "No submitted record names the hash of this file.",
    "document-hash-mismatch": "The file is not the one that its hash names.",
    "document-empty": "The file is empty.",
    "document-too-large": "The file is larger than the limit.",
    "batch-too-large": "The batch names more documents than one manifest holds.",
    "body-too-large": "The request is larger than the limit.",
    # Finding things
    "record-not-found": "No record of that id is stored here.",
    "document-not-found": "No document of that hash is stored here.",
    "product-not-found": "No record stored here speaks of that product.",
    "participant-not-found": "The registry knows no participant of that id.",
    "passport-not-found": "No own record (passport) of that product is stored here.",
    "gs1-key-not-served": "Nothing is kept here of what that GS1 key identifies.",
    "gln-not-found": "No record stored here speaks of that place or party.",
    "link-type-not-found": "No link of that type is known here.",
    "search-unclear": "What was typed names neither a product nor a record.",
    # Chain and stores
    "chain-unreachable": "The chain node did not answer.",
    "chain-mismatch": "The chain is not the one that this database belongs to.",
    "chain-refused": "A contract refused the transaction.",
    "ipfs-unreachable": "The IPFS node did not answer.",
    "store-unreachable": "The database did not answer.",
    "record-corrupt": "The stored copies of a record do not have the hash that is its id.",
    "batch-conflict": "A record of the batch is already in another batch.",
    "batch-not-found": "No batch of that number is stored here.",
    "receipt-conflict": "The receipt is of another batch, or another than the one noted.",
    "store-version": "The database was written by another version of Filiera.",
    "cycle": "The steps form a cycle: a lot would be made out of itself.",
    # Proofs (docs/proof.md)
    "rlp-malformed": "Not canonical RLP.",
    "header-malformed": "Not the RLP of a block header.",
    "node-malformed": "Not a node of a Merkle-Patricia trie, or not a value that one holds.",
    "trust-malformed": "Not a trust file, or one of its members is malformed.",
    "trust-version": "The trust file is of a version that this Filiera does not know.",
    "bundle-malformed": "Not a bundle, or not in the one spelling that a bundle has.",
    "bundle-version": "The bundle is of a version that this Filiera does not know.",
    "bundle-too-large": "The bundle has more bytes, records, headers or nodes than the limit.",
    # Requests to the API
    "request-invalid": "The request lacks, or has malformed, a parameter or member.",
    "media-type": "The body is of a type that this address does not take.",
    "not-found": "There is nothing at this address.",
    "method-not-allowed": "This address does not take this method.",
    "operator-only": "Only the operator may do this, from the machine itself.",
    "block-not-found": "The chain has no block of that number.",
    "status-expired": "The deadline of the status instruction has passed.",
    "status-nonce": "The status instruction has not the account's next nonce.",
    "status-foreign": "The status instruction is about another participant's record.",
    "internal": "Something went wrong inside Filiera; its log says more.",
    # Setting up and using
    "setting-invalid": "A setting has a value that it cannot have.",
    "tool-missing": "A program that this needs is not there.",
    "port-taken": "The chosen port is in use.",
    "network-missing": "The machine has no such address, or none in a local network.",
    "key-malformed": "Not a key file, or not a key's name.",
    "key-not-found": "No key of that name is in the folder.",
    "key-exists": "A key of that name is already in the folder.",
    "key-password": "The password does not open the key.",
    "tool-version": "A program is there, but not in a version that serves.",
    "tool-build": "A program could not be built or installed.",
    "already-running": "Another Filiera runs on this state folder.",
    "usage": "The command was called in a way it does not understand.",
    "cancelled": "The person was asked and said no: nothing was signed or sent.",
    "file-unreadable": "A file cannot be read or written.",
    "criterion-unknown": "Not one of Filiera's criteria.",
    "reason-unknown": "Not a reason of a change of standing.",
    "consent-mismatch": "A consent, its account and its identity record do not fit together.",
    "passport-malformed": "Not a passport file.",
    "api-unreachable": "The Filiera server did not answer.",
    "api-answer": "The server's answer is not of the form that was expected.",
}


class FilieraError(Exception):
    """What went wrong, where, and what to do about it.

    `code` is permanent; `message` is one sentence for a person; `where` is a field
    path, line, file or record id; `hint` says what to do.
    """

    def __init__(
        self, code: str, message: str, *, where: str | None = None, hint: str | None = None
    ) -> None:
        if code not in CODES:
            raise LookupError(f"error code {code!r} is not in CODES")
        super().__init__(message)
        self.code = code
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f" (at {self.where})" if self.where else ""
        advice = f" {self.hint}" if self.hint else ""
        return f"{self.message}{place}{advice}"


class InputError(FilieraError):
    """Raised when what arrived is malformed or against a rule of its format."""


class RefusedError(FilieraError):
    """Raised when a well-formed statement comes from one who may not make it."""


class NotFoundError(FilieraError):
    """Raised when nothing of that name is known here."""


class ConflictError(FilieraError):
    """Raised when something contradicts what is already stored or running."""


class IntegrityError(FilieraError):
    """Raised when a stored copy is not what its digest says."""


class UnavailableError(FilieraError):
    """Raised when a part did not answer: nothing was decided, a retry is safe.

    `part` is `chain`, `ipfs` or `store`.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        part: str,
        where: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(code, message, where=where, hint=hint)
        self.part = part


class SetupError(FilieraError):
    """Raised when this machine lacks something, or the wrong thing is configured."""

# SPDX-License-Identifier: Apache-2.0
"""Why a check came out as it did: one permanent code each, with its outcome and its words.

A code belongs to one outcome for ever: present and false is disproven, absent or unreadable
is unknown. The words are what people read; `{name}` is filled from a check's
params. docs/checks.md says of each what it shows and what it does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Outcome(StrEnum):
    """The three values of a verdict. UNKNOWN is said as "could not check"."""

    PROVEN = "proven"
    DISPROVEN = "disproven"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """The outcome that a code stands for, and its sentence in English and Italian."""

    outcome: Outcome
    en: str
    it: str


def _proven(en: str, it: str) -> Reason:
    return Reason(Outcome.PROVEN, en, it)


def _disproven(en: str, it: str) -> Reason:
    return Reason(Outcome.DISPROVEN, en, it)


def _unknown(en: str, it: str) -> Reason:
    return Reason(Outcome.UNKNOWN, en, it)


REASONS: Final[dict[str, Reason]] = {
    # integrity
    "record-hash-ok": _proven(
        "The record has the hash that names it.",
        "La registrazione ha l'impronta che la identifica.",
    ),
    "record-hash-mismatch": _disproven(
        "The record is not the one that its hash names: it was altered.",
        "La registrazione non è quella che la sua impronta identifica: è stata alterata.",
    ),
    "record-malformed": _disproven(
        "The record breaks a rule of its format ({error}).",
        "La registrazione viola una regola del suo formato ({error}).",
    ),
    "record-newer": _unknown(
        "The record is of a type that this version does not know.",
        "La registrazione è di un tipo che questa versione non conosce.",
    ),
    "record-missing": _unknown(
        "The record was not presented.", "La registrazione non è stata presentata."
    ),
    "not-reached": _unknown(
        "Not looked at, because the record itself could not be read.",
        "Non esaminato, perché la registrazione stessa non è leggibile.",
    ),
    # signature
    "signature-ok": _proven(
        "The signature is the issuer's own.", "La firma è di chi ha emesso la registrazione."
    ),
    "signature-invalid": _disproven(
        "The signature is not the issuer's.", "La firma non è di chi ha emesso la registrazione."
    ),
    # inclusion, anchor
    "path-ok": _proven(
        "The Merkle path leads from the record to the anchored root.",
        "Il percorso di Merkle conduce dalla registrazione alla radice ancorata.",
    ),
    "path-mismatch": _disproven(
        "The Merkle path does not lead to the root that it claims.",
        "Il percorso di Merkle non conduce alla radice dichiarata.",
    ),
    "path-wrong-length": _disproven(
        "The Merkle path does not fit a tree of {count} records.",
        "Il percorso di Merkle non corrisponde a un albero di {count} registrazioni.",
    ),
    "anchor-ok": _proven("The root is anchored on the chain.", "La radice è ancorata alla catena."),
    "anchor-absent": _disproven(
        "The chain holds no such anchor.", "Sulla catena non c'è questo ancoraggio."
    ),
    "not-anchored-yet": _unknown(
        "The record is not anchored yet.", "La registrazione non è ancora ancorata."
    ),
    "chain-unreachable": _unknown(
        "The chain could not be asked.", "Non è stato possibile interrogare la catena."
    ),
    "fact-missing": _unknown(
        "What the chain says about {what} was not presented.",
        "Non è stato presentato ciò che la catena dice ({what}).",
    ),
    # account
    "account-ok": _proven(
        "The account was entitled to sign records when this one was anchored.",
        "L'account poteva firmare registrazioni quando questa è stata ancorata.",
    ),
    "account-other-chain": _disproven(
        "The account is one of another chain.", "L'account appartiene a un'altra catena."
    ),
    "account-unknown": _disproven(
        "The registry gives this account to no participant.",
        "Il registro non assegna questo account ad alcun partecipante.",
    ),
    "account-not-yet-valid": _disproven(
        "The account was not yet valid at the anchoring.",
        "L'account non era ancora valido al momento dell'ancoraggio.",
    ),
    "account-closed": _disproven(
        "The account was closed before the anchoring.",
        "L'account era stato chiuso prima dell'ancoraggio.",
    ),
    "account-compromised": _disproven(
        "An account that this rests on is reported compromised from before then.",
        "Un account su cui questo si fonda risulta compromesso da prima di allora.",
    ),
    "scope-missing": _disproven(
        "The account was not allowed to sign records.",
        "L'account non era autorizzato a firmare registrazioni.",
    ),
    # role
    "role-ok": _proven(
        "The participant had the role that this kind of record needs ({role}).",
        "Il partecipante aveva il ruolo richiesto da questo tipo di registrazione ({role}).",
    ),
    "role-missing": _disproven(
        "The participant had not the role that this kind of record needs ({role}).",
        "Il partecipante non aveva il ruolo richiesto da questo tipo di registrazione ({role}).",
    ),
    "role-none": _disproven(
        "No participant may state such a record.",
        "Nessun partecipante può emettere una registrazione di questo genere.",
    ),
    # identity
    "identity-ok": _proven(
        "The issuer's identity is stated by the association that enrolled it.",
        "L'identità di chi emette è attestata dall'associazione che l'ha iscritto.",
    ),
    "identity-mismatch": _disproven(
        "The identity record is not the one that the registry holds for this participant.",
        "La registrazione d'identità non è quella che il registro indica per questo partecipante.",
    ),
    "identity-disproven": _disproven(
        "The issuer's identity record is disproven ({reason}).",
        "La registrazione d'identità di chi emette è smentita ({reason}).",
    ),
    "identity-not-founded": _disproven(
        "The identity does not lead to a founding association.",
        "L'identità non risale a un'associazione fondatrice.",
    ),
    "identity-missing": _unknown(
        "The issuer's identity record was not presented.",
        "La registrazione d'identità di chi emette non è stata presentata.",
    ),
    "identity-unknown": _unknown(
        "The issuer's identity record could not be checked ({reason}).",
        "Non è stato possibile verificare la registrazione d'identità di chi emette ({reason}).",
    ),
    # time
    "time-ok": _proven(
        "What it claims does not lie after its anchoring.",
        "Ciò che dichiara non è successivo al suo ancoraggio.",
    ),
    "claimed-after-anchor": _disproven(
        "The claimed instant lies more than 24 hours after the anchoring.",
        "L'istante dichiarato è di oltre 24 ore successivo all'ancoraggio.",
    ),
    # documents
    "document-ok": _proven(
        "The document is the one that the record names.",
        "Il documento è quello indicato dalla registrazione.",
    ),
    "document-hash-mismatch": _disproven(
        "The document is not the one that the record names: it was altered.",
        "Il documento non è quello indicato dalla registrazione: è stato alterato.",
    ),
    "document-missing": _unknown(
        "The document was not presented.", "Il documento non è stato presentato."
    ),
    # relation, standing
    "listed-as-ok": _proven(
        "The record is of the kind that it is listed as.",
        "La registrazione è del genere sotto cui è elencata.",
    ),
    "listed-as-mismatch": _disproven(
        "The record is listed as {relation} but is none.",
        "La registrazione è elencata come {relation}, ma non lo è.",
    ),
    "standing-ok": _proven(
        "Its standing follows from the statuses on the chain.",
        "Il suo stato deriva dagli stati registrati sulla catena.",
    ),
    "superseded-unclear": _unknown(
        "It is superseded by a record that was not presented or does not name it.",
        "È sostituita da una registrazione non presentata o che non la nomina.",
    ),
    # the bundle
    "bundle-ok": _proven(
        "Everything in the bundle was needed, each thing in its place.",
        "Tutto ciò che è nel fascicolo era necessario, ogni cosa al suo posto.",
    ),
    "bundle-surplus": _unknown(
        "The bundle carries something that no check asked for.",
        "Il fascicolo contiene qualcosa che nessuna verifica ha richiesto.",
    ),
    "bundle-order": _unknown(
        "Something in the bundle is not in its place.",
        "Qualcosa nel fascicolo non è al suo posto.",
    ),
    # the passport as a whole
    "chain-ok": _proven(
        "The facts are those of the trusted chain.", "I fatti sono quelli della catena fidata."
    ),
    "chain-mismatch": _disproven(
        "The facts are those of another chain.", "I fatti sono quelli di un'altra catena."
    ),
    "subject-ok": _proven(
        "The product's own record speaks of this product.",
        "La registrazione del prodotto parla di questo prodotto.",
    ),
    "subject-mismatch": _disproven(
        "The product's own record speaks of another product.",
        "La registrazione del prodotto parla di un altro prodotto.",
    ),
    "steps-ok": _proven(
        "The steps lead from inputs to outputs without a circle.",
        "I passaggi vanno dai materiali ai prodotti senza cicli.",
    ),
    "cycle": _disproven(
        "The steps form a circle: a lot would be made out of itself.",
        "I passaggi formano un ciclo: un lotto sarebbe fatto di sé stesso.",
    ),
    "no-steps": _unknown("No step is listed.", "Nessun passaggio è elencato."),
    # the proven block: seal
    "seal-ok": _proven(
        "{signers} of {validators} validators sealed the block.",
        "{signers} validatori su {validators} hanno sigillato il blocco.",
    ),
    "seal-majority-ok": _proven(
        "{signers} of {validators} validators, a majority, sealed the block or built on it.",
        "{signers} validatori su {validators}, la maggioranza, hanno sigillato il blocco "
        "o costruito su di esso.",
    ),
    "seal-operator-ok": _proven(
        "The operator sealed the block: it is one operator's word.",
        "Il gestore ha sigillato il blocco: è la parola di un solo gestore.",
    ),
    "seal-pinned-ok": _proven(
        "The trust file names this very block.", "Il file di fiducia indica proprio questo blocco."
    ),
    "seal-foreign": _disproven(
        "A seal is not one of a trusted validator.", "Un sigillo non è di un validatore fidato."
    ),
    "seal-duplicate": _disproven(
        "One validator's seal is counted twice.", "Il sigillo di un validatore è contato due volte."
    ),
    "header-unlinked": _disproven(
        "The headers do not follow each other.",
        "Le intestazioni dei blocchi non sono consecutive.",
    ),
    "seal-missing": _unknown(
        "The operator's seal was not presented.",
        "Il sigillo del gestore non è stato presentato.",
    ),
    "seal-too-few": _unknown(
        "Only {signers} of {validators} validators sealed the block; {needed} are needed.",
        "Solo {signers} validatori su {validators} hanno sigillato il blocco; "
        "ne occorrono {needed}.",
    ),
    "seal-malformed": _unknown(
        "The header has no seals of the kind that the trust file asks for.",
        "L'intestazione del blocco non ha sigilli del genere richiesto dal file di fiducia.",
    ),
    "seal-mismatch": _unknown(
        "The header names other validators than the trust file.",
        "L'intestazione del blocco indica validatori diversi da quelli del file di fiducia.",
    ),
    "seal-older-set": _unknown(
        "The trust file's validators seal from block {number} on; this one is older.",
        "I validatori del file di fiducia sigillano dal blocco {number}; questo è precedente.",
    ),
    # the proven block: state, age
    "state-ok": _proven(
        "The trusted contracts stand under the block, with the code that is trusted.",
        "I contratti fidati stanno nel blocco, con il codice fidato.",
    ),
    "contract-absent": _disproven(
        "The block holds no contract at the trusted address ({name}).",
        "Nel blocco non c'è alcun contratto all'indirizzo fidato ({name}).",
    ),
    "code-mismatch": _disproven(
        "The contract at the trusted address has other code ({name}).",
        "Il contratto all'indirizzo fidato ha un altro codice ({name}).",
    ),
    "layout-unknown": _unknown(
        "The contract's storage is laid out in a way that this version does not know ({name}).",
        "La memoria del contratto è disposta in un modo che questa versione non conosce ({name}).",
    ),
    "age-ok": _proven("The block is recent enough.", "Il blocco è abbastanza recente."),
    "header-too-old": _unknown(
        "The block is too old to say how things stand today.",
        "Il blocco è troppo vecchio per dire come stanno le cose oggi.",
    ),
    "header-below-minimum": _unknown(
        "The block is older than the first that the trust file allows.",
        "Il blocco precede il primo ammesso dal file di fiducia.",
    ),
    "header-in-future": _unknown("The block lies in the future.", "Il blocco è nel futuro."),
}

PARAMS_IN_ITALIAN: Final = {
    "the account": "l'account",
    "the anchor": "l'ancoraggio",
    "the participant": "il partecipante",
    "its statuses and findings": "i suoi stati e rilievi",
    "those whose word it rests on": "coloro sulla cui parola si regge",
    "producer": "produttore",
    "certifier": "certificatore",
    "association": "associazione",
    "auditor": "revisore",
    "importer": "importatore",
    "own": "registrazione del prodotto",
    "step": "passaggio",
    "claim": "dichiarazione",
    "identity": "identità",
}
"""What params say in words; any other is the name of a thing or a code, and stays."""


def reason_words(code: str, params: Mapping[str, str], language: str) -> str:
    """The answer as a sentence, in "en" or "it"."""
    reason = REASONS[code]
    if language != "it":
        return reason.en.format_map(params)
    return reason.it.format_map({n: PARAMS_IN_ITALIAN.get(v, v) for n, v in params.items()})

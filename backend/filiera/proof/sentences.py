# SPDX-License-Identifier: Apache-2.0
"""The one sentence about a bundle, in English and Italian, the same in every verifier.

It says what was proven, by whom, as of which block, sealed by whom, and what that does not
prove. `SENTENCES` is all that is ever said, put together by `sentence`; the second verifier
takes the table as it is (backend/verifier/make_tables.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, Literal

from filiera.model.ids import ni_uri
from filiera.model.statement import Capacity
from filiera.model.times import format_instant
from filiera.proof.facts import Block
from filiera.proof.reasons import Outcome
from filiera.proof.verdict import Check, RecordVerdict, StandingState, Verdict

Language = Literal["en", "it"]
Say = Callable[..., str]

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "outcome.proven": ("Proven", "Provato"),
    "outcome.disproven": ("Disproven", "Smentito"),
    "outcome.unknown": ("Could not check", "Non verificato"),
    # what, and by whom
    "proven": (
        "Proven: {who} vouches for {product} with {steps} and {claims}, {ground}.",
        "Provato: {who} risponde di {product} con {steps} e {claims}, {ground}.",
    ),
    "proven.imported": (
        (
            "Proven: {who} passes on what others state of {product}, with {steps} and {claims}, "
            "{ground}."
        ),
        (
            "Provato: {who} riporta quanto altri dichiarano di {product}, con {steps} e {claims}, "
            "{ground}."
        ),
    ),
    "disproven": (
        "Disproven: what the bundle says of {product} does not hold. {why}",
        "Smentito: quanto il fascicolo dice di {product} non regge. {why}",
    ),
    "unknown": (
        "Could not check: the bundle does not prove the passport of {product}. {why}",
        "Non verificato: il fascicolo non prova il passaporto di {product}. {why}",
    ),
    "why": ("“{name}”: {why}", "«{name}»: {why}"),
    "why.document": ("{why} ({name})", "{why} ({name})"),
    "so-far": (
        "Proven are {proven} of {of} steps, {ground}.",
        "Sono provati {proven} passaggi su {of}, {ground}.",
    ),
    "no-trust": (
        "Without a trust file nothing of the chain was checked.",
        "Senza un file di fiducia nulla della catena è stato verificato.",
    ),
    "standing.suspended": (
        "Its issuer has suspended this passport since.",
        "Chi ha emesso questo passaporto l'ha poi sospeso.",
    ),
    "standing.revoked": (
        "Its issuer has revoked this passport since.",
        "Chi ha emesso questo passaporto l'ha poi revocato.",
    ),
    "standing.superseded": (
        "Its issuer has put another passport in its place since.",
        "Chi ha emesso questo passaporto l'ha poi sostituito con un altro.",
    ),
    "standing.contested": (
        "An auditor contests this passport, and nobody has resolved that.",
        "Un revisore contesta questo passaporto, e nessuno ha risolto la contestazione.",
    ),
    # as of when, sealed by whom
    "ground": ("as of block {number} of {time}, {seal}", "al blocco {number} del {time}, {seal}"),
    "seal-ok": (
        "sealed by {signers} of {validators} validators",
        "sigillato da {signers} validatori su {validators}",
    ),
    "seal-majority-ok": (
        "sealed by {signers} of {validators} validators, a majority so far",
        "sigillato da {signers} validatori su {validators}, finora la maggioranza",
    ),
    "seal-operator-ok": (
        "on one operator's word alone",
        "sulla sola parola di un gestore",
    ),
    "seal-pinned-ok": (
        "which the trust file itself names",
        "che il file di fiducia stesso indica",
    ),
    "seal": ("whose seal is not proven", "il cui sigillo non è provato"),
    # beside the verdict, and what it is not
    "beside": ("Beside it: {notes}.", "Oltre a ciò: {notes}."),
    "beside.changed": (
        "steps and claims no longer in force or contested: {count}",
        "passaggi e dichiarazioni non più in vigore o contestati: {count}",
    ),
    "beside.gaps": (
        "inputs that no step makes: {count}",
        "materiali che nessun passaggio produce: {count}",
    ),
    "beside.documents": (
        "documents not presented: {count}",
        "documenti non presentati: {count}",
    ),
    "not": (
        (
            "This does not prove that what was said is true, that the garment in your hands is "
            "this one, or anything said since."
        ),
        (
            "Non prova che quanto detto sia vero, che il capo che hai in mano sia questo, né "
            "quanto detto dopo."
        ),
    ),
    # counted things, and products
    "steps.one": ("1 step", "1 passaggio"),
    "steps": ("{count} steps", "{count} passaggi"),
    "claims.one": ("1 claim", "1 dichiarazione"),
    "claims": ("{count} claims", "{count} dichiarazioni"),
    "lot": (" lot {lot}", " lotto {lot}"),
    "serial": (" serial {serial}", " seriale {serial}"),
}
"""Key -> (English, Italian). Keys that are codes of a check say what that code is called here."""

_LAST: Final = 253_402_300_799
"""9999-12-31T23:59:59Z: a block can tell a later time, RFC 3339 cannot."""
# A trade item's Digital Link (AI 01, 10, 21) in which nothing is escaped.
_LINK: Final = re.compile(
    r"https://id\.gs1\.org/01/(?P<gtin>[0-9]{14})"
    r"(?:/10/(?P<lot>[!\"$&-.0->@-~]+))?(?:/21/(?P<serial>[!\"$&-.0->@-~]+))?"
)


def sentence(verdict: Verdict, language: Language) -> str:
    """What the verdict means, and what it does not."""

    def say(key: str, **params: object) -> str:
        return SENTENCES[key][0 if language == "en" else 1].format_map(params)

    return " ".join(_parts(verdict, language, say))


def instant(seconds: int) -> str:
    """Seconds since 1970 UTC as RFC 3339; what lies beyond the year 9999 as its last second."""
    return format_instant(min(seconds, _LAST))


def _parts(verdict: Verdict, language: Language, say: Say) -> Iterator[str]:
    ground = _ground(verdict.block, verdict.checks, say) if verdict.block else None
    product = _product(verdict.subject, say)
    if verdict.outcome is Outcome.PROVEN and ground is not None:
        yield _proven(verdict, product, ground, say)
        key = f"standing.{verdict.standing.state}"
        if key in SENTENCES:
            yield say(key)
    else:
        yield say(verdict.outcome, product=product, why=_why(verdict, language, say))
        if ground is None:
            yield say("no-trust")
        else:
            of = len(verdict.of("step"))
            yield say("so-far", proven=verdict.steps_proven, of=of, ground=ground)
    notes = ", ".join(_notes(verdict, say))
    if notes:
        yield say("beside", notes=notes)
    yield say("not")


def _proven(verdict: Verdict, product: str, ground: str, say: Say) -> str:
    own = verdict.records[verdict.own]
    imported = own.statement is not None and own.statement.capacity is Capacity.IMPORTER
    return say(
        "proven.imported" if imported else "proven",
        who=own.name or own.address or "?",
        product=product,
        steps=_counted("steps", len(verdict.of("step")), say),
        claims=_counted("claims", len(verdict.of("claim")), say),
        ground=ground,
    )


def _counted(key: str, count: int, say: Say) -> str:
    return say(f"{key}.one") if count == 1 else say(key, count=count)


def _ground(block: Block, checks: tuple[Check, ...], say: Say) -> str:
    seal = next((check for check in checks if check.check == "seal"), None)
    known = seal is not None and seal.code in SENTENCES
    said = say(seal.code, **seal.params) if seal and known else say("seal")
    time = instant(block.time)
    return say("ground", number=block.number, time=f"{time[:10]} {time[11:16]} UTC", seal=said)


def _why(verdict: Verdict, language: Language, say: Say) -> str:
    """The words of the first check that decides, and of which record it is."""
    outcome = verdict.outcome
    check = next((each for each in verdict.checks if each.outcome is outcome), None)
    if check is None:
        return ""
    why = check.words(language)
    if check.check == "document":
        why = say("why.document", why=why, name=check.params["name"])
    records = (each for each in verdict.records.values() if ni_uri(each.id) == check.subject)
    statement = next((each.statement for each in records), None)
    return say("why", name=statement.name, why=why) if statement else why


def _notes(verdict: Verdict, say: Say) -> Iterator[str]:
    counts = {
        "changed": sum(map(_is_changed, (*verdict.of("step"), *verdict.of("claim")))),
        "gaps": len(verdict.gaps),
        "documents": len(verdict.not_presented),
    }
    return (say(f"beside.{key}", count=count) for key, count in counts.items() if count)


def _is_changed(record: RecordVerdict) -> bool:
    return record.standing.state not in (StandingState.IN_FORCE, StandingState.UNKNOWN)


def _product(product: str, say: Say) -> str:
    """`09521234000112 lot Y-88`: the numbers on a label, or the identifier as it is."""
    match = _LINK.fullmatch(product)
    if match is None:
        return product
    lot, serial = match["lot"], match["serial"]
    return (
        match["gtin"]
        + (say("lot", lot=lot) if lot else "")
        + (say("serial", serial=serial) if serial else "")
    )

# SPDX-License-Identifier: Apache-2.0
"""The verdict about a bundle as one JSON document, the same from every verifier.

`filiera verify --json` and the second verifier's `--json` print it byte for byte alike. It has
codes and params, and no words but the one sentence: a code keeps its meaning for ever, while
its words (docs/checks.md) may be said better one day. It says nothing of when it was made.

Records and participants are ni URIs, hashes and accounts 0x hex, instants RFC 3339 in UTC.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from filiera.model.ids import ni_uri
from filiera.proof import facts
from filiera.proof import verdict as found
from filiera.proof.encoding import MAX_INTEGER
from filiera.proof.reasons import Outcome
from filiera.proof.sentences import instant, sentence
from filiera.proof.trust import SealName, TrustFile, trust_digest, trust_words
from filiera.proof.verdict import DocumentLine, RecordVerdict, Relation, StandingState, Verdict

VERSION: Final = 1
SCHEMA_ID: Final = "https://filiera.example/schemas/verdict-v1.json"

NiUri = Annotated[str, Field(pattern="^ni:///sha-256;[A-Za-z0-9_-]{43}$")]
Hash = Annotated[str, Field(pattern="^0x[0-9a-f]{64}$")]
Address = Annotated[str, Field(pattern="^0x[0-9a-f]{40}$")]
Instant = Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")]
Count = Annotated[int, Field(ge=0, le=MAX_INTEGER)]


class _Part(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True
    )


class InBothLanguages(_Part):
    """The same in English and Italian."""

    en: str
    it: str


class Standing(_Part):
    """What became of a record: `since` when it takes effect, `recorded` when it was said."""

    state: StandingState
    since: Instant | None
    recorded: Instant | None
    reason: Count | None
    successor: NiUri | None
    findings: list[NiUri]


class Block(_Part):
    """The proven block."""

    number: Count
    hash: Hash
    time: Instant


class Seal(_Part):
    """Who stands for the block: `signers` of `of` validators, by a seal of that kind.

    `words` are those of the last line, English everywhere. Without a trust file nobody is
    asked for: the other members are null.
    """

    words: str
    kind: SealName | None
    signers: Count | None
    of: Count | None


class Counted(_Part):
    """M of N."""

    proven: Count
    of: Count


class Check(_Part):
    """One question and its answer; `subject` is a record, or `passport`."""

    subject: str
    check: str
    outcome: Outcome
    code: Annotated[str, Field(pattern="^[a-z-]+$")]
    params: dict[str, str]


class Issuer(_Part):
    """Who signed: `name` only as an identity record proves it."""

    name: str | None
    participant: NiUri | None
    account: Address | None


class Document(_Part):
    """A file that a record names; `outcome` is null when it was not at hand."""

    sha256: Hash
    name: str
    media_type: str | None
    presented: bool
    outcome: Outcome | None


class Record(_Part):
    """A record that was judged; type, name and account are null when it cannot be read."""

    record: NiUri
    relation: Relation
    type: str | None
    name: str | None
    issuer: Issuer
    anchored: Instant | None
    outcome: Outcome
    standing: Standing
    documents: list[Document]


class Gap(_Part):
    """A lot that no listed step makes, and the step that uses it; null for the product."""

    product: str
    step: NiUri | None


class NotPresented(_Part):
    """A document that was not at hand, and the record that names it."""

    record: NiUri
    sha256: Hash
    name: str


class TrustNamed(_Part):
    """The trust file by which it was judged: its digest, and the twelve words for it."""

    digest: Hash
    words: InBothLanguages


class VerdictDocument(_Part):
    """The verdict about a bundle, version 1."""

    filiera_verdict: Literal[1]
    subject: str
    outcome: Outcome
    standing: Standing
    block: Block | None
    seal: Seal
    steps: Counted
    claims: Counted
    checks: list[Check]
    records: list[Record]
    gaps: list[Gap]
    documents_not_presented: list[NotPresented]
    files_not_named: list[str]
    trust: TrustNamed | None
    sentence: InBothLanguages


def verdict_document(
    verdict: Verdict, trust: TrustFile | None, files_not_named: Sequence[str] = ()
) -> VerdictDocument:
    """The document of a verdict that was found by `trust`, or without any."""
    return VerdictDocument(
        filiera_verdict=VERSION,
        subject=verdict.subject,
        outcome=verdict.outcome,
        standing=_standing(verdict.standing),
        block=_block(verdict.block) if verdict.block else None,
        seal=_seal(verdict, trust),
        steps=Counted(proven=verdict.steps_proven, of=len(verdict.of("step"))),
        claims=Counted(proven=verdict.claims_proven, of=len(verdict.of("claim"))),
        checks=[_check(each) for each in verdict.checks],
        records=[_record(each) for each in verdict.records.values()],
        gaps=[_gap(each) for each in verdict.gaps],
        documents_not_presented=[_missing(*each) for each in verdict.not_presented],
        files_not_named=list(files_not_named),
        trust=_trust(trust) if trust else None,
        sentence=InBothLanguages(en=sentence(verdict, "en"), it=sentence(verdict, "it")),
    )


def dump_verdict(document: VerdictDocument) -> str:
    """The one spelling of a verdict document: JSON, indented by two, in this order."""
    said = document.model_dump(mode="json", by_alias=True)
    return json.dumps(said, indent=2, ensure_ascii=False)


def verdict_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a verdict document."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID}
    return head | VerdictDocument.model_json_schema(by_alias=True)


def _standing(standing: found.Standing) -> Standing:
    return Standing(
        state=standing.state,
        since=_instant(standing.since),
        recorded=_instant(standing.recorded),
        reason=standing.reason,
        successor=ni_uri(standing.successor) if standing.successor else None,
        findings=[ni_uri(each) for each in standing.findings],
    )


def _block(block: facts.Block) -> Block:
    return Block(number=block.number, hash=_hex(block.hash), time=instant(block.time))


def _seal(verdict: Verdict, trust: TrustFile | None) -> Seal:
    if trust is None:
        return Seal(words=verdict.seal, kind=None, signers=None, of=None)
    signers = sum(_signers(check) for check in verdict.checks if check.check == "seal")
    return Seal(
        words=verdict.seal,
        kind=trust.seal.kind,
        signers=signers,
        of=len(trust.seal.validators),
    )


def _signers(check: found.Check) -> int:
    """How many validators' seals hold: counted, an operator's one, else nobody's."""
    return int(check.params.get("signers", check.code == "seal-operator-ok"))


def _check(check: found.Check) -> Check:
    return Check(
        subject=check.subject,
        check=check.check,
        outcome=check.outcome,
        code=check.code,
        params=dict(sorted(check.params.items())),
    )


def _record(record: RecordVerdict) -> Record:
    statement = record.statement
    return Record(
        record=ni_uri(record.id),
        relation=record.relation,
        type=statement.type.value if statement else None,
        name=statement.name if statement else None,
        issuer=Issuer(
            name=record.name,
            participant=ni_uri(record.participant) if record.participant else None,
            account=record.address,
        ),
        anchored=_instant(record.anchored),
        outcome=record.outcome,
        standing=_standing(record.standing),
        documents=[_document(each) for each in record.documents],
    )


def _document(line: DocumentLine) -> Document:
    return Document(
        sha256=_hex(line.sha256),
        name=line.name,
        media_type=line.media_type,
        presented=line.presented,
        outcome=line.outcome,
    )


def _gap(gap: found.Gap) -> Gap:
    return Gap(product=gap.product, step=ni_uri(gap.step) if gap.step else None)


def _missing(record: bytes, line: DocumentLine) -> NotPresented:
    return NotPresented(record=ni_uri(record), sha256=_hex(line.sha256), name=line.name)


def _trust(trust: TrustFile) -> TrustNamed:
    digest = trust_digest(trust)
    words = {language: " ".join(trust_words(digest, language)) for language in ("en", "it")}
    return TrustNamed(digest=_hex(digest), words=InBothLanguages(**words))


def _instant(seconds: int | None) -> str | None:
    return None if seconds is None else instant(seconds)


def _hex(data: bytes) -> str:
    return "0x" + data.hex()

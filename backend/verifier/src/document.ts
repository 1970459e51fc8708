// SPDX-License-Identifier: Apache-2.0
// The verdict as one JSON document, version 1, byte for byte what `filiera verify --json` prints.
// Records and participants are ni URIs, hashes and accounts 0x hex, instants RFC 3339 in UTC.

import type { Hex } from "./bytes.ts";
import type { Block } from "./facts.ts";
import { niUri } from "./ids.ts";
import { trustWords } from "./mnemonic.ts";
import type { BundleVerdict } from "./offline.ts";
import type { Report } from "./report.ts";
import { instant, listed, sentenceOf } from "./sentence.ts";
import { trustDigest, type TrustFile } from "./trust.ts";
import { outcomeOf, provenOf, together } from "./verdict.ts";
import type { Check, DocumentLine, RecordVerdict, Relation, Standing } from "./verdict.ts";

const VERSION = 1;
const prefixed = (data: Hex): string => `0x${data}`;
const maybe = <T, R>(value: T | null, say: (value: T) => R): R | null =>
  value === null ? null : say(value);

/** The report in the one spelling of a verdict document: JSON, indented by two. */
export function verdictJson(found: Report): string {
  const { verdict } = found;
  const records = [...verdict.records.values()];
  const document = {
    filieraVerdict: VERSION,
    subject: verdict.subject,
    outcome: found.outcome,
    standing: standingSaid(verdict.records.get(verdict.own)!.standing),
    block: maybe(verdict.block, blockSaid),
    seal: sealSaid(verdict, found.pinned),
    steps: countSaid(verdict, "step"),
    claims: countSaid(verdict, "claim"),
    checks: verdict.checks.map(checkSaid),
    records: records.map(recordSaid),
    gaps: verdict.gaps.map(({ product, step }) => ({ product, step: maybe(step, niUri) })),
    documentsNotPresented: records.flatMap(missingSaid),
    filesNotNamed: found.unnamed,
    trust: maybe(found.pinned, trustSaid),
    sentence: { en: sentenceOf(verdict, "en"), it: sentenceOf(verdict, "it") },
  };
  return JSON.stringify(document, null, 2);
}

const standingSaid = (standing: Standing) => ({
  state: standing.state,
  since: maybe(standing.since, instant),
  recorded: maybe(standing.recorded, instant),
  reason: maybe(standing.reason, Number),
  successor: maybe(standing.successor, niUri),
  findings: standing.findings.map(niUri),
});

const blockSaid = (block: Block) => ({
  number: Number(block.number),
  hash: prefixed(block.hash),
  time: instant(block.time),
});

function sealSaid({ seal, checks }: BundleVerdict, trust: TrustFile | null) {
  if (trust === null) return { words: seal, kind: null, signers: null, of: null };
  const signers = checks.filter(({ check }) => check === "seal").map(signersOf)[0] ?? 0;
  return { words: seal, kind: trust.seal.kind, signers, of: trust.seal.validators.length };
}

/** How many validators' seals hold: counted, an operator's one, else nobody's. */
const signersOf = ({ code, params }: Check): number =>
  Number(params["signers"] ?? (code === "seal-operator-ok" ? 1 : 0));

const countSaid = (verdict: BundleVerdict, relation: Relation) => ({
  proven: provenOf(verdict, relation),
  of: listed(verdict, relation).length,
});

const checkSaid = (check: Check) => ({
  subject: check.subject,
  check: check.check,
  outcome: outcomeOf(check),
  code: check.code,
  params: Object.fromEntries(Object.entries(check.params).sort()),
});

const recordSaid = (record: RecordVerdict) => ({
  record: niUri(record.id),
  relation: record.relation,
  type: record.statement?.type ?? null,
  name: record.statement?.name ?? null,
  issuer: {
    name: record.name,
    participant: maybe(record.participant, niUri),
    account: record.address,
  },
  anchored: maybe(record.anchored, instant),
  outcome: together(record.checks),
  standing: standingSaid(record.standing),
  documents: record.documents.map(documentSaid),
});

const documentSaid = (line: DocumentLine) => ({
  sha256: prefixed(line.sha256),
  name: line.name,
  mediaType: line.mediaType,
  presented: line.presented,
  outcome: line.outcome,
});

const missingSaid = ({ id, documents }: RecordVerdict) =>
  documents
    .filter((line) => !line.presented)
    .map(({ sha256, name }) => ({ record: niUri(id), sha256: prefixed(sha256), name }));

function trustSaid(trust: TrustFile) {
  const digest = trustDigest(trust);
  const words = { en: trustWords(digest, "en"), it: trustWords(digest, "it") };
  return { digest: prefixed(digest), words };
}

// SPDX-License-Identifier: Apache-2.0
// The checks of one record, each a pure question to the evidence (docs/proof.md 10).

import { equal, unhex, type Bytes, type Hex } from "./bytes.ts";
import { accountFault, roleFault } from "./entitlement.ts";
import type { Evidence, Inclusion, Presented } from "./evidence.ts";
import { pair, ROLES } from "./facts.ts";
import type { Account, Anchor, ChainFacts, Participant } from "./facts.ts";
import { InputFault } from "./fault.ts";
import { niUri } from "./ids.ts";
import type { SignedRecord } from "./jws.ts";
import { pathLength, rootFromPath } from "./merkle.ts";
import type { Code } from "./reasons.ts";
import { RECORD_TYPES, type RecordType, type Statement } from "./statement.ts";
import type { Check, Relation } from "./verdict.ts";

/** Seconds by which a claimed instant may lie after the anchoring. */
const CLOCK_SLACK = 86_400n;

export const OWN_TYPES: readonly RecordType[] = ["DigitalProductPassport", "ProductStatement"];
const LISTED_AS: Record<Relation, readonly RecordType[]> = {
  own: OWN_TYPES,
  step: ["DigitalTraceabilityEvent"],
  claim: ["DigitalConformityCredential"],
  identity: ["DigitalIdentityAnchor"],
  successor: RECORD_TYPES,
};

/** A check about one record. */
export function recordCheck(
  record: Hex,
  check: string,
  code: Code,
  params: Record<string, string> = {},
): Check {
  return { subject: niUri(record), check, code, params };
}

/** One record that was read, with the facts that concern it; null is "not read". */
export class Case {
  readonly id: Hex;
  readonly relation: Relation;
  readonly signed: SignedRecord;
  readonly statement: Statement;
  readonly facts: ChainFacts | null;
  private readonly presented: Presented;
  private readonly subject: string;

  /** Throws InputFault for a record that cannot be read. */
  constructor(relation: Relation, presented: Presented, facts: ChainFacts | null) {
    this.id = presented.id();
    this.subject = niUri(this.id);
    this.relation = relation;
    this.presented = presented;
    this.signed = presented.signed();
    presented.checkMembers();
    this.statement = presented.statement();
    this.facts = facts;
  }

  /** Where the record is said to be anchored. */
  get inclusion(): Inclusion | null {
    return this.presented.inclusion;
  }

  get signatureHolds(): boolean {
    return this.presented.signatureHolds();
  }

  /** Nodes of Merkle trees that are known, by both their children. */
  get nodes(): Map<Hex, Bytes> {
    return this.presented.common.nodes;
  }

  /** The anchor slot that the inclusion names. */
  get anchor(): Anchor | null {
    if (this.inclusion === null || this.facts === null) return null;
    return this.facts.anchors.get(pair(this.inclusion.anchorer, this.inclusion.root)) ?? null;
  }

  /** The block time of the anchoring, if there is one. */
  get anchored(): bigint | null {
    return this.anchor?.time || null;
  }

  /** The signer's account. */
  get account(): Account | null {
    return this.facts?.accounts.get(this.signed.address) ?? null;
  }

  /** The participant that the signer's account belongs to. */
  get participant(): Participant | null {
    const id = this.account?.participant ?? null;
    return id === null ? null : (this.facts?.participants.get(id) ?? null);
  }

  check(name: string, code: Code, params: Record<string, string> = {}): Check {
    return { subject: this.subject, check: name, code, params };
  }

  /** The chain did not answer, or `what` was not presented. */
  unread(name: string, what: string): Check {
    if (this.facts === null) return this.check(name, "chain-unreachable");
    return this.check(name, "fact-missing", { what });
  }
}

/** A record's case if it can be read, and the integrity check. */
export function openRecord(
  listed: Hex,
  relation: Relation,
  presented: Presented | undefined,
  facts: ChainFacts | null,
): [Case | null, Check] {
  if (presented === undefined) return [null, recordCheck(listed, "integrity", "record-missing")];
  if (presented.id() !== listed) {
    return [null, recordCheck(listed, "integrity", "record-hash-mismatch")];
  }
  try {
    const read = new Case(relation, presented, facts);
    return [read, read.check("integrity", "record-hash-ok")];
  } catch (error) {
    if (!(error instanceof InputFault)) throw error;
    const code = error.code === "record-type" ? "record-newer" : "record-malformed";
    return [null, recordCheck(listed, "integrity", code, { error: error.code })];
  }
}

/** The record is of the kind under which another one lists it. */
export function checkListedAs(read: Case): Check {
  const fits = LISTED_AS[read.relation].includes(read.statement.type);
  const relation = read.relation;
  return read.check("listed-as", fits ? "listed-as-ok" : "listed-as-mismatch", { relation });
}

function checkSignature(read: Case): Check {
  return read.check("signature", read.signatureHolds ? "signature-ok" : "signature-invalid");
}

function checkInclusion(read: Case): Check {
  const { inclusion, anchor } = read;
  if (inclusion === null) return read.check("inclusion", "not-anchored-yet");
  if (anchor === null) return read.unread("inclusion", "the anchor");
  const { index, path } = inclusion;
  const size = anchor.count;
  if (index < 0n || index >= size || path.length !== pathLength(index, size)) {
    return read.check("inclusion", "path-wrong-length", { count: String(size) });
  }
  const root = rootFromPath(unhex(read.id), index, size, path, read.nodes);
  const leads = root !== null && equal(root, unhex(anchor.root));
  return read.check("inclusion", leads ? "path-ok" : "path-mismatch");
}

function checkAnchor(read: Case): Check {
  if (read.inclusion === null) return read.check("anchor", "not-anchored-yet");
  if (read.anchor === null) return read.unread("anchor", "the anchor");
  return read.check("anchor", read.anchor.time ? "anchor-ok" : "anchor-absent");
}

function checkAccount(read: Case): Check {
  if (read.facts !== null && read.signed.chainId !== read.facts.chainId) {
    return read.check("account", "account-other-chain");
  }
  if (read.account === null) return read.unread("account", "the account");
  if (read.anchored === null) return beforeAnchor(read, "account");
  return read.check("account", accountFault(read.account, read.anchored) ?? "account-ok");
}

function checkRole(read: Case): Check {
  const role = read.statement.capacity;
  if (role === null) return read.check("role", "role-none");
  if (read.account === null) return read.unread("role", "the account");
  if (read.anchored === null) return beforeAnchor(read, "role");
  if (read.account.participant === null) return read.check("role", "role-missing", { role });
  if (read.participant === null) return read.unread("role", "the participant");
  const fault = roleFault(read.participant, ROLES[role], read.anchored);
  return read.check("role", fault ?? "role-ok", { role });
}

function checkTime(read: Case): Check {
  if (read.anchored === null) return beforeAnchor(read, "time");
  const { said } = read.statement;
  const latest = (read.anchored + CLOCK_SLACK) * 1_000_000n;
  const late = said.is === "step" && said.date > latest;
  return read.check("time", late ? "claimed-after-anchor" : "time-ok");
}

/** Nothing can be judged "at the anchoring" where none is known. */
function beforeAnchor(read: Case, name: string): Check {
  if (read.inclusion === null) return read.check(name, "not-anchored-yet");
  if (read.anchor === null) return read.unread(name, "the anchor");
  return read.check(name, "anchor-absent");
}

/** Every presented document has the hash that the record names. */
export function checkDocuments(read: Case, evidence: Evidence): Check[] {
  return read.statement.links.flatMap((link) => {
    const actual = evidence.documents.get(link.digest);
    if (link.kind !== "document" || actual === undefined) return [];
    const code = actual === link.digest ? "document-ok" : "document-hash-mismatch";
    return [read.check("document", code, { name: link.name })];
  });
}

/** The table to extend by: a name, and a function from a case to its check. */
export const RECORD_CHECKS: readonly [string, (read: Case) => Check][] = [
  ["listed-as", checkListedAs],
  ["signature", checkSignature],
  ["inclusion", checkInclusion],
  ["anchor", checkAnchor],
  ["account", checkAccount],
  ["role", checkRole],
  ["time", checkTime],
];

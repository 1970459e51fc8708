// SPDX-License-Identifier: Apache-2.0
// `verify`: the whole verdict about one product, from evidence alone (docs/proof.md 9 to 11).

import type { Hex } from "./bytes.ts";
import {
  Case, checkDocuments, checkListedAs, openRecord, OWN_TYPES, RECORD_CHECKS, recordCheck,
} from "./checks.ts";
import type { Evidence, Trust } from "./evidence.ts";
import { identity, identityOf, misfitAlone, type Identity } from "./identity.ts";
import type { LinkType } from "./links.ts";
import { outcomeOfCode } from "./reasons.ts";
import { checkStanding, standingOf } from "./standing.ts";
import { checkSteps, gaps } from "./steps.ts";
import { outcomeOf, PASSPORT, together } from "./verdict.ts";
import type { Check, DocumentLine, RecordVerdict, Relation, Verdict } from "./verdict.ts";
import { withoutVoid } from "./void.ts";

/** What a record may list, and as what (docs/records.md, "Links"). */
const LISTS: Partial<Record<Relation, Partial<Record<LinkType, Relation>>>> = {
  own: { step: "step", claim: "claim" },
  step: { input: "step" },
};

/** The verdict about the product `subject` (its canonical id). */
export function verify(evidence: Evidence, trust: Trust, subject: string): Verdict {
  const facts = evidence.facts && withoutVoid(evidence.facts);
  return new Verification({ ...evidence, facts }, trust).run(subject);
}

/** One run; a record is opened apart for each thing that it is looked at as. */
class Verification {
  private readonly evidence: Evidence;
  private readonly trust: Trust;
  private readonly opened = new Map<string, [Case | null, Check[]]>();
  private readonly identities = new Map<Hex, Identity>();

  constructor(evidence: Evidence, trust: Trust) {
    this.evidence = evidence;
    this.trust = trust;
  }

  run(subject: string): Verdict {
    const { own, facts } = this.evidence;
    const records = new Map<Hex, RecordVerdict>();
    for (const [record, kinds] of this.walk()) records.set(record, this.judge(record, kinds));
    this.judgeIdentities(records);
    const listed = [...records.values()].filter((each) => each.relation === "step");
    const steps = new Map<Hex, Case>();
    for (const { id } of listed) {
      const [read] = this.open(id, "step");
      if (read !== null) steps.set(id, read);
    }
    const whole = [
      this.checkChain(),
      this.checkSubject(this.open(own, "own")[0], subject),
      checkSteps(steps, listed.length > 0),
    ];
    return {
      subject,
      checks: [...whole, ...[...records.values()].flatMap((each) => each.checks)],
      records,
      own,
      source: facts?.source ?? null,
      block: facts?.block ?? null,
      gaps: gaps(steps, subject),
      asked: [...new Set([...this.opened.keys()].map((key) => key.split(" ")[1]!))],
    };
  }

  /** Identity records, and those that they in turn lead to. */
  private judgeIdentities(records: Map<Hex, RecordVerdict>): void {
    for (;;) {
      const unjudged = [...this.identities.values()]
        .map((each) => each.record)
        .filter((record) => record !== null && !records.has(record));
      if (unjudged.length === 0) return;
      for (const record of new Set(unjudged)) {
        records.set(record!, this.judge(record!, ["identity"]));
      }
    }
  }

  /** Every listed record, transitively, with everything that it is listed as. */
  private walk(): Map<Hex, Relation[]> {
    const listed = new Map<Hex, Relation[]>([[this.evidence.own, ["own"]]]);
    const queue: [Hex, Relation][] = [[this.evidence.own, "own"]];
    for (let at = 0; at < queue.length; at++) {
      const [record, lister] = queue[at]!;
      for (const link of this.open(record, lister)[0]?.statement.links ?? []) {
        const relation = LISTS[lister]?.[link.kind];
        const known = listed.get(link.digest) ?? [];
        if (relation === undefined || known.includes(relation)) continue;
        listed.set(link.digest, [...known, relation]);
        queue.push([link.digest, relation]);
      }
    }
    return listed;
  }

  /** The case of a record and the checks that need no other record. */
  private open(record: Hex, relation: Relation): [Case | null, Check[]] {
    const key = `${relation} ${record}`;
    const found = this.opened.get(key) ?? this.check(record, relation);
    this.opened.set(key, found);
    return found;
  }

  private check(record: Hex, relation: Relation): [Case | null, Check[]] {
    const { records, facts } = this.evidence;
    const [read, integrity] = openRecord(record, relation, records.get(record), facts);
    if (read === null) {
      const missed = RECORD_CHECKS.map(([name]) => recordCheck(record, name, "not-reached"));
      return [null, [integrity, ...missed]];
    }
    const checks = RECORD_CHECKS.map(([, check]) => check(read));
    return [read, [integrity, ...checks, ...checkDocuments(read, this.evidence)]];
  }

  private judge(id: Hex, listedAs: Relation[]): RecordVerdict {
    const relation = this.relation(id, listedAs);
    const [read, own] = this.open(id, relation);
    if (read === null) return unreadable(id, relation, own);
    const others = listedAs.filter((each) => each !== relation).map((each) => this.open(id, each)[0]);
    const participant = read.account?.participant ?? null;
    const standing = standingOf(participant, id, this.evidence.facts);
    const checks = [
      ...own,
      ...others.flatMap((other) => (other ? [checkListedAs(other)] : [])),
      checkStanding(read, standing, this.successor(standing.successor)),
    ];
    const whose = this.identity(participant);
    if (relation !== "identity") checks.push(identityCheck(read, whose));
    return {
      id, relation, checks, standing, participant,
      statement: read.statement,
      address: read.signed.address,
      name: whose.name,
      anchored: read.anchored,
      documents: documentLines(read, this.evidence),
    };
  }

  /** What the record is, if it is listed as that; else what it is listed as first. */
  private relation(record: Hex, listedAs: Relation[]): Relation {
    const fits = listedAs.find((relation) => {
      const [read] = this.open(record, relation);
      return read !== null && outcomeOf(checkListedAs(read)) === "proven";
    });
    return fits ?? listedAs[0]!;
  }

  private identity(participant: Hex | null): Identity {
    if (participant === null) return identity("identity-unknown", "account-unknown");
    const known = this.identities.get(participant);
    if (known !== undefined) return known;
    const found = identityOf(participant, this.evidence.facts, this.trust, (profile) =>
      this.open(profile, "identity"),
    );
    this.identities.set(participant, found);
    return found;
  }

  private successor(successor: Hex | null): Case | null {
    if (successor === null || !this.evidence.records.has(successor)) return null;
    const [read, checks] = this.open(successor, "successor");
    return together(checks) === "proven" ? read : null;
  }

  private checkChain(): Check {
    const { facts } = this.evidence;
    const said = (code: "chain-unreachable" | "chain-ok" | "chain-mismatch"): Check => ({
      subject: PASSPORT, check: "chain", code, params: {},
    });
    if (facts === null) return said("chain-unreachable");
    const same =
      facts.chainId === this.trust.chainId && facts.genesisHash === this.trust.genesisHash;
    return said(same ? "chain-ok" : "chain-mismatch");
  }

  private checkSubject(own: Case | null, subject: string): Check {
    const same = own && OWN_TYPES.includes(own.statement.type) && own.statement.subject === subject;
    const code = own === null ? "not-reached" : same ? "subject-ok" : "subject-mismatch";
    return { subject: PASSPORT, check: "subject", code, params: {} };
  }
}

function unreadable(id: Hex, relation: Relation, checks: Check[]): RecordVerdict {
  return {
    id, relation, checks,
    standing: standingOf(null, id, null),
    statement: null, address: null, participant: null, name: null, anchored: null,
    documents: [],
  };
}

/** Who the issuer is; and of an identity record also whom it speaks of. */
function identityCheck(read: Case, whose: Identity): Check {
  const isDia = read.statement.type === "DigitalIdentityAnchor";
  const disproven = outcomeOfCode(whose.code) === "disproven";
  const found = (isDia && !disproven && misfitAlone(read)) || whose;
  return read.check("identity", found.code, found.reason ? { reason: found.reason } : {});
}

function documentLines(read: Case, evidence: Evidence): DocumentLine[] {
  return read.statement.links
    .filter((link) => link.kind === "document")
    .map(({ digest, name, mediaType }) => {
      const actual = evidence.documents.get(digest);
      const outcome = actual === undefined ? null : actual === digest ? "proven" : "disproven";
      return { sha256: digest, name, mediaType, presented: actual !== undefined, outcome };
    });
}

// SPDX-License-Identifier: Apache-2.0
// The verdict: checks with three values, and beside it the standing (docs/proof.md 11).

import type { Address, Hex } from "./bytes.ts";
import type { Block } from "./facts.ts";
import { combine, outcomeOfCode, type Code, type Outcome } from "./reasons.ts";
import type { Statement } from "./statement.ts";

/** The checks that every step stands on. */
const GROUND = ["chain", "seal", "state"];
/** As what a record is looked at. */
export type Relation = "own" | "step" | "claim" | "identity" | "successor";
/** The subject of checks about the passport as a whole. */
export const PASSPORT = "passport";

/** One question and its answer; the code fixes the outcome. */
export interface Check {
  subject: string;
  check: string;
  code: Code;
  params: Record<string, string>;
}

export type StandingState = "in-force" | "suspended" | "revoked" | "superseded" | "contested" | "unknown";

/** A state, since when it holds, and when that was said; the records of open findings. */
export interface Standing {
  state: StandingState;
  since: bigint | null;
  recorded: bigint | null;
  reason: bigint | null;
  successor: Hex | null;
  findings: Hex[];
}

export interface DocumentLine {
  sha256: Hex;
  name: string;
  mediaType: string | null;
  presented: boolean;
  outcome: Outcome | null;
}

/** One record: as what it is listed, every check about it, and its standing. */
export interface RecordVerdict {
  id: Hex;
  relation: Relation;
  checks: Check[];
  standing: Standing;
  statement: Statement | null;
  address: Address | null;
  participant: Hex | null;
  name: string | null;
  anchored: bigint | null;
  documents: DocumentLine[];
}

/** A lot whose making no listed step states; `step` is null for the product itself. */
export interface Gap {
  product: string;
  step: Hex | null;
}

export interface Verdict {
  subject: string;
  checks: Check[];
  records: Map<Hex, RecordVerdict>;
  own: Hex;
  source: "node" | "storage" | null;
  block: Block | null;
  gaps: Gap[];
  /** All records that were looked at, in the order in which they first were. */
  asked: Hex[];
}

export const outcomeOf = (check: Check): Outcome => outcomeOfCode(check.code);

/** All of these together. */
export const together = (checks: readonly Check[]): Outcome => combine(checks.map(outcomeOf));

/** M of "M of N": those listed as this whose every check is proven, on the trusted chain. */
export function provenOf(verdict: Verdict, relation: Relation): number {
  const ground = verdict.checks.filter((each) => GROUND.includes(each.check));
  if (ground.some((each) => outcomeOf(each) !== "proven")) return 0;
  const listed = [...verdict.records.values()].filter((each) => each.relation === relation);
  return listed.filter((each) => together(each.checks) === "proven").length;
}

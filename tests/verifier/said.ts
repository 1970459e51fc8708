// SPDX-License-Identifier: Apache-2.0
// A verdict as tests/verifier/wire.py writes it.

import { outcomeOfCode } from "../../backend/verifier/src/reasons.ts";
import { provenOf, together, type Verdict } from "../../backend/verifier/src/verdict.ts";

export function said(verdict: Verdict): unknown {
  return {
    outcome: together(verdict.checks),
    checks: verdict.checks.map((each) => ({ ...each, outcome: outcomeOfCode(each.code) })),
    records: [...verdict.records.values()].map(({ statement, checks, ...each }) => ({
      ...each,
      checks: checks.length,
      type: statement?.type ?? null,
    })),
    gaps: verdict.gaps,
    asked: verdict.asked,
    stepsProven: provenOf(verdict, "step"),
    source: verdict.source,
  };
}

/** Numbers of any size as `"12n"`. */
export const replaced = (_: string, value: unknown): unknown =>
  typeof value === "bigint" ? `${value}n` : value;

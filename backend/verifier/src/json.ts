// SPDX-License-Identifier: Apache-2.0
// A report for programs.

import { niUri } from "./ids.ts";
import type { Report } from "./report.ts";
import { sentence } from "./report.ts";
import { stepsProven, together, outcomeOf } from "./verdict.ts";
import { words } from "./reasons.ts";

/** The report as JSON; ids as ni URIs, instants in seconds since 1970 UTC. */
export function reportJson(found: Report): string {
  const { verdict } = found;
  const value = {
    outcome: found.outcome,
    subject: verdict.subject,
    sentence: { en: sentence(found, "en"), it: sentence(found, "it") },
    seal: verdict.seal,
    source: verdict.source,
    block: verdict.block,
    trust: found.trust,
    stepsProven: stepsProven(verdict),
    checks: verdict.checks.map((check) => ({
      ...check,
      outcome: outcomeOf(check),
      words: { en: words(check.code, check.params, "en"), it: words(check.code, check.params, "it") },
    })),
    records: [...verdict.records.values()].map((record) => ({
      id: niUri(record.id),
      relation: record.relation,
      type: record.statement?.type ?? null,
      outcome: together(record.checks),
      name: record.name,
      address: record.address,
      anchored: record.anchored,
      standing: record.standing,
      documents: record.documents,
    })),
    gaps: verdict.gaps,
    unnamed: found.unnamed,
  };
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === "bigint" ? Number(each) : each,
  );
}

// SPDX-License-Identifier: Apache-2.0
// `--require-documents`: what was not presented is then not proven (docs/checks.md).

import { recordCheck } from "./checks.ts";
import type { Check, RecordVerdict, Verdict } from "./verdict.ts";

/** The verdict with a check more, an unknown one, for each document not presented. */
export function requiringDocuments<V extends Verdict>(verdict: V): V {
  const added: Check[] = [];
  const records = [...verdict.records].map(([id, record]): [string, RecordVerdict] => {
    const missing = record.documents
      .filter((line) => !line.presented)
      .map((line) => recordCheck(id, "document", "document-missing", { name: line.name }));
    added.push(...missing);
    return [id, { ...record, checks: [...record.checks, ...missing] }];
  });
  return { ...verdict, records: new Map(records), checks: [...verdict.checks, ...added] };
}

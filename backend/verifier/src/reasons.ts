// SPDX-License-Identifier: Apache-2.0
// Why a check came out as it did. The codes, outcomes and words are those of the Python
// verifier: reasons.json is made from its table by make_tables.py.

import table from "./reasons.json" with { type: "json" };

export type Outcome = "proven" | "disproven" | "unknown";
export type Code = keyof typeof table;
export type Language = "en" | "it";

export const REASONS = table as Record<Code, { outcome: Outcome; en: string; it: string }>;

/** The answer as a sentence; `{name}` is filled from the check's params. */
export function words(code: Code, params: Record<string, string>, language: Language): string {
  return REASONS[code][language].replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "");
}

/** Disproven if any is, else unknown if any is or there is none, else proven. */
export function combine(outcomes: Iterable<Outcome>): Outcome {
  const found = new Set(outcomes);
  if (found.has("disproven")) return "disproven";
  return found.has("unknown") || found.size === 0 ? "unknown" : "proven";
}

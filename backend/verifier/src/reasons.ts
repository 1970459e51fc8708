// SPDX-License-Identifier: Apache-2.0
// Why a check came out as it did. The codes, outcomes and words are those of the Python
// verifier: reasons.json and params.json are made from its tables by make_tables.py.

import inItalian from "./params.json" with { type: "json" };
import table from "./reasons.json" with { type: "json" };

export type Outcome = "proven" | "disproven" | "unknown";
export type Code = keyof typeof table;
export type Language = "en" | "it";

const REASONS = table as unknown as Record<Code, [Outcome, string, string]>;
const PARAMS = new Map(Object.entries(inItalian));

/** The outcome that a code stands for. */
export const outcomeOfCode = (code: Code): Outcome => REASONS[code][0];

/** The answer as a sentence; `{name}` is filled from the check's params. */
export function words(code: Code, params: Record<string, string>, language: Language): string {
  const [, english, italian] = REASONS[code];
  const said = (name: string) => params[name] ?? "";
  return language === "it"
    ? italian.replace(/\{(\w+)\}/g, (_, name: string) => PARAMS.get(said(name)) ?? said(name))
    : english.replace(/\{(\w+)\}/g, (_, name: string) => said(name));
}

/** Disproven if any is, else unknown if any is or there is none, else proven. */
export function combine(outcomes: Iterable<Outcome>): Outcome {
  const found = new Set(outcomes);
  if (found.has("disproven")) return "disproven";
  return found.has("unknown") || found.size === 0 ? "unknown" : "proven";
}

// SPDX-License-Identifier: Apache-2.0
// The one sentence about a bundle: what was proven, by whom, as of which block, sealed by whom,
// and what that does not prove. The words are those of the Python verifier: sentences.json is
// made from its table by make_tables.py.

import type { Block } from "./facts.ts";
import { niUri } from "./ids.ts";
import type { BundleVerdict } from "./offline.ts";
import { words, type Language } from "./reasons.ts";
import table from "./sentences.json" with { type: "json" };
import { formatInstant } from "./times.ts";
import {
  outcomeOf, provenOf, together, type Check, type RecordVerdict, type Relation,
} from "./verdict.ts";

type Key = keyof typeof table;
type Say = (key: Key, params?: Record<string, unknown>) => string;

/** 9999-12-31T23:59:59Z: a block can tell a later time, RFC 3339 cannot. */
const LAST = 253_402_300_799n;
/** A trade item's Digital Link (AI 01, 10, 21) in which nothing is escaped. */
const LINK =
  /^https:\/\/id\.gs1\.org\/01\/([0-9]{14})(?:\/10\/([!"$&-.0->@-~]+))?(?:\/21\/([!"$&-.0->@-~]+))?$/;

/** A part of a sentence, `{name}` filled from its params. */
export const phrase = (language: Language): Say => (key, params = {}) =>
  table[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]));

/** Seconds since 1970 UTC as RFC 3339; what lies beyond the year 9999 as its last second. */
export const instant = (seconds: bigint): string =>
  formatInstant(seconds < LAST ? seconds : LAST);

/** Those that are listed as this. */
export const listed = (verdict: BundleVerdict, relation: Relation): RecordVerdict[] =>
  [...verdict.records.values()].filter((each) => each.relation === relation);

/** What the verdict means, and what it does not. */
export function sentenceOf(verdict: BundleVerdict, language: Language): string {
  const say = phrase(language);
  const ground = verdict.block && groundOf(verdict.block, verdict.checks, say);
  const product = productOf(verdict.subject, say);
  const outcome = together(verdict.checks);
  const parts: string[] = [];
  if (outcome === "proven" && ground !== null) {
    parts.push(provenSaid(verdict, product, ground, say));
    const key = `standing.${verdict.records.get(verdict.own)!.standing.state}`;
    if (isKey(key)) parts.push(say(key));
  } else {
    parts.push(say(outcome, { product, why: whyOf(verdict, language, say) }));
    const counts = { proven: provenOf(verdict, "step"), of: listed(verdict, "step").length };
    parts.push(ground === null ? say("no-trust") : say("so-far", { ...counts, ground }));
  }
  const notes = notesOf(verdict, say).join(", ");
  if (notes) parts.push(say("beside", { notes }));
  return [...parts, say("not")].join(" ");
}

function provenSaid(verdict: BundleVerdict, product: string, ground: string, say: Say): string {
  const own = verdict.records.get(verdict.own)!;
  return say(own.statement?.capacity === "importer" ? "proven.imported" : "proven", {
    who: own.name ?? own.address ?? "?",
    product,
    steps: counted("steps", listed(verdict, "step").length, say),
    claims: counted("claims", listed(verdict, "claim").length, say),
    ground,
  });
}

const counted = (key: "steps" | "claims", count: number, say: Say): string =>
  count === 1 ? say(`${key}.one`) : say(key, { count });

function groundOf(block: Block, checks: Check[], say: Say): string {
  const check = checks.find((each) => each.check === "seal");
  const seal = check && isKey(check.code) ? say(check.code, check.params) : say("seal");
  const time = instant(block.time);
  const at = `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
  return say("ground", { number: block.number, time: at, seal });
}

const isKey = (key: string): key is Key => Object.hasOwn(table, key);

/** The words of the first check that decides, and of which record it is. */
function whyOf(verdict: BundleVerdict, language: Language, say: Say): string {
  const outcome = together(verdict.checks);
  const check = verdict.checks.find((each) => outcomeOf(each) === outcome);
  if (check === undefined) return "";
  const said = words(check.code, check.params, language);
  const { name: document } = check.params;
  const why = check.check === "document" ? say("why.document", { why: said, name: document }) : said;
  const record = [...verdict.records.values()].find(({ id }) => niUri(id) === check.subject);
  return record?.statement ? say("why", { name: record.statement.name, why }) : why;
}

function notesOf(verdict: BundleVerdict, say: Say): string[] {
  const judged = [...listed(verdict, "step"), ...listed(verdict, "claim")];
  const unchanged = ["in-force", "unknown"];
  const documents = [...verdict.records.values()].flatMap((each) => each.documents);
  const counts: [Key, number][] = [
    ["beside.changed", judged.filter((each) => !unchanged.includes(each.standing.state)).length],
    ["beside.gaps", verdict.gaps.length],
    ["beside.documents", documents.filter((each) => !each.presented).length],
  ];
  return counts.filter(([, count]) => count > 0).map(([key, count]) => say(key, { count }));
}

/** `09521234000112 lot Y-88`: the numbers on a label, or the identifier as it is. */
function productOf(product: string, say: Say): string {
  const [, gtin, lot, serial] = LINK.exec(product) ?? [];
  if (gtin === undefined) return product;
  return gtin + (lot ? say("lot", { lot }) : "") + (serial ? say("serial", { serial }) : "");
}

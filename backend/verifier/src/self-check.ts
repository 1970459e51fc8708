// SPDX-License-Identifier: Apache-2.0
// The verifier as a module for pages: dist/self-check.js. It uses no eval, no network and no
// storage, so that `script-src 'self'` suffices, and it never touches the page.

import { hex, sha256 } from "./bytes.ts";
import { verdictJson } from "./document.ts";
import { trustWords } from "./mnemonic.ts";
import { words, type Code, type Language, type Outcome } from "./reasons.ts";
import { report } from "./report.ts";
import { sentenceOf } from "./sentence.ts";
import { parseTrust, trustDigest } from "./trust.ts";
import { outcomeOf } from "./verdict.ts";

export { productAt } from "./address.ts";
export { InputFault } from "./fault.ts";
export type { Language, Outcome } from "./reasons.ts";

/** What is to be checked, and how it is asked about. */
export interface Question {
  /** The bytes of the bundle, just as they came. */
  bundle: Uint8Array;
  /** The bytes of the trust file; null checks records alone, and no chain. */
  trust: Uint8Array | null;
  /** The instant at which it is asked: seconds since 1970 UTC. */
  now: number;
  /** The product that is meant, as a Digital Link; by default the bundle's own. */
  subject?: string;
  /** Files at hand, by name. */
  documents?: Map<string, Uint8Array>;
  /** Whether a document that is not at hand leaves the whole unknown. */
  requireDocuments?: boolean;
  /** Of `sentence` and of the words of `checks`. */
  language: Language;
}

/** One check, as it stands in the document, in words. */
export interface CheckInWords {
  /** `passport`, or the ni URI of a record. */
  subject: string;
  check: string;
  outcome: Outcome;
  code: Code;
  words: string;
}

export interface Answer {
  outcome: Outcome;
  /** What was proven, by whom, as of when, sealed by whom, and what that does not prove. */
  sentence: string;
  /** In the order of the document. */
  checks: CheckInWords[];
  /** The trust file in twelve words, null without one. */
  trustWords: string | null;
  /** The verdict document (docs/proof.md): the text that `filiera verify --json` prints. */
  document: string;
}

/** A trust file in twelve words; throws `InputFault` for what is none. */
export const wordsOf = (trust: Uint8Array, language: Language): string =>
  trustWords(trustDigest(parseTrust(trust)), language);

/**
 * The verdict about a bundle. Throws `InputFault`, whose `code` is permanent (docs/errors.md), for
 * a bundle or a trust file that is none: then nothing was checked, and nothing is disproven.
 */
export function selfCheck(question: Question): Answer {
  const { trust, language, documents = new Map(), ...asked } = question;
  const hashes = new Map([...documents].map(([name, data]) => [name, hex(sha256(data))]));
  const found = report({ ...asked, documents: hashes, trust: trust && parseTrust(trust) });
  return {
    outcome: found.outcome,
    sentence: sentenceOf(found.verdict, language),
    checks: found.verdict.checks.map((each) => ({
      subject: each.subject,
      check: each.check,
      outcome: outcomeOf(each),
      code: each.code,
      words: words(each.code, each.params, language),
    })),
    trustWords: found.trust && trustWords(found.trust, language),
    document: verdictJson(found),
  };
}

// SPDX-License-Identifier: Apache-2.0
// What the command and the page do alike: files in, a verdict, and what they say of it.

import { parseBundle } from "./bundle.ts";
import { hex, utf8, type Bytes, type Hex } from "./bytes.ts";
import { requiringDocuments } from "./demanded.ts";
import type { RecordLink } from "./links.ts";
import { documentLinks, verifyBundle, verifyWithoutTrust } from "./offline.ts";
import type { BundleVerdict } from "./offline.ts";
import type { Language, Outcome } from "./reasons.ts";
import { phrase, sentenceOf } from "./sentence.ts";
import { trustDigest, type TrustFile } from "./trust.ts";
import { together } from "./verdict.ts";

/** Digits of a document's hash with which a file's name may begin. */
const NAME_DIGITS = 16;

/**
 * What is asked; `documents` are SHA-256 of the files at hand by name, `now` and `maxAge` in
 * seconds.
 */
export interface Asked {
  bundle: Bytes;
  trust: TrustFile | null;
  documents: Map<string, Hex>;
  now: number;
  subject?: string | undefined;
  maxAge?: number | undefined;
  requireDocuments?: boolean | undefined;
}

export interface Report {
  verdict: BundleVerdict;
  outcome: Outcome;
  /** SHA-256 of the trust file's canonical text, null without one. */
  trust: Hex | null;
  pinned: TrustFile | null;
  /** Files that no record names. */
  unnamed: string[];
}

/** The verdict about the files; throws InputFault for what is no bundle. */
export function report(asked: Asked): Report {
  const { trust } = asked;
  const bundle = parseBundle(asked.bundle);
  const [documents, unnamed] = matched(asked.documents, documentLinks(bundle));
  const options = { ...asked, documents };
  const judged =
    trust === null ? verifyWithoutTrust(bundle, options) : verifyBundle(bundle, trust, options);
  const verdict = asked.requireDocuments ? requiringDocuments(judged) : judged;
  return {
    verdict,
    outcome: together(verdict.checks),
    trust: trust && trustDigest(trust),
    pinned: trust,
    unnamed,
  };
}

/**
 * Files under the digests that records name. A file speaks for a document by its hash, its name,
 * or a name that begins with its hash; unless it is itself another document that is named. Of
 * several the first counts, in the order of their names' UTF-8.
 */
function matched(files: Map<string, Hex>, links: RecordLink[]): [Map<Hex, Hex>, string[]] {
  const hashes = [...files].sort(inOrder);
  const all = new Set(files.values());
  const named = new Set(links.map((each) => each.digest));
  const strangers = hashes.filter(([, digest]) => !named.has(digest));
  const found = new Map<Hex, Hex>();
  for (const { digest, name } of links) {
    const start = digest.slice(0, NAME_DIGITS);
    const speaking = strangers.find(([file]) => file === name || file.startsWith(start));
    const actual = all.has(digest) ? digest : speaking?.[1];
    if (actual !== undefined) found.set(digest, actual);
  }
  const spoken = new Set(found.values());
  return [found, hashes.filter(([, digest]) => !spoken.has(digest)).map(([name]) => name)];
}

const inOrder = ([one]: [string, unknown], [other]: [string, unknown]): number =>
  hex(utf8(one)) < hex(utf8(other)) ? -1 : 1;

/** One of the three values in words. */
export const outcomeWords = (outcome: Outcome, language: Language): string =>
  phrase(language)(`outcome.${outcome}`);

/** What was proven, by whom, as of when, sealed by whom, and what that does not prove. */
export const sentence = ({ verdict }: Report, language: Language): string =>
  sentenceOf(verdict, language);

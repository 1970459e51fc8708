// SPDX-License-Identifier: Apache-2.0
// A trust file's digest in words, in either language.

import type { Hex } from "./bytes.ts";
import english from "./mnemonic-en.json" with { type: "json" };
import italian from "./mnemonic-it.json" with { type: "json" };
import type { Language } from "./reasons.ts";
import { twelveWords } from "./twelve.ts";

const LISTS: Record<Language, string> = { en: english.words, it: italian.words };

/** The twelve words for the first 16 bytes of a digest. */
export const trustWords = (digest: Hex, language: Language): string =>
  twelveWords(digest, LISTS[language]);

// SPDX-License-Identifier: Apache-2.0
// A trust file's digest in twelve words that two people can read to each other (BIP-39).

import { concat, sha256, toBigInt, unhex, type Hex } from "./bytes.ts";
import lists from "./mnemonics.json" with { type: "json" };
import type { Language } from "./reasons.ts";

/** Bytes of the digest that the words say: 128 bits, and 4 of their own hash, 11 a word. */
const ENTROPY = 16;
const WORDS = 12;

/** The words for the first 16 bytes of a digest. */
export function trustWords(digest: Hex, language: Language): string {
  const entropy = unhex(digest).subarray(0, ENTROPY);
  let bits = toBigInt(concat(entropy, sha256(entropy).subarray(0, 1))) >> 4n;
  const words = listOf(lists[language]);
  const said: string[] = [];
  for (; said.length < WORDS; bits >>= 11n) said.unshift(words[Number(bits & 2047n)]!);
  return said.join(" ");
}

/** Each word is a digit, for the letters that it shares with the one before, and the others. */
function listOf(shared: string): string[] {
  let before = "";
  return [...shared.matchAll(/([0-9])([a-z]+)/g)].map(([, length, rest]) => {
    before = before.slice(0, Number(length)) + rest!;
    return before;
  });
}

// SPDX-License-Identifier: Apache-2.0
// A digest in twelve words that two people can read to each other (BIP-39).

import { concat, sha256, toBigInt, unhex, type Hex } from "./bytes.ts";

/** Bytes of the digest that the words say: 128 bits, and 4 of their own hash, 11 a word. */
const ENTROPY = 16;
const WORDS = 12;

/** The words for the first 16 bytes of a digest, out of a list as make_tables.py writes it. */
export function twelveWords(digest: Hex, list: string): string {
  const entropy = unhex(digest).subarray(0, ENTROPY);
  let bits = toBigInt(concat(entropy, sha256(entropy).subarray(0, 1))) >> 4n;
  const words = listOf(list);
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

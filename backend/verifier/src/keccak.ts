// SPDX-License-Identifier: Apache-2.0
// Keccak-256 as Ethereum has it: noble's permutation in a sponge with the padding of before it was a
// standard. One state serves all: a verdict takes hundreds of hashes, and most are of one block.

import { keccakP } from "@noble/hashes/sha3.js";

import type { Bytes } from "./bytes.ts";

/** Bytes that are taken in at a time: 1600 bits less twice 256. */
const RATE = 136;
/** 25 lanes of 64 bits, each as its lower and its upper half. */
const LANES = new Uint32Array(50);
/** What is taken in next, as words and as bytes. */
const WORDS = new DataView(new ArrayBuffer(RATE));
const BLOCK = new Uint8Array(WORDS.buffer);

/** Keccak-256 of `data`. */
export function keccak256(data: Bytes): Bytes {
  LANES.fill(0);
  let at = 0;
  for (; at + RATE <= data.length; at += RATE) absorb(data.subarray(at, at + RATE));
  BLOCK.fill(0);
  BLOCK[data.length - at] = 1;
  BLOCK[RATE - 1]! |= 0x80;
  absorb(data.subarray(at));
  for (let word = 0; word < 8; word++) WORDS.setUint32(4 * word, LANES[word]!, true);
  return BLOCK.slice(0, 32);
}

/** Takes in `part`, and what the block holds behind it. */
function absorb(part: Bytes): void {
  BLOCK.set(part);
  for (let word = 0; word < RATE / 4; word++) LANES[word]! ^= WORDS.getUint32(4 * word, true);
  keccakP(LANES, 24);
}

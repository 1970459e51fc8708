// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4). noble's keeps its eight words in members, and an engine whose small
// integers have 31 bits (Chromium) computes with such members as doubles: three times as long.

import type { Bytes } from "./bytes.ts";

const BLOCK = 64;
const PRIMES: number[] = [];
for (let each = 2; PRIMES.length < 64; each++) {
  if (PRIMES.every((prime) => each % prime)) PRIMES.push(each);
}
/** The first 32 bits after the point, which an error of the root's last bit does not reach. */
const fraction = (root: number): number => Math.floor((root % 1) * 2 ** 32);
/** Sections 4.2.2 and 5.3.3. */
const CONSTANTS = Uint32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const SCHEDULE = new Int32Array(64);
/** What was read so far comes to this; a text's end is padded in the other. */
const STATE = new Int32Array(8);
const LAST = new DataView(new ArrayBuffer(2 * BLOCK));
const PADDED = new Uint8Array(LAST.buffer);

/** SHA-256 of `data`. */
export function sha256(data: Bytes): Bytes {
  STATE.set(START);
  return digest(data, absorb(data, 0));
}

/** SHA-256 of the first `size` bytes of `data`, and of all of it, read once. */
export function sha256OfBoth(data: Bytes, size: number): [Bytes, Bytes] {
  const first = data.subarray(0, size);
  STATE.set(START);
  const read = absorb(first, 0);
  const begun = STATE.slice();
  const one = digest(first, read);
  STATE.set(begun);
  return [one, digest(data, absorb(data, read))];
}

/** Takes the whole blocks from `at` on into the state; where they end. */
function absorb(data: Bytes, at: number): number {
  for (; at + BLOCK <= data.length; at += BLOCK) compress(data, at);
  return at;
}

/** The state after what follows from `at` on and the padding (section 5.1.1). */
function digest(data: Bytes, at: number): Bytes {
  const end = data.length - at < BLOCK - 8 ? BLOCK : 2 * BLOCK;
  let byte = 0;
  while (at < data.length) PADDED[byte++] = data[at++]!;
  PADDED[byte++] = 0x80;
  PADDED.fill(0, byte, end);
  LAST.setUint32(end - 8, data.length / 2 ** 29);
  LAST.setUint32(end - 4, data.length << 3);
  for (let block = 0; block < end; block += BLOCK) compress(PADDED, block);
  for (let word = 0; word < 8; word++) LAST.setInt32(4 * word, STATE[word]!);
  return PADDED.slice(0, 32);
}

const turn = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** Section 6.2.2, steps 1 to 4. */
function compress(data: Bytes, from: number): void {
  schedule(data, from);
  let a = STATE[0]!, b = STATE[1]!, c = STATE[2]!, d = STATE[3]!;
  let e = STATE[4]!, f = STATE[5]!, g = STATE[6]!, h = STATE[7]!;
  for (let at = 0; at < 64; at++) {
    const chosen = (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g));
    const most = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    const one = (h + chosen + CONSTANTS[at]! + SCHEDULE[at]!) | 0;
    h = g, g = f, f = e, e = (d + one) | 0;
    d = c, c = b, b = a, a = (one + most) | 0;
  }
  STATE[0]! += a;
  STATE[1]! += b;
  STATE[2]! += c;
  STATE[3]! += d;
  STATE[4]! += e;
  STATE[5]! += f;
  STATE[6]! += g;
  STATE[7]! += h;
}

/** The words of a block, and those that follow from them. */
function schedule(data: Bytes, from: number): void {
  for (let at = 0; at < 16; at++, from += 4) {
    const high = (data[from]! << 8) | data[from + 1]!;
    SCHEDULE[at] = (high << 16) | (data[from + 2]! << 8) | data[from + 3]!;
  }
  for (let at = 16; at < 64; at++) {
    const early = SCHEDULE[at - 15]!;
    const late = SCHEDULE[at - 2]!;
    const zero = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const one = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    SCHEDULE[at] = one + SCHEDULE[at - 7]! + zero + SCHEDULE[at - 16]!;
  }
}

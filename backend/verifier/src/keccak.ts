// SPDX-License-Identifier: Apache-2.0
// Keccak-256 as Ethereum has it: FIPS 202 with the padding of before it was a standard. Its lanes
// are written out, for a verdict takes hundreds of these: a quarter of what noble's loops take.

import type { Bytes } from "./bytes.ts";

/** Bytes that are taken in at a time: 1600 bits less twice 256. */
const RATE = 136;
const ROUNDS = 24;
/** 25 lanes of 64 bits, each as its lower and its upper half, and as they are when moved. */
const LANES = new Int32Array(50);
const MOVED = new Int32Array(50);
/** What a round adds to the first lane, of bits 2^j - 1, by a shift register (section 3.2.5). */
const IOTA = new Int32Array(2 * ROUNDS);
for (let step = 0, register = 1; step < 7 * ROUNDS; step++) {
  const bit = 2 ** (step % 7) - 1;
  if (register & 1) IOTA[2 * Math.floor(step / 7) + (bit >> 5)]! |= 1 << bit;
  register = (register << 1) ^ ((register >> 7) * 0x171);
}
/** What is taken in next, as words and as bytes. */
const WORDS = new DataView(new ArrayBuffer(RATE));
const BLOCK = new Uint8Array(WORDS.buffer);

/** Keccak-256 of `data`. */
export function keccak256(data: Bytes): Bytes {
  LANES.fill(0);
  let at = 0;
  for (; at + RATE <= data.length; at += RATE) absorb(data, at, RATE);
  BLOCK.fill(0);
  BLOCK[data.length - at] = 1;
  BLOCK[RATE - 1]! |= 0x80;
  absorb(data, at, data.length - at);
  for (let word = 0; word < 8; word++) WORDS.setInt32(4 * word, LANES[word]!, true);
  return BLOCK.slice(0, 32);
}

/** Takes in `size` bytes, and what the block holds behind them. */
function absorb(data: Bytes, from: number, size: number): void {
  for (let byte = 0; byte < size; byte++) BLOCK[byte] = data[from + byte]!;
  for (let word = 0; word < RATE / 4; word++) LANES[word]! ^= WORDS.getInt32(4 * word, true);
  for (let round = 0; round < ROUNDS; round++) permute(round);
}

/** One half of a lane that is turned to the left by fewer than 32 bits. */
const turn = (half: number, other: number, bits: number): number =>
  (half << bits) | (other >>> (32 - bits));

/**
 * One round: theta (section 3.2.1) into c and d; rho and pi (3.2.2, 3.2.3) of each lane, by more
 * than 32 bits with its halves exchanged; chi (3.2.4) row by row; iota.
 */
function permute(round: number): void {
  const a = LANES;
  const b = MOVED;
  const c0 = a[0]! ^ a[10]! ^ a[20]! ^ a[30]! ^ a[40]!;
  const c1 = a[1]! ^ a[11]! ^ a[21]! ^ a[31]! ^ a[41]!;
  const c2 = a[2]! ^ a[12]! ^ a[22]! ^ a[32]! ^ a[42]!;
  const c3 = a[3]! ^ a[13]! ^ a[23]! ^ a[33]! ^ a[43]!;
  const c4 = a[4]! ^ a[14]! ^ a[24]! ^ a[34]! ^ a[44]!;
  const c5 = a[5]! ^ a[15]! ^ a[25]! ^ a[35]! ^ a[45]!;
  const c6 = a[6]! ^ a[16]! ^ a[26]! ^ a[36]! ^ a[46]!;
  const c7 = a[7]! ^ a[17]! ^ a[27]! ^ a[37]! ^ a[47]!;
  const c8 = a[8]! ^ a[18]! ^ a[28]! ^ a[38]! ^ a[48]!;
  const c9 = a[9]! ^ a[19]! ^ a[29]! ^ a[39]! ^ a[49]!;
  const d0 = c8 ^ turn(c2, c3, 1);
  const d1 = c9 ^ turn(c3, c2, 1);
  const d2 = c0 ^ turn(c4, c5, 1);
  const d3 = c1 ^ turn(c5, c4, 1);
  const d4 = c2 ^ turn(c6, c7, 1);
  const d5 = c3 ^ turn(c7, c6, 1);
  const d6 = c4 ^ turn(c8, c9, 1);
  const d7 = c5 ^ turn(c9, c8, 1);
  const d8 = c6 ^ turn(c0, c1, 1);
  const d9 = c7 ^ turn(c1, c0, 1);
  let l: number, h: number;
  b[0] = a[0]! ^ d0; b[1] = a[1]! ^ d1;
  l = a[12]! ^ d2; h = a[13]! ^ d3; b[2] = turn(h, l, 12); b[3] = turn(l, h, 12);
  l = a[24]! ^ d4; h = a[25]! ^ d5; b[4] = turn(h, l, 11); b[5] = turn(l, h, 11);
  l = a[36]! ^ d6; h = a[37]! ^ d7; b[6] = turn(l, h, 21); b[7] = turn(h, l, 21);
  l = a[48]! ^ d8; h = a[49]! ^ d9; b[8] = turn(l, h, 14); b[9] = turn(h, l, 14);
  l = a[6]! ^ d6; h = a[7]! ^ d7; b[10] = turn(l, h, 28); b[11] = turn(h, l, 28);
  l = a[18]! ^ d8; h = a[19]! ^ d9; b[12] = turn(l, h, 20); b[13] = turn(h, l, 20);
  l = a[20]! ^ d0; h = a[21]! ^ d1; b[14] = turn(l, h, 3); b[15] = turn(h, l, 3);
  l = a[32]! ^ d2; h = a[33]! ^ d3; b[16] = turn(h, l, 13); b[17] = turn(l, h, 13);
  l = a[44]! ^ d4; h = a[45]! ^ d5; b[18] = turn(h, l, 29); b[19] = turn(l, h, 29);
  l = a[2]! ^ d2; h = a[3]! ^ d3; b[20] = turn(l, h, 1); b[21] = turn(h, l, 1);
  l = a[14]! ^ d4; h = a[15]! ^ d5; b[22] = turn(l, h, 6); b[23] = turn(h, l, 6);
  l = a[26]! ^ d6; h = a[27]! ^ d7; b[24] = turn(l, h, 25); b[25] = turn(h, l, 25);
  l = a[38]! ^ d8; h = a[39]! ^ d9; b[26] = turn(l, h, 8); b[27] = turn(h, l, 8);
  l = a[40]! ^ d0; h = a[41]! ^ d1; b[28] = turn(l, h, 18); b[29] = turn(h, l, 18);
  l = a[8]! ^ d8; h = a[9]! ^ d9; b[30] = turn(l, h, 27); b[31] = turn(h, l, 27);
  l = a[10]! ^ d0; h = a[11]! ^ d1; b[32] = turn(h, l, 4); b[33] = turn(l, h, 4);
  l = a[22]! ^ d2; h = a[23]! ^ d3; b[34] = turn(l, h, 10); b[35] = turn(h, l, 10);
  l = a[34]! ^ d4; h = a[35]! ^ d5; b[36] = turn(l, h, 15); b[37] = turn(h, l, 15);
  l = a[46]! ^ d6; h = a[47]! ^ d7; b[38] = turn(h, l, 24); b[39] = turn(l, h, 24);
  l = a[4]! ^ d4; h = a[5]! ^ d5; b[40] = turn(h, l, 30); b[41] = turn(l, h, 30);
  l = a[16]! ^ d6; h = a[17]! ^ d7; b[42] = turn(h, l, 23); b[43] = turn(l, h, 23);
  l = a[28]! ^ d8; h = a[29]! ^ d9; b[44] = turn(h, l, 7); b[45] = turn(l, h, 7);
  l = a[30]! ^ d0; h = a[31]! ^ d1; b[46] = turn(h, l, 9); b[47] = turn(l, h, 9);
  l = a[42]! ^ d2; h = a[43]! ^ d3; b[48] = turn(l, h, 2); b[49] = turn(h, l, 2);
  for (let y = 0; y < 50; y += 10) {
    const b0 = b[y]!;
    const b1 = b[y + 1]!;
    const b2 = b[y + 2]!;
    const b3 = b[y + 3]!;
    const b4 = b[y + 4]!;
    const b5 = b[y + 5]!;
    const b6 = b[y + 6]!;
    const b7 = b[y + 7]!;
    const b8 = b[y + 8]!;
    const b9 = b[y + 9]!;
    a[y] = b0 ^ (~b2 & b4);
    a[y + 1] = b1 ^ (~b3 & b5);
    a[y + 2] = b2 ^ (~b4 & b6);
    a[y + 3] = b3 ^ (~b5 & b7);
    a[y + 4] = b4 ^ (~b6 & b8);
    a[y + 5] = b5 ^ (~b7 & b9);
    a[y + 6] = b6 ^ (~b8 & b0);
    a[y + 7] = b7 ^ (~b9 & b1);
    a[y + 8] = b8 ^ (~b0 & b2);
    a[y + 9] = b9 ^ (~b1 & b3);
  }
  a[0]! ^= IOTA[2 * round]!;
  a[1]! ^= IOTA[2 * round + 1]!;
}

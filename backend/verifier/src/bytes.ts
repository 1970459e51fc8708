// SPDX-License-Identifier: Apache-2.0
// Byte strings. Where they name something (ids, hashes, keys of maps) they are written as
// lower-case hex without 0x, so that they can be compared and looked up.

import { keccak_256 } from "@noble/hashes/sha3.js";
import { sha256 as sha2 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes } from "@noble/hashes/utils.js";

export type Bytes = Uint8Array;
/** Lower-case hex without 0x. */
export type Hex = string;
/** Lower-case hex with 0x: an account or a contract. */
export type Address = string;

export const hex = (data: Bytes): Hex => bytesToHex(data);
export const concat = (...parts: Bytes[]): Bytes => concatBytes(...parts);
export const sha256 = (data: Bytes): Bytes => sha2(data);
/** SHA-256 begun: `update`, `clone` and `digest` go on from there. */
export const sha256Of = (data: Bytes) => sha2.create().update(data);
const [FRESH, USED] = [keccak_256.create(), keccak_256.create()];
/** Keccak-256, hundreds of times a bundle: in one state, for to make one takes a fifth of it. */
export function keccak256(data: Bytes): Bytes {
  const digest = new Uint8Array(32);
  FRESH._cloneInto(USED).update(data).digestInto(digest);
  return digest;
}
/** The bytes of hex that was checked before; in Chromium noble's takes five times as long. */
export function unhex(text: Hex): Bytes {
  const data = new Uint8Array(text.length / 2);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    data[at >> 1] = (data[at >> 1]! << 4) | (code & 15) + (code > 57 ? 9 : 0);
  }
  return data;
}
export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

export function equal(one: Bytes, other: Bytes): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

const LATIN1 = new TextDecoder("latin1");

/** ASCII as text; another byte becomes a character that is not ASCII. */
export function ascii(data: Bytes): string {
  return LATIN1.decode(data);
}

/** Big endian, without a bound. */
export function toBigInt(data: Bytes): bigint {
  return data.length === 0 ? 0n : BigInt("0x" + hex(data));
}

/** Big endian in exactly `size` bytes. */
export function fromBigInt(number: bigint, size: number): Bytes {
  return unhex(number.toString(16).padStart(2 * size, "0"));
}

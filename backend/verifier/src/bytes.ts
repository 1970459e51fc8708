// SPDX-License-Identifier: Apache-2.0
// Byte strings. Where they name something (ids, hashes, keys of maps) they are written as
// lower-case hex without 0x, so that they can be compared and looked up.

import { sha256 as sha2 } from "@noble/hashes/sha2.js";
import { bytesToHex as hex } from "@noble/hashes/utils.js";

export { bytesToHex as hex, concatBytes as concat } from "@noble/hashes/utils.js";
export { keccak256 } from "./keccak.ts";

export type Bytes = Uint8Array;
/** Lower-case hex without 0x. */
export type Hex = string;
/** Lower-case hex with 0x: an account or a contract. */
export type Address = string;

export const sha256 = (data: Bytes): Bytes => sha2(data);

/** SHA-256 of the first `size` bytes of `data`, and of all of it, read once. */
export function sha256OfBoth(data: Bytes, size: number): [Bytes, Bytes] {
  const begun = sha2.create().update(data.subarray(0, size));
  return [begun.clone().digest(), begun.update(data.subarray(size)).digest()];
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
const UTF8 = new TextEncoder();
export const utf8 = (text: string): Bytes => UTF8.encode(text);

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

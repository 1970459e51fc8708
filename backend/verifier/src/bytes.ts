// SPDX-License-Identifier: Apache-2.0
// Byte strings. Where they name something (ids, hashes, keys of maps) they are written as
// lower-case hex without 0x, so that they can be compared and looked up.

import { keccak_256 } from "@noble/hashes/sha3.js";
import { sha256 as sha2 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";

export type Bytes = Uint8Array;
/** Lower-case hex without 0x. */
export type Hex = string;
/** Lower-case hex with 0x: an account or a contract. */
export type Address = string;

export const hex = (data: Bytes): Hex => bytesToHex(data);
export const unhex = (text: Hex): Bytes => hexToBytes(text);
export const concat = (...parts: Bytes[]): Bytes => concatBytes(...parts);
export const sha256 = (data: Bytes): Bytes => sha2(data);
/** SHA-256 begun: `update`, `clone` and `digest` go on from there. */
export const sha256Of = (data: Bytes) => sha2.create().update(data);
export const keccak256 = (data: Bytes): Bytes => keccak_256(data);
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

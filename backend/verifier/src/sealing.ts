// SPDX-License-Identifier: Apache-2.0
// What the kinds of seals share: what is laid before them, what they answer, who signed.

import { secp256k1 } from "@noble/curves/secp256k1.js";

import { concat, toBigInt, type Address, type Bytes, type Hex } from "./bytes.ts";
import type { Header } from "./header.ts";
import { addressOf } from "./jws.ts";
import type { Code } from "./reasons.ts";

/** r || s || v. */
export const SEAL_LENGTH = 65;
const ORDER = secp256k1.Point.Fn.ORDER;

/** The proven block's header first, then those that build on it. */
export interface Sealed {
  headers: readonly Header[];
  operatorSeal: Bytes | null;
}

/**
 * The answer to the check "seal". It rests on the first `headers` of what was given, and on the
 * operator's seal only if `operatorSeal` says so: the rest is surplus.
 */
export interface SealAnswer {
  code: Code;
  /** What this kind of network calls the proven block. */
  blockHash: Hex;
  params: Record<string, string>;
  signers: Address[];
  headers: number;
  operatorSeal: boolean;
}

export function answer(code: Code, blockHash: Hex, more: Partial<SealAnswer> = {}): SealAnswer {
  return { code, blockHash, params: {}, signers: [], headers: 1, operatorSeal: false, ...more };
}

/** The address whose signature over `digest` the 65 bytes are, null when nobody's. */
export function signerOf(digest: Bytes, seal: Bytes, lowS = true): Address | null {
  if (seal.length !== SEAL_LENGTH || seal[64]! > 1) return null;
  const [r, s] = [toBigInt(seal.subarray(0, 32)), toBigInt(seal.subarray(32, 64))];
  const most = lowS ? ORDER / 2n : ORDER - 1n;
  if (r === 0n || r >= ORDER || s === 0n || s > most) return null;
  try {
    const recovered = concat(seal.subarray(64), seal.subarray(0, 64));
    const signature = secp256k1.Signature.fromBytes(recovered, "recovered");
    return addressOf(signature.recoverPublicKey(digest).toBytes(false).subarray(1));
  } catch {
    return null; // r is the x of no point
  }
}

/** The code for a seal that is not a validator's or is there twice, null for neither. */
export function faultOf(signers: readonly (Address | null)[], validators: Address[]): Code | null {
  if (signers.some((each) => each === null || !validators.includes(each))) return "seal-foreign";
  return new Set(signers).size === signers.length ? null : "seal-duplicate";
}

/** The params of an answer that counts signers. */
export function counted(
  signers: readonly unknown[],
  validators: Address[],
  needed: number,
): Record<string, string> {
  return {
    signers: String(new Set(signers).size),
    validators: String(validators.length),
    needed: String(needed),
  };
}

/** Whether a header lists no validators or just these. */
export function listsSame(listed: Address[], validators: Address[]): boolean {
  return listed.length === 0 || listed.join() === validators.join();
}

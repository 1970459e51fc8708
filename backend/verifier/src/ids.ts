// SPDX-License-Identifier: Apache-2.0
// Names of records, participants and accounts (docs/proof.md 1).

import { hex, unhex, type Address, type Bytes, type Hex } from "./bytes.ts";
import { InputFault } from "./fault.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** Each digit's value by its code; 64 for all else that a character may be. */
const VALUES = new Uint8Array(1 << 16).fill(64);
for (const [value, digit] of [...ALPHABET].entries()) VALUES[digit.charCodeAt(0)] = value;
/** By how many digits are the last: which bits lie beyond the bytes, and must be zero. */
const BEYOND = [0, 0, 15, 3];
/** The 43rd character holds the last 4 bits and two that are zero. */
const NI = /^ni:\/\/\/sha-256;([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])$/;
const PKH = /^did:pkh:eip155:([1-9][0-9]{0,15}):(0x[0-9a-f]{40})$/;

/** Unpadded base64url (RFC 4648 section 5) of a few bytes. */
export function b64url(data: Bytes): string {
  const digits = btoa(String.fromCharCode(...data));
  return digits.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The bytes of canonical, unpadded base64url; base64url-malformed. */
export function unb64url(text: string): Bytes {
  const data = new Uint8Array(Math.floor((text.length * 3) / 4));
  let wrong = 0;
  let bits = 0;
  let byte = 0;
  for (let at = 0; at < text.length; at++) {
    const value = VALUES[text.charCodeAt(at)]!;
    wrong |= value;
    bits = (bits << 6) | value;
    if (at & 3) data[byte++] = bits >> (6 - 2 * (at & 3));
  }
  const rest = text.length % 4;
  if (wrong & 64 || rest === 1 || bits & BEYOND[rest]!) {
    throw new InputFault("base64url-malformed", "This is not canonical base64url.");
  }
  return data;
}

/** `ni:///sha-256;…` (RFC 6920) of a digest. */
export function niUri(digest: Hex): string {
  return `ni:///sha-256;${b64url(unhex(digest))}`;
}

/** The digest that a URI names; ni-malformed. */
export function parseNi(uri: string): Hex {
  const match = NI.exec(uri);
  if (!match) throw new InputFault("ni-malformed", "This is not ni:///sha-256;<43 characters>.");
  return hex(unb64url(match[1]!));
}

/** The digest of `u` + base64url of a SHA2-256 multihash, null for any other multibase. */
export function parseDigestMultibase(text: string): Hex | null {
  try {
    const raw = text.startsWith("u") ? hex(unb64url(text.slice(1))) : "";
    return raw.length === 68 && raw.startsWith("1220") ? raw.slice(4) : null;
  } catch (error) {
    if (error instanceof InputFault) return null;
    throw error;
  }
}

/** An account of a chain; the chain's id is its decimal text, which may be beyond 2^53. */
export interface Pkh {
  chainId: string;
  address: Address;
}

export function didPkh({ chainId, address }: Pkh): string {
  return `did:pkh:eip155:${chainId}:${address}`;
}

/** The account of a did:pkh in its canonical spelling, null for anything else. */
export function parseDidPkh(did: string): Pkh | null {
  const match = PKH.exec(did);
  return match ? { chainId: match[1]!, address: match[2]! } : null;
}

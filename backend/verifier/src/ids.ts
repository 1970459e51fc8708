// SPDX-License-Identifier: Apache-2.0
// Names of records, participants and accounts (PROTOCOL 1 and 2).

import { ascii, concat, hex, unhex, utf8, type Address, type Bytes, type Hex } from "./bytes.ts";
import { InputFault } from "./fault.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DIGITS = utf8(ALPHABET);
/** Each digit's value by its code; 64 for what is no digit. */
const VALUES = new Uint8Array(128).fill(64);
for (const [value, digit] of [...ALPHABET].entries()) VALUES[digit.charCodeAt(0)] = value;
/** The 43rd character holds the last 4 bits and two that are zero. */
const NI = /^ni:\/\/\/sha-256;([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])$/;
const PKH = /^did:pkh:eip155:([1-9][0-9]{0,15}):(0x[0-9a-f]{40})$/;
const SHA2_256 = unhex("1220");

/** Unpadded base64url (RFC 4648 section 5). */
export function b64url(data: Bytes): string {
  const digits = new Uint8Array(Math.ceil((data.length * 4) / 3));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let byte = 0; byte < data.length; byte++) {
    bits = ((bits << 8) | data[byte]!) & 0xffff;
    for (held += 8; held >= 6; digits[at++] = DIGITS[(bits >> held) & 63]!) held -= 6;
  }
  if (held > 0) digits[at] = DIGITS[(bits << (6 - held)) & 63]!;
  return ascii(digits);
}

/** The bytes of canonical, unpadded base64url; base64url-malformed. */
export function unb64url(text: string): Bytes {
  const data = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let digit = 0; digit < text.length; digit++) {
    const value = VALUES[text.charCodeAt(digit)] ?? 64;
    if (value === 64) throw notBase64();
    bits = ((bits << 6) | value) & 0xfff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      data[at++] = (bits >> held) & 0xff;
    }
  }
  if (text.length % 4 === 1 || bits & ((1 << held) - 1)) throw notBase64();
  return data;
}

function notBase64(): InputFault {
  return new InputFault("base64url-malformed", "This is not canonical base64url.");
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

/** `u` + base64url of the SHA2-256 multihash of a digest. */
export function digestMultibase(digest: Hex): string {
  return "u" + b64url(concat(SHA2_256, unhex(digest)));
}

/** The digest of a base64url SHA2-256 multihash, null for any other multibase. */
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

// SPDX-License-Identifier: Apache-2.0
// Signed records: compact JWS under ES256K (docs/records.md, "The signature"; RFC 7515, RFC 8812).

import { secp256k1 } from "@noble/curves/secp256k1.js";

import { ascii, concat, hex, keccak256, sha256OfBoth, toBigInt } from "./bytes.ts";
import type { Address, Bytes, Hex } from "./bytes.ts";
import { parseObject, type Json, type JsonObject } from "./encoding.ts";
import { InputFault } from "./fault.ts";
import { didPkh, parseDidPkh, unb64url } from "./ids.ts";

/** Bytes of one record. */
export const MAX_JWS = 1 << 20;
const ORDER = secp256k1.Point.Fn.ORDER;
const COMPACT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})$/;
const JWK = ["kty", "crv", "x", "y"];
const POINT = new Uint8Array([4]);

/** Bytes of a signature and of the point before it. */
const TAIL = 87;

/** What is hashed of a record: all of its bytes, and what its signature is over. */
export interface Hashes {
  id: Hex;
  signingInput: Bytes;
}

/** Both SHA-256 in one pass: what is signed is how the record begins (RFC 7515 section 5.2). */
export function hashesOf(jws: Bytes): Hashes {
  const [signingInput, id] = sha256OfBoth(jws, Math.max(0, jws.length - TAIL));
  return { signingInput, id: hex(id) };
}

/** Whose key a header holds, and that the header is one. */
export interface Signer {
  chainId: string;
  address: Address;
  /** 4 || x || y (SEC 1 section 2.3.3). */
  publicKey: Bytes;
}

/** Who signed, by a JWS that was parsed. Parsing does not check the signature. */
export interface SignedRecord extends Signer {
  id: Hex;
  /** r || s. */
  signature: Bytes;
}

/** The Ethereum address of a point x || y. */
export const addressOf = (publicKey: Bytes): Address =>
  "0x" + hex(keccak256(publicKey).subarray(12));

/**
 * Who signed what in the record of that id that `jws` spells, by every rule of docs/records.md but
 * the signature's.
 * `signers` are those of headers that were read before, by their text; the record's is added.
 */
export function parseJws(
  jws: Bytes,
  id: Hex,
  signers: Map<string, Signer>,
): [SignedRecord, JsonObject] {
  if (jws.length > MAX_JWS) throw new InputFault("record-too-large", "The record is too large.");
  const match = COMPACT.exec(ascii(jws));
  if (!match) throw new InputFault("jws-malformed", "A record is three base64url parts.");
  const [header, body, signature] = match.slice(1).map(part) as [Bytes, Bytes, Bytes];
  const signer = signers.get(match[1]!) ?? readHeader(parseObject(header));
  signers.set(match[1]!, signer);
  checkRange(signature);
  const payload = parseObject(body);
  const issuer = payload.get("issuer");
  if (!(issuer instanceof Map) || issuer.get("id") !== didPkh(signer)) {
    throw new InputFault("jws-kid", "issuer.id is not the account that the header names.");
  }
  return [{ id, ...signer, signature }, payload];
}

/** Whether the ES256K signature verifies under the header's own key (RFC 8812 3.2). */
export function signatureHolds(
  { signature, publicKey }: SignedRecord,
  { signingInput }: Hashes,
): boolean {
  return secp256k1.verify(signature, signingInput, publicKey, { prehash: false });
}

function part(text: string): Bytes {
  try {
    return unb64url(text);
  } catch {
    throw new InputFault("jws-malformed", "A part is not canonical base64url.");
  }
}

function readHeader(header: JsonObject): Signer {
  if (header.get("alg") !== "ES256K") {
    throw new InputFault("jws-algorithm", "The algorithm must be ES256K.");
  }
  if (!hasExactly(header, ["alg", "typ", "jwk", "kid"]) || header.get("typ") !== "vc+jwt") {
    throw new InputFault("jws-header", "The header must have alg, typ, jwk and kid, and no other.");
  }
  const publicKey = readKey(header.get("jwk") ?? null);
  const kid = header.get("kid");
  const named = typeof kid === "string" ? parseDidPkh(kid) : null;
  if (named === null || named.address !== addressOf(publicKey.subarray(1))) {
    throw new InputFault("jws-kid", "kid is not the did:pkh of the header's own key.");
  }
  return { ...named, publicKey };
}

function hasExactly(given: JsonObject, names: string[]): boolean {
  return given.size === names.length && names.every((name) => given.has(name));
}

/** 4 || x || y of a JWK of exactly {kty, crv, x, y}, on the curve; jws-key. */
function readKey(jwk: Json): Bytes {
  const refused = () => new InputFault("jws-key", "The key must be a point of secp256k1.");
  if (!(jwk instanceof Map) || !hasExactly(jwk, JWK)) throw refused();
  const [kty, crv, x, y] = JWK.map((name) => jwk.get(name));
  if (kty !== "EC" || crv !== "secp256k1") throw refused();
  if (typeof x !== "string" || typeof y !== "string") throw refused();
  try {
    const [left, right] = [unb64url(x), unb64url(y)];
    if (left.length !== 32 || right.length !== 32) throw refused();
    const point = concat(POINT, left, right);
    secp256k1.Point.fromBytes(point).assertValidity();
    return point;
  } catch {
    throw refused();
  }
}

/** 0 < r < n and 0 < s <= n/2: one signature has one spelling. */
function checkRange(signature: Bytes): void {
  const [r, s] = [toBigInt(signature.subarray(0, 32)), toBigInt(signature.subarray(32))];
  if (r === 0n || r >= ORDER || s === 0n || s >= ORDER) {
    throw new InputFault("signature-invalid", "The signature's r or s is out of range.");
  }
  if (s > ORDER / 2n) {
    throw new InputFault("signature-high-s", "The signature's s is not in its lower half.");
  }
}

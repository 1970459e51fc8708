// SPDX-License-Identifier: Apache-2.0
// Keccak-256, accounts, Merkle trees (RFC 9162 section 2.1) and RLP (Yellow Paper, appendix B).

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { keccak_256 } from "../../backend/verifier/node_modules/@noble/hashes/sha3.js";
import { hex, keccak256, sha256, sha256OfBoth, unhex } from "../../backend/verifier/src/bytes.ts";
import { addressOf } from "../../backend/verifier/src/jws.ts";
import { leafHash, nodeHash, pathLength, rootFromPath } from "../../backend/verifier/src/merkle.ts";
import { decode, encode, type Item } from "../../backend/verifier/src/rlp.ts";
import { foreign, said } from "./vectors.ts";

test("hashes and accounts are those of Ethereum", () => {
  const { hashes, accounts } = foreign<{
    hashes: { data: string; hash: string }[];
    accounts: { publicKey: string; address: string }[];
  }>("keccak");
  for (const each of hashes) assert.equal(hex(keccak256(unhex(each.data))), each.hash);
  for (const each of accounts) assert.equal(addressOf(unhex(each.publicKey)), each.address);
});

/** Bytes of every length up to some blocks of either hash, no two alike. */
const TEXTS = Array.from({ length: 420 }, (_, size) =>
  Uint8Array.from({ length: size }, (_, at) => (at * 7 + size * 13) % 256),
);

test("SHA-256 is OpenSSL's for every length, and for every beginning", () => {
  const theirs = (text: Uint8Array) => createHash("sha256").update(text).digest("hex");
  for (const text of TEXTS) {
    assert.equal(hex(sha256(text)), theirs(text));
    for (const size of [0, 1, 55, 56, 63, 64, 65, text.length - 1, text.length]) {
      if (size < 0 || size > text.length) continue;
      const both = sha256OfBoth(text, size).map(hex);
      assert.deepEqual(both, [theirs(text.subarray(0, size)), theirs(text)]);
    }
  }
});

test("Keccak-256 is noble's for every length", () => {
  for (const text of TEXTS) assert.equal(hex(keccak256(text)), hex(keccak_256(text)));
});

interface Tree {
  inputs: string[];
  roots: string[];
  paths: { index: number; size: number; path: string[] }[];
}
const TREE = foreign<Tree>("merkle");

function leadsTo(input: string, index: number, size: number, path: string[]): string | null {
  const root = rootFromPath(unhex(input), BigInt(index), BigInt(size), path.map(unhex));
  return root && hex(root);
}

for (const { index, size, path } of TREE.paths) {
  test(`the reference tree of ${size} has its published path to leaf ${index}, and no other`, () => {
    const [input, root] = [TREE.inputs[index]!, TREE.roots[size - 1]!];
    assert.equal(pathLength(BigInt(index), BigInt(size)), path.length);
    assert.equal(leadsTo(input, index, size, path), root);
    assert.notEqual(leadsTo(input + "00", index, size, path), root);
    for (const other of [size, size + 1, -1]) assert.equal(leadsTo(input, other, size, path), null);
    assert.equal(leadsTo(input, index, size, [...path, root]), null);
    for (const [at, step] of path.entries()) {
      const bent = path.with(at, step.replace(/^./, (digit) => (digit === "0" ? "1" : "0")));
      assert.notEqual(leadsTo(input, index, size, bent), root);
      assert.equal(leadsTo(input, index, size, path.toSpliced(at, 1)), null);
    }
  });
}

test("a leaf and a node of the same bytes have different hashes", () => {
  const [one, other] = TREE.inputs.slice(0, 2).map((each) => leafHash(unhex(each)));
  assert.equal(hex(nodeHash(one!, other!)), TREE.roots[1]);
  assert.notEqual(hex(leafHash(unhex(hex(one!) + hex(other!)))), TREE.roots[1]);
});

type Written = string | Written[];
const RLP = foreign<{ read: { name: string; item: Written; rlp: string }[]; refused: string[] }>("rlp");
const inBytes = (item: Written): Item => (typeof item === "string" ? unhex(item) : item.map(inBytes));
const inHex = (item: Item): Written => (item instanceof Uint8Array ? hex(item) : item.map(inHex));

for (const { name, item, rlp } of RLP.read) {
  test(`RLP: ${name} is read and written`, () => {
    assert.deepEqual(inHex(decode(unhex(rlp))), item);
    assert.equal(hex(encode(inBytes(item))), rlp);
  });
}

for (const rlp of RLP.refused) {
  test(`RLP: ${rlp.slice(0, 16) || "nothing"} is another spelling, and refused`, () => {
    assert.equal(said(() => decode(unhex(rlp))), "rlp-malformed");
  });
}

// SPDX-License-Identifier: Apache-2.0
// The published standards' own data, read where it lies: `STANDARDS` is its folder.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { toBigInt, unhex } from "../../backend/verifier/src/bytes.ts";
import { parseJson } from "../../backend/verifier/src/encoding.ts";
import { parseHeader } from "../../backend/verifier/src/header.ts";
import { accountState, storageOf } from "../../backend/verifier/src/storage.ts";
import { MissingNode, NodePool } from "../../backend/verifier/src/trie.ts";
import { said } from "./vectors.ts";

const STANDARDS = process.env["STANDARDS"]!;

/** An answer to eth_getProof (EIP-1186). */
interface Proof {
  address: string;
  balance: string;
  codeHash: string;
  accountProof: string[];
  storageProof: { key: string; value: string; proof: string[] }[];
}
interface Vector {
  name: string;
  header_rlp: string;
  expect: { reason?: string };
  eth_getProof?: Proof;
}

function vectors(kind: string): (Vector & { eth_getProof: Proof })[] {
  const file = JSON.parse(readFileSync(join(STANDARDS, "qbft", `${kind}.json`), "utf8"));
  const found = (file.vectors as Vector[]).filter((each) => each.eth_getProof !== undefined);
  assert.notEqual(found.length, 0);
  return found as (Vector & { eth_getProof: Proof })[];
}

/** Whether what the answer claims is what its nodes prove under the header's state root. */
function holds({ header_rlp, eth_getProof: proof }: Vector & { eth_getProof: Proof }): boolean {
  const nodes = [proof.accountProof, ...proof.storageProof.map((each) => each.proof)].flat();
  const pool = new NodePool(nodes.map((each) => unhex(each.slice(2))));
  const root = parseHeader(unhex(header_rlp.slice(2))).stateRoot;
  const account = accountState(root, proof.address, pool);
  if (account === null || "0x" + account.codeHash !== proof.codeHash) return false;
  const word = storageOf(account.storageRoot, pool);
  return proof.storageProof.every(({ key, value }) => {
    const slot = unhex(key.slice(2).padStart(64, "0"));
    return toBigInt(word(slot)) === BigInt(value);
  });
}

for (const vector of vectors("synthetic")) {
  test(`an account and its words are proven: ${vector.name}`, () => assert.ok(holds(vector)));
}

for (const vector of vectors("negative")) {
  test(`what is claimed falsely is not proven: ${vector.name}`, () => {
    if (vector.expect.reason === "account-proof") assert.throws(() => holds(vector), MissingNode);
    else assert.ok(!holds(vector));
  });
}

test("the inputs of RFC 8785 are read where they are I-JSON of few digits", () => {
  const folder = join(STANDARDS, "jcs", "input");
  const codes = readdirSync(folder).map((name) => said(() => parseJson(readFileSync(join(folder, name)))));
  assert.deepEqual(new Set(codes), new Set(["read", "number-malformed"]));
});

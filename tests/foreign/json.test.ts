// SPDX-License-Identifier: Apache-2.0
// JSON has one reading, or none (RFC 8259, RFC 7493).

import assert from "node:assert/strict";
import { test } from "node:test";

import { Decimal, parseJson } from "../../backend/verifier/src/encoding.ts";
import { foreign, octets, said, type Octets } from "./vectors.ts";

const { read, refused } = foreign<{
  read: Octets[];
  refused: { what: string; code: string; texts: Octets[] }[];
}>("ijson");

test("what I-JSON allows is read as JavaScript reads it", () => {
  for (const text of read) {
    const found = parseJson(octets(text));
    const plain = found instanceof Decimal ? Number(found.text) : found;
    assert.equal(plain, JSON.parse(String(text)), String(text));
  }
});

for (const { what, code, texts } of refused) {
  test(`${what} is refused: ${code}`, () => {
    for (const text of texts) {
      assert.equal(said(() => parseJson(octets(text))), code, JSON.stringify(text));
    }
  });
}

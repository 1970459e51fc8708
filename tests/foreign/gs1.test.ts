// SPDX-License-Identifier: Apache-2.0
// GTINs and their check digits (GS1 General Specifications, section 7.9).

import assert from "node:assert/strict";
import { test } from "node:test";

import { productMeant } from "../../backend/verifier/src/product.ts";
import { foreign, said } from "./vectors.ts";

for (const gtin of foreign<{ gtins: string[] }>("gs1").gtins) {
  test(`${gtin} is a GTIN, and with another last digit is none`, () => {
    assert.equal(productMeant(gtin), `https://id.gs1.org/01/${gtin.padStart(14, "0")}`);
    for (let digit = 0; digit < 10; digit++) {
      const other = gtin.slice(0, -1) + digit;
      const expected = other === gtin ? "read" : "gs1-check-digit";
      assert.equal(said(() => productMeant(other)), expected);
    }
  });
}

// SPDX-License-Identifier: Apache-2.0
// ECDSA over secp256k1 and its edges, compact JWS (RFC 7515, RFC 8812) and base64url.

import assert from "node:assert/strict";
import { test } from "node:test";

import { hex, unhex, utf8 } from "../../backend/verifier/src/bytes.ts";
import { Presented } from "../../backend/verifier/src/evidence.ts";
import { b64url, unb64url } from "../../backend/verifier/src/ids.ts";
import { signerOf } from "../../backend/verifier/src/sealing.ts";
import { foreign, said } from "./vectors.ts";

interface Recovery {
  name: string;
  digest: string;
  seal: string;
  lowS: boolean;
  signer: string | null;
}

for (const each of foreign<{ recoveries: Recovery[] }>("ecdsa").recoveries) {
  test(`a seal: ${each.name}${each.lowS ? "" : ", either s allowed"}`, () => {
    assert.equal(signerOf(unhex(each.digest), unhex(each.seal), each.lowS), each.signer);
  });
}

const JWS = foreign<{
  records: { name: string; jws: string; says: string }[];
  base64url: { data: string; text: string }[];
  refused: string[];
}>("jws");

for (const { name, jws, says } of JWS.records) {
  test(`a JWS: ${name} ${says}`, () => {
    const record = new Presented(utf8(jws), null);
    const fault = said(() => record.signed());
    const holds = () => (record.signatureHolds() ? "holds" : "does not hold");
    assert.equal(fault === "read" ? holds() : fault, says);
  });
}

test("base64url is that of its standard, in one spelling", () => {
  for (const { data, text } of JWS.base64url) {
    assert.equal(b64url(unhex(data)), text);
    assert.equal(hex(unb64url(text)), data);
  }
  for (const text of JWS.refused) {
    assert.equal(said(() => unb64url(text)), "base64url-malformed", text);
  }
});

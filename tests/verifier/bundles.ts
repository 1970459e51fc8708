// SPDX-License-Identifier: Apache-2.0
// Reads bundles and trust files, and writes for each the verdict, or the code of what is wrong.

import { readFileSync } from "node:fs";

import { parseBundle } from "../../backend/verifier/src/bundle.ts";
import { unhex } from "../../backend/verifier/src/bytes.ts";
import { InputFault } from "../../backend/verifier/src/fault.ts";
import { verifyBundle } from "../../backend/verifier/src/offline.ts";
import { parseTrust, trustDigest } from "../../backend/verifier/src/trust.ts";
import { replaced, said } from "./said.ts";

interface Given {
  bundle: string;
  trust: string;
  now: number;
  subject: string | null;
  maxAge: number | null;
}

function answer(given: Given): unknown {
  try {
    const trust = parseTrust(unhex(given.trust));
    const verdict = verifyBundle(parseBundle(unhex(given.bundle)), trust, {
      now: given.now,
      subject: given.subject ?? undefined,
      maxAge: given.maxAge ?? undefined,
    });
    const { block, seal } = verdict;
    return { ...(said(verdict) as object), block, seal, trust: trustDigest(trust) };
  } catch (error) {
    if (error instanceof InputFault) return { error: error.code };
    throw error;
  }
}

const cases: Given[] = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map(answer), replaced));

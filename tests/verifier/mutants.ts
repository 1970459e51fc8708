// SPDX-License-Identifier: Apache-2.0
// Verifies bundles by trust files, each given as what differs from a base, and writes of each the
// outcome and its verdict document (whole, or SHA-256 of it), the code of what is wrong with
// the input, or the stack of what must not happen.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import type { Bytes } from "../../backend/verifier/src/bytes.ts";
import { verdictJson } from "../../backend/verifier/src/document.ts";
import { InputFault } from "../../backend/verifier/src/fault.ts";
import { report } from "../../backend/verifier/src/report.ts";
import { parseTrust } from "../../backend/verifier/src/trust.ts";

/** Which base, how many of its first and of its last bytes stay, and base64 of what is between. */
type Patch = [base: number, first: number, last: number, between: string];

interface Given {
  bases: string[];
  cases: { bundle: Patch; trust: Patch; now: number }[];
  whole: boolean;
}

const { bases, cases, whole }: Given = JSON.parse(readFileSync(0, "utf8"));
const known = bases.map((each) => Buffer.from(each, "base64"));

function patched([base, first, last, between]: Patch): Bytes {
  const data = known[base]!;
  const parts = [data.subarray(0, first), Buffer.from(between, "base64"), data.subarray(data.length - last)];
  return new Uint8Array(Buffer.concat(parts));
}

function answer({ bundle, trust, now }: Given["cases"][number]): unknown {
  try {
    const asked = { bundle: patched(bundle), trust: parseTrust(patched(trust)), now };
    const found = report({ ...asked, documents: new Map() });
    const said = verdictJson(found);
    return [found.outcome, whole ? said : createHash("sha256").update(said).digest("hex")];
  } catch (error) {
    if (error instanceof InputFault) return ["error", error.code];
    return ["crash", String((error as Error).stack)];
  }
}

process.stdout.write(JSON.stringify(cases.map(answer)));

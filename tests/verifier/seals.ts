// SPDX-License-Identifier: Apache-2.0
// Reads headers and who is to have sealed them, and writes what is found.

import { readFileSync } from "node:fs";

import { hex, unhex } from "../../backend/verifier/src/bytes.ts";
import { InputFault } from "../../backend/verifier/src/fault.ts";
import { parseHeader } from "../../backend/verifier/src/header.ts";
import * as qbft from "../../backend/verifier/src/qbft.ts";
import { checkSeal } from "../../backend/verifier/src/seals.ts";
import type { TrustFile } from "../../backend/verifier/src/trust.ts";

interface Given {
  headers: string[];
  operatorSeal: string | null;
  trust: TrustFile;
}

function answer({ headers, operatorSeal, trust }: Given): unknown {
  try {
    const read = headers.map((each) => parseHeader(unhex(each)));
    const seal = operatorSeal === null ? null : unhex(operatorSeal);
    const found = checkSeal({ headers: read, operatorSeal: seal }, trust);
    const commit = found.code === "seal-malformed" || trust.seal.kind !== "qbft"
      ? null : hex(qbft.commitHash(read[0]!));
    return { ...found, commit };
  } catch (error) {
    if (error instanceof InputFault) return { error: error.code };
    throw error;
  }
}

const cases: Given[] = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map(answer)));

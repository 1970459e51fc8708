// SPDX-License-Identifier: Apache-2.0
// Reads addresses of pages, and writes which product each is of, or the error.

import { readFileSync } from "node:fs";

import { productAt } from "../../backend/verifier/src/address.ts";
import { InputFault } from "../../backend/verifier/src/fault.ts";

function answer(href: string): string {
  try {
    return productAt(href);
  } catch (error) {
    if (error instanceof InputFault) return error.code;
    throw error;
  }
}

const shown: string[] = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(shown.map(answer)));

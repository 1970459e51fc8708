// SPDX-License-Identifier: Apache-2.0
// Reads what people may type for a product, and writes which product each is, or the error.

import { readFileSync } from "node:fs";

import { InputFault } from "../../backend/verifier/src/fault.ts";
import { productMeant } from "../../backend/verifier/src/product.ts";

function answer(text: string): string {
  try {
    return productMeant(text);
  } catch (error) {
    if (error instanceof InputFault) return error.code;
    throw error;
  }
}

const typed: string[] = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(typed.map(answer)));

// SPDX-License-Identifier: Apache-2.0
// Vectors of others, as JSON beside this module; data.py gives the same ones to Python.

import { readFileSync } from "node:fs";

import { unhex, utf8, type Bytes } from "../../backend/verifier/src/bytes.ts";
import { InputFault } from "../../backend/verifier/src/fault.ts";

/** A text as UTF-8, or the bytes of `{"hex": "…"}`. */
export type Octets = string | { hex: string };

export const octets = (said: Octets): Bytes =>
  typeof said === "string" ? utf8(said) : unhex(said.hex);

export function foreign<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), "utf8")) as T;
}

/** The code with which something is refused, "read" if it is not. */
export function said(read: () => unknown): string {
  try {
    read();
    return "read";
  } catch (error) {
    if (error instanceof InputFault) return error.code;
    throw error;
  }
}

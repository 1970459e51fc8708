// SPDX-License-Identifier: Apache-2.0
// Members that no record may have (docs/records.md, "Refused members").

import type { Json, JsonObject } from "./encoding.ts";
import { InputFault } from "./fault.ts";

const AT_ROOT = [
  "credentialStatus", "renderMethod", "proof",
  "iss", "sub", "aud", "jti", "iat", "nbf", "exp", "vc", "vp",
];
const ANYWHERE = new Set(["_sd", "_sd_alg", "..."]);

/** record-member-refused if the payload has such a member, or a null anywhere. */
export function checkMembers(payload: JsonObject): void {
  if (AT_ROOT.some((name) => payload.has(name)) || holdsRefused(payload)) {
    throw new InputFault("record-member-refused", "The record has a member that is refused.");
  }
}

function holdsRefused(value: Json): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.some(holdsRefused);
  if (!(value instanceof Map)) return false;
  for (const [name, item] of value) if (ANYWHERE.has(name) || holdsRefused(item)) return true;
  return false;
}

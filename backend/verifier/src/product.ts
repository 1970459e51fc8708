// SPDX-License-Identifier: Apache-2.0
// Which product a person means: what may be typed of a label, as its canonical identifier.

import { InputFault } from "./fault.ts";

/** A GTIN, and after it a lot, or pairs of 10 (lot) and 21 (serial number). */
const SHORT = /^([0-9]{8}|[0-9]{12,14})((?:\/[^/]+)*)$/;
const VALUE = /^[!"%-?A-Z_a-z]{1,20}$/;
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$/;
/** GS1 identifiers in other spellings than records have: whoever compares them must read them. */
const OTHERS = /^urn:epc:|^https?:\/\/(?!id\.gs1\.org\/01\/[0-9]{14}(?:\/|$)).*\/01\/[0-9]{8,14}(?:[/?#]|$)/i;

/** The canonical identifier; gs1-malformed, gs1-check-digit. */
export function productMeant(text: string): string {
  const match = SHORT.exec(text);
  if (match) return linkOf(match[1]!, match[2]!.split("/").slice(1));
  if (!ABSOLUTE.test(text) || OTHERS.test(text)) throw malformed();
  return text;
}

/** The Digital Link of a GTIN and what follows it, unescaped: a lot, or pairs of 10 and 21. */
export function linkOf(digits: string, rest: string[]): string {
  const gtin = digits.padStart(14, "0");
  if (checkDigit(gtin) !== Number(gtin.at(-1))) {
    throw new InputFault("gs1-check-digit", "The GTIN's check digit is wrong.");
  }
  const pairs = rest.length === 1 ? ["10", ...rest] : rest;
  const names = pairs.filter((_, at) => at % 2 === 0).join();
  const values = pairs.filter((_, at) => at % 2 === 1);
  if (!["", "10", "21", "10,21"].includes(names) || pairs.length % 2 > 0) throw malformed();
  if (!values.every((each) => VALUE.test(each) && !each.includes("%"))) throw malformed();
  return ["https://id.gs1.org/01", gtin, ...pairs.map(escaped)].join("/");
}

/** All but unreserved characters escaped (RFC 3986 section 2.3). */
const escaped = (value: string): string =>
  encodeURIComponent(value).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

/** GS1 General Specifications 7.9. */
function checkDigit(gtin: string): number {
  const sum = [...gtin.slice(0, -1)].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10;
}

function malformed(): InputFault {
  return new InputFault(
    "gs1-malformed",
    "A product is a GTIN, GTIN/LOT, GTIN/21/SERIAL, or its identifier as records have it.",
  );
}

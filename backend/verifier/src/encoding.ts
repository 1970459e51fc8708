// SPDX-License-Identifier: Apache-2.0
// JSON as both verifiers read it (docs/proof.md 1; I-JSON, RFC 7493). Objects are maps, so that no
// name means more than it says; numbers with a fraction or an exponent keep their text.

import type { Bytes } from "./bytes.ts";
import { InputFault } from "./fault.ts";

/** A number that is not written as an integer; no verdict computes with one. */
export class Decimal {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type JsonObject = Map<string, Json>;
export type Json = null | boolean | number | string | Decimal | Json[] | JsonObject;

/** Levels of nesting; a scalar has none. */
const MAX_DEPTH = 64;
/** Significant digits of a number with a fraction or an exponent. */
const MAX_DIGITS = 15;
/** Characters of such a number, as it is written and in plain notation. */
const MAX_NUMBER = 64;
/** Decimal exponent of the leading digit. */
const MIN_EXPONENT = -30n;
const MAX_EXPONENT = 15n;

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const NOT_TEXT = /[\p{Cs}\p{Noncharacter_Code_Point}]/u;
const NUMBER = /-?(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([-+]?[0-9]+))?/y;
const CONSTANT = /NaN|-?Infinity/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const HEX4 = /[0-9A-Fa-f]{4}/y;
/** Space, tab, line feed, carriage return. */
const SPACES = [32, 9, 10, 13];
const WORDS: readonly [string, Json][] = [["null", null], ["true", true], ["false", false]];
const ESCAPES: Record<string, string> = {
  '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t",
};

const malformed = (what: string) => new InputFault("json-malformed", `This is not JSON: ${what}.`);
const notIJson = (what: string) => new InputFault("json-not-i-json", what);

/** What a number with a fraction or an exponent is, by its text. */
type Fraction = (number: string) => Json;

/** The value of I-JSON text: json-malformed, json-not-i-json, json-too-deep, number-malformed. */
export function parseJson(data: Bytes, fraction: Fraction = decimalOf): Json {
  if (data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf) {
    throw notIJson("The text begins with a byte-order mark.");
  }
  try {
    return read(data, fraction);
  } catch (fault) {
    if (depth(data) <= MAX_DEPTH) throw fault;
    throw new InputFault("json-too-deep", `The JSON is nested more than ${MAX_DEPTH} levels deep.`);
  }
}

function read(data: Bytes, fraction: Fraction): Json {
  const text = decoded(data);
  const reader = new Reader(text, fraction);
  const value = reader.whole();
  // ASCII, as which no other text is as long, has none.
  if ((text.length < data.length && NOT_TEXT.test(text)) || reader.strange) {
    throw notIJson("A string holds a lone surrogate or a noncharacter.");
  }
  return value;
}

/** Like parseJson, for text that must be one JSON object. */
export function parseObject(data: Bytes, fraction?: Fraction): JsonObject {
  const value = parseJson(data, fraction);
  if (!(value instanceof Map)) throw malformed("it is no object");
  return value;
}

function decoded(data: Bytes): string {
  try {
    return UTF8.decode(data);
  } catch {
    throw malformed("it is not UTF-8");
  }
}

/** How deep the brackets outside strings go, whatever else the text is. */
function depth(data: Bytes): number {
  let level = 0;
  let deepest = 0;
  let inside = false;
  for (let at = 0; at < data.length; at++) {
    const byte = data[at];
    if (inside) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) inside = false;
    } else if (byte === 0x22) inside = true;
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++level);
    else if (byte === 0x5d || byte === 0x7d) level--;
  }
  return deepest;
}

class Reader {
  private readonly text: string;
  private readonly fraction: Fraction;
  private at = 0;
  private level = 0;
  /** Whether an escape made a string that is not Unicode text. */
  strange = false;

  constructor(text: string, fraction: Fraction) {
    this.text = text;
    this.fraction = fraction;
  }

  whole(): Json {
    this.space();
    const value = this.value();
    this.space();
    if (this.at !== this.text.length) throw malformed("something follows its end");
    return value;
  }

  /** What the pattern takes of the text from here on, "" if that is nothing. */
  private take(pattern: RegExp): string {
    const start = this.at;
    pattern.lastIndex = start;
    if (pattern.test(this.text)) this.at = pattern.lastIndex;
    return this.text.slice(start, this.at);
  }

  private next(): string {
    return this.text.charAt(this.at);
  }

  private space(): void {
    let code = this.text.charCodeAt(this.at);
    while (code <= 32 && SPACES.includes(code)) code = this.text.charCodeAt(++this.at);
  }

  private value(): Json {
    const first = this.next();
    if (first === '"') return this.string();
    if (first === "{" || first === "[") {
      if (this.level++ === MAX_DEPTH) throw malformed("it is nested too deep");
      const value = first === "{" ? this.object() : this.list();
      this.level--;
      return value;
    }
    for (const [word, value] of WORDS) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    const constant = this.take(CONSTANT);
    if (constant) throw notIJson(`${constant} is not a number of JSON.`);
    const number = this.take(NUMBER);
    if (!number) throw malformed("a value is missing");
    return /[.eE]/.test(number) ? this.fraction(number) : integerOf(number);
  }

  private list(): Json[] {
    const items: Json[] = [];
    this.at++;
    this.space();
    if (this.next() === "]") {
      this.at++;
      return items;
    }
    for (;;) {
      this.space();
      items.push(this.value());
      this.space();
      if (this.ends("]")) return items;
    }
  }

  private object(): JsonObject {
    const members: JsonObject = new Map();
    let names = 0;
    this.at++;
    this.space();
    if (this.next() === "}") {
      this.at++;
      return members;
    }
    for (;;) {
      this.space();
      if (this.next() !== '"') throw malformed("a name is missing");
      const name = this.string();
      this.space();
      if (this.next() !== ":") throw malformed("a colon is missing");
      this.at++;
      this.space();
      members.set(name, this.value());
      names++;
      this.space();
      if (this.ends("}")) break;
    }
    if (members.size !== names) throw notIJson("A name occurs twice in one object.");
    return members;
  }

  /** Whether the closing bracket is here; past it, or past the comma. */
  private ends(bracket: string): boolean {
    const found = this.next();
    if (found !== bracket && found !== ",") throw malformed("a comma is missing");
    this.at++;
    return found === bracket;
  }

  private string(): string {
    let value = "";
    let escaped = false;
    this.at++;
    for (;;) {
      value += this.take(PLAIN);
      const found = this.next();
      this.at++;
      if (found === '"') break;
      if (found !== "\\") throw malformed("a string does not end, or holds a control character");
      const kind = this.next();
      this.at++;
      escaped ||= kind === "u";
      value += kind === "u" ? this.unicode() : unescaped(kind);
    }
    if (escaped && NOT_TEXT.test(value)) this.strange = true;
    return value;
  }

  private unicode(): string {
    const digits = this.take(HEX4);
    if (!digits) throw malformed("an escape is none");
    return String.fromCharCode(parseInt(digits, 16));
  }
}

function unescaped(kind: string): string {
  const value = Object.hasOwn(ESCAPES, kind) ? ESCAPES[kind] : undefined;
  if (value === undefined) throw malformed("an escape is none");
  return value;
}

function integerOf(text: string): number {
  const number = Number(text);
  if (text.length > 17 || !Number.isSafeInteger(number)) {
    throw notIJson("An integer lies beyond 2^53-1.");
  }
  return number === 0 ? 0 : number;
}

function decimalOf(text: string): Decimal {
  NUMBER.lastIndex = 0;
  const [, whole = "", fraction = "", exponent = "0"] = NUMBER.exec(text) ?? [];
  if (text.length > MAX_NUMBER || !inRange(text, whole, fraction, exponent)) {
    throw new InputFault(
      "number-malformed",
      `A number has more than ${MAX_DIGITS} significant digits or is out of range.`,
    );
  }
  return new Decimal(text);
}

function inRange(text: string, whole: string, fraction: string, exponent: string): boolean {
  const coefficient = BigInt(whole + fraction);
  const digits = coefficient.toString();
  const scale = BigInt(exponent) - BigInt(fraction.length);
  const leading = scale + BigInt(digits.length - 1);
  if (leading < MIN_EXPONENT || leading > MAX_EXPONENT) return false;
  if (digits.replace(/^0+|0+$/g, "").length > MAX_DIGITS) return false;
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  const [one, other] =
    scale < 0n ? [coefficient, most * 10n ** -scale] : [coefficient * 10n ** scale, most];
  return one <= other && plainLength(text, digits, Number(scale)) <= MAX_NUMBER;
}

function plainLength(text: string, digits: string, scale: number): number {
  const sign = text.startsWith("-") ? 1 : 0;
  if (scale >= 0) return sign + digits.length + (digits === "0" ? 0 : scale);
  return sign + Math.max(1, digits.length + scale) + 1 - scale;
}

// SPDX-License-Identifier: Apache-2.0
// The bundle: a passport's records and proofs in one self-contained file (docs/proof.md 2), in one
// spelling only: what this verifier would not write itself is refused.

import { ascii, hex, utf8, type Address, type Bytes } from "./bytes.ts";
import { parseObject, type Json, type JsonObject } from "./encoding.ts";
import { Presented, shared, type Inclusion, type Shared } from "./evidence.ts";
import { InputFault } from "./fault.ts";
import { unb64url } from "./ids.ts";
import { MAX_JWS } from "./jws.ts";

const VERSION = 1;
export const MAX_BYTES = 32 << 20;
const MAX_RECORDS = 20_000;
const MAX_NODES = 100_000;
/** Nodes that a bundle may have however few its records are, and so many more a record. */
const SPARE_NODES = 16_384;
const NODES_A_RECORD = 64;
const MAX_HEADERS = 1_000;
const MAX_NODE = 1_024;
const MAX_HEADER = 8_192;
const MAX_PATH = 64;
/** The names of all members, in the order in which they are written. */
const ORDER = [
  "filieraBundle", "headers", "operatorSeal",
  "records", "jws", "anchor", "anchorer", "root", "index", "path",
  "nodes",
];
const ADDRESS = /^0x[0-9a-f]{40}$/;

/** `headers` are RLP, the proven block's first; `records` the product's own first. */
export interface Bundle {
  headers: Bytes[];
  records: Presented[];
  nodes: Bytes[];
  operatorSeal: Bytes | null;
}

/** The bundle that `data` spells; bundle-too-large, bundle-version, bundle-malformed. */
export function parseBundle(data: Bytes): Bundle {
  if (data.length > MAX_BYTES) throw tooLarge(`A bundle has at most ${MAX_BYTES >> 20} MiB.`);
  const text = ascii(data);
  checkRoom(text);
  const given = parseObject(data, () => {
    throw malformed("A bundle's numbers are whole.");
  });
  checkVersion(given.get("filieraBundle"));
  members(given, ["filieraBundle", "headers", "records", "nodes"], ["operatorSeal"]);
  const records = list(given.get("records"), MAX_RECORDS);
  const nodes = list(given.get("nodes"), mostNodes(records.length));
  const common = shared();
  const bundle = {
    headers: blobs(list(given.get("headers"), MAX_HEADERS), MAX_HEADER),
    records: records.map((each) => record(each, common)),
    nodes: blobs(nodes, MAX_NODE),
    operatorSeal: given.has("operatorSeal") ? exactly(given.get("operatorSeal"), 65) : null,
  };
  if (bundle.headers.length === 0 || bundle.records.length === 0) {
    throw malformed("It has no header or no record.");
  }
  if (JSON.stringify(inOrder(given)) !== text) {
    throw malformed("It is not in the one spelling that a bundle has.");
  }
  return bundle;
}

/** What JSON is to write of a bundle, whose base64url has one spelling anyway. */
function inOrder(value: Json): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!(value instanceof Map)) return value;
  const names = ORDER.filter((name) => value.has(name));
  return Object.fromEntries(names.map((name) => [name, inOrder(value.get(name)!)]));
}

/** How many nodes a bundle of so many records may have. */
function mostNodes(records: number): number {
  return Math.min(MAX_NODES, SPARE_NODES + NODES_A_RECORD * records);
}

/** Refuses what holds more than a bundle may, whose strings have none of these marks. */
function checkRoom(text: string): void {
  const braces = count(text, "}", 2 * MAX_RECORDS + 1);
  count(text, "]", MAX_RECORDS + 3);
  count(text, ":", 5 + 6 * MAX_RECORDS);
  const records = Math.min(braces, MAX_RECORDS);
  count(text, ",", MAX_HEADERS + records * (MAX_PATH + 5) + mostNodes(records));
}

/** How often a mark is in a text: at most so often. */
function count(text: string, mark: string, most: number): number {
  let found = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
    if (++found > most) throw tooLarge("It holds more than a bundle has room for.");
  }
  return found;
}

type Given = Json | undefined;

function checkVersion(version: Given): void {
  if (typeof version !== "number") throw malformed("It is not a Filiera bundle.");
  if (version !== VERSION) {
    throw new InputFault(
      "bundle-version",
      `The bundle is of version ${version}; this program knows version ${VERSION}.`,
    );
  }
}

function record(given: Json, common: Shared): Presented {
  const said = members(given, ["jws"], ["anchor"]);
  const jws = said.get("jws");
  if (typeof jws !== "string" || jws.length > MAX_JWS || !/^[\u0000-\u007f]*$/.test(jws)) {
    throw malformed("A record is the ASCII text of a JWS.");
  }
  const inclusion = said.has("anchor") ? anchor(said.get("anchor")) : null;
  return new Presented(utf8(jws), inclusion, common);
}

function anchor(given: Given): Inclusion {
  const said = members(given, ["anchorer", "root", "index", "path"], []);
  const index = said.get("index");
  if (typeof index !== "number" || index < 0) {
    throw malformed("An index is a whole number from 0 on.");
  }
  const path = list(said.get("path"), MAX_PATH);
  return {
    anchorer: address(said.get("anchorer")),
    root: hex(exactly(said.get("root"), 32)),
    index: BigInt(index),
    path: path.map((each) => exactly(each, 32)),
  };
}

/** An object of exactly these members, none of them null. */
function members(given: Given, required: string[], optional: string[]): JsonObject {
  if (!(given instanceof Map)) throw malformed("This must be an object.");
  const known = [...given].every(
    ([name, value]) => value !== null && (required.includes(name) || optional.includes(name)),
  );
  if (!known || !required.every((name) => given.has(name))) {
    throw malformed(`It must have ${required.join(", ")}, and no other.`);
  }
  return given;
}

function list(given: Given, most: number): Json[] {
  if (!Array.isArray(given)) throw malformed("This must be a list.");
  if (given.length > most) throw tooLarge(`There are at most ${most} of these.`);
  return given;
}

function blobs(given: Json[], size: number): Bytes[] {
  return given.map((each) => atMost(each, size));
}

function atMost(given: Given, size: number): Bytes {
  const wrong = () => malformed(`This must be base64url of ${size} bytes.`);
  if (typeof given !== "string" || given.length > 2 * size + 4) throw wrong();
  try {
    const data = unb64url(given);
    if (data.length > 0 && data.length <= size) return data;
  } catch {
    // said below
  }
  throw wrong();
}

function exactly(given: Given, size: number): Bytes {
  const data = atMost(given, size);
  if (data.length !== size) throw malformed(`This must be base64url of ${size} bytes.`);
  return data;
}

function address(given: Given): Address {
  if (typeof given === "string" && ADDRESS.test(given)) return given;
  throw malformed("An address is 0x and 40 lower-case hexadecimal digits.");
}

const malformed = (message: string) => new InputFault("bundle-malformed", message);
const tooLarge = (message: string) => new InputFault("bundle-too-large", message);

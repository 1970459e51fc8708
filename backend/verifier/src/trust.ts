// SPDX-License-Identifier: Apache-2.0
// The trust file: what a verifier believes beforehand (docs/proof.md 3).

import { hex, sha256, utf8, type Address, type Bytes, type Hex } from "./bytes.ts";
import { parseObject, type Json, type JsonObject } from "./encoding.ts";
import type { Trust } from "./evidence.ts";
import { InputFault } from "./fault.ts";
import { parseNi } from "./ids.ts";
import { REGISTRIES, type Registry } from "./slots.ts";

const VERSION = 1;
/** Bytes of a trust file. */
export const MAX_TRUST = 1 << 20;
const MAX_LISTED = 1_000;
const ADDRESS = /^0x[0-9a-f]{40}$/;
const HASH = /^0x[0-9a-f]{64}$/;

export type SealKind = "operator" | "clique" | "qbft";
export interface Contract {
  address: Address;
  codeHash: Address;
  layout: Address;
}
export type Contracts = Record<Registry, Contract>;

export interface TrustFile {
  chainId: number;
  genesisHash: Address;
  seal: { kind: SealKind; validators: Address[]; fromBlock: number };
  contracts: Contracts[];
  founders: string[];
  maximumAge: number;
  minimumBlock: number;
  pinnedBlocks: Address[];
  predecessor: string | null;
}

/** What the checks of records need of it. */
export function trustOf(file: TrustFile): Trust {
  return {
    chainId: String(file.chainId),
    genesisHash: file.genesisHash.slice(2),
    founders: new Set(file.founders.map(parseNi)),
  };
}

/** The trust file that I-JSON text is; trust-malformed, trust-version, or parseJson's. */
export function parseTrust(data: Bytes): TrustFile {
  if (data.length > MAX_TRUST) {
    throw new InputFault("trust-malformed", `A trust file has at most ${MAX_TRUST} bytes.`);
  }
  const given = parseObject(data);
  const version = given.get("filieraTrust");
  if (typeof version === "number" && version !== VERSION) {
    throw new InputFault(
      "trust-version",
      `This trust file is of version ${version}; this verifier knows ${VERSION}.`,
    );
  }
  const names = [
    "filieraTrust", "chainId", "genesisHash", "seal", "contracts", "founders", "maximumAge",
    "minimumBlock", "pinnedBlocks",
  ];
  checkMembers(given, names, ["predecessor"], "trust file");
  if (version !== VERSION) throw malformed("filieraTrust");
  const file: TrustFile = {
    chainId: whole(given, "chainId", 1),
    genesisHash: text(given.get("genesisHash"), HASH, "genesisHash"),
    seal: seal(given.get("seal")),
    contracts: list(given.get("contracts"), 1, "contracts").map(contracts),
    founders: ascending(list(given.get("founders"), 1, "founders").map(ni), "founders"),
    maximumAge: whole(given, "maximumAge", 1),
    minimumBlock: whole(given, "minimumBlock", 0),
    pinnedBlocks: ascending(
      list(given.get("pinnedBlocks"), 0, "pinnedBlocks").map((each) =>
        text(each, HASH, "pinnedBlocks"),
      ),
      "pinnedBlocks",
    ),
    predecessor: given.has("predecessor") ? ni(given.get("predecessor")) : null,
  };
  const addresses = file.contracts.flatMap((each) => REGISTRIES.map((name) => each[name].address));
  if (new Set(addresses).size !== addresses.length) throw malformed("contracts");
  return file;
}

/** SHA-256 of the canonical text, however the file itself was spelled. */
export function trustDigest(file: TrustFile): Hex {
  const { predecessor, contracts, seal, ...plain } = file;
  const { kind, validators, fromBlock } = seal;
  const canonical = {
    filieraTrust: VERSION,
    chainId: plain.chainId,
    genesisHash: plain.genesisHash,
    seal: { kind, validators, fromBlock },
    contracts: contracts.map((each) =>
      Object.fromEntries(
        REGISTRIES.map((name) => {
          const { address, codeHash, layout } = each[name];
          return [name, { address, codeHash, layout }];
        }),
      ),
    ),
    founders: plain.founders,
    maximumAge: plain.maximumAge,
    minimumBlock: plain.minimumBlock,
    pinnedBlocks: plain.pinnedBlocks,
    ...(predecessor === null ? {} : { predecessor }),
  };
  return hex(sha256(utf8(JSON.stringify(canonical))));
}

type Given = Json | undefined;

function seal(given: Given): TrustFile["seal"] {
  const members = object(given, ["kind", "validators", "fromBlock"], "seal");
  const kind = members.get("kind");
  if (kind !== "operator" && kind !== "clique" && kind !== "qbft") throw malformed("seal.kind");
  const validators = ascending(
    list(members.get("validators"), 1, "seal.validators").map((each) =>
      text(each, ADDRESS, "seal.validators"),
    ),
    "seal.validators",
  );
  if (kind === "operator" && validators.length !== 1) throw malformed("seal.validators");
  return { kind, validators, fromBlock: whole(members, "fromBlock", 0) };
}

function contracts(given: Given): Contracts {
  const members = object(given, [...REGISTRIES], "contracts");
  const pairs = REGISTRIES.map((name) => [name, contract(members.get(name), name)]);
  return Object.fromEntries(pairs) as Contracts;
}

function contract(given: Given, where: string): Contract {
  const members = object(given, ["address", "codeHash", "layout"], where);
  return {
    address: text(members.get("address"), ADDRESS, where),
    codeHash: text(members.get("codeHash"), HASH, where),
    layout: text(members.get("layout"), HASH, where),
  };
}

function object(given: Given, names: string[], where: string): JsonObject {
  if (!(given instanceof Map)) throw malformed(where);
  checkMembers(given, names, [], where);
  return given;
}

function checkMembers(given: JsonObject, names: string[], optional: string[], where: string): void {
  const known = [...given.keys()].every((name) => names.includes(name) || optional.includes(name));
  if (!known || !names.every((name) => given.has(name))) throw malformed(where);
}

function list(given: Given, least: number, where: string): Json[] {
  if (!Array.isArray(given) || given.length < least || given.length > MAX_LISTED) {
    throw malformed(where);
  }
  return given;
}

function ascending(values: string[], where: string): string[] {
  if (values.some((each, at) => at > 0 && values[at - 1]! >= each)) throw malformed(where);
  return values;
}

function text(given: Given, pattern: RegExp, where: string): string {
  if (typeof given !== "string" || !pattern.test(given)) throw malformed(where);
  return given;
}

function ni(given: Given): string {
  try {
    if (typeof given === "string" && parseNi(given)) return given;
  } catch {
    // said below
  }
  throw malformed("founders or predecessor");
}

function whole(given: JsonObject, name: string, least: number): number {
  const value = given.get(name);
  if (typeof value !== "number" || value < least) throw malformed(name);
  return value;
}

function malformed(where: string): InputFault {
  return new InputFault("trust-malformed", `This is no trust file: ${where} is wrong.`);
}

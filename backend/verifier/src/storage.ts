// SPDX-License-Identifier: Apache-2.0
// Chain facts proven from storage: state root, contract, slot (docs/proof.md 5 and 6). What the
// pool does not suffice to read is left out: not read, which is not absent.

import { hex, keccak256, unhex, type Address, type Bytes, type Hex } from "./bytes.ts";
import type { Block, ChainFacts } from "./facts.ts";
import type { Code } from "./reasons.ts";
import { decode, scalar, toInt } from "./rlp.ts";
import { layoutDigests, REGISTRIES, type Registry, type Storage } from "./slots.ts";
import * as stored from "./stored.ts";
import { Disagreement, type Generation } from "./stored.ts";
import { get, malformed, MissingNode, NodePool } from "./trie.ts";
import type { Contract, TrustFile } from "./trust.ts";
import type { Wanted } from "./wanted.ts";

interface AccountState {
  storageRoot: Hex;
  codeHash: Hex;
}

/** The registries under one state root; unless it is proven, nothing is read. */
export interface ProvenState {
  code: Code;
  params: Record<string, string>;
  generations: Generation[];
}

/** The account of that address in the state trie, null when it is proven to be absent. */
export function accountState(root: Hex, address: Address, pool: NodePool): AccountState | null {
  const value = get(root, keccak256(unhex(address.slice(2))), pool);
  if (value === null) return null;
  const said = decode(value);
  if (said instanceof Uint8Array || said.length !== 4) throw malformed("an account");
  const [nonce, balance, storage, code] = said;
  const hashes = [storage, code].filter((each) => each instanceof Uint8Array && each.length === 32);
  if (hashes.length !== 2) throw malformed("a hash of an account");
  toInt(nonce, 8);
  toInt(balance);
  return { storageRoot: hex(storage as Bytes), codeHash: hex(code as Bytes) };
}

/**
 * The words of the storage with that root. A word that is not zero has a leaf of its own, so a
 * trie that gives more words than there are nodes is made up, to be read without end.
 */
export function storageOf(root: Hex, pool: NodePool): Storage {
  const words = new Map<Hex, Bytes>();
  return (slot) => {
    const name = hex(slot);
    const known = words.get(name);
    if (known !== undefined) return known;
    const value = get(root, keccak256(slot), pool);
    const word = new Uint8Array(32);
    if (value === null) return word;
    if (words.size === pool.nodes.size) throw malformed("one that stands for several values");
    const number = scalar(decode(value));
    if (number.length === 0) throw malformed("a word that is zero");
    word.set(number, 32 - number.length);
    words.set(name, word);
    return word;
  };
}

/** The trusted contracts under `stateRoot`, each with the code that the trust file pins. */
export function openState(stateRoot: Hex, trust: TrustFile, pool: NodePool): ProvenState {
  const faults: [Code, Registry][] = [];
  const generations = trust.contracts.map((contracts) => {
    const found: Generation = {};
    for (const name of REGISTRIES) {
      const opened = open(stateRoot, name, contracts[name], pool);
      if (typeof opened === "string") faults.push([opened, name]);
      else found[name] = opened;
    }
    return found;
  });
  for (const code of ["code-mismatch", "contract-absent", "layout-unknown", "fact-missing"]) {
    const fault = faults.find((each) => each[0] === code);
    if (fault === undefined) continue;
    const params: Record<string, string> =
      code === "fact-missing" ? { what: fault[1] } : { name: fault[1] };
    return { code: fault[0], params, generations: [] };
  }
  return { code: "state-ok", params: {}, generations };
}

function open(root: Hex, name: Registry, contract: Contract, pool: NodePool): Storage | Code {
  try {
    const account = accountState(root, contract.address, pool);
    if (account === null) return "contract-absent";
    if ("0x" + account.codeHash !== contract.codeHash) return "code-mismatch";
    if (contract.layout !== "0x" + layoutDigests()[name]) return "layout-unknown";
    return storageOf(account.storageRoot, pool);
  } catch (error) {
    if (error instanceof MissingNode) return "fact-missing";
    throw error;
  }
}

/** No facts of a block. */
export function noFacts(trust: TrustFile, block: Block): ChainFacts {
  return {
    source: "storage",
    chainId: String(trust.chainId),
    genesisHash: trust.genesisHash.slice(2),
    block,
    accounts: new Map(),
    participants: new Map(),
    anchors: new Map(),
    statuses: new Map(),
    findings: new Map(),
  };
}

/** Adds to `facts` what is asked for and the pool suffices to prove; whether that is anything. */
export function addFacts(facts: ChainFacts, { generations }: ProvenState, asked: Wanted): boolean {
  if (generations.length === 0) return false;
  let added = false;
  const add = <V>(
    keys: string[],
    read: (key: string, from: Generation[]) => V,
    known: Map<string, V>,
  ) => {
    for (const key of keys) {
      const value = provable(() => read(key, generations));
      if (value === null) continue;
      known.set(key, value);
      added = true;
    }
  };
  add(asked.accounts, stored.account, facts.accounts);
  add(asked.participants, stored.participant, facts.participants);
  add(asked.anchors, stored.anchor, facts.anchors);
  add(asked.statuses, stored.statuses, facts.statuses);
  add(asked.findings, stored.findings, facts.findings);
  return added;
}

function provable<V>(reader: () => V): V | null {
  try {
    return reader();
  } catch (error) {
    if (error instanceof MissingNode || error instanceof Disagreement) return null;
    throw error;
  }
}

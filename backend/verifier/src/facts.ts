// SPDX-License-Identifier: Apache-2.0
// Chain facts: what the four registries say, as plain values (docs/contracts.md). In every map a
// key that is missing was not read (unknown); a value that says "none" was read and is absent.
//
// Instants are seconds since 1970 UTC. All numbers that a contract stores are bigints, for
// some of them may be as large as 2^64.

import type { Address, Hex } from "./bytes.ts";

export const ROLES = {
  producer: 1n, certifier: 2n, association: 4n, auditor: 8n, importer: 16n, operator: 32n,
} as const;
export const SCOPE_RECORDS = 1n;
export const STATUS_STATES = { 1: "in-force", 2: "suspended", 3: "revoked", 4: "superseded" } as const;

/** One entry of an append-only history: `value` holds from `effective` on. */
export interface Entry<V> {
  effective: bigint;
  recorded: bigint;
  value: V;
  account: Address | null;
}

/** The value in force at `instant`: the last recorded entry with effective <= instant. */
export function stateAt<V>(history: readonly Entry<V>[], instant: bigint): V | null {
  return history.findLast((entry) => entry.effective <= instant)?.value ?? null;
}

/** An association's word that an account is compromised from `since` on. */
export interface Report {
  since: bigint;
  recorded: bigint;
  account: Address;
}

/** Since when by all of these reports; null without any. */
export const earliest = (reports: Report[]): bigint | null =>
  reports.reduce<bigint | null>(
    (least, { since }) => (least === null || since < least ? since : least),
    null,
  );

/** `voided`: an entry was taken out as a compromised account's (void.ts). */
export interface Account {
  address: Address;
  participant: Hex | null;
  scopes: Entry<bigint>[];
  compromisedSince: bigint | null;
  reports: Report[];
  voided: boolean;
}

/** `enroller` is null when the registry holds no such participant. */
export interface Participant {
  id: Hex;
  enroller: Hex | null;
  profiles: Entry<Hex>[];
  roles: Entry<bigint>[];
  voided: boolean;
}

/** The anchor slot of (anchorer, root); `time` 0 means that there is none. */
export interface Anchor {
  anchorer: Address;
  root: Hex;
  time: bigint;
  count: bigint;
  sequence: bigint;
}

export interface Status {
  kind: bigint;
  reason: bigint;
  recorded: bigint;
  effective: bigint;
  account: Address;
  successor: Hex | null;
}

/** An auditor's finding against a record; the last three are null while it is open. */
export interface Finding {
  finding: Hex;
  account: Address;
  recorded: bigint;
  resolution: Hex | null;
  resolver: Address | null;
  resolved: bigint | null;
}

export interface Block {
  number: bigint;
  hash: Hex;
  time: bigint;
}

/** Keys of anchors and statuses: both parts, joined by a space. */
export const pair = (one: string, other: string): string => `${one} ${other}`;
/** Both parts of such a key. */
export const parts = (key: string): [string, string] => key.split(" ") as [string, string];

/** Facts read at one block of one chain. */
export interface ChainFacts {
  source: "node" | "storage";
  chainId: string;
  genesisHash: Hex;
  block: Block;
  accounts: Map<Address, Account>;
  participants: Map<Hex, Participant>;
  /** By (anchorer, root). */
  anchors: Map<string, Anchor>;
  /** By (participant, record). */
  statuses: Map<string, Status[]>;
  /** By record. */
  findings: Map<Hex, Finding[]>;
}

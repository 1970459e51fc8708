// SPDX-License-Identifier: Apache-2.0
// What is laid before `verify`: records, where they are anchored, chain facts, documents.

import type { Address, Bytes, Hex } from "./bytes.ts";
import type { ChainFacts } from "./facts.ts";
import { hashesOf, parseJws, signatureHolds, type Signer } from "./jws.ts";
import { once, tried } from "./once.ts";
import { checkMembers } from "./refused.ts";
import { statementOf } from "./statement.ts";

/** Where a record is said to be anchored; the size of the tree comes from the slot. */
export interface Inclusion {
  anchorer: Address;
  root: Hex;
  index: bigint;
  path: Bytes[];
}

/** What the records of one bundle have in common, worked out for one of them. */
export const shared = () => ({
  /** By the header's text, which is the same in all records of an account. */
  signers: new Map<string, Signer>(),
  /** Nodes of Merkle trees, by both their children. */
  nodes: new Map<Hex, Bytes>(),
});
export type Shared = ReturnType<typeof shared>;

/**
 * A record as presented; `inclusion` is null while it is in no anchored batch. What follows from
 * its bytes alone is found out once, however often and as whatever the record is looked at.
 */
export class Presented {
  readonly jws: Bytes;
  readonly inclusion: Inclusion | null;
  readonly common: Shared;
  readonly signed = () => this.read().signed;
  readonly checkMembers = () => this.read().members();
  readonly statement = () => this.read().statement();
  readonly signatureHolds = once(() => signatureHolds(this.signed(), this.hashes()));
  private readonly hashes = once(() => hashesOf(this.jws));
  /** All that is wanted of the payload, which is not kept while signatures are verified. */
  private readonly read = once(() => {
    const [signed, payload] = parseJws(this.jws, this.id(), this.common.signers);
    const members = tried(() => checkMembers(payload));
    return { signed, members, statement: tried(() => statementOf(payload)) };
  });

  constructor(jws: Bytes, inclusion: Inclusion | null, common = shared()) {
    this.jws = jws;
    this.inclusion = inclusion;
    this.common = common;
  }

  /** SHA-256 of the JWS bytes. */
  id(): Hex {
    return this.hashes().id;
  }
}

/** `documents` maps the SHA-256 that a record names to that of what was at hand. */
export interface Evidence {
  own: Hex;
  records: Map<Hex, Presented>;
  facts: ChainFacts | null;
  documents: Map<Hex, Hex>;
}

/** What the verifier believes beforehand: which chain, and who founded it. */
export interface Trust {
  chainId: string;
  genesisHash: Hex;
  founders: ReadonlySet<Hex>;
}

// SPDX-License-Identifier: Apache-2.0
// Block headers (Ethereum Yellow Paper 4.4), read from their RLP and from nothing else. What a
// block is called depends on the seal; the hash here is that of the header as it stands.

import { hex, keccak256, toBigInt, type Bytes, type Hex } from "./bytes.ts";
import { InputFault } from "./fault.ts";
import { decode, encode, toInt, type Item } from "./rlp.ts";

const FIELDS = 15;
const MAX_FIELDS = 32;
/** Bytes of one header. */
const MAX_HEADER = 1 << 16;
const [PARENT, STATE, NUMBER, TIME, EXTRA] = [0, 3, 8, 11, 12] as const;
/** The fields of a fixed length, and the scalars with their greatest. */
const LENGTHS = [[0, 32], [1, 32], [2, 20], [3, 32], [4, 32], [5, 32], [6, 256], [13, 32], [14, 8]] as const;
const SCALARS = [[7, 32], [8, 8], [9, 8], [10, 8], [11, 8]] as const;

export class Header {
  readonly fields: readonly Bytes[];
  /** Keccak-256 of the header as it stands. */
  readonly hash: Hex;

  constructor(rlp: Bytes, fields: readonly Bytes[]) {
    this.fields = fields;
    this.hash = hex(keccak256(rlp));
  }

  get number(): bigint {
    return toBigInt(this.fields[NUMBER]!);
  }

  /** Seconds since 1970 UTC. */
  get time(): bigint {
    return toBigInt(this.fields[TIME]!);
  }

  /** What the block before is called. */
  get parent(): Hex {
    return hex(this.fields[PARENT]!);
  }

  /** The root of the state trie after this block. */
  get stateRoot(): Hex {
    return hex(this.fields[STATE]!);
  }

  /** extraData: where clique and QBFT keep validators and seals. */
  get extra(): Bytes {
    return this.fields[EXTRA]!;
  }

  /** Keccak-256 of this header with another extraData. */
  hashWith(extra: Bytes): Bytes {
    const fields: Item[] = [...this.fields];
    fields[EXTRA] = extra;
    return keccak256(encode(fields));
  }
}

/** The header that `rlp` encodes; rlp-malformed or header-malformed. */
export function parseHeader(rlp: Bytes): Header {
  if (rlp.length > MAX_HEADER) throw malformed(`it has more than ${MAX_HEADER} bytes`);
  const items = decode(rlp);
  if (items instanceof Uint8Array || items.length < FIELDS || items.length > MAX_FIELDS) {
    throw malformed(`it is no list of ${FIELDS} to ${MAX_FIELDS} fields`);
  }
  const fields = items.filter((item) => item instanceof Uint8Array);
  if (fields.length !== items.length) throw malformed("a field is a list");
  for (const [index, length] of LENGTHS) {
    if (fields[index]!.length !== length) throw malformed(`field ${index} has not ${length} bytes`);
  }
  for (const [index, size] of SCALARS) toInt(fields[index], size);
  const header = new Header(rlp, fields);
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  if (header.number > most || header.time > most) {
    throw malformed("its number or time lies beyond 2^53-1");
  }
  return header;
}

function malformed(what: string): InputFault {
  return new InputFault("header-malformed", `This is no block header: ${what}.`);
}

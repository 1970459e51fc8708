// SPDX-License-Identifier: Apache-2.0
// Merkle trees of RFC 9162 section 2.1 with SHA-256 (docs/proof.md 10).

import { concat, hex, sha256, type Bytes, type Hex } from "./bytes.ts";

/** Nodes by what is hashed to them. */
type Known = Map<Hex, Bytes>;

const LEAF = new Uint8Array([0]);
/** 0x01, and room for both children. */
const NODE = new Uint8Array(65).fill(1);

/** H(0x00 || entry), RFC 9162 section 2.1.1. */
export const leafHash = (entry: Bytes): Bytes => sha256(concat(LEAF, entry));

/** H(0x01 || left || right), RFC 9162 section 2.1.1: known already, or then known. */
export function nodeHash(left: Bytes, right: Bytes, known: Known = new Map()): Bytes {
  NODE.set(left, 1);
  NODE.set(right, 33);
  const both = hex(NODE);
  const node = known.get(both) ?? sha256(NODE);
  known.set(both, node);
  return node;
}

/** How many hashes the path of leaf `index` has in a tree of `size` leaves. */
export function pathLength(index: bigint, size: bigint): number {
  let length = 0;
  for (let last = size - 1n; last > 0n; index >>= 1n, last >>= 1n) {
    if ((index ^ 1n) <= last) length++;
  }
  return length;
}

/**
 * The root that `path` leads to (section 2.1.3.2), null if it is not of this index and size.
 * The paths of one batch end alike: what is `known` of them is not hashed anew.
 */
export function rootFromPath(
  entry: Bytes,
  index: bigint,
  size: bigint,
  path: readonly Bytes[],
  known: Known = new Map(),
): Bytes | null {
  if (index < 0n || index >= size || path.length !== pathLength(index, size)) return null;
  if (path.some((step) => step.length !== 32)) return null;
  let node = leafHash(entry);
  let step = 0;
  for (let last = size - 1n; last > 0n; index >>= 1n, last >>= 1n) {
    if (index & 1n) node = nodeHash(path[step++]!, node, known);
    else if (index < last) node = nodeHash(node, path[step++]!, known);
  }
  return node;
}

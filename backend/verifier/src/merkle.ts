// SPDX-License-Identifier: Apache-2.0
// Merkle trees of RFC 9162 section 2.1 with SHA-256 (docs/proof.md 10).

import { concat, hex, sha256, type Bytes, type Hex } from "./bytes.ts";

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

/** H(0x00 || entry), RFC 9162 section 2.1.1. */
export const leafHash = (entry: Bytes): Bytes => sha256(concat(LEAF, entry));

/** H(0x01 || left || right), RFC 9162 section 2.1.1. */
export const nodeHash = (left: Bytes, right: Bytes): Bytes => sha256(concat(NODE, left, right));

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
 * `known` are nodes by both their children; the paths of one batch end alike, and add to it.
 */
export function rootFromPath(
  entry: Bytes,
  index: bigint,
  size: bigint,
  path: readonly Bytes[],
  known = new Map<Hex, Bytes>(),
): Bytes | null {
  if (index < 0n || index >= size || path.length !== pathLength(index, size)) return null;
  if (path.some((step) => step.length !== 32)) return null;
  const hash = (left: Bytes, right: Bytes): Bytes => {
    const pair = hex(left) + hex(right);
    if (!known.has(pair)) known.set(pair, nodeHash(left, right));
    return known.get(pair)!;
  };
  let node = leafHash(entry);
  let step = 0;
  for (let last = size - 1n; last > 0n; index >>= 1n, last >>= 1n) {
    if (index & 1n) node = hash(path[step++]!, node);
    else if (index < last) node = hash(node, path[step++]!);
  }
  return node;
}

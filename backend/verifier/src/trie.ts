// SPDX-License-Identifier: Apache-2.0
// Merkle-Patricia tries, read from a pool of nodes (Ethereum Yellow Paper, appendix D). A node
// is found by its Keccak-256, so what is read under a root is what that root commits to. What
// cannot be read for want of a node throws MissingNode: unknown, never absent.

import { hex, keccak256, type Bytes, type Hex } from "./bytes.ts";
import { InputFault } from "./fault.ts";
import { decode, encode, type Item } from "./rlp.ts";

/** The root of a trie without keys: no node is needed to read it. */
export const EMPTY_ROOT: Hex = hex(keccak256(new Uint8Array([0x80])));

/** A branch of 17 items, or a pair: an extension or a leaf. */
type Node = Item[];

/** The pool has not the node of this hash. */
export class MissingNode extends Error {}

/** Nodes by their Keccak-256, and which of them were read so far. */
export class NodePool {
  readonly nodes: Map<Hex, Bytes>;
  readonly used = new Set<Hex>();
  private readonly read = new Map<Hex, Node>();
  private readonly children = new Map<Item, Node>();

  constructor(nodes: readonly Bytes[]) {
    this.nodes = new Map(nodes.map((node) => [hex(keccak256(node)), node]));
  }

  /** The node of that hash; MissingNode, rlp-malformed or node-malformed. */
  node(name: Hex): Node {
    let node = this.read.get(name);
    if (node === undefined) {
      const found = this.nodes.get(name);
      if (found === undefined) throw new MissingNode(name);
      node = checked(decode(found));
      this.read.set(name, node);
    }
    this.used.add(name);
    return node;
  }

  /** The node that a child of a node is, or names. */
  child(item: Item): Node {
    let node = this.children.get(item);
    if (node === undefined) {
      node = item instanceof Uint8Array ? this.node(hex(item)) : checked(item);
      this.children.set(item, node);
    }
    return node;
  }
}

/** The value of `key` in the trie of that root, null when it is proven to have none. */
export function get(root: Hex, key: Bytes, pool: NodePool): Bytes | null {
  if (root === EMPTY_ROOT) return null;
  let node = pool.node(root);
  let path = hex(key);
  for (;;) {
    let child: Item;
    if (node.length === 17) {
      if (path === "") return value(node[16]!);
      child = node[parseInt(path[0]!, 16)]!;
      path = path.slice(1);
    } else {
      const [shared, leaf] = compact(node[0]!);
      if (leaf) return path === shared ? value(node[1]!) : null;
      if (!path.startsWith(shared)) return null;
      child = node[1]!;
      path = path.slice(shared.length);
    }
    if (child instanceof Uint8Array && child.length === 0) return null;
    node = pool.child(child);
  }
}

/** `item` if it has the shape of a node; node-malformed. */
function checked(item: Item): Node {
  if (item instanceof Uint8Array) throw malformed("it is no list");
  if (item.length === 17) {
    for (const child of item.slice(0, 16)) checkChild(child, true);
    if (!(item[16] instanceof Uint8Array)) throw malformed("the value of a branch is a list");
  } else if (item.length === 2) {
    const [shared, leaf] = compact(item[0]!);
    if (leaf) {
      if (!(item[1] instanceof Uint8Array) || item[1].length === 0) {
        throw malformed("a leaf has no value");
      }
    } else if (shared === "") throw malformed("an extension has no path");
    else checkChild(item[1]!, false);
  } else throw malformed("it has neither 2 nor 17 items");
  return item;
}

function checkChild(child: Item, empty: boolean): void {
  if (child instanceof Uint8Array) {
    if (child.length !== 32 && !(empty && child.length === 0)) {
      throw malformed("a child is named by no hash");
    }
  } else if (encode(child).length >= 32) {
    throw malformed("a child of 32 bytes or more is embedded");
  }
}

/** The nibbles of a compact path as hex digits, and whether it is a leaf's (appendix C). */
function compact(item: Item): [string, boolean] {
  if (!(item instanceof Uint8Array) || item.length === 0) throw malformed("a path is none");
  const digits = hex(item);
  const kind = item[0]! >> 4;
  const odd = kind & 1;
  if (kind > 3 || (!odd && digits[1] !== "0")) {
    throw malformed("a path is not in compact encoding");
  }
  return [digits.slice(odd ? 1 : 2), kind >= 2];
}

/** A value, null for the empty one that a branch has where no key ends. */
function value(item: Item): Bytes | null {
  return item instanceof Uint8Array && item.length > 0 ? item : null;
}

export function malformed(what: string): InputFault {
  return new InputFault("node-malformed", `This is no trie node: ${what}.`);
}

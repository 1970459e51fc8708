// SPDX-License-Identifier: Apache-2.0
// RLP, the encoding of headers and trie nodes (Ethereum Yellow Paper, appendix B). Only the
// canonical encoding is read: what `decode` takes, `encode` gives back byte for byte.

import { concat, toBigInt, type Bytes } from "./bytes.ts";
import { InputFault } from "./fault.ts";

export type Item = Bytes | Item[];

/** Lists within lists; no header, no node and no seal has more than four. */
const MAX_DEPTH = 16;

/** The one item that `data` is; rlp-malformed. */
export function decode(data: Bytes): Item {
  const [item, end] = itemAt(data, 0, data.length, MAX_DEPTH);
  if (end !== data.length) throw malformed("bytes follow its end");
  return item;
}

export function encode(item: Item): Bytes {
  if (item instanceof Uint8Array) {
    if (item.length === 1 && item[0]! < 0x80) return item;
    return concat(head(item.length, 0x80), item);
  }
  const content = concat(...item.map(encode));
  return concat(head(content.length, 0xc0), content);
}

/** The scalar of at most `size` bytes that an item is: big endian, no leading zeros. */
export function scalar(item: Item | undefined, size = 32): Bytes {
  if (!(item instanceof Uint8Array) || item.length > size || item[0] === 0) {
    throw malformed(`a number is none of at most ${size} bytes`);
  }
  return item;
}

export const toInt = (item: Item | undefined, size?: number): bigint =>
  toBigInt(scalar(item, size));

function head(length: number, base: number): Bytes {
  if (length < 56) return new Uint8Array([base + length]);
  const size: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) size.unshift(left % 256);
  return new Uint8Array([base + 55 + size.length, ...size]);
}

/** The item that begins at `at`, and where it ends, which is not beyond `end`. */
function itemAt(data: Bytes, at: number, end: number, depth: number): [Item, number] {
  if (at >= end) throw malformed("it ends too early");
  const first = data[at]!;
  if (first < 0x80) return [data.subarray(at, at + 1), at + 1];
  if (first < 0xc0) {
    const [start, stop] = span(data, at, end, first - 0x80);
    if (stop - start === 1 && data[start]! < 0x80) {
      throw malformed("a byte is written as a string of one");
    }
    return [data.subarray(start, stop), stop];
  }
  let [start, stop] = span(data, at, end, first - 0xc0);
  if (depth === 0) throw malformed(`lists lie more than ${MAX_DEPTH} deep`);
  const items: Item[] = [];
  while (start < stop) {
    const [item, next] = itemAt(data, start, stop, depth - 1);
    items.push(item);
    start = next;
  }
  return [items, stop];
}

/** Where the content of a string or list begins and ends; `said` is its head's own number. */
function span(data: Bytes, at: number, end: number, said: number): [number, number] {
  let start = at + 1;
  let length = said;
  if (said > 55) {
    start += said - 55;
    const size = data.subarray(at + 1, Math.min(start, end));
    length = Number(toBigInt(size));
    if (size[0] === 0 || length < 56) throw malformed("a length is longer than it need be");
  }
  if (start + length > end) throw malformed("it ends too early");
  return [start, start + length];
}

function malformed(what: string): InputFault {
  return new InputFault("rlp-malformed", `This is not canonical RLP: ${what}.`);
}

// SPDX-License-Identifier: Apache-2.0
// Compressed bundles under Node, whose gunzip takes several members for one and whatever follows
// the last for nothing: so the one member's end is looked for here.

import { gunzipSync, inflateRawSync } from "node:zlib";

import { MAX_BYTES } from "./bundle.ts";
import type { Bytes } from "./bytes.ts";
import { damaged, isGzip, tooLarge } from "./gzip.ts";

/** CRC32 and ISIZE. */
const TRAILER = 8;

/** The text in a bundle's file: the file itself if it is not compressed. */
export function unpacked(file: Bytes): Bytes {
  if (!isGzip(file)) return file;
  if (file.length > MAX_BYTES) throw tooLarge();
  try {
    if (endOfMember(file) !== file.length) throw damaged();
    return gunzipSync(file);
  } catch (error) {
    throw (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE" ? tooLarge() : damaged();
  }
}

/** Where the first member ends; stops as soon as more comes out than a bundle may have. */
function endOfMember(file: Bytes): number {
  const start = startOfData(file);
  const options = { maxOutputLength: MAX_BYTES, info: true };
  const { engine } = inflateRawSync(file.subarray(start), options) as unknown as {
    engine: { bytesWritten: number };
  };
  return start + engine.bytesWritten + TRAILER;
}

/** Where the deflated data begins (RFC 1952, section 2.3), after a header that may have a name. */
function startOfData(file: Bytes): number {
  const [method, flags] = file.subarray(2);
  if (method !== 8 || flags! & 0xe0) throw damaged();
  let at = 10;
  if (flags! & 4) at += 2 + file[at]! + 256 * file[at + 1]!;
  for (const text of [8, 16]) if (flags! & text) at = after(file, at);
  return flags! & 2 ? at + 2 : at;
}

/** The place after a text that ends with a zero. */
function after(file: Bytes, from: number): number {
  const end = file.indexOf(0, from);
  if (end < 0) throw damaged();
  return end + 1;
}

// SPDX-License-Identifier: Apache-2.0
// Compressed bundles in a browser, which takes one member and nothing behind it.

import { MAX_BYTES } from "./bundle.ts";
import type { Bytes } from "./bytes.ts";
import { InputFault } from "./fault.ts";
import { damaged, isGzip, tooLarge } from "./gzip.ts";

/** The text in a bundle's file, the file itself if it is not compressed; or why there is none. */
export async function unpacked(file: Bytes): Promise<Bytes | InputFault> {
  if (!isGzip(file)) return file;
  if (file.length > MAX_BYTES) return tooLarge();
  const packed = new Blob([file as BlobPart]).stream();
  const reader = packed.pipeThrough(new DecompressionStream("gzip")).getReader();
  const parts = [];
  let size = 0;
  try {
    for (let got = await reader.read(); !got.done; got = await reader.read()) {
      size += got.value.length;
      if (size > MAX_BYTES) {
        void reader.cancel();
        return tooLarge();
      }
      parts.push(got.value);
    }
  } catch {
    return damaged();
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

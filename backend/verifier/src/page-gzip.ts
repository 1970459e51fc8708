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
  const reader = reading(file);
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

/** What a file begins with, before it is known whether it is whole; null if nothing comes out. */
export async function beginning(file: Bytes): Promise<Bytes | null> {
  if (!isGzip(file)) return file;
  const reader = reading(file);
  try {
    return (await reader.read()).value ?? null;
  } catch {
    return null;
  } finally {
    reader.cancel().catch(() => null);
  }
}

function reading(file: Bytes) {
  const packed = new Blob([file as BlobPart]).stream();
  return packed.pipeThrough(new DecompressionStream("gzip")).getReader();
}

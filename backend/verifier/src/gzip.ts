// SPDX-License-Identifier: Apache-2.0
// A bundle's file may be compressed: gzip (RFC 1952) around the same JSON. The bundle is what is
// inside; compression proves nothing.

import { MAX_BYTES } from "./bundle.ts";
import type { Bytes } from "./bytes.ts";
import { InputFault } from "./fault.ts";

/** Whether a file begins as gzip does, and no JSON. */
export const isGzip = (data: Bytes): boolean => data[0] === 0x1f && data[1] === 0x8b;

export const tooLarge = (): InputFault =>
  new InputFault("bundle-too-large", `A bundle has at most ${MAX_BYTES >> 20} MiB.`);

export const damaged = (): InputFault =>
  new InputFault("bundle-malformed", "The compressed file is damaged, or not one bundle alone.");

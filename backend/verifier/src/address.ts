// SPDX-License-Identifier: Apache-2.0
// Which product a page's own address names. Whoever answers at that address has no say in it.

import { InputFault } from "./fault.ts";
import { linkOf, productMeant } from "./product.ts";

/** The path at which a page names its product in `?id=`. */
const BY_ID = "/passport";
/** A GTIN, then its lot and serial number, at the end of whatever path stands before. */
const LINK = /\/01\/([0-9]{14})((?:\/(?:10|21)\/[^/]+)*)\/?$/;

/**
 * The canonical identifier of the product that a page's whole address names: that of its Digital
 * Link, else that of its `id`. gs1-malformed, gs1-check-digit; the first also for a spelling that
 * only the server reads.
 */
export function productAt(href: string): string {
  const { pathname, searchParams } = new URL(href);
  const id = searchParams.get("id");
  if (id !== null && pathname.endsWith(BY_ID)) return productMeant(id.trim());
  const [, gtin, rest] = LINK.exec(pathname) ?? [];
  if (gtin === undefined) throw new InputFault("gs1-malformed", "The address names no product.");
  return linkOf(gtin, rest!.split("/").slice(1).map(unescaped));
}

function unescaped(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new InputFault("gs1-malformed", "The address has a % that escapes nothing.");
  }
}

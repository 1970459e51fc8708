// SPDX-License-Identifier: Apache-2.0
// Seals of kind "clique": a majority of validators built on the block (EIP-225; docs/proof.md 4).
// floor(N/2) + 1 headers in a row are of distinct makers; every header given is judged.

import { hex, type Address, type Bytes } from "./bytes.ts";
import type { Header } from "./header.ts";
import type { Code } from "./reasons.ts";
import { answer, counted, faultOf, listsSame, SEAL_LENGTH, signerOf } from "./sealing.ts";
import type { SealAnswer, Sealed } from "./sealing.ts";
import type { TrustFile } from "./trust.ts";

const VANITY = 32;
const ADDRESS = 20;

/** What the maker of a block signs: the header without the seal in its extraData. */
export const cliqueHash = (header: Header): Bytes =>
  header.hashWith(header.extra.subarray(0, Math.max(0, header.extra.length - SEAL_LENGTH)));

/** Who made the block, null when the seal is nobody's. */
export const cliqueSigner = (header: Header): Address | null =>
  signerOf(cliqueHash(header), header.extra.subarray(-SEAL_LENGTH));

export function checkClique({ headers }: Sealed, trust: TrustFile): SealAnswer {
  const { validators } = trust.seal;
  const name = headers[0]!.hash;
  const needed = Math.floor(validators.length / 2) + 1;
  const signers = headers.map(cliqueSigner);
  const fault = faultIn(headers, signers, validators, needed);
  if (fault !== null) return answer(fault, name, { headers: headers.length });
  const found = signers.slice(0, needed) as Address[];
  const params = counted(found, validators, needed);
  const code = found.length === needed ? "seal-majority-ok" : "seal-too-few";
  return answer(code, name, { params, signers: found, headers: found.length });
}

function faultIn(
  headers: readonly Header[],
  signers: (Address | null)[],
  validators: Address[],
  needed: number,
): Code | null {
  const lists = headers.map(listed).filter((each) => each !== null);
  if (lists.length !== headers.length) return "seal-malformed";
  if (!headers.every((header, at) => at === 0 || follows(headers[at - 1]!, header))) {
    return "header-unlinked";
  }
  // Beyond the majority a maker may come again, but a stranger may not come at all.
  const fault =
    faultOf(signers.slice(0, needed), validators) ?? faultOf([...new Set(signers)], validators);
  if (fault !== null) return fault;
  return lists.every((each) => listsSame(each, validators)) ? null : "seal-mismatch";
}

function follows(one: Header, other: Header): boolean {
  return other.parent === one.hash && other.number === one.number + 1n;
}

/** The validators that an epoch's header lists, none for any other; null for neither. */
function listed({ extra }: Header): Address[] | null {
  const length = extra.length - VANITY - SEAL_LENGTH;
  if (length < 0 || length % ADDRESS !== 0) return null;
  const found: Address[] = [];
  for (let at = VANITY; at < VANITY + length; at += ADDRESS) {
    found.push("0x" + hex(extra.subarray(at, at + ADDRESS)));
  }
  return found;
}

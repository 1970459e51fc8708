// SPDX-License-Identifier: Apache-2.0
// Seals of kind "qbft": a quorum of validators committed to the block (docs/proof.md 4). extraData
// holds vanity, validators, vote, round and the committed seals, as RLP.

import { hex, type Address, type Bytes, type Hex } from "./bytes.ts";
import { InputFault } from "./fault.ts";
import type { Header } from "./header.ts";
import { decode, encode, toInt, type Item } from "./rlp.ts";
import { answer, counted, faultOf, listsSame, SEAL_LENGTH, signerOf } from "./sealing.ts";
import type { SealAnswer, Sealed } from "./sealing.ts";
import type { TrustFile } from "./trust.ts";

interface Extra {
  items: Item[];
  validators: Address[];
  seals: Bytes[];
}

/** What extraData says; rlp-malformed or header-malformed. */
export function parseExtra(data: Bytes): Extra {
  const items = decode(data);
  if (items instanceof Uint8Array || items.length !== 5) throw malformed();
  const [vanity, validators, vote, round, seals] = items as [Item, Item, Item, Item, Item];
  blob(vanity, 32);
  checkVote(vote);
  toInt(round, 4);
  return {
    items,
    validators: list(validators).map((each) => "0x" + hex(blob(each, 20))),
    seals: list(seals).map((each) => blob(each, SEAL_LENGTH)),
  };
}

/** What validators sign: the header without the seals. */
export function commitHash(header: Header): Bytes {
  const { items } = parseExtra(header.extra);
  return header.hashWith(encode([...items.slice(0, 4), []]));
}

/** What the chain calls the block: the header without seals and round. */
export function blockHash(header: Header): Hex {
  const { items } = parseExtra(header.extra);
  if (header.number === 0n) return header.hash;
  return hex(header.hashWith(encode([...items.slice(0, 3), new Uint8Array(), []])));
}

/** Who made each committed seal; Besu takes signatures of either s. */
export function commitSigners(header: Header): (Address | null)[] {
  const digest = commitHash(header);
  return parseExtra(header.extra).seals.map((seal) => signerOf(digest, seal, false));
}

export function checkQbft({ headers }: Sealed, trust: TrustFile): SealAnswer {
  return checkCommitted(headers[0]!, trust.seal.validators);
}

/** Whether a quorum of `validators`, and nobody else, sealed this header. */
export function checkCommitted(header: Header, validators: Address[]): SealAnswer {
  let extra: Extra;
  try {
    extra = parseExtra(header.extra);
  } catch (error) {
    if (error instanceof InputFault) return answer("seal-malformed", header.hash);
    throw error;
  }
  const [name, signers] = [blockHash(header), commitSigners(header)];
  const fault = faultOf(signers, validators);
  if (fault !== null) return answer(fault, name);
  if (!listsSame(extra.validators, validators)) return answer("seal-mismatch", name);
  const needed = Math.max(1, Math.ceil((2 * validators.length) / 3));
  const params = counted(signers, validators, needed);
  const code = signers.length >= needed ? "seal-ok" : "seal-too-few";
  return answer(code, name, { params, signers: signers as Address[] });
}

function checkVote(item: Item): void {
  if (!(item instanceof Uint8Array) && item.length === 0) return;
  if (item instanceof Uint8Array || item.length !== 2) throw malformed();
  blob(item[0]!, 20);
  const says = item[1]!;
  if (!(says instanceof Uint8Array) || !["ff", ""].includes(hex(says))) throw malformed();
}

function blob(item: Item, length: number): Bytes {
  if (!(item instanceof Uint8Array) || item.length !== length) throw malformed();
  return item;
}

function list(item: Item): Item[] {
  if (item instanceof Uint8Array) throw malformed();
  return item;
}

const malformed = () => new InputFault("header-malformed", "This is no extraData of this kind.");

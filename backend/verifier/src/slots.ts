// SPDX-License-Identifier: Apache-2.0
// Where in a registry's storage a value lies, computed from the pinned layout: solc's "Layout
// of State Variables in Storage". layout.json is the one that the Python verifier uses too.

import layouts from "../../filiera/proof/layout.json" with { type: "json" };

import { concat, hex, keccak256, sha256, toBigInt, unhex, utf8 } from "./bytes.ts";
import type { Address, Bytes, Hex } from "./bytes.ts";
import { InputFault } from "./fault.ts";
import { once } from "./once.ts";

/** The 32 bytes at a slot, which are 32 bytes too. */
export type Storage = (slot: Bytes) => Bytes;
/** A struct, an array, or the plain value: hex of bytes, an address, a number, a truth. */
export type Value = string | bigint | boolean | Value[] | { [name: string]: Value };

interface Member {
  label: string;
  offset: number;
  slot: string;
  type: string;
}
interface Type {
  base?: string;
  encoding: string;
  label: string;
  members?: Member[];
  numberOfBytes: string;
  value?: string;
}
interface Layout {
  storage: Member[];
  types: Record<string, Type>;
}

export const REGISTRIES = [
  "ParticipantRegistry", "AnchorRegistry", "StatusRegistry", "FindingRegistry",
] as const;
export type Registry = (typeof REGISTRIES)[number];

const LAYOUTS = layouts as Record<Registry, Layout>;

/** A value's place: its slot, its offset in bytes from the slot's low end, and its type. */
export class Place {
  private readonly types: Record<string, Type>;
  private readonly kind: Type;
  private readonly slot: Bytes;
  private readonly offset: number;

  constructor(types: Record<string, Type>, type: string, slot: Bytes, offset = 0) {
    this.types = types;
    this.kind = types[type]!;
    this.slot = slot;
    this.offset = offset;
  }

  /** The value that a mapping holds for a bytes32 or, padded, an address. */
  at(key: Hex): Place {
    return this.go(this.kind.value!, keccak256(concat(unhex(key.padStart(64, "0")), this.slot)));
  }

  read(storage: Storage): Value {
    if (this.kind.encoding === "dynamic_array") return this.elements(storage);
    if (this.kind.members) {
      return Object.fromEntries(
        this.kind.members.map((each) => [each.label, this.member(each).read(storage)]),
      );
    }
    const end = 32 - this.offset;
    const size = Number(this.kind.numberOfBytes);
    return plain(this.kind.label, storage(this.slot).subarray(end - size, end));
  }

  private member({ type, slot, offset }: Member): Place {
    return this.go(type, plus(this.slot, Number(slot)), offset);
  }

  /** Elements of ours are structs, of which each begins a slot and says when it was recorded. */
  private elements(storage: Storage): Value[] {
    const base = this.kind.base!;
    const words = Math.ceil(Number(this.types[base]!.numberOfBytes) / 32);
    const length = toBigInt(storage(this.slot));
    if (length === 0n) return [];
    const first = keccak256(this.slot);
    const found: Value[] = [];
    for (let index = 0; index < length; index++) {
      const entry = this.go(base, plus(first, index * words)).read(storage);
      if (!(entry as { recorded?: bigint }).recorded) {
        throw new InputFault("node-malformed", "An entry of a history was never recorded.");
      }
      found.push(entry);
    }
    return found;
  }

  private go(type: string, slot: Bytes, offset = 0): Place {
    return new Place(this.types, type, slot, offset);
  }
}

/** A state variable of a registry. */
export function variable(registry: Registry, name: string): Place {
  const layout = LAYOUTS[registry];
  const found = layout.storage.find((each) => each.label === name)!;
  return new Place(layout.types, found.type, plus(new Uint8Array(32), Number(found.slot)), found.offset);
}

export function anchorPlace(anchorer: Address, root: Hex): Place {
  const key = keccak256(unhex(anchorer.slice(2).padStart(64, "0") + root));
  return variable("AnchorRegistry", "_anchors").at(hex(key));
}

export const accountPlace = (address: Address): Place =>
  variable("ParticipantRegistry", "_accounts").at(address.slice(2));
export const participantPlace = (participant: Hex): Place =>
  variable("ParticipantRegistry", "_participants").at(participant);
export const statusesPlace = (participant: Hex, record: Hex): Place =>
  variable("StatusRegistry", "_standings").at(participant).at(record);
export const findingsPlace = (record: Hex): Place =>
  variable("FindingRegistry", "_findings").at(record);

/** SHA-256 of each registry's layout as JSON, compact, names in order. */
export const layoutDigests = once(() => {
  const digest = (name: Registry) => hex(sha256(utf8(JSON.stringify(ordered(LAYOUTS[name])))));
  return Object.fromEntries(REGISTRIES.map((name) => [name, digest(name)]));
});

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, item]) => [name, ordered(item)]));
}

/** The slot that lies so many further on, modulo 2^256. */
function plus(slot: Bytes, more: number): Bytes {
  const sum = slot.slice();
  for (let at = 31; more > 0 && at >= 0; more = Math.floor(more / 256)) {
    more += sum[at]!;
    sum[at--] = more;
  }
  return sum;
}

function plain(label: string, data: Bytes): Value {
  if (label.startsWith("bytes")) return hex(data);
  if (label === "address") return "0x" + hex(data);
  return label === "bool" ? data[0] !== 0 : toBigInt(data);
}

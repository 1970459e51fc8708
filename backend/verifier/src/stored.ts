// SPDX-License-Identifier: Apache-2.0
// From words of storage to chain facts, over every generation of the contracts: their histories
// are one, in the order in which the entries were recorded.

import type { Address, Hex } from "./bytes.ts";
import { earliest, parts } from "./facts.ts";
import type { Account, Anchor, Entry, Finding, Participant, Report, Status } from "./facts.ts";
import * as slots from "./slots.ts";
import type { Place, Registry, Storage } from "./slots.ts";

/** The storage of each registry. */
export type Generation = Partial<Record<Registry, Storage>>;

/** Two generations of the contracts say two different things: nobody can tell. */
export class Disagreement extends Error {}

const NONE = "0".repeat(64);

export function account(address: Address, generations: Generation[]): Account {
  const said = read<{
    participant: Hex;
    scopes: Entry<bigint>[];
    compromises: Report[];
  }>("ParticipantRegistry", slots.accountPlace(address), generations);
  const reports = inOrder(said.flatMap((each) => each.compromises));
  return {
    address,
    participant: same(said.map((each) => each.participant)),
    scopes: inOrder(said.flatMap((each) => each.scopes)),
    compromisedSince: earliest(reports),
    reports,
    voided: false,
  };
}

export function participant(id: Hex, generations: Generation[]): Participant {
  const said = read<{
    enroller: Hex;
    profiles: { effective: bigint; recorded: bigint; profile: Hex; account: Address }[];
    roles: Entry<bigint>[];
  }>("ParticipantRegistry", slots.participantPlace(id), generations);
  const profiles = said
    .flatMap((each) => each.profiles)
    .map(({ profile: value, ...rest }): Entry<Hex> => ({ ...rest, value }));
  return {
    id,
    enroller: same(said.map((each) => each.enroller)),
    profiles: inOrder(profiles),
    roles: inOrder(said.flatMap((each) => each.roles)),
    voided: false,
  };
}

/** The anchor of (anchorer, root) in the oldest generation that has it. */
export function anchor(key: string, generations: Generation[]): Anchor {
  const [anchorer, root] = parts(key);
  const place = slots.anchorPlace(anchorer, root);
  for (const each of generations) {
    const [said] = read<Anchor>("AnchorRegistry", place, [each]);
    if (said?.time) {
      const { time, count, sequence } = said;
      return { anchorer, root, time, count, sequence };
    }
  }
  return { anchorer, root, time: 0n, count: 0n, sequence: 0n };
}

/** What, of (participant, record), the one said of the other; the successor is the last entry's. */
export function statuses(key: string, generations: Generation[]): Status[] {
  const place = slots.statusesPlace(...parts(key));
  const said = read<{ entries: Omit<Status, "successor">[]; successor: Hex }>(
    "StatusRegistry", place, generations,
  );
  const found = said.flatMap(({ entries, successor }) =>
    entries.map((entry, at): Status => {
      const last = at === entries.length - 1 && successor !== NONE;
      return { ...entry, successor: last ? successor : null };
    }),
  );
  return inOrder(found);
}

/** The findings against a record, resolved ones too. */
export function findings(record: Hex, generations: Generation[]): Finding[] {
  type Stored = Finding & { resolution: Hex; resolver: Address; resolved: bigint };
  const said = read<Stored[]>("FindingRegistry", slots.findingsPlace(record), generations);
  return inOrder(
    said.flat().map((each): Finding =>
      each.resolved ? each : { ...each, resolution: null, resolver: null, resolved: null },
    ),
  );
}

function read<T>(registry: Registry, place: Place, generations: Generation[]): T[] {
  return generations.map((each) => place.read(each[registry]!) as T);
}

/** The one id that is said, null when none is. */
function same(values: Hex[]): Hex | null {
  const found = new Set(values.filter((each) => each !== NONE));
  if (found.size > 1) throw new Disagreement("generations of the contracts disagree");
  return [...found][0] ?? null;
}

/** By the time of recording; what is of one time stays as it was. */
function inOrder<T extends { recorded: bigint }>(entries: T[]): T[] {
  return entries.sort((one, other) => Number(one.recorded - other.recorded));
}

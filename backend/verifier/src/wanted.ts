// SPDX-License-Identifier: Apache-2.0
// Which facts of the chain a verdict needs, given the records and the facts so far. What one
// answer leads to, the next one tells, until nothing more is wanted.

import type { Address, Hex } from "./bytes.ts";
import type { Inclusion } from "./evidence.ts";
import { pair, type ChainFacts } from "./facts.ts";
import { parseDidPkh } from "./ids.ts";
import type { SignedRecord } from "./jws.ts";
import type { Statement } from "./statement.ts";

/** Times that facts are looked up before what is still wanted stays unread. */
export const ROUNDS = 24;

/** A record that can be read. */
export interface ReadRecord {
  signed: SignedRecord;
  statement: Statement;
  inclusion: Inclusion | null;
}

/** Keys of facts that are not there yet. */
export interface Wanted {
  accounts: Address[];
  participants: Hex[];
  anchors: string[];
  statuses: string[];
  findings: Hex[];
}

/** What is still to be looked up for these records. */
export function wanted(records: readonly ReadRecord[], facts: ChainFacts): Wanted {
  const accounts = [
    ...records.map((each) => each.signed.address),
    ...records.flatMap(subjectAccounts),
    ...recorders(facts),
    ...speakers(facts),
  ];
  const participants = [
    ...[...facts.accounts.values()].map((each) => each.participant),
    ...[...facts.participants.values()].map((each) => each.enroller),
  ];
  const anchors = records.map(({ inclusion: at }) => at && pair(at.anchorer, at.root));
  const statuses = records.map(({ signed }) => {
    const participant = facts.accounts.get(signed.address)?.participant;
    return participant ? pair(participant, signed.id) : null;
  });
  return {
    accounts: missing(accounts, facts.accounts),
    participants: missing(participants, facts.participants),
    anchors: missing(anchors, facts.anchors),
    statuses: missing(statuses, facts.statuses),
    findings: missing(records.map((each) => each.signed.id), facts.findings),
  };
}

function missing(asked: (string | null)[], known: Map<string, unknown>): string[] {
  return [...new Set(asked)].filter((each) => each !== null && !known.has(each)) as string[];
}

/** The accounts that recorded what the histories hold. */
function recorders(facts: ChainFacts): (Address | null)[] {
  const accounts = [...facts.accounts.values()];
  const participants = [...facts.participants.values()];
  return [
    ...accounts.flatMap((each) => [...each.scopes, ...each.reports]),
    ...participants.flatMap((each) => [...each.profiles, ...each.roles]),
  ].map((entry) => entry.account);
}

/** The accounts that changed standings, and that raised or resolved findings. */
function speakers(facts: ChainFacts): (Address | null)[] {
  return [
    ...[...facts.statuses.values()].flat().map((each) => each.account),
    ...[...facts.findings.values()].flat().flatMap((each) => [each.account, each.resolver]),
  ];
}

/** The account that an identity record names. */
function subjectAccounts({ statement }: ReadRecord): Address[] {
  const isDia = statement.type === "DigitalIdentityAnchor";
  const named = isDia ? parseDidPkh(statement.subject) : null;
  return named ? [named.address] : [];
}

// SPDX-License-Identifier: Apache-2.0
// What a stolen account did on chain is void (PROTOCOL 5, "compromised since"): it is taken out
// before anything is judged. What only takes away stands.

import type { Address } from "./bytes.ts";
import type { Account, ChainFacts, Entry, Participant, Report } from "./facts.ts";

/** Whether what `account` recorded then is void, as far as the facts tell. */
export function isVoid(account: Address | null, recorded: bigint, facts: ChainFacts): boolean {
  const since = account === null ? null : (facts.accounts.get(account)?.compromisedSince ?? null);
  return since !== null && recorded >= since;
}

/** The facts as they are to be judged; a history whose recorder was not read is unread itself. */
export function withoutVoid(read: ChainFacts): ChainFacts {
  const since = compromised(read.accounts);
  const facts = {
    ...read,
    accounts: new Map(
      [...read.accounts].map(([address, account]) => [
        address,
        { ...account, compromisedSince: since.get(address) ?? null },
      ]),
    ),
  };
  return {
    ...facts,
    accounts: present(facts.accounts, (each) => keptAccount(each, facts)),
    participants: present(facts.participants, (each) => keptParticipant(each, facts)),
  };
}

function present<K, V>(all: Map<K, V>, kept: (value: V) => V | null): Map<K, V> {
  const found = new Map<K, V>();
  for (const [key, value] of all) {
    const left = kept(value);
    if (left !== null) found.set(key, left);
  }
  return found;
}

/**
 * Since when each account is compromised, by the reports that are not void themselves. One of
 * itself counts; others' are looked at once it is known since when those are compromised who made
 * them. Where that leads in a circle all count.
 */
function compromised(accounts: Map<Address, Account>): Map<Address, bigint | null> {
  const since = new Map([...accounts].map(([address, each]) => [address, earliest(each)]));
  const inDoubt = ({ account, recorded }: Report): boolean => {
    const stolen = since.get(account) ?? null;
    return stolen !== null && recorded >= stolen;
  };
  const waiting = new Map<Address, number>();
  const waitedFor = new Map<Address, Address[]>();
  for (const [address, { reports }] of accounts) {
    const doubts = reports.filter((each) => each.account !== address && inDoubt(each));
    waiting.set(address, doubts.length);
    for (const { account } of doubts) {
      if (!waitedFor.has(account)) waitedFor.set(account, []);
      waitedFor.get(account)!.push(address);
    }
  }
  const ready = [...waiting.keys()].filter((address) => waiting.get(address) === 0);
  for (const decided of ready) {
    for (const address of waitedFor.get(decided) ?? []) {
      waiting.set(address, waiting.get(address)! - 1);
      if (waiting.get(address)! > 0) continue;
      const { reports } = accounts.get(address)!;
      const standing = reports.filter((each) => each.account === address || !inDoubt(each));
      since.set(address, first(standing));
      ready.push(address);
    }
  }
  return since;
}

/** Since when by the earliest report, whatever it is worth. */
const earliest = ({ reports, compromisedSince }: Account): bigint | null =>
  reports.length > 0 ? first(reports) : compromisedSince;

const first = (reports: Report[]): bigint | null =>
  reports.reduce<bigint | null>((least, each) => (least !== null && least <= each.since ? least : each.since), null);

function keptAccount(account: Account, facts: ChainFacts): Account | null {
  const scopes = keptMask(account.scopes, facts);
  return scopes && { ...account, scopes, voided: scopes.length < account.scopes.length };
}

function keptParticipant(participant: Participant, facts: ChainFacts): Participant | null {
  const profiles = kept(participant.profiles, facts);
  const roles = keptMask(participant.roles, facts);
  if (profiles === null || roles === null) return null;
  const voided =
    profiles.length < participant.profiles.length || roles.length < participant.roles.length;
  return { ...participant, profiles, roles, voided };
}

/** Like `kept`, but an entry that only takes away stands, whoever recorded it. */
function keptMask(history: Entry<bigint>[], facts: ChainFacts): Entry<bigint>[] | null {
  if (!allRead(history, facts)) return null;
  const left: Entry<bigint>[] = [];
  for (const entry of history) {
    const last = left.at(-1);
    const narrows = last !== undefined && (entry.value & ~last.value) === 0n;
    if (narrows || !isVoid(entry.account, entry.recorded, facts)) left.push(entry);
  }
  return left;
}

function kept<V>(history: Entry<V>[], facts: ChainFacts): Entry<V>[] | null {
  if (!allRead(history, facts)) return null;
  return history.filter((each) => !isVoid(each.account, each.recorded, facts));
}

function allRead(history: Entry<unknown>[], facts: ChainFacts): boolean {
  return history.every((each) => each.account === null || facts.accounts.has(each.account));
}

// SPDX-License-Identifier: Apache-2.0
// What a stolen account did on chain is void (docs/proof.md 8): it is taken out
// before anything is judged. What only takes away stands.

import type { Address } from "./bytes.ts";
import { earliest } from "./facts.ts";
import type { Account, ChainFacts, Entry, Participant, Report } from "./facts.ts";

/** Whether what `account` recorded then is void, as far as the facts tell. */
export function isVoid(account: Address | null, recorded: bigint, facts: ChainFacts): boolean {
  const since = account === null ? null : (facts.accounts.get(account)?.compromisedSince ?? null);
  return since !== null && recorded >= since;
}

/**
 * The facts as they are to be judged. A history whose recorder was not read is unread itself, and so
 * is an account with a report by one.
 */
export function withoutVoid(read: ChainFacts): ChainFacts {
  const accounts = new Map([...read.accounts].map(([address, each]) => [address, { ...each }]));
  const facts = { ...read, accounts };
  decideReports(facts);
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
 * them. Where that leads in a circle all count, as they do in what was read. Who waits for an account
 * that was not read is taken out: its reports may be void, and nobody is disproven by what is left out.
 */
function decideReports(facts: ChainFacts): void {
  const { accounts } = facts;
  const counts = ({ address }: Account) => ({ account, recorded }: Report): boolean =>
    account === address || (accounts.has(account) && !isVoid(account, recorded, facts));
  const waiting = new Map<Account, number>();
  const heldUp = new Map<Address, Account[]>();
  for (const each of accounts.values()) {
    const known = counts(each);
    const doubts = each.reports.filter((report) => !known(report)).map((report) => report.account);
    waiting.set(each, doubts.length);
    for (const by of doubts) heldUp.set(by, heldUp.get(by) ?? []).get(by)!.push(each);
  }
  // What a set is given while it is gone through is gone through as well.
  const unread = new Set([...heldUp.keys()].filter((by) => !accounts.has(by)));
  for (const by of unread) for (const { address } of heldUp.get(by) ?? []) unread.add(address);
  const ready = [...waiting.keys()].filter((each) => !waiting.get(each));
  for (const { address } of ready) {
    for (const each of heldUp.get(address) ?? []) {
      waiting.set(each, waiting.get(each)! - 1);
      if (waiting.get(each)) continue;
      each.compromisedSince = earliest(each.reports.filter(counts(each)));
      ready.push(each);
    }
  }
  for (const by of unread) accounts.delete(by);
}

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

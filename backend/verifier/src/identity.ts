// SPDX-License-Identifier: Apache-2.0
// Whose word it is: identity records, up to a founding association (docs/proof.md 10).

import type { Address, Hex } from "./bytes.ts";
import type { Case } from "./checks.ts";
import type { Trust } from "./evidence.ts";
import { stateAt, type ChainFacts, type Participant } from "./facts.ts";
import { parseDidPkh } from "./ids.ts";
import type { Code } from "./reasons.ts";
import { outcomeOf, together, type Check } from "./verdict.ts";

/** Enrolments from a founding association down to a participant. */
const MAX_CHAIN = 8;

/** A record by its id, if it can be read, and the checks made of it by itself. */
export type Opened = (record: Hex) => [Case | null, Check[]];

/** The answer about one participant: a code, its reason, and the name if proven. */
export interface Identity {
  code: Code;
  reason: string;
  name: string | null;
  record: Hex | null;
}

export const identity = (
  code: Code,
  reason = "",
  record: Hex | null = null,
  name: string | null = null,
): Identity => ({ code, reason, name, record });

/** The id of the identity record in force at the facts' block. */
export function currentProfile(participant: Participant, facts: ChainFacts): Hex | null {
  return stateAt(participant.profiles, facts.block.time);
}

/** Prove a participant's identity record, and its enroller's, up to a founder. */
export function identityOf(
  participant: Hex,
  facts: ChainFacts | null,
  trust: Trust,
  opened: Opened,
): Identity {
  if (facts === null) return identity("identity-unknown", "chain-unreachable");
  const found = stated(participant, facts, opened);
  let above = found;
  let holder = participant;
  for (let level = 0; level <= MAX_CHAIN; level++) {
    if (above.code !== "identity-ok") return above;
    if (trust.founders.has(holder)) return found;
    const enroller = facts.participants.get(holder)?.enroller ?? null;
    if (enroller === null || enroller === holder) {
      return identity("identity-not-founded", "", above.record);
    }
    holder = enroller;
    above = stated(enroller, facts, opened);
  }
  return identity("identity-unknown", "identity-not-founded", above.record);
}

/** What the identity record in force says, whoever stands behind its issuer. */
function stated(participant: Hex, facts: ChainFacts, opened: Opened): Identity {
  const holder = facts.participants.get(participant);
  if (holder === undefined) return identity("identity-unknown", "fact-missing");
  const profile = currentProfile(holder, facts);
  const first = holder.profiles[0]?.value ?? null;
  if (holder.enroller !== null && holder.voided && first !== participant) {
    return identity("identity-disproven", "account-compromised");
  }
  if (holder.enroller === null || profile === null || first !== participant) {
    return identity("identity-mismatch");
  }
  const [read, checks] = opened(profile);
  if (read === null || together(checks) !== "proven") return unproven(profile, checks);
  const { said } = read.statement;
  const name = said.is === "identity" ? said.registeredName : null;
  return misfit(read, holder, facts) ?? identity("identity-ok", "", profile, name);
}

function unproven(profile: Hex, checks: Check[]): Identity {
  const outcome = together(checks);
  const reason = checks.find((each) => outcomeOf(each) === outcome)?.code ?? "record-missing";
  if (reason === "record-missing") return identity("identity-missing", "", profile);
  const code = outcome === "disproven" ? "identity-disproven" : "identity-unknown";
  return identity(code, reason, profile);
}

/** Why an identity record by itself is nobody's, null if it is that of who it speaks of. */
export function misfitAlone(read: Case): Identity | null {
  const [facts, address] = [read.facts, subjectOf(read)];
  if (facts === null) return identity("identity-unknown", "chain-unreachable");
  if (address === null) return identity("identity-mismatch");
  const account = facts.accounts.get(address);
  if (account === undefined) return identity("identity-unknown", "fact-missing");
  if (account.participant === null) return identity("identity-unknown", "account-unknown");
  const holder = facts.participants.get(account.participant);
  return holder ? misfit(read, holder, facts) : identity("identity-unknown", "fact-missing");
}

/** The subject is an account of `holder`, the issuer is the enroller that is on chain. */
function misfit(read: Case, holder: Participant, facts: ChainFacts): Identity | null {
  const [issuer, address] = [read.account, subjectOf(read)];
  if (issuer === null) return identity("identity-unknown", "fact-missing", read.id);
  if (issuer.participant !== holder.enroller || address === null) {
    return identity("identity-mismatch", "", read.id);
  }
  const subject = facts.accounts.get(address);
  if (subject === undefined) return identity("identity-unknown", "fact-missing", read.id);
  return subject.participant === holder.id ? null : identity("identity-mismatch", "", read.id);
}

/** The account that an identity record names, null if it is not one of its own chain. */
function subjectOf(read: Case): Address | null {
  const named = parseDidPkh(read.statement.subject);
  return named !== null && named.chainId === read.signed.chainId ? named.address : null;
}

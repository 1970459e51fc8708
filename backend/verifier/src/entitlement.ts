// SPDX-License-Identifier: Apache-2.0
// Who may say what, judged at one instant (docs/proof.md 10). Null means "entitled".

import { SCOPE_RECORDS, stateAt, type Account, type Participant } from "./facts.ts";
import type { Code } from "./reasons.ts";

/** Why `account` could not sign records at `instant`, or null if it could. */
export function accountFault(account: Account, instant: bigint): Code | null {
  if (account.participant === null) return "account-unknown";
  if (account.compromisedSince !== null && instant >= account.compromisedSince) {
    return "account-compromised";
  }
  const scopes = stateAt(account.scopes, instant);
  if (scopes !== null && scopes & SCOPE_RECORDS) return null;
  if (account.voided) return "account-compromised";
  if (scopes === null) return "account-not-yet-valid";
  return scopes ? "scope-missing" : "account-closed";
}

/** Null if the participant has `role` at `instant`, else why not. */
export function roleFault(participant: Participant, role: bigint, instant: bigint): Code | null {
  if ((stateAt(participant.roles, instant) ?? 0n) & role) return null;
  return participant.voided ? "account-compromised" : "role-missing";
}

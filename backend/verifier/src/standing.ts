// SPDX-License-Identifier: Apache-2.0
// Standing: what became of a record since, from its proven statuses (docs/proof.md 10).

import type { Hex } from "./bytes.ts";
import type { Case } from "./checks.ts";
import { pair, STATUS_STATES, type ChainFacts, type Finding, type Status } from "./facts.ts";
import type { Check, Standing, StandingState } from "./verdict.ts";
import { isVoid } from "./void.ts";

const only = (state: StandingState): Standing => ({
  state, since: null, recorded: null, reason: null, successor: null, findings: [],
});

/**
 * The state of `record` at the facts' block: by the statuses of its own participant, and by
 * findings against it, for what is in force and has open ones is contested.
 */
export function standingOf(
  participant: Hex | null,
  record: Hex,
  facts: ChainFacts | null,
): Standing {
  if (facts === null || participant === null) return only("unknown");
  const statuses = facts.statuses.get(pair(participant, record));
  const findings = facts.findings.get(record);
  if (statuses === undefined || findings === undefined) return only("unknown");
  if (!findings.every((each) => isRead(each, facts))) return only("unknown");
  const open = findings.filter((each) => isOpen(each, facts));
  const last = { ...lastSaid(statuses, facts), findings: open.map((each) => each.finding) };
  const raised = open[0]?.recorded;
  if (last.state !== "in-force" || raised === undefined) return last;
  return { ...last, state: "contested", since: raised, recorded: raised };
}

function lastSaid(statuses: Status[], facts: ChainFacts): Standing {
  const last = statuses.findLast(
    (each) => each.effective <= facts.block.time && !isVoid(each.account, each.recorded, facts),
  );
  return last === undefined ? only("in-force") : said(last, facts);
}

function said(status: Status, facts: ChainFacts): Standing {
  const states: Record<number, StandingState> = STATUS_STATES;
  const state = states[Number(status.kind)];
  if (state === undefined || !facts.accounts.has(status.account)) return only("unknown");
  const { effective: since, recorded, reason, successor } = status;
  return { state, since, recorded, reason, successor, findings: [] };
}

/** Raised by an account that was not stolen, and not resolved by one that was not. */
function isOpen(finding: Finding, facts: ChainFacts): boolean {
  if (isVoid(finding.account, finding.recorded, facts)) return false;
  return finding.resolved === null || isVoid(finding.resolver, finding.resolved, facts);
}

function isRead({ account, resolver }: Finding, facts: ChainFacts): boolean {
  return facts.accounts.has(account) && (resolver === null || facts.accounts.has(resolver));
}

/** The standing is known, and a successor really is one. */
export function checkStanding(read: Case, standing: Standing, successor: Case | null): Check {
  if (standing.state === "unknown") return read.unread("standing", "its statuses and findings");
  const clear =
    standing.state !== "superseded" || (successor !== null && succeeds(successor, read));
  return read.check("standing", clear ? "standing-ok" : "superseded-unclear");
}

function succeeds(successor: Case, read: Case): boolean {
  return (
    successor.anchored !== null &&
    successor.participant?.id === read.participant?.id &&
    successor.statement.type === read.statement.type &&
    successor.statement.subject === read.statement.subject &&
    successor.statement.predecessor === read.id
  );
}

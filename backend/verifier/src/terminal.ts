// SPDX-License-Identifier: Apache-2.0
// What the command prints for people: every check, by what it is about, and the one sentence.

import { niUri } from "./ids.ts";
import { trustWords } from "./mnemonic.ts";
import { words, type Language, type Outcome } from "./reasons.ts";
import { outcomeWords, sentence, type Report } from "./report.ts";
import { listed } from "./sentence.ts";
import { outcomeOf, PASSPORT, provenOf, type Check, type RecordVerdict } from "./verdict.ts";

const MARKS: Record<Outcome, string> = { proven: "✓", disproven: "✗", unknown: "?" };
const SAY = {
  en: {
    whole: "The passport as a whole", gap: "No step makes this input",
    missing: "Document not presented", unnamed: "No record names this file",
    trusted: "By the trust file",
    untrusted: "Without --trust nothing that needs the chain could be checked.",
    unreadable: "Unreadable record", nameless: "name not proven",
    relations: { own: "own record", step: "step", claim: "claim", identity: "identity",
      successor: "successor" },
    states: { "in-force": "in force", suspended: "suspended", revoked: "revoked",
      superseded: "superseded", contested: "contested", unknown: "standing unknown" },
  },
  it: {
    whole: "Il passaporto nel suo insieme", gap: "Nessun passaggio produce questo materiale",
    missing: "Documento non presentato", unnamed: "Nessuna registrazione nomina questo file",
    trusted: "Secondo il file di fiducia",
    untrusted: "Senza --trust non si è potuto verificare nulla che dipenda dalla catena.",
    unreadable: "Registrazione illeggibile", nameless: "nome non provato",
    relations: { own: "registrazione del prodotto", step: "passaggio", claim: "dichiarazione",
      identity: "identità", successor: "successore" },
    states: { "in-force": "in vigore", suspended: "sospeso", revoked: "revocato",
      superseded: "sostituito", contested: "contestato", unknown: "stato ignoto" },
  },
} as const;

/** The lines that a person reads, none wider than `width` where it can be broken. */
export function shown(found: Report, language: Language, width: number): string {
  const { verdict } = found;
  const say = SAY[language];
  const records = [...verdict.records.values()];
  const whole = verdict.checks.filter(({ subject }) => subject === PASSPORT);
  const lines = [say.whole, ...checks(whole, language)];
  for (const record of records) {
    lines.push("", title(record, language), `  ${niUri(record.id)}`);
    lines.push(...checks(record.checks, language));
  }
  const notes = [
    ...verdict.gaps.map(({ product }) => `${say.gap}: ${product}`),
    ...records.flatMap(({ documents }) =>
      documents.filter((line) => !line.presented).map((line) => `${say.missing}: ${line.name}`),
    ),
    ...found.unnamed.map((name) => `${say.unnamed}: ${name}`),
    found.trust ? `${say.trusted}: ${trustWords(found.trust, language)}` : say.untrusted,
  ];
  lines.push("", ...notes, "", sentence(found, language));
  const folded = lines.flatMap((line) => wrapped(clean(line), width));
  // Plain and unwrapped, for programs too; English everywhere.
  return [...folded, clean(lastLine(found))].map((line) => `${line}\n`).join("");
}

/** What comes from files may hold anything: nothing of it may move the cursor. */
export const clean = (line: string): string => line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\ufffd");

function checks(all: Check[], language: Language): string[] {
  return all.map((check) => {
    const outcome = outcomeOf(check);
    const value = outcome === "proven" ? "" : `${outcomeWords(outcome, language)}: `;
    const document = check.check === "document" ? ` (${check.params["name"]})` : "";
    const said = words(check.code, check.params, language) + document;
    return `  ${MARKS[outcome]} ${value}${check.code}: ${said}`;
  });
}

function title(record: RecordVerdict, language: Language): string {
  const say = SAY[language];
  const name = record.statement ? `“${record.statement.name}”` : say.unreadable;
  const who = record.name ?? (record.address && `${record.address}, ${say.nameless}`) ?? "?";
  const state = say.states[record.standing.state];
  return `${say.relations[record.relation]} ${name} (${who}), ${state}`;
}

/** `passport ID: proven (7 of 7 steps; one operator's word)`. */
function lastLine({ verdict, outcome }: Report): string {
  const steps = `${provenOf(verdict, "step")} of ${listed(verdict, "step").length} steps`;
  const product = verdict.subject || niUri(verdict.own);
  return `passport ${product}: ${outcome} (${steps}; ${verdict.seal})`;
}

/** A line in several, broken at spaces; those after the first begin a little further in. */
function wrapped(line: string, width: number): string[] {
  const start = /^ */.exec(line)![0];
  const lines = [start];
  for (const word of line.slice(start.length).split(" ")) {
    const last = lines.at(-1)!;
    const first = last.trim() === "";
    if (!first && last.length + 1 + word.length > width) {
      lines.push(`${start}${start && "  "}${word}`);
    } else lines[lines.length - 1] = first ? last + word : `${last} ${word}`;
  }
  return lines;
}

// SPDX-License-Identifier: Apache-2.0
// The verdict on the page. Whatever comes from a file is shown as text, never as markup.

import { InputFault } from "./fault.ts";
import { niUri } from "./ids.ts";
import english from "./mnemonic-en.json" with { type: "json" };
import { faultWords, SAY } from "./page-words.ts";
import { words, type Language, type Outcome } from "./reasons.ts";
import { outcomeWords, sentence, type Report } from "./report.ts";
import { twelveWords } from "./twelve.ts";
import { outcomeOf, PASSPORT, together, type Check, type RecordVerdict } from "./verdict.ts";

const MARKS: Record<Outcome, string> = { proven: "✓", disproven: "✗", unknown: "?" };

export function element(tag: string, text = "", kind = ""): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function holding(tag: string, items: HTMLElement[], kind = ""): HTMLElement {
  const made = element(tag, "", kind);
  made.append(...items);
  return made;
}

/** Everything that was found, the sentence first. */
export function verdictShown(found: Report, language: Language): HTMLElement[] {
  const say = SAY[language];
  const records = [...found.verdict.records.values()];
  return [
    headline(found.outcome, sentence(found, language)),
    ...notes(found, language),
    element("h2", say.whole),
    checks(found.verdict.checks.filter((each) => each.subject === PASSPORT), language),
    element("h2", say.records),
    ...records.map((record) => recordShown(record, language)),
  ];
}

/** A file that cannot be read is no verdict about the product. */
export function faultShown(fault: unknown, name: string, language: Language): HTMLElement[] {
  if (!(fault instanceof InputFault)) throw fault;
  const said = `${SAY[language].unread}. ${name}: ${faultWords(fault, language)}`;
  return [headline("unknown", said), element("p", `${fault.code}: ${fault.message}`, "code")];
}

function headline(outcome: Outcome, text: string): HTMLElement {
  const mark = element("span", MARKS[outcome], `mark ${outcome}`);
  mark.ariaHidden = "true";
  return holding("p", [mark, element("span", text)], `verdict ${outcome}`);
}

function notes(found: Report, language: Language): HTMLElement[] {
  const say = SAY[language];
  const { gaps, records } = found.verdict;
  const missing = [...records.values()].flatMap(({ documents }) =>
    documents.filter((line) => !line.presented),
  );
  const said = [
    ...gaps.map(({ product }) => `${say.gap}: ${product}`),
    ...missing.map(({ name }) => `${say.missing}: ${name}`),
    ...found.unnamed.map((name) => `${say.unnamed}: ${name}`),
  ];
  const list = said.map((note) => element("li", note));
  return [...(list.length ? [holding("ul", list, "notes")] : []), trusted(found, language)];
}

function trusted({ trust }: Report, language: Language): HTMLElement {
  const say = SAY[language];
  if (trust === null) return element("p", say.untrusted, "notes");
  const title = element("strong", `${say.trusted}: `);
  const told = element("span", twelveWords(trust, english.words), "words");
  return holding("p", [title, told, element("small", `SHA-256 ${trust}`, "code")], "notes");
}

function recordShown(record: RecordVerdict, language: Language): HTMLElement {
  const { relations, states } = SAY[language];
  const outcome = together(record.checks);
  const name = record.statement?.name ?? niUri(record.id);
  const who = record.name ?? record.address;
  const { state } = record.standing;
  const summary = holding("summary", [
    outcomeShown(outcome, language),
    element("span", `${relations[record.relation]}: ${name}`),
    element("small", [...(who ? [who] : []), states[state]].join(", ")),
  ]);
  const id = element("p", niUri(record.id), "code");
  const made = holding("details", [summary, id, checks(record.checks, language)], outcome);
  (made as HTMLDetailsElement).open = outcome !== "proven";
  return made;
}

const outcomeShown = (outcome: Outcome, language: Language): HTMLElement =>
  element("span", `${MARKS[outcome]} ${outcomeWords(outcome, language)}`, `mark ${outcome}`);

function checks(all: Check[], language: Language): HTMLElement {
  const items = all.map((check) => {
    const outcome = outcomeOf(check);
    const document = check.check === "document" ? ` (${check.params["name"]})` : "";
    const said = words(check.code, check.params, language) + document;
    return holding("li", [
      outcomeShown(outcome, language),
      element("span", said),
      element("small", check.code, "code"),
    ]);
  });
  return holding("ul", items, "checks");
}

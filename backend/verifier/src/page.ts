// SPDX-License-Identifier: Apache-2.0
// The page: files are dropped in or chosen, read here, and sent nowhere. Whatever comes from a
// file is shown as text, never as markup.

import { MAX_BYTES } from "./bundle.ts";
import type { Bytes } from "./bytes.ts";
import { InputFault } from "./fault.ts";
import { words, type Language } from "./reasons.ts";
import { outcomeWords, report, sentence, type Report } from "./report.ts";
import { parseTrust } from "./trust.ts";
import { outcomeOf, together, type Check, type RecordVerdict } from "./verdict.ts";

const SAY = {
  en: {
    title: "Filiera verifier", other: "Italiano",
    intro: "Checks a product passport's bundle on this device alone: nothing is sent anywhere.",
    drop: "Drop the bundle, the trust file and documents here, or choose them:",
    bundle: "Bundle", trust: "Trust file", documents: "Documents",
    subject: "Product that you mean (its identifier; may be left empty)",
    require: "Require every document",
    whole: "The passport as a whole", records: "Records", standing: "Standing",
    gap: "No step makes this input", missing: "Document not presented",
    unnamed: "No record names this file", trusted: "Trust file, SHA-256",
    untrusted: "Without a trust file nothing of the chain can be checked.",
    wrong: "This could not be read",
    states: { "in-force": "in force", suspended: "suspended", revoked: "revoked",
      superseded: "superseded", contested: "contested", unknown: "not known" },
  },
  it: {
    title: "Verificatore Filiera", other: "English",
    intro: "Verifica il fascicolo di un passaporto solo su questo dispositivo: nulla viene inviato.",
    drop: "Trascina qui il fascicolo, il file di fiducia e i documenti, oppure scegli:",
    bundle: "Fascicolo", trust: "File di fiducia", documents: "Documenti",
    subject: "Prodotto che intendi (il suo identificativo; può restare vuoto)",
    require: "Richiedi ogni documento",
    whole: "Il passaporto nel suo insieme", records: "Documenti firmati", standing: "Stato",
    gap: "Nessun passaggio produce questo materiale", missing: "File non presentato",
    unnamed: "Nessun documento indica questo file", trusted: "File di fiducia, SHA-256",
    untrusted: "Senza un file di fiducia nulla della catena può essere verificato.",
    wrong: "Lettura non riuscita",
    states: { "in-force": "in vigore", suspended: "sospeso", revoked: "revocato",
      superseded: "sostituito", contested: "contestato", unknown: "non noto" },
  },
} as const;
const MARKS = { proven: "✓", disproven: "✗", unknown: "?" } as const;

let language: Language = navigator.language.toLowerCase().startsWith("it") ? "it" : "en";
let bundle: Bytes | null = null;
let trust: Bytes | null = null;
const documents = new Map<string, Bytes>();

const byId = (id: string): HTMLElement => document.getElementById(id)!;
const input = (id: string): HTMLInputElement => byId(id) as HTMLInputElement;

function element(tag: string, text = "", kind = ""): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = kind;
  return made;
}

function translate(): void {
  document.documentElement.lang = language;
  document.title = SAY[language].title;
  for (const each of document.querySelectorAll<HTMLElement>("[data-say]")) {
    each.textContent = String(SAY[language][each.dataset["say"] as "title"]);
  }
}

function judge(): void {
  translate();
  const result = byId("result");
  result.replaceChildren();
  if (bundle === null) return;
  try {
    const found = report({
      bundle,
      trust: trust && parseTrust(trust),
      documents,
      now: Math.floor(Date.now() / 1000),
      subject: input("subject").value.trim() || undefined,
      requireDocuments: input("require").checked,
    });
    result.append(...shown(found));
  } catch (error) {
    const code = error instanceof InputFault ? `${error.code}: ${error.message}` : String(error);
    result.append(element("p", `? ${SAY[language].wrong}. ${code}`, "verdict unknown"));
  }
}

function shown(found: Report): HTMLElement[] {
  const { verdict, outcome } = found;
  const say = SAY[language];
  const head = element("p", `${MARKS[outcome]} ${sentence(found, language)}`, `verdict ${outcome}`);
  const whole = verdict.checks.filter((each) => each.subject === "passport");
  const records = [...verdict.records.values()];
  const notes = [
    ...(found.trust ? [`${say.trusted}: ${found.trust}`] : [say.untrusted]),
    ...verdict.gaps.map((gap) => `${say.gap}: ${gap.product}`),
    ...records.flatMap(({ documents: lines }) =>
      lines.filter((line) => !line.presented).map((line) => `${say.missing}: ${line.name}`),
    ),
    ...found.unnamed.map((name) => `${say.unnamed}: ${name}`),
  ];
  return [
    head,
    list(notes.map((note) => element("li", note))),
    element("h2", say.whole),
    list(whole.map(line)),
    element("h2", say.records),
    ...records.map(recordShown),
  ];
}

function recordShown(record: RecordVerdict): HTMLElement {
  const outcome = together(record.checks);
  const { states, standing } = SAY[language];
  const details = element("details");
  const name = record.statement?.name ?? record.id;
  const who = record.name ?? record.address ?? "?";
  const state = `${standing}: ${states[record.standing.state]}`;
  const title = `${MARKS[outcome]} ${outcomeWords(outcome, language)}: ${name} (${who}). ${state}`;
  details.append(element("summary", title), list(record.checks.map(line)));
  return details;
}

function line(check: Check): HTMLElement {
  const outcome = outcomeOf(check);
  const said = `${MARKS[outcome]} ${outcomeWords(outcome, language)}: ${words(check.code, check.params, language)}`;
  const item = element("li", said, outcome);
  item.append(element("small", `${check.check} / ${check.code}`));
  return item;
}

function list(items: HTMLElement[]): HTMLElement {
  const made = element("ul");
  made.append(...items);
  return made;
}

async function bytesOf(file: File): Promise<Bytes> {
  return new Uint8Array(await file.slice(0, MAX_BYTES + 1).arrayBuffer());
}

/** A dropped file is what its first member says; anything else is a document. */
async function take(file: File): Promise<void> {
  const data = await bytesOf(file);
  const start = new TextDecoder().decode(data.subarray(0, 256));
  if (/^\s*\{\s*"filieraBundle"/.test(start)) keep("bundle", file, data);
  else if (/^\s*\{\s*"filieraTrust"/.test(start)) keep("trust", file, data);
  else keep("documents", file, data);
}

function keep(what: "bundle" | "trust" | "documents", file: File, data: Bytes): void {
  if (what === "bundle") bundle = data;
  else if (what === "trust") trust = data;
  else documents.set(file.name, data);
  const names = what === "documents" ? [...documents.keys()].join(", ") : file.name;
  byId(what === "documents" ? "documents-names" : `${what}-name`).textContent = names;
}

for (const what of ["bundle", "trust", "documents"] as const) {
  input(what).addEventListener("change", async () => {
    for (const file of input(what).files ?? []) keep(what, file, await bytesOf(file));
    judge();
  });
}
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    byId("drop").classList.toggle("over", name === "dragover");
  });
}
document.addEventListener("drop", async (event) => {
  for (const file of event.dataTransfer?.files ?? []) await take(file);
  judge();
});
for (const id of ["subject", "require"]) byId(id).addEventListener("change", judge);
byId("language").addEventListener("click", () => {
  language = language === "en" ? "it" : "en";
  judge();
});
translate();

// SPDX-License-Identifier: Apache-2.0
// The page: files are dropped in or chosen, read here, and sent nowhere.

import { MAX_BYTES } from "./bundle.ts";
import { hex, sha256, utf8, type Bytes, type Hex } from "./bytes.ts";
import { InputFault } from "./fault.ts";
import { beginning, unpacked } from "./page-gzip.ts";
import { element, faultShown, verdictShown } from "./page-result.ts";
import { SAY } from "./page-words.ts";
import type { Language } from "./reasons.ts";
import { productMeant } from "./product.ts";
import { report } from "./report.ts";
import { parseTrust } from "./trust.ts";

/** A bundle or trust file: no more of it than one byte beyond what is allowed, or why not. */
interface Chosen {
  name: string;
  data: Bytes | InputFault;
}

/** Computed before anything changes the page: the text of the script that runs. */
const SCRIPT = hex(sha256(utf8(document.currentScript!.textContent!)));
const KINDS = ["bundle", "trust", "documents"] as const;
type Kind = (typeof KINDS)[number];
/** So many documents are named at once; of more, the rest in a fold, which hides never just one. */
const NAMED = 5;

let language: Language = navigator.language.toLowerCase().startsWith("it") ? "it" : "en";
let bundle: Chosen | null = null;
let trust: Chosen | null = null;
const documents = new Map<string, Hex>();

const byId = (id: string): HTMLElement => document.getElementById(id)!;
const input = (id: string): HTMLInputElement => byId(id) as HTMLInputElement;

/** Shows everything anew: the page's words, the files' names, the verdict. */
function show(): void {
  const say = SAY[language];
  document.documentElement.lang = language;
  document.title = say.title;
  for (const each of document.querySelectorAll<HTMLElement>("[data-say]")) {
    each.textContent = say[each.dataset["say"] as "title"];
  }
  byId("language").lang = language === "en" ? "it" : "en";
  byId("script").textContent = SCRIPT;
  byId("bundle-name").textContent = bundle?.name ?? "";
  byId("trust-name").textContent = trust?.name ?? "";
  nameDocuments();
  byId("result").replaceChildren(...result());
}

/** What is there already stays there, so that an open fold stays open. */
function nameDocuments(): void {
  const names = [...documents.keys()].map((name) => element("li", name));
  const others = names.length > NAMED + 1 ? names.splice(NAMED) : [];
  byId("documents-first").replaceChildren(...names);
  byId("documents-others").replaceChildren(...others);
  const fold = byId("documents-fold") as HTMLDetailsElement;
  const more = SAY[language].more.replace("#", String(others.length));
  fold.querySelector("summary")!.textContent = others.length ? more : "";
  fold.hidden = !others.length;
  fold.open &&= !fold.hidden;
}

/** The verdict; or what cannot be read, and where it comes from. */
function result(): HTMLElement[] {
  const typed = input("subject").value.trim();
  let read = typed;
  try {
    const subject = typed ? productMeant(typed) : undefined;
    read = trust?.name ?? "";
    const pinned = trust && parseTrust(readable(trust.data));
    if (bundle === null) return [element("p", SAY[language].start)];
    read = bundle.name;
    const now = Math.floor(Date.now() / 1000);
    const requireDocuments = input("require").checked;
    const data = readable(bundle.data);
    const asked = { bundle: data, trust: pinned, documents, now, subject, requireDocuments };
    return verdictShown(report(asked), language);
  } catch (fault) {
    return faultShown(fault, read, language);
  }
}

function readable(data: Bytes | InputFault): Bytes {
  if (data instanceof InputFault) throw data;
  return data;
}

const bytesOf = async (file: Blob): Promise<Bytes> => new Uint8Array(await file.arrayBuffer());

async function keep(file: File, given?: Kind): Promise<void> {
  const start = await bytesOf(file.slice(0, MAX_BYTES + 1));
  const kind = given ?? kindOf(await beginning(start));
  const name = file.name;
  if (kind === "bundle") bundle = { name, data: await unpacked(start) };
  else if (kind === "trust") trust = { name, data: start };
  else documents.set(name, hex(sha256(await bytesOf(file))));
}

/** A dropped file is what its first member says; anything else that can be read is a document. */
function kindOf(data: Bytes | null): Kind {
  if (data === null) return "bundle";
  const start = new TextDecoder().decode(data.subarray(0, 256));
  if (/^\s*\{\s*"filieraBundle"/.test(start)) return "bundle";
  return /^\s*\{\s*"filieraTrust"/.test(start) ? "trust" : "documents";
}

async function keepAll(files: FileList | null | undefined, kind?: Kind): Promise<void> {
  for (const file of files ?? []) await keep(file, kind);
  show();
}

function clear(): void {
  bundle = trust = null;
  documents.clear();
  for (const kind of KINDS) input(kind).value = "";
  show();
}

for (const kind of KINDS) {
  input(kind).addEventListener("change", () => keepAll(input(kind).files, kind));
}
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    byId("drop").classList.toggle("over", name === "dragover");
  });
}
document.addEventListener("drop", (event) => keepAll(event.dataTransfer?.files));
for (const id of ["subject", "require"]) byId(id).addEventListener("change", show);
byId("clear").addEventListener("click", clear);
byId("language").addEventListener("click", () => {
  language = language === "en" ? "it" : "en";
  show();
});
show();

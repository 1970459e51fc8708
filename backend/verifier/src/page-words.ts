// SPDX-License-Identifier: Apache-2.0
// What the page itself says, in both languages; verdicts have their words in reasons.ts.

import type { InputFault } from "./fault.ts";
import type { Language } from "./reasons.ts";

export const SAY = {
  en: {
    title: "Filiera verifier", other: "Italiano",
    intro: "Checks a product passport on this device alone: no file and no word leaves it.",
    drop: "Drop the bundle, the trust file and documents here together, or choose them:",
    choose: "Choose…", bundle: "Bundle", trust: "Trust file", documents: "Documents",
    more: "and # more",
    subject: "The product that you mean: GTIN/LOT, or its identifier (may be left empty)",
    require: "Require every document",
    clear: "Start again",
    start: "Choose a bundle to begin.",
    whole: "The passport as a whole", records: "Records",
    gap: "No step makes this input", missing: "Document not presented",
    unnamed: "No record names this file",
    trusted: "Your trust file, in twelve words: read them to somebody who has it from elsewhere",
    untrusted: "Without a trust file nothing of the chain can be checked.",
    unread: "This could not be read, so nothing was checked",
    script: "SHA-256 of this page's script",
    honest: "A forged page can show any number: compare the file itself (sha256sum verifier.html) " +
      "with the number that Filiera's documentation states.",
    relations: { own: "Product", step: "Step", claim: "Claim", identity: "Identity",
      successor: "Successor" },
    states: { "in-force": "in force", suspended: "suspended", revoked: "revoked",
      superseded: "superseded", contested: "contested", unknown: "standing not known" },
  },
  it: {
    title: "Verificatore Filiera", other: "English",
    intro: "Verifica il passaporto di un prodotto solo su questo dispositivo: nulla ne esce.",
    drop: "Trascina qui insieme il fascicolo, il file di fiducia e i documenti, oppure scegli:",
    choose: "Scegli…", bundle: "Fascicolo", trust: "File di fiducia", documents: "Documenti",
    more: "e altri #",
    subject: "Il prodotto che intendi: GTIN/LOTTO o identificativo (può restare vuoto)",
    require: "Richiedi ogni documento",
    clear: "Ricomincia",
    start: "Scegli un fascicolo per cominciare.",
    whole: "Il passaporto nel suo insieme", records: "Registrazioni",
    gap: "Nessun passaggio produce questo materiale", missing: "Documento non presentato",
    unnamed: "Nessuna registrazione nomina questo file",
    trusted: "Il tuo file di fiducia, in dodici parole inglesi: leggile a chi lo ha avuto da altri",
    untrusted: "Senza un file di fiducia nulla della catena può essere verificato.",
    unread: "Lettura non riuscita: nulla è stato verificato",
    script: "SHA-256 dello script di questa pagina",
    honest: "Una pagina falsa può mostrare qualsiasi numero: confronta il file stesso (sha256sum " +
      "verifier.html) con il numero nella documentazione di Filiera.",
    relations: { own: "Prodotto", step: "Passaggio", claim: "Dichiarazione", identity: "Identità",
      successor: "Successore" },
    states: { "in-force": "in vigore", suspended: "sospeso", revoked: "revocato",
      superseded: "sostituito", contested: "contestato", unknown: "stato ignoto" },
  },
} as const;

/** The beginnings of codes, most particular first, and what a person can do. */
const FAULTS: [start: string, en: string, it: string][] = [
  ["bundle-version", "This bundle is newer than this page. Get the newest verifier.",
    "Il fascicolo è più recente di questa pagina. Procurati il verificatore più recente."],
  ["bundle-too-large", "This is larger than any bundle.", "È più grande di qualsiasi fascicolo."],
  ["bundle", "This is not a Filiera bundle, or it was altered. Get it again.",
    "Non è un fascicolo Filiera, o è stato alterato. Procuratelo di nuovo."],
  ["trust-version", "This trust file is newer than this page. Get the newest verifier.",
    "Il file di fiducia è più recente di questa pagina. Procurati il verificatore più recente."],
  ["trust", "This is not a trust file, or it was altered. Get it again from your association.",
    "Non è un file di fiducia, o è stato alterato. Chiedilo di nuovo alla tua associazione."],
  ["gs1", "A product is a GTIN, GTIN/LOT, GTIN/21/SERIAL or its whole identifier.",
    "Un prodotto è un GTIN, GTIN/LOTTO, GTIN/21/SERIALE o il suo identificativo intero."],
  ["json", "This file is not the JSON that it should be.", "Il file non è il JSON che dovrebbe essere."],
  ["", "The bundle holds something that no chain wrote. Get it again.",
    "Il fascicolo contiene qualcosa che nessuna catena ha scritto. Procuratelo di nuovo."],
];

/** What is wrong with a file, for a person. */
export function faultWords({ code }: InputFault, language: Language): string {
  const [, english, italian] = FAULTS.find(([start]) => code.startsWith(start))!;
  return language === "en" ? english : italian;
}

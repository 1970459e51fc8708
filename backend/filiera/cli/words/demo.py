# SPDX-License-Identifier: Apache-2.0
"""Words of the demonstration. key -> (English, Italian)."""

from __future__ import annotations

from typing import Final

DEMO: Final[dict[str, tuple[str, str]]] = {
    "help.demo": (
        (
            "Run the whole path on this machine: chain, IPFS, API, and a garment's passport "
            "proven step by step. Ends 0 proven, 1 disproven, 2 wrong use, 3 could not check."
        ),
        (
            "Esegue l'intero percorso su questa macchina: catena, IPFS, API e il passaporto di un "
            "capo provato passo per passo. Esce con 0 provato, 1 smentito, 2 uso errato, "
            "3 non verificabile."
        ),
    ),
    "help.demo.epilog": (
        "Each option is also a variable: `make demo ONCE=1 TAMPER=record`.",
        "Ogni opzione è anche una variabile: `make demo ONCE=1 TAMPER=record`.",
    ),
    "demo.epcis": (
        "Show your own EPCIS 2.0 documents instead of the sample: files or folders.",
        "Mostra i tuoi documenti EPCIS 2.0 al posto del campione: file o cartelle.",
    ),
    "demo.product": (
        "With --epcis: the product of the passport.",
        "Con --epcis: il prodotto del passaporto.",
    ),
    "demo.tamper": (
        "Alter one listed step after anchoring: record, document, proof or chain-down.",
        "Altera un passaggio dopo l'ancoraggio: record, document, proof o chain-down.",
    ),
    "demo.out-folder": (
        "Leave passport.json, bundle.json, trust.json, the QR code and the documents here.",
        "Lascia qui passport.json, bundle.json, trust.json, il codice QR e i documenti.",
    ),
    "demo.once": (
        "Exit after the check instead of serving until Ctrl-C.",
        "Esce dopo la verifica invece di restare attiva fino a Ctrl-C.",
    ),
    "demo.network": (
        "Which chain to start: dev, or clique (four validators of distinct parties).",
        "Quale catena avviare: dev, o clique (quattro validatori di parti distinte).",
    ),
    "demo.public-address": (
        "Show the pages, and nothing else, to the local network, and a QR code for a phone.",
        "Mostra le pagine, e nient'altro, alla rete locale, e un codice QR per il telefono.",
    ),
    "demo.public": (
        "  (the pages alone)",
        "  (le sole pagine)",
    ),
    "demo.phone": (
        "Scan this with a phone in the same network:",
        "Inquadra con un telefono nella stessa rete:",
    ),
    "demo.phone.who": (
        "Whoever is in this network can open the pages for as long as this runs.",
        "Chiunque sia in questa rete può aprire le pagine finché resta attiva.",
    ),
    "demo.sealing": (
        "Waiting for the validators to build on it …",
        "Attendo che i validatori vi costruiscano sopra …",
    ),
    "demo.starting": (
        "Starting the local chain and IPFS …",
        "Avvio la catena locale e IPFS …",
    ),
    "demo.leftovers": (
        "Stopped what an earlier run had left behind: {names}.",
        "Fermato ciò che un avvio precedente aveva lasciato: {names}.",
    ),
    "demo.enrolling": (
        "Deploying the registries, enrolling {count} participants …",
        "Pubblico i registri, iscrivo {count} partecipanti …",
    ),
    "demo.loading": (
        "Signing, submitting and anchoring …",
        "Firmo, invio e ancoro …",
    ),
    "demo.tampered.record": (
        "The record {record} was altered in the database and in IPFS.",
        "La registrazione {record} è stata alterata nella base dati e in IPFS.",
    ),
    "demo.tampered.document": (
        "The document {name} of {record} was altered in IPFS.",
        "Il documento {name} di {record} è stato alterato in IPFS.",
    ),
    "demo.tampered.proof": (
        "One hash of the Merkle path of {record} was altered.",
        "Un'impronta del percorso di Merkle di {record} è stata alterata.",
    ),
    "demo.tampered.chain-down": (
        "The chain was stopped before the check.",
        "La catena è stata fermata prima della verifica.",
    ),
    "demo.second": (
        "A second product, {name}, has a revoked certificate:\n  {command} passport show {product}",
        (
            "Un secondo prodotto, {name}, ha un certificato revocato:\n"
            "  {command} passport show {product}"
        ),
    ),
    "demo.also-said": (
        "Also said, not steps: {count}. Stored, linked and counted apart.",
        "Detto inoltre, non passaggi: {count}. Conservati, collegati e contati a parte.",
    ),
    "demo.more": ("… and {count} more.", "… e altri {count}."),
    "demo.moved": (" (port {port} was taken)", " (la porta {port} era occupata)"),
    "demo.out": (
        "Left in {folder}: {files}.",
        "Lasciati in {folder}: {files}.",
    ),
    "demo.over": (
        "It ends here, and nothing is served any more; without ONCE=1 it goes on serving.",
        "Finisce qui, e nulla resta in servizio; senza ONCE=1 resta attiva.",
    ),
    "demo.serving": ("It serves until Ctrl-C.", "Resta attiva fino a Ctrl-C."),
}

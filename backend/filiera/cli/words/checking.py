# SPDX-License-Identifier: Apache-2.0
"""What commands say and show that check, serve or look after things. key -> (English, Italian)."""

from __future__ import annotations

from typing import Final

CHECKING: Final[dict[str, tuple[str, str]]] = {
    # verify
    "verify.no-file": (
        "There is no such file.",
        "Non c'è questo file.",
    ),
    "verify.duration": (
        "An age is a whole number and d, h, m or s, such as 7d.",
        "Un'età è un numero intero e d, h, m o s, ad esempio 7d.",
    ),
    "verify.bundle-only": (
        "--trust, --subject, --require-documents and --max-age are for bundles.",
        "--trust, --subject, --require-documents e --max-age valgono per i fascicoli.",
    ),
    "verify.unnamed": (
        "{name}: no record of the bundle names this file.",
        "{name}: nessuna registrazione del fascicolo nomina questo file.",
    ),
    "verify.no-trust": (
        "Without --trust nothing that needs the chain could be checked.",
        "Senza --trust non si è potuto verificare nulla che dipenda dalla catena.",
    ),
    "verify.trust": (
        "By the trust file: {words}",
        "Secondo il file di fiducia: {words}",
    ),
    "show.bundle.done": ("The bundle is in {file}.", "Il fascicolo è in {file}."),
    # trust
    "trust.exported": (
        "The trust file of {url}, written to {file}.",
        "Il file di fiducia di {url}, scritto in {file}.",
    ),
    "trust.words": ("Its words: {words}", "Le sue parole: {words}"),
    "trust.list": ("en", "it"),
    "trust.compare": (
        "A server says whom to trust: compare the words with somebody who is not it.",
        "È un server a dire di chi fidarsi: confronta le parole con qualcun altro.",
    ),
    "trust.digest": ("Digest", "Impronta"),
    "trust.english": ("In English", "In inglese"),
    "trust.italian": ("In Italian", "In italiano"),
    "trust.chain": ("Chain", "Catena"),
    "trust.seal": ("Seal", "Sigillo"),
    "trust.validators": ("Validators", "Validatori"),
    "trust.contracts": ("Contracts", "Contratti"),
    "trust.founders": ("Founders", "Fondatori"),
    "trust.age": ("Maximum age", "Età massima"),
    "trust.days": ("{days} days", "{days} giorni"),
    "trust.minimum": ("Block from", "Blocco dal"),
    "trust.pinned": ("Pinned", "Fissati"),
    "trust.predecessor": ("Predecessor", "Predecessore"),
    "seal.operator": (
        "operator, from block {number}: one operator's word",
        "gestore, dal blocco {number}: la parola di un solo gestore",
    ),
    "seal.clique": (
        "clique, from block {number}: more than half must build on a block",
        "clique, dal blocco {number}: più di metà deve costruire su un blocco",
    ),
    "seal.qbft": (
        "QBFT, from block {number}: two thirds must seal a block",
        "QBFT, dal blocco {number}: due terzi devono sigillare un blocco",
    ),
    "verify.needs-node": (
        "A passport file is checked against a node: its own verdict is nobody's word.",
        "Un file di passaporto si verifica con un nodo: il suo verdetto non vale nulla.",
    ),
    "verify.needs-node.hint": (
        "Give --node URL and --deployment FILE, or start `filiera demo`.",
        "Indica --node URL e --deployment FILE, o avvia `filiera demo`.",
    ),
    "verify.own-node": (
        (
            "Checked by this program against the node at {url}; neither the server nor its "
            "database was asked."
        ),
        (
            "Verificato da questo programma con il nodo {url}; né il server né la sua base dati "
            "sono stati interrogati."
        ),
    ),
    "verify.by-server": (
        (
            "This is the word of the server at {url}. To check it yourself: filiera verify "
            "passport.json --node URL --deployment FILE"
        ),
        (
            "Questa è la parola del server {url}. Per verificare da te: filiera verify "
            "passport.json --node URL --deployment FILE"
        ),
    ),
    # serve and doctor
    "serve.no-deployment": (
        "There is no deployment file {file}: which chain is this to serve?",
        "Non c'è il file di deployment {file}: quale catena va servita?",
    ),
    "serve.no-deployment.hint": (
        "Name it with --deployment; for a first look run `filiera demo` instead.",
        "Indicalo con --deployment; per un primo sguardo esegui invece `filiera demo`.",
    ),
    "serve.port-taken": (
        "{address} cannot be listened on: {why}.",
        "Impossibile ascoltare su {address}: {why}.",
    ),
    "serve.port-taken.hint": (
        "Choose another, or leave it out to get a free one.",
        "Scegline un'altra, o non indicarla per averne una libera.",
    ),
    "doctor.ok": ("ok", "ok"),
    "doctor.note": ("note", "nota"),
    "doctor.missing": ("missing", "manca"),
    "doctor.ready": ("Ready: filiera demo", "Pronto: filiera demo"),
    "doctor.not-ready": (
        "Not ready: see what is missing above.",
        "Non pronto: vedi sopra che cosa manca.",
    ),
}

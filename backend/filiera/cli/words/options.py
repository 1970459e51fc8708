# SPDX-License-Identifier: Apache-2.0
"""What each option and argument means. key -> (English, Italian)."""

from __future__ import annotations

from typing import Final

OPTIONS: Final[dict[str, tuple[str, str]]] = {
    # shared
    "option.json": ("Print the result as JSON.", "Stampa il risultato in JSON."),
    "option.yes": ("Do not ask.", "Non chiedere conferma."),
    "option.api": (
        "The server; else a running demo's, else http://127.0.0.1:8952.",
        "Il server; altrimenti quello di una demo attiva o http://127.0.0.1:8952.",
    ),
    "option.as": (
        "The key to sign with; else a running demo's, else the only one.",
        "La chiave con cui firmare; altrimenti quella di una demo attiva o l'unica.",
    ),
    "option.keys": (
        "The folder of keys; else a running demo's, else .filiera/keys.",
        "La cartella delle chiavi; altrimenti quella di una demo attiva o .filiera/keys.",
    ),
    "option.password-file": (
        "A file whose first line is the key's password; else you are asked.",
        "Un file la cui prima riga è la password della chiave; altrimenti viene chiesta.",
    ),
    "option.deployment": (
        "The deployment file: which chain, which contracts, which founder.",
        "Il file di deployment: quale catena, quali contratti, quale fondatore.",
    ),
    "option.node": (
        "JSON-RPC of a node of the chain.",
        "JSON-RPC di un nodo della catena.",
    ),
    "option.output": ("Write it to this file.", "Scrive in questo file."),
    "option.issuer-name": (
        "Your name in the record; else the one of your identity record.",
        "Il tuo nome nella registrazione; altrimenti quello della tua registrazione d'identità.",
    ),
    "option.install_completion": (
        "Let this shell complete commands and criteria with Tab.",
        "Fa completare a questa shell comandi e criteri con Tab.",
    ),
    "option.show_completion": (
        "Show what that adds to the shell's configuration.",
        "Mostra che cosa aggiunge alla configurazione della shell.",
    ),
    "option.version": ("Print the version.", "Stampa la versione."),
    "option.help": ("Show this message and exit.", "Mostra questo messaggio ed esce."),
    # arguments
    "argument.key-name": (
        "The key's name: 1 to 40 of a-z, 0-9 and -.",
        "Il nome della chiave: da 1 a 40 tra a-z, 0-9 e -.",
    ),
    "argument.participant": (
        "A participant's id: ni:///sha-256;… or its 43 characters.",
        "L'identificativo di un partecipante: ni:///sha-256;… o i suoi 43 caratteri.",
    ),
    "argument.record": (
        "A record's id: ni:///sha-256;… or its 43 characters.",
        "L'identificativo di una registrazione: ni:///sha-256;… o i suoi 43 caratteri.",
    ),
    "argument.product": (
        "GTIN, GTIN/LOT, GTIN/21/SERIAL, a GS1 Digital Link or another URI.",
        "GTIN, GTIN/LOTTO, GTIN/21/SERIALE, un GS1 Digital Link o un altro URI.",
    ),
    "argument.payload-file": (
        "A record's JSON payload.",
        "Il contenuto JSON di una registrazione.",
    ),
    "argument.jws-files": ("Signed records, one a file.", "Registrazioni firmate, una per file."),
    "argument.invitation": (
        "The file that `invite` or `consent` wrote.",
        "Il file scritto da `invite` o `consent`.",
    ),
    "argument.epcis": (
        "A file, a folder, or several separated by commas.",
        "Un file, una cartella, o più d'uno separati da virgole.",
    ),
    "argument.verify": (
        "A bundle, a passport.json, or a product as in `passport show`.",
        "Un fascicolo, un passport.json, o un prodotto come in `passport show`.",
    ),
    "argument.trust": ("A trust file.", "Un file di fiducia."),
    # claim new
    "claim.about": (
        "The product or lot: GTIN/LOT or a URI; again for more.",
        "Il prodotto o lotto: GTIN/LOTTO o un URI; ripetibile.",
    ),
    "claim.criterion": (
        "What it is about, such as chemical-evidence; again for more.",
        "Di che cosa si tratta, ad esempio chemical-evidence; ripetibile.",
    ),
    "claim.certificate": (
        "A certificate that somebody gave you for it.",
        "Un certificato che qualcuno ti ha rilasciato.",
    ),
    "claim.evidence": (
        "Another file that backs it, such as a photo; again for more.",
        "Un altro file che lo sostiene, come una foto; ripetibile.",
    ),
    "claim.scheme": (
        "The certificate's scheme: 'URI NAME', or its name alone.",
        "Lo schema del certificato: 'URI NOME', o solo il nome.",
    ),
    "claim.number.help": ("The certificate's number.", "Il numero del certificato."),
    "claim.valid-until": (
        "The last day on which it holds: YYYY-MM-DD.",
        "L'ultimo giorno di validità: AAAA-MM-GG.",
    ),
    "claim.assessed-on": (
        "The day you looked: YYYY-MM-DD; else today.",
        "Il giorno della valutazione: AAAA-MM-GG; altrimenti oggi.",
    ),
    "claim.description": ("More words about it.", "Altre parole in proposito."),
    "claim.product-name": (
        "The product's name; else its numbers.",
        "Il nome del prodotto; altrimenti i suoi numeri.",
    ),
    # passport
    "show.checks": (
        "Show every check with its code and words.",
        "Mostra ogni verifica con codice e parole.",
    ),
    "issue.name": (
        "The product's name; else as its maker calls it.",
        "Il nome del prodotto; altrimenti come lo chiama chi l'ha fatto.",
    ),
    "issue.category": (
        "Customs (HS) code and name, such as '611011 Knitted cardigans'.",
        "Codice doganale (HS) e nome, ad esempio '611011 Cardigan a maglia'.",
    ),
    "issue.category-scheme": (
        "Another scheme of the category: 'URI NAME'.",
        "Un altro schema della categoria: 'URI NOME'.",
    ),
    "issue.facility": (
        "Where it was made: 'URI NAME'; else as its maker says.",
        "Dove è stato fatto: 'URI NOME'; altrimenti come dice chi l'ha fatto.",
    ),
    "issue.country": (
        "Country of production, two capitals; else as its maker says.",
        "Paese di produzione, due maiuscole; altrimenti come dice chi l'ha fatto.",
    ),
    "issue.description": ("A description for customers.", "Una descrizione per i clienti."),
    "issue.model-number": ("Your number of the model.", "Il tuo numero di modello."),
    "issue.production-date": (
        "YYYY-MM-DD; else the day of the step that made it.",
        "AAAA-MM-GG; altrimenti il giorno del passaggio che l'ha fatto.",
    ),
    "issue.without": (
        "Do not vouch for this record; again for more.",
        "Non rispondere di questa registrazione; ripetibile.",
    ),
    # status
    "status.reason": ("Why: {known}.", "Perché: {known}."),
    "status.since": (
        "From when it holds, also in the past: a day or RFC 3339; else now.",
        "Da quando vale, anche nel passato: un giorno o RFC 3339; altrimenti ora.",
    ),
    "status.by": (
        "The record that replaces it: anchored, of the same type and subject.",
        "La registrazione che la sostituisce: ancorata, dello stesso tipo e oggetto.",
    ),
    # submit, verify, import
    "submit.document": (
        "A file that one of the records names; again for more.",
        "Un file nominato da una delle registrazioni; ripetibile.",
    ),
    "show.bundle": (
        (
            "Write the bundle, which proves it without a server or a node, to this file; "
            "compressed if the name ends with .gz."
        ),
        (
            "Scrive in questo file il fascicolo, che lo prova senza server né nodi; compresso se "
            "il nome finisce con .gz."
        ),
    ),
    "show.block": (
        "As of this block; else the newest.",
        "Com'era a questo blocco; altrimenti l'ultimo.",
    ),
    "verify.trusted": (
        "Of a bundle: the trust file. Without one, nothing that needs the chain is proven.",
        "Per un fascicolo: il file di fiducia. Senza, nulla che dipenda dalla catena è provato.",
    ),
    "verify.subject": (
        "Of a bundle: the product that you mean; another one is disproven.",
        "Per un fascicolo: il prodotto che intendi; un altro è smentito.",
    ),
    "verify.required": (
        "Of a bundle: a document not presented is not proven.",
        "Per un fascicolo: un documento non presentato non è provato.",
    ),
    "verify.max-age": (
        "Of a bundle: how old its block may be, such as 7d, 12h, 30m, 90s.",
        "Per un fascicolo: l'età massima del blocco, ad esempio 7d, 12h, 30m, 90s.",
    ),
    "verify.documents": (
        "A folder with the documents, to be checked against their hashes.",
        "Una cartella con i documenti, da confrontare con le loro impronte.",
    ),
    "import.product": (
        "The product of the passport; else the latest that an event made.",
        "Il prodotto del passaporto; altrimenti l'ultimo fatto da un evento.",
    ),
    # participant invite, consent
    "enrol.account": (
        "The firm's account: 0x and 40 digits, from its `filiera key show`.",
        "L'account dell'impresa: 0x e 40 cifre, dal suo `filiera key show`.",
    ),
    "enrol.name": ("The firm's registered name.", "La denominazione dell'impresa."),
    "enrol.registered-id": (
        "Its number in the register, such as BO-123456.",
        "Il suo numero nel registro, ad esempio BO-123456.",
    ),
    "enrol.register": (
        "The register: 'URI NAME', such as a chamber of commerce's.",
        "Il registro: 'URI NOME', ad esempio di una camera di commercio.",
    ),
    "enrol.registered-on": ("Since when: YYYY-MM-DD.", "Da quando: AAAA-MM-GG."),
    "enrol.role": (
        "producer, certifier, association, auditor, importer or operator; again for more.",
        "produttore, certificatore, associazione, revisore, importatore o gestore; ripetibile.",
    ),
    "enrol.output": ("Where to write the invitation.", "Dove scrivere l'invito."),
    "consent.output": (
        "Where to write it with the consent; else the same file.",
        "Dove scriverlo con il consenso; altrimenti lo stesso file.",
    ),
    # serve
    "serve.host": ("The address to listen on.", "L'indirizzo su cui ascoltare."),
    "serve.port": (
        "The port; else 8952, or a free one if that is taken.",
        "La porta; altrimenti 8952, o una libera se è occupata.",
    ),
    "serve.database": ("The database: a SQLAlchemy URL.", "La base dati: un URL SQLAlchemy."),
    "serve.ipfs": (
        "RPC of the IPFS node: a multiaddress.",
        "RPC del nodo IPFS: un multiaddress.",
    ),
    "serve.keys": (
        "The folder of the operator's key.",
        "La cartella della chiave del gestore.",
    ),
    "serve.operator-key": (
        "The operator's key: the only one that the server unlocks.",
        "La chiave del gestore: la sola che il server apre.",
    ),
    "serve.operator-password-file": (
        "A file whose first line is that key's password.",
        "Un file la cui prima riga è la password di quella chiave.",
    ),
}

# SPDX-License-Identifier: Apache-2.0
"""What each command does, and examples. key -> (English, Italian)."""

from __future__ import annotations

from typing import Final

HELP: Final[dict[str, tuple[str, str]]] = {
    "help.arguments": ("Arguments", "Argomenti"),
    "help.options": ("Options", "Opzioni"),
    "help.commands": ("Commands", "Comandi"),
    "help.required": ("[required]", "[obbligatorio]"),
    "help.variable": ("[env var: {}]", "[variabile: {}]"),
    "help.filiera": (
        "Passports of fashion products, proven step by step against a chain.",
        "Passaporti di prodotti di moda, provati passo per passo su una catena.",
    ),
    "help.filiera.epilog": (
        (
            "Exit codes: 0 done or proven, 1 disproven or refused by the rules, 2 wrong use or "
            "bad input, 3 could not check or a part is unavailable. FILIERA_LANG=it speaks Italian."
        ),
        (
            "Codici d'uscita: 0 fatto o provato, 1 smentito o rifiutato dalle regole, 2 uso "
            "errato o dati non validi, 3 impossibile verificare o una parte non risponde. "
            "FILIERA_LANG=en parla inglese."
        ),
    ),
    "help.doctor": (
        "Say what this machine has, what it lacks and what to do.",
        "Dice che cosa c'è su questa macchina, che cosa manca e che cosa fare.",
    ),
    "help.serve": (
        "Serve the API over an own chain node, IPFS node and database.",
        "Serve l'API su un nodo della catena, un nodo IPFS e una base dati propri.",
    ),
    "help.serve.epilog": (
        (
            "Every option has an environment variable; docs/settings.md lists them all. "
            "For a first look use `filiera demo` instead."
        ),
        (
            "Ogni opzione ha una variabile d'ambiente; docs/settings.md le elenca tutte. "
            "Per un primo sguardo usa invece `filiera demo`."
        ),
    ),
    "help.key": ("Make keys, and look at them.", "Crea le chiavi e le mostra."),
    "help.key.new": (
        (
            "Make a key under a password of its own. Nobody else can restore it: keep a copy "
            "of its file and remember the password."
        ),
        (
            "Crea una chiave protetta da una sua password. Nessun altro può ripristinarla: "
            "conserva una copia del file e ricorda la password."
        ),
    ),
    "help.key.list": (
        "List the keys of the folder with their accounts.",
        "Elenca le chiavi della cartella con i loro account.",
    ),
    "help.key.show": (
        "Show a key's account and its file; the key itself is never shown.",
        "Mostra l'account di una chiave e il suo file; la chiave stessa mai.",
    ),
    "help.participant": (
        "See who takes part, and join.",
        "Mostra chi partecipa, e fa entrare chi si iscrive.",
    ),
    "help.participant.list": (
        "List the participants that the server knows.",
        "Elenca i partecipanti noti al server.",
    ),
    "help.participant.show": (
        "Show one participant: name, roles, who enrolled it.",
        "Mostra un partecipante: nome, ruoli, chi l'ha iscritto.",
    ),
    "help.participant.invite": (
        "Association: sign a firm's identity record into an invitation for its key.",
        "Associazione: firma la registrazione d'identità di un'impresa in un invito per lei.",
    ),
    "help.participant.consent": (
        "Firm: look at the invitation and add the consent of your key to it.",
        "Impresa: guarda l'invito e vi aggiunge il consenso della tua chiave.",
    ),
    "help.participant.enrol": (
        "Association: enrol the firm whose key consented.",
        "Associazione: iscrive l'impresa la cui chiave ha dato il consenso.",
    ),
    "help.claim": (
        "State how well a product or lot was made.",
        "Dichiara come è stato fatto un prodotto o un lotto.",
    ),
    "help.claim.new": (
        (
            "Build a claim, show it, ask, sign it with your key and submit it with its files. "
            "It is your own word, also where you attach a certificate of others."
        ),
        (
            "Prepara una dichiarazione, la mostra, chiede, la firma con la tua chiave e la invia "
            "con i suoi file. È la tua parola, anche se alleghi un certificato di altri."
        ),
    ),
    "help.claim.new.epilog": (
        (
            "Example: filiera claim new --about 09521234000013/L-88 --criterion "
            "chemical-evidence --certificate test.pdf --scheme 'Sample scheme' --number 123 "
            "--valid-until 2027-03-01"
        ),
        (
            "Esempio: filiera claim new --about 09521234000013/L-88 --criterion "
            "chemical-evidence --certificate prova.pdf --scheme 'Schema di prova' --number 123 "
            "--valid-until 2027-03-01"
        ),
    ),
    "help.import": ("Pass on what others recorded.", "Trasmette ciò che altri hanno registrato."),
    "help.import.epcis": (
        (
            "Read EPCIS 2.0 documents, show what they say, and sign each event as stated by "
            "the party that it names; the files go with it, linked by their hash."
        ),
        (
            "Legge documenti EPCIS 2.0, mostra che cosa dicono e firma ogni evento come "
            "dichiarato dalla parte che nomina; i file lo accompagnano, legati dall'impronta."
        ),
    ),
    "help.passport": ("Show passports, and issue them.", "Mostra i passaporti e li emette."),
    "help.passport.list": (
        "List the products that have a passport on the server.",
        "Elenca i prodotti che hanno un passaporto sul server.",
    ),
    "help.passport.show": (
        (
            "Show a product's passport: verdict, steps, claims, what is missing. The exit code "
            "is the verdict's: 0 proven, 1 disproven, 3 could not check."
        ),
        (
            "Mostra il passaporto di un prodotto: verdetto, passaggi, dichiarazioni, che cosa "
            "manca. Il codice d'uscita è quello del verdetto: 0 provato, 1 smentito, 3 non "
            "verificato."
        ),
    ),
    "help.passport.issue": (
        (
            "Collect the steps and claims that lead to a product, show them, ask, and sign the "
            "product's own record, which vouches for them."
        ),
        (
            "Raccoglie i passaggi e le dichiarazioni che portano a un prodotto, li mostra, chiede "
            "e firma la registrazione del prodotto, che ne risponde."
        ),
    ),
    "help.passport.issue.epilog": (
        (
            "Issued again, it replaces your earlier one. Example: filiera passport issue "
            "09521234000013/L-88 --name 'Cardigan' --category '611011 Knitted cardigans' "
            "--country IT"
        ),
        (
            "Emesso di nuovo, sostituisce il tuo precedente. Esempio: filiera passport issue "
            "09521234000013/L-88 --name 'Cardigan' --category '611011 Cardigan a maglia' "
            "--country IT"
        ),
    ),
    "help.status": (
        "Change the standing of a record of yours.",
        "Cambia lo stato di una tua registrazione.",
    ),
    "help.status.revoke": (
        "Revoke a record of yours, for good: what it proves stays, its standing says so.",
        "Revoca una tua registrazione, per sempre: ciò che prova resta, lo stato lo dice.",
    ),
    "help.status.suspend": (
        "Suspend a record of yours until it is resumed or revoked.",
        "Sospende una tua registrazione finché non è ripresa o revocata.",
    ),
    "help.status.resume": (
        "Put a suspended record of yours in force again.",
        "Rimette in vigore una tua registrazione sospesa.",
    ),
    "help.status.supersede": (
        "Say that a newer, anchored record of yours replaces this one, for good.",
        "Dice che una tua registrazione più recente e ancorata sostituisce questa, per sempre.",
    ),
    "help.sign": (
        "Check a record's JSON payload and sign it. The issuer is filled in if it is absent.",
        (
            "Controlla il contenuto JSON di una registrazione e la firma. Se manca chi la emette, "
            "lo aggiunge."
        ),
    ),
    "help.sign.epilog": (
        "Example: filiera sign step.json -o step.jws, then filiera submit step.jws",
        "Esempio: filiera sign passaggio.json -o passaggio.jws, poi filiera submit passaggio.jws",
    ),
    "help.submit": (
        (
            "Submit signed records with the files that they name; the same record again "
            "changes nothing."
        ),
        (
            "Invia registrazioni firmate con i file che nominano; la stessa registrazione di nuovo "
            "non cambia nulla."
        ),
    ),
    "help.anchor": (
        "Anchor at once what waits (the operator, on its machine). It happens by itself, too.",
        "Ancora subito ciò che attende (il gestore, sulla sua macchina). Accade anche da sé.",
    ),
    "help.trust": (
        "Get and read trust files: whom you believe when you check a bundle.",
        "Ottiene e legge file di fiducia: a chi credi quando verifichi un fascicolo.",
    ),
    "help.trust.export": (
        "Get the trust file of a server. Compare its words with somebody you trust.",
        "Ottiene il file di fiducia di un server. Confrontane le parole con chi ti fidi.",
    ),
    "help.trust.show": (
        "Show what a trust file pins, and its digest in words that can be read aloud.",
        "Mostra che cosa fissa un file di fiducia e la sua impronta in parole da leggere.",
    ),
    "help.verify": (
        (
            "Check a bundle by a trust file alone, a passport.json by a node of your own, or a "
            "product by the server. Of the first two nobody's word is taken."
        ),
        (
            "Verifica un fascicolo con il solo file di fiducia, un passport.json con un proprio "
            "nodo, o un prodotto tramite il server. Nei primi due casi non si crede a nessuno."
        ),
    ),
    "help.verify.epilog": (
        (
            "Example: filiera verify out/bundle.json --trust out/trust.json --documents "
            "out/documents"
        ),
        (
            "Esempio: filiera verify out/bundle.json --trust out/trust.json --documents "
            "out/documents"
        ),
    ),
}

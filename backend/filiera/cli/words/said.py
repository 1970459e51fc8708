# SPDX-License-Identifier: Apache-2.0
"""What any command may say, ask and show. key -> (English, Italian)."""

from __future__ import annotations

from typing import Final

SAID: Final[dict[str, tuple[str, str]]] = {
    # errors
    "error": ("Error", "Errore"),
    "error.exactly": ("exactly", "in dettaglio"),
    "error.where": ("where", "dove"),
    "error.hint": ("what to do", "che fare"),
    "usage.hint": ("See: {command} --help", "Vedi: {command} --help"),
    "missing-package": (
        "The Python package {name} is not installed.",
        "Il pacchetto Python {name} non è installato.",
    ),
    "missing-package.hint": (
        "Install all of Filiera: pip install 'filiera[server]'",
        "Installa tutta Filiera: pip install 'filiera[server]'",
    ),
    "internal.hint": (
        "This is a fault of Filiera, not yours. Please report it with what you did.",
        "È un difetto di Filiera, non tuo. Segnalalo dicendo che cosa hai fatto.",
    ),
    # asking
    "ask.choices": ("[y/n]", "[s/n]"),
    "ask.sign": ("Sign and submit this?", "Firmare e inviare?"),
    "ask.status": ("Sign and send this?", "Firmare e inviare?"),
    "ask.consent": ("Sign this consent?", "Firmare questo consenso?"),
    "ask.enrol": ("Enrol this firm?", "Iscrivere questa impresa?"),
    "ask.invite": ("Sign this identity record?", "Firmare questa registrazione d'identità?"),
    "ask.import": (
        "Sign and submit these {count} records?",
        "Firmare e inviare queste {count} registrazioni?",
    ),
    "ask.nobody": ("Nobody answered.", "Nessuno ha risposto."),
    "ask.nobody.hint": (
        "Answer y or n, or give --yes.",
        "Rispondi s o n, oppure usa --yes.",
    ),
    "cancelled": ("Nothing was signed or sent.", "Nulla è stato firmato né inviato."),
    # keys and passwords
    "password.new": ("Password for the new key {name}", "Password per la nuova chiave {name}"),
    "password.of": ("Password of the key {name}", "Password della chiave {name}"),
    "password.again": ("The same again", "Di nuovo la stessa"),
    "password.differ": ("The two passwords differ.", "Le due password sono diverse."),
    "password.empty": ("The password is empty.", "La password è vuota."),
    "password.nobody": (
        "The password is needed, and there is no terminal to ask at.",
        "Serve la password, e non c'è un terminale a cui chiederla.",
    ),
    "password.nobody.hint": (
        "Give --password-file FILE or set FILIERA_PASSWORD_FILE.",
        "Indica --password-file FILE o imposta FILIERA_PASSWORD_FILE.",
    ),
    "password.file.empty": (
        "The password file's first line is empty.",
        "La prima riga del file con la password è vuota.",
    ),
    "key.made": (
        (
            "The key was made. Keep a copy of its file and remember the password: nobody can "
            "restore either."
        ),
        (
            "La chiave è stata creata. Conserva una copia del file e ricorda la password: "
            "nessuno può ripristinarle."
        ),
    ),
    "key.none": ("There are no keys in {folder}.", "Non ci sono chiavi in {folder}."),
    "key.none.hint": (
        "Make one with: filiera key new NAME",
        "Creane una con: filiera key new NOME",
    ),
    "key.which": (
        "There are several keys: say which one is to sign.",
        "Ci sono più chiavi: indica quale deve firmare.",
    ),
    # the server
    "api.down": (
        "The server at {url} did not answer ({why}).",
        "Il server {url} non ha risposto ({why}).",
    ),
    "api.down.hint": (
        (
            "Is it running? Start it with `filiera demo` or `filiera serve`, or name another "
            "with --api."
        ),
        "È attivo? Avvialo con `filiera demo` o `filiera serve`, o indicane un altro con --api.",
    ),
    "api.not-url": (
        "{url} is not an address of a server.",
        "{url} non è l'indirizzo di un server.",
    ),
    "api.unexpected": (
        "The server answered something unexpected ({what}).",
        "Il server ha risposto qualcosa di inatteso ({what}).",
    ),
    "api.version.hint": (
        "Is it a Filiera server, and of this version?",
        "È un server Filiera, e di questa versione?",
    ),
    "account.unknown": (
        "The registry gives the account of the key {key} to no participant.",
        "Il registro non assegna l'account della chiave {key} ad alcun partecipante.",
    ),
    "account.unknown.hint": (
        "Your association enrols it: send it the account, see `filiera participant invite`.",
        "Lo iscrive la tua associazione: mandale l'account, vedi `filiera participant invite`.",
    ),
    "account.malformed": (
        "{text} is not an account: 0x and 40 hexadecimal digits.",
        "{text} non è un account: 0x e 40 cifre esadecimali.",
    ),
    "name.unknown": ("name unknown", "nome ignoto"),
    # reading what was typed
    "product.meant": ("Did you mean {text}?", "Intendevi {text}?"),
    "product.not-one": (
        "{text} names no product: it is a place, a pallet or a party.",
        "{text} non indica un prodotto: è un luogo, un bancale o una parte.",
    ),
    "criterion.unknown": ("{text} is not a criterion.", "{text} non è un criterio."),
    "criterion.meant": ("Did you mean {code}?", "Intendevi {code}?"),
    "criterion.known": ("The criteria are: {known}.", "I criteri sono: {known}."),
    "day.hint": ("Write it as 2027-03-01.", "Scrivilo come 2027-03-01."),
    "record.malformed": (
        "{text} is not a record's id.",
        "{text} non è l'identificativo di una registrazione.",
    ),
    "record.malformed.hint": (
        (
            "Give ni:///sha-256;… or its last 43 characters, as shown by `filiera passport show "
            "--json`."
        ),
        (
            "Indica ni:///sha-256;… o i suoi ultimi 43 caratteri, come da `filiera passport "
            "show --json`."
        ),
    ),
    "scheme.empty": ("The scheme has no name.", "Lo schema non ha un nome."),
    "file.empty": ("The file is empty.", "Il file è vuoto."),
    "file.size": ("{kilobytes} kB", "{kilobytes} kB"),
    "category.malformed": (
        "{text} is not a code and a name.",
        "{text} non è un codice seguito da un nome.",
    ),
    "category.hint": (
        "Write it as '611011 Knitted cardigans'.",
        "Scrivila come '611011 Cardigan a maglia'.",
    ),
    "uri-name.malformed": (
        "{text} is not an absolute URI followed by a name.",
        "{text} non è un URI assoluto seguito da un nome.",
    ),
    "register.malformed": (
        "{text} is not a register: an absolute URI and its name.",
        "{text} non è un registro: un URI assoluto e il suo nome.",
    ),
    "role.unknown": ("{text} is not a role.", "{text} non è un ruolo."),
    "role.known": ("The roles are: {known}.", "I ruoli sono: {known}."),
}

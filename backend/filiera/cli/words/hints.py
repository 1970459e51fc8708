# SPDX-License-Identifier: Apache-2.0
"""What lower layers and the server advise: the English hint -> the Italian one."""

from __future__ import annotations

from typing import Final

from filiera.cli.words import Language
from filiera.cli.words.below import translated

HINTS: Final[dict[str, str]] = {
    # what was typed
    "Write GTIN, GTIN/LOT, GTIN/21/SERIAL, a GS1 Digital Link or another absolute URI.": (
        "Scrivi GTIN, GTIN/LOTTO, GTIN/21/SERIALE, un GS1 Digital Link o un altro URI assoluto."
    ),
    (
        "Type a GTIN (8, 12, 13 or 14 digits), GTIN/LOT, the address in a product's QR code, "
        "an EPC URN, or a record's id."
    ): (
        "Scrivi un GTIN (8, 12, 13 o 14 cifre), GTIN/LOTTO, l'indirizzo nel codice QR di un "
        "prodotto, un URN EPC o l'identificativo di una registrazione."
    ),
    "Look for a mistyped or swapped digit.": "Cerca una cifra sbagliata o scambiata.",
    "Ask for the uncompressed link, or for the number under the bar code.": (
        "Chiedi il link non compresso, o il numero sotto il codice a barre."
    ),
    "Served are products (AI 01), places (AI 414) and parties (AI 417).": (
        "Qui ci sono prodotti (AI 01), luoghi (AI 414) e parti (AI 417)."
    ),
    "There is: {links}, linkset.": "Ci sono: {links}, linkset.",
    "Give the 43 base64url characters, or the whole ni:///sha-256;… escaped.": (
        "Indica i 43 caratteri base64url, o l'intero ni:///sha-256;… con gli escape."
    ),
    "Write it as 2026-03-01T08:00:00+01:00.": "Scrivilo come 2026-03-01T08:00:00+01:00.",
    "Write it like https://passports.example.com, with neither ? nor #.": (
        "Scrivilo come https://passports.example.com, senza ? né #."
    ),
    "Write {spelling}.": "Scrivi {spelling}.",
    "Known reasons: {words}.": "Motivi noti: {words}.",
    "Give a range like 0001-0250, or a file with one a line; at most {most} at once.": (
        "Indica un intervallo come 0001-0250, o un file con uno per riga; al più {most} per volta."
    ),
    "Give labels a shorter address of your site (FILIERA_PUBLIC_URL, --base).": (
        "Da' alle etichette un indirizzo più corto del tuo sito (FILIERA_PUBLIC_URL, --base)."
    ),
    "Send {one} or {other}.": "Manda {one} o {other}.",
    "Send {one}.": "Manda {one}.",
    "It can be: {values}.": "Può essere: {values}.",
    # keys and statuses
    "Name a file whose first line is the password.": (
        "Indica un file la cui prima riga è la password."
    ),
    "Use 1 to 40 of a-z, 0-9 and the hyphen.": "Usa da 1 a 40 tra a-z, 0-9 e il trattino.",
    "Make it with: filiera key new {name}": "Creala con: filiera key new {name}",
    "Choose another name.": "Scegli un altro nome.",
    "Sign the instruction again with a later one.": (
        "Firma di nuovo l'istruzione, con una scadenza più lontana."
    ),
    "Perhaps this was relayed before: look at the record's statuses.": (
        "Forse era già stata inoltrata: guarda gli stati della registrazione."
    ),
    # EPCIS
    "Name a file, a folder, or several separated by commas.": (
        "Indica un file, una cartella, o più d'uno separati da virgole."
    ),
    "Export it as JSON, or convert it with a tool for EPCIS 2.0.": (
        "Esportalo come JSON, o convertilo con uno strumento per EPCIS 2.0."
    ),
    "One of them names a wrong lot, or a lot number was used twice.": (
        "Uno di essi nomina un lotto sbagliato, o un numero di lotto è stato usato due volte."
    ),
    "The events speak of no product at all.": "Gli eventi non parlano di alcun prodotto.",
    "The products found are {products} and {count} more.": (
        "I prodotti trovati sono {products} e altri {count}."
    ),
    "The products found are {products}.": "I prodotti trovati sono {products}.",
    "Name one with PRODUCT=. The events speak of no product at all.": (
        "Indicane uno con PRODUCT=. Gli eventi non parlano di alcun prodotto."
    ),
    "Name one with PRODUCT=. The products found are {products} and {count} more.": (
        "Indicane uno con PRODUCT=. I prodotti trovati sono {products} e altri {count}."
    ),
    "Name one with PRODUCT=. The products found are {products}.": (
        "Indicane uno con PRODUCT=. I prodotti trovati sono {products}."
    ),
    # chain, stores, bundles
    "Nothing was decided; try again when it runs.": (
        "Nulla è stato deciso; riprova quando è attivo."
    ),
    "Nothing was decided; try again when the node is back.": (
        "Nulla è stato deciso; riprova quando il nodo risponde."
    ),
    "Is it the node of this deployment's chain?": "È il nodo della catena di questo deployment?",
    (
        "Use the chain that the deployment was made on, or remove the file and the database that "
        "belong to the other chain."
    ): (
        "Usa la catena su cui è stato fatto il deployment, o togli il file e la base dati che "
        "appartengono all'altra catena."
    ),
    (
        "Start the chain that it belongs to, or choose another database; a new one is made when "
        "there is none."
    ): (
        "Avvia la catena a cui appartiene, o scegli un'altra base dati; se non c'è, ne viene "
        "creata una nuova."
    ),
    "Use the version of Filiera that wrote it, or choose a new database.": (
        "Usa la versione di Filiera che l'ha scritta, o scegli una nuova base dati."
    ),
    "Give a URL such as sqlite:///folder/filiera.db.": (
        "Indica un URL come sqlite:///cartella/filiera.db."
    ),
    "Anchor in smaller batches.": "Ancora in gruppi più piccoli.",
    "Wait: what was accepted is anchored by itself.": (
        "Aspetta: ciò che è stato accolto viene ancorato da sé."
    ),
    "Take the passport itself, and check it by a node of your own.": (
        "Prendi il passaporto stesso, e verificalo con un tuo nodo."
    ),
    # this machine
    "Run `make setup`.": "Esegui `make setup`.",
    "`filiera doctor` says what this machine lacks.": (
        "`filiera doctor` dice che cosa manca su questa macchina."
    ),
    "Clone the repository and run `make setup` in it.": (
        "Clona il repository ed esegui `make setup` al suo interno."
    ),
    "Run `make setup` again; if its sources were changed, mend what is named above.": (
        "Esegui di nuovo `make setup`; se i sorgenti sono stati cambiati, correggi quanto detto "
        "sopra."
    ),
    (
        "The first installation needs the npm registry. Run `make setup` again when it is "
        "reachable."
    ): (
        "La prima installazione richiede il registro npm. Esegui di nuovo `make setup` quando è "
        "raggiungibile."
    ),
    (
        "The first build needs the Go module proxy (GOPROXY). Try again when it is reachable, or "
        "let {setting} name a {program}."
    ): (
        "La prima costruzione richiede il proxy dei moduli Go (GOPROXY). Riprova quando è "
        "raggiungibile, o indica {program} con {setting}."
    ),
    "It is built when a four-party network is first started.": (
        "Si costruisce quando si avvia la prima volta una rete a quattro parti."
    ),
    "Make room, or let XDG_CACHE_HOME name a folder on another disk.": (
        "Fa' spazio, o indica con XDG_CACHE_HOME una cartella su un altro disco."
    ),
    "Correct {variable}, or unset it.": "Correggi {variable}, o non impostarla.",
    "Unset {variable} to use the {name} that Filiera provides.": (
        "Non impostare {variable}, per usare {name} nella versione di Filiera."
    ),
    "Choose another, or leave the setting out to get a free one.": (
        "Scegline un'altra, o non impostarla per averne una libera."
    ),
    "Name an empty folder or one that does not exist.": (
        "Indica una cartella vuota, o una che non esiste."
    ),
    "Stop it first (Ctrl-C in its terminal).": "Prima fermala (Ctrl-C nel suo terminale).",
    "Join the phone's Wi-Fi and try again, or name the address: PUBLIC=192.168.1.20": (
        "Collegati al Wi-Fi del telefono e riprova, o indica l'indirizzo: PUBLIC=192.168.1.20"
    ),
    "PUBLIC=1 finds the address by itself.": "PUBLIC=1 trova l'indirizzo da sé.",
    "Debian, Ubuntu: package {package}.": "Debian, Ubuntu: pacchetto {package}.",
}


def hint_words(hint: str, /, *, lang: Language | None = None) -> str:
    """The hint as its reader reads it."""
    return translated(hint, HINTS, lang)

# SPDX-License-Identifier: Apache-2.0
"""What is said of this machine, found or wrong: the English sentence -> the Italian one."""

from __future__ import annotations

from typing import Final

from filiera.cli.words import Language
from filiera.cli.words.below import translated

MACHINE: Final[dict[str, str]] = {
    # what is looked at
    "local chain": "catena locale",
    "ports": "porte",
    "port of the web server": "porta del server web",
    "port of the chain": "porta della catena",
    "port of the IPFS node": "porta del nodo IPFS",
    "port of the IPFS gateway": "porta del gateway IPFS",
    # programs
    "can make environments": "può creare ambienti",
    "{one} and {other} missing; the next `make setup` may need it": (
        "mancano {one} e {other}; il prossimo `make setup` può averne bisogno"
    ),
    "{one} missing; the next `make setup` may need it": (
        "manca {one}; il prossimo `make setup` può averne bisogno"
    ),
    "not found": "non trovato",
    "not installed": "non installata",
    "installed, but not as locked": "installata, ma non nelle versioni fissate",
    "{version}, built from {folder}, {path}": "{version}, costruito da {folder}, {path}",
    "not built yet (Go {version}; too little room: {free} MB of 2 GB)": (
        "non ancora costruito (Go {version}; poco spazio: {free} MB su 2 GB)"
    ),
    "not built yet (Go {version})": "non ancora costruito (Go {version})",
    "could not be looked at: {why}": "non si è potuto controllare: {why}",
    "The Python package {name} is not installed.": "Il pacchetto Python {name} non è installato.",
    "{path} does not run: it is not there.": "{path} non si avvia: non c'è.",
    "{path} does not run: it may not be executed.": "{path} non si avvia: non è eseguibile.",
    "{path} does not run: {why}.": "{path} non si avvia: {why}.",
    "{path} does not answer within a minute.": "{path} non risponde entro un minuto.",
    "{path} does not say its version.": "{path} non dice la sua versione.",
    "{path} is {name} {version}; Filiera needs {oldest} or newer.": (
        "{path} è {name} {version}; Filiera richiede {oldest} o una versione più recente."
    ),
    "{path} is {name} {version}; Filiera needs {wanted}.": (
        "{path} è {name} {version}; Filiera richiede {wanted}."
    ),
    # ports
    "any is free": "ce n'è una libera",
    "{port} is free": "la {port} è libera",
    "{port} is taken; another will be used": "la {port} è occupata; ne verrà usata un'altra",
    "Port {port}, chosen for the {part}, cannot be used: Address already in use.": (
        "La porta {port}, che hai scelto, è occupata."
    ),
    "Port {port}, chosen for the {part}, cannot be used: Permission denied.": (
        "La porta {port}, che hai scelto, è riservata all'amministratore della macchina."
    ),
    "Port {port}, chosen for the {part}, cannot be used: {why}.": (
        "La porta {port}, che hai scelto, non è utilizzabile: {why}."
    ),
    "Port {port} is chosen for two parts.": "La porta {port} è scelta per due parti.",
    "{text} is no port number from 1 to 65535.": "{text} non è un numero di porta da 1 a 65535.",
}


def machine_words(sentence: str, /, *, lang: Language | None = None) -> str:
    """What is said of this machine, as its reader reads it."""
    return translated(sentence, MACHINE, lang)

# SPDX-License-Identifier: Apache-2.0
"""Words of labels. key -> (English, Italian)."""

from __future__ import annotations

from typing import Final

LABELS: Final[dict[str, tuple[str, str]]] = {
    "help.qr": (
        "Make the QR code of a product's page, or a sheet of labels for a lot.",
        "Crea il codice QR della pagina di un prodotto, o un foglio di etichette per un lotto.",
    ),
    "help.qr.epilog": (
        "filiera qr 9521234000112/LOT-1 --out labels.pdf --serials 0001-0250",
        "filiera qr 9521234000112/LOT-1 --out etichette.pdf --serials 0001-0250",
    ),
    "qr.out": (
        "Write it to this file: .svg, .png, or .pdf for a sheet; else it is shown here.",
        "Scrivi in questo file: .svg, .png, o .pdf per un foglio; altrimenti si vede qui.",
    ),
    "qr.serials": (
        "One label for each serial number: a range 0001-0250, or a file with one a line.",
        (
            "Un'etichetta per ogni numero di serie: un intervallo 0001-0250, o un file con uno "
            "per riga."
        ),
    ),
    "qr.base": (
        "The site that labels lead to; else the server's own address.",
        "Il sito a cui portano le etichette; altrimenti l'indirizzo del server.",
    ),
    "qr.loopback": (
        (
            "{base} is this machine alone: no phone gets there. Before you print, say where your "
            "site is (FILIERA_PUBLIC_URL, --base)."
        ),
        (
            "{base} è solo questa macchina: nessun telefono ci arriva. Prima di stampare indica "
            "dov'è il tuo sito (FILIERA_PUBLIC_URL, --base)."
        ),
    ),
    "qr.kind": (
        "A label is written as .svg, .png or .pdf.",
        "Un'etichetta si scrive come .svg, .png o .pdf.",
    ),
    "qr.sheet": (
        "Labels for serial numbers are a sheet: --out FILE.pdf",
        "Le etichette per numeri di serie sono un foglio: --out FILE.pdf",
    ),
    "qr.no-text": (
        "The file with the serial numbers is no text (UTF-8).",
        "Il file con i seriali non è un testo (UTF-8).",
    ),
    "qr.done": ("Labels in {file}: {count}.", "Etichette in {file}: {count}."),
    "qr.narrow": (
        "This terminal is too narrow for the code: write it to a file with --out.",
        "Questo terminale è troppo stretto per il codice: scrivilo in un file con --out.",
    ),
}

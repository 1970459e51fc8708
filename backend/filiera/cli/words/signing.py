# SPDX-License-Identifier: Apache-2.0
"""What commands say, ask and show that have something signed. key -> (English, Italian)."""

from __future__ import annotations

from typing import Final

SIGNING: Final[dict[str, tuple[str, str]]] = {
    # claim
    "claim.title": ("A claim of yours", "Una tua dichiarazione"),
    "claim.own-word": (
        "This is your own word (self-declared); you answer for it.",
        "È la tua parola (autodichiarazione); ne rispondi tu.",
    ),
    "claim.own-word.certificate": (
        (
            "The certificate is attached as it is. It stays your word that it applies: its "
            "certifier signs nothing here."
        ),
        (
            "Il certificato è allegato così com'è. Che valga per questa merce resta la tua "
            "parola: chi l'ha rilasciato qui non firma nulla."
        ),
    ),
    "claim.no-certificate": (
        "{option} belongs to a certificate, and none is given.",
        "{option} riguarda un certificato, e non ce n'è uno.",
    ),
    "claim.stored": (
        "The claim is signed and stored.",
        "La dichiarazione è firmata e conservata.",
    ),
    "next.anchored": (
        "It is anchored with the next batch, by itself; from then on it counts.",
        "Viene ancorata da sé con il prossimo gruppo; da allora conta.",
    ),
    "next.counts": ("It is anchored and counts.", "È ancorata e conta."),
    # passport issue
    "issue.title": ("The product's own record", "La registrazione del prodotto"),
    "issue.upstream": (
        "What leads to this product: {steps} steps, {claims} claims",
        "Che cosa porta a questo prodotto: {steps} passaggi, {claims} dichiarazioni",
    ),
    "issue.lists": (
        "{steps} steps and {claims} claims",
        "{steps} passaggi e {claims} dichiarazioni",
    ),
    "issue.missing": (
        (
            "For a full product passport (UNTP) this is missing: {members}. It is issued as a "
            "product statement; nothing is made up."
        ),
        (
            "Per un passaporto di prodotto completo (UNTP) manca: {members}. È emesso come "
            "scheda di prodotto; nulla viene inventato."
        ),
    ),
    "issue.left-out": (
        "{count} more lead to this product than a passport can list. They are left out.",
        "Altri {count} portano al prodotto: più di quanti un passaporto ne elenchi. Sono esclusi.",
    ),
    "issue.no-steps": (
        "No step leads to this product: its passport cannot be proven.",
        "Nessun passaggio porta a questo prodotto: il passaporto non può essere provato.",
    ),
    "issue.replaces": (
        "It replaces your record anchored {when}, which is then marked superseded.",
        "Sostituisce la tua registrazione ancorata {when}, che sarà segnata come sostituita.",
    ),
    "issue.others": (
        (
            "{who} issued this product's passport before ({when}): yours will be shown beside "
            "it, as said by others."
        ),
        (
            "{who} ha già emesso il passaporto di questo prodotto ({when}): il tuo sarà "
            "mostrato accanto, come detto da altri."
        ),
    ),
    "passport.none": (
        "No product has a passport here yet.",
        "Nessun prodotto ha ancora un passaporto qui.",
    ),
    "passport.more": ("And {count} more.", "E altri {count}."),
    "passport.stored": (
        "The product's own record is signed and stored.",
        "La registrazione del prodotto è firmata e conservata.",
    ),
    "upstream.not-in-it": (
        "This record does not lead to the product.",
        "Questa registrazione non porta al prodotto.",
    ),
    "record.corrupt": (
        "The server's copy of this record has not the hash that names it.",
        "La copia del server non ha l'impronta che identifica la registrazione.",
    ),
    "record.unsigned": (
        "The record's signature is not its issuer's.",
        "La firma della registrazione non è di chi la emette.",
    ),
    "replace.done": ("Superseded: {record}", "Sostituita: {record}"),
    "replace.cannot": (
        (
            "The earlier record is not marked superseded (another type, or final already); the "
            "newest anchored one counts: {record}"
        ),
        (
            "La registrazione precedente non è segnata come sostituita (di altro tipo, o già "
            "definitiva); conta l'ultima ancorata: {record}"
        ),
    ),
    "replace.late": (
        "The new record is stored but not anchored yet, so it does not replace the old one.",
        "La nuova registrazione è conservata ma non ancora ancorata: non sostituisce la vecchia.",
    ),
    "replace.late.hint": (
        "Once it is anchored: filiera status supersede {old} --by {new}",
        "Quando sarà ancorata: filiera status supersede {old} --by {new}",
    ),
    # status
    "status.title": ("A change of standing", "Un cambio di stato"),
    "status.revoked": ("revoke", "revoca"),
    "status.suspended": ("suspend", "sospensione"),
    "status.resumed": ("resume", "ripresa"),
    "status.superseded": ("supersede", "sostituzione"),
    "status.now": ("now", "ora"),
    "status.final": (
        "This is final: it can never be undone.",
        "È definitivo: non si potrà più annullare.",
    ),
    "status.is-final": (
        "The record is {state}, which is final.",
        "Lo stato della registrazione è «{state}», e questo è definitivo.",
    ),
    "status.not-suspended": (
        "The record is in force: there is nothing to resume.",
        "La registrazione è in vigore: non c'è nulla da riprendere.",
    ),
    "status.foreign": (
        "The record is not one of {who}: only its own issuer changes its standing.",
        "La registrazione non è di {who}: solo chi l'ha emessa ne cambia lo stato.",
    ),
    "status.foreign.hint": (
        "Choose its issuer's key with --as.",
        "Scegli la chiave di chi l'ha emessa con --as.",
    ),
    "status.done": ("The record is now: {state}.", "Ora la registrazione ha lo stato: {state}."),
    # sign and submit
    "sign.done": ("Signed: {record} -> {file}", "Firmata: {record} -> {file}"),
    "sign.offline.hint": (
        "To sign without the server give --issuer-name and --deployment.",
        "Per firmare senza il server indica --issuer-name e --deployment.",
    ),
    "submitted.new": ("stored", "conservata"),
    "submitted.known": ("known before", "già nota"),
    "submitted.refused": ("refused", "rifiutata"),
    "anchor.nothing": ("Nothing waits to be anchored.", "Nulla attende di essere ancorato."),
    "anchor.batch": (
        "Batch {number} is anchored: {count} records.",
        "Il gruppo {number} è ancorato: {count} registrazioni.",
    ),
    # import epcis
    "import.title": ("What will be signed", "Che cosa sarà firmato"),
    "import.steps": ("Steps found: {count}", "Passaggi trovati: {count}"),
    "import.lists": ("{count} steps", "{count} passaggi"),
    "import.passed-over": ("Passed over: {what}", "Tralasciato: {what}"),
    "import.own-word": (
        "You sign that others stated this, not that it is so.",
        "Firmi che altri l'hanno dichiarato, non che sia così.",
    ),
    "import.gap": (
        "No event states how {lot} was made.",
        "Nessun evento dice com'è stato fatto {lot}.",
    ),
    "import.missing": (
        "No step, for it lacks {members}: {event}",
        "Non è un passaggio, perché manca {members}: {event}",
    ),
    "import.done": (
        "{count} records are signed and stored.",
        "{count} registrazioni sono firmate e conservate.",
    ),
    # enrolment
    "invite.title": ("An identity record and invitation", "Registrazione d'identità e invito"),
    "invite.remark": (
        "You state, as the association, who this account is.",
        "Dichiari, come associazione, di chi è questo account.",
    ),
    "invite.done": (
        "The invitation is in {file}. Send it to the firm: filiera participant consent",
        "L'invito è in {file}. Mandalo all'impresa: filiera participant consent",
    ),
    "consent.title": ("What you consent to", "A che cosa acconsenti"),
    "consent.remark": (
        "Your key will sign for this participant, for ever and for no other.",
        "La tua chiave firmerà per questo partecipante, per sempre e per nessun altro.",
    ),
    "consent.other-key": (
        "The invitation is for another account than the key {key} ({address}).",
        "L'invito è per un altro account, non per la chiave {key} ({address}).",
    ),
    "consent.done": (
        "The consent is in {file}. Send it back: filiera participant enrol",
        "Il consenso è in {file}. Rimandalo: filiera participant enrol",
    ),
    "enrol.title": ("A firm to enrol", "Un'impresa da iscrivere"),
    "enrol.unsigned": (
        "The firm's key has not consented yet.",
        "La chiave dell'impresa non ha ancora acconsentito.",
    ),
    "enrol.unsigned.hint": (
        "The firm runs: filiera participant consent FILE",
        "L'impresa esegue: filiera participant consent FILE",
    ),
    "enrol.done": (
        "The firm is enrolled; its identity record counts once anchored.",
        "L'impresa è iscritta; la sua registrazione d'identità conta quando è ancorata.",
    ),
    "invitation.version": (
        "The invitation is of another version.",
        "L'invito è di un'altra versione.",
    ),
    "invitation.not-one": ("This is not an invitation.", "Non è un invito."),
    "invitation.signature": (
        "The identity record's signature is not its issuer's.",
        "La firma della registrazione d'identità non è di chi la emette.",
    ),
    "invitation.other-identity": (
        "The participant is not the hash of the identity record.",
        "Il partecipante non è l'impronta della registrazione d'identità.",
    ),
    "invitation.no-identity": (
        "The record is not an identity record.",
        "La registrazione non è una registrazione d'identità.",
    ),
    "invitation.other-account": (
        "The identity record is of another account than the consent.",
        "La registrazione d'identità è di un altro account rispetto al consenso.",
    ),
}

# SPDX-License-Identifier: Apache-2.0
"""What commands say, ask and show. key -> (English, Italian)."""

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

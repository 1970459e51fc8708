# SPDX-License-Identifier: Apache-2.0
"""Words of a passport: outcomes, standings, columns, sections. key -> (English, Italian)."""

from __future__ import annotations

from typing import Final

PASSPORT: Final[dict[str, tuple[str, str]]] = {
    # outcomes and standings
    "outcome.proven": ("proven", "provato"),
    "outcome.disproven": ("disproven", "smentito"),
    "outcome.unknown": ("could not check", "non verificato"),
    "standing.in-force": ("in force", "in vigore"),
    "standing.suspended": ("suspended", "sospeso"),
    "standing.revoked": ("revoked", "revocato"),
    "standing.superseded": ("superseded", "sostituito"),
    "standing.contested": ("contested", "contestato"),
    "standing.unknown": ("standing unknown", "stato ignoto"),
    "standing.since": ("since {when}", "dal {when}"),
    # the heading
    "passport.steps": ("{proven} of {total} steps", "{proven} di {total} passaggi"),
    "passport.claims": ("{proven} of {total} claims", "{proven} di {total} dichiarazioni"),
    "passport.one-operator": ("one operator's word", "parola di un solo gestore"),
    "passport.sealed": (
        "sealed by {signers} of {validators} validators",
        "sigillato da {signers} validatori su {validators}",
    ),
    "passport.no-trust-file": ("no trust file", "nessun file di fiducia"),
    "passport.source.storage": (
        "Checked against storage proven under block {number} ({time}).",
        "Verificato con la memoria provata sotto il blocco {number} ({time}).",
    ),
    "passport.source.node": (
        "Checked against facts read from the node at block {number} ({time}).",
        "Verificato con i fatti letti dal nodo al blocco {number} ({time}).",
    ),
    "passport.source.none": (
        "No facts of the chain could be read.",
        "Non è stato possibile leggere i fatti della catena.",
    ),
    "passport.unavailable": ("Did not answer: {parts}.", "Non ha risposto: {parts}."),
    "passport.by": (
        "Vouched for by {who}, anchored {when}.",
        "Ne risponde {who}, ancorato {when}.",
    ),
    "passport.by.unanchored": ("Vouched for by {who}.", "Ne risponde {who}."),
    "passport.imported": (
        "As stated by {by}, imported by {who}, anchored {when}.",
        "Come dichiarato da {by}, importato da {who}, ancorato {when}.",
    ),
    "passport.honesty": (
        (
            "Proven means: who said it, when, and that nothing was changed since. It does not "
            "mean that what was said is true, nor that the garment in your hands is this one."
        ),
        (
            "Provato significa: chi l'ha detto, quando, e che nulla è cambiato da allora. Non "
            "significa che sia vero, né che il capo che hai in mano sia proprio questo."
        ),
    ),
    "part.chain": ("the chain", "la catena"),
    "part.ipfs": ("IPFS", "IPFS"),
    "part.store": ("the database", "la base dati"),
    "part.api": ("the server", "il server"),
    # sections and columns
    "section.steps": ("Steps, from fibre to shop", "Passaggi, dalla fibra al negozio"),
    "section.claims": ("Claims", "Dichiarazioni"),
    "section.failing": ("Not proven, and why", "Non provato, e perché"),
    "section.changed": ("No longer in force: {count}", "Non più in vigore: {count}"),
    "section.gaps": ("Gaps: {count}", "Lacune: {count}"),
    "section.not-presented": (
        "Documents not presented: {count}",
        "Documenti non presentati: {count}",
    ),
    "section.others": (
        "Beside the passport, not counted: {count}",
        "Oltre al passaporto, non conteggiati: {count}",
    ),
    "section.checks": ("Every check", "Ogni verifica"),
    "column.what": ("What, who, where", "Cosa, chi, dove"),
    "column.claim": ("What, and whose word", "Cosa, e chi lo dice"),
    "column.claimed": ("Claimed", "Dichiarato"),
    "column.anchored": ("Anchored", "Ancorato"),
    "column.documents": ("Documents", "Documenti"),
    "column.verdict": ("Verdict", "Verdetto"),
    "column.valid-until": ("Until", "Fino al"),
    "column.name": ("Name", "Nome"),
    "column.address": ("Account", "Account"),
    "column.roles": ("Roles", "Ruoli"),
    "column.participant": ("Participant", "Partecipante"),
    # steps and claims
    "step.unreadable": ("Unreadable record", "Registrazione illeggibile"),
    "who.imported": ("imported, not signed by {who}", "importato, non firmato da {who}"),
    "who.importer": ("signed by the importer, {who}", "firmato dall'importatore, {who}"),
    "who.unproven": ("{account} (name not proven)", "{account} (nome non provato)"),
    "anchored.not-yet": ("not yet", "non ancora"),
    "anchored.unknown": ("unknown", "ignoto"),
    "n-of-m": ("{n} of {m}", "{n} di {m}"),
    "documents.altered": ("{n} altered", "{n} alterati"),
    "claim.self": ("self-declared by {who}", "autodichiarato da {who}"),
    "claim.certified": ("certified by {who} for {holder}", "certificato da {who} per {holder}"),
    "claim.number": ("no. {number}", "n. {number}"),
    "others.left-out": (
        "{count} more like these are not shown",
        "altri {count} come questi non sono mostrati",
    ),
    "gap.product": (
        "{lot}: the product itself; no step states how it was made",
        "{lot}: il prodotto stesso; nessun passaggio dice come è stato fatto",
    ),
    "gap": (
        "{lot}: step {step} uses it, no step states how it was made",
        "{lot}: lo usa il passaggio {step}, nessun passaggio dice com'è stato fatto",
    ),
    "document.of": ("{name} (of: {record})", "{name} (di: {record})"),
    "relation.replaced": ("Replaced by this one", "Sostituito da questo"),
    "relation.added-since": ("Added since", "Aggiunto dopo"),
    "relation.said-by-others": ("Said by others", "Detto da altri"),
    "type.DigitalProductPassport": ("product passport", "passaporto di prodotto"),
    "type.DigitalTraceabilityEvent": ("step", "passaggio"),
    "type.DigitalConformityCredential": ("claim", "dichiarazione"),
    "type.DigitalIdentityAnchor": ("identity", "identità"),
    "type.ProductStatement": ("product statement", "scheda di prodotto"),
    # what a check is about
    "subject.passport": ("passport", "passaporto"),
    "subject.own": ("own record", "registrazione del prodotto"),
    "subject.step": ("step {n}", "passaggio {n}"),
    "subject.claim": ("claim {n}", "dichiarazione {n}"),
    "subject.identity": ("identity {n}", "identità {n}"),
    # labels
    "label.lot": ("lot", "lotto"),
    "label.serial": ("serial", "seriale"),
    "unit.pcs": ("pcs", "pz"),
    "unit.pairs": ("pairs", "paia"),
    "granularity.model": ("model", "modello"),
    "granularity.batch": ("lot", "lotto"),
    "granularity.item": ("single item", "capo singolo"),
    # criteria
    "criterion.traceability": ("Traceability", "Tracciabilità"),
    "criterion.short-supply-chain": ("Short supply chain", "Filiera corta"),
    "criterion.circularity": ("Circularity", "Circolarità"),
    "criterion.environmental-footprint": ("Environmental footprint", "Impronta ambientale"),
    "criterion.chemical-evidence": ("Chemical evidence", "Evidenze chimiche"),
    "criterion.social-ethical": ("Social and ethical conditions", "Condizioni sociali ed etiche"),
    "criterion.quality-of-work": ("Quality of work", "Qualità del lavoro"),
    # roles
    "role.producer": ("producer", "produttore"),
    "role.certifier": ("certifier", "certificatore"),
    "role.association": ("association", "associazione"),
    "role.auditor": ("auditor", "revisore"),
    "role.importer": ("importer", "importatore"),
    "role.operator": ("operator", "gestore"),
}

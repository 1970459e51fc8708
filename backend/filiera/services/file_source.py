# SPDX-License-Identifier: Apache-2.0
"""Verifying a passport file by a node of one's own: no server and no database is believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from filiera.errors import InputError
from filiera.model.links import LinkType, RecordLink
from filiera.ports.ledger import Ledger
from filiera.proof.evidence import Presented, Trust
from filiera.proof.verify import verify
from filiera.services.gathering import Gathered, Gathering
from filiera.services.passport_file import PassportFile
from filiera.services.passports import Passport, in_order

NAME_DIGITS: Final = 16
"""Hexadecimal digits of its hash that a document's file name may begin with."""


@dataclass(slots=True)
class FileSource:
    """A passport file and the documents beside it, as a source of evidence.

    `documents` maps file names to the SHA-256 of their content. A file speaks for a
    document if it has its hash, its name, or a name that begins with its hash; but if it
    is another document of the passport, it has another one's name by chance.
    """

    file: PassportFile
    documents: Mapping[str, bytes] = field(default_factory=dict)
    unavailable: set[str] = field(default_factory=set)
    _hashes: frozenset[bytes] = field(init=False)
    _by_name: dict[str, tuple[int, bytes]] = field(init=False)
    _by_start: dict[str, tuple[int, bytes]] = field(init=False)

    def __post_init__(self) -> None:
        self._hashes = frozenset(self.documents.values())
        named = {link.digest for link in named_documents(self.file.records.values())}
        unknown = [(name, each) for name, each in self.documents.items() if each not in named]
        # Last to first: of several files the first one stays.
        backwards = [(name, (at, each)) for at, (name, each) in enumerate(unknown)][::-1]
        self._by_name = dict(backwards)
        self._by_start = {name[:NAME_DIGITS]: each for name, each in backwards}

    def present(self, records: Sequence[bytes]) -> dict[bytes, Presented]:
        """The records as they stand in the file."""
        given = self.file.records
        return {record: given[record] for record in records if record in given}

    def at_hand(self, links: Sequence[RecordLink]) -> Iterator[tuple[bytes, bytes]]:
        """The hashes of the files that speak for documents."""
        for link in links:
            if (found := self._speaker(link)) is not None:
                yield link.digest, found

    def _speaker(self, link: RecordLink) -> bytes | None:
        if link.digest in self._hashes:
            return link.digest
        by_name = self._by_name.get(link.name)
        by_start = self._by_start.get(link.digest.hex()[:NAME_DIGITS])
        found = [each for each in (by_name, by_start) if each is not None]
        return min(found)[1] if found else None


def named_documents(records: Iterable[Presented]) -> Iterator[RecordLink]:
    """The documents that records name, of those that can be read."""
    for presented in records:
        with suppress(InputError):
            links = presented.statement.links
            yield from (link for link in links if link.kind is LinkType.DOCUMENT)


def assemble_from_file(
    file: PassportFile, ledger: Ledger, trust: Trust, documents: Mapping[str, bytes]
) -> Passport:
    """The passport that a file's records make, judged by the chain's newest block.

    A chain that does not answer makes the verdict unknown; it raises nothing.
    """
    run = Gathering(ledger, FileSource(file, documents))
    run.take_listed(file.own)
    return judge(file.product, run.gathered(file.own, None), trust)


def judge(product: str, gathered: Gathered, trust: Trust) -> Passport:
    """The passport that evidence alone makes: nothing beside it is known."""
    verdict = verify(gathered.evidence, trust, product)
    steps, flows = in_order(verdict.of("step"))
    return Passport(product, gathered.evidence, verdict, steps, flows, (), gathered.unavailable)

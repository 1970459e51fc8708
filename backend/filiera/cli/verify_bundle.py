# SPDX-License-Identifier: Apache-2.0
"""`filiera verify BUNDLE`: by a trust file alone; no server, no node, no network.

What judges a bundle is imported when there is one: a file that is none is refused at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filiera.cli.failing import EXIT_OF_OUTCOME, UncheckedError
from filiera.cli.output import Output
from filiera.cli.words import say
from filiera.errors import InputError
from filiera.proof.bundle import MAX_BYTES, parse_bundle
from filiera.proof.packed import MAGIC, unpacked

if TYPE_CHECKING:
    from filiera.cli.verify_judged import Judged
    from filiera.proof.trust import TrustFile

_FIRST_MEMBER: Final = re.compile(rb'[ \t\r\n]*\{[ \t\r\n]*"filieraBundle"')
_SECONDS: Final = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_DURATION: Final = re.compile(r"([0-9]{1,9})([dhms])")


@dataclass(frozen=True, slots=True)
class BundleOptions:
    """What only the verification of a bundle takes; each None or False where not given."""

    trust: Path | None = None
    subject: str | None = None
    require_documents: bool = False
    max_age: str | None = None

    @property
    def given(self) -> bool:
        """Whether any of them is."""
        return self != BundleOptions()


def is_bundle(file: Path) -> bool:
    """Whether a file is a bundle by its first member, or compressed as only a bundle may be."""
    with file.open("rb") as stream:
        start = stream.read(256)
    return start.startswith(MAGIC) or _FIRST_MEMBER.match(start) is not None


def seconds_of(duration: str) -> int:
    """`7d`, `12h`, `30m` or `90s` in seconds; raises InputError (`usage`)."""
    match = _DURATION.fullmatch(duration)
    if match is None:
        raise InputError("usage", say("verify.duration"), where="--max-age")
    return int(match[1]) * _SECONDS[match[2]]


def verify_bundle_file(
    out: Output, file: Path, hashes: Mapping[str, bytes], options: BundleOptions
) -> int:
    """Verify a bundle, show every check; the exit code is its verdict's.

    `hashes` are the files at hand (name -> SHA-256). Raises `UncheckedError` when the file
    cannot be read as a bundle.
    """
    max_age = None if options.max_age is None else seconds_of(options.max_age)
    trust = None if options.trust is None else _trust(options.trust)
    with out.working(say("working.verify")):
        try:
            judged = _judged(file, trust, hashes, options, max_age)
        except InputError as error:
            raise UncheckedError(
                error.code, error.message, where=error.where or str(file), hint=error.hint
            ) from None
    return _show(out, judged)


def _trust(file: Path) -> TrustFile:
    from filiera.cli.trust_file import read_trust

    return read_trust(file)


def _judged(
    file: Path,
    trust: TrustFile | None,
    hashes: Mapping[str, bytes],
    options: BundleOptions,
    max_age: int | None,
) -> Judged:
    with file.open("rb") as stream:
        bundle = parse_bundle(unpacked(stream.read(MAX_BYTES + 1)))
    from filiera.cli.verify_judged import judge

    return judge(
        bundle,
        trust,
        hashes,
        subject=options.subject,
        max_age=max_age,
        require_documents=options.require_documents,
    )


def _show(out: Output, judged: Judged) -> int:
    from filiera.cli.verify_judged import show_judged

    out.result(judged.document, lambda console: show_judged(console, judged))
    return EXIT_OF_OUTCOME[judged.document.outcome]

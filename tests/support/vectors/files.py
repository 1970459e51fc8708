# SPDX-License-Identifier: Apache-2.0
"""Vectors as files: what a verifier is given, and what it is to find of that."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from filiera.errors import InputError
from filiera.proof.bundle import parse_bundle
from filiera.proof.demanded import requiring_documents
from filiera.proof.offline import verify_bundle
from filiera.proof.trust import parse_trust
from filiera.proof.verdict import Check, Verdict
from filiera.proof.verdict_document import dump_verdict, verdict_document
from filiera.services.bundle_reading import match_documents, passport_without_trust

WIDTH: Final = 90
FOLDER: Final = Path(__file__).parents[2] / "vectors"


@dataclass(frozen=True)
class Asked:
    """What a verifier is given: bytes of a bundle and a trust file, and how it is asked.

    `documents` are the files at hand by name; `now` and `max_age` in seconds.
    """

    bundle: bytes
    trust: bytes | None
    now: int
    subject: str | None = None
    max_age: int | None = None
    require_documents: bool = False
    documents: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Vector:
    """A case: what is the matter with it, and the check and code that say so.

    `check` is empty for a bundle that is proven, and for an input that cannot be read at all,
    whose error is `code`.
    """

    name: str
    about: str
    check: str
    code: str
    make: Callable[[], Asked]

    @cached_property
    def asked(self) -> Asked:
        """What a verifier is given."""
        return self.make()


def judged(asked: Asked) -> tuple[Verdict, str]:
    """The verdict and its document; raises InputError for what cannot be read."""
    trust = parse_trust(asked.trust) if asked.trust is not None else None
    hashes = {name: sha256(data).digest() for name, data in asked.documents.items()}
    bundle = parse_bundle(asked.bundle)
    at_hand = match_documents(bundle, hashes)
    if trust is None:
        verdict = passport_without_trust(
            bundle, subject=asked.subject, documents=at_hand.documents
        ).verdict
    else:
        verdict = verify_bundle(
            bundle,
            trust,
            asked.now,
            subject=asked.subject,
            documents=at_hand.documents,
            max_age=asked.max_age,
        )
    if asked.require_documents:
        verdict = requiring_documents(verdict)
    return verdict, dump_verdict(verdict_document(verdict, trust, at_hand.unnamed))


def found(asked: Asked) -> dict[str, Any]:
    """What a vector says is to be found: outcome and checks, or the code of an error."""
    try:
        verdict, _ = judged(asked)
    except InputError as error:
        return {"error": error.code}
    return {"outcome": verdict.outcome.value, "checks": answers(verdict.checks)}


def answers(checks: Iterable[Check]) -> list[Any]:
    """Checks in order, those about one subject together: [check, code] or [check, code, params]."""
    return [
        {"subject": subject, "answers": [_answer(each) for each in about]}
        for subject, about in groupby(checks, key=lambda each: each.subject)
    ]


def _answer(check: Check) -> list[Any]:
    return [check.check, check.code, *([dict(check.params)] if check.params else [])]


def files(vectors: Iterable[Vector]) -> dict[str, bytes]:
    """Path in the folder -> content. What several vectors share is there once."""
    written: dict[str, bytes] = {}
    places: dict[bytes, str] = {}

    def place(kind: str, name: str, data: bytes) -> str:
        path = places.setdefault(data, f"{kind}/{name}")
        written[path] = data
        return path

    for each in vectors:
        asked = each.asked
        said = {
            "about": each.about,
            "shows": [each.check, each.code],
            "bundle": place("bundles", f"{each.name}.json", asked.bundle),
            "trust": asked.trust and place("trust", f"{each.name}.json", asked.trust),
            "now": asked.now,
            "subject": asked.subject,
            "maxAge": asked.max_age,
            "requireDocuments": asked.require_documents,
            "documents": {
                name: place("documents", f"{sha256(data).hexdigest()[:8]}-{name}", data)
                for name, data in asked.documents.items()
            },
            "expected": found(asked),
        }
        _check(each, said["expected"])
        written[f"{each.name}.json"] = _spelled(said)
    return written


def read(name: str) -> tuple[Asked, Any]:
    """A committed vector: what is asked, and what is to be found."""
    said = json.loads((FOLDER / f"{name}.json").read_bytes())
    asked = Asked(
        bundle=(FOLDER / said["bundle"]).read_bytes(),
        trust=(FOLDER / said["trust"]).read_bytes() if said["trust"] else None,
        now=said["now"],
        subject=said["subject"],
        max_age=said["maxAge"],
        require_documents=said["requireDocuments"],
        documents={n: (FOLDER / path).read_bytes() for n, path in said["documents"].items()},
    )
    return asked, said["expected"]


def names() -> list[str]:
    """The committed vectors."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def _check(vector: Vector, expected: Mapping[str, Any]) -> None:
    """Raises ValueError when a case does not come to what it is there for."""
    if not vector.check:
        fits = vector.code in (expected.get("outcome"), expected.get("error"))
    else:
        every = (answer for each in expected.get("checks", ()) for answer in each["answers"])
        fits = any(answer[:2] == [vector.check, vector.code] for answer in every)
    if not fits:
        raise ValueError(f"{vector.name} does not show {vector.check} {vector.code}: {expected}")


def _spelled(value: Any) -> bytes:
    """JSON that a person can read: what fits a line is one."""
    return (_lines(value, "") + "\n").encode()


def _lines(value: Any, indent: str) -> str:
    line = json.dumps(value, ensure_ascii=False)
    if len(line) < WIDTH or not isinstance(value, dict | list):
        return line
    inner = indent + " "
    if isinstance(value, dict):
        said = [f"{json.dumps(name)}: {_lines(each, inner)}" for name, each in value.items()]
    else:
        said = [_lines(each, inner) for each in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{inner}" + f",\n{inner}".join(said) + f"\n{indent}{closing}"

# SPDX-License-Identifier: Apache-2.0
"""Reading members out of a parsed record by path, with one kind of error.

For what must be read from any signed payload, whether or not a schema was enforced on
it: a verifier meets records that this software never accepted.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from filiera.errors import InputError


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON object and its path in the record. Every method raises `record-schema`."""

    value: dict[str, Any]
    path: str = ""

    def where(self, name: str) -> str:
        """The path of a member."""
        return f"{self.path}.{name}" if self.path else name

    def _wrong(self, name: str, kind: str) -> InputError:
        state = "must be" if name in self.value else "is missing: it must be"
        where = self.where(name)
        return InputError("record-schema", f"{where} {state} {kind}.", where=where)

    def text(self, name: str) -> str:
        """A text that must be there."""
        value = self.value.get(name)
        if not isinstance(value, str):
            raise self._wrong(name, "a text")
        return value

    def maybe_text(self, name: str) -> str | None:
        """A text, or None if the member is absent."""
        return self.text(name) if name in self.value else None

    def number(self, name: str) -> Decimal:
        """A number that must be there."""
        value = self.value.get(name)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self._wrong(name, "a number")
        return Decimal(value)

    def node(self, name: str) -> Node:
        """An object that must be there."""
        value = self.value.get(name)
        if not isinstance(value, dict):
            raise self._wrong(name, "an object")
        return Node(value, self.where(name))

    def maybe_node(self, name: str) -> Node | None:
        """An object, or None if the member is absent."""
        return self.node(name) if name in self.value else None

    def nodes(self, name: str) -> tuple[Node, ...]:
        """A list of objects that must be there."""
        value = self.value.get(name)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._wrong(name, "a list of objects")
        return tuple(Node(item, f"{self.where(name)}[{i}]") for i, item in enumerate(value))

    def maybe_nodes(self, name: str) -> tuple[Node, ...]:
        """A list of objects, empty if the member is absent."""
        return self.nodes(name) if name in self.value else ()

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts that must be there."""
        value = self.value.get(name)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(name, "a list of texts")
        return tuple(value)

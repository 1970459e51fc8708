# SPDX-License-Identifier: Apache-2.0
"""The examples in the OpenAPI document: real requests, sent to a small district in memory.

`python -m tests.support.examples` writes backend/filiera/api/examples.json anew, which is
due when an answer gets another shape; tests/api/test_examples.py says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from filiera.adapters.ledger.eip712 import sign_instruction, status_domain
from filiera.model.ids import b64url, ni_uri
from filiera.ports.ledger import StatusInstruction
from filiera.proof.facts import StatusKind
from tests.support.fake_ledger import STATUS_REGISTRY
from tests.support.server import JWS, Server
from tests.support.world import CHAIN, GARMENT, REPORT, Firm

FILE = Path(__file__).parents[2] / "backend" / "filiera" / "api" / "examples.json"
FAR = 2**40 - 1
WITHOUT_ANSWER: dict[str, Any] = {
    "GET /v1/passports/{product}/bundle": {
        "parameters": {"product": GARMENT},
        "request": {},
        "responses": {},
    }
}
"""What only a chain with state can answer: a bundle's proofs. tests/services do, on one."""


@dataclass(frozen=True)
class Example:
    """One request as it is sent; the OpenAPI document knows it by `operation`."""

    operation: str
    parameters: dict[str, Any]
    media_type: str | None = None
    body: Any = None

    def send(self, server: Server) -> Any:
        """The answer."""
        method, path = self.operation.split(" ")
        query = {}
        for name, value in self.parameters.items():
            escaped = quote(str(value), safe="")
            if f"{{{name}}}" in path:
                path = path.replace(f"{{{name}}}", escaped)
            else:
                query[name] = value
        content: bytes | None = None
        if self.media_type == "application/json":
            content = json.dumps(self.body).encode()
        elif self.body is not None:
            content = self.body.encode()
        headers = {"Content-Type": self.media_type} if self.media_type else {}
        return server.client.request(method, path, params=query, content=content, headers=headers)


def prepared() -> Server:
    """A server with everything submitted but the claim, anchored; one record suspended."""
    server = Server()
    claim = server.world.jws["claim"]
    for jws in server.world.jws.values():
        if jws != claim:
            assert server.submit(jws).status_code == 201
    form = [("record", (None, server.world.jws["spin"])), ("document", ("report.pdf", REPORT))]
    assert server.client.post("/v1/records", files=form).status_code == 200
    server.anchor()
    return server


def instruction(
    server: Server, firm: Firm, record: bytes, kind: StatusKind, **changes: Any
) -> dict[str, Any]:
    """The body of a signed status instruction."""
    said: dict[str, Any] = {
        "participant": firm.id,
        "record": record,
        "kind": kind,
        "reason": 6,
        "effective": 0,
        "successor": bytes(32),
        "account": firm.signer.address,
        "nonce": server.ledger.nonces.get(firm.signer.address, 0),
        "deadline": FAR,
        "signature": b"",
    }
    unsigned = StatusInstruction(**(said | changes))
    signed = sign_instruction(unsigned, status_domain(CHAIN, STATUS_REGISTRY), firm.signer)
    body = {
        "participant": ni_uri(signed.participant),
        "record": ni_uri(signed.record),
        "kind": StatusKind(signed.kind).name.lower(),
        "reason": signed.reason,
        "effective": signed.effective,
        "account": signed.account,
        "nonce": signed.nonce,
        "deadline": signed.deadline,
        "signature": "0x" + signed.signature.hex(),
    }
    return body | ({"successor": ni_uri(signed.successor)} if any(signed.successor) else {})


def scenario(server: Server) -> list[Example]:
    """The requests, in the order in which they work."""
    world = server.world
    spin, claim = b64url(world.id("spin")), world.jws["claim"].decode()
    suspended = instruction(server, world.mill, world.id("spin"), StatusKind.SUSPENDED)
    json_type = "application/json"
    return [
        Example("POST /v1/records", {}, JWS["Content-Type"], claim),
        Example("POST /v1/records", {}, json_type, {"records": [claim, "not.a.record"]}),
        Example("POST /v1/batches", {}),
        Example("GET /v1/batches", {"limit": 100, "offset": 0}),
        Example("GET /v1/batches/{number}", {"number": 2}),
        Example("GET /v1/records/{record}", {"record": spin}),
        Example("GET /v1/records/{record}/proof", {"record": spin}),
        Example("POST /v1/statuses", {}, json_type, suspended),
        Example("GET /v1/records/{record}/statuses", {"record": spin}),
        Example("GET /v1/documents/{sha256}", {"sha256": b64url(sha256(REPORT).digest())}),
        Example("GET /v1/passports", {"limit": 100, "offset": 0}),
        Example("GET /v1/passports/{product}", {"product": GARMENT}),
        Example("GET /v1/passports/{product}/upstream", {"product": GARMENT}),
        Example("GET /v1/passports/{product}/qr.svg", {"product": GARMENT}),
        Example("GET /v1/passports/{product}/qr.png", {"product": GARMENT}),
        Example("GET /v1/participants", {}),
        Example("GET /v1/participants/{participant}", {"participant": b64url(world.mill.id)}),
        Example("GET /v1/accounts/{address}", {"address": world.mill.signer.address}),
        Example("GET /v1/chain", {}),
        Example("GET /v1/trust", {}),
        Example("GET /v1/schemas/{name}", {"name": "verdict-v1.json"}),
        Example("POST /v1/verify", {}, json_type, {"product": GARMENT}),
        Example("GET /healthz", {}),
        Example("GET /readyz", {}),
        Example("GET /ns/v1", {}),
    ]


def collect() -> dict[str, Any]:
    """The examples as the OpenAPI document takes them, by operation."""
    server = prepared()
    found: dict[str, Any] = {}
    for example in scenario(server):
        response = example.send(server)
        assert response.status_code < 300, (example.operation, response.text)
        entry = found.setdefault(
            example.operation, {"parameters": example.parameters, "request": {}, "responses": {}}
        )
        if example.media_type:
            entry["request"][example.media_type] = example.body
        if response.headers["content-type"] == "application/json":
            answer = {"application/json": shortened(response.json())}
            entry["responses"][str(response.status_code)] = answer
    server.store.close()
    return found | WITHOUT_ANSWER


def shortened(value: Any) -> Any:
    """The value with at most two of every list, so that a person can read it."""
    match value:
        case dict():
            return {name: shortened(item) for name, item in value.items()}
        case list():
            return [shortened(item) for item in value[:2]]
        case _:
            return value


if __name__ == "__main__":
    FILE.write_text(json.dumps(collect(), indent=1, ensure_ascii=False) + "\n", "utf-8")

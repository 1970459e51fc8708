# SPDX-License-Identifier: Apache-2.0
"""Participants, accounts, the chain: what only the registry knows, read at one block."""

from __future__ import annotations

from fastapi import APIRouter, Response

from filiera.api.blocks import BlockNumber, block_at
from filiera.api.context import ServicesOf
from filiera.api.described import problems
from filiera.api.names import parse_address, parse_digest
from filiera.api.views.directory import (
    AccountView,
    ChainView,
    OneParticipantView,
    ParticipantsView,
    account_view,
    chain_view,
    one_participant_view,
    participant_view,
)
from filiera.proof.trust import dump_trust
from filiera.services import Services
from filiera.services.directory import Directory
from filiera.services.view_parts import block_view

router = APIRouter(tags=["directory"])


@router.get("/participants", summary="Participants", responses=problems(400, 404, 503))
def participants(services: ServicesOf, block: BlockNumber = None) -> ParticipantsView:
    """The founding association, and everyone whose identity record was submitted here."""
    at = block_at(services, block)
    entries = _directory(services).participants(at)
    return ParticipantsView(
        block=block_view(at), participants=[participant_view(each, at) for each in entries]
    )


@router.get(
    "/participants/{participant}", summary="One participant", responses=problems(400, 404, 503)
)
def participant(
    participant: str, services: ServicesOf, block: BlockNumber = None
) -> OneParticipantView:
    """A participant by its id, written as a record's."""
    at = block_at(services, block)
    digest = parse_digest(participant, where="participant")
    return one_participant_view(_directory(services).participant(digest, at), at)


@router.get("/accounts/{address}", summary="One account", responses=problems(400, 404, 503))
def account(address: str, services: ServicesOf, block: BlockNumber = None) -> AccountView:
    """Whose an account is, and what it may sign; nobody's is an answer, too.

    `address` is lower-case hexadecimal with 0x.
    """
    at = block_at(services, block)
    entry = _directory(services).account(parse_address(address), at)
    return account_view(entry, services.passports.trust.chain_id, at)


@router.get("/chain", summary="The chain", responses=problems(503))
def chain(services: ServicesOf) -> ChainView:
    """Which chain this server anchors on: what a signer needs to know, and a verifier pins."""
    return chain_view(services.ledger.identity(), services.ledger.head())


@router.get(
    "/trust",
    summary="The trust file",
    response_class=Response,
    responses={
        200: {
            "content": {"application/json": {"schema": {"type": "object"}}},
            "description": "The trust file in its canonical text: its SHA-256 is its digest.",
        }
    },
)
def trust(services: ServicesOf) -> Response:
    """What a reader of this server's bundles is to pin, as this server says it.

    A server cannot vouch for itself: compare the digest with somebody who is not it, in
    words (`filiera trust show`).
    """
    return Response(dump_trust(services.bundles.trust), media_type="application/json")


def _directory(services: Services) -> Directory:
    return Directory(services.ledger, services.store)

# SPDX-License-Identifier: Apache-2.0
"""Participants, accounts and the chain as the API shows them."""

from __future__ import annotations

from pydantic import Field

from filiera.model.ids import did_pkh, ni_uri
from filiera.ports.ledger import ChainIdentity
from filiera.proof.entitlement import account_fault
from filiera.proof.facts import Block, Role, Scope, state_at
from filiera.proof.facts import Entry as HistoryEntry
from filiera.services.directory import AccountEntry, Entry
from filiera.services.view_parts import (
    BlockView,
    View,
    block_view,
    instant_text,
    instant_view,
)


class IdentityView(View):
    """What the identity record that the registry holds for a participant states."""

    did: str
    registered_name: str
    registered_id: str
    scheme: str


class RolesView(View):
    """One entry of a participant's history of roles: what holds from `effective` on."""

    effective: str
    recorded: str
    roles: list[str]


class ParticipantView(View):
    """A participant: its roles now and before, and who enrolled it."""

    participant: str
    name: str | None = Field(description="As its identity record states it.")
    enroller: str
    roles: list[str]
    history: list[RolesView]
    profile: str | None = Field(description="Its identity record in force.")
    identity: IdentityView | None = Field(description="Null while no copy of it is here.")


class ParticipantsView(View):
    """The participants known here, as of one block."""

    block: BlockView
    participants: list[ParticipantView]


class OneParticipantView(ParticipantView):
    """One participant, as of one block."""

    block: BlockView


class ScopesView(View):
    """One entry of an account's history of scopes."""

    effective: str
    recorded: str
    scopes: list[str]


class AccountView(View):
    """An account, and what it may sign at one block."""

    account: str
    did: str
    chain_id: int
    participant: str | None
    name: str | None
    roles: list[str]
    scopes: list[str]
    history: list[ScopesView]
    compromised_since: str | None
    fault: str | None = Field(description="Why it cannot sign records now, null if it can.")
    status_nonce: int = Field(description="What its next status instruction must carry.")
    block: BlockView


class ChainView(View):
    """The chain, and what a signature for its contracts is made over."""

    chain_id: int
    genesis_hash: str
    contracts: dict[str, str]
    founder: str
    operator: str
    block: BlockView


def participant_view(entry: Entry, block: Block) -> ParticipantView:
    """A participant."""
    return ParticipantView(**_participant(entry, block))


def one_participant_view(entry: Entry, block: Block) -> OneParticipantView:
    """A participant, with the block that it was read at."""
    return OneParticipantView(**_participant(entry, block), block=block_view(block))


def _participant(entry: Entry, block: Block) -> dict[str, object]:
    participant, identity = entry.participant, entry.identity
    assert participant.enroller is not None
    return {
        "participant": ni_uri(participant.id),
        "name": identity.registered_name if identity else None,
        "enroller": ni_uri(participant.enroller),
        "roles": _roles(entry, block),
        "history": [_roles_at(each) for each in participant.roles],
        "profile": ni_uri(entry.profile) if entry.profile else None,
        "identity": _identity(entry),
    }


def _identity(entry: Entry) -> IdentityView | None:
    if entry.identity is None:
        return None
    return IdentityView(
        did=entry.identity.did,
        registered_name=entry.identity.registered_name,
        registered_id=entry.identity.registered_id,
        scheme=entry.identity.scheme.name,
    )


def _roles(entry: Entry | None, block: Block) -> list[str]:
    mask = state_at(entry.participant.roles, block.time) if entry else None
    return _names(Role(mask or 0))


def _roles_at(entry: HistoryEntry[int]) -> RolesView:
    return RolesView(
        effective=instant_view(entry.effective),
        recorded=instant_view(entry.recorded),
        roles=_names(Role(entry.value)),
    )


def account_view(entry: AccountEntry, chain_id: int, block: Block) -> AccountView:
    """An account as of `block`."""
    account, since = entry.account, entry.account.compromised_since
    identity = entry.holder.identity if entry.holder else None
    return AccountView(
        account=account.address,
        did=did_pkh(chain_id, account.address),
        chain_id=chain_id,
        participant=ni_uri(account.participant) if account.participant else None,
        name=identity.registered_name if identity else None,
        roles=_roles(entry.holder, block),
        scopes=_names(Scope(state_at(account.scopes, block.time) or 0)),
        history=[
            ScopesView(
                effective=instant_view(each.effective),
                recorded=instant_view(each.recorded),
                scopes=_names(Scope(each.value)),
            )
            for each in account.scopes
        ],
        compromised_since=instant_text(since),
        fault=account_fault(account, block.time),
        status_nonce=entry.status_nonce,
        block=block_view(block),
    )


def chain_view(chain: ChainIdentity, block: Block) -> ChainView:
    """The chain as of `block`."""
    return ChainView(
        chain_id=chain.chain_id,
        genesis_hash="0x" + chain.genesis_hash.hex(),
        contracts=dict(chain.contracts),
        founder=ni_uri(chain.founder),
        operator=chain.operator,
        block=block_view(block),
    )


def _names(mask: Role | Scope) -> list[str]:
    return [str(flag.name).lower() for flag in mask]

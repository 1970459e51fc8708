// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Scopes} from "./base/Entitlements.sol";
import {Histories} from "./base/Histories.sol";
import {NetworkBound} from "./base/NetworkBound.sol";
import {IParticipantRegistry} from "./interfaces/IParticipantRegistry.sol";
import {
    IStatusRegistry,
    Standing,
    Status,
    StatusInstruction
} from "./interfaces/IStatusRegistry.sol";

/// @title StatusRegistry
/// @notice See {IStatusRegistry}.
contract StatusRegistry is IStatusRegistry, NetworkBound, EIP712, Nonces {
    uint8 private constant RESUMED = 1;
    uint8 private constant SUSPENDED = 2;
    uint8 private constant REVOKED = 3;
    uint8 private constant SUPERSEDED = 4;

    bytes32 private constant INSTRUCTION_TYPEHASH = keccak256(
        "StatusInstruction(bytes32 participant,bytes32 record,uint8 kind,uint8 reason,uint40 effective,bytes32 successor,address account,uint256 nonce,uint256 deadline)"
    );

    /// @inheritdoc IStatusRegistry
    IParticipantRegistry public immutable participants;

    mapping(bytes32 participant => mapping(bytes32 record => Standing)) private _standings;

    constructor(bytes32 genesisHash_, IParticipantRegistry participants_)
        NetworkBound(genesisHash_)
        EIP712("Filiera StatusRegistry", "1")
    {
        participants = participants_;
    }

    /// @inheritdoc IStatusRegistry
    function setStatus(
        bytes32 record,
        uint8 kind,
        uint8 reason,
        uint40 effective,
        bytes32 successor
    ) external {
        bytes32 participant = participants.requireEntitled(msg.sender, Scopes.STATUS, 0);
        _set(participant, record, kind, reason, effective, successor, msg.sender);
    }

    /// @inheritdoc IStatusRegistry
    function relay(StatusInstruction calldata instruction, bytes calldata signature) external {
        address account = instruction.account;
        _useInstruction(instruction, signature);
        if (participants.requireEntitled(account, Scopes.STATUS, 0) != instruction.participant) {
            revert NotParticipantsAccount(instruction.participant, account);
        }
        _set(
            instruction.participant,
            instruction.record,
            instruction.kind,
            instruction.reason,
            instruction.effective,
            instruction.successor,
            account
        );
    }

    /// @inheritdoc IStatusRegistry
    function statusesOf(bytes32 participant, bytes32 record)
        external
        view
        returns (Standing memory)
    {
        return _standings[participant][record];
    }

    function _set(
        bytes32 participant,
        bytes32 record,
        uint8 kind,
        uint8 reason,
        uint40 effective,
        bytes32 successor,
        address account
    ) private {
        Standing storage standing = _standings[participant][record];
        _checkKind(standing.entries, record, kind);
        if ((kind == SUPERSEDED) != (successor != 0) || successor == record) {
            revert SuccessorInvalid(successor);
        }
        uint40 from = Histories.orNow(effective);
        standing.entries.push(Status(from, uint40(block.timestamp), kind, reason, account));
        if (kind == SUPERSEDED) standing.successor = successor;
        emit StatusSet(participant, record, account, kind, reason, from, successor);
    }

    /// @dev Whether `kind` may follow what is recorded.
    function _checkKind(Status[] storage entries, bytes32 record, uint8 kind) private view {
        if (kind < RESUMED || kind > SUPERSEDED) revert KindUnknown(kind);
        uint8 last = entries.length == 0 ? 0 : entries[entries.length - 1].kind;
        if (last == REVOKED || last == SUPERSEDED) revert StatusFinal(record, last);
        if (kind == RESUMED && last != SUSPENDED) revert NotSuspended(record);
    }

    /// @dev Checks and uses up a signed instruction.
    function _useInstruction(StatusInstruction calldata instruction, bytes calldata signature)
        private
    {
        if (block.timestamp > instruction.deadline) {
            revert InstructionExpired(instruction.deadline);
        }
        _useCheckedNonce(instruction.account, instruction.nonce);
        bytes32 digest =
            _hashTypedDataV4(keccak256(abi.encode(INSTRUCTION_TYPEHASH, instruction)));
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecover(digest, signature);
        if (failure != ECDSA.RecoverError.NoError || signer != instruction.account) {
            revert InstructionInvalid(instruction.account);
        }
    }
}

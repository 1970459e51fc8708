// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {INetworkBound} from "./INetworkBound.sol";
import {IParticipantRegistry} from "./IParticipantRegistry.sol";

/// @notice One change of a record's standing: one storage slot.
/// @param kind 1 resumed, 2 suspended, 3 revoked, 4 superseded
/// @param reason a code that the contract only keeps
/// @param account the participant's account that said it
struct Status {
    uint40 effective;
    uint40 recorded;
    uint8 kind;
    uint8 reason;
    address account;
}

/// @notice What a participant said of one of its records. `successor` is zero unless the last
///         entry is superseded; that is final, so there is at most one.
struct Standing {
    Status[] entries;
    bytes32 successor;
}

/// @notice A participant's wish, signed by its account (EIP-712) and sent by anybody.
/// @dev Typed data: StatusInstruction(bytes32 participant,bytes32 record,uint8 kind,
///      uint8 reason,uint40 effective,bytes32 successor,address account,uint256 nonce,
///      uint256 deadline), domain "Filiera StatusRegistry", version "1", chain id and this
///      contract's address.
/// @param effective the second from which it holds, 0: the block's time; may reach back
/// @param nonce nonces(account) at the time of use
/// @param deadline the last second at which it can be used
struct StatusInstruction {
    bytes32 participant;
    bytes32 record;
    uint8 kind;
    uint8 reason;
    uint40 effective;
    bytes32 successor;
    address account;
    uint256 nonce;
    uint256 deadline;
}

/// @title In force or not: suspended, resumed, revoked, superseded
/// @notice Keyed by (participant, record): a participant speaks of its own records only, and a
///         reader asks for the record's issuer. Revoked and superseded are final; resumed
///         follows suspended only.
interface IStatusRegistry is INetworkBound {
    event StatusSet(
        bytes32 indexed participant,
        bytes32 indexed record,
        address indexed account,
        uint8 kind,
        uint8 reason,
        uint40 effective,
        bytes32 successor
    );

    /// @notice There is no such kind of status.
    error KindUnknown(uint8 kind);
    /// @notice The record's last status is final.
    error StatusFinal(bytes32 record, uint8 kind);
    /// @notice Only what is suspended can be resumed.
    error NotSuspended(bytes32 record);
    /// @notice A successor comes with superseded and with nothing else, and is another record.
    error SuccessorInvalid(bytes32 successor);
    /// @notice The account is of another participant than the instruction says.
    error NotParticipantsAccount(bytes32 participant, address account);
    /// @notice The instruction's deadline has passed.
    error InstructionExpired(uint256 deadline);
    /// @notice The account did not sign this instruction.
    error InstructionInvalid(address account);

    /// @notice The registry that says who may change a status.
    function participants() external view returns (IParticipantRegistry);

    /// @notice Change the standing of a record of the caller's participant. Only an account
    ///         with scope STATUS.
    function setStatus(
        bytes32 record,
        uint8 kind,
        uint8 reason,
        uint40 effective,
        bytes32 successor
    ) external;

    /// @notice The same by a signed instruction; the signer needs scope STATUS, the sender
    ///         nothing.
    /// @param signature r || s || v with v 27 or 28 and s in the lower half of the order
    function relay(StatusInstruction calldata instruction, bytes calldata signature) external;

    /// @notice Everything that the participant said of the record.
    function statusesOf(bytes32 participant, bytes32 record)
        external
        view
        returns (Standing memory);
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {INetworkBound} from "./INetworkBound.sol";
import {IParticipantRegistry} from "./IParticipantRegistry.sol";

/// @notice The anchor of one (anchorer, root): one storage slot, written once.
/// @param time the block's time; 0: there is no such anchor
/// @param count the number of records under the root: the size of its Merkle tree
/// @param sequence the anchor's place among all anchors, from 1
struct Anchor {
    uint64 time;
    uint64 count;
    uint64 sequence;
}

/// @title When: Merkle roots of batches of records
/// @notice An anchor proves that what is under the root existed not later than `time`, and
///         nothing else. Everything is ordered by (sequence, leaf index).
interface IAnchorRegistry is INetworkBound {
    /// @param manifest SHA-256 of the root block of the batch's manifest in IPFS
    event Anchored(
        bytes32 indexed root,
        address indexed anchorer,
        uint64 count,
        uint64 sequence,
        bytes32 manifest
    );

    /// @notice This anchorer has anchored this root already.
    error AnchoredAlready(address anchorer, bytes32 root);
    /// @notice A batch has at least one record.
    error BatchEmpty();

    /// @notice The registry that says who may anchor.
    function participants() external view returns (IParticipantRegistry);

    /// @notice Anchor a root over `count` records. Only an account with scope ANCHOR whose
    ///         participant has the role OPERATOR; each (anchorer, root) once.
    function anchor(bytes32 root, uint64 count, bytes32 manifest) external;

    /// @notice The anchor of (anchorer, root); its `time` is 0 when there is none.
    function anchorOf(address anchorer, bytes32 root) external view returns (Anchor memory);

    /// @notice The sequence that the next anchor gets; 1 on a new contract.
    function nextSequence() external view returns (uint64);
}

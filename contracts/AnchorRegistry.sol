// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Roles, Scopes} from "./base/Entitlements.sol";
import {NetworkBound} from "./base/NetworkBound.sol";
import {Anchor, IAnchorRegistry} from "./interfaces/IAnchorRegistry.sol";
import {IParticipantRegistry} from "./interfaces/IParticipantRegistry.sol";

/// @title AnchorRegistry
/// @notice See {IAnchorRegistry}.
contract AnchorRegistry is IAnchorRegistry, NetworkBound {
    /// @inheritdoc IAnchorRegistry
    IParticipantRegistry public immutable participants;

    /// @inheritdoc IAnchorRegistry
    /// @dev Not 0 from the start, so that the first anchor costs no more than the next.
    uint64 public nextSequence = 1;

    /// @dev Keyed by keccak256(abi.encode(anchorer, root)).
    mapping(bytes32 key => Anchor) private _anchors;

    constructor(bytes32 genesisHash_, IParticipantRegistry participants_)
        NetworkBound(genesisHash_)
    {
        participants = participants_;
    }

    /// @inheritdoc IAnchorRegistry
    function anchor(bytes32 root, uint64 count, bytes32 manifest) external {
        participants.requireEntitled(msg.sender, Scopes.ANCHOR, Roles.OPERATOR);
        if (count == 0) revert BatchEmpty();
        Anchor storage slot = _anchors[_key(msg.sender, root)];
        if (slot.time != 0) revert AnchoredAlready(msg.sender, root);
        uint64 sequence = nextSequence;
        nextSequence = sequence + 1;
        (slot.time, slot.count, slot.sequence) = (uint64(block.timestamp), count, sequence);
        emit Anchored(root, msg.sender, count, sequence, manifest);
    }

    /// @inheritdoc IAnchorRegistry
    function anchorOf(address anchorer, bytes32 root) external view returns (Anchor memory) {
        return _anchors[_key(anchorer, root)];
    }

    function _key(address anchorer, bytes32 root) private pure returns (bytes32) {
        return keccak256(abi.encode(anchorer, root));
    }
}

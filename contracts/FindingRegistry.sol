// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Roles, Scopes} from "./base/Entitlements.sol";
import {NetworkBound} from "./base/NetworkBound.sol";
import {Finding, IFindingRegistry, Reply} from "./interfaces/IFindingRegistry.sol";
import {IParticipantRegistry} from "./interfaces/IParticipantRegistry.sol";

/// @title FindingRegistry
/// @notice See {IFindingRegistry}.
contract FindingRegistry is IFindingRegistry, NetworkBound {
    /// @inheritdoc IFindingRegistry
    IParticipantRegistry public immutable participants;

    mapping(bytes32 record => Finding[]) private _findings;
    mapping(bytes32 record => mapping(bytes32 participant => Reply[])) private _replies;

    constructor(bytes32 genesisHash_, IParticipantRegistry participants_)
        NetworkBound(genesisHash_)
    {
        participants = participants_;
    }

    /// @inheritdoc IFindingRegistry
    function raise(bytes32 record, bytes32 finding) external returns (uint256 index) {
        participants.requireEntitled(msg.sender, Scopes.RECORDS, Roles.AUDITOR);
        if (finding == 0) revert RecordIdZero();
        index = _findings[record].length;
        _findings[record].push(
            Finding(finding, msg.sender, uint40(block.timestamp), 0, address(0), 0)
        );
        emit FindingRaised(record, index, finding, msg.sender);
    }

    /// @inheritdoc IFindingRegistry
    function reply(bytes32 record, bytes32 reply_) external {
        bytes32 participant = participants.requireEntitled(msg.sender, Scopes.RECORDS, 0);
        if (reply_ == 0) revert RecordIdZero();
        _replies[record][participant].push(Reply(reply_, msg.sender, uint40(block.timestamp)));
        emit Replied(record, participant, reply_, msg.sender);
    }

    /// @inheritdoc IFindingRegistry
    function resolve(bytes32 record, uint256 index, bytes32 resolution) external {
        bytes32 caller = participants.requireEntitled(msg.sender, Scopes.RECORDS, 0);
        if (resolution == 0) revert RecordIdZero();
        if (index >= _findings[record].length) revert FindingUnknown(record, index);
        Finding storage finding = _findings[record][index];
        if (finding.resolved != 0) revert FindingResolvedAlready(record, index);
        if (caller != participants.participantIdOf(finding.account)) {
            if (!participants.hasRole(caller, Roles.ASSOCIATION)) {
                revert NotRaiser(record, index, caller);
            }
        }
        finding.resolution = resolution;
        finding.resolver = msg.sender;
        finding.resolved = uint40(block.timestamp);
        emit FindingResolved(record, index, resolution, msg.sender);
    }

    /// @inheritdoc IFindingRegistry
    function findingsOf(bytes32 record) external view returns (Finding[] memory) {
        return _findings[record];
    }

    /// @inheritdoc IFindingRegistry
    function repliesOf(bytes32 record, bytes32 participant)
        external
        view
        returns (Reply[] memory)
    {
        return _replies[record][participant];
    }
}

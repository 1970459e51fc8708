// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {INetworkBound} from "./INetworkBound.sol";
import {IParticipantRegistry} from "./IParticipantRegistry.sol";

/// @notice A finding against a record: four slots; the first two are written once, the last
///         two once more when it is resolved.
/// @param finding the finding's own record id
/// @param account the auditor's account that raised it
/// @param recorded the block's time
/// @param resolver the account that resolved it; zero while it is open
/// @param resolved the block's time of the resolution; 0 while it is open
/// @param resolution the resolution's own record id; zero while it is open
struct Finding {
    bytes32 finding;
    address account;
    uint40 recorded;
    bytes32 resolution;
    address resolver;
    uint40 resolved;
}

/// @notice A reply to the findings against a record: two slots.
/// @param reply the reply's own record id
struct Reply {
    bytes32 reply;
    address account;
    uint40 recorded;
}

/// @title What auditors found, what was answered, how it ended
/// @notice A finding is answered by replies and ended by a resolution, and never erased.
///         Replies are kept by participant; of a record's, its issuer's are read.
interface IFindingRegistry is INetworkBound {
    event FindingRaised(
        bytes32 indexed record, uint256 index, bytes32 indexed finding, address indexed account
    );
    event Replied(
        bytes32 indexed record,
        bytes32 indexed participant,
        bytes32 indexed reply,
        address account
    );
    event FindingResolved(
        bytes32 indexed record, uint256 index, bytes32 indexed resolution, address indexed account
    );

    /// @notice A finding, reply or resolution has a record id.
    error RecordIdZero();
    /// @notice The record has no finding of this index.
    error FindingUnknown(bytes32 record, uint256 index);
    /// @notice The finding is resolved already.
    error FindingResolvedAlready(bytes32 record, uint256 index);
    /// @notice Only the participant that raised the finding, or an association, may resolve it.
    error NotRaiser(bytes32 record, uint256 index, bytes32 caller);

    /// @notice The registry that says who may raise, reply and resolve.
    function participants() external view returns (IParticipantRegistry);

    /// @notice Raise a finding. Only an account with scope RECORDS of a participant with the
    ///         role AUDITOR.
    function raise(bytes32 record, bytes32 finding) external returns (uint256 index);

    /// @notice Reply for the caller's participant. Only an account with scope RECORDS.
    function reply(bytes32 record, bytes32 reply_) external;

    /// @notice Resolve an open finding. Only an account with scope RECORDS, of the participant
    ///         that raised it or of one with the role ASSOCIATION.
    function resolve(bytes32 record, uint256 index, bytes32 resolution) external;

    /// @notice Every finding against the record.
    function findingsOf(bytes32 record) external view returns (Finding[] memory);

    /// @notice Every reply of the participant about the record.
    function repliesOf(bytes32 record, bytes32 participant)
        external
        view
        returns (Reply[] memory);
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title Bits of role and scope masks
/// @dev The same numbers as Role and Scope in backend/filiera/proof/facts.py.
library Roles {
    uint16 internal constant PRODUCER = 1;
    uint16 internal constant CERTIFIER = 2;
    uint16 internal constant ASSOCIATION = 4;
    uint16 internal constant AUDITOR = 8;
    uint16 internal constant IMPORTER = 16;
    uint16 internal constant OPERATOR = 32;
}

library Scopes {
    /// @dev Sign records; for an association also: act in the ParticipantRegistry.
    uint16 internal constant RECORDS = 1;
    /// @dev Change the standing of the participant's own records.
    uint16 internal constant STATUS = 2;
    /// @dev Anchor batches.
    uint16 internal constant ANCHOR = 4;
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Entry} from "../base/Histories.sol";
import {INetworkBound} from "./INetworkBound.sol";

/// @notice One entry of a participant's profile history: two slots.
/// @param profile the record id of an identity record (UNTP DigitalIdentityAnchor)
struct ProfileEntry {
    uint40 effective;
    uint40 recorded;
    address account;
    bytes32 profile;
}

/// @notice A participant. `enroller` is zero when the registry holds no such id; a founding
///         association is its own enroller.
struct Participant {
    bytes32 enroller;
    ProfileEntry[] profiles;
    Entry[] roles;
}

/// @notice One word of the association that an account is compromised: one slot.
/// @param since what the account signed that was anchored at or after this is void
struct Compromise {
    uint40 since;
    uint40 recorded;
    address account;
}

/// @notice An account. `participant` is zero when it belongs to nobody, and never changes.
struct Account {
    bytes32 participant;
    Entry[] scopes;
    Compromise[] compromises;
}

/// @notice One entry of an accreditation history: two slots.
struct Accreditation {
    uint40 effective;
    uint40 recorded;
    bool granted;
    address account;
    bytes32 association;
}

/// @notice The account's own word (EIP-712) that it will sign for a participant.
/// @dev Typed data: AccountConsent(bytes32 participant,bytes32 enroller,address account,
///      uint16 scopes,uint256 nonce,uint256 deadline), domain "Filiera ParticipantRegistry",
///      version "1", chain id and this contract's address.
/// @param nonce nonces(account) at the time of use
/// @param deadline the last second at which it can be used
/// @param signature r || s || v with v 27 or 28 and s in the lower half of the order
struct Consent {
    uint256 nonce;
    uint256 deadline;
    bytes signature;
}

/// @title Who is who: participants, their accounts, roles and accreditations
/// @notice Append-only. An association enrols participants and alone keeps what it enrolled;
///         a participant's own accounts can only close. Nobody owns the contract.
/// @dev "An association" is an open account with scope RECORDS whose participant has the role
///      ASSOCIATION at the block's time. `effective` 0 means the block's time.
interface IParticipantRegistry is INetworkBound {
    event ParticipantEnrolled(bytes32 indexed participant, bytes32 indexed enroller);
    event ProfileSet(bytes32 indexed participant, bytes32 profile, uint40 effective);
    event RolesSet(bytes32 indexed participant, uint16 roles, uint40 effective);
    event AccountAdded(bytes32 indexed participant, address indexed account);
    event ScopesSet(
        bytes32 indexed participant, address indexed account, uint16 scopes, uint40 effective
    );
    event AccountReported(
        bytes32 indexed participant, address indexed account, address indexed reporter
    );
    event AccountCompromised(bytes32 indexed participant, address indexed account, uint40 since);
    event AccreditationSet(
        bytes32 indexed certifier,
        bytes32 indexed scheme,
        bytes32 indexed association,
        bool granted,
        uint40 effective
    );

    /// @notice The account belongs to no participant.
    error AccountUnknown(address account);
    /// @notice The account has no scope at the block's time: closed, or not yet open.
    error AccountNotOpen(address account);
    /// @notice The account has not this scope at the block's time.
    error ScopeMissing(address account, uint16 scope);
    /// @notice The participant has not this role at the block's time.
    error RoleMissing(bytes32 participant, uint16 role);
    /// @notice No participant of this id is enrolled.
    error ParticipantUnknown(bytes32 participant);
    /// @notice A participant of this id is enrolled already.
    error ParticipantEnrolledAlready(bytes32 participant);
    /// @notice Zero is nobody's id.
    error ParticipantIdZero();
    /// @notice Only the association that enrolled the participant may do this.
    error NotEnroller(bytes32 participant, bytes32 caller);
    /// @notice The account belongs to a participant already, for ever.
    error AccountTaken(address account, bytes32 participant);
    /// @notice The account is of another participant than the caller's.
    error NotOwnAccount(address account, bytes32 caller);
    /// @notice The scopes are wider than the account consented to.
    error ConsentNeeded(address account, uint16 scopes);
    /// @notice The consent's deadline has passed.
    error ConsentExpired(uint256 deadline);
    /// @notice The account did not sign this consent.
    error ConsentInvalid(address account);
    /// @notice A compromised account gets no scopes any more.
    error CompromisedAccount(address account);
    /// @notice `since` lies in the future, or is not earlier than what is recorded.
    error CompromisedSinceInvalid(uint40 since);

    /// @notice The association that the constructor enrolled.
    function founder() external view returns (bytes32);

    /// @notice Enrol a participant with its first account. Only an association, which becomes
    ///         the enroller.
    /// @param participant the record id of the participant's first identity record
    /// @param roles mask of roles, in force from this block
    /// @param account its first account, in force from this block
    /// @param scopes mask of scopes of that account
    /// @param consent the account's own
    function enrol(
        bytes32 participant,
        uint16 roles,
        address account,
        uint16 scopes,
        Consent calldata consent
    ) external;

    /// @notice Add an account with the account's consent. Only the enroller.
    function addAccount(
        bytes32 participant,
        address account,
        uint16 scopes,
        uint40 effective,
        Consent calldata consent
    ) external;

    /// @notice Narrow or end an account's scopes: within both what was recorded last and what
    ///         is in force at `effective`. Only the enroller.
    function setScopes(address account, uint16 scopes, uint40 effective) external;

    /// @notice Set an account's scopes with its new consent, also wider ones. Only the enroller.
    function widenScopes(
        address account,
        uint16 scopes,
        uint40 effective,
        Consent calldata consent
    ) external;

    /// @notice Grant or end roles: the whole mask from `effective` on. Only the enroller.
    function setRoles(bytes32 participant, uint16 roles, uint40 effective) external;

    /// @notice Name a newer identity record. Only the enroller.
    function setProfile(bytes32 participant, bytes32 profile, uint40 effective) external;

    /// @notice Close an account of the caller's own participant. Consents that it gave before
    ///         and that were not used are void.
    function closeAccount(address account, uint40 effective) external;

    /// @notice Close an account of the caller's own participant now and say that it may be in
    ///         wrong hands. Voids nothing that was signed.
    function reportAccount(address account) external;

    /// @notice Say that an account was in wrong hands from `since` on, at or before the block's
    ///         time and earlier than said before. Closes it for good. Only the enroller.
    function setCompromised(address account, uint40 since) external;

    /// @notice Grant or end a certifier's accreditation for a scheme; `effective` may reach
    ///         back. Any association.
    /// @param scheme keccak256 of the scheme id's UTF-8
    function accredit(bytes32 certifier, bytes32 scheme, bool granted, uint40 effective) external;

    /// @notice The account's participant, provided that the account is open, has `scope` and
    ///         its participant all of `roles`, at the block's time; reverts otherwise.
    /// @param scope mask of scopes, 0: any open account
    /// @param roles mask of roles, 0: any participant
    function requireEntitled(address account, uint16 scope, uint16 roles)
        external
        view
        returns (bytes32 participant);

    /// @notice Whether the participant has all of `roles` at the block's time.
    function hasRole(bytes32 participant, uint16 roles) external view returns (bool);

    /// @notice The participant that the account belongs to for ever; zero: none.
    function participantIdOf(address account) external view returns (bytes32);

    /// @notice An account's whole history.
    function accountOf(address account) external view returns (Account memory);

    /// @notice A participant's whole history.
    function participantOf(bytes32 participant) external view returns (Participant memory);

    /// @notice The whole history of a certifier's accreditation for a scheme.
    function accreditationsOf(bytes32 certifier, bytes32 scheme)
        external
        view
        returns (Accreditation[] memory);
}

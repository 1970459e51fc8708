// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Roles, Scopes} from "./base/Entitlements.sol";
import {Entry, Histories} from "./base/Histories.sol";
import {NetworkBound} from "./base/NetworkBound.sol";
import {
    Account,
    Accreditation,
    Compromise,
    Consent,
    IParticipantRegistry,
    Participant,
    ProfileEntry
} from "./interfaces/IParticipantRegistry.sol";

/// @title ParticipantRegistry
/// @notice See {IParticipantRegistry}.
contract ParticipantRegistry is IParticipantRegistry, NetworkBound, EIP712, Nonces {
    using Histories for Entry[];

    bytes32 private constant CONSENT_TYPEHASH = keccak256(
        "AccountConsent(bytes32 participant,bytes32 enroller,address account,uint16 scopes,uint256 nonce,uint256 deadline)"
    );

    /// @inheritdoc IParticipantRegistry
    bytes32 public immutable founder;

    mapping(bytes32 participant => Participant) private _participants;
    mapping(address account => Account) private _accounts;
    mapping(bytes32 certifier => mapping(bytes32 scheme => Accreditation[])) private
        _accreditations;

    /// @param founder_ the founding association: the record id of its own identity record
    /// @param scopes scopes of its first account, the deployer, whose transaction is its consent
    constructor(bytes32 genesisHash_, bytes32 founder_, uint16 scopes)
        NetworkBound(genesisHash_)
        EIP712("Filiera ParticipantRegistry", "1")
    {
        founder = founder_;
        _enrol(founder_, founder_, Roles.ASSOCIATION);
        _admit(founder_, msg.sender, scopes, 0);
    }

    /// @inheritdoc IParticipantRegistry
    function enrol(
        bytes32 participant,
        uint16 roles,
        address account,
        uint16 scopes,
        Consent calldata consent
    ) external {
        bytes32 enroller = _association();
        _enrol(participant, enroller, roles);
        _useConsent(participant, enroller, account, scopes, consent);
        _admit(participant, account, scopes, 0);
    }

    /// @inheritdoc IParticipantRegistry
    function addAccount(
        bytes32 participant,
        address account,
        uint16 scopes,
        uint40 effective,
        Consent calldata consent
    ) external {
        bytes32 enroller = _onlyEnroller(participant);
        _useConsent(participant, enroller, account, scopes, consent);
        _admit(participant, account, scopes, effective);
    }

    /// @inheritdoc IParticipantRegistry
    function setScopes(address account, uint16 scopes, uint40 effective) external {
        (bytes32 participant,) = _onlyKeeper(account);
        Entry[] storage history = _accounts[account].scopes;
        uint16 held = history.latest() & history.at(Histories.notBefore(effective));
        if (scopes & ~held != 0) revert ConsentNeeded(account, scopes);
        _setScopes(participant, account, scopes, effective);
    }

    /// @inheritdoc IParticipantRegistry
    function widenScopes(
        address account,
        uint16 scopes,
        uint40 effective,
        Consent calldata consent
    ) external {
        (bytes32 participant, bytes32 enroller) = _onlyKeeper(account);
        if (_accounts[account].compromises.length != 0) revert CompromisedAccount(account);
        _useConsent(participant, enroller, account, scopes, consent);
        _setScopes(participant, account, scopes, effective);
    }

    /// @inheritdoc IParticipantRegistry
    function setRoles(bytes32 participant, uint16 roles, uint40 effective) external {
        _onlyEnroller(participant);
        _setRoles(participant, roles, effective);
    }

    /// @inheritdoc IParticipantRegistry
    function setProfile(bytes32 participant, bytes32 profile, uint40 effective) external {
        _onlyEnroller(participant);
        _setProfile(participant, profile, effective);
    }

    /// @inheritdoc IParticipantRegistry
    function closeAccount(address account, uint40 effective) external {
        _setScopes(_own(account), account, 0, effective);
        _useNonce(account);
    }

    /// @inheritdoc IParticipantRegistry
    function reportAccount(address account) external {
        bytes32 participant = _own(account);
        _setScopes(participant, account, 0, 0);
        _useNonce(account);
        emit AccountReported(participant, account, msg.sender);
    }

    /// @inheritdoc IParticipantRegistry
    function setCompromised(address account, uint40 since) external {
        (bytes32 participant,) = _onlyKeeper(account);
        Compromise[] storage said = _accounts[account].compromises;
        uint40 nowTime = uint40(block.timestamp);
        bool first = said.length == 0;
        if (since > nowTime || (!first && since >= said[said.length - 1].since)) {
            revert CompromisedSinceInvalid(since);
        }
        said.push(Compromise(since, nowTime, msg.sender));
        if (first) _setScopes(participant, account, 0, 0);
        emit AccountCompromised(participant, account, since);
    }

    /// @inheritdoc IParticipantRegistry
    function accredit(bytes32 certifier, bytes32 scheme, bool granted, uint40 effective)
        external
    {
        bytes32 association = _association();
        if (_participants[certifier].enroller == 0) revert ParticipantUnknown(certifier);
        uint40 from = Histories.orNow(effective);
        _accreditations[certifier][scheme].push(
            Accreditation(from, uint40(block.timestamp), granted, msg.sender, association)
        );
        emit AccreditationSet(certifier, scheme, association, granted, from);
    }

    /// @inheritdoc IParticipantRegistry
    function hasRole(bytes32 participant, uint16 roles) public view returns (bool) {
        return _participants[participant].roles.at(block.timestamp) & roles == roles;
    }

    /// @inheritdoc IParticipantRegistry
    function participantIdOf(address account) external view returns (bytes32) {
        return _accounts[account].participant;
    }

    /// @inheritdoc IParticipantRegistry
    function accountOf(address account) external view returns (Account memory) {
        return _accounts[account];
    }

    /// @inheritdoc IParticipantRegistry
    function participantOf(bytes32 participant) external view returns (Participant memory) {
        return _participants[participant];
    }

    /// @inheritdoc IParticipantRegistry
    function accreditationsOf(bytes32 certifier, bytes32 scheme)
        external
        view
        returns (Accreditation[] memory)
    {
        return _accreditations[certifier][scheme];
    }

    /// @inheritdoc IParticipantRegistry
    function requireEntitled(address account, uint16 scope, uint16 roles)
        public
        view
        returns (bytes32 participant)
    {
        Account storage caller = _accounts[account];
        participant = caller.participant;
        if (participant == 0) revert AccountUnknown(account);
        uint16 held = caller.scopes.at(block.timestamp);
        if (held == 0) revert AccountNotOpen(account);
        if (held & scope != scope) revert ScopeMissing(account, scope);
        if (roles != 0 && !hasRole(participant, roles)) revert RoleMissing(participant, roles);
    }

    /// @dev The calling association's participant id.
    function _association() private view returns (bytes32) {
        return requireEntitled(msg.sender, Scopes.RECORDS, Roles.ASSOCIATION);
    }

    /// @dev The enroller of `participant`, which must be the calling association.
    function _onlyEnroller(bytes32 participant) private view returns (bytes32 enroller) {
        bytes32 caller = _association();
        enroller = _participants[participant].enroller;
        if (enroller == 0) revert ParticipantUnknown(participant);
        if (enroller != caller) revert NotEnroller(participant, caller);
    }

    /// @dev The account's participant and its enroller, which must be the calling association.
    function _onlyKeeper(address account)
        private
        view
        returns (bytes32 participant, bytes32 enroller)
    {
        participant = _accounts[account].participant;
        if (participant == 0) revert AccountUnknown(account);
        enroller = _onlyEnroller(participant);
    }

    /// @dev The participant of the calling account, to which `account` must belong too.
    function _own(address account) private view returns (bytes32 participant) {
        participant = requireEntitled(msg.sender, 0, 0);
        if (_accounts[account].participant != participant) {
            revert NotOwnAccount(account, participant);
        }
    }

    function _enrol(bytes32 participant, bytes32 enroller, uint16 roles) private {
        if (participant == 0) revert ParticipantIdZero();
        if (_participants[participant].enroller != 0) {
            revert ParticipantEnrolledAlready(participant);
        }
        _participants[participant].enroller = enroller;
        emit ParticipantEnrolled(participant, enroller);
        _setProfile(participant, participant, 0);
        _setRoles(participant, roles, 0);
    }

    function _admit(bytes32 participant, address account, uint16 scopes, uint40 effective)
        private
    {
        bytes32 owner = _accounts[account].participant;
        if (owner != 0) revert AccountTaken(account, owner);
        _accounts[account].participant = participant;
        emit AccountAdded(participant, account);
        _setScopes(participant, account, scopes, effective);
    }

    function _setProfile(bytes32 participant, bytes32 profile, uint40 effective) private {
        uint40 from = Histories.notBefore(effective);
        _participants[participant].profiles.push(
            ProfileEntry(from, uint40(block.timestamp), msg.sender, profile)
        );
        emit ProfileSet(participant, profile, from);
    }

    function _setRoles(bytes32 participant, uint16 roles, uint40 effective) private {
        uint40 from = _participants[participant].roles.append(roles, effective);
        emit RolesSet(participant, roles, from);
    }

    function _setScopes(bytes32 participant, address account, uint16 scopes, uint40 effective)
        private
    {
        uint40 from = _accounts[account].scopes.append(scopes, effective);
        emit ScopesSet(participant, account, scopes, from);
    }

    /// @dev Checks and uses up the account's consent, which binds every argument.
    function _useConsent(
        bytes32 participant,
        bytes32 enroller,
        address account,
        uint16 scopes,
        Consent calldata consent
    ) private {
        if (block.timestamp > consent.deadline) revert ConsentExpired(consent.deadline);
        _useCheckedNonce(account, consent.nonce);
        bytes32 digest = _hashTypedDataV4(
            keccak256(
                abi.encode(
                    CONSENT_TYPEHASH,
                    participant,
                    enroller,
                    account,
                    scopes,
                    consent.nonce,
                    consent.deadline
                )
            )
        );
        (address signer, ECDSA.RecoverError failure,) =
            ECDSA.tryRecover(digest, consent.signature);
        if (failure != ECDSA.RecoverError.NoError || signer != account) {
            revert ConsentInvalid(account);
        }
    }
}

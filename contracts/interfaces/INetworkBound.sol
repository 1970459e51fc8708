// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title A contract that knows which network it belongs to
/// @notice Both values are immutables, so the hash of the deployed code is the network's own:
///         a verifier that pins the code hash has pinned the network.
interface INetworkBound {
    /// @notice The EIP-155 chain id of the network.
    function chainId() external view returns (uint256);

    /// @notice The hash of the network's genesis block, as the deployer stated it.
    function genesisHash() external view returns (bytes32);
}

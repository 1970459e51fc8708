// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {INetworkBound} from "../interfaces/INetworkBound.sol";

/// @title Base of every registry: chain id and genesis hash as immutables
abstract contract NetworkBound is INetworkBound {
    /// @inheritdoc INetworkBound
    uint256 public immutable chainId;

    /// @inheritdoc INetworkBound
    bytes32 public immutable genesisHash;

    constructor(bytes32 genesisHash_) {
        chainId = block.chainid;
        genesisHash = genesisHash_;
    }
}

// SPDX-License-Identifier: Apache-2.0
// The local chain: one process, memory only, a new genesis at every start.
// Start it with
//   hardhat node --hostname 127.0.0.1 --port PORT
// Contracts are compiled by scripts/compile_contracts.py, never by Hardhat.

/** @type {import("hardhat/config").HardhatUserConfig} */
module.exports = {
  solidity: "0.8.28",
  // Away from contracts/, so that Hardhat never compiles (nor looks for a compiler).
  paths: { sources: "./none", cache: "./node_modules/.cache/hardhat", artifacts: "./node_modules/.cache/artifacts" },
  networks: {
    hardhat: {
      chainId: 952952,
      hardfork: "london",
      // Nobody pays for gas: a participant's fresh account transacts without funds.
      gasPrice: 0,
      initialBaseFeePerGas: 0,
      // So large that no block is half full: the base fee of EIP-1559 then stays zero.
      blockGasLimit: 1_000_000_000,
      // Keys with a published mnemonic have no place on a chain whose signatures count.
      accounts: [],
      mining: { auto: true, interval: 0 },
      // Many transactions in one second stay in that second; else each would push the
      // chain's clock one second further into the future.
      allowBlocksWithSameTimestamp: true,
    },
  },
};

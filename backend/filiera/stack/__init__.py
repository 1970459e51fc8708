# SPDX-License-Identifier: Apache-2.0
"""The programs that a local Filiera runs on: found, built, started, stopped.

Only the command line uses this package. It works from a source checkout, where
`hardhat_local/` and `scripts/kubo/` say which chain and which IPFS node to run.
"""

// SPDX-License-Identifier: Apache-2.0

//go:build tools

// Package geth pins the node of the four-party network: go.mod says which version,
// go.sum says which bytes of every module that it is built from. 1.13.15 is the last
// geth that seals by Clique.
package geth

import _ "github.com/ethereum/go-ethereum/cmd/geth"

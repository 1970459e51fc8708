// SPDX-License-Identifier: Apache-2.0

//go:build tools

// Package kubo pins the IPFS node that Filiera runs: go.mod says which version,
// go.sum says which bytes of every module that it is built from.
package kubo

import _ "github.com/ipfs/kubo/cmd/ipfs"

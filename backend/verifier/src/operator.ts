// SPDX-License-Identifier: Apache-2.0
// Seals of kind "operator": one pinned address signs the block (docs/proof.md 4). It is one
// operator's word, and says so.

import { concat, fromBigInt, keccak256, unhex, utf8, type Bytes } from "./bytes.ts";
import type { Header } from "./header.ts";
import { answer, signerOf, type SealAnswer, type Sealed } from "./sealing.ts";
import type { TrustFile } from "./trust.ts";

const DOMAIN = utf8("Filiera operator seal v1");

/** What the operator signs: domain, chain, genesis, number and hash; numbers are 32 bytes. */
export function operatorDigest(trust: TrustFile, header: Header): Bytes {
  const chain = fromBigInt(BigInt(trust.chainId), 32);
  const genesis = unhex(trust.genesisHash.slice(2));
  const number = fromBigInt(header.number, 32);
  return keccak256(concat(DOMAIN, chain, genesis, number, unhex(header.hash)));
}

export function checkOperator({ headers, operatorSeal }: Sealed, trust: TrustFile): SealAnswer {
  const header = headers[0]!;
  if (operatorSeal === null) return answer("seal-missing", header.hash);
  const signer = signerOf(operatorDigest(trust, header), operatorSeal);
  if (signer === null || !trust.seal.validators.includes(signer)) {
    return answer("seal-foreign", header.hash, { operatorSeal: true });
  }
  return answer("seal-operator-ok", header.hash, { signers: [signer], operatorSeal: true });
}

// SPDX-License-Identifier: Apache-2.0
// Whether a block is sealed by those whom the trust file pins (docs/proof.md 4). One table from
// the kind of seal to its check; the kind comes from the trust file alone.

import { checkClique } from "./clique.ts";
import { checkOperator } from "./operator.ts";
import { checkQbft } from "./qbft.ts";
import { outcomeOfCode } from "./reasons.ts";
import { answer, type SealAnswer, type Sealed } from "./sealing.ts";
import type { SealKind, TrustFile } from "./trust.ts";

const SEALS: Record<SealKind, (sealed: Sealed, trust: TrustFile) => SealAnswer> = {
  operator: checkOperator,
  clique: checkClique,
  qbft: checkQbft,
};

/** The answer to the check "seal" about the first of the headers. */
export function checkSeal(sealed: Sealed, trust: TrustFile): SealAnswer {
  let found = SEALS[trust.seal.kind](sealed, trust);
  if (sealed.headers[0]!.number < BigInt(trust.seal.fromBlock)) {
    const params = { number: String(trust.seal.fromBlock) };
    found = { ...found, code: "seal-older-set", params, signers: [] };
  }
  const pinned = trust.pinnedBlocks.includes("0x" + found.blockHash);
  if (!pinned || outcomeOfCode(found.code) === "proven") return found;
  return answer("seal-pinned-ok", found.blockHash);
}

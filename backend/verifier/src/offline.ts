// SPDX-License-Identifier: Apache-2.0
// `verifyBundle`: the verdict about a bundle by a pinned trust file alone (docs/proof.md).
// What is in a bundle and was not needed is refused.

import type { Hex } from "./bytes.ts";
import type { Bundle } from "./bundle.ts";
import type { Presented } from "./evidence.ts";
import { InputFault } from "./fault.ts";
import { parseHeader, type Header } from "./header.ts";
import type { RecordLink } from "./links.ts";
import type { Code } from "./reasons.ts";
import type { SealAnswer } from "./sealing.ts";
import { checkSeal } from "./seals.ts";
import { addFacts, noFacts, openState } from "./storage.ts";
import { NodePool } from "./trie.ts";
import { trustOf, type TrustFile } from "./trust.ts";
import { PASSPORT, type Check, type Verdict } from "./verdict.ts";
import { verify } from "./verify.ts";
import { ROUNDS, wanted, type ReadRecord } from "./wanted.ts";

/** Seconds by which a block may lie after `now`, for clocks that are set wrongly. */
const SLACK = 86_400;
/** What is missing where a fact that is to be read is not there. */
const WITHHELD = "those whose word it rests on";

export interface Options {
  /** Seconds since 1970 UTC. */
  now: number;
  subject?: string | undefined;
  documents?: Map<Hex, Hex> | undefined;
  /** Seconds; tightens the trust file's. */
  maxAge?: number | undefined;
}

/** A verdict from storage, and what the chain itself rests on. */
export interface BundleVerdict extends Verdict {
  seal: string;
}

/** The verdict about a bundle; throws InputFault for a header, node or record that is none. */
export function verifyBundle(bundle: Bundle, trust: TrustFile, options: Options): BundleVerdict {
  const records = byId(bundle.records);
  const headers = bundle.headers.map(parseHeader);
  const header = headers[0]!;
  const seal = checkSeal({ headers, operatorSeal: bundle.operatorSeal }, trust);
  const pool = new NodePool(bundle.nodes);
  const state = openState(header.stateRoot, trust, pool);
  const read = readable(records);
  const facts = noFacts(trust, { number: header.number, hash: seal.blockHash, time: header.time });
  for (let round = 0; round < ROUNDS; round++) {
    if (!addFacts(facts, state, wanted([...read.values()], facts))) break;
  }
  const own = bundle.records[0]!.id();
  const evidence = { own, records, facts, documents: options.documents ?? new Map<Hex, Hex>() };
  const product = options.subject || (read.get(own)?.statement.subject ?? "");
  const verdict = verify(evidence, trustOf(trust), product);
  const surplus = surplusOf(bundle, records, verdict, seal, pool);
  const missing = Object.values(wanted([...read.values()], facts)).some((each) => each.length > 0);
  // No other check may have needed it: who leaves it out would have a say in the verdict.
  const withheld = surplus === "bundle-ok" && missing;
  const ground: Check[] = [
    { subject: PASSPORT, check: "seal", code: seal.code, params: seal.params },
    { subject: PASSPORT, check: "state", code: state.code, params: state.params },
    { subject: PASSPORT, check: "age", code: ageOf(header, trust, options), params: {} },
    withheld
      ? { subject: PASSPORT, check: "bundle", code: "fact-missing", params: { what: WITHHELD } }
      : { subject: PASSPORT, check: "bundle", code: surplus, params: {} },
  ];
  return { ...verdict, checks: [...ground, ...verdict.checks], seal: sealWords(seal, trust) };
}

/** What a bundle says by itself: without a trust file nothing of the chain can be checked. */
export function verifyWithoutTrust(bundle: Bundle, options: Options): BundleVerdict {
  const records = byId(bundle.records);
  const own = bundle.records[0]!.id();
  const subject = options.subject || (readable(records).get(own)?.statement.subject ?? "");
  const documents = options.documents ?? new Map<Hex, Hex>();
  const trust = { chainId: "", genesisHash: "", founders: new Set<Hex>() };
  return { ...verify({ own, records, facts: null, documents }, trust, subject), seal: "no trust file" };
}

/** The documents that the bundle's records name. */
export function documentLinks(bundle: Bundle): RecordLink[] {
  const links = [...readable(byId(bundle.records)).values()].flatMap((each) => each.statement.links);
  return links.filter((link) => link.kind === "document");
}

function byId(records: readonly Presented[]): Map<Hex, Presented> {
  const found = new Map(records.map((each) => [each.id(), each]));
  if (found.size !== records.length) {
    throw new InputFault("bundle-malformed", "A record is there twice.");
  }
  return found;
}

function readable(records: Map<Hex, Presented>): Map<Hex, ReadRecord> {
  const read = new Map<Hex, ReadRecord>();
  for (const [id, each] of records) {
    try {
      const [signed, statement] = [each.signed(), each.statement()];
      read.set(id, { signed, statement, inclusion: each.inclusion });
    } catch (error) {
      if (!(error instanceof InputFault)) throw error; // else `verify` says of it why
    }
  }
  return read;
}

/** The code for a block's age: one recent header proves the past, an old one nothing since. */
function ageOf(header: Header, trust: TrustFile, { now, maxAge }: Options): Code {
  const oldest = now - Math.min(trust.maximumAge, maxAge ?? trust.maximumAge);
  const time = Number(header.time);
  if (header.number < BigInt(trust.minimumBlock)) return "header-below-minimum";
  if (time > now + SLACK) return "header-in-future";
  return time < oldest ? "header-too-old" : "age-ok";
}

/** Whether everything in the bundle was needed, each thing in its place. */
function surplusOf(
  bundle: Bundle,
  records: Map<Hex, Presented>,
  verdict: Verdict,
  seal: SealAnswer,
  pool: NodePool,
): Code {
  const asked = verdict.asked.filter((record) => records.has(record));
  if (asked.length !== records.size) return "bundle-surplus";
  if (asked.join() !== [...records.keys()].join()) return "bundle-order";
  const sealed = bundle.operatorSeal !== null;
  if (bundle.headers.length !== seal.headers || sealed !== seal.operatorSeal) {
    return "bundle-surplus";
  }
  const names = [...pool.nodes.keys()];
  if (pool.used.size !== names.length || names.length !== bundle.nodes.length) {
    return "bundle-surplus";
  }
  return names.every((name, at) => at === 0 || names[at - 1]! < name) ? "bundle-ok" : "bundle-order";
}

/** What the chain rests on; English in every locale. */
function sealWords(seal: SealAnswer, trust: TrustFile): string {
  if (trust.seal.kind === "operator") return "one operator's word";
  return `sealed by ${seal.signers.length} of ${trust.seal.validators.length} validators`;
}

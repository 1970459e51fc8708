// SPDX-License-Identifier: Apache-2.0
// Reads cases as tests/verifier/wire.py writes them, and writes the verdicts likewise.

import { readFileSync } from "node:fs";

import type { ChainFacts } from "../../backend/verifier/src/facts.ts";
import { Presented, type Evidence, type Trust } from "../../backend/verifier/src/evidence.ts";
import { pair } from "../../backend/verifier/src/facts.ts";
import { unhex } from "../../backend/verifier/src/bytes.ts";
import { verify } from "../../backend/verifier/src/verify.ts";
import { replaced, said } from "./said.ts";

/* eslint-disable @typescript-eslint/no-explicit-any */
type Given = any;

function facts(given: Given): ChainFacts | null {
  if (given === null) return null;
  const values = (name: string): Given[] => given[name];
  return {
    source: given.source,
    chainId: given.chainId,
    genesisHash: given.genesisHash,
    block: given.block,
    accounts: new Map(values("accounts").map((each) => [each.address, each])),
    participants: new Map(values("participants").map((each) => [each.id, each])),
    anchors: new Map(values("anchors").map((each) => [pair(each.anchorer, each.root), each])),
    statuses: new Map(values("statuses").map(([one, other, said]) => [pair(one, other), said])),
    findings: new Map(given.findings),
  };
}

function evidence(given: Given): Evidence {
  const records = given.records.map(([id, jws, inclusion]: Given) => [
    id,
    new Presented(unhex(jws), inclusion && { ...inclusion, path: inclusion.path.map(unhex) }),
  ]);
  return {
    own: given.own,
    records: new Map(records),
    facts: facts(given.facts),
    documents: new Map(given.documents),
  };
}

function trust(given: Given): Trust {
  return { ...given, founders: new Set(given.founders) };
}

const revived = (_: string, value: unknown): unknown =>
  typeof value === "string" && /^-?[0-9]+n$/.test(value) ? BigInt(value.slice(0, -1)) : value;

const cases: Given[] = JSON.parse(readFileSync(0, "utf8"), revived);
const verdicts = cases.map((each) =>
  said(verify(evidence(each.evidence), trust(each.trust), each.subject)),
);
process.stdout.write(JSON.stringify(verdicts, replaced));

// SPDX-License-Identifier: Apache-2.0
// Races the whole verification of bundles against the signatures in them, in whatever engine
// runs it: `race` is put on globalThis, for Node and for a page alike.

import { secp256k1 } from "@noble/curves/secp256k1.js";

import { parseBundle } from "../../backend/verifier/src/bundle.ts";
import { concat, sha256, utf8 } from "../../backend/verifier/src/bytes.ts";
import { parseHeader } from "../../backend/verifier/src/header.ts";
import { operatorDigest } from "../../backend/verifier/src/operator.ts";
import { report } from "../../backend/verifier/src/report.ts";
import { parseTrust } from "../../backend/verifier/src/trust.ts";

/** One bundle and its trust file, as texts; `now` in seconds since 1970 UTC. */
interface Subject {
  name: string;
  bundle: string;
  trust: string;
  now: number;
}

/** How many signatures a subject has, and milliseconds by contender, one number a round. */
interface Found {
  signatures: Record<string, number>;
  times: Record<string, number[]>;
}

type Run = () => void;

/** Runs before the first that counts, until an engine has compiled what is hot. */
const WARM = 5;

/** What was raced, by name: `turn` runs one for who holds another watch. */
const raced = new Map<string, Run>();
const turn = (name: string): void => raced.get(name)!();

function race(subjects: Subject[], rounds: number): Found {
  const found: Found = { signatures: {}, times: {} };
  const contenders = subjects.flatMap((subject): [string, Run][] => {
    const runs = floor(subject);
    found.signatures[subject.name] = runs.length;
    return [[`floor of ${subject.name}`, () => runs.forEach((run) => run())],
      [subject.name, whole(subject)]];
  });
  for (const [name, run] of contenders) raced.set(name, run);
  for (const [name, run] of contenders) {
    found.times[name] = [];
    for (let again = 0; again < WARM; again++) run();
  }
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of contenders) found.times[name]!.push(timed(run));
    contenders.reverse();
  }
  return found;
}

function timed(run: Run): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** The verdict from the bytes of both files, as the page and the command reach it. */
function whole({ bundle, trust, now }: Subject): Run {
  const [data, trusted] = [utf8(bundle), utf8(trust)];
  return () => {
    const found = report({ bundle: data, trust: parseTrust(trusted), documents: new Map(), now });
    if (found.outcome !== "proven") throw new Error("what is measured must be proven");
  };
}

/** One noble verification a record, one recovery for the operator's seal; digests at hand. */
function floor({ bundle, trust }: Subject): Run[] {
  const { records, headers, operatorSeal } = parseBundle(utf8(bundle));
  const verifications = records.map(({ jws, signed }): Run => {
    const { signature, publicKey } = signed();
    const digest = sha256(jws.subarray(0, jws.length - 87));
    return () => held(secp256k1.verify(signature, digest, publicKey, { prehash: false }));
  });
  const digest = operatorDigest(parseTrust(utf8(trust)), parseHeader(headers[0]!));
  const seal = concat(operatorSeal!.subarray(64), operatorSeal!.subarray(0, 64));
  const recovery = () =>
    held(secp256k1.recoverPublicKey(seal, digest, { prehash: false }).length > 0);
  return [...verifications, recovery];
}

function held(holds: boolean): void {
  if (!holds) throw new Error("a signature that does not hold is no yardstick");
}

Object.assign(globalThis, { race, turn });

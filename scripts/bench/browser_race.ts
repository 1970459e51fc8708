// SPDX-License-Identifier: Apache-2.0
// Races the whole verification of bundles against the signatures in them, in whatever engine
// runs it: `race` is put on globalThis, for Node and for a page alike.

import { secp256k1 } from "@noble/curves/secp256k1.js";

import { parseBundle, type Bundle } from "../../backend/verifier/src/bundle.ts";
import { concat, sha256, utf8, type Bytes } from "../../backend/verifier/src/bytes.ts";
import { cliqueHash } from "../../backend/verifier/src/clique.ts";
import { parseHeader, type Header } from "../../backend/verifier/src/header.ts";
import { operatorDigest } from "../../backend/verifier/src/operator.ts";
import { commitHash, parseExtra } from "../../backend/verifier/src/qbft.ts";
import { report } from "../../backend/verifier/src/report.ts";
import { SEAL_LENGTH } from "../../backend/verifier/src/sealing.ts";
import { parseTrust, type TrustFile } from "../../backend/verifier/src/trust.ts";

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
    const { verify, verifyDigest, recover } = floors(subject);
    found.signatures[subject.name] = verify.length + recover.length;
    return [
      [`floor of ${subject.name}`, all([...verify, ...recover])],
      [`bare floor of ${subject.name}`, all([...verifyDigest, ...recover])],
      [subject.name, whole(subject)],
    ];
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

const all = (runs: Run[]): Run => () => runs.forEach((run) => run());

/**
 * One noble verification a record, of what was signed or of its digest, and one recovery a seal,
 * of its digest: noble's verification takes SHA-256 by itself, seals are over Keccak-256.
 */
function floors(subject: Subject): { verify: Run[]; verifyDigest: Run[]; recover: Run[] } {
  const [bundle, trust] = [parseBundle(utf8(subject.bundle)), parseTrust(utf8(subject.trust))];
  const records = bundle.records.map(({ jws, signed }) => {
    const { signature, publicKey } = signed();
    const message = jws.slice(0, jws.length - 87);
    return { signature, publicKey, message, digest: sha256(message) };
  });
  return {
    verify: records.map(({ signature, message, publicKey }) => () =>
      held(secp256k1.verify(signature, message, publicKey))),
    verifyDigest: records.map(({ signature, digest, publicKey }) => () =>
      held(secp256k1.verify(signature, digest, publicKey, { prehash: false }))),
    recover: sealsOf(bundle, trust).map(([digest, seal]) => () =>
      held(secp256k1.recoverPublicKey(recovered(seal), digest, { prehash: false }).length > 0)),
  };
}

/** What each seal of a bundle is over, and the seal, r || s || v. */
function sealsOf({ headers, operatorSeal }: Bundle, trust: TrustFile): [Bytes, Bytes][] {
  const read = headers.map((each) => parseHeader(each));
  return SEALS[trust.seal.kind]!(read, operatorSeal, trust);
}

type Seals = (headers: Header[], operatorSeal: Bytes | null, trust: TrustFile) => [Bytes, Bytes][];

const SEALS: Record<string, Seals> = {
  operator: ([header], seal, trust) => [[operatorDigest(trust, header!), seal!]],
  clique: (headers) => headers.map((each) => [cliqueHash(each), each.extra.slice(-SEAL_LENGTH)]),
  qbft: ([header]) =>
    parseExtra(header!.extra).seals.map((seal) => [commitHash(header!), seal]),
};

/** As noble has it: v || r || s. */
const recovered = (seal: Bytes): Bytes => concat(seal.subarray(64), seal.subarray(0, 64));

function held(holds: boolean): void {
  if (!holds) throw new Error("a signature that does not hold is no yardstick");
}

Object.assign(globalThis, { race, turn });

// SPDX-License-Identifier: Apache-2.0
// Runs every vector of tests/vectors, as its README says, and writes for each the verdict
// document, or the code of what is wrong.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { hex, sha256, type Bytes } from "../../backend/verifier/src/bytes.ts";
import { verdictJson } from "../../backend/verifier/src/document.ts";
import { InputFault } from "../../backend/verifier/src/fault.ts";
import { report } from "../../backend/verifier/src/report.ts";
import { parseTrust } from "../../backend/verifier/src/trust.ts";

interface Vector {
  bundle: string;
  trust: string | null;
  now: number;
  subject: string | null;
  maxAge: number | null;
  requireDocuments: boolean;
  documents: Record<string, string>;
}

const folder = "tests/vectors";
const bytes = (path: string): Bytes => new Uint8Array(readFileSync(join(folder, path)));

function answer(given: Vector): unknown {
  const documents = Object.entries(given.documents);
  try {
    const found = report({
      bundle: bytes(given.bundle),
      trust: given.trust === null ? null : parseTrust(bytes(given.trust)),
      documents: new Map(documents.map(([name, path]) => [name, hex(sha256(bytes(path)))])),
      now: given.now,
      subject: given.subject ?? undefined,
      maxAge: given.maxAge ?? undefined,
      requireDocuments: given.requireDocuments,
    });
    return { document: verdictJson(found) };
  } catch (error) {
    if (error instanceof InputFault) return { error: error.code };
    throw error;
  }
}

const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
const answers = names.map((name) => [
  name.slice(0, -".json".length),
  answer(JSON.parse(readFileSync(join(folder, name), "utf8")) as Vector),
]);
process.stdout.write(JSON.stringify(Object.fromEntries(answers)));

// SPDX-License-Identifier: Apache-2.0
// `node verify.mjs FILE --trust TRUST`: exit 0 proven, 1 disproven, 2 wrong use, 3 could not check.

import { createHash } from "node:crypto";
import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { parseArgs } from "node:util";

import { MAX_BYTES } from "./bundle.ts";
import type { Bytes, Hex } from "./bytes.ts";
import { unpacked } from "./cli-gzip.ts";
import { verdictJson } from "./document.ts";
import { InputFault } from "./fault.ts";
import { productMeant } from "./product.ts";
import type { Language, Outcome } from "./reasons.ts";
import { report } from "./report.ts";
import { clean, shown } from "./terminal.ts";
import { MAX_TRUST, parseTrust, type TrustFile } from "./trust.ts";

const USAGE = `Usage: node verify.mjs FILE [--trust TRUST] [--subject ID] [--documents FOLDER]
                       [--require-documents] [--max-age 7d] [--json]
Checks the bundle FILE (JSON, or gzip of it) by the trust file alone and asks
nobody. Exit codes: 0 proven, 1 disproven, 2 wrong use, 3 could not check.
`;
const EXITS: Record<Outcome, number> = { proven: 0, disproven: 1, unknown: 3 };
const SECONDS: Record<string, number> = { d: 86_400, h: 3_600, m: 60, s: 1 };
/** Columns beyond which text is only harder to read. */
const WIDEST = 110;

/** Wrong use: what to say on standard error. */
class Usage extends Error {}

function main(): number {
  const { file, options } = read();
  if (file === null) {
    process.stdout.write(USAGE);
    return 0;
  }
  const language = languageOf();
  const given = bytesOf(file, MAX_BYTES);
  const asked = {
    bundle: unpacked(given),
    trust: options.trust === undefined ? null : trustIn(options.trust),
    documents: documentsIn(options.documents),
    now: Math.floor(Date.now() / 1000),
    subject: options.subject === undefined ? undefined : meant(options.subject),
    maxAge: options["max-age"] === undefined ? undefined : secondsOf(options["max-age"]),
    requireDocuments: options["require-documents"],
  };
  const found = report(asked);
  const width = Math.min(process.stdout.columns ?? 80, WIDEST);
  process.stdout.write(options.json ? verdictJson(found) + "\n" : shown(found, language, width));
  return EXITS[found.outcome];
}

function read() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        trust: { type: "string" },
        subject: { type: "string" },
        documents: { type: "string" },
        "require-documents": { type: "boolean" },
        "max-age": { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) return { file: null, options: values };
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) throw new Usage("There must be one FILE.");
    return { file, options: values };
  } catch (error) {
    throw error instanceof Usage ? error : new Usage((error as Error).message);
  }
}

function secondsOf(duration: string): number {
  const match = /^([0-9]{1,9})([dhms])$/.exec(duration);
  if (!match) throw new Usage("--max-age is a number and d, h, m or s: 7d.");
  return Number(match[1]) * SECONDS[match[2]!]!;
}

function meant(subject: string): string {
  return orUsage("--subject", () => productMeant(subject));
}

/** What `read` gives; a fault of what it reads is one of how the command was used. */
function orUsage<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputFault) throw new Usage(`${where}: ${error.code}: ${error.message}`);
    throw error;
  }
}

function trustIn(path: string): TrustFile {
  const data = bytesOf(path, MAX_TRUST);
  return orUsage(path, () => parseTrust(data));
}

/** A file, and no more of it than one byte beyond what is allowed. */
function bytesOf(path: string, most: number): Bytes {
  try {
    const file = openSync(path, "r");
    try {
      const about = statSync(path);
      // What is no regular file, a pipe for one, does not say how long it is.
      const size = (about.isFile() ? Math.min(about.size, most) : most) + 1;
      const data = new Uint8Array(size);
      let at = 0;
      for (let got = 1; got > 0 && at < size; at += got) got = readSync(file, data, at, size - at, null);
      return data.subarray(0, at);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new Usage((error as Error).message);
  }
}

/** SHA-256 of every file in a folder, by name. */
function documentsIn(folder: string | undefined): Map<string, Hex> {
  if (folder === undefined) return new Map();
  try {
    const names = readdirSync(folder, { encoding: "buffer" }).sort(Buffer.compare);
    const paths = names.map((name): [string, Buffer] => [
      name.toString(), Buffer.concat([Buffer.from(`${folder}/`), name]),
    ]);
    return new Map(paths.filter(([, path]) => isFile(path)).map(([name, path]) => [name, hashOf(path)]));
  } catch (error) {
    throw new Usage((error as Error).message);
  }
}

function isFile(path: Buffer): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false; // a link that leads nowhere
  }
}

/** However large the file is. */
function hashOf(path: Buffer): Hex {
  const file = openSync(path, "r");
  try {
    const hash = createHash("sha256");
    const part = new Uint8Array(1 << 20);
    for (let got = 1; got > 0; hash.update(part.subarray(0, got))) got = readSync(file, part);
    return hash.digest("hex");
  } finally {
    closeSync(file);
  }
}

function languageOf(): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return (LC_ALL || LC_MESSAGES || LANG || "").toLowerCase().startsWith("it") ? "it" : "en";
}

try {
  process.exitCode = main();
} catch (error) {
  if (error instanceof Usage) {
    process.stderr.write(`${clean(error.message)}\n${USAGE}`);
    process.exitCode = 2;
  } else if (error instanceof InputFault) {
    const { code, message } = error;
    process.stderr.write(`${code}: ${clean(message)}\n`);
    process.exitCode = EXITS.unknown;
    if (process.argv.includes("--json")) {
      const said = { error: { code, message, exit: EXITS.unknown } };
      process.stdout.write(JSON.stringify(said, null, 2) + "\n");
    }
  } else throw error;
}

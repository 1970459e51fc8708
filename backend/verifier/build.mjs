// SPDX-License-Identifier: Apache-2.0
// Builds into dist/, or FOLDER: verifier.html, one file without any resource but its own;
// verify.mjs, the command; self-check.js, the module for pages. Two builds of one checkout are
// byte-equal. `node build.mjs [FOLDER] [--docs]` prints each file's SHA-256, name and size, and
// that of the page's script; `--docs` writes the same into docs/verifier.md.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const [folder = join(here, "dist")] = process.argv.slice(2).filter((each) => each !== "--docs");
const source = (name) => join(here, "src", name);

async function bundled(name, options) {
  const built = await build({
    entryPoints: [source(name)],
    absWorkingDir: here,
    bundle: true,
    minify: true,
    legalComments: "none",
    charset: "utf8",
    write: false,
    logLevel: "error",
    ...options,
  });
  return built.outputFiles[0].text;
}

const hashOf = (text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

async function page() {
  const code = await bundled("page.ts", { format: "iife", target: "es2022" });
  // Nothing in a script may look like its end.
  const script = code.replace(/<\/(?=script)/gi, "<\\/").replace(/<!--/g, "<\\!--");
  const style = (await bundled("page.css", {})).trim();
  const parts = {
    "SCRIPT-HASH": hashOf(script), "STYLE-HASH": hashOf(style), STYLE: style, SCRIPT: script,
  };
  const names = /SCRIPT-HASH|STYLE-HASH|(?<=<style>)STYLE|(?<=<script>)SCRIPT/g;
  return readFileSync(source("verifier.html"), "utf8").replace(names, (name) => parts[name]);
}

const command = () => bundled("cli.ts", { format: "esm", platform: "node", target: "node20" });
const module = () => bundled("self-check.ts", { format: "esm", target: "es2022" });

/** What is built: adding a file is a line. */
const FILES = { "verifier.html": page, "verify.mjs": command, "self-check.js": module };

const told = (text, name) => {
  const digest = createHash("sha256").update(text).digest("hex");
  return `${digest}  ${name}  ${Buffer.byteLength(text)} bytes\n`;
};

mkdirSync(folder, { recursive: true });
let said = "";
for (const [name, make] of Object.entries(FILES)) {
  const text = await make();
  writeFileSync(join(folder, name), text);
  said += told(text, name);
  if (name === "verifier.html") said += told(/<script>(.*?)<\/script>/s.exec(text)[1], "its script");
}
process.stdout.write(said);
if (process.argv.includes("--docs")) {
  const page = join(here, "../../docs/verifier.md");
  const text = readFileSync(page, "utf8").replace(/(?<=```text\n)[^`]*/, said);
  writeFileSync(page, text);
}

// SPDX-License-Identifier: Apache-2.0
// Builds dist/verifier.html, one file without any resource but its own, and dist/verify.mjs.
// Two builds of one checkout are byte-equal. `node build.mjs [FOLDER]`.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2] ?? join(here, "dist");
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
  const style = readFileSync(source("page.css"), "utf8");
  const parts = {
    "SCRIPT-HASH": hashOf(script), "STYLE-HASH": hashOf(style), STYLE: style, SCRIPT: script,
  };
  const names = /SCRIPT-HASH|STYLE-HASH|(?<=<style>)STYLE|(?<=<script>)SCRIPT/g;
  return readFileSync(source("verifier.html"), "utf8").replace(names, (name) => parts[name]);
}

mkdirSync(folder, { recursive: true });
const command = await bundled("cli.ts", { format: "esm", platform: "node", target: "node20" });
for (const [name, text] of [["verifier.html", await page()], ["verify.mjs", command]]) {
  writeFileSync(join(folder, name), text);
  const digest = createHash("sha256").update(text).digest("hex");
  process.stdout.write(`${digest}  ${name}  ${Buffer.byteLength(text)} bytes\n`);
}

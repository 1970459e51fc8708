// SPDX-License-Identifier: Apache-2.0
// Runs the verifier beside the page, which stays quick meanwhile. First comes {verifier}, the
// address of dist/self-check.js, and is answered {loaded} whether it came or not; then {href,
// bundle, trust, now, language}. The answer is {found} or {fault}, with the part that is at fault.

let loading;

addEventListener("message", async ({ data }) => {
  if (data.verifier) {
    loading = import(data.verifier);
    loading.catch(() => {}).then(() => postMessage({ loaded: true })); // said when it is needed
  } else {
    postMessage(await answer(data));
  }
});

async function answer({ href, language, ...given }) {
  let part = "unreached";
  try {
    const { productAt, selfCheck } = await loading;
    part = "address";
    const subject = productAt(href);
    part = "bundle";
    return { found: found(selfCheck({ ...given, subject, language })) };
  } catch (fault) {
    if (part === "bundle" && !(await isTrust(given.trust))) part = "trust";
    return { fault: { part, code: fault.code ?? "" } };
  }
}

/** Whether a trust file can be read: both files are read at once, and only a fault asks which. */
async function isTrust(trust) {
  const { wordsOf } = await loading;
  try {
    return wordsOf(trust, "en") !== "";
  } catch {
    return false;
  }
}

/** What a page compares and shows; each check with the name of its record. */
function found({ outcome, sentence, checks, trustWords, document }) {
  const { standing, records, steps, claims } = JSON.parse(document);
  const names = new Map(records.map(({ record, name }) => [record, name]));
  return {
    outcome,
    standing: standing.state,
    record: records.find(({ relation }) => relation === "own").record,
    steps: `${steps.proven}/${steps.of}`,
    claims: `${claims.proven}/${claims.of}`,
    sentence,
    words: trustWords,
    checks: checks.map((each) => ({ ...each, name: names.get(each.subject) ?? "" })),
  };
}

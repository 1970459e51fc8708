// SPDX-License-Identifier: Apache-2.0
// Runs the verifier beside the page, which stays quick meanwhile. First comes {verifier}, the
// address of dist/self-check.js; then {href, bundle, trust, now, language}. The answer is {found}
// or {fault}; where a fault is, is said by what was being read.

let loading;

addEventListener("message", async ({ data }) => {
  if (data.verifier) {
    loading = import(data.verifier);
    loading.catch(() => {}); // said when it is needed
  } else {
    postMessage(await answer(data));
  }
});

async function answer({ href, language, ...given }) {
  let part = "unreached";
  try {
    const { productAt, selfCheck, wordsOf } = await loading;
    part = "address";
    const subject = productAt(href);
    part = "trust";
    wordsOf(given.trust, language);
    part = "bundle";
    return { found: found(selfCheck({ ...given, subject, language })) };
  } catch (fault) {
    return { fault: { part, code: fault.code ?? "" } };
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

// SPDX-License-Identifier: Apache-2.0
// The browser's own verdict about the product in its address bar, beside the server's; where the
// two differ, that heads the page. Every word comes from templates/self-check.html; what is proven
// is decided by the verifier, in a worker (check-worker.js).

/** Milliseconds for everything: fetching and checking. */
const LIMIT = 60_000;
/** Bytes that are read of an answer at most; what is larger is neither. */
const MOST = { bundle: 32 << 20, trust: 1 << 20, problem: 1 << 16 };
/** Checks that are listed at most; how many more there are is said. */
const MOST_LISTED = { failing: 50, checks: 500 };
/** What must be the same as the page says, the gravest first. */
const COMPARED = ["outcome", "standing", "record", "steps", "claims"];
/** What another try would not change. */
const FINAL = ["address", "browser"];

const root = document.getElementById("self-check");
const place = (name) => root.querySelector(`[data-place="${name}"]`);
const template = (kind, name) => document.querySelector(`template[data-${kind}="${name}"]`);
const copy = (kind, name) => template(kind, name).content.cloneNode(true);

/** The reader's own trust file, {name, data}; null: the server's. */
let own = null;
/** Counts runs: what an earlier one finds out is of no interest any more. */
let latest = 0;

class Fault extends Error {
  constructor(part, code = "") {
    super(part);
    Object.assign(this, { part, code });
  }
}

/** A view with its slots filled by texts or nodes; what is `data-if` of nothing is left out. */
function view(name, slots = {}) {
  const made = copy("view", name);
  for (const each of made.querySelectorAll("[data-if]")) {
    if (!slots[each.dataset.if]) each.remove();
  }
  for (const each of made.querySelectorAll("[data-slot]")) {
    each.replaceChildren(...[slots[each.dataset.slot] ?? ""].flat());
  }
  return made;
}

/** Shows a view. Its first part is read out; whoever had the focus in it keeps it here. */
function show(name, slots) {
  const shown = view(name, slots);
  const more = shown.querySelector("[data-more]");
  const focused = ["said", "more"].some((each) => place(each).contains(document.activeElement));
  more?.remove();
  place("said").replaceChildren(shown);
  place("more").replaceChildren(...(more ? [more] : []));
  if (focused) place("said").focus({ preventScroll: true });
}

async function check() {
  const run = ++latest;
  performance.mark("self-check-begun");
  show("checking");
  const { found, fault } = await attempt(own);
  if (run !== latest) return;
  document.querySelector(".contradiction")?.remove();
  if (fault) return showFault(fault);
  showVerdict(found);
  contradict(found);
  performance.measure("self-check-whole", "self-check-begun");
}

async function attempt(pins) {
  const limit = AbortSignal.timeout(LIMIT);
  let verifier;
  try {
    verifier = open(limit);
    const [bundle, trust] = await Promise.all([
      fetched("bundle", limit),
      pins?.data ?? fetched("trust", limit),
      verifier.loaded,
    ]);
    return await verifier.ask({
      href: location.href,
      bundle,
      trust,
      now: Math.floor(Date.now() / 1000),
      language: document.documentElement.lang,
    });
  } catch (fault) {
    return { fault: fault instanceof Fault ? fault : new Fault("browser", fault.name) };
  } finally {
    verifier?.close();
  }
}

/** The worker, which loads the verifier while the bundle is on its way. */
function open(limit) {
  const worker = new Worker(root.dataset.worker, { type: "module" });
  const next = () => {
    const said = new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = () => reject(new Fault("browser"));
      limit.addEventListener("abort", () => reject(new Fault("slow")));
    });
    said.catch(() => {}); // said when it is waited for
    return said;
  };
  const loaded = next();
  worker.postMessage({ verifier: root.dataset.verifier });
  return {
    loaded,
    async ask(question) {
      performance.mark("self-check-asked");
      const answered = next();
      worker.postMessage(question);
      const answer = await answered;
      performance.measure("self-check", "self-check-asked");
      return answer;
    },
    close: () => worker.terminate(),
  };
}

async function fetched(name, signal) {
  try {
    const response = await fetch(root.dataset[name], { signal, cache: "no-store" });
    if (!response.ok) throw new Fault("refused", await codeOf(response));
    return await bytes(response, name);
  } catch (fault) {
    if (fault instanceof Fault) throw fault;
    throw new Fault(signal.aborted ? "slow" : "unreached");
  }
}

/** The permanent code that an error of the server says, else its HTTP status. */
async function codeOf(response) {
  try {
    const { code } = JSON.parse(new TextDecoder().decode(await bytes(response, "problem")));
    if (/^[a-z0-9-]{1,60}$/.test(code)) return code;
  } catch {
    // It said none.
  }
  return `HTTP ${response.status}`;
}

/** A body, refused as soon as it is too large. */
async function bytes(response, name) {
  const parts = [];
  let size = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    size += part.value.length;
    if (size > MOST[name]) {
      await reader.cancel();
      throw new Fault(name, `${name}-too-large`);
    }
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function showFault({ part, code }) {
  show("fault", { why: copy("why", part), code, retry: !FINAL.includes(part), own });
}

function showVerdict(found) {
  const { checks, outcome, sentence, words } = found;
  const failing = checks.filter((each) => each.outcome !== "proven");
  show("verdict", {
    outcome: copy("mark", outcome),
    proven: String(checks.length - failing.length),
    all: String(checks.length),
    sentence,
    words,
    failing: lines(failing, MOST_LISTED.failing),
    own: own?.name,
    server: !own,
  });
  // A passport of a hundred steps has thousands; few will look.
  const every = place("more").querySelector(".found-all");
  const list = every.querySelector("ul");
  every.addEventListener("toggle", () => list.append(...lines(checks, MOST_LISTED.checks)), { once: true });
}

function lines(checks, most) {
  const left = checks.length - most;
  const rest = left > 0 ? [view("left-out", { number: String(left) })] : [];
  return [...checks.slice(0, most).map(line), ...rest];
}

const line = ({ outcome, name, words, check, code }) =>
  view("check", { outcome: copy("mark", outcome), name, words, code: `${check}: ${code}` });

/** Heads the page with what the browser found otherwise than the page says it. */
function contradict(found) {
  const said = root.dataset;
  const differing = COMPARED.find((each) => found[each] !== said[each]);
  // Of what neither has proven, the rest may differ by what either could read.
  if (!differing || (differing !== "outcome" && found.outcome !== "proven")) return;
  const [kind, marked] = differing === "standing" ? ["standing", "standing"] : ["mark", "outcome"];
  const made = view("contradiction", {
    [`differs-${differing}`]: true,
    [`advice-${differing === "outcome" ? found.outcome : ""}`]: true,
    server: copy(kind, said[marked]),
    found: copy(kind, found[marked]),
    sentence: found.sentence,
    own: own?.name,
  });
  const open = differing === "outcome" && ![said.outcome, found.outcome].includes("disproven");
  made.firstElementChild.classList.add(open ? "tone-unknown" : "tone-disproven");
  document.querySelector("article[data-product]").prepend(made);
}

/** Checks anew by a trust file of the reader's, or, without one, by the server's again. */
async function pin(file) {
  const part = file?.slice(0, MOST.trust + 1);
  own = file ? { name: file.name, data: new Uint8Array(await part.arrayBuffer()) } : null;
  await check();
}

function listen() {
  const box = place("pins");
  const input = box.querySelector("input");
  box.hidden = false;
  root.addEventListener("click", ({ target }) => {
    const { act } = target.closest("[data-act]")?.dataset ?? {};
    if (act === "check") check();
    if (act === "server-trust") pin(null);
  });
  input.addEventListener("change", () => {
    if (input.files[0]) pin(input.files[0]);
    input.value = ""; // the same file again is a change, too
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    root.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.toggle("over", name === "dragover");
    });
  }
  root.addEventListener("drop", ({ dataTransfer }) => {
    if (dataTransfer.files[0]) pin(dataTransfer.files[0]);
  });
}

/** After the page and everything of it is there, when the browser has nothing better to do. */
function start() {
  const idle = globalThis.requestIdleCallback ?? setTimeout;
  if (navigator.connection?.saveData) show("asked-first");
  else idle(check);
}

listen();
if (document.readyState === "complete") start();
else addEventListener("load", start);

// SPDX-License-Identifier: Apache-2.0
// Opens a page in Chromium over the DevTools protocol, gives it files, and writes what it shows
// and asked for. `node page.mjs CHROMIUM PROFILE PAGE TRUST BUNDLE`.

import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";

const [program, profile, page, trust, bundle] = process.argv.slice(2);
const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"];
const chromium = spawn(program, [...flags, `--user-data-dir=${profile}`, "about:blank"], {
  stdio: ["ignore", "ignore", "pipe"],
});
const ended = new Promise((resolve) => chromium.once("exit", resolve));

const address = await new Promise((resolve) => {
  let said = "";
  chromium.stderr.on("data", (data) => {
    said += data;
    const found = /ws:\/\/\S+/.exec(said);
    if (found) resolve(found[0]);
  });
});
const socket = new WebSocket(address);
await new Promise((resolve) => socket.addEventListener("open", resolve));

const waiting = new Map();
const events = [];
let sessionId;
let last = 0;
socket.addEventListener("message", ({ data }) => {
  const said = JSON.parse(data);
  if (said.id) waiting.get(said.id)(said.result ?? said.error);
  else events.push(said);
});
const send = (method, params = {}) =>
  new Promise((resolve) => {
    waiting.set(++last, resolve);
    socket.send(JSON.stringify({ id: last, method, params, sessionId }));
  });
const value = async (expression) => {
  const options = { expression, returnByValue: true, awaitPromise: true };
  return (await send("Runtime.evaluate", options)).result.value;
};
const LOADED = `new Promise((done) => document.readyState === "complete"
  ? done(true) : addEventListener("load", () => done(true)))`;
const taken = (selector) => `new Promise((done) => {
  const look = () => document.querySelector("${selector}-name").textContent
    ? done(true) : requestAnimationFrame(look);
  look();
})`;
const SHOWN = `new Promise((done) => {
  const look = () => document.querySelector("#result .verdict") ? done(document.querySelector("#result").innerText)
    : requestAnimationFrame(look);
  look();
})`;

try {
  const { targetInfos } = await send("Target.getTargets");
  const { targetId } = targetInfos.find((each) => each.type === "page");
  ({ sessionId } = await send("Target.attachToTarget", { targetId, flatten: true }));
  for (const domain of ["Network", "Runtime", "Log", "Page", "DOM"]) await send(`${domain}.enable`);
  const size = { width: 390, height: 844, deviceScaleFactor: 1, mobile: true };
  await send("Emulation.setDeviceMetricsOverride", size);
  await send("Page.navigate", { url: pathToFileURL(page).href });
  await value(LOADED);
  const { root } = await send("DOM.getDocument");
  for (const [selector, file] of [["#trust", trust], ["#bundle", bundle]]) {
    const { nodeId } = await send("DOM.querySelector", { nodeId: root.nodeId, selector });
    await send("DOM.setFileInputFiles", { nodeId, files: [file] });
    await value(taken(selector));
  }
  const found = {
    shown: await value(SHOWN),
    width: await value("document.documentElement.scrollWidth"),
    requests: events
      .filter(({ method }) => method === "Network.requestWillBeSent")
      .map(({ params }) => params.request.url),
    complaints: events.filter(({ method }) =>
      ["Log.entryAdded", "Runtime.exceptionThrown"].includes(method),
    ),
  };
  process.stdout.write(JSON.stringify(found));
} finally {
  socket.close();
  chromium.kill();
  await ended;
}

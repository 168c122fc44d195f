// Drives headless Chromium over the DevTools protocol, on the pipe of --remote-debugging-pipe.
//
//   node browser.js CHROMIUM PROFILE_FOLDER < STEPS
//
// STEPS is a JSON list; each step is one of
//   {"open": URL}            opens it and waits until it has loaded
//   {"run": EXPRESSION}      evaluates it as if a user had asked for it; a promise is waited for
//   {"wait": EXPRESSION}     until it is true, five seconds at most
//   {"key": KEY, "code": n}  presses a key
//   {"media": [{"name": "prefers-color-scheme", "value": "dark"}], "type": "print"}
//   {"size": [width, height]}
//   {"picture": FILE}, {"paper": FILE}
// Prints {"results": [...], "troubles": [...]}: what each step gave, and all that the browser complained of,
// asked the network for, or was made to say.
"use strict";
const { spawn } = require("node:child_process");
const { readFileSync, writeFileSync } = require("node:fs");

// Whatever hangs, this does not.
setTimeout(() => {
  process.stderr.write("not done within a minute\n");
  browser.kill();
  process.exit(1);
}, 60_000).unref();

const [chromium, folder] = process.argv.slice(2);
const steps = JSON.parse(readFileSync(0, "utf8"));
const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--hide-scrollbars", "--disable-dev-shm-usage", `--user-data-dir=${folder}`, "--remote-debugging-pipe", "about:blank"];
const browser = spawn(chromium, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
const [, , , toBrowser, fromBrowser] = browser.stdio;

let number = 0;
const waiting = new Map();
const listeners = new Map();
const troubles = [];
let session;
let rest = Buffer.alloc(0);
fromBrowser.on("data", (data) => {
  rest = Buffer.concat([rest, data]);
  for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
    const message = JSON.parse(rest.subarray(0, end).toString());
    rest = rest.subarray(end + 1);
    if (message.id) {
      const { resolve, reject } = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) reject(new Error(message.error.message));
      else resolve(message.result);
    } else {
      listeners.get(message.method)?.(message.params);
    }
  }
});
const send = (method, params = {}) => new Promise((resolve, reject) => {
  number += 1;
  waiting.set(number, { resolve, reject });
  toBrowser.write(`${JSON.stringify({ id: number, method, params, sessionId: session })}\0`);
});
const once = (event) => new Promise((resolve) => listeners.set(event, resolve));
const evaluate = async (expression) => {
  const options = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
  const { result, exceptionDetails } = await send("Runtime.evaluate", options);
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value ?? null;
};

const act = {
  async open(url) {
    // By way of an empty page: where only the fragment is another, nothing would be loaded.
    for (const next of ["about:blank", url]) {
      const loaded = once("Page.loadEventFired");
      await send("Page.navigate", { url: next });
      await loaded;
    }
    return null;
  },
  run: evaluate,
  async wait(expression) {
    for (let tries = 0; tries < 250; tries += 1) {
      if (await evaluate(expression)) return true;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`not within five seconds: ${expression}`);
  },
  async key(key, { code }) {
    const text = key.length === 1 ? key : key === "Enter" ? "\r" : undefined;
    await send("Input.dispatchKeyEvent", { type: "keyDown", key, windowsVirtualKeyCode: code, text });
    await send("Input.dispatchKeyEvent", { type: "keyUp", key, windowsVirtualKeyCode: code });
    return null;
  },
  async media(features, { type }) {
    await send("Emulation.setEmulatedMedia", { features, media: type ?? "" });
    return null;
  },
  async size([width, height]) {
    await send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 600 });
    return null;
  },
  async picture(file) {
    writeFileSync(file, Buffer.from((await send("Page.captureScreenshot")).data, "base64"));
    return null;
  },
  async paper(file) {
    writeFileSync(file, Buffer.from((await send("Page.printToPDF", { printBackground: false })).data, "base64"));
    return null;
  },
};

(async () => {
  const { targetInfos } = await send("Target.getTargets");
  const { targetId } = targetInfos.find((target) => target.type === "page");
  const attached = await send("Target.attachToTarget", { targetId, flatten: true });
  session = attached.sessionId;
  listeners.set("Runtime.exceptionThrown", ({ exceptionDetails }) =>
    troubles.push(`exception: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`));
  listeners.set("Runtime.consoleAPICalled", ({ type, args }) =>
    troubles.push(`console.${type}: ${args.map((arg) => arg.value ?? arg.description).join(" ")}`));
  listeners.set("Log.entryAdded", ({ entry }) => troubles.push(`${entry.level}: ${entry.text}`));
  listeners.set("Network.requestWillBeSent", ({ request }) => {
    if (!request.url.startsWith("file:") && request.url !== "about:blank") troubles.push(`request: ${request.url}`);
  });
  listeners.set("Page.javascriptDialogOpening", ({ message }) => {
    troubles.push(`dialog: ${message}`);
    send("Page.handleJavaScriptDialog", { accept: true });
  });
  for (const domain of ["Runtime", "Log", "Network", "Page"]) await send(`${domain}.enable`);
  // As if its window were the one that a user looks at: only such a page may use the clipboard.
  await send("Emulation.setFocusEmulationEnabled", { enabled: true });
  const permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"];
  const page = session;
  session = undefined;
  await send("Browser.grantPermissions", { permissions });
  session = page;
  const results = [];
  for (const step of steps) {
    const name = Object.keys(step).find((known) => known in act);
    results.push(await act[name](step[name], step));
  }
  process.stdout.write(JSON.stringify({ results, troubles }));
  browser.kill();
})().catch((error) => {
  process.stderr.write(`${error.stack}\n${troubles.join("\n")}\n`);
  browser.kill();
  process.exitCode = 1;
});

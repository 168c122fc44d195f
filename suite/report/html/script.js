"use strict";
(() => {
  // What was exchanged: base64 of raw deflate of JSON, read when the first case is unfolded.
  let asked;
  const exchanges = () => asked ??= (async () => {
    const packed = document.getElementById("exchanges").textContent;
    const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return JSON.parse(await new Response(stream).text());
  })();

  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const said = document.getElementById("said");
  const say = (text) => { said.textContent = text; };

  // Bytes and text

  const bytesOf = (text) => text.base64 === undefined
    ? new TextEncoder().encode(text.text)
    : Uint8Array.from(atob(text.base64), (c) => c.charCodeAt(0));
  const asText = (bytes) => {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return undefined;
    }
  };
  const hex = (number, width) => number.toString(16).padStart(width, "0");
  const base64 = (bytes) => {
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return btoa(binary);
  };

  // What would not be seen, or would do something, is shown as an escape.
  const HIDDEN = /((?![ \n])[\p{C}\p{Z}\p{DI}])/u;
  const escaped = (c) => c === "\t" ? "\\t" : c === "\r" ? "\\r" : `\\u{${hex(c.codePointAt(0), 1)}}`;
  const put = (into, bytes) => {
    const text = asText(bytes);
    if (text === undefined) {
      let line = "";
      for (const byte of bytes) {
        line += byte === 10 || (byte >= 32 && byte < 127) ? String.fromCharCode(byte) : `\\x${hex(byte, 2)}`;
      }
      into.append(line);
      return;
    }
    text.replaceAll("\r\n", "\n").split(HIDDEN).forEach((part, at) => {
      if (at % 2) into.append(make("span", "escape", escaped(part)));
      else if (part) into.append(part);
    });
  };
  const putMarked = (into, bytes, marks) => {
    let at = 0;
    for (const [from, to] of marks ?? []) {
      const [start, end] = [Math.max(at, from), Math.min(to, bytes.length)];
      put(into, bytes.subarray(at, start));
      const mark = make("mark");
      put(mark, bytes.subarray(start, end));
      if (start === end) mark.title = "something is missing here";
      into.append(mark);
      at = Math.max(at, end);
    }
    put(into, bytes.subarray(at));
  };
  const dump = (bytes) => {
    const rows = [];
    for (let at = 0; at < bytes.length; at += 16) {
      const row = [...bytes.subarray(at, at + 16)];
      const codes = row.map((byte) => hex(byte, 2)).join(" ").padEnd(47);
      const text = row.map((byte) => byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".").join("");
      rows.push(`${hex(at, 8)}  ${codes}  ${text}`);
    }
    return rows.join("\n");
  };

  // Copies

  const copy = async (text, what) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = make("textarea");
      const focused = document.activeElement;
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      focused?.focus();
      if (!done) {
        say("The browser did not let this page copy.");
        return;
      }
    }
    say(`Copied: ${what}.`);
  };
  const button = (label, act) => {
    const made = make("button", undefined, label);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const MOST_INLINE = 32768;
  const feed = (bytes, isWhole, from) => {
    if (bytes.length > MOST_INLINE || !isWhole) return from;
    const text = asText(bytes);
    return text === undefined || /[\0\r]/.test(text)
      ? `printf %s ${base64(bytes)} | base64 -d`
      : `printf %s ${quote(text)}`;
  };
  // A line for a shell that sends a request again. A call id in it is one of the run.
  const command = (side, all, id) => {
    const head = bytesOf(all.texts[side.head]);
    const body = bytesOf(all.texts[side.body]);
    const isWhole = !all.texts[side.head].left_out && !all.texts[side.body].left_out;
    const found = /^https?:\/\/[^/?#]+/.exec(all.target);
    const origin = new URL(found ? found[0] : "http://127.0.0.1:8080");
    if (side.send === "raw") {
      const wire = new Uint8Array(head.length + 4 + body.length);
      wire.set(head);
      wire.set([13, 10, 13, 10], head.length);
      wire.set(body, head.length + 4);
      const isTls = origin.protocol === "https:";
      const port = origin.port || (isTls ? "443" : "80");
      const to = isTls
        ? `openssl s_client -quiet -connect ${origin.hostname}:${port}`
        : `nc -q 5 ${origin.hostname} ${port}`;
      return `${feed(wire, isWhole, `umspec show ${quote(id)} --raw`)} | ${to}`;
    }
    const [first, ...fields] = (asText(head) ?? "").split("\r\n");
    const [method, target] = first.split(" ");
    let line = body.length ? `${feed(body, isWhole, `umspec show ${quote(id)} --body`)} | ` : "";
    line += method === "HEAD" ? "curl -sS -i -I" : `curl -sS -i -X ${quote(method)}`;
    let hasType = false;
    for (const field of fields) {
      const colon = field.indexOf(": ");
      const [name, value] = [field.slice(0, colon), field.slice(colon + 2)];
      const low = name.toLowerCase();
      if (low === "host" && found && value === origin.host || low === "content-length") continue;
      hasType ||= low === "content-type";
      line += ` -H ${quote(value ? field : `${name};`)}`;
    }
    if (body.length) line += hasType ? " --data-binary @-" : " -H 'Content-Type:' --data-binary @-";
    return `${line} ${quote(origin.origin + target)}`;
  };

  // Blocks of a case

  const sideOf = (side, all, id) => {
    const figure = make("figure");
    const caption = make("figcaption", undefined, side.label);
    if (side.words) caption.append(": ", make("strong", undefined, side.words));
    figure.append(caption);
    const numbers = [side.head, side.body];
    if (numbers.every((number) => number === undefined)) return figure;
    const shown = make("pre");
    shown.tabIndex = 0;
    const texts = numbers.map((number) => number === undefined ? undefined : all.texts[number]);
    const fill = (inHex) => {
      shown.replaceChildren();
      texts.forEach((text, at) => {
        if (!text) return;
        const part = at ? shown : make("span", "head");
        const bytes = bytesOf(text);
        if (inHex) part.append(dump(bytes));
        else putMarked(part, bytes, at ? side.body_marks : side.head_marks);
        if (text.left_out) part.append(make("i", undefined, `\n… ${text.left_out} more bytes, which the record has`));
        if (!at) shown.append(part, "\n\n");
      });
    };
    fill(false);
    const tools = make("span", "tools");
    tools.append(button("Copy", () => {
      const bytes = texts.filter(Boolean).map(bytesOf);
      const joined = bytes.map(asText);
      if (joined.includes(undefined)) copy(base64(bytes.at(-1)), "the body in base64, as it is no text");
      else copy(joined.join("\r\n\r\n"), side.label);
    }));
    if (side.send) {
      tools.append(button(side.send === "raw" ? "Copy as nc" : "Copy as curl", () =>
        copy(command(side, all, id), "a command line; a call id in it is one of the run")));
    }
    const inHex = button("Bytes", () => {
      const pressed = inHex.getAttribute("aria-pressed") !== "true";
      inHex.setAttribute("aria-pressed", pressed);
      fill(pressed);
    });
    inHex.setAttribute("aria-pressed", "false");
    tools.append(inHex);
    caption.append(" ", tools);
    figure.append(shown);
    return figure;
  };
  const blockOf = (block, all, id, isOpen) => {
    const details = make("details", "block");
    details.append(make("summary", undefined, block.title));
    let isFilled = false;
    const fill = () => {
      if (isFilled || !details.open) return;
      isFilled = true;
      for (const note of block.notes ?? []) details.append(make("p", "remark", note));
      const sides = make("div", "sides");
      for (const side of block.sides) sides.append(sideOf(side, all, id));
      details.append(sides);
    };
    details.addEventListener("toggle", fill);
    details.open = isOpen;
    fill();
    return details;
  };
  // Stanzas for a file of known deviations; the reason is to be written by somebody who knows it. What all
  // answers or requests have in common is no matter of one case.
  const stanzas = (details, id, subject) => {
    const entry = (lines) => `[[known]]\n${[["subject", subject], ...lines, ["reason", ""]]
      .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`).join("")}`;
    const found = [...details.querySelectorAll(":scope > .found > li[data-requirement]")].map(({ dataset }) => {
      const row = ["requirement", dataset.requirement];
      return entry("common" in dataset ? [row] : [["case", id], row]);
    });
    return found.length ? [...new Set(found)].join("\n") : entry([["case", id]]);
  };
  const idOf = (details) => details.id.slice("case/".length);
  const unfold = async (details) => {
    const room = details.querySelector(".exchange");
    if (room.dataset.filled) return;
    room.dataset.filled = "yes";
    const id = idOf(details);
    if (id !== "control") {
      const tools = make("p", "tools");
      tools.append(
        button("Copy link", () => copy(`${location.href.split("#")[0]}#case/${id}`, "a link to this case")),
        " ",
        button("Copy as known deviation", async () =>
          copy(stanzas(details, id, (await exchanges()).subject), "for a file of known deviations; say the reason")),
        " ",
        make("code", undefined, `umspec explain ${id}`),
      );
      room.append(tools);
    }
    try {
      const all = await exchanges();
      const blocks = all.cases[Number(details.dataset.place)] ?? [];
      if (!blocks.length) room.append(make("p", "remark", "Nothing was exchanged in this case."));
      blocks.forEach((block, at) => room.append(blockOf(block, all, id, at === 0 || blocks.length < 3)));
    } catch (error) {
      room.append(make("p", "remark", `What was exchanged cannot be unpacked by this browser (${error}).`));
    }
  };

  // Filters, kept in the address: #ANCHOR, #FILTERS or #ANCHOR?FILTERS

  const form = document.getElementById("filters");
  const count = document.getElementById("shown");
  const families = [...document.querySelectorAll("details.family")];
  const cases = families.flatMap((family) => [...family.querySelectorAll("details.case")].map((details) => ({
    details, family, set: details.dataset,
    requirements: details.dataset.requirements.split(" "), text: undefined,
  })));
  const NAMES = ["verdict", "level", "family", "requirement", "text"];
  let anchor = "";
  let query = new URLSearchParams();

  const requirement = (text) => {
    const digits = /^(?:umd-)?r?(\d{1,3})$/i.exec(text.trim());
    return digits ? `UMD-R${digits[1].padStart(3, "0")}` : text.trim().toUpperCase();
  };
  const write = () => {
    const filters = query.toString();
    const hash = anchor && filters ? `${anchor}?${filters}` : anchor || filters;
    history.replaceState(null, "", hash ? `#${hash}` : location.href.split("#")[0]);
  };
  const apply = () => {
    const verdicts = query.getAll("verdict");
    const [level, family, row, words] = NAMES.slice(1).map((name) => query.get(name) ?? "");
    const wanted = row && requirement(row);
    const text = words.toLowerCase();
    const isActive = query.toString() !== "";
    let shown = 0;
    for (const one of cases) {
      if (text) one.text ??= one.details.textContent.toLowerCase();
      const fits = (!verdicts.length || verdicts.includes(one.set.verdict)) &&
        (!level || one.set.level === level) &&
        (!family || one.family.dataset.family === family) &&
        (!wanted || one.requirements.includes(wanted)) &&
        (!text || one.text.includes(text));
      one.details.hidden = !fits;
      shown += fits;
    }
    for (const family of families) {
      family.hidden = !family.querySelector("details.case:not([hidden])");
      family.open = isActive || family.querySelector("details.case[open]") !== null;
    }
    count.textContent = `${shown} of ${cases.length} cases shown`;
  };
  const fillForm = () => {
    for (const box of form.elements.verdict) box.checked = query.getAll("verdict").includes(box.value);
    for (const name of NAMES.slice(1)) form.elements[name].value = query.get(name) ?? "";
  };
  const readForm = () => {
    query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) query.append(name, value);
    anchor = "";
    write();
    apply();
  };
  const go = () => {
    document.querySelector(".arrived")?.classList.remove("arrived");
    const target = anchor && document.getElementById(anchor);
    if (!target) return;
    for (let at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
      at.hidden = false;
    }
    target.classList.add("arrived");
    target.scrollIntoView();
    const focused = target.querySelector(":scope > summary") ?? target;
    focused.focus({ preventScroll: true });
  };
  const arrive = () => {
    let hash = location.hash.slice(1);
    try {
      hash = decodeURIComponent(hash.replaceAll("+", " "));
    } catch {
      // Left as it is: no part of this page has such a name.
    }
    const raw = location.hash.slice(1);
    const isFilter = raw.includes("=");
    const cut = raw.indexOf("?");
    if (isFilter) {
      query = new URLSearchParams(cut < 0 ? raw : raw.slice(cut + 1));
      for (const name of [...query.keys()]) if (!NAMES.includes(name)) query.delete(name);
    }
    anchor = !isFilter ? hash : cut < 0 ? "" : hash.slice(0, hash.indexOf("?"));
    write();
    fillForm();
    apply();
    if (isFilter && !anchor) {
      document.getElementById("cases").scrollIntoView();
    } else {
      go();
    }
  };

  form.hidden = false;
  form.addEventListener("input", readForm);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(readForm));
  window.addEventListener("hashchange", arrive);
  document.addEventListener("toggle", (event) => {
    const details = event.target;
    if (!(details instanceof HTMLElement) || !details.matches("details.case")) return;
    if (details.open) {
      unfold(details);
      anchor = details.id;
    } else if (anchor === details.id) {
      anchor = "";
    }
    write();
  }, true);

  // A finding as text for whoever has to mend it.
  for (const tools of document.querySelectorAll("[data-finding]")) {
    const article = tools.closest("article");
    tools.append(button("Copy for a bug report", () => {
      const clean = (element) => element.innerText.replace(/\s+/g, " ").trim();
      const lines = [clean(article.querySelector("h3")), ""];
      for (const term of article.querySelectorAll(":scope > dl > dt")) {
        lines.push(`- ${clean(term)}: ${clean(term.nextElementSibling)}`);
      }
      for (const figure of article.querySelectorAll("figure")) {
        const text = figure.querySelector("pre")?.textContent.trimEnd();
        lines.push("", clean(figure.querySelector("figcaption")));
        if (text) lines.push("", ...text.split("\n").map((line) => `    ${line}`));
      }
      copy(`${lines.join("\n")}\n`, "this finding as text");
    }));
  }
  arrive();
  // Where the address names a part of the page, the browser takes the focus away once all has loaded.
  window.addEventListener("load", () => setTimeout(go));
})();

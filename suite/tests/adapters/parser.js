#!/usr/bin/env node
// Reads SOAP 1.1 messages of the operation Disconnect (MS-OXWUMS); Node without packages.
//
//   node parser.js request|reply  One message on standard input. Accepted: exit 0, and one line on
//                                 standard output: the CallId of a request; of a reply
//                                 `DisconnectResponse`, or `Fault` and the local name of its code.
//                                 Refused: `refused` on standard output, the reason on standard
//                                 error, and exit 3; not 1, which is also what Node ends with when
//                                 nobody catches an exception.
//   node parser.js persistent     Many messages: `request LENGTH` or `reply LENGTH`, a line feed,
//                                 LENGTH bytes. Each is answered at once: `accepted LENGTH` or
//                                 `refused LENGTH`, a line feed, LENGTH bytes of text or reason.
//
// Strict: what neither XML 1.0 with namespaces, SOAP 1.1 nor the schema of the service allows is
// refused. XmlReader goes from tag to tag; MessageReader says what each may be.

"use strict";

const SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
const MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages";
const XSI = "http://www.w3.org/2001/XMLSchema-instance";
const XSD = "http://www.w3.org/2001/XMLSchema";
const XML = "http://www.w3.org/XML/1998/namespace";
const XMLNS = "http://www.w3.org/2000/xmlns/";

const REFUSED_EXIT = 3;
const MAX_BYTES = 1048576;
const MAX_DEPTH = 64;
const MAX_CALL_ID = 512;

// Why a message is refused, in one line; cut, because a name in it may be as long as the message.
class Refused extends Error {
  constructor(reason) {
    super(reason.slice(0, 200));
  }
}

function refuse(reason) {
  throw new Refused(reason);
}

// ---- From bytes to characters ----

// The text without byte order mark, with line ends as XML 2.11 wants them, and its encoding.
function decode(bytes) {
  if (bytes.length > MAX_BYTES) refuse(`more than ${MAX_BYTES} bytes`);
  const mark = bytes.toString("latin1", 0, 2);
  const codec = { "\xFF\xFE": "utf-16le", "\xFE\xFF": "utf-16be" }[mark] ?? "utf-8";
  let text;
  try {
    // ignoreBOM keeps a mark in the text, so that exactly one is taken off below.
    text = new TextDecoder(codec, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    refuse(`the bytes are not ${codec}`);
  }
  if (NOT_XML_CHARACTER.test(text)) refuse("a character that XML does not allow");
  text = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  return { text, encoding: codec === "utf-8" ? "utf-8" : "utf-16" };
}

// ---- XML 1.0 (fifth edition) with namespaces ----

const NOT_XML_CHARACTER = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const NAME_START =
  "A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}" +
  "\\u{200C}\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}" +
  "\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}";
const NCNAME = `[${NAME_START}][${NAME_START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]*`;
const QNAME = `(?:(${NCNAME}):)?(${NCNAME})`;
// Line ends are normalised before these are used, so that white space holds no carriage return.
const S = "[ \\t\\n]";
const pseudoAttribute = (name, value) => `${S}+${name}${S}*=${S}*(?:"${value}"|'${value}')`;
const DECLARATION = new RegExp(
  `<\\?xml${pseudoAttribute("version", "1\\.[0-9]+")}` +
    `(?:${pseudoAttribute("encoding", "([A-Za-z][A-Za-z0-9._\\-]*)")})?` +
    `(?:${pseudoAttribute("standalone", "(?:yes|no)")})?${S}*\\?>`,
  "y",
);
const START_TAG_NAME = new RegExp(`<${QNAME}`, "uy");
const ATTRIBUTE = new RegExp(`${S}+(${QNAME})${S}*=${S}*(?:"([^"<]*)"|'([^'<]*)')`, "uy");
const START_TAG_END = new RegExp(`${S}*(/?)>`, "y");
const END_TAG = new RegExp(`</([^ \\t\\n<>]+)${S}*>`, "y");
const REFERENCE = /&(?:#([0-9]+)|#x([0-9A-Fa-f]+)|(amp|apos|gt|lt|quot))?(;?)/g;
const ENTITIES = { amp: "&", apos: "'", gt: ">", lt: "<", quot: '"' };

function isWhite(text) {
  return !/[^ \t\r\n]/.test(text);
}

// Text with its references resolved.
function resolveReferences(text) {
  if (!text.includes("&")) return text;
  return text.replace(REFERENCE, (reference, decimal, hexadecimal, entity, end) => {
    if (!end) refuse("an ampersand that starts no reference");
    if (entity) return ENTITIES[entity];
    const digits = decimal ?? hexadecimal ?? refuse("an empty reference");
    const point = parseInt(digits, decimal ? 10 : 16);
    if (point > 0x10FFFF) refuse(`${reference} is beyond Unicode`);
    const character = String.fromCodePoint(point);
    if (NOT_XML_CHARACTER.test(character)) refuse(`${reference} is no character of XML`);
    return character;
  });
}

// A name with its namespace as one string, `{namespace}local`.
function expand(namespace, local) {
  return namespace ? `{${namespace}}${local}` : local;
}

// Whether a declaration may bind this prefix (NS 3); a prefix cannot be taken back (NS 5).
function mayBind(prefix, namespace) {
  if (prefix === "xml") return namespace === XML;
  if (prefix === "xmlns" || namespace === XML || namespace === XMLNS) return false;
  return prefix === "" || namespace !== "";
}

// Calls `start(name, attributes, scope)`, `text(text)` and `end()` of a handler in document order;
// names are expanded, and `scope` maps prefixes to namespaces.
class XmlReader {
  constructor({ text, encoding }, handler) {
    this.source = text;
    this.at = 0;
    this.handler = handler;
    this.encoding = encoding;
    this.open = [];
    this.scope = new Map([["xml", XML]]);
    this.hasRoot = false;
  }

  read() {
    this.declaration();
    while (this.at < this.source.length) {
      if (this.source[this.at] !== "<") this.text();
      else if (this.sees("</")) this.endTag();
      else if (this.sees("<!--")) this.comment();
      else if (this.sees("<![CDATA[")) this.section();
      else if (this.sees("<!")) refuse("a document type declaration, which SOAP 3 forbids");
      else if (this.sees("<?")) refuse("a processing instruction, which SOAP 3 forbids");
      else this.startTag();
    }
    if (this.open.length > 0 || !this.hasRoot) refuse("the message ends early");
  }

  sees(markup) {
    return this.source.startsWith(markup, this.at);
  }

  // What a sticky pattern matches here, which is then behind us.
  match(pattern) {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source);
    if (match) this.at = pattern.lastIndex;
    return match;
  }

  // What stands between two pieces of markup, the first of which is here.
  between(opening, closing) {
    const start = this.at + opening.length;
    const end = this.source.indexOf(closing, start);
    if (end < 0) refuse(`${opening} without ${closing}`);
    this.at = end + closing.length;
    return this.source.slice(start, end);
  }

  declaration() {
    const declaration = this.match(DECLARATION);
    const declared = declaration?.[1] ?? declaration?.[2] ?? this.encoding;
    if (declared.toLowerCase() !== this.encoding) refuse(`the declared encoding is not ${this.encoding}`);
  }

  text() {
    const next = this.source.indexOf("<", this.at);
    const end = next < 0 ? this.source.length : next;
    const text = this.source.slice(this.at, end);
    this.at = end;
    if (this.open.length === 0) {
      if (!isWhite(text)) refuse("text outside the root element");
    } else {
      if (text.includes("]]>")) refuse("]]> in text");
      this.handler.text(resolveReferences(text));
    }
  }

  comment() {
    const comment = this.between("<!--", "-->");
    if (comment.includes("--") || comment.endsWith("-")) refuse("two hyphens in a comment");
  }

  section() {
    if (this.open.length === 0) refuse("a CDATA section outside the root element");
    this.handler.text(this.between("<![CDATA[", "]]>"));
  }

  startTag() {
    if (this.hasRoot && this.open.length === 0) refuse("a second root element");
    if (this.open.length === MAX_DEPTH) refuse(`more than ${MAX_DEPTH} levels of elements`);
    const start = this.at + 1;
    const [, prefix, local] = this.match(START_TAG_NAME) ?? refuse("a start tag without a name");
    const qname = this.source.slice(start, this.at);
    const outer = this.scope;
    const attributes = this.attributes();
    const [, slash] = this.match(START_TAG_END) ?? refuse(`the start tag of ${qname} is broken`);
    this.hasRoot = true;
    this.handler.start(expand(this.resolve(prefix ?? ""), local), attributes, this.scope);
    this.open.push({ qname, outer });
    if (slash) this.close();
  }

  endTag() {
    const [, qname] = this.match(END_TAG) ?? refuse("an end tag is broken");
    if (this.open.at(-1)?.qname !== qname) refuse(`the end tag of ${qname} has no start tag`);
    this.close();
  }

  close() {
    this.scope = this.open.pop().outer;
    this.handler.end();
  }

  // Reads all attributes before it resolves any, because declarations hold for the whole tag.
  attributes() {
    const [seen, declarations, others, attributes] = [new Set(), [], [], new Map()];
    for (let found; (found = this.match(ATTRIBUTE)); ) {
      const [, qname, prefix, local, quoted, single] = found;
      if (seen.has(qname)) refuse(`the attribute ${qname} twice`);
      seen.add(qname);
      // White space becomes blanks before references are resolved, which keeps &#10; (XML 3.3.3).
      const value = resolveReferences((quoted ?? single).replace(/[\t\n]/g, " "));
      if (prefix === "xmlns") declarations.push([local, value]);
      else if (qname === "xmlns") declarations.push(["", value]);
      else others.push([prefix, local, value]);
    }
    this.bind(declarations);
    for (const [prefix, local, value] of others) {
      // The default namespace does not reach attributes (NS 6.2).
      const name = prefix === undefined ? local : expand(this.resolve(prefix), local);
      if (attributes.has(name)) refuse(`the attribute ${local} twice in one namespace`);
      attributes.set(name, value);
    }
    return attributes;
  }

  bind(declarations) {
    if (declarations.length === 0) return;
    for (const [prefix, namespace] of declarations) {
      if (!mayBind(prefix, namespace)) refuse(`the prefix ${prefix} cannot be bound like this`);
    }
    this.scope = new Map([...this.scope, ...declarations]);
  }

  resolve(prefix) {
    return this.scope.get(prefix) ?? (prefix === "" ? "" : refuse(`the prefix ${prefix} is not bound`));
  }
}

// ---- SOAP 1.1 and the schema of the service ----

const DOCUMENT = "the document";
const [ENVELOPE, HEADER, BODY, FAULT] = ["Envelope", "Header", "Body", "Fault"].map((n) => expand(SOAP, n));
const DISCONNECT = expand(MESSAGES, "Disconnect");
const CALL_ID = expand(MESSAGES, "CallId");
const RESPONSE = expand(MESSAGES, "DisconnectResponse");
const FAULT_CODE = "faultcode";
const FREE = "an element that may hold anything";

// The children of each element and their places in the order; of one place at most one may come.
// Maps, because a plain object also has what a message may name, such as `constructor`.
const places = (...names) => new Map(names);
const IN_BOTH = [[DOCUMENT, places([ENVELOPE, 0])], [ENVELOPE, places([HEADER, 0], [BODY, 1])]];
const REQUEST = [[BODY, places([DISCONNECT, 0])], [DISCONNECT, places([CALL_ID, 0])]];
const REPLY = [[BODY, places([RESPONSE, 0], [FAULT, 0])], [FAULT, places([FAULT_CODE, 0])]];
const CHILDREN = new Map([
  ["request", new Map([...IN_BOTH, ...REQUEST])],
  ["reply", new Map([...IN_BOTH, ...REPLY])],
]);
const TAKE_ANY_CHILD = new Set([HEADER, FAULT, FREE]);
const SCHEMA_LOCATIONS = ["schemaLocation", "noNamespaceSchemaLocation"].map((n) => expand(XSI, n));
const STRING_TYPES = new Set(["string", "normalizedString", "token"]);
const ACTORS_THAT_MEAN_US = new Set([undefined, "", "http://schemas.xmlsoap.org/soap/actor/next"]);
const PADDED_QNAME = /^[ \t\r\n]*(?:([^: \t\r\n]+):)?([^: \t\r\n]+)[ \t\r\n]*$/;

// Follows a message from tag to tag and keeps the text that is asked for.
class MessageReader {
  constructor(kind) {
    this.children = CHILDREN.get(kind);
    this.open = [DOCUMENT];
    this.nextPlace = new Map();
    this.found = new Set();
    this.kept = "";
  }

  start(name, attributes, scope) {
    const parent = this.open.at(-1);
    if (parent === HEADER) checkHeaderEntry(name, attributes);
    const place = this.children.get(parent)?.get(name);
    if (place === undefined && TAKE_ANY_CHILD.has(parent)) {
      this.open.push(FREE);
      return;
    }
    if (place === undefined || place < (this.nextPlace.get(parent) ?? 0)) {
      refuse(`${local(name)} is not allowed here, in ${local(parent)}`);
    }
    this.nextPlace.set(parent, place + 1);
    this.found.add(name);
    checkAttributes(name, attributes, scope);
    this.open.push(name);
  }

  end() {
    this.open.pop();
  }

  text(text) {
    const element = this.open.at(-1);
    if (element === CALL_ID || element === FAULT_CODE) {
      this.kept += text;
    } else if (element !== FREE && !isWhite(text)) {
      // White space is taken even in DisconnectResponse, where the schema allows nothing: it is no
      // reason to miss a success.
      refuse(`text in ${local(element)}`);
    }
  }

  callId() {
    if (!this.found.has(CALL_ID)) refuse("no CallId");
    if (isWhite(this.kept)) refuse("CallId is empty or white space");
    if ([...this.kept].length > MAX_CALL_ID) refuse(`CallId has more than ${MAX_CALL_ID} characters`);
    return this.kept;
  }

  meaning() {
    if (this.found.has(RESPONSE)) return "DisconnectResponse";
    if (!this.found.has(FAULT)) refuse("neither DisconnectResponse nor Fault");
    // The prefix may be unbound, as in a documented sample: the local name tells what is meant.
    const code = PADDED_QNAME.exec(this.kept) ?? refuse("no faultcode that is a qualified name");
    return `Fault ${code[2]}`;
  }
}

// SOAP 4.2: entries are qualified, and none that we must understand is known to us.
function checkHeaderEntry(name, attributes) {
  if (!name.startsWith("{")) refuse(`the header entry ${name} is in no namespace`);
  const mustUnderstand = attributes.get(expand(SOAP, "mustUnderstand")) ?? "0";
  if (mustUnderstand !== "0" && mustUnderstand !== "1") refuse("mustUnderstand is neither 0 nor 1");
  if (mustUnderstand === "1" && ACTORS_THAT_MEAN_US.has(attributes.get(expand(SOAP, "actor")))) {
    refuse(`the header entry ${local(name)} must be understood`);
  }
}

function checkAttributes(element, attributes, scope) {
  for (const [name, value] of attributes) {
    if (element === ENVELOPE && !name.startsWith("{")) refuse(`the attribute ${name} on Envelope`);
    if (![DISCONNECT, CALL_ID, RESPONSE].includes(element) || SCHEMA_LOCATIONS.includes(name)) continue;
    if (element === CALL_ID && name === expand(XSI, "type") && isStringType(value, scope)) continue;
    refuse(`the attribute ${local(name)} on ${local(element)}`);
  }
}

function isStringType(qname, scope) {
  const [, prefix, local] = PADDED_QNAME.exec(qname) ?? [];
  return scope.get(prefix ?? "") === XSD && STRING_TYPES.has(local);
}

function local(name) {
  return name.slice(name.lastIndexOf("}") + 1);
}

// ---- The program ----

// The verdict on a message and the text or reason that goes with it.
function judge(kind, message) {
  try {
    const reader = new MessageReader(kind);
    new XmlReader(decode(message), reader).read();
    return ["accepted", kind === "request" ? reader.callId() : reader.meaning()];
  } catch (error) {
    if (error instanceof Refused) return ["refused", error.message];
    throw error;
  }
}

const HEAD = /^(request|reply) ([0-9]+)$/;

// The whole frames at the start of `input`, and what is left of it.
function split(input) {
  const frames = [];
  for (let end; (end = input.indexOf("\n")) >= 0; ) {
    const head = HEAD.exec(input.toString("latin1", 0, end));
    const [, kind, length] = head ?? fail("expected `request LENGTH` or `reply LENGTH`");
    const next = end + 1 + Number(length);
    if (input.length < next) break;
    frames.push([kind, input.subarray(end + 1, next)]);
    input = input.subarray(next);
  }
  return [frames, input];
}

function fail(words) {
  process.stderr.write(`${words}\n`);
  process.exit(1);
}

async function serve() {
  let input = Buffer.alloc(0);
  for await (const chunk of process.stdin) {
    const [frames, rest] = split(Buffer.concat([input, chunk]));
    input = rest;
    for (const [kind, message] of frames) {
      const [verdict, words] = judge(kind, message);
      process.stdout.write(`${verdict} ${Buffer.byteLength(words)}\n${words}`);
    }
  }
}

async function once(kind) {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const [verdict, words] = judge(kind, Buffer.concat(chunks));
  process.stdout.write(`${verdict === "refused" ? verdict : words}\n`);
  if (verdict === "refused") {
    process.stderr.write(`${words}\n`);
    process.exitCode = REFUSED_EXIT;
  }
}

const [word, ...others] = process.argv.slice(2);
if (word === "persistent" && others.length === 0) serve();
else if (CHILDREN.has(word) && others.length === 0) once(word);
else fail("usage: node parser.js request|reply|persistent");

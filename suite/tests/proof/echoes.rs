//! Credentials that a server sends back, in all outputs of the binary.

use std::fs;

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use serde_json::Value;
use umspec::record::Record;
use umspec::report::FORMATS;

use crate::peer::{Peer, Reaction};
use crate::support::{stderr, stdout, umspec};

/// What programs make of text that they send back, and how that is recognised.
fn spellings(secret: &str) -> Vec<(&'static str, String)> {
    let each = |write: &dyn Fn(char) -> String| secret.chars().map(write).collect::<String>();
    let bytes = |form: &dyn Fn(u8) -> String| secret.bytes().map(form).collect::<String>();
    let base64 = |before: &str| STANDARD.encode(format!("{before}{secret}!"));
    vec![
        ("as it is", secret.to_owned()),
        ("in capitals", secret.to_uppercase()),
        ("reversed", secret.chars().rev().collect()),
        ("escaped for XML", secret.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")),
        ("in decimal references", each(&|c| format!("&#{};", u32::from(c)))),
        ("in hexadecimal references", each(&|c| format!("&#x{:X};", u32::from(c)))),
        ("in padded references", each(&|c| format!("&#x0{:x};", u32::from(c)))),
        ("in CDATA sections", each(&|c| format!("<![CDATA[{c}]]>"))),
        (
            "with comments",
            each(&|c| format!("{}<!---->", c.to_string().replace('&', "&amp;").replace('<', "&lt;"))),
        ),
        ("percent-encoded", bytes(&|byte| format!("%{byte:02X}"))),
        ("percent-encoded twice", bytes(&|byte| format!("%25{byte:02x}"))),
        ("escaped for JSON", each(&|c| format!("\\u{:04x}", u32::from(c)))),
        ("in hexadecimal", bytes(&|byte| format!("{byte:02x}"))),
        ("in base32", base32(secret, *b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")),
        ("in base32 as hexadecimal has it", base32(secret, *b"0123456789ABCDEFGHIJKLMNOPQRSTUV")),
        ("in base64", base64("")),
        ("in base64 behind one byte", base64("a")),
        ("in base64 behind two bytes", base64("ab")),
        ("in base64 twice", STANDARD.encode(STANDARD.encode(secret))),
        ("in base64 of hexadecimal", STANDARD.encode(bytes(&|byte| format!("{byte:02x}")))),
        ("in base64 of it reversed", STANDARD.encode(secret.chars().rev().collect::<String>())),
        ("in hexadecimal with dashes", bytes(&|byte| format!("{byte:02X}-"))),
        ("in hexadecimal with marks", bytes(&|byte| format!("0x{byte:02x}, "))),
        ("in decimal", bytes(&|byte| format!("{byte},"))),
        ("quoted-printable", bytes(&|byte| format!("={byte:02X}"))),
        ("in octal", bytes(&|byte| format!("\\{byte:03o}"))),
        ("escaped for CSS", each(&|c| format!("\\{:x} ", u32::from(c)))),
        ("in UTF-7", each(&|c| if c.is_alphanumeric() { c.to_string() } else { utf7(c) })),
        ("with backslashes", each(&|c| if c.is_alphanumeric() { c.to_string() } else { format!("\\{c}") })),
    ]
}

/// Base32 (RFC 4648 6 and 7), without the last character, which holds bits of no byte.
fn base32(text: &str, alphabet: [u8; 32]) -> String {
    let bits: Vec<u8> = text.bytes().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    let value = |five: &[u8]| five.iter().fold(0, |value, bit| value << 1 | *bit);
    bits.chunks_exact(5).map(|five| char::from(alphabet[usize::from(value(five))])).collect()
}

/// A sign in UTF-7 (RFC 2152), by itself.
fn utf7(sign: char) -> String {
    let wide: Vec<u8> = sign.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_be_bytes()).collect();
    format!("+{}-", STANDARD_NO_PAD.encode(wide))
}

/// Marks for a peer: not spellings, but how its answers are made.
const SHAPES: usize = 4;

/// The strict service, which tells what it knows wherever there is room for it.
fn telling(secrets: &[&str]) -> Peer {
    let all = secrets.iter().flat_map(|secret| spellings(secret));
    let all: Vec<String> = all.map(|(_, text)| text).collect();
    // What is no markup can stand in a message.
    let is_text = |text: &&String| {
        let cut = text.replace("<![CDATA[", "").replace("<!---->", "");
        let is_reference = |rest: &str| {
            rest.starts_with('#') || ["amp;", "lt;", "quot;"].iter().any(|name| rest.starts_with(name))
        };
        text.contains("<![CDATA[") || (!cut.contains('<') && cut.split('&').skip(1).all(is_reference))
    };
    let text = all.iter().filter(is_text).cloned().collect::<Vec<_>>().join(" ");
    let fields: String =
        all.iter().enumerate().map(|(at, text)| format!("x-echo-{at}: {text}\r\n")).collect();
    let page = format!("<html><body>{}</body></html>", all.join("<br>"));
    let count = std::sync::atomic::AtomicUsize::new(0);
    Peer::start(move |_, answer| {
        let response = answer();
        let shape = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) % SHAPES;
        let told = response.body.replace("</faultstring>", &format!(" {text}</faultstring>"));
        if !response.body.contains("</faultstring>") {
            return Reaction::of(&response);
        }
        match shape {
            0 => {
                let wide = told
                    .replace("utf-8", "utf-16")
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect::<Vec<u8>>();
                let marked = [&[0xFF, 0xFE][..], &wide].concat();
                Reaction::http(response.status, "content-type: text/xml; charset=utf-16\r\n", &marked)
            }
            1 => Reaction::http(
                response.status,
                &format!("content-type: text/xml; charset=utf-8\r\n{fields}"),
                told.as_bytes(),
            ),
            2 => Reaction::http(response.status, "content-type: text/html\r\n", page.as_bytes()),
            _ => Reaction::xml(response.status, &told),
        }
    })
}

/// Every text and all bytes in a record, each as it was seen.
fn all_bytes(value: &Value, found: &mut Vec<Vec<u8>>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| all_bytes(value, found)),
        Value::Object(fields) => {
            for (name, value) in fields {
                assert!(name != "base64" || value.as_str().is_some_and(|code| STANDARD.decode(code).is_ok()));
                all_bytes(value, found);
            }
        }
        Value::String(text) => {
            // By whatever name: an archive of HTTP has bytes in several places.
            found.extend(STANDARD.decode(text).ok().filter(|bytes| !bytes.is_empty()));
            found.push(text.as_bytes().to_vec());
        }
        _ => {}
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

/// The characters of base64 that are those of the secret alone.
fn core<'a>(name: &str, text: &'a str) -> &'a str {
    match name {
        "in base64" => &text[..text.len() - 4],
        "in base64 behind one byte" | "in base64 behind two bytes" => &text[4..text.len() - 4],
        _ => text,
    }
}

#[test]
fn secrets_reach_no_record_and_no_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let record = path("r.json");
    let reports: Vec<(&str, String)> =
        FORMATS.iter().map(|format| (format.name, path(format.name))).collect();
    let asked: Vec<String> =
        reports.iter().flat_map(|(kind, path)| ["--report".to_owned(), format!("{kind}={path}")]).collect();
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    let secret = "Pass/word+22";
    let markup = "k&y<of-\"tests";
    let token = STANDARD.encode(format!("me:{secret}"));
    let quoted = format!("Cookie: sid=\"{secret}\"; lang=en");
    let by_field = |name: &str| format!("{name}: {markup}");
    let digest = format!("Authorization: Digest username=\"me\", qop=auth, response=\"{secret}\"");
    let ways: &[(&str, &[&str], &[&str])] = &[
        ("--user", &["--user", &format!("me:{secret}")], &[secret, &token]),
        ("--bearer", &["--bearer", secret], &[secret]),
        ("-H Authorization", &["-H", &format!("Authorization: Bearer {markup}")], &[markup]),
        ("-H Authorization: Basic", &["-H", &format!("Authorization: Basic {token}")], &[secret, &token]),
        ("-H Authorization: Digest", &["-H", &digest], &[secret]),
        (
            "-H Proxy-Authorization",
            &["-H", &format!("Proxy-Authorization: Basic {token}")],
            &[secret, &token],
        ),
        ("-H Cookie", &["-H", &quoted], &[secret]),
        ("-H X-Api-Key", &["-H", &by_field("X-Api-Key")], &[markup]),
        ("-H X-Trace", &["-H", &by_field("X-Trace")], &[markup]),
        ("query", &[], &["token-of-tests"]),
        ("--proxy", &[], &[secret, &token]),
    ];
    for (way, options, secrets) in ways {
        let peer = telling(secrets);
        let proxy = format!("http://me:{}@{}", secret.replace('/', "%2F"), peer.address);
        let (url, more) = match *way {
            "query" => (format!("{}?key={}", peer.url(), secrets[0]), vec![]),
            "--proxy" => ("http://um.invalid/EWS/UM2007Legacy.asmx".to_owned(), vec!["--proxy", &*proxy]),
            _ => (peer.url(), vec![]),
        };
        let run = ["run", "--server", &url, "-v", "--record", &record, "namespace/d*", "auth"];
        let ran = umspec(&[&run[..], &asked, options, &more].concat());
        assert!(matches!(ran.status.code(), Some(1 | 3)), "{way}: {}{}", stdout(&ran), stderr(&ran));

        let shown = ["report", "verify"].map(|command| umspec(&[command, &record]));
        assert_eq!(shown[1].status.code(), Some(0), "{way}: {}", stdout(&shown[1]));
        let saved = fs::read(&record).expect("a record");
        let mut texts = vec![ran.stdout, ran.stderr, saved.clone()];
        for (_, path) in &reports {
            let report = fs::read(path).expect("a report");
            // Of JSON and of JSON Lines, what a reader makes of it.
            let values = serde_json::Deserializer::from_slice(&report).into_iter::<Value>();
            values.map_while(Result::ok).for_each(|value| all_bytes(&value, &mut texts));
            assert!(!report.is_empty());
            texts.push(report);
        }
        texts.extend(shown.into_iter().flat_map(|output| [output.stdout, output.stderr]));
        texts.push(umspec(&["report", "--requirements", "json", &record]).stdout);
        for form in ["--raw", "--curl", "--hex"] {
            texts.push(umspec(&["show", "namespace/disconnect-types", form]).stdout);
        }
        // As a reader has it: in its file, a text may be put together of pieces.
        let read = Record::load(&saved).expect("a record");
        let control = serde_json::to_value(&read.control.evidence).expect("JSON");
        let entries = read.entries.iter().map(|entry| serde_json::to_value(entry).expect("JSON"));
        entries.chain([control]).for_each(|value| all_bytes(&value, &mut texts));
        assert!(contains(&saved, b"(hidden)"), "{way}: nothing is hidden");
        let spelled = secrets.iter().flat_map(|secret| spellings(secret));
        let patterns: Vec<(String, Vec<u8>)> = spelled
            .flat_map(|(name, text)| {
                let text = core(name, &text).to_owned();
                let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
                [(name.to_owned(), text.into_bytes()), (format!("{name}, in UTF-16"), wide)]
            })
            .collect();
        // All of them in one pass: each byte of a record stands in several reports.
        let all = texts.join(&b"\n\n"[..]);
        let search = AhoCorasick::new(patterns.iter().map(|(_, text)| text)).expect("patterns");
        if let Some(found) = search.find(&all) {
            let (name, _) = &patterns[found.pattern().as_usize()];
            let around = &all[found.start().saturating_sub(300)..all.len().min(found.end() + 100)];
            panic!("{way}: a secret {name} in {}", String::from_utf8_lossy(around));
        }
    }
}

//! Servers that crash on what a message says of its encoding: a converter that is not there.

use super::bug::{Bug, Mutant, mutant};
use crate::mock::killed_by::{KilledBy, by};
use crate::mock::listener::Request;
use crate::protocol::req;

/// Crashes on requests like this; a supervisor starts it again.
const fn dies(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    when: fn(&Request<'_>) -> bool,
) -> Mutant {
    mutant(name, about, killed_by, Bug::Crashes(when))
}

pub(super) static MUTANTS: &[Mutant] = &[
    dies(
        "dies-on-charset-nobody-knows",
        "The converter for the charset is not there, and it is used all the same.",
        by("encoding/charset-unknown", req::ALIVE_AFTERWARDS),
        |request| charset(request).is_some_and(|name| is_unknown(&name)),
    ),
    dies(
        "dies-on-charset-of-one-byte",
        "The converter for code pages is not installed.",
        by("encoding/charset-iso-latin", req::ALIVE_AFTERWARDS),
        |request| charset(request).is_some_and(|name| is_code_page(&name)),
    ),
    dies(
        "dies-on-repeated-charset",
        "Parameters of Content-Type are put into a table that takes no key twice.",
        by("encoding/charset-repeated", req::ALIVE_AFTERWARDS),
        |request| request.field("content-type").is_some_and(|value| value.matches("charset=").count() > 1),
    ),
    dies(
        "dies-on-declared-encoding-nobody-knows",
        "The converter for the declared encoding is not there, and it is used all the same.",
        by("encoding/declaration-unknown", req::ALIVE_AFTERWARDS),
        |request| declared(request).is_some_and(|name| is_unknown(&name)),
    ),
    dies(
        "dies-on-declared-code-page",
        "The converter for the declared code page is not installed.",
        by("encoding/declaration-iso-latin", req::ALIVE_AFTERWARDS),
        |request| declared(request).is_some_and(|name| is_code_page(&name)),
    ),
    dies(
        "dies-where-declaration-contradicts-charset",
        "The reader changes its encoding at the declaration, and reads the rest as something else.",
        by("encoding/utf-8-charset-utf-8-declared-utf-16", req::ALIVE_AFTERWARDS),
        |request| {
            let (Some(charset), Some(declared)) = (charset(request), declared(request)) else { return false };
            charset.get(..5) != declared.get(..5)
        },
    ),
    dies(
        "dies-where-mark-contradicts-charset",
        "The mark is left in what the charset says is text.",
        by("encoding/utf-16-mark-against-order", req::ALIVE_AFTERWARDS),
        |request| {
            let mark = match request.body {
                [0xFF, 0xFE, ..] => "utf-16le",
                [0xFE, 0xFF, ..] => "utf-16be",
                [0xEF, 0xBB, 0xBF, ..] => "utf-8",
                _ => return false,
            };
            charset(request).is_some_and(|name| !mark.starts_with(&*name))
        },
    ),
    dies(
        "dies-on-wide-text-without-mark",
        "Text in UTF-16 without a mark ends at its first null.",
        by("encoding/utf-16-without-mark", req::ALIVE_AFTERWARDS),
        |request| matches!(request.body, [0, b'<', ..] | [b'<', 0, ..]),
    ),
    dies(
        "dies-on-narrow-text-that-is-told-wide",
        "Text in UTF-8 is read in pairs of bytes where it is told to be UTF-16, and the last pair is none.",
        by("encoding/utf-8-charset-none-declared-utf-16", req::ALIVE_AFTERWARDS),
        |request| {
            let is_wide = |name: Option<String>| name.is_some_and(|name| name.starts_with("utf-16"));
            let is_narrow = !request.body.iter().take(8).any(|&byte| byte == 0);
            is_narrow && (is_wide(charset(request)) || is_wide(declared(request)))
        },
    ),
];

/// The charset of the media type, in lower case; empty for one without a name.
fn charset(request: &Request<'_>) -> Option<String> {
    let value = request.field("content-type")?.to_ascii_lowercase();
    let name = value.split("charset=").nth(1)?.split(';').next().unwrap_or_default();
    Some(name.trim().trim_matches('"').to_owned())
}

/// The encoding that the XML declaration names, in lower case.
fn declared(request: &Request<'_>) -> Option<String> {
    let start: Vec<u8> = request.body.iter().copied().filter(|&byte| byte != 0).take(80).collect();
    let text = String::from_utf8_lossy(&start).to_ascii_lowercase();
    let declaration = text.split_once("<?xml ")?.1.split("?>").next()?.to_owned();
    let name = declaration.split("encoding=").nth(1)?.trim_start_matches(['"', '\'']);
    Some(name.split(['"', '\'']).next().unwrap_or_default().to_owned())
}

fn is_unknown(name: &str) -> bool {
    !is_code_page(name) && !matches!(name, "utf-8" | "utf-16" | "utf-16le" | "utf-16be")
}

fn is_code_page(name: &str) -> bool {
    name == "us-ascii" || name.starts_with("iso-8859-") || name.starts_with("windows-")
}

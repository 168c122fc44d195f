//! What all pages have in common.

use crate::message::{escape_text, visible};

/// The script of the first page: it changes what the server tells, and nothing else. Without it the page is loaded
/// again and again.
pub(in crate::run::client) const SCRIPT: &str = include_str!("live.js");

/// Fields of every page: what stands in it is text, and nothing of it runs but our own script.
pub(in crate::run::client) const PAGE: [(&str, &str); 4] = [
    ("content-type", "text/html; charset=utf-8"),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    (
        "content-security-policy",
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; base-uri 'none'; \
         form-action 'none'",
    ),
];

const STYLE: &str = "
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 78rem; padding: 1rem; }
code, pre { font: 13px/1.4 ui-monospace, monospace; }
pre { overflow: auto; padding: .6rem; border: 1px solid #8886; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; border-top: 1px solid #8884; }
th[colspan] { padding-top: 1rem; }
.verdict { font-weight: bold; white-space: nowrap; }
[data-verdict=FAIL] { color: #c00; } [data-verdict=PASS] { color: #080; } [data-verdict=WARN] { color: #a60; }
@media (prefers-color-scheme: dark) {
  [data-verdict=FAIL] { color: #f77; } [data-verdict=PASS] { color: #7c7; } [data-verdict=WARN] { color: #fb5; }
}
.beside { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
@media (max-width: 60rem) { .beside { grid-template-columns: 1fr; } }
";

/// Text of whomever, as text of a page: in visible characters, and no markup.
pub(super) fn shown(text: &str) -> String {
    escape_text(&visible(text)).replace('"', "&quot;")
}

/// Lines, each in visible characters.
pub(super) fn block(lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| shown(line)).collect();
    format!("<pre>{}</pre>", lines.join("\n"))
}

/// A page of this title.
pub(super) fn page(title: &str, head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<link rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n{head}</head>\n<body>\n{body}</body>\n</html>\n",
        shown(title)
    )
}

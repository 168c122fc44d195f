//! A finding as files that somebody else can use: the value, the bytes, a line for a shell, and tests that fail on
//! the server and pass on one that is right. Text only; who calls writes the files.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::replay::{Replayed, replay};
use super::{CampaignFinding, CampaignOptions};
use crate::judge::{CheckId, Grading};
use crate::message::{HttpRequest, Ids, Wire, write_request};
use crate::protocol::{Operation, names};
use crate::run::CallSource;
use crate::target::{Endpoint, HttpServer, Options};

/// Version of the file. A reader takes files of its own version only.
pub const REPRODUCER_VERSION: u32 = 1;

/// Host and port in the bytes of a reproducer, where a server of one's own is put in.
const HOST: &str = "127.0.0.1:8080";

/// A finding as it is kept: `finding.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reproducer {
    /// [`REPRODUCER_VERSION`].
    pub format: u32,
    /// `umspec` and its version.
    pub tool: String,
    /// How the campaign was graded.
    pub grading: Grading,
    /// The finding.
    pub finding: CampaignFinding,
    /// The request for the documented sample id as base64: what the edits made when it was kept.
    pub request: String,
}

/// Why a text is no reproducer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReproducerError {
    /// It cannot be read.
    #[error("it is no finding of umspec fuzz: {0}")]
    Json(String),
    /// It is of another version.
    #[error("it is of format {0}, and this version of umspec reads format {REPRODUCER_VERSION}")]
    Version(u32),
    /// The edits make another request today than when it was kept.
    #[error("its edits make another request in this version of umspec than in {0}, which kept it")]
    Edits(String),
}

impl Reproducer {
    /// A finding to keep.
    pub fn of(finding: &CampaignFinding, grading: Grading) -> Self {
        // What was exchanged is in the bytes beside it; this file is the value.
        let finding = CampaignFinding { attempt: None, ..finding.clone() };
        Self {
            format: REPRODUCER_VERSION,
            tool: concat!("umspec ", env!("CARGO_PKG_VERSION")).to_owned(),
            grading,
            request: sample(&finding).map_or_else(String::new, |wire| STANDARD.encode(wire.bytes)),
            finding,
        }
    }

    /// Reads one.
    ///
    /// # Errors
    /// A text that is none, one of another version, and one whose edits make another request today.
    pub fn parse(text: &str) -> Result<Self, ReproducerError> {
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        let json = |error: serde_json::Error| ReproducerError::Json(error.to_string());
        let Version { format } = serde_json::from_str(text).map_err(json)?;
        if format != REPRODUCER_VERSION {
            return Err(ReproducerError::Version(format));
        }
        let kept: Self = serde_json::from_str(text).map_err(json)?;
        let now = sample(&kept.finding).map_or_else(String::new, |wire| STANDARD.encode(wire.bytes));
        if now == kept.request { Ok(kept) } else { Err(ReproducerError::Edits(kept.tool)) }
    }

    /// The files: names and what is in them.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let id = &self.finding.id;
        // Plain data is always written.
        let value = serde_json::to_string_pretty(self).unwrap_or_default() + "\n";
        let mut files = vec![("finding.json".to_owned(), value.into_bytes())];
        let name = id.replace('-', "_").to_ascii_lowercase();
        files.push((format!("{name}.rs"), self.rust(&name).into_bytes()));
        if let Some((request, wire)) = request(&self.finding).zip(sample(&self.finding)) {
            files.push(("send.sh".to_owned(), self.shell(&request, &wire).into_bytes()));
            files.push(("request.http".to_owned(), wire.bytes));
            // For a parser, which gets nothing else.
            files.push(("message.xml".to_owned(), request.body));
        }
        if let Some(test) = self.python(&name) {
            files.push((format!("test_{name}.py"), test.into_bytes()));
        }
        files
    }

    /// Sentences that say what it is.
    fn about(&self, comment: &str) -> String {
        let finding = &self.finding;
        let row = finding.shown.requirement.requirement();
        let mut lines = vec![
            format!("{} {}: {}", row.id, row.level.word(), row.statement),
            format!("expected: {}", finding.expected),
            format!("observed: {}", finding.observed),
        ];
        lines.extend(finding.input.told().iter().map(|edit| format!("input: {edit}")));
        if !finding.before.is_empty() {
            lines.push(format!("after {} other requests, see finding.json", finding.before.len()));
        }
        lines.iter().map(|line| format!("{comment} {}\n", crate::message::visible(line))).collect()
    }

    fn shell(&self, request: &HttpRequest, wire: &Wire) -> String {
        let mut out = format!("#!/bin/sh\n{}", self.about("#"));
        let _ =
            writeln!(out, "# The call id in it is the documented sample: put in one of a call that is up.");
        let _ = writeln!(out, "# sh send.sh http://HOST:PORT/PATH");
        let _ = writeln!(out, "url=${{1:-http://{HOST}{}}}", names::ENDPOINT_PATH);
        if request.is_ordinary() {
            let fields: String = request
                .headers
                .iter()
                .map(|(name, value)| {
                    let field =
                        if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
                    format!(" -H {}", quoted(&field))
                })
                .collect();
            let untyped = if request.header("content-type").is_none() { " -H 'Content-Type:'" } else { "" };
            let body = STANDARD.encode(&request.body);
            let _ = writeln!(
                out,
                "printf %s {body} | base64 -d | curl -sS -i -X {}{fields}{untyped} --data-binary @- \"$url{}\"",
                quoted(&request.method),
                request.query
            );
        } else {
            // curl would mend how it goes over the connection.
            let _ = writeln!(out, "host=${{url#http://}}; host=${{host%%/*}}");
            let bytes = STANDARD.encode(&wire.bytes);
            let _ =
                writeln!(out, "printf %s {bytes} | base64 -d | nc -q 5 \"${{host%:*}}\" \"${{host##*:}}\"");
        }
        out
    }

    /// A test for `cargo test` of a crate that has umspec among its dependencies.
    fn rust(&self, name: &str) -> String {
        format!(
            "{}// cargo test, with umspec as a dev-dependency and UMSPEC_SERVER=http://HOST:PORT/PATH.\n\n\
             #[test]\nfn {name}() {{\n    \
             let url = std::env::var(\"UMSPEC_SERVER\").expect(\"UMSPEC_SERVER is the URL of the server\");\n    \
             umspec::campaign::is_fixed(include_str!(\"finding.json\"), &url).unwrap();\n}}\n",
            self.about("//")
        )
    }

    /// A test for Python without packages, for a finding about what an answer amounts to. None where the id does
    /// not stand in the request as it is, or requests have to go before it.
    fn python(&self, name: &str) -> Option<String> {
        let finding = &self.finding;
        if finding.shown.check != CheckId::Outcome || !finding.before.is_empty() || finding.untried.is_some()
        {
            return None;
        }
        let (request, wire) = request(finding).zip(sample(finding))?;
        let little_endian: Vec<u8> =
            names::SAMPLE_CALL_ID.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let has = |text: &[u8]| memchr::memmem::find(&request.body, text).is_some();
        let encoding = if has(names::SAMPLE_CALL_ID.as_bytes()) {
            "utf-8"
        } else if has(&little_endian) {
            "utf-16-le"
        } else if has(&names::SAMPLE_CALL_ID.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>()) {
            "utf-16-be"
        } else if finding.class.is_negative() {
            // It names no call.
            "utf-8"
        } else {
            return None;
        };
        // What tells lengths or parts of the body would have to be told anew.
        if !request.cuts.is_empty()
            || wire.held.is_some()
            || request.framing != crate::message::Framing::Ordinary
        {
            return None;
        }
        let place = write_request(Operation::PlayOnPhone, &["ENTRY", "DIAL"]);
        let fields: Vec<String> =
            request.headers.iter().map(|(name, value)| format!("({name:?}, {value:?})")).collect();
        let mut out = format!(
            "{}# python3 test_{name}.py, with UMSPEC_SERVER=http://HOST:PORT/PATH.\n",
            self.about("#")
        );
        let _ = writeln!(
            out,
            "# The id is that of UMSPEC_CALL_ID, or of a call placed by PlayOnPhone with UMSPEC_ENTRY_ID"
        );
        let _ = writeln!(out, "# and UMSPEC_DIAL_STRING. UMSPEC_AUTHORIZATION is sent where it is set.");
        let _ = write!(
            out,
            "{}",
            PYTHON
                .replace("@BODY@", &STANDARD.encode(&request.body))
                .replace("@PLACE@", &STANDARD.encode(place))
                .replace("@ACTION@", &Operation::PlayOnPhone.soap_action())
                .replace("@SAMPLE@", names::SAMPLE_CALL_ID)
                .replace("@ENCODING@", encoding)
                .replace("@METHOD@", &request.method)
                .replace("@QUERY@", &request.query)
                .replace("@FIELDS@", &fields.join(", "))
                .replace("@CAME@", &finding.shown.came)
                .replace("@NAME@", name)
        );
        Some(out)
    }
}

/// The program of a test, in which the words between at signs are put in.
const PYTHON: &str = r#"import base64
import http.client
import os
import re
import unittest
from urllib.parse import urlsplit

URL = urlsplit(os.environ.get("UMSPEC_SERVER", ""))
BODY = base64.b64decode("@BODY@")
PLACE = base64.b64decode("@PLACE@")
SAMPLE = "@SAMPLE@"


def ask(method, query, fields, body):
    kind = http.client.HTTPSConnection if URL.scheme == "https" else http.client.HTTPConnection
    connection = kind(URL.hostname, URL.port, timeout=10)
    connection.putrequest(method, (URL.path or "/") + query, skip_accept_encoding=True)
    if "UMSPEC_AUTHORIZATION" in os.environ:
        connection.putheader("authorization", os.environ["UMSPEC_AUTHORIZATION"])
    for name, value in fields:
        connection.putheader(name, value)
    connection.putheader("content-length", str(len(body)))
    connection.endheaders(body)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, text


def call_id():
    if "UMSPEC_CALL_ID" in os.environ:
        return os.environ["UMSPEC_CALL_ID"]
    body = PLACE.replace(b"ENTRY", os.environ.get("UMSPEC_ENTRY_ID", "ZW50cnk=").encode())
    body = body.replace(b"DIAL", os.environ.get("UMSPEC_DIAL_STRING", "5550100").encode())
    fields = [("content-type", "text/xml; charset=utf-8"), ("soapaction", '"@ACTION@"')]
    _, text = ask("POST", "", fields, body)
    found = re.search(r"<[^<>]*PlayOnPhoneResponse[^<>]*>\s*([^<>\s][^<>]*)</", text)
    if not found:
        raise RuntimeError("no call could be placed; set UMSPEC_CALL_ID")
    return found.group(1)


def came(method, query, fields, body):
    try:
        status, text = ask(method, query, fields, body)
    except TimeoutError:
        return "silent"
    except (http.client.HTTPException, ConnectionError):
        return "closed"
    fault = re.search(r"<faultcode[^>]*>\s*(?:[^<:]*:)?([^<\s]*)", text)
    if fault and method != "HEAD":
        return "fault-" + fault.group(1)
    if 200 <= status < 300 and "DisconnectResponse" in text:
        return "accepted"
    return "http-%dxx" % (status // 100)


class Test(unittest.TestCase):
    def test_@NAME@(self):
        body = BODY.replace(SAMPLE.encode("@ENCODING@"), call_id().encode("@ENCODING@"))
        fields = [@FIELDS@]
        self.assertNotEqual(came("@METHOD@", "@QUERY@", fields, body), "@CAME@")


if __name__ == "__main__":
    unittest.main()
"#;

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The request of a finding for the documented sample id.
fn request(finding: &CampaignFinding) -> Option<HttpRequest> {
    finding.input.write(&Ids::default())
}

/// The same as bytes.
fn sample(finding: &CampaignFinding) -> Option<Wire> {
    let endpoint = Endpoint::parse(&format!("http://{HOST}{}", names::ENDPOINT_PATH)).ok()?;
    Some(endpoint.wire(&request(finding)?))
}

/// Tries a finding of `finding.json` again on a server, for a test: `Ok` where it did not come again. Calls are placed
/// by PlayOnPhone with `UMSPEC_ENTRY_ID` and `UMSPEC_DIAL_STRING` of the environment where they are set, else as on a
/// mock; `UMSPEC_CALL_ID` takes the place of both.
///
/// # Errors
/// In words: it came again, or could not be tried.
pub fn is_fixed(finding: &str, url: &str) -> Result<(), String> {
    let kept = Reproducer::parse(finding).map_err(|error| error.to_string())?;
    let endpoint = Endpoint::parse(url).map_err(|error| error.to_string())?;
    let server = HttpServer::new(endpoint, &Options::default()).map_err(|error| error.to_string())?;
    let of = |name: &str| std::env::var(name).ok();
    let calls = match (of("UMSPEC_CALL_ID"), of("UMSPEC_ENTRY_ID"), of("UMSPEC_DIAL_STRING")) {
        (Some(id), ..) => CallSource::Given(vec![id]),
        (None, Some(entry_id), Some(dial_string)) => CallSource::PlayOnPhone { entry_id, dial_string },
        _ => CallSource::Mock,
    };
    let options = CampaignOptions { grading: kept.grading, ..CampaignOptions::new(url, calls) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    match runtime.block_on(replay(server, &kept.finding, &options)) {
        Replayed::Fixed => Ok(()),
        Replayed::Error(why) => Err(format!("it could not be tried: {why}")),
        Replayed::Failed | Replayed::Flaky(..) => Err(format!("it came again: {}", kept.finding.observed)),
    }
}

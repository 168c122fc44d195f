//! Clients that differ from the reference as some document allows.

use super::exchange::Got;
use super::reference::{end_of, reply, takes};
use super::variant::{ClientVariant, does, reads, send, way, writes, written};
use super::way::{USUAL, Way};
use crate::evidence::{ClientCall, ClientEnd};
use crate::message::{Edit, Encoding, Place, Reply, write_success};
use crate::protocol::{FaultCode, names};

/// Every client that differs as some document allows.
pub fn client_variants() -> impl Iterator<Item = &'static ClientVariant> {
    [MESSAGES, LINES, READERS, DOERS].into_iter().flatten()
}

/// A field of the request with this value.
fn field(name: &str, value: &str) -> Vec<Edit> {
    vec![Edit::HttpHeader(name.to_owned(), Some(value.to_owned()))]
}

fn text(text: &str) -> String {
    text.to_owned()
}

/// A message in UTF-16 with a mark, labelled and declared so.
fn wide(encoding: Encoding) -> Vec<Edit> {
    let declaration = "<?xml version=\"1.0\" encoding=\"utf-16\"?>";
    let mut edits = field("content-type", "text/xml; charset=utf-16");
    edits.extend([Edit::Encoding(encoding), Edit::Mark, Edit::Declaration(Some(text(declaration)))]);
    edits
}

/// How the message is written, and labelled.
const MESSAGES: &[ClientVariant] = &[
    writes("utf-16-le", "Sends UTF-16, little-endian, with a mark (BP R1012).", |_| wide(Encoding::Utf16Le)),
    writes("utf-16-be", "Sends UTF-16, big-endian, with a mark (BP R1012).", |_| wide(Encoding::Utf16Be)),
    writes("marked", "Sends a byte order mark before UTF-8 (BP R4001).", |_| vec![Edit::Mark]),
    writes("undeclared", "Sends no XML declaration (XML 1.0 2.8).", |_| vec![Edit::Declaration(None)]),
    writes("standalone", "Says standalone in its XML declaration (XML 1.0 2.9).", |_| {
        vec![Edit::Declaration(Some(text("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>")))]
    }),
    writes("indented", "Writes white space between elements.", |_| {
        vec![
            Edit::First(Place::Envelope, text("\r\n\t")),
            Edit::First(Place::Body, text("\n  ")),
            Edit::First(Place::Operation, text("\n    ")),
            Edit::Last(Place::Operation, text("\n")),
            Edit::Epilog(text("\n")),
        ]
    }),
    writes("commented", "Writes comments between elements (XML 1.0 2.5).", |_| {
        vec![Edit::First(Place::Body, text("<!-- hang up -->")), Edit::Epilog(text("<!-- end -->"))]
    }),
    writes("other-prefixes", "Writes other prefixes (NS 2).", |_| {
        vec![Edit::Prefix(Place::Envelope, text("SOAP-ENV")), Edit::Prefix(Place::Operation, text("m"))]
    }),
    writes("default-envelope", "Has the envelope in the default namespace (NS 6.2).", |_| {
        vec![Edit::Prefix(Place::Envelope, String::new()), Edit::Prefix(Place::Operation, text("m"))]
    }),
    writes("apostrophes", "Writes apostrophes around values (XML 1.0 2.3).", |_| vec![Edit::SingleQuotes]),
    writes("schema-namespaces", "Declares the namespaces of XML Schema on the envelope.", |_| {
        let declared = format!(" xmlns:xsi=\"{}\" xmlns:xsd=\"{}\"", names::XSI, names::XSD);
        vec![Edit::Attributes(Place::Envelope, declared)]
    }),
    writes("typed", "Says that CallId is a string, by xsi:type (XML Schema 1, 2.6.1).", |_| {
        let typed =
            format!(" xmlns:xsi=\"{}\" xmlns:xsd=\"{}\" xsi:type=\"xsd:string\"", names::XSI, names::XSD);
        vec![Edit::Attributes(Place::CallId, typed)]
    }),
    writes("references", "Writes every character of the id as a reference (XML 1.0 4.1).", |id| {
        let references = id.chars().map(|c| format!("&#x{:X};", u32::from(c))).collect();
        vec![Edit::Content(Place::CallId, references)]
    }),
    writes("sections", "Writes the id in CDATA sections, and CR by reference (XML 1.0 2.7).", |id| {
        let section = format!("<![CDATA[{}]]>", id.replace("]]>", "]]]]><![CDATA[>"));
        vec![Edit::Content(Place::CallId, section.replace('\r', "]]>&#13;<![CDATA["))]
    }),
    writes("empty-header", "Sends an empty Header (SOAP 4.2).", |_| vec![Edit::Header(String::new())]),
    writes("addressed", "Sends header entries of WS-Addressing (SOAP 4.2).", |_| {
        vec![Edit::Header(text(
            "<a:To xmlns:a=\"http://www.w3.org/2005/08/addressing\">urn:x</a:To>\
             <a:MessageID xmlns:a=\"http://www.w3.org/2005/08/addressing\">urn:uuid:1</a:MessageID>",
        ))]
    }),
    writes("for-an-intermediary", "Sends a header entry that another must understand (SOAP 4.2.2).", |_| {
        vec![Edit::Header(text(
            "<x:H xmlns:x=\"urn:x\" soap:actor=\"http://other.example/\" soap:mustUnderstand=\"1\"/>",
        ))]
    }),
    writes("charset-quoted", "Writes the charset as a quoted string (RFC 9110 5.6.6).", |_| {
        field("content-type", "text/xml;charset=\"UTF-8\"")
    }),
    writes("label-in-capitals", "Writes its media type in capitals (RFC 9110 8.3.1).", |_| {
        field("content-type", "TEXT/XML; CHARSET=UTF-8")
    }),
    writes("ascii", "Names US-ASCII, writes references for the rest.", |id| {
        let content = id.chars().map(|c| match c {
            '<' | '&' | '>' | '\r' => format!("&#{};", u32::from(c)),
            c if c.is_ascii() => c.to_string(),
            c => format!("&#{};", u32::from(c)),
        });
        let mut edits = vec![Edit::Content(Place::CallId, content.collect()), Edit::Declaration(None)];
        edits.extend(field("content-type", "text/xml; charset=us-ascii"));
        edits
    }),
    writes("more-fields", "Sends fields that nobody asked for.", |_| {
        let also = |name: &str, value: &str| Edit::HttpHeaderAlso(text(name), text(value));
        vec![
            // Bytes beyond ASCII are lawful there (RFC 9110 5.5).
            also("user-agent", "a/1 (caf\u{E9})"),
            also("accept", "text/xml, */*;q=0.1"),
            also("x-request-id", "1"),
            also("cookie", "a=b"),
        ]
    }),
];

/// How the request goes over the line.
const LINES: &[ClientVariant] = &[
    way(
        "names-in-capitals",
        "Writes the names of fields in capitals (RFC 9110 5.1).",
        Way { name: str::to_ascii_uppercase, ..USUAL },
    ),
    way("without-blanks", "Writes no blank after colons (RFC 9112 5).", Way { colon: ":", ..USUAL }),
    way(
        "http-1-0",
        "Speaks HTTP/1.0, without Host (RFC 9112 2.5).",
        Way { version: "1.0", hosts: 0, ..USUAL },
    ),
    way("http-1-0-with-host", "Speaks HTTP/1.0, with Host.", Way { version: "1.0", ..USUAL }),
    way("segments", "Sends its request in segments of forty bytes.", Way { segment: Some(40), ..USUAL }),
    way("chunks", "Sends its request in chunks (RFC 9112 7.1).", Way { is_chunked: true, ..USUAL }),
    way("asks-first", "Asks before it sends the body (RFC 9110 10.1.1).", Way { expects: true, ..USUAL }),
    way(
        "asks-first-in-chunks",
        "Asks before it sends the body in chunks.",
        Way { expects: true, is_chunked: true, ..USUAL },
    ),
    way(
        "chunks-with-extensions",
        "Sends chunks with extensions, zeros before their sizes, and a trailer field (RFC 9112 7.1).",
        Way {
            is_chunked: true,
            spoil: |_, body| {
                let text = String::from_utf8_lossy(body);
                let text = format!("00{}", text.replacen("\r\n", " ; a=\"b;c\"\r\n", 1));
                let end = "\r\n000;d\r\nx-sum: 1\r\n\r\n";
                *body = text
                    .strip_suffix("\r\n0\r\n\r\n")
                    .map_or_else(Vec::new, |text| (text.to_owned() + end).into());
            },
            ..USUAL
        },
    ),
    way(
        "length-with-zeros",
        "Writes zeros before its Content-Length (RFC 9110 8.6).",
        Way { spoil: |head, _| *head = head.replace("content-length: ", "content-length: 00"), ..USUAL },
    ),
    way(
        "offers-an-upgrade",
        "Offers to go on in another protocol (RFC 9110 7.8).",
        Way {
            spoil: |head, _| {
                *head =
                    head.replace("connection: close\r\n", "connection: close, upgrade\r\nupgrade: h2c\r\n");
            },
            ..USUAL
        },
    ),
    way(
        "keeps-its-connection",
        "Does not say that it sends no further request (RFC 9112 9.3).",
        Way { closes: false, ..USUAL },
    ),
];

/// What is made of an answer.
const READERS: &[ClientVariant] = &[
    reads(
        "takes-instructions",
        "Takes a success beside a processing instruction (XML 1.0 2.6).",
        |got, end| taken_without(got, "<?xml-stylesheet href='a'?>", end),
    ),
    reads("takes-trailers", "Takes a success with an element after Body (SOAP 4).", |got, end| {
        taken_without(got, "<x:T xmlns:x='urn:x'/>", end)
    }),
    reads("wants-200", "Takes no success with another status than 200.", |got, end| {
        refused_if(got.status != 200, end)
    }),
    reads(
        "wants-text-xml",
        "Takes no answer that is not labelled text/xml in UTF-8 or UTF-16.",
        |got, end| {
            let label = got.header("content-type").unwrap_or_default().to_ascii_lowercase();
            let is_known = !label.contains("charset") || label.contains("utf-8") || label.contains("utf-16");
            refused_if(!label.starts_with("text/xml") || !is_known, end)
        },
    ),
    reads(
        "takes-no-more-than-64-kilobytes",
        "Takes no answer of more than 64 KiB (UMD-R170).",
        |got, end| refused_if(got.body.len() > 65_536, end),
    ),
    reads("takes-no-coding", "Takes no content coding, as it offers none.", |got, end| {
        refused_if(got.header("content-encoding").is_some(), end)
    }),
    reads(
        "takes-one-length",
        "Takes no answer whose length is told twice, even alike (RFC 9110 8.6).",
        |got, end| {
            let lengths = got.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            refused_if(lengths.count() > 1, end)
        },
    ),
    reads("refuses-second-answers", "Takes what follows an answer for an attack.", |got, end| {
        refused_if(got.has_more, end)
    }),
    reads(
        "takes-the-empty-actor",
        "Takes an entry with an empty actor for somebody else's (C28).",
        |got, end| {
            let is_whole = got.complete && !got.unended && got.status == 200;
            let entry = "soap:actor=''/>";
            if is_whole && got.text().contains(entry) && got.text().contains("<DisconnectResponse") {
                ClientEnd::Disconnected
            } else {
                end
            }
        },
    ),
    reads(
        "refuses-bare-line-feeds",
        "Takes a head whose lines end in LF alone for no HTTP (RFC 9112 2.2).",
        |got, end| refused_if(got.wire.starts_with("HTTP/1.1 200 OK\n"), end),
    ),
];

/// What is done before and after.
const DOERS: &[ClientVariant] = &[
    does("reads-the-description", "Asks for the description of the service first.", |call| {
        if takes(call.call_id) {
            let mut look = written("x", &[Edit::NoBody, Edit::Method(text("GET"))]);
            look.body.clear();
            let described = ClientCall { url: &format!("{}?wsdl", call.url), ..*call };
            send(&described, &look, &USUAL);
        }
        ask(call)
    }),
    does("looks-first", "Looks at the URL with HEAD first (RFC 9110 9.3.2).", |call| {
        if takes(call.call_id) {
            send(call, &written("x", &[Edit::NoBody, Edit::Method(text("HEAD"))]), &USUAL);
        }
        ask(call)
    }),
    does(
        "asks-again",
        "Asks again after a lost answer, and knows what the fault then means (UMD-R168).",
        |call| {
            if !takes(call.call_id) {
                return ClientEnd::Refused;
            }
            let request = written(call.call_id, &[]);
            let first = send(call, &request, &USUAL);
            if first.unended || first.status != 0 {
                return end_of(&first);
            }
            let second = send(call, &request, &USUAL);
            let is_down = |fault: &FaultCode| *fault == FaultCode::InvalidCallId;
            match reply(&second) {
                Some(Reply::Fault(fault)) if is_down(&fault.meaning()) => ClientEnd::Disconnected,
                _ => end_of(&second),
            }
        },
    ),
    does(
        "follows-redirects",
        "Follows 307 and 308, and keeps its credentials to their host (BP R1131).",
        |call| {
            if !takes(call.call_id) {
                return ClientEnd::Refused;
            }
            let mut request = written(call.call_id, &[]);
            let mut got = send(call, &request, &USUAL);
            for _ in 0..5 {
                let Some(location) = got.header("location").filter(|_| matches!(got.status, 307 | 308))
                else {
                    break;
                };
                let location = location.split('#').next().unwrap_or_default();
                let base = call.url.rsplit_once('/').map_or("", |(base, _)| base);
                let url =
                    if location.contains("://") { location.to_owned() } else { format!("{base}/{location}") };
                request.set_header("authorization", None);
                got = send(&ClientCall { url: &url, ..*call }, &request, &USUAL);
            }
            if (300..400).contains(&got.status) { ClientEnd::Refused } else { end_of(&got) }
        },
    ),
    does("answers-challenges", "Sends its credentials once they are asked for (RFC 9110 11.6.1).", |call| {
        if !takes(call.call_id) {
            return ClientEnd::Refused;
        }
        let mut request = written(call.call_id, &[]);
        let authorization = request.header("authorization").map(str::to_owned);
        request.set_header("authorization", None);
        let mut got = send(call, &request, &USUAL);
        if got.status == 401 {
            request.set_header("authorization", authorization);
            got = send(call, &request, &USUAL);
        }
        end_of(&got)
    }),
    does("reads-gzip", "Offers gzip, and reads it.", |call| {
        if !takes(call.call_id) {
            return ClientEnd::Refused;
        }
        let got = send(call, &written(call.call_id, &field("accept-encoding", "gzip")), &USUAL);
        if got.header("content-encoding") != Some("gzip") {
            return end_of(&got);
        }
        // Stored as it is: what stands between the ten and five bytes of heads, with the name of a file between
        // them where the fourth byte says so (RFC 1952 2.3), and the eight of the tail.
        let is_named = got.body.get(3) == Some(&8);
        let name = got.body.iter().skip(10).position(|&byte| byte == 0).map_or(0, |end| end + 1);
        let start = 15 + if is_named { name } else { 0 };
        let is_gzip = got.body.starts_with(&[0x1F, 0x8B]);
        let stored = got.body.get(start..got.body.len().saturating_sub(8)).filter(|_| is_gzip);
        let body = stored.unwrap_or_default().to_vec();
        end_of(&Got { body, ..got })
    }),
    does("offers-no-coding", "Says that it wants no coding (RFC 9110 12.5.3).", |call| {
        if !takes(call.call_id) {
            return ClientEnd::Refused;
        }
        let request = written(call.call_id, &field("accept-encoding", "gzip;q=0, *;q=0, identity"));
        let got = send(call, &request, &USUAL);
        refused_if(got.header("content-encoding").is_some(), end_of(&got))
    }),
    does("refuses-long-ids", "Refuses an id of more than 512 characters (UMD-R088).", |call| {
        if call.call_id.chars().count() > 512 { ClientEnd::Refused } else { ask(call) }
    }),
    does("takes-blank-ids", "Sends an id that is empty or blank, as it was given.", |call| {
        if call.call_id.trim().is_empty() {
            let content = vec![Edit::Content(Place::CallId, call.call_id.to_owned())];
            return end_of(&send(call, &written("x", &content), &USUAL));
        }
        ask(call)
    }),
    does("spells-in-two-ways", "Writes one of two spellings that mean the same.", |call| {
        use std::sync::atomic::{AtomicBool, Ordering};
        static OTHER: AtomicBool = AtomicBool::new(false);
        if !takes(call.call_id) {
            return ClientEnd::Refused;
        }
        let quotes = OTHER.fetch_xor(true, Ordering::Relaxed).then_some(Edit::SingleQuotes);
        end_of(&send(call, &written(call.call_id, quotes.as_slice()), &USUAL))
    }),
];

/// Success for the plain one with this in it.
fn taken_without(got: &Got, markup: &str, end: ClientEnd) -> ClientEnd {
    let text = got.text();
    let is_plain = text.contains(markup) && text.replacen(markup, "", 1) == write_success();
    if got.status == 200 && got.complete && is_plain { ClientEnd::Disconnected } else { end }
}

fn ask(call: &ClientCall<'_>) -> ClientEnd {
    if takes(call.call_id) {
        end_of(&send(call, &written(call.call_id, &[]), &USUAL))
    } else {
        ClientEnd::Refused
    }
}

fn refused_if(holds: bool, end: ClientEnd) -> ClientEnd {
    if holds { ClientEnd::Refused } else { end }
}

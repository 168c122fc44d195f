//! Clients whose requests have one thing wrong as HTTP/1 (RFC 9112): in the head, in the framing of the body, or in
//! how they name the server.

use super::mutant::{ClientMutant, writes};
use super::way::{USUAL, Way};
use crate::mock::killed_by::by;
use crate::protocol::req;

pub(super) static MUTANTS: &[ClientMutant] = &[
    // The request line.
    writes(
        "speaks-http-1-2",
        "Says that it speaks HTTP/1.2.",
        by("control", req::HTTP_VERSION),
        Way { version: "1.2", ..USUAL },
    ),
    writes(
        "writes-http-in-small-letters",
        "Writes the name of HTTP in small letters.",
        by("control", req::HTTP_VERSION),
        Way { spoil: |head, _| change(head, " HTTP/", " http/"), ..USUAL },
    ),
    writes(
        "writes-two-blanks",
        "Writes two blanks before the version.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { spoil: |head, _| change(head, " HTTP/", "  HTTP/"), ..USUAL },
    ),
    writes(
        "sends-fragment",
        "Sends a fragment with its target.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { spoil: |head, _| change(head, " HTTP/", "#Disconnect HTTP/"), ..USUAL },
    ),
    writes(
        "adds-slash",
        "Adds a slash to the path of its URL.",
        by("control", req::ENDPOINT_FROM_AUTODISCOVER),
        Way { spoil: |head, _| change(head, " HTTP/", "/ HTTP/"), ..USUAL },
    ),
    writes(
        "sends-line-before-request",
        "Sends an empty line before the request.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { spoil: |head, _| head.insert_str(0, "\r\n"), ..USUAL },
    ),
    // Fields.
    writes(
        "names-host-without-port",
        "Leaves the port of its URL out of Host.",
        by("control", req::HOST_FIELD),
        Way {
            spoil: |head, _| change_host(head, |host| host.split(':').next().unwrap_or(host).to_owned()),
            ..USUAL
        },
    ),
    writes(
        "leaves-host-empty",
        "Leaves Host empty.",
        by("control", req::HOST_FIELD),
        Way { spoil: |head, _| change_host(head, |_| String::new()), ..USUAL },
    ),
    writes(
        "names-another-host",
        "Names another host than that of its URL.",
        by("control", req::HOST_FIELD),
        Way { spoil: |head, _| change_host(head, |host| host.replace("127.0.0.1", "localhost")), ..USUAL },
    ),
    writes(
        "writes-blank-before-colon",
        "Writes a blank before a colon.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { spoil: |head, _| change(head, "connection: ", "connection : "), ..USUAL },
    ),
    writes(
        "folds-fields",
        "Folds the value of a field over two lines.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { spoil: |head, _| change(head, "; charset", ";\r\n charset"), ..USUAL },
    ),
    writes(
        "names-fields-with-parentheses",
        "Sends a field whose name is no token.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { spoil: |head, _| add(head, "x(tool): 1"), ..USUAL },
    ),
    writes(
        "sends-nul",
        "Sends a NUL within a field.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { spoil: |head, _| add(head, "user-agent: a\0b"), ..USUAL },
    ),
    writes(
        "sends-bare-cr",
        "Sends a CR within a field.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { spoil: |head, _| add(head, "user-agent: a\rb"), ..USUAL },
    ),
    writes(
        "ends-lines-bare",
        "Ends the lines of its head with LF alone.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { spoil: |head, _| *head = head.replace("\r\n", "\n"), ..USUAL },
    ),
    writes(
        "gives-soap-action-to-proxies",
        "Lists SOAPAction in Connection, so that an intermediary takes it off.",
        by("control", req::SOAP_ACTION_PRESENT),
        Way { spoil: |head, _| change(head, "connection: close", "connection: close, SOAPAction"), ..USUAL },
    ),
    // The length of the body.
    writes(
        "tells-length-twice",
        "Tells the length of its body twice.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { spoil: |head, body| add(head, &format!("content-length: {}", body.len())), ..USUAL },
    ),
    writes(
        "signs-its-length",
        "Writes a plus sign before the length of its body.",
        by("control", req::INVALID_LENGTH),
        Way { spoil: |head, _| change(head, "content-length: ", "content-length: +"), ..USUAL },
    ),
    writes(
        "tells-no-length",
        "Sends a body without telling its length.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { spoil: |head, _| change(head, "content-length: ", "x-length: "), ..USUAL },
    ),
    writes(
        "tells-length-beside-chunks",
        "Tells a length and sends chunks.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way {
            is_chunked: true,
            spoil: |head, body| add(head, &format!("content-length: {}", body.len())),
            ..USUAL
        },
    ),
    writes(
        "sends-line-after-body",
        "Sends an empty line after the body.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { spoil: |_, body| body.extend_from_slice(b"\r\n"), ..USUAL },
    ),
    // Chunks.
    writes(
        "sends-chunks-in-http-1-0",
        "Speaks HTTP/1.0 and sends chunks.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { version: "1.0", is_chunked: true, ..USUAL },
    ),
    writes(
        "names-chunks-twice",
        "Says twice that it sends chunks.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { is_chunked: true, spoil: |head, _| add(head, "transfer-encoding: chunked"), ..USUAL },
    ),
    writes(
        "ends-lines-of-chunks-bare",
        "Ends the lines around its chunks with LF alone.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way {
            is_chunked: true,
            spoil: |_, body| *body = String::from_utf8_lossy(body).replace("\r\n", "\n").into_bytes(),
            ..USUAL
        },
    ),
    writes(
        "leaves-chunks-unended",
        "Leaves out the empty line after the last chunk.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { is_chunked: true, spoil: |_, body| body.truncate(body.len().saturating_sub(2)), ..USUAL },
    ),
    writes(
        "leaves-out-last-chunk",
        "Leaves out the chunk of no bytes that ends the others.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way { is_chunked: true, spoil: |_, body| body.truncate(body.len().saturating_sub(5)), ..USUAL },
    ),
    writes(
        "tells-decimal-chunk-sizes",
        "Writes the sizes of its chunks in decimal digits.",
        by("control", req::UNAMBIGUOUS_FRAMING),
        Way {
            is_chunked: true,
            spoil: |_, body| {
                let text = String::from_utf8_lossy(body).into_owned();
                let Some((size, rest)) = text.split_once("\r\n") else { return };
                let Ok(size) = usize::from_str_radix(size, 16) else { return };
                *body = format!("{size}\r\n{rest}").into_bytes();
            },
            ..USUAL
        },
    ),
];

fn change(head: &mut String, from: &str, to: &str) {
    *head = head.replacen(from, to, 1);
}

/// One more line before the empty one.
fn add(head: &mut String, line: &str) {
    let end = head.len().saturating_sub(2);
    head.insert_str(end, &format!("{line}\r\n"));
}

fn change_host(head: &mut String, new: fn(&str) -> String) {
    let Some((before, rest)) = head.split_once("\r\nhost: ") else { return };
    let Some((host, after)) = rest.split_once("\r\n") else { return };
    *head = format!("{before}\r\nhost: {}\r\n{after}", new(host));
}

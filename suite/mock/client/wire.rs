//! Clients that read or write HTTP on the line in a way of their own: fields, lengths, chunks, segments,
//! connections.

use super::answers::{refuse_if, success_if};
use super::exchange::{Got, exchange, exchange_by};
use super::mutant::{ClientMutant, breaks_if, does, reads};
use super::reference::{end_of, request, takes, wait};
use super::way::{USUAL, Way};
use crate::evidence::{ClientCall, ClientEnd};
use crate::message::HttpRequest;
use crate::mock::killed_by::by;
use crate::protocol::req;

pub(super) static MUTANTS: &[ClientMutant] = &[
    // The fields of an answer.
    reads(
        "knows-small-letters",
        "Knows the names of fields in small letters alone.",
        by("answer-field/names-in-capitals", req::UNAMBIGUOUS_FRAMING),
        |got, end| {
            refuse_if(got.headers.iter().any(|(name, _)| name.bytes().any(|b| b.is_ascii_uppercase())), end)
        },
    ),
    reads(
        "splits-fields-at-colon-and-blank",
        "Takes a colon and a blank for what parts the name of a field from its value.",
        by("answer-field/no-blank-after-colon", req::UNAMBIGUOUS_FRAMING),
        |got, end| refuse_if(got.fields().lines().any(|line| !line.contains(": ")), end),
    ),
    reads(
        "keeps-blanks-around-values",
        "Takes further blanks around the value of a field for a part of it.",
        by("answer-field/blanks-at-end", req::UNAMBIGUOUS_FRAMING),
        |got, end| {
            let values = got.fields().lines().filter_map(|line| line.split_once(':'));
            let mut values = values.map(|(_, value)| value.strip_prefix(' ').unwrap_or(value));
            refuse_if(values.any(|value| value.trim() != value), end)
        },
    ),
    reads(
        "counts-to-thirty",
        "Takes thirty fields at most.",
        by("answer-field/fifty-more", req::UNAMBIGUOUS_FRAMING),
        |got, end| refuse_if(got.headers.len() > 30, end),
    ),
    reads(
        "knows-each-field-once",
        "Takes no answer in which a field stands twice.",
        by("answer-field/set-cookie-twice", req::UNAMBIGUOUS_FRAMING),
        |got, end| {
            let cookies = got.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
            refuse_if(cookies.count() > 1, end)
        },
    ),
    reads(
        "reads-fields-as-ascii",
        "Takes a byte beyond ASCII in a field for no HTTP.",
        by("answer-field/value-beyond-ascii", req::UNAMBIGUOUS_FRAMING),
        |got, end| refuse_if(!got.fields().is_ascii(), end),
    ),
    reads(
        "reads-lines-of-a-thousand",
        "Takes no line of a head that is longer than a thousand characters.",
        by("answer-field/value-long", req::UNAMBIGUOUS_FRAMING),
        |got, end| refuse_if(got.fields().lines().any(|line| line.len() > 1000), end),
    ),
    reads(
        "refuses-folded-lines",
        "Takes a folded line for no HTTP.",
        by("answer-field/type-folded", req::UNAMBIGUOUS_FRAMING),
        |got, end| refuse_if(got.fields().contains("\n ") || got.fields().contains("\n\t"), end),
    ),
    reads(
        "needs-blank-before-charset",
        "Takes a semicolon and a blank for what stands before charset.",
        by("answer-field/type-without-blank", req::CHARSET_NAMES_ENCODING),
        |got, end| refuse_if(got.header("content-type").is_some_and(|value| value.contains(";c")), end),
    ),
    reads(
        "compares-what-stands-before-semicolon",
        "Compares what stands before the semicolon with a media type, blanks and all.",
        by("answer-field/type-with-blanks", req::CHARSET_NAMES_ENCODING),
        |got, end| refuse_if(got.header("content-type").is_some_and(|value| value.contains(" ;")), end),
    ),
    reads(
        "takes-the-rest-for-charset",
        "Takes everything behind charset for the charset.",
        by("answer-field/charset-before-others", req::CHARSET_NAMES_ENCODING),
        |got, end| {
            let charset = got.header("content-type").and_then(|value| value.split_once("charset=utf-8"));
            refuse_if(charset.is_some_and(|(_, rest)| !rest.is_empty()), end)
        },
    ),
    breaks_if(
        "breaks-off-on-bare-line-feeds",
        "Breaks off where a line of a head ends without CR.",
        by("answer-field/bare-line-feeds", req::CLIENT_COMES_TO_AN_END),
        |got| got.wire.starts_with("HTTP/1.1 200 OK\n"),
    ),
    // Lengths and chunks.
    reads(
        "takes-signed-lengths",
        "Takes a length with a plus sign.",
        by("answer-line/length-signed", req::INVALID_LENGTH),
        |got, end| {
            let is_signed = got.header("content-length").is_some_and(|length| length.starts_with('+'));
            success_if(is_signed && got.text().contains("<DisconnectResponse"), end)
        },
    ),
    breaks_if(
        "breaks-off-on-repeated-lengths",
        "Breaks off where a length is told more than once.",
        by("answer-line/lengths-alike", req::CLIENT_COMES_TO_AN_END),
        |got| {
            let lengths = got.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            lengths.clone().count() > 1 || lengths.clone().any(|(_, value)| value.contains(','))
        },
    ),
    reads(
        "reads-lengths-as-octal",
        "Takes a length that begins with a zero for none.",
        by("answer-line/length-with-zeros", req::UNAMBIGUOUS_FRAMING),
        |got, end| {
            refuse_if(got.header("content-length").is_some_and(|length| length.starts_with("00")), end)
        },
    ),
    reads(
        "knows-plain-chunk-sizes",
        "Takes the size of a chunk in small letters, without zeros and extensions.",
        by("answer-line/chunk-sizes-in-capitals", req::CHUNKED_REQUEST),
        |got, end| refuse_if(size_lines(got).any(|line| !is_plain_size(line)), end),
    ),
    reads(
        "reads-size-lines-of-64",
        "Takes no line with the size of a chunk that is longer than 64 characters.",
        by("answer-line/chunk-extension-long", req::CHUNKED_REQUEST),
        |got, end| refuse_if(size_lines(got).any(|line| line.len() > 64), end),
    ),
    reads(
        "reads-eight-digits-of-sizes",
        "Takes no size of a chunk of more than eight digits.",
        by("answer-line/chunk-size-of-twelve-digits", req::CHUNKED_REQUEST),
        |got, end| {
            let is_long = |line: &str| line.bytes().take_while(u8::is_ascii_hexdigit).count() > 8;
            refuse_if(size_lines(got).any(is_long), end)
        },
    ),
    reads(
        "knows-no-blank-before-extensions",
        "Takes a blank before the extension of a chunk for no HTTP.",
        by("answer-line/chunk-extension-after-blank", req::CHUNKED_REQUEST),
        |got, end| refuse_if(size_lines(got).any(|line| line.contains(" ;")), end),
    ),
    reads(
        "knows-simple-extensions",
        "Takes a quote in the extension of a chunk for none.",
        by("answer-line/chunk-extensions-quoted", req::CHUNKED_REQUEST),
        |got, end| refuse_if(size_lines(got).any(|line| line.contains('"')), end),
    ),
    reads(
        "knows-no-trailers",
        "Wants the empty line right behind the last chunk.",
        by("answer-line/chunk-trailers", req::CHUNKED_REQUEST),
        |got, end| {
            let is_chunked = got.header("transfer-encoding").is_some();
            refuse_if(
                is_chunked && got.complete && !got.wire.ends_with("0\r\n\r\n") && got.wire.contains("\r\n0"),
                end,
            )
        },
    ),
    // Status lines and interim answers.
    reads(
        "takes-interim-answers-for-final",
        "Takes a 1xx for the answer.",
        by("answer-line/hints-first", req::INTERIM_ANSWERS_PASSED),
        |got, end| refuse_if(got.start().starts_with("HTTP/1.1 1"), end),
    ),
    reads(
        "needs-reason",
        "Takes a status line without a reason for no HTTP.",
        by("answer-line/no-reason", req::UNAMBIGUOUS_FRAMING),
        |got, end| refuse_if(got.start().splitn(3, ' ').nth(2).is_none_or(str::is_empty), end),
    ),
    reads(
        "reads-reasons-as-ascii",
        "Takes a byte beyond ASCII in the status line for no HTTP.",
        by("answer-line/reason-beyond-ascii", req::UNAMBIGUOUS_FRAMING),
        |got, end| refuse_if(!got.start().is_ascii(), end),
    ),
    reads(
        "searches-status-line",
        "Looks for 500 anywhere in the status line.",
        by("answer-line/reason-of-many-words", req::UNAMBIGUOUS_FRAMING),
        |got, end| refuse_if(got.start().contains("500"), end),
    ),
    breaks_if(
        "breaks-off-on-two-words",
        "Breaks off on a status line of two words.",
        by("answer-line/no-blank-before-reason", req::CLIENT_COMES_TO_AN_END),
        |got| got.status != 0 && got.start().split(' ').count() == 2,
    ),
    // Segments and connections.
    does(
        "reads-once",
        "Takes what comes in the first segment for the answer.",
        by("answer-segments/after-head", req::UNAMBIGUOUS_FRAMING),
        |call| by_way(call, &Way { reads_once: true, ..USUAL }),
    ),
    does(
        "reads-to-the-end",
        "Reads to the end of the connection, whatever the answer tells.",
        by("answer-kept/success", req::CLIENT_COMES_TO_AN_END),
        |call| {
            if !takes(call.call_id) {
                return ClientEnd::Refused;
            }
            let got = exchange_by(
                call.url,
                &request(call.call_id),
                wait(call),
                &Way { reads_to_end: true, ..USUAL },
            );
            let is_left_open = got.unended && got.complete && got.status != 0;
            if is_left_open { ClientEnd::Hung } else { end_of(&got) }
        },
    ),
    breaks_if(
        "breaks-off-without-connection-field",
        "Breaks off where an answer does not say what becomes of the connection.",
        by("answer-kept/closed-silently", req::CLIENT_COMES_TO_AN_END),
        |got| got.status != 0 && got.header("connection").is_none(),
    ),
    does(
        "breaks-off-on-early-answers",
        "Asks before it sends the body, and breaks off where it is not told to go on.",
        by("answer-early/fault", req::CLIENT_COMES_TO_AN_END),
        |call| {
            if !takes(call.call_id) {
                return ClientEnd::Refused;
            }
            let got =
                exchange_by(call.url, &request(call.call_id), wait(call), &Way { expects: true, ..USUAL });
            if got.is_early && got.status != 0 {
                return ClientEnd::Crashed("a broken pipe".to_owned());
            }
            end_of(&got)
        },
    ),
    does(
        "breaks-off-on-slow-answers",
        "Breaks off where an answer comes in pieces over a fifth of the time that it waits.",
        by("answer-wait/drip", req::CLIENT_COMES_TO_AN_END),
        |call| {
            if !takes(call.call_id) {
                return ClientEnd::Refused;
            }
            let got = exchange(call.url, &request(call.call_id), wait(call));
            // Not by the size of a piece: on a busy machine several come at once.
            if !got.unended && got.reads > 1 && got.took >= wait(call) / 5 {
                return ClientEnd::Crashed("an index out of range".to_owned());
            }
            end_of(&got)
        },
    ),
    // Codings.
    does(
        "offers-what-it-cannot-read",
        "Offers every content coding, and reads none.",
        by("answer-line/gzip", req::OFFERED_CODING_READ),
        |call| with_field(call, "accept-encoding", "gzip, deflate, br"),
    ),
    does(
        "skips-ten-bytes-of-gzip",
        "Takes the head of gzip for ten bytes, whatever its flags say.",
        by("answer-line/gzip-with-name", req::OFFERED_CODING_READ),
        |call| {
            if !takes(call.call_id) {
                return ClientEnd::Refused;
            }
            let mut request: HttpRequest = request(call.call_id);
            request.set_header("accept-encoding", Some("gzip".to_owned()));
            let got = exchange(call.url, &request, wait(call));
            if got.header("content-encoding") != Some("gzip") {
                return end_of(&got);
            }
            // A block that is stored as it is: its kind, its length twice, its bytes; eight more end the member.
            let stored = got.body.get(15..got.body.len().saturating_sub(8)).unwrap_or_default();
            end_of(&Got { body: stored.to_vec(), ..got.clone() })
        },
    ),
    // What is sent.
    does("sends-no-host", "Sends no Host.", by("control", req::HOST_FIELD), |call| {
        by_way(call, &Way { hosts: 0, ..USUAL })
    }),
    does("sends-two-hosts", "Sends Host twice.", by("control", req::HOST_FIELD), |call| {
        by_way(call, &Way { hosts: 2, ..USUAL })
    }),
    does(
        "sends-absolute-target",
        "Sends its target in absolute form, as to a proxy.",
        by("control", req::HTTP_VERSION),
        |call| by_way(call, &Way { is_absolute: true, ..USUAL }),
    ),
    does(
        "asks-twice",
        "Sends every request twice, and believes the first answer.",
        by("control", req::CLIENT_RETRY),
        |call| {
            if !takes(call.call_id) {
                return ClientEnd::Refused;
            }
            let first = exchange(call.url, &request(call.call_id), wait(call));
            exchange(call.url, &request(call.call_id), wait(call));
            end_of(&first)
        },
    ),
];

fn by_way(call: &ClientCall<'_>, way: &Way) -> ClientEnd {
    if !takes(call.call_id) {
        return ClientEnd::Refused;
    }
    end_of(&exchange_by(call.url, &request(call.call_id), wait(call), way))
}

fn with_field(call: &ClientCall<'_>, name: &str, value: &str) -> ClientEnd {
    if !takes(call.call_id) {
        return ClientEnd::Refused;
    }
    let mut request: HttpRequest = request(call.call_id);
    request.set_header(name, Some(value.to_owned()));
    end_of(&exchange(call.url, &request, wait(call)))
}

/// The size lines of an answer in chunks of text.
fn size_lines(got: &Got) -> impl Iterator<Item = &str> {
    let is_chunked = got.header("transfer-encoding").is_some() && got.complete;
    let body = got.wire.rsplit_once("close\r\n\r\n").map_or("", |(_, body)| body);
    let mut rest = Some(body).filter(|_| is_chunked);
    std::iter::from_fn(move || {
        let (line, after) = rest?.split_once("\r\n")?;
        let size = usize::from_str_radix(line.split(';').next()?.trim_end(), 16).ok()?;
        rest = (size > 0).then(|| after.get(size + 2..)).flatten();
        Some(line)
    })
}

fn is_plain_size(line: &str) -> bool {
    let small = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    line.bytes().all(small) && (line == "0" || !line.starts_with('0'))
}

//! Header fields in all their spellings, and lines that are none (RFC 9112 5); Host and the target of a
//! request.

use super::framing::{faulty, open};
use super::{Case, Part};
use crate::message::{Edit, FieldStyle, Framing, NameStyle};
use crate::protocol::{InputClass, Nuance, RequirementId, names, req};

pub(super) fn cases() -> Vec<Case> {
    [spellings(), others(), orders(), no_fields(), hidden_codings(), hosts(), targets()]
        .concat()
        .into_iter()
        .map(|case| case.part(Part::Http))
        .collect()
}

fn also(name: &str, value: &str) -> Edit {
    Edit::HttpHeaderAlso(name.to_owned(), value.to_owned())
}

/// Spellings of every field of a request that mean the same.
fn spellings() -> Vec<Case> {
    let named = FieldStyle::named;
    let spaced = FieldStyle::spaced;
    [
        (
            "names-as-registered",
            "The names of fields are written as the documents do, as in Content-Type.",
            named(NameStyle::AsRegistered),
        ),
        (
            "names-in-small-letters",
            "The names of fields are written in small letters.",
            named(NameStyle::LowerCase),
        ),
        (
            "names-in-capitals",
            "The names of fields are written in capital letters.",
            named(NameStyle::UpperCase),
        ),
        (
            "names-mixed",
            "The names of fields are written in small and capital letters in turn.",
            named(NameStyle::Mixed),
        ),
        ("no-blank-after-colon", "No blank follows the colon of a field.", spaced("", "")),
        ("two-blanks-after-colon", "Two blanks follow the colon of a field.", spaced("  ", "")),
        ("tab-after-colon", "A tab follows the colon of a field.", spaced("\t", "")),
        ("blanks-at-end", "Two blanks follow the value of a field.", spaced(" ", "  ")),
        ("tab-at-end", "A tab follows the value of a field.", spaced(" ", "\t")),
    ]
    .into_iter()
    .map(|(name, about, style)| {
        Case::request(
            format!("field/{name}"),
            about,
            InputClass::Valid,
            &[req::SUCCESS_STATUS_2XX],
            vec![Edit::Fields(style)],
        )
        .on_the_wire()
    })
    .collect()
}

/// Fields that mean nothing to a server, whatever else they look like.
fn others() -> Vec<Case> {
    let plain = |name: &str, about: &'static str, edits: Vec<Edit>| {
        let requirements = &[req::SUCCESS_STATUS_2XX];
        Case::request(format!("field/{name}"), about, InputClass::Valid, requirements, edits)
    };
    vec![
        plain(
            "accept-in-two-lines",
            "Accept is a list, and stands in two lines (RFC 9110 5.3).",
            vec![also("accept", names::MEDIA_TYPE), also("accept", "*/*;q=0.1")],
        ),
        plain(
            "length-with-underscore",
            "An unknown field content_length says 5, which is the name of another field only where CGI is spoken.",
            vec![also("content_length", "5"), Edit::Framing(Framing::Plain)],
        )
        .on_the_wire(),
        plain(
            "name-with-dot",
            "The name of an unknown field holds a dot, as a token may (RFC 9110 5.6.2).",
            vec![also("x.umspec", "1")],
        ),
        plain(
            "name-of-every-mark",
            "The name of an unknown field holds every mark that a token may have (RFC 9110 5.6.2).",
            vec![also("x!#$%&'*+-.^_`|~9", "1")],
        ),
        plain(
            "without-value",
            "An unknown field has no value, as any field may (RFC 9110 5.5).",
            vec![also("x-umspec", "")],
        ),
    ]
}

/// Fields in another order, which means nothing among unlike ones (RFC 9110 5.3).
fn orders() -> Vec<Case> {
    let ordered = |name: &str, about: &'static str, requirement: RequirementId, framing: Framing| {
        Case::request(
            format!("field/{name}"),
            about,
            InputClass::Valid,
            &[requirement, req::SUCCESS_STATUS_2XX],
            vec![Edit::Framing(framing)],
        )
        .on_the_wire()
    };
    vec![
        ordered("host-last", "Host is the last field of the head.", req::HOST_FIELD, Framing::HostLast),
        ordered(
            "length-first",
            "Content-Length stands before Content-Type and all other fields but Host.",
            req::UNAMBIGUOUS_FRAMING,
            Framing::LengthFirst,
        ),
    ]
}

/// Lines that are no field beside those that a request needs.
fn no_fields() -> Vec<Case> {
    let loose = |name: &str, about: &'static str, edit: Edit| {
        faulty(
            format!("field/{name}"),
            about,
            Nuance::LooseSyntax,
            &[req::BROKEN_REQUEST_STATUS_4XX],
            vec![edit, Edit::Framing(Framing::Plain)],
        )
    };
    vec![
        loose(
            "blank-before-colon",
            "A blank stands before the colon of an unknown field, for which 400 is due (RFC 9112 5.1).",
            also("x-umspec ", "1"),
        ),
        loose("no-colon", "A line of the head has no colon.", also("x-umspec", "1\r\numspec")),
        loose("no-name", "A line of the head begins with its colon.", also("", "1")),
        loose("blank-in-name", "A blank stands in the name of an unknown field.", also("x umspec", "1")),
        open(
            "field/folded".to_owned(),
            "An unknown field goes on in the next line: to be refused, or read as one (RFC 9112 5.2).",
            &[req::BROKEN_REQUEST_STATUS_4XX],
            vec![also("x-umspec", "one\r\n two"), Edit::Framing(Framing::Plain)],
        ),
        open(
            "field/lf-as-line-end".to_owned(),
            "A line of the head ends with a bare LF, which may be taken for a line end (RFC 9112 2.2).",
            &[req::BROKEN_REQUEST_STATUS_4XX],
            vec![also("x-umspec", "1\nx-umspec-too: 2"), Edit::Framing(Framing::Plain)],
        ),
    ]
}

/// A Transfer-Encoding that only some readers see. The body comes in a chunk and nothing else tells its
/// length, so that a server that sees it is seen to.
fn hidden_codings() -> Vec<Case> {
    [
        (
            "blank-before-colon-of-transfer-encoding",
            "A blank stands before the colon of Transfer-Encoding, which alone tells the end of the body.",
            also("transfer-encoding ", "chunked"),
        ),
        (
            "tab-before-colon-of-transfer-encoding",
            "A tab stands before the colon of Transfer-Encoding, which alone tells the end of the body.",
            also("transfer-encoding\t", "chunked"),
        ),
        (
            "folded-transfer-encoding",
            "Transfer-Encoding stands in a line that goes on from the field before it.",
            also("x-umspec", "1\r\n transfer-encoding: chunked"),
        ),
        (
            "cr-before-transfer-encoding",
            "A bare CR, which ends no line, stands before Transfer-Encoding.",
            also("x-umspec", "1\rtransfer-encoding: chunked"),
        ),
    ]
    .into_iter()
    .map(|(name, about, edit)| {
        faulty(
            format!("field/{name}"),
            about,
            Nuance::BrokenFraming,
            &[req::UNAMBIGUOUS_FRAMING, req::BROKEN_REQUEST_STATUS_4XX],
            vec![edit, Edit::Framing(Framing::ChunkedUnsaid)],
        )
    })
    .collect()
}

/// Host (RFC 9112 3.2).
fn hosts() -> Vec<Case> {
    let wrong = |name: &str, about: &'static str, edits: Vec<Edit>| {
        faulty(format!("http/host-{name}"), about, Nuance::BadRequest, &[req::HOST_FIELD], edits)
    };
    let second = |value: &str| vec![also("host", value), Edit::Framing(Framing::Plain)];
    let instead = |value: &str| vec![also("host", value), Edit::Framing(Framing::NoHost)];
    vec![
        wrong("absent", "The request of HTTP/1.1 has no Host field.", vec![Edit::Framing(Framing::NoHost)]),
        wrong("repeated", "Two Host fields say the same.", second("{host}")),
        wrong("repeated-otherwise", "Two Host fields differ.", second("umspec.invalid")),
        wrong("with-blank", "Host is two words.", instead("{host} umspec")),
        wrong("with-slash", "Host has a path.", instead("{host}/umspec")),
        wrong("with-user", "Host names a user.", instead("umspec@{host}")),
        wrong(
            "with-port-of-letters",
            "The port of Host is the name of a protocol.",
            instead("umspec.invalid:http"),
        ),
        wrong("with-letter-in-port", "The port of Host holds a letter.", instead("umspec.invalid:8o80")),
        wrong("with-signed-port", "The port of Host has a minus sign.", instead("umspec.invalid:-1")),
        wrong("with-two-ports", "Host has two ports.", instead("umspec.invalid:80:80")),
        wrong("with-open-bracket", "The bracket of an address in Host is not closed.", instead("[::1")),
        wrong("with-angle-brackets", "Host stands in angle brackets.", instead("<umspec.invalid>")),
        wrong("with-backslash", "Host holds a backslash.", instead("umspec\\x.invalid")),
        wrong("with-caret", "Host holds a caret.", instead("umspec^x.invalid")),
        wrong("with-quotes", "Host stands in quotes.", instead("\"umspec.invalid\"")),
        wrong("with-fragment", "Host has a fragment.", instead("umspec.invalid#x")),
        wrong("with-query", "Host has a query.", instead("umspec.invalid?x")),
        wrong("beyond-ascii", "Host holds an e with acute.", instead("umsp\u{E9}c.invalid")),
        open(
            "http/host-empty".to_owned(),
            "Host is empty, as it is for a URL without an authority.",
            &[req::HOST_FIELD],
            instead(""),
        ),
        Case::request(
            "http/version-one-zero-without-host",
            "The request is one of HTTP/1.0 and has no Host field, which that version does not know.",
            InputClass::Valid,
            &[req::SUCCESS_STATUS_2XX, req::HTTP_VERSION],
            vec![Edit::Framing(Framing::Http10NoHost)],
        ),
    ]
}

/// The target as every server must take it (RFC 9112 3.2.2).
fn targets() -> Vec<Case> {
    vec![
        Case::request(
            "http/target-absolute",
            "The request target is an absolute URL, which every server must take (RFC 9112 3.2.2), as a proxy does.",
            InputClass::Valid,
            &[req::SUCCESS_STATUS_2XX],
            vec![Edit::AbsoluteTarget],
        )
        .on_the_wire(),
        Case::request(
            "http/target-absolute-and-other-host",
            "The request target is an absolute URL, which every server must take, and Host, which names another, must \
             be passed over (RFC 9112 3.2.2).",
            InputClass::Valid,
            &[req::SUCCESS_STATUS_2XX, req::HOST_FIELD],
            vec![Edit::AbsoluteTarget, also("host", "umspec.invalid"), Edit::Framing(Framing::NoHost)],
        )
        .on_the_wire(),
    ]
}

//! HTTP around the envelope: method, header fields and the framing of the body.

use super::framing::faulty;
use super::{Case, Needs, Part};
use crate::message::{Cut, Edit, Framing};
use crate::protocol::{InputClass, Nuance, RequirementId, names, req, sizes};

pub(super) fn cases() -> Vec<Case> {
    [
        methods(),
        tunnels(),
        forms(),
        media_types(),
        content_types(),
        fields(),
        held(),
        other_fields(),
        idle_fields(),
        versions(),
        other_versions(),
        long_queries(),
    ]
    .concat()
    .into_iter()
    .map(|case| case.part(Part::Http))
    .collect()
}

/// A query that means nothing, of the sizes at which servers stop reading URLs.
fn long_queries() -> Vec<Case> {
    [sizes::IIS_QUERY, sizes::IIS_URL]
        .into_iter()
        .flat_map(|size| [size - 1, size, size + 1])
        .map(|size| {
            Case::request(
                format!("http/query-of-{size}-bytes"),
                format!("The request target has a query of {size} bytes."),
                InputClass::Valid,
                &[req::SIZE_BOUNDED],
                vec![query(&format!("?q={{x*{}}}", size - 2))],
            )
            .recorded()
        })
        .collect()
}

fn method(token: &str) -> Edit {
    Edit::Method(token.to_owned())
}

fn query(query: &str) -> Edit {
    Edit::Query(query.to_owned())
}

fn header(name: &str, value: &str) -> Edit {
    Edit::HttpHeader(name.to_owned(), Some(value.to_owned()))
}

fn content_type(value: &str) -> Edit {
    header("content-type", value)
}

/// Methods other than POST: turned away, and without effect whatever they carry.
fn methods() -> Vec<Case> {
    let id = "?CallId={form}";
    let path = "/Disconnect?CallId={form}";
    let other = |name: &str, about: &str, edits: Vec<Edit>| {
        Case::request(
            format!("http/{name}"),
            about.to_owned(),
            InputClass::Method,
            &[req::METHOD_NOT_ALLOWED, req::OTHER_METHODS_CHANGE_NOTHING, req::ALLOW_LISTS_POST],
            edits,
        )
    };
    vec![
        other(
            "get-with-call-id-in-query",
            "A GET without body names the call in its query.",
            vec![method("GET"), query(id), Edit::NoBody],
        )
        .nuance(Nuance::Get),
        other(
            "get-of-operation-path",
            "A GET names operation and call in the URL, as the HttpGet binding of ASP.NET does.",
            vec![method("GET"), query(path), Edit::NoBody],
        )
        // It is another path, where nothing need be.
        .nuance(Nuance::MayRefuse),
        other("get-with-body", "A GET carries a valid request as its body.", vec![method("GET")])
            .nuance(Nuance::Get),
        other("put", "A PUT carries a valid request.", vec![method("PUT")]),
        other("patch", "A PATCH carries a valid request.", vec![method("PATCH")]),
        other("delete-with-body", "A DELETE carries a valid request.", vec![method("DELETE")]),
        other(
            "delete-with-call-id-in-query",
            "A DELETE without body names the call in its query.",
            vec![method("DELETE"), query(id), Edit::NoBody],
        ),
        other(
            "method-in-lower-case",
            "The method is the token post, which is not POST because methods are case-sensitive.",
            vec![method("post")],
        ),
        other("method-unknown", "The method is POSTX, which nobody has registered.", vec![method("POSTX")]),
        Case::request(
            "http/method-of-extension-framework",
            "The method is M-POST of the HTTP Extension Framework.",
            InputClass::Method,
            &[
                req::METHOD_NOT_ALLOWED,
                req::OTHER_METHODS_CHANGE_NOTHING,
                req::ALLOW_LISTS_POST,
                req::NO_EXTENSION_FRAMEWORK,
            ],
            vec![method("M-POST")],
        )
        .nuance(Nuance::ExtensionMethod),
        other("head", "A HEAD names the call in its query.", vec![method("HEAD"), query(id), Edit::NoBody])
            .nuance(Nuance::Get),
        other("options", "An OPTIONS asks what the endpoint can do.", vec![method("OPTIONS"), Edit::NoBody])
            .nuance(Nuance::Get),
        other("trace", "A TRACE asks for an echo of its header.", vec![method("TRACE"), Edit::NoBody])
            .nuance(Nuance::Get),
        Case::request(
            "http/get-description",
            "A GET with the query wsdl asks for the description of the service.",
            InputClass::Method,
            &[req::WSDL_PUBLISHED],
            vec![method("GET"), query("?wsdl"), Edit::NoBody],
        )
        .recorded(),
        Case::request(
            "http/method-override",
            "A header field asks to treat the POST as a DELETE.",
            InputClass::Valid,
            &[req::SUCCESS_STATUS_2XX],
            vec![header("x-http-method-override", "DELETE")],
        )
        .recorded(),
    ]
}

/// A method that is none of the usual ones, or another one by a field, with a message that POST would bring.
fn tunnels() -> Vec<Case> {
    let other = |name: &str, about: String, edits: Vec<Edit>| {
        Case::request(
            format!("http/{name}"),
            about,
            InputClass::Method,
            &[req::METHOD_NOT_ALLOWED, req::OTHER_METHODS_CHANGE_NOTHING, req::ALLOW_LISTS_POST],
            edits,
        )
    };
    let message = format!(
        "?xml=%3CEnvelope%20xmlns=%22{}%22%3E%3CBody%3E%3CDisconnect%20xmlns=%22{}%22%3E%3CCallId%3E{{form_markup}}\
         %3C/CallId%3E%3C/Disconnect%3E%3C/Body%3E%3C/Envelope%3E",
        names::ENVELOPE,
        names::MESSAGES
    );
    let mut cases = vec![
        other(
            "get-with-message-in-query",
            "A GET without body has a valid request as the value of its query.".to_owned(),
            vec![method("GET"), query(&message), Edit::NoBody],
        )
        .nuance(Nuance::Get),
        other(
            "connect",
            "A CONNECT asks for a tunnel, as only proxies have them.".to_owned(),
            vec![method("CONNECT"), Edit::NoBody, Edit::Framing(Framing::LengthUnsaid)],
        ),
    ];
    cases.extend(["x-http-method-override", "x-http-method"].map(|field| {
        other(
            &format!("get-with-{field}"),
            format!("A GET carries a valid request, and {field} asks to treat it as a POST."),
            vec![method("GET"), header(field, "POST")],
        )
        .nuance(Nuance::Get)
    }));
    cases.extend(["PROPFIND", "QUERY", "REPORT", "SEARCH"].map(|token| {
        other(&token.to_ascii_lowercase(), format!("A {token} carries a valid request."), vec![method(token)])
    }));
    cases
}

/// The call named in a form, as the HttpPost binding of ASP.NET does.
fn forms() -> Vec<Case> {
    let form = |id: &'static str, about: &'static str, more: Vec<Edit>| {
        let mut edits = vec![
            content_type("application/x-www-form-urlencoded"),
            Edit::HttpHeader("soapaction".into(), None),
            Edit::Whole("CallId={form}".into()),
        ];
        edits.extend(more);
        Case::request(
            id,
            about,
            // A refusal is one of the media type, success one of a body that is no XML.
            InputClass::NotWellFormed,
            &[req::UNSUPPORTED_MEDIA_TYPE, req::WELL_FORMED, req::OTHER_METHODS_CHANGE_NOTHING],
            edits,
        )
        .nuance(Nuance::MayRefuse)
    };
    vec![
        form("http/form-encoded", "A form-encoded body names the call instead of an envelope.", vec![]),
        form(
            "http/form-encoded-to-operation-path",
            "A form-encoded body goes to the path of the operation below the endpoint.",
            vec![query("/Disconnect")],
        ),
    ]
}

/// A valid envelope under a label that is not `text/xml`.
fn media_types() -> Vec<Case> {
    let wrong = |name: &str, about: String, edits: Vec<Edit>| {
        Case::request(
            format!("http/media-type-{name}"),
            about,
            InputClass::MediaType,
            &[req::UNSUPPORTED_MEDIA_TYPE],
            edits,
        )
    };
    let mut cases: Vec<Case> = [
        ("soap-xml", "application/soap+xml; charset=utf-8"),
        ("application-xml", "application/xml; charset=utf-8"),
        ("text-plain", "text/plain; charset=utf-8"),
        ("text-html", "text/html; charset=utf-8"),
        ("json", "application/json"),
        ("form", "application/x-www-form-urlencoded"),
        ("multipart", r#"multipart/related; type="text/xml"; boundary=none"#),
        ("without-subtype", "text"),
        ("list", "text/xml, text/xml"),
        ("like-text-xml", "text/xmlx; charset=utf-8"),
        ("of-external-entity", "text/xml-external-parsed-entity; charset=utf-8"),
    ]
    .into_iter()
    .map(|(name, value)| {
        wrong(name, format!("A valid envelope is labelled {value}."), vec![content_type(value)])
    })
    .collect();
    cases.extend([
        wrong(
            "absent",
            "A valid envelope has no Content-Type.".to_owned(),
            vec![Edit::HttpHeader("content-type".into(), None)],
        ),
        wrong("empty", "A valid envelope has an empty Content-Type.".to_owned(), vec![content_type("")]),
        // Which of them counts, RFC 9110 8.3 leaves open.
        wrong(
            "repeated",
            "A second Content-Type field says text/plain.".to_owned(),
            vec![Edit::HttpHeaderAlso("content-type".into(), "text/plain".into())],
        )
        .recorded(),
    ]);
    cases
}

/// Other spellings of `text/xml; charset=utf-8` that say the same.
fn content_types() -> Vec<Case> {
    const CHARSET: &[RequirementId] = &[req::CHARSET_NAMES_ENCODING, req::SUCCESS_STATUS_2XX];
    // Nothing is asked of the charset there: what is refused is a sound request.
    const SOUND: &[RequirementId] = &[req::SUCCESS_STATUS_2XX];
    [
        (
            "media-type-in-upper-case",
            "The media type is written in upper case.",
            "TEXT/XML; charset=utf-8",
            SOUND,
        ),
        (
            "charset-quoted",
            "The charset parameter is a quoted string.",
            r#"text/xml; charset="utf-8""#,
            CHARSET,
        ),
        (
            "charset-in-upper-case",
            "The charset parameter is UTF-8 in upper case.",
            "text/xml; charset=UTF-8",
            CHARSET,
        ),
        ("charset-tight", "No blank stands before the charset parameter.", "text/xml;charset=utf-8", CHARSET),
        (
            "charset-spaced",
            "Blanks and a tab stand before the charset parameter.",
            "text/xml ; \tcharset=utf-8",
            CHARSET,
        ),
        (
            "charset-name-in-upper-case",
            "The name of the charset parameter is in upper case.",
            "text/xml; CHARSET=utf-8",
            CHARSET,
        ),
        (
            "charset-with-quoted-pair",
            "A backslash quotes the hyphen of the charset.",
            r#"text/xml; charset="utf\-8""#,
            CHARSET,
        ),
        (
            "parameter-with-semicolon",
            "The quoted value of an unknown parameter holds a semicolon.",
            r#"text/xml; x="a;b"; charset=utf-8"#,
            SOUND,
        ),
        ("semicolon-at-end", "Nothing follows the last semicolon.", "text/xml; charset=utf-8;", SOUND),
        ("charset-absent", "Content-Type has no charset parameter.", "text/xml", &[req::CHARSET_STATED]),
        (
            "parameter-after-charset",
            "An unknown parameter follows charset.",
            "text/xml; charset=utf-8; x=1",
            SOUND,
        ),
        (
            "parameter-before-charset",
            "An action parameter, which belongs to SOAP 1.2, stands before charset.",
            r#"text/xml; action="urn:umspec:action"; charset=utf-8"#,
            SOUND,
        ),
    ]
    .into_iter()
    .map(|(name, about, value, requirements)| {
        Case::request(
            format!("http/{name}"),
            about,
            InputClass::Valid,
            requirements,
            vec![content_type(value)],
        )
    })
    .collect()
}

fn valid(id: &'static str, about: &'static str, requirements: &[RequirementId], edit: Edit) -> Case {
    Case::request(id, about, InputClass::Valid, requirements, vec![edit])
}

/// Header fields that must not change the outcome.
fn fields() -> Vec<Case> {
    vec![
        valid(
            "http/cookie",
            "A cookie that the server never set comes along.",
            &[req::COOKIES_NOT_NEEDED],
            header("cookie", "umspec=1"),
        ),
        valid(
            "http/cookie-of-four-kibibytes",
            "A cookie of 4,096 bytes comes along.",
            &[req::COOKIES_NOT_NEEDED],
            header("cookie", &format!("umspec={}", "c".repeat(4_089))),
        ),
        valid(
            "http/expect-continue",
            "The client expects 100 Continue.",
            &[req::EXPECT_CONTINUE],
            header("expect", "100-continue"),
        ),
        valid(
            "http/expect-continue-in-capitals",
            "The client expects 100-Continue, in whose case nothing lies.",
            &[req::EXPECT_CONTINUE],
            header("expect", "100-Continue"),
        )
        .on_the_wire(),
        valid(
            "http/accept-encoding",
            "The client takes no coding of the answer but identity.",
            &[req::SUCCESS_STATUS_2XX],
            header("accept-encoding", "identity, *;q=0"),
        ),
        valid(
            "http/accept-encoding-without-gzip",
            "The client says of gzip that it does not take it (RFC 9110 12.4.2).",
            &[req::SUCCESS_STATUS_2XX],
            header("accept-encoding", "gzip;q=0, identity"),
        ),
        valid(
            "http/accept",
            "The client takes text/xml only.",
            &[req::SUCCESS_STATUS_2XX, req::ANSWER_MEDIA_TYPE],
            header("accept", names::MEDIA_TYPE),
        ),
    ]
}

/// A body that is held back until the server has said something.
fn held() -> Vec<Case> {
    vec![
        Case::request(
            "http/expect-continue-held",
            "The client expects 100 Continue, and holds the body back until it has an answer.",
            InputClass::Valid,
            &[req::CONTINUE_SENT, req::EXPECT_CONTINUE],
            vec![header("expect", "100-continue"), Edit::Framing(Framing::Held)],
        )
        .nuance(Nuance::MayRefuse)
        .on_the_wire(),
        Case::request(
            "http/expect-continue-held-large",
            "The client expects 100 Continue, and holds 128 KiB back until it has an answer.",
            InputClass::Valid,
            &[req::CONTINUE_SENT, req::EXPECT_CONTINUE],
            vec![
                header("expect", "100-continue"),
                Edit::Epilog("<!--{x*131072}-->".to_owned()),
                Edit::Framing(Framing::Held),
            ],
        )
        .nuance(Nuance::MayRefuse)
        .on_the_wire(),
        Case::request(
            "http/expect-continue-held-without-credentials",
            "The client has no credentials, expects 100 Continue, and holds the body back.",
            InputClass::Credentials,
            &[req::CONTINUE_SENT, req::AUTHENTICATION_REQUIRED],
            vec![
                Edit::HttpHeader("authorization".to_owned(), None),
                header("expect", "100-continue"),
                Edit::Framing(Framing::Held),
            ],
        )
        .needs(Needs::Credentials)
        .on_the_wire(),
        Case::request(
            "http/expect-continue-held-in-chunks",
            "The client expects 100 Continue, and holds a chunk back until it has an answer.",
            InputClass::Valid,
            &[req::CONTINUE_SENT, req::EXPECT_CONTINUE],
            vec![header("expect", "100-continue"), Edit::Framing(Framing::HeldChunked)],
        )
        .nuance(Nuance::MayRefuse)
        .on_the_wire(),
    ]
}

/// Header fields about the connection and the coding, and one that nobody knows.
fn other_fields() -> Vec<Case> {
    vec![
        valid(
            "http/field-unknown",
            "An unknown header field comes along.",
            &[req::SUCCESS_STATUS_2XX],
            header("x-umspec", "1"),
        ),
        valid(
            "http/connection-close",
            "The client asks to close the connection after the answer.",
            &[req::SUCCESS_STATUS_2XX],
            header("connection", "close"),
        ),
        Case::request(
            "http/content-encoding-untrue",
            "Content-Encoding says gzip of a body that is not compressed.",
            InputClass::EncodingsDisagree,
            &[req::BROKEN_REQUEST_STATUS_4XX],
            vec![header("content-encoding", "gzip")],
        )
        .recorded(),
    ]
}

/// Header fields that mean nothing to a POST, or that only offer something.
fn idle_fields() -> Vec<Case> {
    let idle = |name: &str, about: &'static str, edits: Vec<Edit>| {
        let requirements = &[req::SUCCESS_STATUS_2XX];
        Case::request(format!("http/{name}"), about, InputClass::Valid, requirements, edits)
    };
    vec![
        idle(
            "range",
            "The client asks for a range, which means nothing with POST (RFC 9110 14.2).",
            vec![header("range", "bytes=0-9")],
        ),
        idle(
            "if-modified-since",
            "The client has a condition that means nothing with POST (RFC 9110 13.1.3).",
            vec![header("if-modified-since", "Sat, 29 Oct 1994 19:43:31 GMT")],
        ),
        idle(
            "upgrade",
            "The client offers a protocol that nobody knows, which the server may pass over (RFC 9110 7.8).",
            vec![header("connection", "upgrade"), header("upgrade", "umspec/1")],
        ),
        idle(
            "trailers-taken",
            "The client says by TE that it takes trailer fields (RFC 9110 10.1.4).",
            vec![header("connection", "te"), header("te", "trailers")],
        ),
        idle(
            "connection-option-unknown",
            "Connection has an option that nobody knows (RFC 9110 7.6.1).",
            vec![header("connection", "x-umspec")],
        ),
    ]
}

/// Versions that are none of HTTP/1. What is no version is to be refused (RFC 9112 2.2 and 2.3); 505 for another
/// one is up to the server (RFC 9110 15.6.6).
fn other_versions() -> Vec<Case> {
    use Nuance::{NoVersion, OtherVersion};
    [
        (
            "in-small-letters",
            "The request says http/1.1, which is the name of no protocol.",
            NoVersion,
            "http/1.1",
        ),
        ("two", "The request is written as one of HTTP/1.1 and says HTTP/2.0.", OtherVersion, "HTTP/2.0"),
        ("three-seven", "The request says HTTP/3.7, a version that there is not.", OtherVersion, "HTTP/3.7"),
    ]
    .into_iter()
    .map(|(name, about, nuance, version)| {
        faulty(
            format!("http/version-{name}"),
            about,
            nuance,
            &[req::BROKEN_REQUEST_STATUS_4XX, req::HTTP_VERSION],
            vec![Edit::Framing(Framing::Version(version))],
        )
    })
    .collect()
}

/// Version of the protocol.
fn versions() -> Vec<Case> {
    let old = |name: &str, about: &'static str, edits: Vec<Edit>| {
        let requirements = &[req::SUCCESS_STATUS_2XX, req::HTTP_VERSION];
        let edits = [edits, vec![Edit::Framing(Framing::Http10)]].concat();
        Case::request(format!("http/{name}"), about, InputClass::Valid, requirements, edits)
    };
    vec![
        old("version-one-zero", "The request is one of HTTP/1.0.", Vec::new()),
        old(
            "expect-continue-of-version-one-zero",
            "A request of HTTP/1.0 expects 100 Continue, of which that version knows nothing (RFC 9110 10.1.1).",
            vec![header("expect", "100-continue"), Edit::Segments(vec![Cut::Body])],
        ),
    ]
}

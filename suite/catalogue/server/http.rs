//! HTTP around the envelope: method, header fields and the framing of the body.

use super::{Case, Part};
use crate::message::{Edit, Framing, Place};
use crate::protocol::{InputClass, Nuance, RequirementId, names, req, sizes};

pub(super) fn cases() -> Vec<Case> {
    [
        methods(),
        forms(),
        media_types(),
        content_types(),
        fields(),
        framings(),
        broken_framings(),
        versions(),
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
    let id = "?CallId={id}";
    let path = "/Disconnect?CallId={id}";
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

/// The call named in a form, as the HttpPost binding of ASP.NET does.
fn forms() -> Vec<Case> {
    let form = |id: &'static str, about: &'static str, more: Vec<Edit>| {
        let mut edits = vec![
            content_type("application/x-www-form-urlencoded"),
            Edit::HttpHeader("soapaction".into(), None),
            Edit::Whole("CallId={id}".into()),
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
        wrong(
            "repeated",
            "A second Content-Type field says text/plain.".to_owned(),
            vec![Edit::HttpHeaderAlso("content-type".into(), "text/plain".into())],
        ),
    ]);
    cases
}

/// Other spellings of `text/xml; charset=utf-8` that say the same.
fn content_types() -> Vec<Case> {
    [
        ("media-type-in-upper-case", "The media type is written in upper case.", "TEXT/XML; charset=utf-8"),
        ("charset-quoted", "The charset parameter is a quoted string.", r#"text/xml; charset="utf-8""#),
        ("charset-in-upper-case", "The charset parameter is UTF-8 in upper case.", "text/xml; charset=UTF-8"),
        ("charset-absent", "Content-Type has no charset parameter.", "text/xml"),
        ("parameter-after-charset", "An unknown parameter follows charset.", "text/xml; charset=utf-8; x=1"),
        (
            "parameter-before-charset",
            "An action parameter, which belongs to SOAP 1.2, stands before charset.",
            r#"text/xml; action="urn:umspec:action"; charset=utf-8"#,
        ),
    ]
    .into_iter()
    .map(|(name, about, value)| {
        Case::request(
            format!("http/{name}"),
            about,
            InputClass::Valid,
            match name {
                "charset-absent" => &[req::CHARSET_STATED],
                "charset-quoted" | "charset-in-upper-case" => &[req::CHARSET_NAMES_ENCODING],
                _ => &[req::SUCCESS_STATUS_2XX],
            },
            vec![content_type(value)],
        )
    })
    .collect()
}

/// Header fields that must not change the outcome.
fn fields() -> Vec<Case> {
    let valid = |id: &'static str, about: &'static str, requirements: &[RequirementId], edit: Edit| {
        Case::request(id, about, InputClass::Valid, requirements, vec![edit])
    };
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
            "http/accept-encoding",
            "The client takes no coding of the answer but identity.",
            &[req::SUCCESS_STATUS_2XX],
            header("accept-encoding", "identity, *;q=0"),
        ),
        valid(
            "http/accept",
            "The client takes text/xml only.",
            &[req::SUCCESS_STATUS_2XX, req::ANSWER_MEDIA_TYPE],
            header("accept", names::MEDIA_TYPE),
        ),
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

/// Legal framings of a valid request.
fn framings() -> Vec<Case> {
    let chunked = |id: &'static str, about: &'static str, edits: Vec<Edit>| {
        Case::request(id, about, InputClass::Valid, &[req::CHUNKED_REQUEST, req::UNAMBIGUOUS_FRAMING], edits)
    };
    vec![
        chunked(
            "http/chunked-whole",
            "The body comes in one chunk.",
            vec![Edit::Framing(Framing::Chunked(65_536))],
        ),
        chunked(
            "http/chunked-by-seven-bytes",
            "The body comes in chunks of seven bytes.",
            vec![Edit::Framing(Framing::Chunked(7))],
        ),
        chunked(
            "http/chunked-by-byte",
            "The body comes in chunks of one byte.",
            vec![Edit::Framing(Framing::Chunked(1))],
        ),
        chunked(
            "http/chunked-within-characters",
            "The chunks of one byte split characters of several bytes in a comment.",
            vec![
                Edit::First(Place::Body, "<!-- \u{E9}\u{20AC}\u{1D11E} -->".into()),
                Edit::Framing(Framing::Chunked(1)),
            ],
        ),
        chunked(
            "http/chunked-with-extension-and-trailer",
            "The only chunk has an extension, and a trailer field follows it.",
            vec![Edit::Framing(Framing::ChunkedExtended)],
        ),
    ]
}

/// Framings that announce another body than the one sent, or none that can be told.
fn broken_framings() -> Vec<Case> {
    let length = |text: &str| Framing::LengthText(text.to_owned());
    // The body itself is fine, so no row of the decision table is about these. That of the trailer
    // has the right column, any refusal; success would be the reading of a message that is not
    // there in full.
    let refused = |name: &str, about: &'static str, framing: Framing| {
        let edits = vec![Edit::Framing(framing)];
        Case::request(
            format!("http/{name}"),
            about,
            InputClass::Trailer,
            &[req::UNAMBIGUOUS_FRAMING, req::BROKEN_REQUEST_STATUS_4XX],
            edits,
        )
        .nuance(Nuance::MustRefuse)
    };
    // RFC 9112 6.3 lets a server choose between refusal and one defined reading.
    let ambiguous = |name: &str, about: &'static str, edits: Vec<Edit>| {
        Case::request(
            format!("http/{name}"),
            about,
            InputClass::EncodingsDisagree,
            &[req::UNAMBIGUOUS_FRAMING],
            edits,
        )
        .recorded()
    };
    vec![
        Case::request(
            "http/length-too-short",
            "Content-Length ends the body twenty bytes early, which leaves XML without its end.",
            InputClass::NotWellFormed,
            &[req::UNAMBIGUOUS_FRAMING, req::WELL_FORMED],
            vec![Edit::Framing(Framing::LengthShort(20))],
        )
        .nuance(Nuance::MayRefuse),
        refused(
            "length-too-long",
            "Content-Length promises twenty bytes more than the client sends before it stops.",
            Framing::LengthLong(20),
        ),
        refused("length-negative", "Content-Length is -1.", length("-1")),
        refused("length-signed", "Content-Length has a plus sign.", length("+5")),
        refused("length-of-letters", "Content-Length is no number.", length("abc")),
        refused("length-empty", "Content-Length has no value.", length("")),
        refused(
            "length-beyond-word",
            "Content-Length does not fit into 64 bits.",
            length("99999999999999999999"),
        ),
        refused("chunk-size-no-number", "The chunk size is xyz.", Framing::ChunkedBadSize),
        refused(
            "chunk-size-beyond-word",
            "The chunk size does not fit into 64 bits.",
            Framing::ChunkedOverflow,
        ),
        refused("last-chunk-missing", "The last chunk never comes.", Framing::ChunkedUnfinished),
        ambiguous(
            "length-repeated",
            "Two Content-Length fields differ.",
            vec![Edit::Framing(Framing::LengthTwice)],
        ),
        ambiguous(
            "length-and-chunked",
            "Content-Length and chunked transfer coding contradict each other.",
            vec![Edit::Framing(Framing::LengthAndChunked)],
        ),
        ambiguous(
            "transfer-coding-unknown",
            "A transfer coding that nobody knows stands beside Content-Length.",
            vec![
                Edit::HttpHeaderAlso("transfer-encoding".into(), "x-umspec".into()),
                Edit::Framing(Framing::Plain),
            ],
        ),
    ]
}

/// Version of the protocol, and the Host field that comes with 1.1.
fn versions() -> Vec<Case> {
    vec![
        Case::request(
            "http/version-one-zero",
            "The request is one of HTTP/1.0.",
            InputClass::Valid,
            &[req::SUCCESS_STATUS_2XX, req::HTTP_VERSION],
            vec![Edit::Framing(Framing::Http10)],
        ),
        Case::request(
            "http/host-absent",
            "The request of HTTP/1.1 has no Host field.",
            InputClass::EncodingsDisagree,
            &[req::BROKEN_REQUEST_STATUS_4XX, req::HTTP_VERSION],
            vec![Edit::Framing(Framing::NoHost)],
        )
        .recorded(),
    ]
}

//! Each check of answers, seen failing on one answer and silent on the answer it is made from.

use umspec::evidence::observe;
use umspec::evidence::{Answer, Bytes, HttpAnswer};
use umspec::judge::{CHECKS, Grading, Verdict, check_answer};
use umspec::message::{write_fault, write_invalid_call_id, write_malformed, write_success};
use umspec::protocol::{Profile, RequirementId, names, req};

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> HttpAnswer {
    HttpAnswer {
        version: "1.1".to_owned(),
        status,
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        body: Bytes(body.as_bytes().to_vec()),
        complete: true,
        trailing: 0,
    }
}

fn xml(status: u16, body: &str) -> HttpAnswer {
    answer(status, &[("content-type", names::CONTENT_TYPE)], body)
}

/// What the checks find: check, requirement, verdict in interop and in strict.
fn found(answer: &HttpAnswer) -> Vec<(String, String, Verdict, Verdict)> {
    let answer = Answer::Http(answer.clone());
    let by = |profile| check_answer(&answer, &observe(&answer), Grading { profile, bp: false });
    let strict = by(Profile::Strict);
    by(Profile::Interop)
        .into_iter()
        .zip(strict)
        .map(|(a, b)| (a.check.to_string(), a.requirement.to_string(), a.verdict, b.verdict))
        .collect()
}

struct Row {
    check: &'static str,
    requirement: RequirementId,
    interop: Verdict,
    strict: Verdict,
    answer: HttpAnswer,
}

fn row(
    check: &'static str,
    requirement: RequirementId,
    interop: Verdict,
    strict: Verdict,
    answer: HttpAnswer,
) -> Row {
    Row { check, requirement, interop, strict, answer }
}

/// A fault of SOAP's own with this child of Fault added.
fn fault_with(child: &str) -> String {
    write_fault("Server", "x").replace("</soap:Fault>", &format!("{child}</soap:Fault>"))
}

fn coded(code: &str) -> String {
    write_fault("Server", "x").replace("soap:Server", code)
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn answers() -> Vec<Row> {
    use Verdict::{Fail, Note, Warn};
    let success = write_success();
    let with = |old: &str, new: &str| xml(200, &success.replacen(old, new, 1));
    let mut trailing = xml(200, &success);
    trailing.trailing = 7;
    let typed = |content_type: &str| answer(200, &[("content-type", content_type)], &success);
    let mut spoiled = typed(names::CONTENT_TYPE);
    spoiled.body.0.extend_from_slice(b"<!-- \xE9 -->");
    let injected = answer(
        500,
        &[("content-type", names::CONTENT_TYPE), ("set-cookie", "umspec-from-id=1")],
        &write_invalid_call_id(),
    );
    let in_response = |content: &str| {
        let start = format!("<DisconnectResponse xmlns=\"{}\"", names::MESSAGES);
        xml(200, &success.replace(&format!("{start}/>"), &format!("{start}>{content}</DisconnectResponse>")))
    };
    vec![
        row("answer/allow", req::ALLOW_LISTS_POST, Fail, Fail, answer(405, &[], "")),
        row("answer/allow", req::ALLOW_LISTS_POST, Fail, Fail, answer(405, &[("allow", "GET, PUT")], "")),
        row("answer/authenticate", req::AUTHENTICATE_HEADER, Fail, Fail, answer(401, &[], "")),
        row("answer/body", req::ONE_BODY, Fail, Fail, with("</soap:Body>", "</soap:Body><soap:Body/>")),
        row("answer/charset", req::CHARSET_NAMES_ENCODING, Fail, Fail, typed("text/xml; charset=utf-16")),
        row("answer/charset", req::INVALID_UTF8, Fail, Fail, spoiled),
        row("answer/charset", req::UTF8_OR_UTF16, Warn, Warn, typed("text/xml; charset=x-other")),
        // Bytes that are what the label says, and a character that no XML holds.
        row(
            "answer/xml",
            req::LEGAL_CHARACTERS,
            Fail,
            Fail,
            with("<soap:Body>", "<!--\u{FFFE}--><soap:Body>"),
        ),
        row("answer/charset-stated", req::CHARSET_STATED, Warn, Warn, typed("text/xml")),
        row(
            "answer/encoding-style",
            req::DOCUMENT_LITERAL_ANSWER,
            Warn,
            Fail,
            with("<soap:Body>", "<soap:Body soap:encodingStyle=''>"),
        ),
        row(
            "answer/injected-element",
            req::CALL_ID_IS_DATA,
            Warn,
            Fail,
            xml(500, &write_invalid_call_id().replacen("isn't", "<umspec-from-id/>isn't", 1)),
        ),
        row("answer/injected-field", req::CALL_ID_IS_DATA, Warn, Fail, injected),
        row(
            "answer/instruction",
            req::NO_PROCESSING_INSTRUCTION,
            Fail,
            Fail,
            with("<soap:Envelope", "<?x y?><soap:Envelope"),
        ),
        row(
            "answer/mandatory-header",
            req::MANDATORY_HEADER_SENT,
            Note,
            Note,
            with(
                "<soap:Body>",
                "<soap:Header><x:h xmlns:x='urn:x' soap:mustUnderstand='1'/></soap:Header><soap:Body>",
            ),
        ),
        row("answer/media-type", req::ANSWER_MEDIA_TYPE, Fail, Fail, typed("application/xml")),
        row("answer/media-type", req::ANSWER_MEDIA_TYPE, Fail, Fail, answer(200, &[], &success)),
        row("answer/one", req::ONE_ANSWER, Fail, Fail, trailing),
        row("answer/redirect", req::REDIRECT_STATUS_307, Note, Note, answer(302, &[("location", "/x")], "")),
        row(
            "answer/trailer",
            req::NOTHING_AFTER_BODY,
            Warn,
            Warn,
            with("</soap:Body>", "</soap:Body><x xmlns='urn:x'/>"),
        ),
        row(
            "answer/version",
            req::VERSION_MISMATCH_FORM,
            Note,
            Note,
            xml(200, &success.replace(names::ENVELOPE, names::ENVELOPE_12)),
        ),
        row("answer/xml", req::ENVELOPE_ROOT, Fail, Fail, with("</soap:Envelope>", "")),
        row(
            "answer/xml",
            req::ENVELOPE_ROOT,
            Fail,
            Fail,
            answer(500, &[("content-type", "application/xml")], "<x>"),
        ),
        row(
            "answer/xml",
            req::ENVELOPE_ROOT,
            Fail,
            Fail,
            answer(500, &[("content-type", "application/soap+xml")], "<x>"),
        ),
        row("answer/xml", req::UTF8_OR_UTF16, Warn, Warn, with("\"utf-8\"", "\"latin1\"")),
        row("answer/xml", req::INVALID_UTF8, Fail, Fail, {
            let mut bad = typed("text/xml");
            bad.body.0.insert(60, 0xFF);
            bad
        }),
        row("answer/xml", req::LEGAL_CHARACTERS, Fail, Fail, in_response("&#1;")),
        row("answer/xml", req::NO_DTD, Fail, Fail, with("<soap:Envelope", "<!DOCTYPE x><soap:Envelope")),
        row("answer/xml", req::UNDECLARED_ENTITY, Fail, Fail, in_response("&nbsp;")),
        row("answer/xml", req::PREFIX_DECLARED, Fail, Fail, in_response("<p:x/>")),
        row("success/empty", req::EMPTY_DISCONNECT_RESPONSE, Warn, Fail, in_response(" ")),
        row("success/empty", req::EMPTY_DISCONNECT_RESPONSE, Fail, Fail, in_response("text")),
        row(
            "success/empty",
            req::EMPTY_DISCONNECT_RESPONSE,
            Fail,
            Fail,
            with("<DisconnectResponse", "<DisconnectResponse a=''"),
        ),
        row("success/empty", req::EMPTY_DISCONNECT_RESPONSE, Fail, Fail, {
            with("<DisconnectResponse", &format!("<DisconnectResponse xmlns:i='{}' i:nil='true'", names::XSI))
        }),
        row("success/empty", req::EMPTY_DISCONNECT_RESPONSE, Fail, Fail, in_response("<x/>")),
        row("success/empty", req::NO_INNER_RESPONSE, Fail, Fail, in_response("<DisconnectResponse/>")),
        row("success/empty", req::INVALID_ID_NOT_SUCCESS, Fail, Fail, in_response("<ResponseCode/>")),
        row(
            "success/one-child",
            req::DISCONNECT_RESPONSE,
            Fail,
            Fail,
            with("</soap:Body>", "<x xmlns='urn:x'/></soap:Body>"),
        ),
        row("success/status", req::SUCCESS_STATUS_2XX, Warn, Fail, xml(202, &success)),
    ]
}

fn faults() -> Vec<Row> {
    use Verdict::{Fail, Note, Warn};
    let server = write_fault("Server", "x");
    let own = |old: &str, new: &str| xml(500, &server.replacen(old, new, 1));
    let in_detail = |code: &str, entry: &str| {
        let detail = format!("<detail>{entry}</detail></soap:Fault>");
        xml(500, &write_fault(code, "x").replace("</soap:Fault>", &detail))
    };
    let malformed = write_malformed();
    let start = malformed.find("<detail>").expect("a detail");
    let without_detail = malformed[..start].to_owned() + "</soap:Fault></soap:Body></soap:Envelope>";
    let swapped = server
        .replace("<faultcode>soap:Server</faultcode>", "")
        .replace("</faultstring>", "</faultstring><faultcode>soap:Server</faultcode>");
    let second = "</soap:Fault><soap:Fault><faultcode>soap:Server</faultcode><faultstring>x</faultstring></soap:Fault>";
    vec![
        row(
            "fault/actor",
            req::FAULT_ACTOR_OPTIONAL,
            Note,
            Note,
            xml(500, &fault_with("<faultactor>not a URI</faultactor>")),
        ),
        row(
            "fault/children",
            req::FAULT_CHILDREN,
            Warn,
            Warn,
            xml(500, &fault_with("<x:reason xmlns:x='urn:x'>x</x:reason>")),
        ),
        row("fault/code-form", req::FAULT_CODE_QNAME, Fail, Fail, xml(500, &coded("500"))),
        row("fault/code-form", req::FAULT_CODE_QNAME, Fail, Fail, xml(500, &coded("Internal Error"))),
        row("fault/code-form", req::FAULT_CODE_QNAME, Fail, Fail, xml(500, &coded("soap:Client:Auth"))),
        row("fault/extra", req::EXTRA_FAULT_CHILD, Fail, Fail, xml(500, &fault_with("<reason>x</reason>"))),
        row("fault/code-known", req::STANDARD_FAULT_CODE, Warn, Fail, xml(500, &coded("soap:Sender"))),
        row("fault/code-known", req::STANDARD_FAULT_CODE, Warn, Fail, xml(500, &coded("Client"))),
        row("fault/code-name", req::FAULT_CODE_QNAME, Warn, Fail, xml(500, &coded("p:Client"))),
        row("fault/detail", req::DETAIL_FOR_BODY_FAULTS, Fail, Fail, xml(500, &without_detail)),
        row(
            "fault/detail",
            req::DETAIL_FOR_BODY_FAULTS,
            Fail,
            Fail,
            in_detail("MustUnderstand", "<h xmlns='urn:h'/>"),
        ),
        row("fault/detail", req::DETAIL_FOR_BODY_FAULTS, Fail, Fail, in_detail("VersionMismatch", "<x/>")),
        row("fault/dotted", req::FAULT_CODE_WITHOUT_DOT, Warn, Warn, xml(500, &coded("soap:Server.Down"))),
        row(
            "fault/leak",
            req::NO_INTERNALS_IN_FAULT,
            Warn,
            Fail,
            own(">x<", ">   at System.Web.Services.Call(Object o)<"),
        ),
        row("fault/leak", req::NO_INTERNALS_IN_FAULT, Warn, Fail, own(">x<", ">cannot open /var/lib/um.db<")),
        row(
            "fault/leak",
            req::NO_INTERNALS_IN_FAULT,
            Warn,
            Fail,
            answer(400, &[("content-type", "text/html")], "java.lang.Error"),
        ),
        row("fault/leak", req::NO_INTERNALS_IN_FAULT, Warn, Fail, own(">x<", ">C:\\inetpub\\wwwroot\\um<")),
        row("fault/one", req::ONE_FAULT, Fail, Fail, own("</soap:Fault>", second)),
        row("fault/one", req::FAULT_OR_RESPONSE, Fail, Fail, {
            let response = format!("</soap:Fault><DisconnectResponse xmlns=\"{}\"/>", names::MESSAGES);
            own("</soap:Fault>", &response)
        }),
        row("fault/one", req::ONE_FAULT, Fail, Fail, own("</soap:Fault>", "</soap:Fault><x xmlns='urn:x'/>")),
        row("fault/order", req::FAULT_CHILD_ORDER, Warn, Fail, xml(500, &swapped)),
        row(
            "fault/required",
            req::FAULT_CODE_AND_STRING,
            Fail,
            Fail,
            own("<faultstring>x</faultstring>", ""),
        ),
        row(
            "fault/required",
            req::FAULT_CODE_AND_STRING,
            Fail,
            Fail,
            own("<faultcode>soap:Server</faultcode>", ""),
        ),
        row("fault/required", req::FAULT_CODE_AND_STRING, Fail, Fail, xml(500, &coded(""))),
        row("fault/status", req::FAULT_STATUS_500, Fail, Fail, xml(200, &server)),
        row(
            "fault/unqualified",
            req::FAULT_CHILDREN_UNQUALIFIED,
            Warn,
            Warn,
            xml(500, &server.replace("faultstring", "soap:faultstring")),
        ),
    ]
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn documented() -> Vec<Row> {
    use Verdict::{Fail, Note, Warn};
    let (id, request) = (write_invalid_call_id(), write_malformed());
    let of_id = |old: &str, new: &str| xml(500, &id.replace(old, new));
    let of_request = |old: &str, new: &str| xml(500, &request.replace(old, new));
    let code = format!("<e:ResponseCode xmlns:e=\"{}\">ErrorInvalidRequest</e:ResponseCode>", names::ERRORS);
    let words = format!("<e:Message xmlns:e=\"{}\">The request is invalid.</e:Message>", names::ERRORS);
    vec![
        row(
            "invalid-id/code-namespace",
            req::INVALID_ID_CODE_NAMESPACE,
            Warn,
            Fail,
            of_id(names::ERRORS, names::TYPES),
        ),
        row("invalid-id/detail", req::EXCEPTION_TYPE, Warn, Fail, of_id("m:ExceptionType", "m:Other")),
        row("invalid-id/detail", req::EXCEPTION_TYPE, Warn, Fail, {
            let kind = format!(
                "<m:ExceptionType xmlns:m=\"{}\">InvalidCallIdException</m:ExceptionType>",
                names::MESSAGES
            );
            of_id("</detail>", &format!("{kind}</detail>"))
        }),
        row(
            "invalid-id/detail",
            req::EXCEPTION_TYPE_VALUE,
            Warn,
            Fail,
            of_id(">InvalidCallIdException<", ">Other<"),
        ),
        row(
            "invalid-id/detail-namespace",
            req::EXCEPTION_TYPE_NAMESPACE,
            Warn,
            Fail,
            of_id("m:ExceptionType", "ExceptionType"),
        ),
        row(
            "invalid-id/detail-other",
            req::DETAILS_NOT_MIXED,
            Note,
            Note,
            of_id("</detail>", "<x/></detail>"),
        ),
        row(
            "invalid-id/text",
            req::INVALID_ID_FAULT_STRING,
            Note,
            Note,
            of_id("The call identifier", "That"),
        ),
        row(
            "malformed/code-namespace",
            req::INVALID_REQUEST_CODE_NAMESPACE,
            Warn,
            Fail,
            of_request(names::TYPES, names::ERRORS),
        ),
        row(
            "malformed/detail-namespace",
            req::INVALID_REQUEST_DETAIL_NAMESPACE,
            Warn,
            Fail,
            of_request(names::ERRORS, names::MESSAGES),
        ),
        row("malformed/detail-order", req::INVALID_REQUEST_DETAIL_ORDER, Note, Note, {
            of_request(&format!("{code}{words}"), &format!("{words}{code}"))
        }),
        row(
            "malformed/detail-other",
            req::DETAILS_NOT_MIXED,
            Note,
            Note,
            of_request("</detail>", "<ExceptionType/></detail>"),
        ),
        row("malformed/message", req::INVALID_REQUEST_MESSAGE, Fail, Fail, of_request(&words, "")),
        row(
            "malformed/message",
            req::INVALID_REQUEST_MESSAGE,
            Fail,
            Fail,
            of_request(&words, &format!("{words}{words}")),
        ),
        row("malformed/message", req::INVALID_REQUEST_MESSAGE, Note, Note, {
            of_request(&words, &words.replace("The request is invalid.", "Nein."))
        }),
        row("malformed/response-code", req::RESPONSE_CODE, Fail, Fail, of_request(&code, "")),
        row(
            "malformed/response-code",
            req::RESPONSE_CODE,
            Fail,
            Fail,
            of_request(&code, &format!("{code}{code}")),
        ),
        row(
            "malformed/response-code",
            req::RESPONSE_CODE,
            Fail,
            Fail,
            of_request(">ErrorInvalidRequest<", ">Other<"),
        ),
        row(
            "malformed/text",
            req::INVALID_REQUEST_FAULT_STRING,
            Note,
            Note,
            of_request(">The request is invalid.</faultstring>", ">No.</faultstring>"),
        ),
    ]
}

#[test]
fn every_check_finds_what_it_is_for() {
    let rows: Vec<Row> = answers().into_iter().chain(faults()).chain(documented()).collect();
    for row in &rows {
        let found = found(&row.answer);
        let wanted = (row.check.to_owned(), row.requirement.to_string(), row.interop, row.strict);
        assert!(found.contains(&wanted), "{wanted:?} is not in {found:?}");
    }
    let alone = [
        "outcome",
        "effect",
        "alive",
        "repeat",
        "canary",
        "call-info/",
        "issued/place",
        // Of a whole exchange.
        "answer/close",
        "answer/framing",
        "answer/head",
    ];
    for check in CHECKS
        .iter()
        .flat_map(|group| group.iter())
        .filter(|check| !alone.iter().any(|alone| check.id.word().starts_with(alone)))
    {
        assert!(rows.iter().any(|row| row.check == check.id.word()), "{} is never seen failing", check.id);
    }
}

#[test]
fn a_namespace_that_is_wrong_is_told() {
    let observed = |from: &str, to: &str| {
        let answer = Answer::Http(xml(500, &write_invalid_call_id().replace(from, to)));
        let found = check_answer(&answer, &observe(&answer), Grading::default());
        found.into_iter().map(|finding| finding.observed).collect::<Vec<_>>()
    };
    assert_eq!(observed("m:ExceptionType", "ExceptionType"), ["no namespace"]);
    assert_eq!(observed(names::MESSAGES, "urn:other"), ["urn:other"]);
}

/// The answers that those above are made from, and lawful ones like them.
#[test]
fn no_check_finds_anything_in_a_right_answer() {
    for (status, body) in [
        (200, write_success()),
        (500, write_invalid_call_id()),
        (500, write_malformed()),
        (500, write_fault("Server", "x")),
        (500, write_fault("VersionMismatch", "x")),
        (500, write_fault("MustUnderstand", "x")),
        (500, write_fault("Client", "x")),
        (500, write_fault("MustUnderstand", "x").replace("</soap:Fault>", "<detail/></soap:Fault>")),
        (500, fault_with("<faultactor>urn:um</faultactor>")),
        (500, fault_with("<detail><x xmlns='urn:x' y='z'/></detail>")),
        (500, write_fault("Server", "see http://host.example/home/errors")),
    ] {
        assert_eq!(found(&xml(status, &body)), [], "{body}");
    }
    // Beyond what the reader takes, nothing is known of it.
    let deep = format!("{}{}", "<a>".repeat(65), "</a>".repeat(65));
    assert_eq!(found(&xml(500, &deep)), [], "a deep answer");
    for answer in [
        xml(
            200,
            &write_success().replace(
                "<DisconnectResponse",
                &format!("<DisconnectResponse xmlns:i='{}' i:schemaLocation='urn:x x.xsd'", names::XSI),
            ),
        ),
        answer(405, &[("allow", "OPTIONS, POST")], ""),
        answer(405, &[("allow", "post, POST")], ""),
        answer(401, &[("www-authenticate", "Negotiate")], ""),
        answer(307, &[("location", "/x")], ""),
        answer(200, &[("content-type", "TEXT/XML;charset=\"UTF-8\"")], &write_success()),
        answer(404, &[("content-type", "text/html")], "<html>no"),
        answer(200, &[("content-type", "text/html")], "a page about java.lang.Error"),
        answer(400, &[("content-type", "application/json"), ("set-cookie", "umspec=2")], "{}"),
    ] {
        assert_eq!(found(&answer), [], "{answer:?}");
    }
}

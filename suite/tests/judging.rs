//! Each check of answers, seen failing on one answer and silent on the answer it is made from.

use umspec::evidence::observe;
use umspec::evidence::{Answer, Bytes, HttpAnswer};
use umspec::judge::{CHECKS, Grading, Verdict, check_answer};
use umspec::message::{write_fault, write_invalid_call_id, write_malformed, write_success};
use umspec::protocol::{Profile, names};

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
    requirement: u16,
    interop: Verdict,
    strict: Verdict,
    answer: HttpAnswer,
}

fn row(check: &'static str, requirement: u16, interop: Verdict, strict: Verdict, answer: HttpAnswer) -> Row {
    Row { check, requirement, interop, strict, answer }
}

/// A fault of SOAP's own with this child of Fault added.
fn fault_with(child: &str) -> String {
    write_fault("Server", "x").replace("</soap:Fault>", &format!("{child}</soap:Fault>"))
}

fn coded(code: &str) -> String {
    write_fault("Server", "x").replace("soap:Server", code)
}

fn answers() -> Vec<Row> {
    use Verdict::{Fail, Note, Warn};
    let success = write_success();
    let with = |old: &str, new: &str| xml(200, &success.replacen(old, new, 1));
    let mut trailing = xml(200, &success);
    trailing.trailing = 7;
    let typed = |content_type: &str| answer(200, &[("content-type", content_type)], &success);
    let injected = answer(
        500,
        &[("content-type", names::CONTENT_TYPE), ("set-cookie", "umspec=1")],
        &write_invalid_call_id(),
    );
    let in_response = |content: &str| {
        let start = format!("<DisconnectResponse xmlns=\"{}\"", names::MESSAGES);
        xml(200, &success.replace(&format!("{start}/>"), &format!("{start}>{content}</DisconnectResponse>")))
    };
    vec![
        row("answer/allow", 3, Fail, Fail, answer(405, &[], "")),
        row("answer/allow", 3, Fail, Fail, answer(405, &[("allow", "GET, PUT")], "")),
        row("answer/authenticate", 173, Fail, Fail, answer(401, &[], "")),
        row("answer/body", 48, Fail, Fail, with("</soap:Body>", "</soap:Body><soap:Body/>")),
        row("answer/charset", 7, Fail, Fail, typed("text/xml; charset=utf-16")),
        row("answer/charset", 28, Warn, Fail, typed("text/xml; charset=x-other")),
        row(
            "answer/encoding-style",
            106,
            Fail,
            Fail,
            with("<soap:Body>", "<soap:Body soap:encodingStyle=''>"),
        ),
        row("answer/injected-field", 184, Warn, Fail, injected),
        row("answer/instruction", 38, Fail, Fail, with("<soap:Envelope", "<?x y?><soap:Envelope")),
        row("answer/media-type", 17, Fail, Fail, typed("application/xml")),
        row("answer/media-type", 17, Fail, Fail, answer(200, &[], &success)),
        row("answer/one", 105, Fail, Fail, trailing),
        row("answer/redirect", 25, Note, Note, answer(302, &[("location", "/x")], "")),
        row("answer/trailer", 50, Warn, Warn, with("</soap:Body>", "</soap:Body><x xmlns='urn:x'/>")),
        row(
            "answer/version",
            47,
            Note,
            Note,
            xml(200, &success.replace(names::ENVELOPE, names::ENVELOPE_12)),
        ),
        row("answer/xml", 44, Fail, Fail, with("</soap:Envelope>", "")),
        row("answer/xml", 44, Fail, Fail, answer(500, &[("content-type", "application/xml")], "<x>")),
        row("answer/xml", 44, Fail, Fail, answer(500, &[("content-type", "application/soap+xml")], "<x>")),
        row("answer/xml", 28, Fail, Fail, with("\"utf-8\"", "\"latin1\"")),
        row("answer/xml", 33, Fail, Fail, {
            let mut bad = xml(200, &success);
            bad.body.0.insert(60, 0xFF);
            bad
        }),
        row("answer/xml", 35, Fail, Fail, in_response("&#1;")),
        row("answer/xml", 37, Fail, Fail, with("<soap:Envelope", "<!DOCTYPE x><soap:Envelope")),
        row("answer/xml", 41, Fail, Fail, in_response("&nbsp;")),
        row("answer/xml", 42, Fail, Fail, in_response("<p:x/>")),
        row("success/empty", 99, Warn, Fail, in_response(" ")),
        row("success/empty", 99, Fail, Fail, in_response("text")),
        row("success/empty", 99, Fail, Fail, with("<DisconnectResponse", "<DisconnectResponse a=''")),
        row("success/empty", 99, Fail, Fail, {
            with("<DisconnectResponse", &format!("<DisconnectResponse xmlns:i='{}' i:nil='true'", names::XSI))
        }),
        row("success/empty", 99, Fail, Fail, in_response("<x/>")),
        row("success/empty", 100, Fail, Fail, in_response("<DisconnectResponse/>")),
        row("success/empty", 133, Fail, Fail, in_response("<ResponseCode/>")),
        row("success/one-child", 98, Fail, Fail, with("</soap:Body>", "<x xmlns='urn:x'/></soap:Body>")),
        row("success/status", 14, Warn, Fail, xml(202, &success)),
    ]
}

fn faults() -> Vec<Row> {
    use Verdict::{Fail, Note, Warn};
    let server = write_fault("Server", "x");
    let own = |old: &str, new: &str| xml(500, &server.replacen(old, new, 1));
    let swapped = server
        .replace("<faultcode>soap:Server</faultcode>", "")
        .replace("</faultstring>", "</faultstring><faultcode>soap:Server</faultcode>");
    let second = "</soap:Fault><soap:Fault><faultcode>soap:Server</faultcode><faultstring>x</faultstring></soap:Fault>";
    vec![
        row("fault/actor", 119, Note, Note, xml(500, &fault_with("<faultactor>not a URI</faultactor>"))),
        row("fault/children", 108, Warn, Warn, xml(500, &fault_with("<reason>x</reason>"))),
        row("fault/code-known", 113, Warn, Fail, xml(500, &coded("soap:Sender"))),
        row("fault/code-known", 113, Warn, Fail, xml(500, &coded("Client"))),
        row("fault/code-name", 112, Warn, Fail, xml(500, &coded("p:Client"))),
        row("fault/detail", 115, Fail, Fail, xml(500, &write_fault("Client", "x"))),
        row("fault/detail", 115, Fail, Fail, {
            xml(500, &write_fault("MustUnderstand", "x").replace("</soap:Fault>", "<detail/></soap:Fault>"))
        }),
        row("fault/dotted", 114, Warn, Warn, xml(500, &coded("soap:Server.Down"))),
        row("fault/leak", 122, Warn, Fail, own(">x<", ">   at System.Web.Services<")),
        row("fault/leak", 122, Warn, Fail, own(">x<", ">cannot open /var/lib/um.db<")),
        row("fault/leak", 122, Warn, Fail, answer(400, &[("content-type", "text/html")], "java.lang.Error")),
        row("fault/leak", 122, Warn, Fail, own(">x<", ">C:\\inetpub\\wwwroot\\um<")),
        row("fault/one", 107, Fail, Fail, own("</soap:Fault>", second)),
        row("fault/one", 103, Fail, Fail, {
            let response = format!("</soap:Fault><DisconnectResponse xmlns=\"{}\"/>", names::MESSAGES);
            own("</soap:Fault>", &response)
        }),
        row("fault/one", 107, Fail, Fail, own("</soap:Fault>", "</soap:Fault><x xmlns='urn:x'/>")),
        row("fault/order", 111, Warn, Fail, xml(500, &swapped)),
        row("fault/required", 110, Fail, Fail, own("<faultstring>x</faultstring>", "")),
        row("fault/required", 110, Fail, Fail, own("<faultcode>soap:Server</faultcode>", "")),
        row("fault/required", 110, Fail, Fail, xml(500, &coded(""))),
        row("fault/status", 15, Fail, Fail, xml(200, &server)),
        row(
            "fault/unqualified",
            109,
            Warn,
            Warn,
            xml(500, &server.replace("faultstring", "soap:faultstring")),
        ),
    ]
}

fn documented() -> Vec<Row> {
    use Verdict::{Fail, Note, Warn};
    let (id, request) = (write_invalid_call_id(), write_malformed());
    let of_id = |old: &str, new: &str| xml(500, &id.replace(old, new));
    let of_request = |old: &str, new: &str| xml(500, &request.replace(old, new));
    let code = format!("<e:ResponseCode xmlns:e=\"{}\">ErrorInvalidRequest</e:ResponseCode>", names::ERRORS);
    let words = format!("<e:Message xmlns:e=\"{}\">The request is invalid.</e:Message>", names::ERRORS);
    vec![
        row("invalid-id/code-namespace", 126, Warn, Fail, of_id(names::ERRORS, names::TYPES)),
        row("invalid-id/detail", 129, Warn, Fail, of_id("m:ExceptionType", "m:Other")),
        row("invalid-id/detail", 129, Warn, Fail, {
            let kind = format!(
                "<m:ExceptionType xmlns:m=\"{}\">InvalidCallIdException</m:ExceptionType>",
                names::MESSAGES
            );
            of_id("</detail>", &format!("{kind}</detail>"))
        }),
        row("invalid-id/detail", 131, Warn, Fail, of_id(">InvalidCallIdException<", ">Other<")),
        row("invalid-id/detail-namespace", 130, Warn, Fail, of_id("m:ExceptionType", "ExceptionType")),
        row("invalid-id/detail-other", 142, Note, Note, of_id("</detail>", "<x/></detail>")),
        row("invalid-id/text", 128, Note, Note, of_id("The call identifier", "That")),
        row("malformed/code-namespace", 136, Warn, Fail, of_request(names::TYPES, names::ERRORS)),
        row("malformed/detail-namespace", 140, Warn, Fail, of_request(names::ERRORS, names::MESSAGES)),
        row("malformed/detail-order", 141, Note, Note, {
            of_request(&format!("{code}{words}"), &format!("{words}{code}"))
        }),
        row("malformed/detail-other", 142, Note, Note, of_request("</detail>", "<ExceptionType/></detail>")),
        row("malformed/message", 139, Fail, Fail, of_request(&words, "")),
        row("malformed/message", 139, Fail, Fail, of_request(&words, &format!("{words}{words}"))),
        row("malformed/message", 139, Note, Note, {
            of_request(&words, &words.replace("The request is invalid.", "Nein."))
        }),
        row("malformed/response-code", 138, Fail, Fail, of_request(&code, "")),
        row("malformed/response-code", 138, Fail, Fail, of_request(&code, &format!("{code}{code}"))),
        row("malformed/response-code", 138, Fail, Fail, of_request(">ErrorInvalidRequest<", ">Other<")),
        row(
            "malformed/text",
            137,
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
        let wanted = (row.check.to_owned(), format!("UMD-R{:03}", row.requirement), row.interop, row.strict);
        assert!(found.contains(&wanted), "{wanted:?} is not in {found:?}");
    }
    let alone = ["outcome", "effect", "alive", "repeat", "canary", "call-info/state", "call-info/cause"];
    for check in
        CHECKS.iter().flat_map(|group| group.iter()).filter(|check| !alone.contains(&check.id.word()))
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
        answer(200, &[("content-type", "text/xml")], &write_success()),
        answer(404, &[("content-type", "text/html")], "<html>no"),
        answer(200, &[("content-type", "text/html")], "a page about java.lang.Error"),
        answer(400, &[("content-type", "application/json"), ("set-cookie", "umspec=2")], "{}"),
    ] {
        assert_eq!(found(&answer), [], "{answer:?}");
    }
}

//! What real servers do: each told apart, none ends the run.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use umspec::judge::{CheckId, Verdict};
use umspec::message;
use umspec::mock::{Request, Service};
use umspec::protocol::{AmbiguityId, Profile, names, req};
use umspec::record::{Conclusion, Record};
use umspec::run::CallSource;

use crate::peer::{Peer, Reaction, Response};
use crate::support::{cases, entry, free_port, options, run_live, run_server, umspec, verdict};

/// A legal spelling, a request to be refused, and what an unaffected case looks like.
const CASES: [&str; 3] =
    ["xml/declared-not-at-all", "namespace/disconnect-types", "lifecycle/disconnect-connected-call"];

fn is_disconnect(request: &Request<'_>) -> bool {
    let body = String::from_utf8_lossy(request.body);
    request.method == "POST"
        && body.contains("Disconnect")
        && !body.contains("GetCallInfo")
        && !body.contains("PlayOnPhone")
}

/// Runs against a service whose answers to Disconnect, when they are `status`, are changed.
fn changed(status: u16, change: impl Fn(Response) -> Reaction + Send + Sync + 'static) -> Record {
    let peer = Peer::start(move |request, answer| {
        let response = answer();
        if is_disconnect(request) && response.status == status {
            change(response)
        } else {
            Reaction::of(&response)
        }
    });
    run_live(&peer.url(), &CASES)
}

fn problem(record: &Record) -> String {
    record.established().problem().clone().unwrap_or_default()
}

#[test]
fn success_with_204_and_no_body_fails_and_the_rest_is_judged() {
    fails_by_its_success(&changed(200, |_| Reaction::http(204, "", b"")));
}

#[test]
fn success_in_no_or_a_foreign_namespace_fails_and_the_rest_is_judged() {
    for namespace in ["", "urn:other"] {
        fails_by_its_success(&changed(200, move |response| {
            Reaction::xml(200, &response.body.replace(names::MESSAGES, namespace))
        }));
    }
}

/// The calls do end, so what the server says tells valid requests from malformed ones, if in wrong
/// words.
fn fails_by_its_success(record: &Record) {
    assert_eq!(record.conclusion(false), Conclusion::Failed, "{}", problem(record));
    for case in ["xml/declared-not-at-all", "lifecycle/disconnect-connected-call"] {
        assert_eq!(verdict(record, case), Verdict::Fail, "{case}");
    }
    let found = &entry(record, "xml/declared-not-at-all").judgement.findings;
    assert!(
        found.iter().any(|f| f.requirement == req::DISCONNECT_RESPONSE && f.verdict == Verdict::Fail),
        "{found:?}"
    );
    assert_eq!(verdict(record, "namespace/disconnect-types"), Verdict::Pass);
}

#[test]
fn a_success_in_wrong_words_without_effect_is_no_control() {
    // Says 204 to whatever is XML, and ends nothing.
    let peer = Peer::start(|request, answer| {
        if is_disconnect(request) && request.body.ends_with(b"Envelope>") {
            Reaction::http(204, "", b"")
        } else {
            Reaction::of(&answer())
        }
    });
    let record = run_live(&peer.url(), &CASES);
    assert!(problem(&record).contains("204 that claims success"), "{}", problem(&record));
    assert_eq!(record.conclusion(true), Conclusion::NotJudged);
}

#[test]
fn a_server_that_resets_where_a_fault_is_due_is_judged() {
    let record = changed(500, |_| Reaction::Close);
    assert_eq!(record.conclusion(false), Conclusion::Failed, "{}", problem(&record));
    assert_eq!(verdict(&record, "xml/declared-not-at-all"), Verdict::Pass);
}

#[test]
fn success_without_effect_fails() {
    let peer = Peer::start(|request, answer| {
        let valid = message::read_request(request.body, Some("utf-8")).is_ok();
        if is_disconnect(request) && valid {
            return Reaction::xml(200, &message::write_success());
        }
        Reaction::of(&answer())
    });
    let record = run_live(&peer.url(), &CASES);
    assert!(record.established().server().expect("of a server").states);
    assert_eq!(record.conclusion(false), Conclusion::Failed);
    for case in ["xml/declared-not-at-all", "lifecycle/disconnect-connected-call"] {
        let found = &entry(&record, case).judgement;
        assert_eq!(found.verdict, Verdict::Fail, "{found:?}");
        assert!(found.findings.iter().any(|f| f.observed.contains("still up")), "{found:?}");
    }
}

#[test]
fn success_without_effect_on_some_spelling_fails() {
    let peer = Peer::start(|request, answer| {
        if is_disconnect(request)
            && !request.body.starts_with(b"<?xml")
            && request.body.ends_with(b"Envelope>")
        {
            return Reaction::xml(200, &message::write_success());
        }
        Reaction::of(&answer())
    });
    let record = run_live(&peer.url(), &CASES);
    let found = &entry(&record, "xml/declared-not-at-all").judgement;
    assert_eq!(found.verdict, Verdict::Fail, "{found:?}");
    assert!(
        found.findings.iter().any(|f| f.check == CheckId::Effect && f.observed.contains("still up")),
        "{found:?}"
    );
    assert_eq!(verdict(&record, "namespace/disconnect-types"), Verdict::Pass);
}

#[test]
fn an_answer_in_soap_12_is_no_fault_of_this_protocol() {
    let record = changed(500, |response| {
        Reaction::xml(500, &response.body.replace(names::ENVELOPE, names::ENVELOPE_12))
    });
    let found = &entry(&record, "namespace/disconnect-types").judgement;
    assert_eq!(found.verdict, Verdict::Fail);
    assert!(found.findings[0].observed.contains("SOAP 1.2"), "{found:?}");
}

#[test]
fn a_faultcode_with_an_undeclared_prefix_is_a_warning_in_interop() {
    let record =
        changed(500, |response| Reaction::xml(500, &response.body.replace(" xmlns:a=", " xmlns:b=")));
    let found = &entry(&record, "namespace/disconnect-types").judgement;
    let told = |f: &&umspec::judge::Finding| f.requirement == req::FAULT_CODE_QNAME;
    let told = found.findings.iter().find(told).expect("a finding");
    assert!(told.common && told.verdict == Verdict::Warn, "{found:?}");
}

#[test]
fn a_fault_without_faultcode_is_told() {
    let record = changed(500, |response| {
        let start = response.body.find("<faultcode").unwrap_or_default();
        let end = response.body.find("</faultcode>").map_or(0, |at| at + 12);
        Reaction::xml(500, &format!("{}{}", &response.body[..start], &response.body[end..]))
    });
    let found = &entry(&record, "namespace/disconnect-types").judgement;
    assert_eq!(found.verdict, Verdict::Fail, "{found:?}");
    assert!(found.findings.iter().any(|f| f.requirement == req::FAULT_CODE_AND_STRING), "{found:?}");
}

#[test]
fn html_and_plain_text_with_500_are_no_faults() {
    for (kind, text) in
        [("text/html", "<html><body>Server Error</body></html>"), ("text/plain", "Server Error")]
    {
        let record =
            changed(500, move |_| Reaction::http(500, &format!("content-type: {kind}\r\n"), text.as_bytes()));
        let found = &entry(&record, "namespace/disconnect-types").judgement;
        assert_eq!(found.verdict, Verdict::Fail, "{found:?}");
        assert!(found.findings[0].observed.contains(kind), "{found:?}");
        assert_eq!(verdict(&record, "xml/declared-not-at-all"), Verdict::Pass);
    }
}

#[test]
fn no_answer_and_a_closed_connection_fail_where_a_fault_is_due() {
    let record = changed(500, |_| Reaction::Close);
    let found = &entry(&record, "namespace/disconnect-types").judgement;
    assert_eq!(found.verdict, Verdict::Fail, "{found:?}");
    assert!(found.findings[0].observed.contains("ended before"), "{found:?}");

    // Refuses the control's malformed request, and hangs on the case's.
    let peer = Peer::start(|request, answer| {
        let foreign = String::from_utf8_lossy(request.body).contains("2006/types");
        if foreign { Reaction::Hang } else { Reaction::of(&answer()) }
    });
    let record = run_live(&peer.url(), &CASES);
    let found = &entry(&record, "namespace/disconnect-types").judgement;
    assert_eq!(found.verdict, Verdict::Fail, "{found:?}");
    assert!(
        found
            .findings
            .iter()
            .any(|f| f.requirement == req::ALIVE_AFTERWARDS && f.observed.contains("in time")),
        "{found:?}"
    );
    assert_eq!(verdict(&record, "lifecycle/disconnect-connected-call"), Verdict::Pass);
    assert!(record.ended_early.is_none());
}

#[test]
fn where_nothing_shares_a_connection_nothing_is_judged_by_it() {
    // The peer closes after each answer without saying so.
    let peer = Peer::start(|_, answer| {
        let Reaction::Answer(bytes) = Reaction::of(&answer()) else { return Reaction::Close };
        let text = String::from_utf8(bytes).expect("text").replace("connection: close\r\n", "");
        Reaction::Answer(text.into_bytes())
    });
    let record = run_live(&peer.url(), &["connection/malformed-between-valid", "xml/declared-not-at-all"]);
    let [shared, alone] = &*record.entries else { panic!("two cases") };
    assert_eq!(shared.judgement.verdict, Verdict::NotJudged, "{shared:?}");
    assert!(shared.judgement.reason.as_ref().is_some_and(|why| why.contains("shared a connection")));
    assert_eq!(alone.judgement.verdict, Verdict::Pass, "{alone:?}");
}

/// HTTP/1.0 knows no chunks (contradiction C27); a server of HTTP/1.1 must take them.
#[test]
fn a_server_of_http_1_0_need_not_take_chunks() {
    for (version, expected) in [("1.0", Verdict::Note), ("1.1", Verdict::Fail)] {
        let peer = Peer::start(move |request, answer| {
            let reaction = if request.field("transfer-encoding").is_some() {
                Reaction::http(501, "", b"")
            } else {
                Reaction::of(&answer())
            };
            let Reaction::Answer(bytes) = reaction else { return Reaction::Close };
            let text = String::from_utf8(bytes).expect("text");
            Reaction::Answer(text.replacen("HTTP/1.1", &format!("HTTP/{version}"), 1).into_bytes())
        });
        let record = run_live(&peer.url(), &["http/chunked-whole"]);
        let entry = entry(&record, "http/chunked-whole");
        assert_eq!(entry.judgement.verdict, expected, "{version}: {:?}", entry.judgement);
        let finding = &entry.judgement.findings[0];
        assert_eq!(finding.ambiguity, Some(AmbiguityId::CHUNKED_REQUEST), "{finding:?}");
    }
}

#[test]
fn a_server_that_dies_is_named_and_the_rest_is_not_judged() {
    let peer = Peer::start(|request, answer| {
        let killer = String::from_utf8_lossy(request.body).contains("2006/types");
        if killer { Reaction::Die } else { Reaction::of(&answer()) }
    });
    let record = run_live(&peer.url(), &CASES);
    let found = &entry(&record, "namespace/disconnect-types").judgement;
    assert_eq!(found.verdict, Verdict::Fail, "{found:?}");
    assert!(
        found.findings.iter().any(|f| f.check == CheckId::Alive && f.observed.contains("gone")),
        "{found:?}"
    );
    let why = record.ended_early.clone().expect("a reason");
    assert!(why.contains("namespace/disconnect-types") && why.contains("--restart-cmd"), "{why}");
    assert_eq!(verdict(&record, "lifecycle/disconnect-connected-call"), Verdict::NotJudged);
    assert_eq!(record.conclusion(true), Conclusion::NotJudged);
}

#[test]
fn a_server_that_is_kept_busy_by_what_it_never_answered_is_not_laid_to_a_later_case() {
    // Hangs on what has no declaration, and on everything once it has refused what is in a wrong namespace.
    let is_full = Arc::new(AtomicUsize::new(0));
    let peer = Peer::start(move |request, answer| {
        let body = String::from_utf8_lossy(request.body);
        if is_full.load(Ordering::SeqCst) > 0 || (is_disconnect(request) && !body.starts_with("<?xml")) {
            return Reaction::Hang;
        }
        is_full.store(usize::from(body.contains("2006/types")), Ordering::SeqCst);
        Reaction::of(&answer())
    });
    let record = run_live(&peer.url(), &["xml/declared-not-at-all", "namespace/disconnect-types"]);
    let why = record.ended_early.clone().expect("a reason");
    assert_eq!(verdict(&record, "xml/declared-not-at-all"), Verdict::Fail);
    assert_eq!(verdict(&record, "namespace/disconnect-types"), Verdict::NotJudged);
    let both = "namespace/disconnect-types, or is still busy with xml/declared-not-at-all";
    assert!(why.contains(both) && why.contains("--restart-cmd"), "{why}");
}

#[test]
fn state_that_leaks_from_one_request_to_the_next_is_found() {
    // After a SOAP 1.2 envelope the next request is answered with a VersionMismatch, whatever it is.
    let tainted = Arc::new(AtomicUsize::new(0));
    let peer = Peer::start(move |request, answer| {
        let soap12 = String::from_utf8_lossy(request.body).contains(names::ENVELOPE_12);
        if tainted.swap(usize::from(soap12), Ordering::SeqCst) == 1 && is_disconnect(request) {
            return Reaction::xml(500, &message::write_fault("VersionMismatch", "?"));
        }
        Reaction::of(&answer())
    });
    let record = run_server(
        &peer.url(),
        // Without looks in between, the leak meets the twin.
        options(CallSource::Given(vec![place(&peer)]), Profile::Interop),
        &cases(&["envelope/soap12*", "namespace/disconnect-types"]),
    );
    let leaking = record
        .entries
        .iter()
        .filter(|entry| {
            entry
                .judgement
                .findings
                .iter()
                .any(|f| f.check == CheckId::Alive && f.requirement == req::ALIVE_AFTERWARDS)
        })
        .count();
    assert!(leaking > 0, "{:?}", record.entries.iter().map(|e| (&e.case, &e.judgement)).collect::<Vec<_>>());
    assert_eq!(verdict(&record, "namespace/disconnect-types"), Verdict::Pass);
}

/// Places a call on a peer by hand.
fn place(peer: &Peer) -> String {
    use std::io::{Read as _, Write as _};
    let body = message::write_request(umspec::protocol::Operation::PlayOnPhone, &["ZW50cnk=", "5550100"]);
    let mut stream = std::net::TcpStream::connect(peer.address).expect("the peer");
    write!(
        stream,
        "POST {} HTTP/1.1\r\nhost: x\r\ncontent-type: text/xml\r\ncontent-length: {}\r\n\r\n{body}",
        names::ENDPOINT_PATH,
        body.len()
    )
    .expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let tag = "<PlayOnPhoneResponse>";
    let start = answer.rfind(tag).expect("an id") + tag.len();
    answer[start..].split('<').next().expect("an id").to_owned()
}

#[test]
fn a_failure_that_does_not_come_again_is_a_warning() {
    let once = Arc::new(AtomicUsize::new(0));
    let peer = Peer::start(move |request, answer| {
        let foreign = String::from_utf8_lossy(request.body).contains("2006/types");
        if foreign && once.fetch_add(1, Ordering::SeqCst) == 0 {
            return Reaction::xml(200, &message::write_success());
        }
        Reaction::of(&answer())
    });
    let record = run_live(&peer.url(), &["namespace/disconnect-types"]);
    let found = &entry(&record, "namespace/disconnect-types").judgement;
    assert_eq!(found.verdict, Verdict::Warn, "{found:?}");
    assert_eq!(found.findings[0].requirement, req::SAME_ANSWER_TO_SAME_REQUEST);
}

#[test]
fn a_server_that_fetches_what_a_request_names_is_seen_by_the_canary() {
    // Connects to the first address in the body, as a parser that loads external entities does.
    let peer = Peer::start(|request, answer| {
        let body = String::from_utf8_lossy(request.body).into_owned();
        if let Some(rest) = body.split("SYSTEM \"http://127").nth(1) {
            let port = rest.split(':').nth(1).and_then(|rest| rest.split('/').next()?.parse::<u16>().ok());
            let _ = port.map(|port| std::net::TcpStream::connect(("127.0.0.1", port)));
        }
        Reaction::of(&answer())
    });
    let port = free_port();
    let canary = format!("127.0.0.1:{port}");
    let args = [
        "run",
        "--server",
        &peer.url(),
        "--canary",
        &canary,
        "--record",
        "-",
        "dtd/system-entity",
        "dtd/subset-empty",
    ];
    let output = umspec(&args);
    let record = Record::load(&output.stdout).expect("a record");
    let found = &entry(&record, "dtd/system-entity").judgement;
    assert_eq!(found.verdict, Verdict::Fail, "{found:?}");
    assert!(
        found
            .findings
            .iter()
            .any(|f| f.check == CheckId::Canary && f.requirement == req::NO_EXTERNAL_ENTITIES),
        "{found:?}"
    );
    assert_ne!(verdict(&record, "dtd/subset-empty"), Verdict::Fail);
}

/// Serves one connection until its client closes it, and only then the next, as simple daemons do.
fn serve_one_by_one(listener: &TcpListener, service: &Service) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else { return };
        let _ = serve(BufReader::new(stream), service);
    }
}

fn serve(mut stream: BufReader<TcpStream>, service: &Service) -> std::io::Result<()> {
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if stream.read_line(&mut head)? == 0 {
                return Ok(());
            }
        }
        let headers: Vec<(String, String)> = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let length = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap_or(0))];
        stream.read_exact(&mut body)?;
        let path = "/EWS/UM2007Legacy.asmx";
        let request = Request {
            version: "1.1",
            method: "POST",
            path,
            query: None,
            is_absolute: false,
            headers: &headers,
            body: &body,
            arrival: umspec::mock::Arrival::default(),
            flaws: &[],
        };
        let umspec::evidence::Reaction::Answer(answer) = service.answer(&request) else { return Ok(()) };
        let fields: String =
            answer.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = answer.body.len();
        let head = format!("HTTP/1.1 {} X\r\n{fields}content-length: {length}\r\n\r\n", answer.status);
        stream.get_mut().write_all(head.as_bytes())?;
        stream.get_mut().write_all(&answer.body)?;
    }
}

#[test]
fn a_server_that_serves_one_connection_at_a_time_is_not_kept_waiting() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/EWS/UM2007Legacy.asmx", listener.local_addr().expect("an address"));
    // It ends with the process: nothing tells it to stop.
    std::thread::spawn(move || serve_one_by_one(&listener, &Service::strict()));
    let record = run_live(&url, &CASES);
    assert_eq!(record.conclusion(false), Conclusion::Passed, "{}", problem(&record));
    for case in CASES {
        assert_eq!(verdict(&record, case), Verdict::Pass, "{case}");
    }
}

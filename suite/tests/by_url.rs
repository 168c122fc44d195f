//! `umspec mock --cases`: the page that lists the cases, and what it tells of what came.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::runtime::Runtime;
use umspec::catalogue::client_cases;
use umspec::judge::Grading;
use umspec::message;
use umspec::mock::MockLimits;
use umspec::protocol::Operation;
use umspec::record::Conclusion;
use umspec::record::known::KnownDeviations;
use umspec::run::CaseListener;

use crate::support::{free_port, stdout, umspec};

/// A listener, and the runtime that it needs.
fn listener() -> (Runtime, CaseListener) {
    listener_with(None)
}

fn listener_with(known: Option<KnownDeviations>) -> (Runtime, CaseListener) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("a runtime");
    let any = ([127, 0, 0, 1], 0).into();
    let limits = MockLimits::default();
    let listener = runtime.block_on(CaseListener::start(any, Grading::default(), limits, None, known));
    (runtime, listener.expect("a port"))
}

fn connected(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
    stream
}

fn answer(address: SocketAddr, request: &str) -> String {
    let mut stream = connected(address);
    stream.write_all(request.as_bytes()).expect("a request");
    let mut bytes = Vec::new();
    // What is reset has said what it had to say.
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn get(address: SocketAddr, path: &str) -> String {
    answer(address, &format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n\r\n"))
}

/// A request that is no HTTP is kept with the line that shows it, and without what may be secret.
#[test]
fn what_is_wrong_on_the_line_is_told_and_the_request_read() {
    let (_runtime, listener) = listener();
    let address = listener.address();
    let path = "/case/client-id/one-character";
    for fields in ["x-tool : 1\r\n", "authorization: Basic c2Vj\r\n cmV0\r\n"] {
        assert!(post(address, path, "x", fields).starts_with("HTTP/1.1 200 "), "{fields}");
    }
    assert!(post(address, &format!("{path}#a"), "x", "").starts_with("HTTP/1.1 200 "));
    let (report, record) = (get(address, "/report"), get(address, "/report.json"));
    assert!(report.contains("UMD-R019"), "{report}");
    for kept in ["x-tool : 1", "POST {path}#a HTTP/1.1", "folded"] {
        assert!(record.contains(kept), "{kept} in {record}");
    }
    assert!(!report.contains("cmV0") && !record.contains("cmV0"), "{report}");
}

/// Sends a Disconnect for a call, with these further fields.
fn post(address: SocketAddr, path: &str, id: &str, fields: &str) -> String {
    let body = message::write_request(Operation::Disconnect, &[id]);
    let action = Operation::Disconnect.soap_action();
    answer(
        address,
        &format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: text/xml; charset=utf-8\r\nsoapaction: \
             \"{action}\"\r\n{fields}content-length: {}\r\n\r\n{body}",
            body.len()
        ),
    )
}

#[test]
fn what_is_known_to_deviate_is_told_apart_on_every_page() {
    let file = "[[known]]\ncase = \"client-id/one-character\"\nreason = \"fills in <b>\"\n";
    let (_runtime, listener) = listener_with(Some(KnownDeviations::parse(file).expect("a file")));
    let address = listener.address();
    for case in ["client-id/one-character", "client-id/digits"] {
        post(address, &format!("/case/{case}"), "another", "");
    }
    let page = get(address, "/");
    let row = |case: &str| {
        page.split("<tr ").find(|row| row.contains(&format!("case:{case}\""))).expect("a row").to_owned()
    };
    assert!(row("client-id/one-character").contains(">KNOWN<"), "{page}");
    assert!(row("client-id/digits").contains(">FAIL<"), "{page}");
    let seen = get(address, "/seen/client-id/one-character");
    assert!(seen.contains(">KNOWN<") && seen.contains("known, expected: fills in &lt;b&gt;"), "{seen}");
    let report = get(address, "/report");
    assert!(report.contains("KNOWN  client-id/one-character") && report.contains("+ known 1"), "{report}");
    let record = listener.record();
    let known = listener.account(&record);
    assert_eq!(record.conclusion_with(known.as_ref(), true), Conclusion::Failed);
    assert_eq!(record.counts().failed, 2);
}

#[test]
fn the_page_lists_every_case_and_what_came_as_text() {
    let (_runtime, listener) = listener();
    let address = listener.address();
    let case = "client-id/one-character";
    post(
        address,
        &format!("/case/{case}"),
        "<script>alert(1)</script>",
        "x-b: \"'><img src=x onerror=y>\u{202E}\r\n",
    );
    let page = get(address, "/");
    for case in client_cases() {
        assert!(page.contains(&format!("http://{address}/case/{}</code>", case.id)), "{}", case.id);
    }
    let row = page.split("<tr ").find(|row| row.contains(&format!("case:{case}\""))).expect("a row");
    assert!(row.contains("class=\"came\">1<") && row.contains(">FAIL<"), "{row}");
    assert!(page.contains("content-security-policy: default-src 'none'"));
    let seen = get(address, &format!("/seen/{case}"));
    for text in [
        "&lt;img src=x onerror=y&gt;\\u{202e}",
        "&amp;lt;script&amp;gt;",
        "<th>expected</th>",
        "<th>observed</th>",
    ] {
        assert!(seen.contains(text), "no {text} in {seen}");
    }
    for markup in ["<img", "<script>alert"] {
        assert!(!seen.contains(markup), "{markup}");
    }
    // Beside it what a right client sends.
    assert!(seen.contains("&lt;CallId&gt;x&lt;/CallId&gt;"), "{seen}");
    // What every request has wrong is told beside the case, whose own verdict may be a pass.
    let length = "content-length: 0\r\n";
    answer(
        address,
        &format!(
            "POST /case/{other} HTTP/1.1\r\nhost: {address}\r\n{length}\r\n",
            other = "reply-success/prefixed"
        ),
    );
    let page = get(address, "/");
    assert!(page.contains("data-verdict=\"FAIL\">PASS, beside it FAIL<"), "{page}");
    // Nobody takes a client's mistake for a case.
    assert!(post(address, "/", "x", "").starts_with("HTTP/1.1 404"));
}

#[test]
fn a_verdict_is_told_to_who_watches() {
    let (_runtime, listener) = listener();
    let address = listener.address();
    let mut watching = BufReader::new(connected(address));
    let request = format!("GET /events HTTP/1.1\r\nhost: {address}\r\n\r\n");
    watching.get_mut().write_all(request.as_bytes()).expect("a request");
    let mut next = |start: &str| loop {
        let mut line = String::new();
        assert!(watching.read_line(&mut line).expect("a line") > 0, "it ended before {start}");
        if line.starts_with(start) {
            return line;
        }
    };
    next("content-type: text/event-stream");
    next("retry:");
    post(address, "/case/client-id/one-character", "x", "");
    let told = next("data:");
    assert_eq!(
        told.trim(),
        r#"data: {"case":"client-id/one-character","came":1,"verdict":"PASS","gravest":"PASS"}"#
    );
    post(address, "/case/client-id/one-character", "y", "");
    assert!(next("data:").contains(r#""came":2,"verdict":"FAIL""#));
    // Each listener holds a connection: there is an end to them.
    let more: Vec<TcpStream> = (0..16)
        .map(|_| {
            let mut stream = connected(address);
            stream.write_all(request.as_bytes()).expect("a request");
            stream
        })
        .collect();
    // None is closed before each has its answer, or it made room for another one.
    let refused = more.iter().filter(|stream| {
        let mut line = String::new();
        BufReader::new(*stream).read_line(&mut line).expect("a line");
        line.starts_with("HTTP/1.1 503")
    });
    assert_eq!(refused.count(), 1);
}

#[test]
fn what_is_served_next_is_named() {
    let (_runtime, listener) = listener();
    let address = listener.address();
    let case = &client_cases().iter().find(|case| !case.is_life()).expect("a case").id;
    let answered = post(address, "/next", "x", "");
    assert!(answered.contains(&format!("\r\numspec-case: {case}\r\n")), "{answered}");
    assert!(get(address, "/").contains(&format!("<b id=\"turn\">{case}</b>")));
    // A case by its own URL is served as it is.
    assert!(!post(address, &format!("/case/{case}"), "x", "").contains("umspec-case"));
}

/// The binary as a mock, ended with the test.
struct Mock(Child);

impl Drop for Mock {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_cases_are_served_over_tls_with_the_certificate_that_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mock.pem");
    let address = format!("127.0.0.1:{}", free_port());
    let child = Command::new(env!("CARGO_BIN_EXE_umspec"))
        .args(["mock", "--cases", "--tls", "--tls-name", "um.example", "--listen", &address])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary");
    let mut mock = Mock(child);
    let mut printed = String::new();
    let mut lines = BufReader::new(mock.0.stdout.take().expect("a pipe"));
    while !printed.contains("-----END CERTIFICATE-----\n") {
        assert!(lines.read_line(&mut printed).expect("a line") > 0, "{printed}");
    }
    assert!(printed.contains(&format!("https://{address}/case/ID")), "{printed}");
    let pem = &printed[printed.find("-----BEGIN").expect("a certificate")..];
    std::fs::write(&file, pem).expect("a file");
    let file = file.to_str().expect("a path");
    let port = address.rsplit(':').next().expect("a port");
    for host in ["127.0.0.1", "localhost"] {
        let url = format!("https://{host}:{port}/case/reply-success/prefixed");
        let called = umspec(&["call", &url, "x", "--cacert", file]);
        assert_eq!(stdout(&called), "disconnected\n", "{url}");
    }
    let untrusted = umspec(&["call", &format!("https://{address}/case/reply-success/prefixed"), "x"]);
    assert_eq!(untrusted.status.code(), Some(1));
}

//! Connections that a run keeps, against servers that keep them, or only seem to.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use umspec::evidence::{Reaction, Response};
use umspec::judge::Verdict;
use umspec::mock::{Arrival, React as _, Request, Service};
use umspec::protocol::names;
use umspec::record::Record;

use crate::support::run_live;

/// Two legal spellings and two faults, so that plain requests stand between them.
const CASES: [&str; 4] = [
    "xml/declared-not-at-all",
    "namespace/disconnect-types",
    "call-id/empty-open-close",
    "envelope/body-empty",
];

/// What a server does with a request that so many came before on its connection.
#[derive(Clone, Copy)]
enum Act {
    Answer,
    AnswerAndClose,
    AnswerOtherwise,
    Close,
}

/// A server, and what it has seen.
struct Server {
    url: String,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    requests: AtomicUsize,
}

impl Server {
    /// The strict service behind connections that are kept until the act for a request ends them, side by side or
    /// each when the one before is closed.
    fn start(side_by_side: bool, act: fn(usize) -> Act) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}{}", listener.local_addr().expect("an address"), names::ENDPOINT_PATH);
        let (service, seen) = (Arc::new(Service::strict()), Arc::new(Seen::default()));
        let server = Self { url, seen: Arc::clone(&seen) };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                seen.connections.fetch_add(1, Ordering::SeqCst);
                let (service, seen) = (Arc::clone(&service), Arc::clone(&seen));
                let serve = move || serve(&stream, &service, &seen, act);
                if side_by_side {
                    std::thread::spawn(serve);
                } else {
                    serve();
                }
            }
        });
        server
    }

    /// Runs against it; everything passes, at the first try.
    fn run(&self) -> Record {
        let record = run_live(&self.url, &CASES);
        for entry in &record.entries {
            assert_eq!(entry.judgement.verdict, Verdict::Pass, "{entry:?}");
            assert_eq!(entry.attempts().len(), 1, "{}", entry.case);
        }
        record
    }

    fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    fn requests(&self) -> usize {
        self.seen.requests.load(Ordering::SeqCst)
    }
}

fn serve(stream: &TcpStream, service: &Service, seen: &Seen, act: fn(usize) -> Act) {
    let mut reader = BufReader::new(stream);
    for before in 0.. {
        let Some((headers, body)) = request(&mut reader) else { return };
        seen.requests.fetch_add(1, Ordering::SeqCst);
        let act = act(before);
        if matches!(act, Act::Close) {
            return;
        }
        let reaction = service.react(&Request {
            version: "1.1",
            method: "POST",
            path: names::ENDPOINT_PATH,
            query: None,
            is_absolute: false,
            headers: &headers,
            body: &body,
            arrival: Arrival { before, parted: false },
            flaws: &[],
        });
        let Reaction::Answer(Response { status, headers, body, .. }) = reaction else { return };
        let (status, body) = match act {
            Act::AnswerOtherwise => (404, Vec::new()),
            _ => (status, body),
        };
        let mut answer = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            answer.push_str(&format!("{name}: {value}\r\n"));
        }
        let answer = [answer.as_bytes(), b"\r\n", &body].concat();
        let mut out = stream;
        if out.write_all(&answer).is_err() || matches!(act, Act::AnswerAndClose) {
            return;
        }
    }
}

/// Names and values of header fields.
type Fields = Vec<(String, String)>;

/// The fields and the body of the next request, if one comes.
fn request(reader: &mut BufReader<&TcpStream>) -> Option<(Fields, Vec<u8>)> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|count| *count > 0)?;
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|count| *count > 0)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length")?.1.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((headers, body))
}

/// The control sends each request on a connection of its own; so does a case what it is about.
#[test]
fn plain_requests_share_a_connection_that_the_server_keeps() {
    let server = Server::start(true, |_| Act::Answer);
    server.run();
    let (connections, requests) = (server.connections(), server.requests());
    let alone = Server::start(true, |_| Act::AnswerAndClose);
    alone.run();
    assert_eq!(alone.connections(), alone.requests());
    assert!(connections * 4 < requests * 3, "{connections} connections for {requests} requests");
}

#[test]
fn a_server_that_serves_one_connection_at_a_time_is_not_kept_waiting() {
    let server = Server::start(false, |_| Act::Answer);
    server.run();
    // One was tried, and is closed again.
    assert!(server.connections() + 1 >= server.requests(), "{}", server.requests());
}

#[test]
fn a_connection_that_ends_while_it_lies_idle_costs_no_verdict() {
    Server::start(true, |before| if before == 2 { Act::AnswerAndClose } else { Act::Answer }).run();
    Server::start(true, |before| if before == 3 { Act::Close } else { Act::Answer }).run();
}

/// What only shows behind other requests on a connection is no finding about a case whose request came first on its
/// own.
#[test]
fn what_is_wrong_only_on_a_kept_connection_is_not_laid_to_a_case() {
    Server::start(true, |before| if before >= 3 { Act::AnswerOtherwise } else { Act::Answer }).run();
}

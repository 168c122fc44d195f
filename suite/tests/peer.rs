//! A server for tests: the strict service with a twist, over real sockets.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use umspec::mock::{self, Request, Service};

/// What a peer does with a request.
pub(crate) enum Reaction {
    /// Sends these bytes and closes.
    Answer(Vec<u8>),
    /// Closes without a word.
    Close,
    /// Closes, and takes no further connection.
    Die,
    /// Keeps the connection open and says nothing.
    Hang,
}

impl Reaction {
    /// An answer of the service, as it is.
    pub(crate) fn of(response: &Response) -> Self {
        let headers: String =
            response.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        Self::http(response.status, &headers, response.body.as_bytes())
    }

    /// An answer with these header lines and a Content-Length.
    pub(crate) fn http(status: u16, headers: &str, body: &[u8]) -> Self {
        let length =
            if status == 204 { String::new() } else { format!("content-length: {}\r\n", body.len()) };
        let mut bytes =
            format!("HTTP/1.1 {status} X\r\n{headers}{length}connection: close\r\n\r\n").into_bytes();
        bytes.extend(body);
        Self::Answer(bytes)
    }

    /// An XML answer.
    pub(crate) fn xml(status: u16, body: &str) -> Self {
        Self::http(status, "content-type: text/xml; charset=utf-8\r\n", body.as_bytes())
    }
}

/// An answer of the service, its body as text.
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
}

fn strict(service: &Service, request: &Request<'_>) -> Response {
    let mock::Reaction::Answer(mock::Response { status, headers, body }) = service.answer(request) else {
        panic!("the strict service answers");
    };
    Response { status, headers, body: String::from_utf8(body).expect("text") }
}

type Twist = dyn Fn(&Request<'_>, &dyn Fn() -> Response) -> Reaction + Send + Sync;

/// A running peer.
pub(crate) struct Peer {
    pub(crate) address: SocketAddr,
    alive: Arc<AtomicBool>,
}

impl Peer {
    /// Starts a peer. The twist sees each request and a function that has the strict service
    /// answer it.
    pub(crate) fn start(
        twist: impl Fn(&Request<'_>, &dyn Fn() -> Response) -> Reaction + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let alive = Arc::new(AtomicBool::new(true));
        let service = Arc::new(Service::strict());
        let twist: Arc<Twist> = Arc::new(twist);
        let running = Arc::clone(&alive);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if !running.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let (service, twist, running) =
                    (Arc::clone(&service), Arc::clone(&twist), Arc::clone(&running));
                thread::spawn(move || serve(stream, &service, &*twist, &running, address));
            }
        });
        Self { address, alive }
    }

    /// A peer that reacts to every request in the same way.
    pub(crate) fn constant(reaction: impl Fn() -> Reaction + Send + Sync + 'static) -> Self {
        Self::start(move |_, _| reaction())
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/EWS/UM2007Legacy.asmx", self.address)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.alive.store(false, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(mut stream: TcpStream, service: &Service, twist: &Twist, alive: &AtomicBool, address: SocketAddr) {
    let Some((head, body)) = read(&mut stream) else { return };
    let mut headers = [httparse::EMPTY_HEADER; 300];
    let mut parsed = httparse::Request::new(&mut headers);
    if parsed.parse(&head).is_err() {
        let _ = stream.write_all(b"HTTP/1.1 400 X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        return;
    }
    let fields: Vec<(String, String)> = parsed
        .headers
        .iter()
        .map(|field| (field.name.to_owned(), String::from_utf8_lossy(field.value).into_owned()))
        .collect();
    let target = parsed.path.unwrap_or("/");
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let request = Request {
        version: "1.1",
        method: parsed.method.unwrap_or_default(),
        path,
        query,
        headers: &fields,
        body: &body,
    };
    match twist(&request, &|| strict(service, &request)) {
        Reaction::Answer(bytes) => {
            let _ = stream.write_all(&bytes);
        }
        Reaction::Close => {}
        Reaction::Die => {
            alive.store(false, Ordering::SeqCst);
            drop(stream);
            let _ = TcpStream::connect(address);
        }
        Reaction::Hang => {
            let _ = stream.set_read_timeout(Some(std::time::Duration::from_secs(20)));
            let _ = stream.read(&mut [0; 1]);
        }
    }
}

/// Reads a request, framed by Content-Length or chunked; nothing else is understood.
fn read(stream: &mut TcpStream) -> Option<(Vec<u8>, Vec<u8>)> {
    let _ = stream.set_read_timeout(Some(std::time::Duration::from_secs(5)));
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        fill(stream, &mut bytes)?;
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let mut body = bytes.split_off(end);
    if head.contains("transfer-encoding: chunked") {
        let mut decoded = Vec::new();
        loop {
            match httparse::parse_chunk_size(&body) {
                Ok(httparse::Status::Complete((start, size))) => {
                    let size = usize::try_from(size).ok().filter(|size| *size < 1 << 24)?;
                    while body.len() < start + size + 2 {
                        fill(stream, &mut body)?;
                    }
                    decoded.extend_from_slice(&body[start..start + size]);
                    body.drain(..start + size + 2);
                    if size == 0 {
                        return Some((bytes, decoded));
                    }
                }
                Ok(httparse::Status::Partial) => fill(stream, &mut body)?,
                Err(_) => return Some((b"broken".to_vec(), Vec::new())),
            }
        }
    }
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .map_or(Ok(0), |l| l.trim().parse());
    let Ok(length) = length else { return Some((b"broken".to_vec(), Vec::new())) };
    if head.matches("content-length:").count() > 1 {
        return Some((b"broken".to_vec(), Vec::new()));
    }
    while body.len() < length {
        fill(stream, &mut body)?;
    }
    body.truncate(length);
    Some((bytes, body))
}

fn fill(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut chunk = [0; 4096];
    match stream.read(&mut chunk) {
        Ok(count) if count > 0 => {
            bytes.extend_from_slice(&chunk[..count]);
            Some(())
        }
        _ => None,
    }
}

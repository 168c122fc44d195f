//! A connection from its first request to its end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::Quirk;
use super::head::{Head, Refusal};
use super::read::{Incoming, Trouble};
use super::write::{Manner, written};
use crate::evidence::{Reaction, Response};
use crate::mock::listener::accept::{Lanes, accept};
use crate::mock::listener::held::Held;
use crate::mock::listener::wire::{perform, send};
use crate::mock::listener::{Arrival, MockLimits, React, Request, listen};

/// How long what still comes is taken before a connection is closed: a close with bytes unread would
/// reset it, and the answer might be lost with that (RFC 9112 9.6).
const LINGER: Duration = Duration::from_millis(300);

/// A running server. It ends when this is dropped.
#[derive(Debug)]
pub struct Origin {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Origin {
    /// Listens at `address` (port 0 for any).
    ///
    /// # Errors
    /// When the address cannot be listened at.
    pub async fn start(
        address: SocketAddr,
        reactor: Arc<dyn React>,
        limits: MockLimits,
    ) -> std::io::Result<Self> {
        let listener = listen(address).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(take(listener, reactor, limits));
        Ok(Self { address, task })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until the server ends: when it dies on a request.
    pub async fn ended(mut self) {
        let _ = (&mut self.task).await;
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn take(listener: TcpListener, reactor: Arc<dyn React>, limits: MockLimits) {
    let held = Held::at_most(limits.held);
    accept(listener, Lanes::of(&*reactor, limits), |stream| {
        let (reactor, held) = (Arc::clone(&reactor), held.clone());
        async move { serve(stream, &*reactor, limits, &held).await }
    })
    .await;
}

/// What comes after a request.
enum Next {
    /// The next one.
    Request,
    /// The end of the connection.
    End,
    /// The end of the connection with what has come unread.
    Abrupt,
}

/// Serves one connection; gives it back if the server dies of it.
async fn serve(stream: TcpStream, reactor: &dyn React, limits: MockLimits, held: &Held) -> Option<TcpStream> {
    let _ = stream.set_nodelay(true);
    let quirk = reactor.quirk();
    let mut incoming = Incoming::new(stream, quirk, limits, held);
    let mut after_head = false;
    let mut before = 0;
    let mut media_type = None;
    let mut put_off: Option<(Response, Manner)> = None;
    loop {
        let mut expects = false;
        let leaves = |head: &Head| refuses_by_head(reactor, head);
        let read = timeout(limits.time, incoming.request(leaves)).await;
        let (reaction, manner) = match read {
            Ok(Ok(mut whole)) => {
                if quirk == Some(Quirk::KeepsMediaType) {
                    keep(&mut media_type, &mut whole.head.fields);
                }
                expects = whole.head.expects_continue(quirk);
                let Head { version, method, target, is_absolute, fields } = &whole.head;
                let (path, query) =
                    target.split_once('?').map_or((&**target, None), |(path, query)| (path, Some(query)));
                let body = &whole.body;
                let request = Request {
                    version,
                    method,
                    path,
                    query,
                    is_absolute: *is_absolute,
                    headers: fields,
                    body,
                    arrival: Arrival { before, parted: whole.parted },
                    flaws: &[],
                };
                before += 1;
                let manner = Manner {
                    quirk,
                    to_head: method == "HEAD" || (after_head && quirk == Some(Quirk::HeadSticks)),
                    to_old: *version == "1.0",
                    last: whole.last || !whole.head.keeps(quirk) || closes(quirk),
                };
                after_head = method == "HEAD";
                (reactor.react(&request), manner)
            }
            Ok(Err(Trouble::Gone)) | Err(_) => break,
            Ok(Err(Trouble::Refused(Refusal::Hang))) => {
                (Reaction::Hang, Manner { quirk, to_head: false, to_old: false, last: true })
            }
            Ok(Err(Trouble::Refused(Refusal::Status(status)))) => {
                let keeps = quirk == Some(Quirk::LeavesLargeBody) && status == 413;
                let manner = Manner { quirk, to_head: false, to_old: false, last: !keeps };
                let reaction = if quirk == Some(Quirk::ClosesOnFaults) {
                    Reaction::Close
                } else {
                    reactor.react_to_broken_framing(status)
                };
                (reaction, manner)
            }
        };
        let response = match reaction {
            Reaction::Answer(response) => response,
            Reaction::Die => return Some(incoming.stream),
            other => {
                // Whoever goes away while an answer is sent has seen enough.
                let _ = perform(incoming.stream, other, limits.time).await;
                return None;
            }
        };
        if quirk == Some(Quirk::AnswersBackwards) && put_off.is_none() && incoming.holds_head() {
            put_off = Some((response, manner));
            continue;
        }
        let next = answer(&mut incoming.stream, &response, manner, limits.time).await;
        if let Some((response, manner)) = put_off.take() {
            let _ = answer(&mut incoming.stream, &response, manner, limits.time).await;
        }
        if quirk == Some(Quirk::ContinuesLate) && expects {
            let _ = send(&mut incoming.stream, b"HTTP/1.1 100 Continue\r\n\r\n", limits.time).await;
        }
        let ends_unsaid = match quirk {
            Some(Quirk::ClosesFaultsUnsaid) => response.status == 500,
            Some(Quirk::ClosesThirdUnsaid) => before == 3,
            _ => false,
        };
        match next {
            Next::Request if !ends_unsaid => {}
            Next::Request | Next::End => break,
            Next::Abrupt => return None,
        }
    }
    let _ = incoming.stream.shutdown().await;
    let mut rest = [0; 4096];
    let _ = timeout(LINGER, async {
        while incoming.stream.read(&mut rest).await.is_ok_and(|count| count > 0) {}
    })
    .await;
    None
}

fn closes(quirk: Option<Quirk>) -> bool {
    matches!(
        quirk,
        Some(Quirk::AnswersOldVersion | Quirk::Closes | Quirk::ClosesUnsaid | Quirk::CountsTooMany)
    )
}

/// Gives a request without a media type that of the request before it.
fn keep(known: &mut Option<(String, String)>, fields: &mut Vec<(String, String)>) {
    let own = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type")).cloned();
    if own.is_some() {
        *known = own;
    } else {
        fields.extend(known.clone());
    }
}

/// Whether a request is refused whatever its body.
fn refuses_by_head(reactor: &dyn React, head: &Head) -> bool {
    let Head { version, method, target, is_absolute, fields } = head;
    let path = target.split('?').next().unwrap_or_default();
    let request = Request {
        version,
        method,
        path,
        query: None,
        is_absolute: *is_absolute,
        headers: fields,
        body: b"",
        arrival: Arrival::default(),
        flaws: &[],
    };
    matches!(reactor.react(&request), Reaction::Answer(Response { status: 401 | 405 | 415, .. }))
}

async fn answer(stream: &mut TcpStream, response: &Response, manner: Manner, time: Duration) -> Next {
    if send(stream, &written(response, manner), time).await.is_err() {
        return Next::Abrupt;
    }
    match manner.quirk {
        Some(Quirk::ResetsOnLarge) if manner.last => Next::Abrupt,
        _ if manner.last => Next::End,
        _ => Next::Request,
    }
}

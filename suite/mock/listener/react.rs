use super::origin::Quirk;
use super::{Events, Request};
use crate::evidence::{Reaction, Response};

/// Decides what happens to a request.
pub trait React: Send + Sync + 'static {
    /// The reaction to a request that could be read.
    fn react(&self, request: &Request<'_>) -> Reaction;

    /// Whether the body is what came before the connection ended, where its framing is broken.
    fn takes_broken_framing(&self) -> bool {
        false
    }

    /// The reaction to a request whose framing is broken, and the status that suits it.
    fn react_to_broken_framing(&self, status: u16) -> Reaction {
        Response::empty(status).into()
    }

    /// Whether a request is read as far as its place is plain, whatever is wrong with its head and framing, and told
    /// with what is wrong ([`Request::flaws`]).
    fn takes_flawed(&self) -> bool {
        false
    }

    /// What is answered to the head of a request whose body did not come with it. What then comes of the body is
    /// asked by [`Self::react`] all the same.
    fn early(&self, _head: &Request<'_>) -> Option<Vec<u8>> {
        None
    }

    /// What is told, event after event, to who asks for it by this request; asked before [`Self::react`], which is
    /// not asked where there is something.
    fn events(&self, _request: &Request<'_>) -> Option<Events> {
        None
    }

    /// Whether a client that asks before it sends a body is told to go on (RFC 9110 10.1.1).
    fn continues(&self) -> bool {
        false
    }

    /// What an [`Origin`](super::Origin) gets wrong, or does otherwise, about the bytes of a connection.
    fn quirk(&self) -> Option<Quirk> {
        None
    }

    /// How many connections are served at a time, where that are so few that others wait.
    fn lanes(&self) -> Option<usize> {
        None
    }

    /// Whether one request is read and answered at a time.
    fn takes_turns(&self) -> bool {
        false
    }
}

impl<F: Fn(&Request<'_>) -> Reaction + Send + Sync + 'static> React for F {
    fn react(&self, request: &Request<'_>) -> Reaction {
        self(request)
    }
}

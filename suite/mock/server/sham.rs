use super::answer::xml;
use crate::evidence::{Reaction, Response, Spoil};
use crate::message;
use crate::mock::listener::{React, Request};

/// A server that does nothing, or always the same: what it scores is unearned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sham {
    /// Takes connections and closes them.
    AcceptAndClose,
    /// Every request gets the invalid-id fault.
    ConstantFault,
    /// Every request gets the malformed-request fault.
    ConstantMalformed,
    /// Every request gets the success of Disconnect.
    ConstantSuccess,
    /// Every request gets its own body.
    Echo,
    /// Every request gets 200 without a body.
    Empty200,
    /// Every request gets 500 without a body.
    Empty500,
    /// Every request gets a page for people.
    Html200,
    /// Every request is redirected to where it went.
    RedirectLoop,
    /// Nothing listens.
    RefusedPort,
    /// Every request gets an answer, a byte every tenth of a second.
    SlowDrip,
}

impl Sham {
    /// Every sham.
    pub const ALL: [Self; 11] = [
        Self::RefusedPort,
        Self::AcceptAndClose,
        Self::Empty200,
        Self::Empty500,
        Self::Html200,
        Self::ConstantSuccess,
        Self::ConstantFault,
        Self::ConstantMalformed,
        Self::Echo,
        Self::RedirectLoop,
        Self::SlowDrip,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::AcceptAndClose => "accept-and-close",
            Self::ConstantFault => "constant-fault",
            Self::ConstantMalformed => "constant-malformed",
            Self::ConstantSuccess => "constant-success",
            Self::Echo => "echo",
            Self::Empty200 => "empty-200",
            Self::Empty500 => "empty-500",
            Self::Html200 => "html-200",
            Self::RedirectLoop => "redirect-loop",
            Self::RefusedPort => "refused-port",
            Self::SlowDrip => "slow-drip",
        }
    }

    fn reaction(self, request: &Request<'_>) -> Reaction {
        match self {
            Self::AcceptAndClose | Self::RefusedPort => Reaction::Close,
            Self::ConstantFault => xml(500, message::write_invalid_call_id()).into(),
            Self::ConstantMalformed => xml(500, message::write_malformed()).into(),
            Self::ConstantSuccess => xml(200, message::write_success()).into(),
            Self::Echo => Response { body: request.body.to_vec(), ..xml(200, String::new()) }.into(),
            Self::Empty200 => Response::empty(200).into(),
            Self::Empty500 => Response::empty(500).into(),
            Self::Html200 => {
                let headers = vec![("content-type", "text/html; charset=utf-8".to_owned())];
                let body = b"<html><body>It works!</body></html>".to_vec();
                Response { status: 200, headers, body }.into()
            }
            Self::RedirectLoop => {
                let mut response = Response::empty(307);
                response.headers.push(("location", request.path.to_owned()));
                response.into()
            }
            Self::SlowDrip => Reaction::Spoil(xml(200, message::write_success()), Spoil::Drip),
        }
    }
}

impl React for Sham {
    fn react(&self, request: &Request<'_>) -> Reaction {
        self.reaction(request)
    }
}

use crate::protocol::Operation;

/// In which way a server is moody. Alphabetical.
#[derive(Debug, Clone, Copy)]
pub(in crate::mock::server) enum Mood {
    /// GetCallInfo knows no call that has ended.
    CallInfoForgetsEnded,
    /// GetCallInfo knows no call at all.
    CallInfoKnowsNone,
    /// Answers are compressed unless the request forbids it.
    Compresses,
    /// Every request of this number is lost: the connection is reset.
    Drops(usize),
    /// The fault for an id that no call has says the id, written in this way.
    Echoes(fn(&str) -> Vec<u8>),
    /// Every request of this number is not answered.
    Hangs(usize),
    /// Every request of this number is put off by this status, with Retry-After.
    Limits(usize, u16),
    /// One call is up at a time.
    OneLine,
    /// The answers of this operation are these, made of the right ones.
    Says(Operation, fn(&str) -> String),
    /// The first request is not answered.
    StartsCold,
    /// Once a SOAP 1.2 envelope has come, the prefix of every fault code is unbound.
    UnbindsPrefix,
}

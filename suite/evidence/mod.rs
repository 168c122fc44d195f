//! What was sent and what came, as plain data, for servers, clients and parsers; and the contracts
//! of what can be put under test in this process.
//!
//! Facts only: [`observe`] reads an answer, and nothing here judges one. What is made of the facts is
//! said by [`judge`](crate::judge), and what a run keeps of them is a [`record`](crate::record).

mod answer;
mod attempt;
mod bytes;
mod client;
mod control;
mod entry;
mod exchange;
mod handler;
mod head;
mod observe;
mod parser;
mod reaction;
mod request_flaw;
mod request_head;
mod subject;
mod uncaught;

pub use answer::{Answer, HttpAnswer, Silence, TlsFailure};
pub use attempt::{Aftermath, Attempt, CallIds, Growth, Role, RowCount, Step};
pub use bytes::Bytes;
pub use client::{Client, ClientCall, ClientEnd, ClientEvidence, ClientRequest};
pub use control::{
    CallOrigin, ClientControl, ClientControlStep, Contrast, ControlEvidence, ControlMessage, ControlRole,
    ControlStep, ParserControlStep, ServerControl,
};
pub use entry::Evidence;
pub use exchange::{Exchange, Line, Sent};
pub use handler::Handler;
pub use head::{AnswerHead, HeadFlaw, NotHttp, head_flaws, read_answer_head};
pub use observe::{CallStatus, Observation, ObservedMessage, observe};
pub use parser::{Parsed, Parser, ParserEvidence};
pub use reaction::{Reaction, Response, Spoil};
pub use request_flaw::{FlawedLine, RequestFlaw};
pub use request_head::{RequestHead, read_request_head, request_head_end};
pub use subject::Subject;
pub use uncaught::Uncaught;

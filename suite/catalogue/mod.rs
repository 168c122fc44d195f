//! The cases, one file per family; the families are the divisions of the requirement ledger.
//!
//! A case is written once. The list, the pages of `explain`, the live run, the per-case tests and
//! the corpus come from it.

mod any;
mod auth;
mod call_id;
mod call_id_size;
mod case;
mod case_header;
mod client;
mod connection;
mod control;
mod dtd;
mod encoding;
mod envelope;
mod fault;
mod hash;
mod header;
mod http;
mod lifecycle;
mod message;
mod namespace;
mod parser;
mod reply;
mod request_body;
mod robustness;
mod select;
mod soap_action;
mod wrapping;
mod xml;

pub use any::{CaseRef, size};
pub use case::{Act, Case, Expect, Needs, Part, Slot, Stimulus, Turn};
pub use case_header::CaseHeader;
pub use client::{
    ClientCase, ClientExpect, ClientTurn, Life, Placing, Play, client_case, client_cases, life_answer,
};
pub use control::{client_control_case, client_control_cases, control_message, life_control_cases};
pub use hash::hash;
pub use message::{Expect as MessageExpect, MAX_MESSAGE, MessageCase, messages};
pub use parser::{PlainMessage, parser_case, parser_cases, plain_messages};
pub use reply::{Reading, ReplyCase, replies, reply};
pub use select::{Selection, UnmatchedPattern};

use std::sync::LazyLock;

/// The whole catalogue, in the order of its families.
pub fn cases() -> &'static [Case] {
    static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
        [
            http::cases(),
            soap_action::cases(),
            connection::cases(),
            encoding::cases(),
            xml::cases(),
            dtd::cases(),
            namespace::cases(),
            envelope::cases(),
            header::cases(),
            request_body::cases(),
            call_id::cases(),
            call_id_size::cases(),
            fault::cases(),
            lifecycle::cases(),
            wrapping::cases(),
            robustness::cases(),
            auth::cases(),
        ]
        .into_iter()
        .flatten()
        .collect()
    });
    &CASES
}

/// The case with this id.
pub fn case(id: &str) -> Option<&'static Case> {
    cases().iter().find(|case| case.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Ids, charset_of, read_request};
    use crate::protocol::{InputClass, Operation};

    /// The class by hand and the class from the bytes are two witnesses.
    #[test]
    fn the_reader_sees_the_class_that_the_case_names() {
        use InputClass as C;
        let ids = Ids::default();
        let mut wrong = Vec::new();
        for case in cases().iter().filter(|case| !case.slow && !case.recorded && !case.is_raw()) {
            let Some(draft) = case.draft() else { continue };
            let request = draft.write(&ids);
            let charset = request.header("content-type").and_then(charset_of);
            let reading = read_request(&request.body, charset.as_deref());
            let fits = match case.class {
                C::MediaType | C::Method | C::Credentials => true,
                C::EncodingsDisagree => reading.as_ref().map_or_else(
                    |refusal| matches!(refusal.defect.class(), C::EncodingsDisagree | C::NotWellFormed),
                    |_| true,
                ),
                C::Valid
                | C::EndedCall
                | C::Unissued
                | C::Garbage
                | C::PaddedCallId
                | C::OptionalHeader
                | C::TextSplit
                | C::Utf8Bom
                | C::Utf16
                | C::LongCallId
                | C::SoapAction => {
                    reading.as_ref().is_ok_and(|request| request.operation == Operation::Disconnect)
                }
                C::ForeignOperation => {
                    reading.as_ref().is_err_and(|refusal| refusal.defect.class() == C::OperationName)
                }
                C::OversizedCallId => reading.is_err(),
                class => reading.as_ref().is_err_and(|refusal| refusal.defect.class() == class),
            };
            if !fits {
                wrong.push(format!("{} is {:?}, read as {reading:?}", case.id, case.class));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

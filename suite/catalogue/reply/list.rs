use std::sync::LazyLock;

use super::case::ReplyCase;
use super::{encoding, envelope, fault, fault_form, ill_formed, misread, spelling, success};

/// Every answer, in the order of its families.
pub fn replies() -> &'static [ReplyCase] {
    static REPLIES: LazyLock<Vec<ReplyCase>> = LazyLock::new(|| {
        [
            spelling::cases(),
            encoding::cases(),
            ill_formed::cases(),
            misread::cases(),
            envelope::cases(),
            success::cases(),
            fault::cases(),
            fault_form::cases(),
        ]
        .into_iter()
        .flatten()
        .collect()
    });
    &REPLIES
}

/// The answer with this id.
pub fn reply(id: &str) -> Option<&'static ReplyCase> {
    replies().iter().find(|reply| reply.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Reading;
    use crate::message::{Reply, read_reply};

    #[test]
    fn ids_tell_that_they_are_of_answers() {
        assert!(replies().iter().all(|reply| reply.id.starts_with("reply-")));
    }

    #[test]
    fn the_reader_makes_of_each_what_it_must() {
        let mut wrong = Vec::new();
        for reply in replies() {
            let read = read_reply(&reply.body(), Some(reply.charset));
            let fits = match (&reply.reading, &read) {
                (Reading::Either, _)
                | (Reading::Refuse, Err(_))
                | (Reading::Success, Ok(Reply::Disconnected)) => true,
                (Reading::Fault(code), Ok(Reply::Fault(fault))) => fault.meaning() == *code,
                _ => false,
            };
            if !fits {
                wrong.push(format!("{}: {:?}, read as {read:?}", reply.id, reply.reading));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

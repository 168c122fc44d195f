//! Answers that come in two segments, cut where a client may not expect it. TCP keeps no borders of messages:
//! where an answer is cut is nobody's choice.

use super::answers::success;
use super::case::ClientExpect::Disconnected;
use super::case::{ClientCase, case};
use super::wire::{bytes, chunked_head, chunks, head, size};
use crate::evidence::Reaction;
use crate::protocol::{RequirementId, req};

/// A comment behind the envelope with a character of two bytes.
const COMMENT: &str = "<!-- \u{E9} -->";

/// Name, where it is cut, requirement, answer, text that it is cut at, bytes after its start.
type Row<'a> = (&'a str, &'a str, RequirementId, &'a [u8], &'a str, usize);

pub(super) fn cases() -> Vec<ClientCase> {
    let body = success().body;
    let beyond = [&body[..], COMMENT.as_bytes()].concat();
    let beyond = bytes(&head(200, beyond.len()), &beyond);
    let whole = bytes(&head(200, body.len()), &body);
    let chunked = bytes(&chunked_head(), &chunks(&body, 100, size, "0\n\n"));
    let [framing, coding] = [req::UNAMBIGUOUS_FRAMING, req::CHUNKED_REQUEST];
    let rows: [Row<'_>; 14] = [
        ("in-status-line", "in the status line", framing, &whole, "HTTP/1.1 200", 10),
        ("in-field-name", "in the name of a field", framing, &whole, "content-length", 7),
        ("in-field-value", "in the value of Content-Length", framing, &whole, "content-length: ", 17),
        ("in-line-end", "between CR and LF", framing, &whole, "\r\ncontent-length", 1),
        ("before-head-end", "before the empty line", framing, &whole, "\r\n\r\n", 2),
        ("in-head-end", "within the empty line", framing, &whole, "\r\n\r\n", 3),
        ("after-head", "after the head", framing, &whole, "<?xml", 0),
        ("in-tag", "in the tag of DisconnectResponse", framing, &whole, "<DisconnectResponse", 12),
        ("in-character", "between two bytes of a character", framing, &beyond, "\u{E9}", 1),
        ("before-last-byte", "before its last byte", framing, &whole, "Envelope>", 8),
        ("in-chunk-size", "in the size of a chunk", coding, &chunked, "64\r\n", 1),
        (
            "in-chunk-size-line-end",
            "between CR and LF after the size of a chunk",
            coding,
            &chunked,
            "64\r\n",
            3,
        ),
        (
            "in-chunk-data-end",
            "between CR and LF after the data of a chunk",
            coding,
            &chunked,
            "\r\n64\r\n",
            1,
        ),
        ("in-last-chunk", "within the last chunk", coding, &chunked, "\r\n0\r\n\r\n", 3),
    ];
    rows.into_iter()
        .map(|(name, place, row, answer, text, after)| {
            let id = format!("answer-segments/{name}");
            let about = format!("The answer comes in two segments, cut {place}.");
            let why =
                "an answer ends where its framing says, in however many segments it comes (RFC 9112 6.3)";
            let case = case(id, about, row, Disconnected, cut(answer, text, after)).why(why);
            if row == coding { case.since_http_1_1() } else { case }
        })
        .collect()
}

/// An answer in two pieces, cut so many bytes after the last place where a text begins.
fn cut(answer: &[u8], text: &str, after: usize) -> Reaction {
    let at = memchr::memmem::rfind(answer, text.as_bytes()).map_or(answer.len(), |at| at + after);
    let (first, second) = answer.split_at(at.min(answer.len()));
    Reaction::Pieces(vec![first.to_vec(), second.to_vec()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Play;

    #[test]
    fn each_answer_is_cut_somewhere_else() {
        let mut cuts = std::collections::BTreeSet::new();
        for case in cases() {
            let Play::Answers(turns) = &case.play else { panic!("{}", case.id) };
            let Reaction::Pieces(pieces) = &turns[0].reaction else { panic!("{}", case.id) };
            assert!(pieces.len() == 2 && pieces.iter().all(|piece| !piece.is_empty()), "{}", case.id);
            assert!(cuts.insert(pieces.clone()), "{}", case.id);
        }
    }
}

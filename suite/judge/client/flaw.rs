//! What is wrong with how a request was written on the line, against what HTTP says of it.

use super::breach::Breach;
use crate::evidence::{ClientRequest, FlawedLine, RequestFlaw};
use crate::judge::CheckId;
use crate::message::quoted;
use crate::protocol::{RequirementId, req};

/// What the head and the framing of a request go against.
pub(super) fn flaws(request: &ClientRequest) -> Vec<Breach> {
    request.flaws.iter().map(breach).collect()
}

/// What a request goes against by a flaw that the one before it has not.
pub(super) fn new_flaw(request: &ClientRequest, before: &ClientRequest) -> Option<Breach> {
    let is_new = |line: &&FlawedLine| before.flaws.iter().all(|known| known.flaw != line.flaw);
    request.flaws.iter().find(is_new).map(breach)
}

fn breach(line: &FlawedLine) -> Breach {
    let (check, row, expected) = rule(line.flaw);
    let observed = match &*line.line {
        "" => line.flaw.to_string(),
        shown => format!("{}: {}", line.flaw, quoted(shown)),
    };
    Breach::new(check, row, expected, observed)
}

/// Which check finds it, the requirement that it goes against, and what is right instead.
fn rule(flaw: RequestFlaw) -> (CheckId, RequirementId, &'static str) {
    use RequestFlaw as F;
    let framing = req::UNAMBIGUOUS_FRAMING;
    match flaw {
        F::BareCr | F::BareLf => (CheckId::Framing, framing, "lines that end with CR and LF (RFC 9112 2.2)"),
        F::BlankBeforeColon | F::NoField => {
            (CheckId::Framing, framing, "a field is a name, a colon and a value (RFC 9112 5)")
        }
        F::ControlInField => {
            (CheckId::Framing, framing, "no control character in the value of a field (RFC 9110 5.5)")
        }
        F::ChunkLineEnd | F::ChunkSize | F::ChunksUnended => (
            CheckId::Framing,
            framing,
            "chunks with their length in hexadecimal digits, lines that end with CR and LF, an empty line at the end (RFC 9112 7.1)",
        ),
        F::CodingTwice | F::NotFinal => {
            (CheckId::Framing, framing, "chunked once, as the last transfer coding (RFC 9112 6.1)")
        }
        F::Cut | F::Surplus => {
            (CheckId::Framing, framing, "as many bytes of body as its framing tells (RFC 9112 2.2, 6.3)")
        }
        F::EmptyLineFirst => (CheckId::Framing, framing, "no line before the request line (RFC 9112 2.2)"),
        F::Folded => (CheckId::Framing, framing, "a field in one line (RFC 9112 5.2)"),
        F::LengthInvalid => (CheckId::Framing, req::INVALID_LENGTH, "Content-Length with one number"),
        F::LengthTwice => (CheckId::Framing, framing, "Content-Length once (RFC 9110 5.3, 8.6)"),
        F::NoLength => (CheckId::Framing, framing, "Content-Length or chunks (RFC 9112 6.3)"),
        F::RequestLine | F::Target => {
            (CheckId::Framing, framing, "a request line as HTTP/1.1 has it (RFC 9112 3, 3.2)")
        }
        F::Version => (CheckId::Version, req::HTTP_VERSION, "HTTP/1.1 or HTTP/1.0"),
    }
}

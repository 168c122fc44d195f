//! Bytes of answers in pieces, into what reads them: how they were cut makes no difference to what is read
//! first, and the work does not grow faster than the bytes.

use std::time::Duration;

use arbitrary::Unstructured;

use super::clock::worked;
use crate::evidence::{Answer, HttpAnswer};
use crate::target::{read_answers, read_answers_in_pieces};

/// Most bytes of one input, with its repetitions; of most inputs, so that they are many. One of so many may be
/// longest.
const LONGEST: usize = 4 * 1024 * 1024;
const LONG: usize = 8 * 1024;
const SELDOM: u16 = 1_024;

/// Processor time: far more than the longest takes, and far less than it took where the work grew with its square.
const SOON: Duration = Duration::from_secs(5);

/// Bytes as a start, a part that comes again and again, and the sizes of the pieces in which they come.
///
/// # Panics
/// On a finding.
pub fn wire(data: &[u8]) {
    let mut source = Unstructured::new(data);
    let Ok((times, sizes)) = source.arbitrary::<(u16, [u16; 4])>() else { return };
    let bytes = source.take_rest();
    let (start, part) = bytes.split_at(bytes.len() / 2);
    let longest = if times % SELDOM == SELDOM - 1 { LONGEST } else { LONG };
    let times = usize::from(times).min(longest / part.len().max(1));
    let whole = [start, &part.repeat(times.max(1))].concat();
    let before = worked();
    let at_once = read_answers(&whole);
    let in_pieces = read_answers_in_pieces(&whole, sizes.map(usize::from));
    let took = worked().saturating_sub(before);
    assert!(took < SOON, "{took:?} for {} bytes", whole.len());
    let (Some(Answer::Http(one)), Some(Answer::Http(other))) = (at_once.first(), in_pieces.first()) else {
        let is_http = |answers: &[Answer]| matches!(answers.first(), Some(Answer::Http(_)));
        assert_eq!(is_http(&at_once), is_http(&in_pieces), "{at_once:?} at once, {in_pieces:?} in pieces");
        return;
    };
    // What follows an answer in one segment with its body is taken with it, so that it can be told of.
    let head = |answer: &HttpAnswer| (answer.status, answer.headers.clone(), answer.complete);
    assert_eq!(head(one), head(other));
    let (longer, shorter) = if one.body.0.len() > other.body.0.len() { (one, other) } else { (other, one) };
    assert!(longer.body.0.starts_with(&shorter.body.0), "{one:?} at once, {other:?} in pieces");
}

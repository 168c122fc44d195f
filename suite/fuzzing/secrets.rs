//! Secrets that a server sends back: however they are spelled, none is left in what is recorded.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::echo::{ENCODINGS, ESCAPES, Echo, SPELLINGS};
use crate::target::{Ending, Secrets};

/// How many secrets are kept with what finds them, which takes longer to make than to use: most inputs have the
/// secret of another one.
const KEPT: usize = 32;

/// What finds a secret, if it can be hidden.
fn finder_of(secret: &str) -> Option<Rc<Secrets>> {
    thread_local! {
        static KNOWN: RefCell<VecDeque<(String, Option<Rc<Secrets>>)>> = const { RefCell::new(VecDeque::new()) };
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(at) = known.iter().position(|(other, _)| other == secret) {
            known.swap(0, at);
        } else {
            known.truncate(KEPT - 1);
            known.push_front((secret.to_owned(), Secrets::alone(secret).ok().map(Rc::new)));
        }
        known.front().and_then(|(_, finder)| finder.clone())
    })
}

/// Longest secret in bytes: a longer one is found as this one is, and takes longer.
const MAX_SECRET: usize = 64;

/// Four bytes that choose a spelling, two escapes and an encoding; then, each on a line, the secret, what stands
/// before it, and what stands behind.
///
/// # Panics
/// On a finding.
pub fn secrets(data: &[u8]) {
    let Some(([spelling, first, second, encoding], rest)) = data.split_first_chunk() else { return };
    let mut lines = rest.splitn(3, |byte| *byte == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let pick = |byte: &u8, among: usize| usize::from(*byte) % among;
    hides(&Echo {
        secret: String::from_utf8_lossy(line()).into_owned(),
        before: line().to_vec(),
        after: line().to_vec(),
        spelling: SPELLINGS[pick(spelling, SPELLINGS.len())],
        // One more than there are, for none.
        escapes: [first, second]
            .into_iter()
            .filter_map(|byte| ESCAPES.get(pick(byte, ESCAPES.len() + 1)).copied())
            .collect(),
        encoding: ENCODINGS[pick(encoding, ENCODINGS.len())],
    });
}

/// Hides a secret in what holds it. Whatever stands around it, neither it nor its spelling is left, and the work
/// is bounded.
///
/// # Panics
/// On a finding.
pub fn hides(echo: &Echo) {
    if echo.secret.len() > MAX_SECRET || echo.is_torn() {
        return;
    }
    let Some(secrets) = finder_of(&echo.secret) else { return };
    let (spelled, core) = echo.spelled();
    let answer = [&echo.before[..], &echo.encoding.bytes(&spelled), &echo.after].concat();
    // Looks at no more than it may: it says so itself, where assertions of debugging are on.
    let hidden = secrets.hide(answer.clone(), Ending::Whole);
    assert!(hidden != answer, "{spelled:?} stays");
    for left in [core.as_bytes(), &echo.encoding.bytes(&core), echo.secret.as_bytes()] {
        let found = hidden.windows(left.len()).position(|window| window == left);
        assert_eq!(found, None, "{core:?} is left in {}", hidden.escape_ascii());
    }
    assert_eq!(secrets.hide(hidden.clone(), Ending::Whole), hidden, "what is hidden is hidden again");
}

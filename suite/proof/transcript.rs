//! What the strict service is asked and answers in a run, so that what a mutant answers in the same way
//! need not be judged again.

use std::sync::{Arc, Mutex, PoisonError};

use super::server::{in_process, known};
use crate::catalogue::Case;
use crate::evidence::{Answer, Handler};
use crate::message::HttpRequest;
use crate::mock::Service;
use crate::record::{Entry, Watcher};

/// A request and its answer.
type Said = (HttpRequest, Answer);

/// A run of the strict service, case by case, in the order in which they ran. What the control asks
/// stands before the first case.
pub(super) struct Transcript {
    cases: Vec<(&'static Case, Vec<Said>)>,
}

impl Transcript {
    /// Runs these cases against the strict service.
    ///
    /// # Errors
    /// When no runtime can be had.
    pub(super) fn of(cases: &[&'static Case]) -> std::io::Result<Self> {
        let tape = Tape::default();
        let recorder = Recorder { service: known(Service::strict()), tape: tape.clone() };
        in_process(Box::new(recorder), "strict", cases, &tape)?;
        let said = tape.pieces();
        Ok(Self { cases: cases.iter().copied().zip(said).collect() })
    }

    /// The cases in which this server answers something else than the strict service when it is asked
    /// the same, in the same order. In every other case a run of it leaves the same bytes and so the
    /// same verdict, unless what it answers rests on what it was asked in another case.
    pub(super) fn differing(&self, server: &dyn Handler) -> Vec<&'static Case> {
        let differs = |said: &[Said]| {
            // To the end, even after a difference: each request leaves its mark on the calls.
            said.iter().filter(|(request, answer)| server.answer(request) != *answer).count() > 0
        };
        self.cases.iter().filter(|(_, said)| differs(said)).map(|(case, _)| *case).collect()
    }
}

/// The strict service, which writes down what it is asked and answers.
struct Recorder {
    service: Service,
    tape: Tape,
}

impl Handler for Recorder {
    fn answer(&self, request: &HttpRequest) -> Answer {
        let answer = Handler::answer(&self.service, request);
        self.tape.add((request.clone(), answer.clone()));
        answer
    }
}

/// What was said, cut where cases end.
#[derive(Clone, Default)]
struct Tape(Arc<Mutex<Cut>>);

#[derive(Default)]
struct Cut {
    pieces: Vec<Vec<Said>>,
    since: Vec<Said>,
}

impl Tape {
    fn add(&self, said: Said) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).since.push(said);
    }

    fn pieces(&self) -> Vec<Vec<Said>> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner).pieces)
    }
}

impl Watcher for Tape {
    fn done(&self, _: &Entry) {
        let mut cut = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let piece = std::mem::take(&mut cut.since);
        cut.pieces.push(piece);
    }

    fn stopped(&self) -> bool {
        false
    }
}

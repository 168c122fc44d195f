//! What is established before the cases: the server answers, and tells valid from malformed. What
//! follows from the exchanges, and whether it is any use to go on, is said by the judge.

use super::prober::{Prober, unissued};
use crate::evidence::{
    Answer, CallOrigin, Contrast, ControlRole, ControlStep, Exchange, ServerControl, Silence,
};
use crate::judge::{Contrasted, Control, ControlLevel};
use crate::message::Draft;
use crate::protocol::Operation;

/// How often the first requests are sent until they are answered: some servers need their time to start,
/// and the first request makes them.
const FIRST_TRIES: usize = 3;

/// Lengths of short garbage, one for each rest by four, in the order of the rests.
const SHORT: [usize; 4] = [4, 5, 6, 7];

/// The exchanges before the cases, and the given id that can be used again and again, if there is one.
pub(crate) struct Established {
    pub(crate) evidence: ServerControl,
    pub(crate) reusable: Option<String>,
}

impl Established {
    /// Where there was no time to establish anything.
    pub(crate) fn nothing(calls: CallOrigin) -> Self {
        Self { evidence: ServerControl { calls, steps: Vec::new() }, reusable: None }
    }

    fn push(&mut self, role: ControlRole, exchange: Exchange) {
        self.evidence.steps.push(ControlStep { role, exchange });
    }

    fn control(&self) -> Control {
        Control::before_contrast(&self.evidence)
    }

    /// Places a call for the control.
    async fn place(&mut self, prober: &Prober, label: &str) -> Option<String> {
        let placed = prober.place(Operation::PlayOnPhone, &format!("control/{label}")).await;
        if let Some(exchange) = placed.exchange {
            self.push(ControlRole::Place, exchange);
        }
        placed.id
    }
}

pub(crate) async fn establish(prober: &Prober, calls: CallOrigin) -> Established {
    let mut established = Established::nothing(calls);
    if calls.is_live() {
        live(prober, &mut established).await;
        let control = established.control();
        if control.level == ControlLevel::Uncontrolled && control.fatal.is_none() {
            // Calls are of no use here: what comes of an unknown id may be.
            given_or_synthetic(prober, &mut established).await;
        }
    } else {
        given_or_synthetic(prober, &mut established).await;
    }
    let control = established.control();
    if control.level != ControlLevel::Uncontrolled {
        contrast(prober, &mut established, &control).await;
    }
    if Control::of(&established.evidence).level != ControlLevel::Uncontrolled {
        for length in SHORT {
            let garbage = prober.plain(&"x".repeat(length)).await;
            established.push(ControlRole::Garbage(length), garbage);
        }
    }
    established
}

async fn live(prober: &Prober, established: &mut Established) {
    let Some(id) = first_call(prober, established).await else { return };
    if established.control().fatal.is_some() {
        return;
    }
    established.push(ControlRole::After, prober.poll_until_ended(&id, prober.settle).await);
    if established.control().level != ControlLevel::Live {
        return;
    }
    established.push(ControlRole::Unissued, prober.plain(&unissued()).await);
    ringing(prober, established).await;
}

/// Whether an answer may have failed to come because the server was not ready for it.
fn is_slow(answer: &Answer) -> bool {
    match answer {
        Answer::Http(_) => answer.is_lost(),
        Answer::Silence(silence) => {
            matches!(silence, Silence::Closed | Silence::Reset | Silence::TimedOut)
        }
    }
}

/// Places a call, looks at it and ends it. Where an answer does not come, once more from the start: whether
/// the request was carried out is not known then.
async fn first_call(prober: &Prober, established: &mut Established) -> Option<String> {
    for number in 1..=FIRST_TRIES {
        let last = number == FIRST_TRIES;
        let label = if number == 1 { "control/plain".to_owned() } else { format!("control/plain#{number}") };
        let placed = prober.place(Operation::PlayOnPhone, &label).await;
        let mut tried: Vec<(ControlRole, Exchange)> =
            placed.exchange.into_iter().map(|exchange| (ControlRole::Place, exchange)).collect();
        let is_lost = |tried: &[(ControlRole, Exchange)]| {
            tried.last().is_some_and(|(_, exchange)| is_slow(&exchange.answer))
        };
        if let Some(id) = placed.id.as_ref().filter(|_| !is_lost(&tried)) {
            tried.push((ControlRole::Before, prober.call_info(id).await));
            if !is_lost(&tried) {
                tried.push((ControlRole::Plain, prober.plain(id).await));
            }
        }
        let again = is_lost(&tried) && !last;
        if last && let (Some(id), Some((ControlRole::Before, _))) = (&placed.id, tried.last()) {
            // GetCallInfo may well not be there.
            tried.push((ControlRole::Plain, prober.plain(id).await));
        }
        for (role, exchange) in tried {
            established.push(if again { ControlRole::Unanswered } else { role }, exchange);
        }
        if !again {
            let plain = established.evidence.step(ControlRole::Plain).is_some();
            return placed.id.filter(|_| plain && established.control().fatal.is_none());
        }
    }
    None
}

/// The plain request with an unknown id, until it is answered.
async fn first_answer(prober: &Prober, established: &mut Established) {
    for number in 1..=FIRST_TRIES {
        let exchange = prober.plain(&unissued()).await;
        let again = number < FIRST_TRIES && is_slow(&exchange.answer);
        established.push(if again { ControlRole::Unanswered } else { ControlRole::Unissued }, exchange);
        if !again {
            return;
        }
    }
}

/// Finds out whether a call can be ended while it rings, and if not, whether it can later.
async fn ringing(prober: &Prober, established: &mut Established) {
    let control = established.control();
    if !control.states {
        return;
    }
    let Some(id) = established.place(prober, "ringing").await else { return };
    let ringing = prober.plain(&id).await;
    let refused = !control.is_plain(&ringing.answer);
    established.push(ControlRole::Ringing, ringing);
    if refused {
        prober.poll_until_connected(&id, prober.settle).await;
        established.push(ControlRole::Answered, prober.plain(&id).await);
    }
}

async fn given_or_synthetic(prober: &Prober, established: &mut Established) {
    // Any answer at all? It also tells what the synthetic level has to go by.
    first_answer(prober, established).await;
    if established.control().fatal.is_some() {
        return;
    }
    let Some(id) = prober.calls.next_given() else { return };
    established.push(ControlRole::Plain, prober.plain(&id).await);
    if established.control().level != ControlLevel::Given {
        return;
    }
    established.push(ControlRole::Again, prober.plain(&id).await);
    if established.control().reusable {
        established.reusable = Some(id);
    }
}

/// Sends malformed requests until one is answered differently from the plain one.
async fn contrast(prober: &Prober, established: &mut Established, control: &Control) {
    for contrast in Contrast::ALL {
        let id = if control.level == ControlLevel::Live {
            let Some(id) = established.place(prober, &format!("{contrast:?}")).await else { return };
            id
        } else {
            established.reusable.clone().unwrap_or_else(unissued)
        };
        if control.ends_answered_calls_only {
            prober.poll_until_connected(&id, prober.settle).await;
        }
        let edits = [contrast.edit()];
        let exchange = prober.send(&Draft::disconnect(&edits), &id).await;
        established.push(ControlRole::Contrast(contrast), exchange);
        if control.level == ControlLevel::Live {
            // The call is still up unless the server is flawed; leave nothing ringing.
            established.push(ControlRole::Twin(contrast), prober.plain(&id).await);
        }
        if control.contrasted(&established.evidence, contrast) == Contrasted::ByAnswer {
            return;
        }
    }
}

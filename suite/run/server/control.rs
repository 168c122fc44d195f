//! What is established before the cases: the server answers, and tells valid from malformed. What
//! follows from the exchanges, and whether it is any use to go on, is said by the judge.

use super::prober::{Prober, unissued};
use crate::evidence::{CallOrigin, Contrast, ControlRole, ControlStep, Exchange, ServerControl};
use crate::judge::{Contrasted, Control, ControlLevel};
use crate::message::Draft;
use crate::protocol::Operation;

/// Lengths of short garbage, one for each rest by four, in the order of the rests.
const SHORT: [usize; 4] = [4, 5, 6, 7];

/// The exchanges before the cases, and the given id that can be used again and again, if there is one.
pub(super) struct Established {
    pub(super) evidence: ServerControl,
    pub(super) reusable: Option<String>,
}

impl Established {
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

pub(super) async fn establish(prober: &Prober, calls: CallOrigin) -> Established {
    let evidence = ServerControl { calls, steps: Vec::new() };
    let mut established = Established { evidence, reusable: None };
    if calls.is_live() {
        live(prober, &mut established).await;
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
    let id = established.place(prober, "plain").await;
    let Some(id) = id.filter(|_| established.control().fatal.is_none()) else { return };
    established.push(ControlRole::Before, prober.call_info(&id).await);
    established.push(ControlRole::Plain, prober.plain(&id).await);
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
    established.push(ControlRole::Unissued, prober.plain(&unissued()).await);
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

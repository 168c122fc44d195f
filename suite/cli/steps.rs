//! The requests of a sequence, step by step.

use umspec::catalogue::{Act, Slot};
use umspec::message::{Draft, HttpRequest, Ids};
use umspec::protocol::Operation;

/// What a script fills in: the ids of calls A, B and C, and what PlayOnPhone is asked for.
#[derive(Debug, Clone)]
pub(super) struct Values {
    pub(super) calls: [String; 3],
    /// The item to read aloud, and the number to ring.
    pub(super) item: String,
    pub(super) number: String,
}

impl Values {
    /// Documented ids, but for those that are given.
    pub(super) fn given(ids: &[String]) -> Self {
        let Ids { this, other, .. } = Ids::default();
        let known = [this.clone(), other, this];
        let call = |index: usize| ids.get(index).unwrap_or(&known[index]).clone();
        Self { calls: [call(0), call(1), call(2)], item: "dW1zcGVj".to_owned(), number: "5550100".to_owned() }
    }

    fn call(&self, slot: Slot) -> &str {
        match slot {
            Slot::A => &self.calls[0],
            Slot::B => &self.calls[1],
            // No case of the catalogue has a further one.
            Slot::C | Slot::Further(_) => &self.calls[2],
        }
    }

    fn ids(&self, slot: Slot) -> Ids {
        let other = if slot == Slot::A { Slot::B } else { Slot::A };
        Ids { this: self.call(slot).to_owned(), other: self.call(other).to_owned(), ..Ids::default() }
    }
}

/// The requests of a step, in order; of one among slow senders, the plain request.
pub(super) fn requests(act: &Act, values: &Values) -> Vec<HttpRequest> {
    let disconnect = |slot: Slot, edits| Draft::disconnect(edits).write(&values.ids(slot));
    match act {
        Act::Place(_, operation) => {
            let first =
                if *operation == Operation::PlayOnPhoneGreeting { "NormalCustom" } else { &values.item };
            let values = vec![first.to_owned(), values.number.clone()];
            vec![Draft::plain(*operation, values).write(&Ids::default())]
        }
        Act::CallInfo(slot) => vec![call_info("{id}", &values.ids(*slot))],
        Act::CallInfoOf(text) => {
            vec![call_info("{id}", &Ids { this: (*text).to_owned(), ..Ids::default() })]
        }
        Act::Send(slot, edits) => vec![disconnect(*slot, edits)],
        Act::Together(sends) => sends.iter().map(|(slot, edits)| disconnect(*slot, edits)).collect(),
        Act::OneConnection(sends) => sends.iter().map(|(slot, edits, _)| disconnect(*slot, edits)).collect(),
        Act::AmongSlowSenders(_, slot) => vec![disconnect(*slot, &[])],
    }
}

fn call_info(id: &str, ids: &Ids) -> HttpRequest {
    Draft::plain(Operation::GetCallInfo, vec![id.to_owned()]).write(ids)
}

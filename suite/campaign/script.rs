//! Requests one after the other about calls of their own, of which a model of the life of a call says what must come.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::spelling::{fits, is_spelled};
use crate::catalogue::{Act, Case, Expect, Needs, Slot, Turn, case};
use crate::generate::neutral::Row;
use crate::message::Edit;
use crate::protocol::{InputClass, Operation, RequirementId, req};

/// Most steps of a script.
pub(super) const MAX_STEPS: usize = 64;

/// Steps in order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Script {
    /// Whether requests to end calls that follow each other go over one connection.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shared: bool,
    /// The steps.
    pub steps: Vec<ScriptStep>,
}

/// One step. Calls have numbers; one that was not placed has an id that nobody issued. Alphabetical.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ScriptStep {
    /// Disconnect for a call.
    End(u8),
    /// Disconnect for two calls at once.
    EndTogether(u8, u8),
    /// For a call, the request of a case that has to be refused.
    Fault(u8, String),
    /// GetCallInfo for a call.
    Look(u8),
    /// `PlayOnPhone`, which places a call.
    Place(u8),
}

impl fmt::Display for ScriptStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::End(call) => write!(f, "end {call}"),
            Self::EndTogether(one, other) => write!(f, "end-together {one} {other}"),
            Self::Fault(call, case) => write!(f, "end {call} as {case}"),
            Self::Look(call) => write!(f, "look {call}"),
            Self::Place(call) => write!(f, "place {call}"),
        }
    }
}

impl From<ScriptStep> for String {
    fn from(step: ScriptStep) -> Self {
        step.to_string()
    }
}

impl TryFrom<String> for ScriptStep {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("no step of a script is written {text:?}");
        let number = |text: &str| text.parse::<u8>().map_err(|_| wrong());
        match text.split(' ').collect::<Vec<_>>().as_slice() {
            ["end", call] => Ok(Self::End(number(call)?)),
            ["end", call, "as", case] => Ok(Self::Fault(number(call)?, (*case).to_owned())),
            ["end-together", one, other] => Ok(Self::EndTogether(number(one)?, number(other)?)),
            ["look", call] => Ok(Self::Look(number(call)?)),
            ["place", call] => Ok(Self::Place(number(call)?)),
            _ => Err(wrong()),
        }
    }
}

/// What the model knows of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Life {
    Ended,
    Up,
}

/// A script as it is turned into turns.
#[derive(Default)]
struct Model {
    lives: BTreeMap<u8, Life>,
    turns: Vec<Turn>,
    /// Requests that go over one connection, as far as they were collected.
    open: Vec<(Slot, Vec<Edit>, InputClass)>,
    /// Whether a call was asked to end that had ended.
    again: bool,
    together: bool,
}

impl Script {
    /// The script as a case, its requests to end calls spelled so; none where the model does not know what comes.
    pub(super) fn case(&self, spelled: &Row) -> Option<Case> {
        if self.steps.is_empty() || self.steps.len() > MAX_STEPS {
            return None;
        }
        let mut model = Model::default();
        for step in &self.steps {
            self.take(step, spelled, &mut model)?;
        }
        model.flush();
        let row = self.requirement(&model);
        let mut case = Case::sequence(String::new(), "A script of a campaign.", &[row], model.turns);
        if !self.steps.iter().any(|step| matches!(step, ScriptStep::Look(_))) {
            case.needs = if model.lives.is_empty() { Needs::Nothing } else { Needs::LiveCall };
        }
        Some(case)
    }

    /// What kind of script it is, in a word.
    pub(super) fn kind(&self) -> &'static str {
        let together = self.steps.iter().any(|step| matches!(step, ScriptStep::EndTogether(..)));
        match (self.shared, together) {
            (true, _) => "sequence-on-one-connection",
            (_, true) => "sequence-at-once",
            _ => "sequence",
        }
    }

    /// Its steps in words.
    pub(super) fn told(&self) -> Vec<String> {
        let on_one = self.shared.then(|| "requests in a row on one connection".to_owned());
        let numbered = self.steps.iter().enumerate();
        on_one.into_iter().chain(numbered.map(|(at, step)| format!("step {}: {step}", at + 1))).collect()
    }

    /// How many calls it places.
    pub(super) fn calls(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, ScriptStep::Place(_))).count()
    }

    fn take(&self, step: &ScriptStep, spelled: &Row, model: &mut Model) -> Option<()> {
        match step {
            ScriptStep::Place(call) => {
                model.flush();
                // A call whose id is forgotten would ring on.
                if model.lives.insert(*call, Life::Up) == Some(Life::Up) {
                    return None;
                }
                model
                    .turns
                    .push(Turn::new(Act::Place(slot(*call), Operation::PlayOnPhone), Expect::Anything));
            }
            ScriptStep::Look(call) => {
                model.flush();
                let expect = match model.lives.get(call) {
                    Some(Life::Ended) => Expect::Ended,
                    Some(Life::Up) => Expect::Up,
                    None => return None,
                };
                model.turns.push(Turn::new(Act::CallInfo(slot(*call)), expect));
            }
            ScriptStep::End(call) => {
                if !fits(None, spelled) {
                    return None;
                }
                let class = model.end(*call);
                self.send(*call, spelled.edits(), class, model);
            }
            ScriptStep::EndTogether(one, other) => {
                model.flush();
                if !fits(None, spelled) {
                    return None;
                }
                model.together = true;
                let before = [one, other].map(|call| model.lives.get(call).copied());
                let (first, second) = (model.end(*one), model.end(*other));
                // Of two requests for one call either may come first.
                let class = match () {
                    () if one == other || before.contains(&Some(Life::Ended)) => InputClass::EndedCall,
                    () if first == second => first,
                    () => return None,
                };
                let sends = vec![(slot(*one), spelled.edits()), (slot(*other), spelled.edits())];
                model.turns.push(Turn::new(Act::Together(sends), Expect::Class(class)));
            }
            ScriptStep::Fault(call, id) => {
                let base = case(id).filter(|base| is_fault(base))?;
                if !fits(Some(base), spelled) {
                    return None;
                }
                let mut edits = base.edits()?.to_vec();
                edits.extend(spelled.edits());
                self.send(*call, edits, base.class, model);
            }
        }
        Some(())
    }

    fn send(&self, call: u8, edits: Vec<Edit>, class: InputClass, model: &mut Model) {
        if self.shared {
            model.open.push((slot(call), edits, class));
        } else {
            model.turns.push(Turn::new(Act::Send(slot(call), edits), Expect::Class(class)));
        }
    }

    /// What a script is about: the row that grades it.
    fn requirement(&self, model: &Model) -> RequirementId {
        let looks = self.steps.iter().any(|step| matches!(step, ScriptStep::Look(_)));
        match () {
            () if model.again => req::SECOND_DISCONNECT,
            () if model.together => req::PARALLEL_REQUESTS,
            () if self.shared => req::SHARED_CONNECTION,
            () if looks && model.lives.len() > 1 => req::OTHER_CALLS_UNTOUCHED,
            () if looks => req::STATE_AFTER_DISCONNECT,
            () => req::ALIVE_AFTERWARDS,
        }
    }

    /// Scripts that are shorter: halves left out, then quarters, and so on to single steps.
    pub(super) fn shorter(&self) -> Vec<Self> {
        let mut found = Vec::new();
        let mut length = self.steps.len() / 2;
        while length > 0 {
            for at in (0..self.steps.len()).step_by(length) {
                let mut steps = self.steps.clone();
                steps.drain(at..(at + length).min(steps.len()));
                if !steps.is_empty() {
                    found.push(Self { steps, ..self.clone() });
                }
            }
            length /= 2;
        }
        found
    }
}

impl Model {
    /// Asks a call to end; what such a request is.
    fn end(&mut self, call: u8) -> InputClass {
        let Some(life) = self.lives.get_mut(&call) else { return InputClass::Unissued };
        self.again |= *life == Life::Ended;
        match std::mem::replace(life, Life::Ended) {
            Life::Ended => InputClass::EndedCall,
            Life::Up => InputClass::Valid,
        }
    }

    fn flush(&mut self) {
        match std::mem::take(&mut self.open) {
            open if open.len() > 1 => self.turns.push(Turn::new(Act::OneConnection(open), Expect::Anything)),
            open => {
                let turn = |(slot, edits, class)| Turn::new(Act::Send(slot, edits), Expect::Class(class));
                self.turns.extend(open.into_iter().map(turn));
            }
        }
    }
}

/// Whether the request of a case may stand in a script: a fault that the model knows, with one reading.
pub(super) fn is_fault(case: &Case) -> bool {
    is_spelled(case) && case.class.is_negative() && case.nuance.is_none() && case.needs == Needs::Nothing
}

fn slot(call: u8) -> Slot {
    match call {
        0 => Slot::A,
        1 => Slot::B,
        2 => Slot::C,
        more => Slot::Further(more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ScriptStep as S;

    fn expected(steps: &[S]) -> Option<Vec<Expect>> {
        let case = Script { shared: false, steps: steps.to_vec() }.case(&Row::plain())?;
        let crate::catalogue::Stimulus::Sequence(turns) = case.stimulus else { return None };
        Some(turns.into_iter().map(|turn| turn.expect).collect())
    }

    #[test]
    fn what_must_come_follows_from_the_life_of_the_call() {
        let class = |class| Expect::Class(class);
        assert_eq!(
            expected(&[S::Place(0), S::Look(0), S::End(0), S::Look(0), S::End(0), S::End(1)]),
            Some(vec![
                Expect::Anything,
                Expect::Up,
                class(InputClass::Valid),
                Expect::Ended,
                class(InputClass::EndedCall),
                class(InputClass::Unissued),
            ])
        );
        let refused = S::Fault(0, "call-id/empty-open-close".to_owned());
        assert_eq!(
            expected(&[S::Place(0), refused, S::Look(0), S::EndTogether(0, 0), S::Look(0)]),
            Some(vec![
                Expect::Anything,
                class(InputClass::EmptyCallId),
                Expect::Up,
                class(InputClass::EndedCall),
                Expect::Ended,
            ])
        );
        assert_eq!(expected(&[S::Place(0), S::Place(0)]), None, "the first call would ring on");
        assert_eq!(expected(&[S::Fault(0, "xml/minimal".to_owned())]), None, "it is no fault");
    }

    #[test]
    fn a_script_is_the_same_after_it_was_written_to_a_file() {
        let fault = S::Fault(2, "call-id/empty-open-close".to_owned());
        let steps = vec![S::Place(0), S::Look(0), fault, S::End(0), S::EndTogether(0, 1)];
        let script = Script { shared: true, steps };
        let text = serde_json::to_string(&script).expect("JSON");
        assert!(text.contains("\"end 2 as call-id/empty-open-close\""), "{text}");
        assert_eq!(serde_json::from_str::<Script>(&text).expect("a script"), script);
        assert!(serde_json::from_str::<Script>(r#"{"steps":["ring 1"]}"#).is_err());
    }

    #[test]
    fn requests_in_a_row_share_a_connection_where_a_script_says_so() {
        let steps = vec![S::Place(0), S::End(0), S::End(0), S::Look(0), S::End(0)];
        let case = Script { shared: true, steps }.case(&Row::plain()).expect("a case");
        let crate::catalogue::Stimulus::Sequence(turns) = case.stimulus else { panic!("a sequence") };
        let shared: Vec<bool> = turns.iter().map(|turn| matches!(turn.act, Act::OneConnection(_))).collect();
        assert_eq!(shared, [false, true, false, false]);
    }
}

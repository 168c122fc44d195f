//! The cases for clients: what they are answered, and what they must make of it.
//!
//! The answers of [`replies`](super::replies) are cases under their own ids; the rest is about HTTP, the
//! line, redirects, call ids and the life of a call.

mod call_id;
mod hostile;
mod http;
mod life;
mod line;
mod redirect;
mod reply;

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::evidence::{Reaction, Response};
use crate::protocol::{Operation, RequirementId, names};

/// One case for clients.
#[derive(Debug, Clone)]
pub struct ClientCase {
    /// `family/what-is-particular`, public, never used again for something else.
    pub id: Cow<'static, str>,
    /// What the client is put to: a sentence.
    pub about: Cow<'static, str>,
    /// The rows of the ledger it rests on; the first one grades a deviation.
    pub requirements: Vec<RequirementId>,
    /// The call id that the client is given.
    pub call_id: Cow<'static, str>,
    /// What happens.
    pub play: Play,
    /// Whether a client may well wait to the end of its time: such cases run beside the others.
    pub waits: bool,
    /// Whether the case is only about a client that sends credentials.
    pub credentials: bool,
    /// Whether it is the call id that is particular about it.
    pub about_call_id: bool,
    /// The requirement that a contact with the watched address goes against, if the case names it.
    pub contact: Option<RequirementId>,
}

/// What happens in a case for clients.
#[derive(Debug, Clone)]
pub enum Play {
    /// The client asks for one Disconnect and is answered in these turns; the last one again and again.
    Answers(Vec<ClientTurn>),
    /// The call id cannot be put into XML: the client must refuse it before it sends anything.
    Illegal,
    /// The client does all of it: places a call, follows it, ends it.
    Life(Life),
    /// The client is run twice with the same id and must send the same bytes.
    Twice,
}

/// One request of a client and how it is answered.
#[derive(Debug, Clone)]
pub struct ClientTurn {
    /// What the listener does. `{here}` and `{there}` in it stand for the URL of the case and for the
    /// same at another host, `{canary}` for the URL of an address that is watched.
    pub reaction: Reaction,
    /// What the client must come to if this is what it saw last.
    pub expect: ClientExpect,
}

/// What a client must come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientExpect {
    /// Disconnected.
    Disconnected,
    /// Nothing in particular, as long as it ends in order.
    Open,
    /// Refused: nothing said that the call was disconnected, and to report so is the worst it can do.
    Refused,
    /// Refused, although the answer holds a success: something about it takes its worth away.
    Wary,
}

/// How the calls of a client live that places them itself.
#[derive(Debug, Clone)]
pub struct Life {
    /// The ids that are issued, one after the other; the last one again and again.
    pub ids: Vec<Cow<'static, str>>,
    /// What comes of an operation that places a call.
    pub placing: Placing,
    /// State and cause that GetCallInfo tells, one after the other; the last one again and again.
    pub states: Vec<(&'static str, &'static str)>,
    /// What the client must come to.
    pub expect: ClientExpect,
}

/// What comes of an operation that places a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placing {
    /// The connection closes without an answer.
    Closes,
    /// A fault.
    Faults,
    /// A call is placed.
    Issues,
}

/// Every case for clients that end calls they are told of, then those for clients that place them.
pub fn client_cases() -> &'static [ClientCase] {
    static CASES: LazyLock<Vec<ClientCase>> = LazyLock::new(|| {
        [
            http::cases(),
            line::cases(),
            redirect::cases(),
            call_id::cases(),
            hostile::cases(),
            reply::cases(),
            life::cases(),
        ]
        .into_iter()
        .flatten()
        .collect()
    });
    &CASES
}

/// The case for clients with this id.
pub fn client_case(id: &str) -> Option<&'static ClientCase> {
    client_cases().iter().find(|case| case.id == id)
}

impl ClientCase {
    /// A case for a client that is given the id of the documented sample.
    pub fn new(
        id: impl Into<Cow<'static, str>>,
        about: impl Into<Cow<'static, str>>,
        requirements: &[RequirementId],
        play: Play,
    ) -> Self {
        Self {
            id: id.into(),
            about: about.into(),
            requirements: requirements.to_vec(),
            call_id: Cow::Borrowed(names::SAMPLE_CALL_ID),
            play,
            waits: false,
            credentials: false,
            about_call_id: false,
            contact: None,
        }
    }

    /// Whether the client places the call itself.
    pub fn is_life(&self) -> bool {
        matches!(self.play, Play::Life(_))
    }

    fn waits(mut self) -> Self {
        self.waits = true;
        self
    }

    fn credentials(mut self) -> Self {
        self.credentials = true;
        self
    }

    /// The same case, which names the watched address: a contact goes against this requirement.
    fn contact(mut self, requirement: RequirementId) -> Self {
        self.contact = Some(requirement);
        self
    }

    fn also(mut self, requirement: RequirementId) -> Self {
        self.requirements.push(requirement);
        self
    }
}

/// A case of one answer.
pub(super) fn case(
    id: impl Into<Cow<'static, str>>,
    about: impl Into<Cow<'static, str>>,
    requirement: RequirementId,
    expect: ClientExpect,
    reaction: impl Into<Reaction>,
) -> ClientCase {
    turns(id, about, requirement, vec![ClientTurn { reaction: reaction.into(), expect }])
}

/// A case of several answers.
fn turns(
    id: impl Into<Cow<'static, str>>,
    about: impl Into<Cow<'static, str>>,
    requirement: RequirementId,
    turns: Vec<ClientTurn>,
) -> ClientCase {
    ClientCase::new(id, about, &[requirement], Play::Answers(turns))
}

/// A response with the usual media type.
fn xml(status: u16, body: impl Into<Vec<u8>>) -> Response {
    typed(status, &format!("{}; charset=utf-8", names::MEDIA_TYPE), body)
}

/// A response with this Content-Type; none if it is empty.
fn typed(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Response {
    let headers = Some(("content-type", content_type.to_owned())).filter(|(_, value)| !value.is_empty());
    Response { status, headers: headers.into_iter().collect(), body: body.into() }
}

/// The plain success.
pub(super) fn success() -> Response {
    xml(200, crate::message::write_success())
}

/// The plain fault for an invalid id.
pub(super) fn invalid_id() -> Response {
    xml(500, crate::message::write_invalid_call_id())
}

/// What the listener answers to the operations other than Disconnect in a [`Life`].
pub fn life_answer(life: &Life, operation: Operation, placed: usize, asked: usize) -> Reaction {
    use crate::message::{write_call_info, write_issued};
    match operation {
        Operation::Disconnect => success().into(),
        Operation::GetCallInfo => {
            let at = asked.min(life.states.len().saturating_sub(1));
            let (state, cause) = life.states.get(at).copied().unwrap_or(("Connected", "None"));
            xml(200, write_call_info(state, cause)).into()
        }
        Operation::PlayOnPhone | Operation::PlayOnPhoneGreeting => match life.placing {
            Placing::Closes => Reaction::Close,
            Placing::Faults => xml(500, crate::message::write_fault("Server", "No line is free.")).into(),
            Placing::Issues => {
                let at = placed.min(life.ids.len().saturating_sub(1));
                let id = life.ids.get(at).map_or(names::SAMPLE_CALL_ID, |id| id);
                xml(200, write_issued(operation, id)).into()
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_cases_for_servers_are_not_used_again() {
        for case in client_cases() {
            assert!(super::super::case(&case.id).is_none(), "{}", case.id);
        }
    }
}

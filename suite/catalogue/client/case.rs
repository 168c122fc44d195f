//! What a case for clients is made of.

use std::borrow::Cow;

use crate::evidence::Reaction;
use crate::protocol::{RequirementId, names, req};

/// One case for clients.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "flags that do not exclude each other")]
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
    /// Whether what it is answered does not end by itself, or leads to further requests without end.
    pub endless: bool,
    /// Whether only a client that speaks HTTP/1.1 may be answered so: chunks (RFC 9112 6.1), 1xx (RFC 9110
    /// 15.2), connections that stay open (RFC 9112 9.3).
    pub since_http_1_1: bool,
    /// The content coding of its answer, which a client can read that offers it.
    pub coding: Option<&'static str>,
    /// Whether the case is only about a client that sends credentials.
    pub credentials: bool,
    /// Whether it is the call id that is particular about it.
    pub about_call_id: bool,
    /// Why a client takes the answer, where its author may wonder.
    pub why: Option<&'static str>,
    /// Whether its answer names the watched address, which must not be contacted (UMD-R201).
    pub names_canary: bool,
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
    /// What the listener does. `{here}` and `{other}` in it stand for the URL of the case and for the
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
    /// Refused, although the answer holds a success that some document lets a reader take: contradiction C32, or
    /// HTTP that is invalid and from which a recipient may recover (RFC 9110 2.4).
    Doubtful,
    /// Nothing in particular, as long as it ends in order.
    Open,
    /// Refused: nothing said that the call was disconnected, and to report so is the worst it can do.
    Refused,
    /// Disconnected: the answer is lawful, but written so that widespread readers refuse it.
    Unusual,
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
    /// What comes of Disconnect.
    pub ending: Ending,
    /// State and cause that GetCallInfo tells, one after the other; the last one again and again.
    pub states: Vec<(&'static str, &'static str)>,
    /// Whether connections stay open after an answer, and serve further requests.
    pub keeps: bool,
    /// What the client must come to.
    pub expect: ClientExpect,
}

/// What comes of Disconnect where a client placed the call itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The connection closes without an answer.
    Closes,
    /// The fault for an invalid id.
    Faults,
    /// A page for people, with 200.
    Pages,
    /// Success.
    Succeeds,
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
            endless: false,
            since_http_1_1: false,
            coding: None,
            credentials: false,
            about_call_id: false,
            why: None,
            names_canary: false,
        }
    }

    /// Whether the client places the call itself.
    pub fn is_life(&self) -> bool {
        matches!(self.play, Play::Life(_))
    }

    pub(super) fn waits(mut self) -> Self {
        self.waits = true;
        self
    }

    /// The same case, whose answers do not end.
    pub(super) fn endless(mut self) -> Self {
        self.endless = true;
        self.waits()
    }

    /// The same case, for clients that speak HTTP/1.1.
    pub(super) fn since_http_1_1(mut self) -> Self {
        self.since_http_1_1 = true;
        self
    }

    /// The same case, whose answer a client takes for this reason.
    pub(super) fn why(mut self, why: &'static str) -> Self {
        self.why = Some(why);
        self
    }

    /// The same case, whose answer is in this content coding.
    pub(super) fn coded(mut self, coding: &'static str) -> Self {
        self.coding = Some(coding);
        self
    }

    pub(super) fn credentials(mut self) -> Self {
        self.credentials = true;
        self
    }

    /// The same case, which names the watched address.
    pub(super) fn names_canary(mut self) -> Self {
        self.names_canary = true;
        self.also(req::CLIENT_FETCHES_NOTHING)
    }

    pub(super) fn also(mut self, requirement: RequirementId) -> Self {
        self.requirements.push(requirement);
        self
    }
}

/// A case of one answer.
pub(in crate::catalogue) fn case(
    id: impl Into<Cow<'static, str>>,
    about: impl Into<Cow<'static, str>>,
    requirement: RequirementId,
    expect: ClientExpect,
    reaction: impl Into<Reaction>,
) -> ClientCase {
    turns(id, about, requirement, vec![ClientTurn { reaction: reaction.into(), expect }])
}

/// A case of several answers.
pub(super) fn turns(
    id: impl Into<Cow<'static, str>>,
    about: impl Into<Cow<'static, str>>,
    requirement: RequirementId,
    turns: Vec<ClientTurn>,
) -> ClientCase {
    ClientCase::new(id, about, &[requirement], Play::Answers(turns))
}

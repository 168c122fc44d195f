use std::borrow::Cow;

use crate::message::{Draft, Edit, Misspelling};
use crate::protocol::{AmbiguityId, InputClass, Nuance, Operation, RequirementId, req};

/// One case of the catalogue: a stimulus, the class of input it is, and the requirements it looks
/// at. At most one fault per case.
#[derive(Debug, Clone)]
pub struct Case {
    /// `family/fault-in-words`, kebab case. Public, and never used again for something else.
    pub id: Cow<'static, str>,
    /// What is sent, in one sentence.
    pub about: Cow<'static, str>,
    /// Requirements it looks at; the first one grades a deviation.
    pub requirements: Vec<RequirementId>,
    /// The row of the decision table that says which outcomes are allowed.
    pub class: InputClass,
    /// The spelling for which that row makes an exception.
    pub nuance: Option<Nuance>,
    /// What is sent.
    pub stimulus: Stimulus,
    /// Whether it only runs when slow cases are asked for.
    pub slow: bool,
    /// What a run must have for the case to be judged.
    pub needs: Needs,
    /// Whether every orderly outcome is fine and only recorded.
    pub recorded: bool,
    /// Whether only a connection can show what it is about, though its requests could do without.
    pub wire: bool,
    /// Where in a request lies what is particular about it.
    pub part: Part,
    /// The requirement that a contact with the watched address goes against.
    pub contact: RequirementId,
    /// The ambiguity that its outcome lies on, where class and requirement do not tell it.
    pub ambiguity: Option<AmbiguityId>,
    /// Where it is about the time that a server takes: the part of its request that grows, by how many
    /// characters it has.
    pub growing: Option<fn(usize) -> Edit>,
}

/// Where in a request something lies: SOAP 4.4 asks for a detail in a fault about the contents of Body,
/// and for none in one about a header entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// The contents of Body, or the message as a whole.
    Body,
    /// The envelope around Body, or a header entry.
    Envelope,
    /// The HTTP around the message.
    Http,
}

/// What is sent.
#[derive(Debug, Clone)]
pub enum Stimulus {
    /// One Disconnect request with these edits, between controls.
    Request(Vec<Edit>),
    /// Several requests in order, on calls of their own.
    Sequence(Vec<Turn>),
}

/// What a run must have for a case to be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Needs {
    /// Nothing more than the target.
    #[default]
    Nothing,
    /// The id of a live call: the case is about its text or its life.
    LiveCall,
    /// A source of calls whose state GetCallInfo tells.
    CallState,
    /// Credentials that the target accepts.
    Credentials,
    /// An address that the target could reach, watched by the run.
    Canary,
}

/// One of the calls of a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The first call: `{id}`.
    A,
    /// The second call: `{other}` for requests about the first, and the other way round.
    B,
    /// The third call; `{other}` is the first.
    C,
    /// A further one, by its number from 0; `{other}` is the first.
    Further(u8),
}

/// One step of a sequence.
#[derive(Debug, Clone)]
pub struct Turn {
    /// What is done.
    pub act: Act,
    /// What must come of it.
    pub expect: Expect,
}

/// What is done in a [`Turn`].
#[derive(Debug, Clone)]
pub enum Act {
    /// Places a call.
    Place(Slot, Operation),
    /// Asks for the state of a call.
    CallInfo(Slot),
    /// Sends an edited Disconnect for a call.
    Send(Slot, Vec<Edit>),
    /// Sends GetCallInfo with this text as CallId.
    CallInfoOf(&'static str),
    /// Sends several Disconnects at the same time.
    Together(Vec<(Slot, Vec<Edit>)>),
    /// Sends several Disconnects one after the other on one connection. Each is expected as its
    /// class says.
    OneConnection(Vec<(Slot, Vec<Edit>, InputClass)>),
    /// Opens this many connections that send a body byte by byte, and sends a plain Disconnect
    /// meanwhile.
    AmongSlowSenders(usize, Slot),
}

/// What must come of a [`Turn`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    /// Nothing in particular.
    Anything,
    /// An outcome that this row of the decision table allows.
    Class(InputClass),
    /// The same outcome as the turn at this index had.
    SameAs(usize),
    /// The call is Disconnected, or its id is gone.
    Ended,
    /// The call is not Disconnected.
    Up,
    /// At most one of the two calls has ended, counting the look before this one.
    NotBothEnded,
    /// The same fault code as the turn at this index had.
    SameFaultAs(usize),
}

impl Case {
    /// A case of one edited request.
    pub fn request(
        id: impl Into<Cow<'static, str>>,
        about: impl Into<Cow<'static, str>>,
        class: InputClass,
        requirements: &[RequirementId],
        edits: Vec<Edit>,
    ) -> Self {
        Self::new(id.into(), about.into(), class, requirements, Stimulus::Request(edits))
    }

    /// A case of several turns.
    pub fn sequence(
        id: impl Into<Cow<'static, str>>,
        about: impl Into<Cow<'static, str>>,
        requirements: &[RequirementId],
        turns: Vec<Turn>,
    ) -> Self {
        let mut case =
            Self::new(id.into(), about.into(), InputClass::Valid, requirements, Stimulus::Sequence(turns));
        case.needs = Needs::CallState;
        case
    }

    fn new(
        id: Cow<'static, str>,
        about: Cow<'static, str>,
        class: InputClass,
        requirements: &[RequirementId],
        stimulus: Stimulus,
    ) -> Self {
        Self {
            id,
            about,
            requirements: requirements.to_vec(),
            class,
            nuance: None,
            stimulus,
            slow: false,
            needs: Needs::Nothing,
            recorded: false,
            wire: false,
            part: Part::Body,
            contact: req::NO_EXTERNAL_ENTITIES,
            ambiguity: None,
            growing: None,
        }
    }

    /// The same case, about the time that a server takes for this part of a request, by its characters.
    #[must_use]
    pub fn growing(mut self, part: fn(usize) -> Edit) -> Self {
        self.growing = Some(part);
        self
    }

    /// The same case, run only when slow cases are asked for.
    #[must_use]
    pub fn slow(mut self) -> Self {
        self.slow = true;
        self
    }

    /// The same case, judged only where the run has this.
    #[must_use]
    pub fn needs(mut self, needs: Needs) -> Self {
        self.needs = needs;
        self
    }

    /// The same case, where every orderly outcome is only recorded.
    #[must_use]
    pub fn recorded(mut self) -> Self {
        self.recorded = true;
        self
    }

    /// The same case, which only a connection can show.
    #[must_use]
    pub fn on_the_wire(mut self) -> Self {
        self.wire = true;
        self
    }

    /// The same case, with the exception of its row for this spelling.
    #[must_use]
    pub fn nuance(self, nuance: Nuance) -> Self {
        self.nuance_if(Some(nuance))
    }

    /// The same case, with the exception of its row for this spelling, if there is one.
    #[must_use]
    pub(crate) fn nuance_if(mut self, nuance: Option<Nuance>) -> Self {
        self.nuance = nuance;
        self
    }

    /// The same case, about this part of a request.
    #[must_use]
    pub fn part(mut self, part: Part) -> Self {
        self.part = part;
        self
    }

    /// The same case, in which a contact with the watched address goes against this requirement.
    #[must_use]
    pub fn contact(mut self, requirement: RequirementId) -> Self {
        self.contact = requirement;
        self
    }

    /// The same case, whose outcome lies on this ambiguity.
    #[must_use]
    pub fn ambiguity(mut self, ambiguity: AmbiguityId) -> Self {
        self.ambiguity = Some(ambiguity);
        self
    }

    /// The edited request, if the case is one.
    pub fn draft(&self) -> Option<Draft<'_>> {
        self.edits().map(Draft::disconnect)
    }

    /// The edits, if the case is one request.
    pub fn edits(&self) -> Option<&[Edit]> {
        match &self.stimulus {
            Stimulus::Request(edits) => Some(edits),
            Stimulus::Sequence(_) => None,
        }
    }

    /// How it spells the password of the run wrongly, if it does.
    pub fn misspelling(&self) -> Option<Misspelling> {
        self.edits()?.iter().find_map(|edit| match edit {
            Edit::Misspell(misspelling) => Some(*misspelling),
            _ => None,
        })
    }

    /// Whether only a connection can show what the case is about.
    pub fn needs_wire(&self) -> bool {
        self.wire
            || match &self.stimulus {
                Stimulus::Request(edits) => breaks_framing(edits),
                Stimulus::Sequence(turns) => {
                    turns.iter().any(|turn| matches!(turn.act, Act::AmongSlowSenders(..)))
                }
            }
    }

    /// Whether its request is at fault as HTTP, so that a server may well break the connection off.
    pub fn breaks_http(&self) -> bool {
        self.nuance.is_some_and(Nuance::is_http_fault) || self.edits().is_some_and(breaks_framing)
    }

    /// Whether it is about how requests go over a connection.
    pub fn is_raw(&self) -> bool {
        match &self.stimulus {
            Stimulus::Request(edits) => edits.iter().any(Edit::is_on_the_line),
            Stimulus::Sequence(turns) => {
                turns.iter().any(|turn| matches!(turn.act, Act::OneConnection(_) | Act::AmongSlowSenders(..)))
            }
        }
    }
}

fn breaks_framing(edits: &[Edit]) -> bool {
    edits.iter().any(|edit| matches!(edit, Edit::Framing(framing) if framing.is_broken()))
}

impl Turn {
    /// A turn.
    pub fn new(act: Act, expect: Expect) -> Self {
        Self { act, expect }
    }
}

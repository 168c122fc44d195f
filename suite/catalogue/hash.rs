//! What the cases mean, in one number: two runs with the same one ran the same cases.
//!
//! It is taken of what the cases send and ask for, in words that stay from version to version, so that a
//! sentence, a name in the code or another way to write the same bytes changes nothing.

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

use super::{
    Act, Case, CaseHeader, ClientCase, ClientExpect, Ending, Expect, MessageCase, Needs, Part, Placing, Play,
    Slot, Stimulus, Turn, cases, client_cases, parser_cases,
};
use crate::evidence::{Reaction, Response, Spoil, Subject};
use crate::message::{Draft, Edit, Framing, Ids};
use crate::protocol::{InputClass, Nuance, RequirementId};

/// SHA-256 of the cases for a subject in hexadecimal.
pub fn hash(subject: Subject) -> &'static str {
    static CLIENTS: LazyLock<String> = LazyLock::new(|| of(client_cases(), client));
    static PARSERS: LazyLock<String> = LazyLock::new(|| of(parser_cases(), parser));
    static SERVERS: LazyLock<String> = LazyLock::new(|| of(cases(), server));
    match subject {
        Subject::Client => &CLIENTS,
        Subject::Parser => &PARSERS,
        Subject::Server => &SERVERS,
    }
}

/// SHA-256 over fields, each with its length before it, so that no two sequences of them are alike.
struct Digest(Sha256);

impl Digest {
    fn field(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let bytes = bytes.as_ref();
        self.0.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.0.update(bytes);
        self
    }

    /// A field that a case may have.
    fn maybe(&mut self, field: Option<impl AsRef<[u8]>>) -> &mut Self {
        match field {
            Some(field) => self.field("some").field(field),
            None => self.field("none"),
        }
    }

    fn flag(&mut self, flag: bool) -> &mut Self {
        self.field(if flag { "yes" } else { "no" })
    }

    /// As many things as follow.
    fn count(&mut self, count: usize) -> &mut Self {
        self.field(count.to_string())
    }

    fn requirement(&mut self, id: RequirementId) -> &mut Self {
        self.field(id.to_string())
    }

    fn header(&mut self, case: &impl CaseHeader) -> &mut Self {
        self.field(case.id()).count(case.requirements().len());
        for &id in case.requirements() {
            self.requirement(id);
        }
        self
    }
}

fn of<C>(cases: &[C], write: impl Fn(&mut Digest, &C)) -> String {
    let mut digest = Digest(Sha256::new());
    for case in cases {
        write(&mut digest, case);
    }
    digest.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn server(digest: &mut Digest, case: &Case) {
    digest.header(case).field(case.class.word()).maybe(case.nuance.map(Nuance::word));
    digest.field(match case.needs {
        Needs::Nothing => "nothing",
        Needs::LiveCall => "live-call",
        Needs::CallState => "call-state",
        Needs::Credentials => "credentials",
        Needs::Canary => "canary",
    });
    digest.field(match case.part {
        Part::Body => "body",
        Part::Envelope => "envelope",
        Part::Http => "http",
    });
    digest.flag(case.slow).flag(case.recorded).flag(case.growing.is_some());
    digest.requirement(case.contact).maybe(case.ambiguity.map(|id| id.to_string()));
    match &case.stimulus {
        // Megabytes are not written for this; the sentence tells how many they are.
        Stimulus::Request(_) if case.slow => {
            digest.field("large").field(case.about());
        }
        Stimulus::Request(edits) => request(digest.field("request"), edits),
        Stimulus::Sequence(turns) => {
            digest.field("sequence").count(turns.len());
            for each in turns {
                turn(digest, each);
            }
        }
    }
}

/// The bytes of a request as it is written with the ids of the samples, and how it is sent.
fn request(digest: &mut Digest, edits: &[Edit]) {
    let request = Draft::disconnect(edits).write(&Ids::default());
    let wire = request.wire("umspec.invalid", &format!("/{}", request.query), &[]);
    digest.field(match request.framing {
        _ if request.is_ordinary() => "ordinary",
        Framing::Watched => "watched",
        _ => "raw",
    });
    digest.flag(request.anonymous).flag(wire.half_close).field(wire.bytes);
    if let Some(misspelling) = request.misspelled {
        digest.field(format!("{misspelling:?}"));
    }
    digest.flag(request.absolute).flag(request.followed).count(wire.cuts.len());
    for place in wire.cuts.into_iter().chain(wire.held) {
        digest.count(place);
    }
}

fn turn(digest: &mut Digest, turn: &Turn) {
    let slot = |slot: &Slot| match slot {
        Slot::A => "a",
        Slot::B => "b",
        Slot::C => "c",
        // No case of the catalogue has a further one.
        Slot::Further(_) => "further",
    };
    match &turn.act {
        Act::Place(at, operation) => {
            digest.field("place").field(slot(at)).field(operation.request());
        }
        Act::CallInfo(at) => {
            digest.field("look").field(slot(at));
        }
        Act::Send(at, edits) => request(digest.field("send").field(slot(at)), edits),
        Act::CallInfoOf(text) => {
            digest.field("ask").field(text);
        }
        Act::Together(sends) => {
            digest.field("together").count(sends.len());
            for (at, edits) in sends {
                request(digest.field(slot(at)), edits);
            }
        }
        Act::OneConnection(sends) => {
            digest.field("one-connection").count(sends.len());
            for (at, edits, class) in sends {
                request(digest.field(slot(at)).field(class.word()), edits);
            }
        }
        Act::AmongSlowSenders(senders, at) => {
            digest.field("among-slow-senders").count(*senders).field(slot(at));
        }
    }
    match &turn.expect {
        Expect::Anything => digest.field("anything"),
        Expect::Class(class) => digest.field("class").field(class.word()),
        Expect::SameAs(index) => digest.field("same-as").count(*index),
        Expect::Ended => digest.field("ended"),
        Expect::Up => digest.field("up"),
        Expect::NotBothEnded => digest.field("not-both-ended"),
        Expect::SameFaultAs(index) => digest.field("same-fault-as").count(*index),
    };
}

fn client(digest: &mut Digest, case: &ClientCase) {
    digest.header(case).field(&*case.call_id);
    digest.flag(case.waits).flag(case.credentials).flag(case.about_call_id);
    digest.flag(case.endless).flag(case.since_http_1_1).flag(case.names_canary);
    digest.maybe(case.coding);
    match &case.play {
        Play::Answers(turns) => {
            digest.field("answers").count(turns.len());
            for turn in turns {
                reaction(digest, &turn.reaction);
                expectation(digest, turn.expect);
            }
        }
        Play::Illegal => {
            digest.field("illegal");
        }
        Play::Life(life) => {
            digest.field("life").count(life.ids.len());
            for id in &life.ids {
                digest.field(&**id);
            }
            digest.field(match life.placing {
                Placing::Closes => "closes",
                Placing::Faults => "faults",
                Placing::Issues => "issues",
            });
            digest.field(match life.ending {
                Ending::Closes => "closes",
                Ending::Faults => "faults",
                Ending::Pages => "pages",
                Ending::Succeeds => "succeeds",
            });
            digest.flag(life.keeps).count(life.states.len());
            for (state, cause) in &life.states {
                digest.field(state).field(cause);
            }
            expectation(digest, life.expect);
        }
        Play::Twice => {
            digest.field("twice");
        }
    }
}

fn expectation(digest: &mut Digest, expect: ClientExpect) {
    digest.field(match expect {
        ClientExpect::Disconnected => "disconnected",
        ClientExpect::Doubtful => "doubtful",
        ClientExpect::Open => "open",
        ClientExpect::Refused => "refused",
        ClientExpect::Unusual => "unusual",
        ClientExpect::Wary => "wary",
    });
}

fn reaction(digest: &mut Digest, reaction: &Reaction) {
    match reaction {
        Reaction::Answer(answer) => response(digest.field("answer"), answer),
        Reaction::Close => {
            digest.field("close");
        }
        Reaction::Die => {
            digest.field("die");
        }
        Reaction::Early(bytes) => {
            digest.field("early").field(bytes);
        }
        Reaction::Hang => {
            digest.field("hang");
        }
        Reaction::Keep(bytes) => {
            digest.field("keep").field(bytes);
        }
        Reaction::Pieces(pieces) => {
            digest.field("pieces").count(pieces.len());
            for piece in pieces {
                digest.field(piece);
            }
        }
        Reaction::Raw(bytes) => {
            digest.field("raw").field(bytes);
        }
        Reaction::Reset => {
            digest.field("reset");
        }
        Reaction::Spoil(answer, spoil) => response(digest.field(spoiled(*spoil)), answer),
    }
}

fn response(digest: &mut Digest, response: &Response) {
    digest.field(response.status.to_string()).count(response.headers.len());
    for (name, value) in &response.headers {
        digest.field(name).field(value);
    }
    digest.field(&response.body);
}

fn spoiled(spoil: Spoil) -> &'static str {
    match spoil {
        Spoil::CloseInBody => "close-in-body",
        Spoil::CloseInHead => "close-in-head",
        Spoil::Drip => "drip",
        Spoil::EndlessBody => "endless-body",
        Spoil::EndlessChunks => "endless-chunks",
        Spoil::EndlessHead => "endless-head",
        Spoil::HangInBody => "hang-in-body",
        Spoil::HangInHead => "hang-in-head",
        Spoil::LengthLong => "length-long",
        Spoil::LengthLongOpen => "length-long-open",
        Spoil::LengthShort => "length-short",
        Spoil::ResetInBody => "reset-in-body",
        Spoil::Slow => "slow",
        Spoil::Twice => "twice",
    }
}

fn parser(digest: &mut Digest, case: &MessageCase) {
    digest.header(case).field(case.kind.word()).field(&case.bytes);
    digest.maybe(case.class.map(InputClass::word)).maybe(case.nuance.map(Nuance::word));
    digest.field(case.expect.word()).maybe(case.value.as_ref());
    for reading in &case.readings {
        digest.field(reading);
    }
    digest.flag(case.well_formed).flag(case.schema_valid);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Place;
    use crate::protocol::{AmbiguityId, req};

    fn case(edits: Vec<Edit>) -> Case {
        Case::request("test/case", "A case.", InputClass::Valid, &[req::DISCONNECT_ELEMENT], edits)
    }

    fn told(case: Case) -> String {
        of(&[case], server)
    }

    #[test]
    fn a_requirement_a_byte_or_a_flag_changes_the_hash() {
        let plain = told(case(vec![]));
        let cites = Case { requirements: vec![req::MINIMAL_REQUEST], ..case(vec![]) };
        let more = Case { requirements: vec![req::DISCONNECT_ELEMENT; 2], ..case(vec![]) };
        let sends = case(vec![Edit::Last(Place::Envelope, " ".to_owned())]);
        for changed in [
            cites,
            more,
            sends,
            Case { id: "test/other".into(), ..case(vec![]) },
            Case { class: InputClass::TextSplit, ..case(vec![]) },
            case(vec![]).nuance(Nuance::MayRefuse),
            case(vec![]).needs(Needs::LiveCall),
            case(vec![]).part(Part::Http),
            case(vec![]).contact(req::CALL_ID_HOST_NOT_TRUSTED),
            case(vec![]).ambiguity(AmbiguityId::ENDED_CALL),
            case(vec![]).recorded(),
            case(vec![]).slow(),
            case(vec![Edit::Framing(Framing::Plain)]),
        ] {
            assert_ne!(told(changed.clone()), plain, "{changed:?}");
        }
    }

    #[test]
    fn what_is_written_differently_in_the_code_does_not_change_the_hash() {
        let plain = told(case(vec![]));
        assert_eq!(told(Case { about: "Something else.".into(), ..case(vec![]) }), plain);
        let same = case(vec![Edit::Content(Place::CallId, "{id}".to_owned())]);
        assert_eq!(
            same.draft().map(|draft| draft.write(&Ids::default())),
            case(vec![]).draft().map(|draft| draft.write(&Ids::default()))
        );
        assert_eq!(told(same), plain);
    }

    #[test]
    fn each_kind_of_subject_has_a_hash_of_its_own() {
        let hashes = Subject::ALL.map(hash);
        assert!(hashes.iter().all(|hash| hash.len() == 64));
        assert!(hashes[0] != hashes[1] && hashes[1] != hashes[2] && hashes[0] != hashes[2]);
    }

    #[test]
    fn a_change_in_a_case_for_clients_or_parsers_changes_the_hash() {
        let mut clients = client_cases().to_vec();
        let before = of(&clients, client);
        assert_eq!(before, hash(Subject::Client));
        clients[0].requirements.push(req::TLS);
        assert_ne!(of(&clients, client), before);
        clients[0].requirements.pop();
        clients.swap(0, 1);
        assert_ne!(of(&clients, client), before);
        let mut parsers = parser_cases().to_vec();
        let before = of(&parsers, parser);
        parsers[0].bytes.push(b' ');
        assert_ne!(of(&parsers, parser), before);
    }
}

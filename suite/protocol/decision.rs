//! The decision table: which outcomes each input class allows, in each profile.

use std::fmt;
use std::str::FromStr;

use super::outcome::Expected::{
    AnyFault, Client, ClientError, HelpPage, Http, InvalidCallId, InvalidRequest, MustUnderstand, Ok,
    Refusal, Soap12, VersionMismatch,
};
use super::{Expected, InputClass, Outcome};

/// How strictly the documents are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// Every variant that some official document shows is accepted, and said so.
    #[default]
    Interop,
    /// Graded by the letter.
    Strict,
}

impl Profile {
    /// The word on the command line and in records.
    pub fn word(self) -> &'static str {
        match self {
            Self::Interop => "interop",
            Self::Strict => "strict",
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Profile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Interop, Self::Strict]
            .into_iter()
            .find(|profile| profile.word() == text)
            .ok_or_else(|| format!("no profile {text:?}; it is interop or strict"))
    }
}

/// One row of the decision table.
#[derive(Debug)]
pub struct Decision {
    /// The class this row is about.
    pub class: InputClass,
    /// The class in words.
    pub about: &'static str,
    /// What the strict profile expects: any of these.
    pub strict: &'static [Expected],
    /// What the interop profile accepts as well.
    pub interop: &'static [Accepted],
    /// What must not be answered in any profile.
    pub never: &'static [Expected],
}

/// An outcome that only the interop profile accepts.
#[derive(Debug, Clone, Copy)]
pub struct Accepted {
    /// The outcome.
    pub expected: Expected,
    /// How it is graded.
    pub grade: Tolerance,
    /// The only spelling of the input for which it is accepted, if it is not all of them.
    pub only: Option<Nuance>,
}

/// How a tolerated variant is graded in the interop profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tolerance {
    /// A documented variant: said, and nothing more.
    Note,
    /// Tolerated with a warning.
    Warn,
}

/// A spelling within a class for which the table makes an exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Nuance {
    /// A GET, which may be answered by a page for people.
    Get,
    /// The messages namespace spelled with https (contradiction C15).
    HttpsSpelling,
    /// A request that may also be refused, by the words of its requirement.
    MayRefuse,
    /// A request whose success would itself prove the fault, whatever the row allows.
    MustRefuse,
    /// An envelope in the SOAP 1.2 namespace (contradiction C26).
    Soap12Envelope,
    /// The same with another fault in it, which SOAP 1.2 does not take either.
    Soap12Fault,
    /// The same with the media type of SOAP 1.2, which is refused before the envelope is read.
    Soap12MediaType,
}

impl Nuance {
    /// Its name in files, kept from version to version.
    pub fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::HttpsSpelling => "https-spelling",
            Self::MayRefuse => "may-refuse",
            Self::MustRefuse => "must-refuse",
            Self::Soap12Envelope => "soap12-envelope",
            Self::Soap12Fault => "soap12-fault",
            Self::Soap12MediaType => "soap12-media-type",
        }
    }
}

/// How the table takes an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowance {
    /// One of the outcomes the strict column names.
    Expected,
    /// Accepted by the interop column, graded so; the strict profile refuses it.
    Tolerated(Tolerance),
    /// Named in neither column.
    Breach,
    /// Named in the column of what must not happen.
    Forbidden,
}

impl Accepted {
    /// Whether it holds for an input with this nuance.
    pub fn applies_to(&self, nuance: Option<Nuance>) -> bool {
        let soap12 = self.only == Some(Nuance::Soap12Envelope)
            && matches!(nuance, Some(Nuance::Soap12MediaType | Nuance::Soap12Fault));
        let get = self.only == Some(Nuance::Get) && nuance == Some(Nuance::MayRefuse);
        self.only.is_none() || self.only == nuance || soap12 || get
    }
}

const fn note(expected: Expected) -> Accepted {
    Accepted { expected, grade: Tolerance::Note, only: None }
}

const fn warn(expected: Expected) -> Accepted {
    Accepted { expected, grade: Tolerance::Warn, only: None }
}

const fn row(
    class: InputClass,
    about: &'static str,
    strict: &'static [Expected],
    interop: &'static [Accepted],
    never: &'static [Expected],
) -> Decision {
    Decision { class, about, strict, interop, never }
}

/// Faults other than the named ones, where the requirement only asks for "a fault" and grades its
/// code lower (UMD-R134, UMD-R045, UMD-R123: "other fault = warning"; contradiction C20).
const OTHER_FAULT: Accepted = warn(AnyFault);

/// The whole table, one row per class, in the order of [`InputClass`].
///
/// The columns are those of the published texts as read by the ledger; where a requirement says
/// that another fault is only a warning, the interop column ends with it. `soap:Client` is one where
/// the protocol names its own fault for a request that does not fit the description (C08).
pub static DECISIONS: [Decision; 35] = {
    use InputClass as C;
    [
        row(C::Valid, "a valid request with a live id", &[Ok], &[], &[InvalidCallId, InvalidRequest]),
        row(C::EndedCall, "a valid request with the id of an ended call", &[Ok, InvalidCallId], &[], &[]),
        row(C::Unissued, "an id that was never issued", &[InvalidCallId], &[note(Ok), OTHER_FAULT], &[]),
        row(C::Garbage, "an id not of the server's form", &[InvalidCallId], &[OTHER_FAULT], &[Ok]),
        row(
            C::EmptyCallId,
            "an empty CallId",
            &[InvalidCallId],
            &[note(InvalidRequest), note(Client), OTHER_FAULT],
            &[Ok],
        ),
        row(
            C::MissingCallId,
            "no CallId",
            &[InvalidCallId, InvalidRequest],
            &[warn(Client), OTHER_FAULT],
            &[Ok],
        ),
        row(
            C::BlankCallId,
            "a CallId of white space only",
            &[InvalidCallId],
            &[note(InvalidRequest), note(Client), OTHER_FAULT],
            &[Ok],
        ),
        row(
            C::PaddedCallId,
            "a live id with white space around or inside it",
            &[InvalidCallId, Ok],
            &[OTHER_FAULT],
            &[],
        ),
        row(
            C::TwoCallIds,
            "two CallIds",
            &[InvalidRequest],
            &[note(InvalidCallId), warn(Client), OTHER_FAULT, warn(Ok)],
            &[],
        ),
        row(
            C::ExtraSibling,
            "something extra beside CallId",
            &[InvalidRequest],
            &[warn(Client), warn(Ok), OTHER_FAULT],
            &[],
        ),
        row(
            C::UndeclaredAttribute,
            "an undeclared attribute",
            &[InvalidRequest],
            &[warn(Client), warn(Ok), OTHER_FAULT],
            &[],
        ),
        row(
            C::CallIdNamespace,
            "CallId in no or a wrong namespace",
            &[InvalidRequest, InvalidCallId],
            &[
                warn(Client),
                OTHER_FAULT,
                Accepted { expected: Ok, grade: Tolerance::Warn, only: Some(Nuance::HttpsSpelling) },
            ],
            &[Ok],
        ),
        row(
            C::OperationName,
            "a Body child that is not m:Disconnect",
            &[InvalidRequest],
            &[
                warn(Client),
                note(ClientError),
                OTHER_FAULT,
                Accepted { expected: Ok, grade: Tolerance::Warn, only: Some(Nuance::HttpsSpelling) },
            ],
            &[Ok],
        ),
        row(
            C::Nil,
            "xsi:nil on CallId",
            &[InvalidRequest],
            &[note(InvalidCallId), warn(Client), OTHER_FAULT],
            &[Ok],
        ),
        row(
            C::ElementInCallId,
            "an element inside CallId",
            &[InvalidRequest],
            &[note(InvalidCallId), warn(Client), OTHER_FAULT],
            &[Ok],
        ),
        row(
            C::BodyShape,
            "a Body that is missing, doubled, empty or holds more than one element",
            &[InvalidRequest, Client],
            &[note(ClientError), OTHER_FAULT],
            &[Ok],
        ),
        row(C::Trailer, "something after Body", &[Refusal], &[warn(Ok)], &[]),
        row(
            C::EnvelopeNamespace,
            "an Envelope in a foreign namespace",
            &[VersionMismatch],
            &[
                note(Client),
                Accepted { expected: Http(415), grade: Tolerance::Note, only: Some(Nuance::Soap12MediaType) },
                Accepted { expected: Soap12, grade: Tolerance::Note, only: Some(Nuance::Soap12Envelope) },
                OTHER_FAULT,
            ],
            &[Ok],
        ),
        row(C::EnvelopeNoNamespace, "an Envelope in no namespace", &[Refusal], &[note(Ok)], &[]),
        row(
            C::MandatoryHeader,
            "an unknown header entry with mustUnderstand=1",
            &[MustUnderstand],
            &[],
            &[Ok],
        ),
        row(C::OptionalHeader, "an unknown header entry that may be ignored", &[Ok], &[], &[MustUnderstand]),
        row(
            C::NotWellFormed,
            "a body that is not well-formed XML",
            &[InvalidRequest],
            &[note(Client), note(Http(400)), warn(ClientError), OTHER_FAULT],
            &[Ok],
        ),
        row(C::Dtd, "a document type declaration", &[Refusal], &[warn(Ok)], &[]),
        row(C::ProcessingInstruction, "a processing instruction", &[Refusal, Ok], &[], &[]),
        row(C::TextSplit, "a live id spelled with comments, CDATA or references", &[Ok], &[], &[]),
        row(C::Utf8Bom, "a UTF-8 byte order mark", &[Ok], &[], &[Refusal]),
        row(C::Utf16, "UTF-16 with byte order mark", &[Ok], &[warn(Http(415)), warn(Http(400))], &[]),
        row(C::EncodingsDisagree, "encoding labels that disagree", &[Refusal, Ok], &[], &[]),
        row(
            C::LongCallId,
            "an unissued id of at most 512 characters",
            &[InvalidCallId],
            &[OTHER_FAULT],
            &[Ok],
        ),
        row(
            C::OversizedCallId,
            "an id or part beyond every limit",
            &[InvalidCallId],
            &[note(Refusal)],
            &[Ok],
        ),
        row(
            C::MediaType,
            "a media type other than text/xml",
            &[Http(415)],
            &[note(ClientError), note(AnyFault), warn(Ok)],
            &[],
        ),
        row(
            C::SoapAction,
            "a missing or unusual SOAPAction",
            &[Ok],
            &[warn(AnyFault), warn(ClientError)],
            &[],
        ),
        row(
            C::Method,
            "a method other than POST",
            &[Http(405)],
            // 501 for a token the server does not know is RFC 9110 15.6.2.
            &[
                note(ClientError),
                note(Http(501)),
                Accepted { expected: HelpPage, grade: Tolerance::Note, only: Some(Nuance::Get) },
            ],
            &[Ok],
        ),
        row(
            C::Credentials,
            "no or wrong credentials",
            &[Http(401)],
            &[note(Http(403))],
            &[Ok, InvalidCallId],
        ),
        row(
            C::ForeignOperation,
            "another service's operation",
            &[InvalidRequest],
            &[warn(Client), note(ClientError), OTHER_FAULT],
            &[Ok],
        ),
    ]
};

impl InputClass {
    /// The row of the decision table for this class.
    pub fn decision(self) -> &'static Decision {
        // One row per variant in declaration order, held by a test.
        &DECISIONS[self as usize]
    }

    /// Whether the only expected outcome is success.
    pub fn is_positive(self) -> bool {
        self.decision().strict == [Ok]
    }

    /// Whether success must never be answered.
    pub fn is_negative(self) -> bool {
        self.decision().never.contains(&Ok)
    }
}

/// How the table takes `outcome` for an input of `class`, whatever the profile.
pub fn decide(class: InputClass, nuance: Option<Nuance>, outcome: &Outcome) -> Allowance {
    let row = class.decision();
    if nuance == Some(Nuance::Soap12MediaType) && *outcome == Outcome::Http(415) {
        return Allowance::Expected;
    }
    if nuance == Some(Nuance::MayRefuse) && outcome.is_refusal() {
        return Allowance::Expected;
    }
    if matches!(nuance, Some(Nuance::MustRefuse | Nuance::Soap12Fault)) && outcome.claims_success() {
        return Allowance::Forbidden;
    }
    if row.strict.iter().any(|expected| expected.covers(outcome)) {
        return Allowance::Expected;
    }
    let accepted =
        row.interop.iter().find(|accepted| accepted.expected.covers(outcome) && accepted.applies_to(nuance));
    if let Some(accepted) = accepted {
        return Allowance::Tolerated(accepted.grade);
    }
    let forbidden = row.never.iter().any(|never| never.covers(outcome))
        || (row.never.contains(&Ok) && outcome.claims_success());
    if forbidden { Allowance::Forbidden } else { Allowance::Breach }
}

/// What is asked for, in words: the strict column, what the nuance adds, and for interop the
/// variants that are accepted without a warning.
pub fn expected_words(class: InputClass, nuance: Option<Nuance>, profile: Profile) -> String {
    let row = class.decision();
    let mut expected: Vec<Expected> = row.strict.to_vec();
    if nuance == Some(Nuance::MayRefuse) {
        expected.push(Refusal);
    }
    if profile == Profile::Interop {
        let accepted = row.interop.iter().filter(|accepted| accepted.applies_to(nuance));
        expected.extend(accepted.filter(|a| a.grade == Tolerance::Note).map(|accepted| accepted.expected));
    }
    if nuance == Some(Nuance::MustRefuse) {
        expected.retain(|expected| *expected != Ok);
    }
    expected.dedup();
    let words: Vec<String> = expected.iter().map(ToString::to_string).collect();
    words.join(", or ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::FaultCode;

    #[test]
    fn rows_stand_in_the_order_of_the_classes() {
        for (index, row) in DECISIONS.iter().enumerate() {
            assert_eq!(row.class as usize, index, "{:?}", row.class);
            assert!(!row.strict.is_empty());
        }
    }

    #[test]
    fn https_spelling_is_the_only_wrong_namespace_that_interop_tolerates() {
        let class = InputClass::OperationName;
        assert_eq!(
            decide(class, Some(Nuance::HttpsSpelling), &Outcome::Ok),
            Allowance::Tolerated(Tolerance::Warn)
        );
        assert_eq!(decide(class, None, &Outcome::Ok), Allowance::Forbidden);
    }

    #[test]
    fn a_nuance_opens_only_what_it_is_about() {
        use Nuance as N;
        let open = |only: N| {
            let accepted = Accepted { expected: Ok, grade: Tolerance::Note, only: Some(only) };
            let all = [
                N::Get,
                N::HttpsSpelling,
                N::MayRefuse,
                N::MustRefuse,
                N::Soap12Envelope,
                N::Soap12Fault,
                N::Soap12MediaType,
            ];
            assert!(!accepted.applies_to(None), "{only:?}");
            all.into_iter().filter(|&nuance| accepted.applies_to(Some(nuance))).collect::<Vec<_>>()
        };
        assert_eq!(open(N::HttpsSpelling), [N::HttpsSpelling]);
        assert_eq!(open(N::Get), [N::Get, N::MayRefuse]);
        assert_eq!(open(N::Soap12Envelope), [N::Soap12Envelope, N::Soap12Fault, N::Soap12MediaType]);
        assert_eq!(open(N::Soap12MediaType), [N::Soap12MediaType]);
        assert!(note(Ok).applies_to(None) && note(Ok).applies_to(Some(N::Get)));
    }

    #[test]
    fn what_is_expected_is_told_by_profile_and_nuance() {
        let words = |class, nuance, profile| expected_words(class, nuance, profile);
        let (ok, refusal) = (Ok.to_string(), Refusal.to_string());
        let either = InputClass::EncodingsDisagree;
        assert_eq!(words(either, None, Profile::Strict), format!("{refusal}, or {ok}"));
        assert_eq!(words(either, Some(Nuance::MustRefuse), Profile::Strict), refusal);
        assert_eq!(
            words(InputClass::Valid, Some(Nuance::MayRefuse), Profile::Strict),
            format!("{ok}, or {refusal}")
        );
        let (fault, client) = (InvalidCallId.to_string(), Client.to_string());
        assert_eq!(words(InputClass::EmptyCallId, None, Profile::Strict), fault);
        let interop = words(InputClass::EmptyCallId, None, Profile::Interop);
        assert_eq!(
            interop,
            format!("{fault}, or {InvalidRequest}, or {client}"),
            "a warning is not what is asked for"
        );
        assert_eq!(words(InputClass::Trailer, None, Profile::Interop), refusal);
    }

    #[test]
    fn classes_are_positive_or_negative_or_open() {
        for (class, positive, negative) in [
            (InputClass::Valid, true, false),
            (InputClass::TextSplit, true, false),
            (InputClass::EndedCall, false, false),
            (InputClass::Trailer, false, false),
            (InputClass::Unissued, false, false),
            (InputClass::Garbage, false, true),
            (InputClass::NotWellFormed, false, true),
        ] {
            assert_eq!((class.is_positive(), class.is_negative()), (positive, negative), "{class:?}");
        }
    }

    #[test]
    fn a_second_fault_keeps_soap_12_from_succeeding() {
        let class = InputClass::EnvelopeNamespace;
        let tolerated = Allowance::Tolerated(Tolerance::Note);
        assert_eq!(decide(class, Some(Nuance::Soap12Envelope), &Outcome::Soap12Ok), tolerated);
        assert_eq!(decide(class, Some(Nuance::Soap12Fault), &Outcome::Soap12Fault), tolerated);
        assert_eq!(decide(class, Some(Nuance::Soap12Fault), &Outcome::Soap12Ok), Allowance::Forbidden);
    }

    #[test]
    fn a_vague_success_is_forbidden_where_success_is() {
        assert_eq!(decide(InputClass::Garbage, None, &Outcome::WrongSuccess(204)), Allowance::Forbidden);
        assert_eq!(decide(InputClass::Valid, None, &Outcome::WrongSuccess(204)), Allowance::Breach);
    }

    #[test]
    fn a_named_fault_is_taken_before_any_fault() {
        let client = Outcome::Fault(FaultCode::Client);
        assert_eq!(decide(InputClass::EmptyCallId, None, &client), Allowance::Tolerated(Tolerance::Note));
        assert_eq!(decide(InputClass::Nil, None, &client), Allowance::Tolerated(Tolerance::Warn));
        let server = Outcome::Fault(FaultCode::Server);
        assert_eq!(decide(InputClass::Nil, None, &server), Allowance::Tolerated(Tolerance::Warn));
    }
}

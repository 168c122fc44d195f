//! The decision table: which outcomes each input class allows, in each profile.

use super::allowance::{Allowance, Tolerance};
use super::outcome::Expected::{
    AnyFault, Client, ClientError, HelpPage, Http, InvalidCallId, InvalidRequest, MustUnderstand, Ok,
    OtherOperation, Redirect, Refusal, Soap12, Soap12Fault, VersionMismatch,
};
use super::{Expected, InputClass, Nuance, Outcome, Profile};

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

impl Accepted {
    /// Whether it holds for an input with this nuance.
    pub fn applies_to(&self, nuance: Option<Nuance>) -> bool {
        let soap12 = self.only == Some(Nuance::Soap12Envelope) && nuance == Some(Nuance::Soap12MediaType);
        let get = self.only == Some(Nuance::Get) && nuance == Some(Nuance::MayRefuse);
        self.only.is_none() || self.only == nuance || soap12 || get
    }
}

/// An outcome that is accepted, with a note or a warning, for one spelling of the input only.
const fn only(nuance: Nuance, accepted: Accepted) -> Accepted {
    Accepted { only: Some(nuance), ..accepted }
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

/// Faults other than the named ones: that there is a fault is what the documents demand most of all,
/// and its code they grade lower (contradictions C08, C20).
const OTHER_FAULT: Accepted = warn(AnyFault);

/// The whole table, one row per class, in the order of [`InputClass`].
///
/// `soap:Client` is another fault where the protocol names its own for a request that does not fit the
/// description (C08).
pub static DECISIONS: [Decision; 35] = {
    use InputClass as C;
    [
        row(C::Valid, "a valid request with a live id", &[Ok], &[], &[InvalidCallId, InvalidRequest]),
        row(
            C::EndedCall,
            "a valid request with the id of an ended call",
            &[Ok, InvalidCallId],
            &[OTHER_FAULT],
            &[],
        ),
        row(C::Unissued, "an id that was never issued", &[InvalidCallId], &[note(Ok), OTHER_FAULT], &[]),
        row(C::Garbage, "an id not of the server's form", &[InvalidCallId], &[OTHER_FAULT], &[Ok]),
        row(C::EmptyCallId, "an empty CallId", &[InvalidCallId], &[note(InvalidRequest), OTHER_FAULT], &[Ok]),
        row(C::MissingCallId, "no CallId", &[InvalidCallId, InvalidRequest], MISSING_CALL_ID, &[Ok]),
        row(
            C::BlankCallId,
            "a CallId of white space only",
            &[InvalidCallId],
            &[note(InvalidRequest), OTHER_FAULT],
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
            &[note(InvalidCallId), OTHER_FAULT, warn(Ok)],
            &[],
        ),
        row(
            C::ExtraSibling,
            "something extra beside CallId",
            &[InvalidRequest],
            &[warn(Ok), OTHER_FAULT],
            &[],
        ),
        row(
            C::UndeclaredAttribute,
            "an undeclared attribute",
            &[InvalidRequest],
            &[warn(Ok), OTHER_FAULT],
            &[],
        ),
        row(
            C::CallIdNamespace,
            "CallId in no or a wrong namespace",
            &[InvalidRequest, InvalidCallId],
            &[
                only(Nuance::NamespaceNoUri, note(Client)),
                only(Nuance::NamespaceNoUri, note(Http(400))),
                OTHER_FAULT,
                only(Nuance::HttpsSpelling, warn(Ok)),
            ],
            &[Ok],
        ),
        row(
            C::OperationName,
            "a Body child that is not m:Disconnect",
            &[InvalidRequest],
            &[
                note(ClientError),
                only(Nuance::NamespaceNoUri, note(Client)),
                OTHER_FAULT,
                only(Nuance::HttpsSpelling, warn(Ok)),
            ],
            &[Ok],
        ),
        row(
            C::Nil,
            "xsi:nil on CallId or Disconnect",
            &[InvalidRequest],
            &[note(InvalidCallId), OTHER_FAULT],
            &[Ok],
        ),
        row(
            C::ElementInCallId,
            "an element inside CallId",
            &[InvalidRequest],
            &[note(InvalidCallId), OTHER_FAULT],
            &[Ok],
        ),
        row(
            C::BodyShape,
            "a root that is no Envelope, or a Body that is missing, doubled, empty or holds more than one element",
            &[InvalidRequest, Client],
            &[note(ClientError), OTHER_FAULT],
            &[Ok],
        ),
        row(
            C::Trailer,
            "something after Body, or something out of its place before it",
            &[Refusal],
            &[warn(Ok)],
            &[],
        ),
        row(
            C::EnvelopeNamespace,
            "an Envelope in a foreign namespace",
            &[VersionMismatch],
            &[
                only(Nuance::Soap12Envelope, note(Soap12)),
                only(Nuance::Soap12Fault, note(Soap12Fault)),
                only(Nuance::Soap12MediaType, note(ClientError)),
                only(Nuance::Soap12MediaType, note(AnyFault)),
                only(Nuance::NamespaceNoUri, note(InvalidRequest)),
                only(Nuance::NamespaceNoUri, note(Client)),
                only(Nuance::NamespaceNoUri, note(Http(400))),
                warn(Http(415)),
                OTHER_FAULT,
            ],
            &[Ok],
        ),
        row(C::EnvelopeNoNamespace, "an Envelope in no namespace", &[Refusal, Ok], &[], &[]),
        row(
            C::MandatoryHeader,
            "an unknown header entry with mustUnderstand=1",
            &[MustUnderstand],
            &[
                only(Nuance::NamespaceNoUri, note(InvalidRequest)),
                only(Nuance::NamespaceNoUri, note(Client)),
                only(Nuance::NamespaceNoUri, note(Http(400))),
            ],
            &[Ok],
        ),
        row(
            C::OptionalHeader,
            "an unknown header entry that may be ignored",
            &[Ok],
            &[only(Nuance::MisplacedAttribute, note(AnyFault))],
            &[MustUnderstand],
        ),
        row(
            C::NotWellFormed,
            "a body that is not well-formed XML",
            &[InvalidRequest],
            &[
                note(Client),
                note(Http(400)),
                warn(ClientError),
                OTHER_FAULT,
                only(Nuance::IgnorableName, warn(Ok)),
                only(Nuance::XmlVersion, note(Ok)),
            ],
            &[Ok],
        ),
        row(C::Dtd, "a document type declaration", &[Refusal], &[warn(Ok)], &[]),
        row(C::ProcessingInstruction, "a processing instruction", &[Refusal, Ok], &[], &[]),
        row(C::TextSplit, "a live id spelled with comments, CDATA or references", &[Ok], &[], &[]),
        row(C::Utf8Bom, "a UTF-8 byte order mark", &[Ok], &[], &[Refusal]),
        row(C::Utf16, "UTF-16 with byte order mark", &[Ok], &[warn(Refusal)], &[]),
        row(
            C::EncodingsDisagree,
            "encoding labels that disagree, or another encoding",
            &[Refusal, Ok],
            &[],
            &[],
        ),
        row(
            C::LongCallId,
            "an unissued id of at most 512 characters",
            &[InvalidCallId],
            &[OTHER_FAULT],
            &[Ok],
        ),
        row(
            C::OversizedCallId,
            "a garbage id of more than 512 characters",
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
            // 501 for a token the server does not know is RFC 9110 15.6.2.
            &[Http(405), Http(501)],
            &[
                note(ClientError),
                only(Nuance::ExtensionMethod, note(Http(510))),
                only(Nuance::Get, note(HelpPage)),
                warn(HelpPage),
            ],
            &[Ok],
        ),
        row(
            C::Credentials,
            "no or wrong credentials",
            &[Http(401)],
            &[note(Http(403)), note(Client), warn(Redirect)],
            &[Ok, InvalidCallId],
        ),
        row(
            C::ForeignOperation,
            "another service's operation",
            &[InvalidRequest],
            &[note(ClientError), note(OtherOperation), OTHER_FAULT],
            &[Ok],
        ),
    ]
};

/// What else becomes of a missing CallId: where its name is one of the fifth edition, an earlier one
/// finds the message ill-formed.
const MISSING_CALL_ID: &[Accepted] = &[
    only(Nuance::FifthEdition, note(Client)),
    only(Nuance::FifthEdition, note(Http(400))),
    only(Nuance::FifthEdition, warn(ClientError)),
    OTHER_FAULT,
];

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

/// What is expected of an input: the strict column, and what the nuance adds to it. With `bp`, what
/// Basic Profile alone refuses is refused.
fn expected(class: InputClass, nuance: Option<Nuance>, bp: bool) -> Vec<Expected> {
    let also = nuance.map_or(&[] as &[Expected], Nuance::also_expected);
    let mut expected = [class.decision().strict, also].concat();
    if bp && only_profile_refuses(class, nuance) {
        expected.retain(|expected| *expected != Ok);
    }
    expected
}

/// Whether nothing but Basic Profile keeps an input of this class from success.
fn only_profile_refuses(class: InputClass, nuance: Option<Nuance>) -> bool {
    class == InputClass::EnvelopeNoNamespace
        || (class == InputClass::Trailer && nuance == Some(Nuance::QualifiedTrailer))
}

/// How the table takes `outcome` for an input of `class`, whatever the profile; `bp` says whether what
/// only Basic Profile asks for counts.
pub fn decide(class: InputClass, nuance: Option<Nuance>, bp: bool, outcome: &Outcome) -> Allowance {
    use Nuance as N;
    if let Some(fault) = nuance.and_then(Nuance::http_fault) {
        return fault.decide(outcome);
    }
    let row = class.decision();
    let never_ok =
        matches!(nuance, Some(N::EmptyAsWell | N::MustRefuse | N::OtherIdOnceExpanded | N::Soap12Fault));
    if never_ok && outcome.claims_success() {
        return Allowance::Forbidden;
    }
    if nuance == Some(N::NoCharset) && outcome.is_refusal() {
        return Allowance::Tolerated(Tolerance::Warn);
    }
    let misplaced = nuance == Some(Nuance::MisplacedAttribute) && MustUnderstand.covers(outcome);
    let named = |never: &&Expected| matches!(outcome, Outcome::Fault(_)) && never.covers(outcome);
    if misplaced || row.never.iter().find(named).is_some_and(|never| *never != Refusal) {
        return Allowance::Forbidden;
    }
    if expected(class, nuance, bp).iter().any(|expected| expected.covers(outcome)) {
        return Allowance::Expected;
    }
    let breach = bp && only_profile_refuses(class, nuance) && *outcome == Outcome::Ok;
    let accepted =
        row.interop.iter().find(|accepted| accepted.expected.covers(outcome) && accepted.applies_to(nuance));
    if let Some(accepted) = accepted.filter(|_| !breach) {
        return Allowance::Tolerated(accepted.grade);
    }
    let forbidden = row.never.iter().any(|never| never.covers(outcome))
        || (row.never.contains(&Ok) && outcome.claims_success());
    if forbidden { Allowance::Forbidden } else { Allowance::Breach }
}

/// Whether success is never allowed for an input, in whatever profile.
pub fn forbids_success(class: InputClass, nuance: Option<Nuance>) -> bool {
    decide(class, nuance, false, &Outcome::Ok) == Allowance::Forbidden
}

/// What is asked for, in words: the strict column, what the nuance adds, and for interop the
/// variants that are accepted without a warning.
pub fn expected_words(class: InputClass, nuance: Option<Nuance>, profile: Profile, bp: bool) -> String {
    if let Some(fault) = nuance.and_then(Nuance::http_fault) {
        return fault.expected().to_owned();
    }
    let row = class.decision();
    let mut expected = expected(class, nuance, bp);
    if profile == Profile::Interop {
        let accepted = row.interop.iter().filter(|accepted| accepted.applies_to(nuance));
        expected.extend(accepted.filter(|a| a.grade == Tolerance::Note).map(|accepted| accepted.expected));
    }
    if nuance == Some(Nuance::MustRefuse) {
        expected.retain(|expected| *expected != Ok);
    }
    let mut said = Vec::new();
    for one in expected {
        if !said.contains(&one) {
            said.push(one);
        }
    }
    let words: Vec<String> = said.iter().map(ToString::to_string).collect();
    words.join(", or ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::FaultCode;

    const NOTED: Allowance = Allowance::Tolerated(Tolerance::Note);
    const WARNED: Allowance = Allowance::Tolerated(Tolerance::Warn);

    #[test]
    fn rows_stand_in_the_order_of_the_classes() {
        for (index, row) in DECISIONS.iter().enumerate() {
            assert_eq!(row.class as usize, index, "{:?}", row.class);
            assert!(!row.strict.is_empty());
        }
    }

    /// The table of the documents, outcome by outcome: row, spelling, outcome, how it is taken.
    #[test]
    fn every_row_takes_what_it_says() {
        use Allowance::{Breach, Expected, Forbidden};
        use InputClass as C;
        use Nuance as N;
        let ok = Outcome::Ok;
        let (id, invalid) = (fault(FaultCode::InvalidCallId), fault(FaultCode::InvalidRequest));
        let (client, server) = (fault(FaultCode::Client), fault(FaultCode::Server));
        let (must, version) = (fault(FaultCode::MustUnderstand), fault(FaultCode::VersionMismatch));
        let http = Outcome::Http;
        for (class, nuance, outcome, taken) in [
            (C::Valid, None, &id, Forbidden),
            (C::Valid, None, &client, Breach),
            (C::EndedCall, None, &id, Expected),
            (C::EndedCall, None, &server, WARNED),
            (C::EndedCall, None, &http(404), Breach),
            (C::Unissued, None, &ok, NOTED),
            (C::Garbage, None, &ok, Forbidden),
            (C::Garbage, None, &invalid, WARNED),
            (C::EmptyCallId, None, &invalid, NOTED),
            (C::EmptyCallId, None, &client, WARNED),
            (C::MissingCallId, None, &client, WARNED),
            (C::MissingCallId, None, &http(400), Breach),
            (C::MissingCallId, Some(N::FifthEdition), &client, NOTED),
            (C::MissingCallId, Some(N::FifthEdition), &http(400), NOTED),
            (C::MissingCallId, Some(N::FifthEdition), &http(404), WARNED),
            (C::MissingCallId, Some(N::FifthEdition), &ok, Forbidden),
            (C::BlankCallId, None, &client, WARNED),
            (C::PaddedCallId, None, &server, WARNED),
            (C::TwoCallIds, None, &ok, WARNED),
            (C::ExtraSibling, None, &client, WARNED),
            (C::ExtraSibling, Some(N::OuterText), &client, Expected),
            (C::ExtraSibling, Some(N::OuterText), &ok, WARNED),
            (C::UndeclaredAttribute, None, &must, WARNED),
            (C::UndeclaredAttribute, Some(N::MisplacedAttribute), &must, Forbidden),
            (C::UndeclaredAttribute, Some(N::MisplacedAttribute), &ok, WARNED),
            (C::CallIdNamespace, None, &ok, Forbidden),
            (C::CallIdNamespace, Some(N::HttpsSpelling), &ok, WARNED),
            (C::OperationName, None, &http(404), NOTED),
            (C::OperationName, Some(N::HttpsSpelling), &ok, WARNED),
            (C::Nil, None, &id, NOTED),
            (C::Nil, None, &client, WARNED),
            (C::ElementInCallId, None, &server, WARNED),
            (C::BodyShape, None, &client, Expected),
            (C::BodyShape, None, &server, WARNED),
            (C::Trailer, None, &ok, WARNED),
            (C::Trailer, Some(N::QualifiedTrailer), &ok, Expected),
            (C::EnvelopeNamespace, None, &http(415), WARNED),
            (C::EnvelopeNamespace, None, &client, WARNED),
            (C::EnvelopeNamespace, None, &Outcome::Soap12Fault, Breach),
            (C::EnvelopeNamespace, Some(N::Soap12MediaType), &http(415), Expected),
            (C::EnvelopeNamespace, Some(N::Soap12MediaType), &http(400), NOTED),
            (C::EnvelopeNamespace, Some(N::Soap12MediaType), &version, Expected),
            (C::EnvelopeNoNamespace, None, &ok, Expected),
            (C::MandatoryHeader, None, &must, Expected),
            (C::MandatoryHeader, None, &client, Breach),
            (C::OptionalHeader, None, &must, Forbidden),
            (C::OptionalHeader, None, &client, Breach),
            (C::OptionalHeader, Some(N::MisplacedAttribute), &client, NOTED),
            (C::OptionalHeader, Some(N::MisplacedAttribute), &must, Forbidden),
            (C::NotWellFormed, None, &http(404), WARNED),
            (C::NotWellFormed, None, &ok, Forbidden),
            (C::NotWellFormed, Some(N::IgnorableName), &ok, WARNED),
            (C::NotWellFormed, Some(N::XmlVersion), &ok, NOTED),
            (C::NotWellFormed, Some(N::XmlVersion), &server, Expected),
            (C::Dtd, None, &ok, WARNED),
            (C::Dtd, Some(N::MustRefuse), &ok, Forbidden),
            (C::Utf8Bom, None, &client, Forbidden),
            (C::Utf16, None, &client, WARNED),
            (C::OversizedCallId, None, &http(413), NOTED),
            (C::OversizedCallId, None, &ok, Forbidden),
            (C::MediaType, None, &ok, WARNED),
            (C::SoapAction, None, &client, WARNED),
            (C::SoapAction, Some(N::OddSoapAction), &client, Expected),
            (C::SoapAction, Some(N::OddSoapAction), &http(400), Expected),
            (C::SoapAction, Some(N::OddSoapAction), &Outcome::Closed, Breach),
            (C::Method, None, &http(501), Expected),
            (C::Method, None, &http(200), WARNED),
            (C::Method, None, &http(510), Breach),
            (C::Method, Some(N::ExtensionMethod), &http(510), NOTED),
            (C::Method, Some(N::Get), &http(200), NOTED),
            (C::Credentials, None, &client, NOTED),
            (C::Credentials, None, &http(302), WARNED),
            (C::Credentials, None, &id, Forbidden),
            (C::ForeignOperation, None, &Outcome::OtherOperation, NOTED),
            (C::ForeignOperation, None, &Outcome::Other, Breach),
            (C::ForeignOperation, None, &ok, Forbidden),
        ] {
            assert_eq!(decide(class, nuance, false, outcome), taken, "{class:?} {nuance:?} {outcome:?}");
        }
    }

    fn fault(code: FaultCode) -> Outcome {
        Outcome::Fault(code)
    }

    #[test]
    fn basic_profile_refuses_what_it_alone_forbids() {
        let (trailer, none) = (InputClass::Trailer, InputClass::EnvelopeNoNamespace);
        let qualified = Some(Nuance::QualifiedTrailer);
        assert_eq!(decide(trailer, qualified, true, &Outcome::Ok), Allowance::Breach);
        assert_eq!(decide(trailer, qualified, true, &Outcome::Http(400)), Allowance::Expected);
        assert_eq!(decide(none, None, true, &Outcome::Ok), Allowance::Breach);
        assert_eq!(decide(InputClass::Valid, None, true, &Outcome::Ok), Allowance::Expected);
        let words = |bp| expected_words(trailer, qualified, Profile::Strict, bp);
        assert_eq!(words(false), format!("{Refusal}, or {Ok}"));
        assert_eq!(words(true), Refusal.to_string());
    }

    #[test]
    fn a_nuance_opens_only_what_it_is_about() {
        use Nuance as N;
        let open = |only: N| {
            let accepted = Accepted { expected: Ok, grade: Tolerance::Note, only: Some(only) };
            let all = [
                N::EmptyAsWell,
                N::ExtensionMethod,
                N::FifthEdition,
                N::Get,
                N::HttpsSpelling,
                N::IgnorableName,
                N::MayRefuse,
                N::MisplacedAttribute,
                N::MustRefuse,
                N::NoCharset,
                N::OddSoapAction,
                N::OtherIdOnceExpanded,
                N::OuterText,
                N::QualifiedTrailer,
                N::Soap12Envelope,
                N::Soap12Fault,
                N::Soap12MediaType,
                N::XmlVersion,
            ];
            assert!(!accepted.applies_to(None), "{only:?}");
            all.into_iter().filter(|&nuance| accepted.applies_to(Some(nuance))).collect::<Vec<_>>()
        };
        assert_eq!(open(N::HttpsSpelling), [N::HttpsSpelling]);
        assert_eq!(open(N::Get), [N::Get, N::MayRefuse]);
        assert_eq!(open(N::Soap12Envelope), [N::Soap12Envelope, N::Soap12MediaType]);
        assert_eq!(open(N::Soap12MediaType), [N::Soap12MediaType]);
        assert!(note(Ok).applies_to(None) && note(Ok).applies_to(Some(N::Get)));
    }

    #[test]
    fn what_is_expected_is_told_by_profile_and_nuance() {
        let words = |class, nuance, profile| expected_words(class, nuance, profile, false);
        let (ok, refusal) = (Ok.to_string(), Refusal.to_string());
        let either = InputClass::EncodingsDisagree;
        assert_eq!(words(either, None, Profile::Strict), format!("{refusal}, or {ok}"));
        assert_eq!(words(either, Some(Nuance::MustRefuse), Profile::Strict), refusal);
        assert_eq!(
            words(InputClass::Valid, Some(Nuance::MayRefuse), Profile::Strict),
            format!("{ok}, or {refusal}")
        );
        let fault = InvalidCallId.to_string();
        assert_eq!(words(InputClass::EmptyCallId, None, Profile::Strict), fault);
        let interop = words(InputClass::EmptyCallId, None, Profile::Interop);
        assert_eq!(interop, format!("{fault}, or {InvalidRequest}"), "a warning is not what is asked for");
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
        assert_eq!(decide(class, Some(Nuance::Soap12Envelope), false, &Outcome::Soap12Ok), NOTED);
        assert_eq!(decide(class, Some(Nuance::Soap12Fault), false, &Outcome::Soap12Fault), NOTED);
        assert!(forbids_success(class, Some(Nuance::Soap12Fault)));
        assert_eq!(decide(class, Some(Nuance::Soap12Fault), false, &Outcome::Soap12Ok), Allowance::Forbidden);
    }

    #[test]
    fn a_vague_success_is_forbidden_where_success_is() {
        let vague = Outcome::WrongSuccess(204);
        assert_eq!(decide(InputClass::Garbage, None, false, &vague), Allowance::Forbidden);
        assert_eq!(decide(InputClass::Valid, None, false, &vague), Allowance::Breach);
    }
}

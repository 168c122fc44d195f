//! What an input is, by its edits alone, and what is therefore asked of the answer to it.
//!
//! The label is made again after every step of shrinking, so it is never older than the input. Where the edits
//! leave open what an input is, it has several readings, and an answer is wrong only if it is wrong under each
//! of them.

use std::collections::BTreeSet;

use super::Input;
use super::spelling::fits;
use crate::catalogue::{Case, Part};
use crate::evidence::Attempt;
use crate::generate::Change;
use crate::generate::neutral::Row;
use crate::judge::{Context, Control, Finding, Grading, Judgement, Verdict, judge_server};
use crate::message::{Draft, HttpRequest, Ids, Place, charset_of, read_request};
use crate::protocol::{Defect, InputClass, Nuance, names};

/// Most readings of one input: beyond that nothing could be wrong under all of them.
const MAX_READINGS: usize = 12;

/// An input as a case, under each reading.
#[derive(Debug, Clone)]
pub(super) struct Label {
    /// The same request under each reading; at least one.
    pub(super) cases: Vec<Case>,
}

impl Label {
    /// The label of an input; none where its edits do not tell what it is.
    ///
    /// `name` names it among all that is sent: calls are placed by it.
    pub(super) fn of(input: &Input, name: &str) -> Option<Self> {
        if let Some(script) = &input.script {
            let alone = Input { script: None, spelled: Row::plain(), ..input.clone() }.size() == 0;
            let case = script.case(&input.spelled).filter(|_| alone)?;
            return Some(Self { cases: vec![Case { id: name.to_owned().into(), ..case }] });
        }
        if input.grown.is_some() {
            // What it is follows from its edits, and how long it takes is looked at elsewhere.
            return None;
        }
        let rest = Input { case: None, spelled: Row::plain(), ..input.clone() };
        if !input.spelled.factors().is_empty() && (rest.size() > 0 || !fits(input.base(), &input.spelled)) {
            return None;
        }
        let readings = match input.base() {
            Some(base) => of_case(input, base)?,
            None if input.case.is_some() => return None,
            None => of_changes(input)?,
        };
        let cases = readings.into_iter().map(|case| Case { id: name.to_owned().into(), ..case });
        let cases: Vec<Case> = cases.take(MAX_READINGS + 1).collect();
        (1..=MAX_READINGS).contains(&cases.len()).then_some(Self { cases })
    }

    /// The request as a case, under its first reading.
    pub(super) fn case(&self) -> &Case {
        // There is at least one.
        &self.cases[0]
    }

    /// The same, to be sent once more under another name.
    pub(super) fn named(&self, name: &str) -> Self {
        let named = |case: &Case| Case { id: name.to_owned().into(), ..case.clone() };
        Self { cases: self.cases.iter().map(named).collect() }
    }

    /// Its classes.
    pub(super) fn classes(&self) -> BTreeSet<InputClass> {
        self.cases.iter().map(|case| case.class).collect()
    }

    /// Whether a server must take it for what the plain request is.
    pub(super) fn is_positive(&self) -> bool {
        self.cases.iter().all(|case| case.class.is_positive())
    }

    /// The judgement under the reading that finds least fault.
    pub(super) fn judge(&self, control: &Control, grading: Grading, attempts: &[Attempt]) -> Judgement {
        let mut mildest: Option<(Option<Verdict>, Judgement)> = None;
        for case in &self.cases {
            let judgement = judge_server(Context { case, control, grading }, attempts);
            let gravest = gravest(&judgement);
            if mildest.as_ref().is_none_or(|(least, _)| gravest < *least) {
                mildest = Some((gravest, judgement));
            }
            if gravest < Some(Verdict::Warn) {
                break;
            }
        }
        mildest.map_or_else(|| Judgement::not_judged("it has no reading"), |(_, judgement)| judgement)
    }
}

/// How grave the gravest finding is, of whatever it tells.
fn gravest(judgement: &Judgement) -> Option<Verdict> {
    judgement.findings.iter().map(|finding: &Finding| finding.verdict).max()
}

/// The request of a case under changes that must not matter: what it is stays, if the reader makes of it what it
/// makes of the request of the case.
fn of_case(input: &Input, base: &Case) -> Option<Vec<Case>> {
    if base.edits().is_none() {
        // A sequence of requests stays as it is.
        return (input.size() == 1).then(|| vec![base.clone()]);
    }
    let edits = input.edits()?;
    if input.size() > 1 && input.spelled.factors().is_empty() {
        let meant = input.variation();
        let neutral = input.bytes.is_empty()
            && meant.keeps_call_id()
            && !meant.changes.iter().any(|change| matches!(change, Change::SoapAction(_)))
            && meant.classes().iter().all(|class| class.is_positive());
        let parts: BTreeSet<&str> = input.line.iter().map(|edit| edit.part()).collect();
        let beside = base.is_raw() && !input.line.is_empty() || parts.len() < input.line.len();
        if !neutral || beside || base.recorded || !reads_alike(base, &edits, input) {
            return None;
        }
    }
    let mut case = base.clone();
    if input.line.iter().any(|edit| edit.has_odd_action()) {
        if case.nuance.is_some() {
            return None;
        }
        case.nuance = Some(Nuance::OddSoapAction);
    }
    case.stimulus = crate::catalogue::Stimulus::Request(edits);
    Some(vec![case])
}

/// Whether the reference reader reads a request with these edits as it reads that of the case.
fn reads_alike(base: &Case, edits: &[crate::message::Edit], input: &Input) -> bool {
    // An id that no case writes out: a change that puts the id of the call in its place is seen.
    let ids = Ids { this: "bGFiZWw@umspec.example".to_owned(), ..Ids::default() };
    let Some(plain) = base.draft().map(|draft| draft.write(&ids)) else { return false };
    let changed = Draft::disconnect(edits).write(&ids);
    // Content-Type says it all; who sets it last would win.
    let labels_apart = input.changes.is_empty() || plain.header("content-type") == Some(names::CONTENT_TYPE);
    labels_apart
        && plain.method == changed.method
        && (plain.header("soapaction")
            == Input::plain().write(&ids).as_ref().and_then(|p| p.header("soapaction"))
            || !input.line.iter().any(|edit| edit.has_odd_action()))
        && plain.query == changed.query
        && !plain.body.is_empty()
        && reading(&plain) == reading(&changed)
}

/// What the reference reader makes of a request, as far as it can be compared.
fn reading(request: &HttpRequest) -> Result<Vec<String>, Defect> {
    let charset = request.header("content-type").and_then(charset_of);
    let read = read_request(&request.body, charset.as_deref());
    read.map(|request| request.values).map_err(|refusal| refusal.defect)
}

fn of_changes(input: &Input) -> Option<Vec<Case>> {
    let edits = input.edits()?;
    let mut variation = input.variation();
    variation.changes.extend(input.spelled.changes());
    let parts: BTreeSet<&str> = input.line.iter().map(|edit| edit.part()).collect();
    if parts.len() < input.line.len() {
        return None;
    }
    let mut classes = variation.classes();
    if !input.bytes.is_empty() {
        // What bytes make of it, the reader has to say; the rest of the changes are spellings.
        if !variation.keeps_call_id() || !variation.classes().iter().all(|class| class.is_positive()) {
            return None;
        }
        let request = Draft::disconnect(&edits).write(&Ids::default());
        match reading(&request) {
            Ok(values) if values == [names::SAMPLE_CALL_ID] => {
                classes.insert(InputClass::TextSplit);
                classes.insert(InputClass::Valid);
            }
            Err(defect) if defect.is_ill_formed() => classes = BTreeSet::from([defect.class()]),
            // It may be several things at once, which the reader does not tell.
            _ => return None,
        }
    }
    let mut nuances = nuances(&variation.changes, &classes, !input.bytes.is_empty());
    if input.line.iter().any(|edit| edit.has_odd_action()) {
        nuances.push(Some(Nuance::OddSoapAction));
    }
    if input.line.iter().any(|edit| edit.is_held()) {
        nuances.push(Some(Nuance::MayRefuse));
    }
    let mut cases = Vec::new();
    for class in classes {
        for nuance in &nuances {
            let line = input.line.iter().map(|edit| edit.requirement());
            let rows: Vec<_> = if class.is_positive() && !input.line.is_empty() {
                line.collect()
            } else if class.is_positive() && !input.spelled.factors().is_empty() {
                // Whatever its spelling is called, it is the plain request; only an encoding has a row of its own.
                let is_encoding = matches!(class, InputClass::Utf16 | InputClass::Utf8Bom);
                vec![if is_encoding { class.row() } else { InputClass::Valid.row() }]
            } else {
                vec![class.row()]
            };
            let about = "An input of a campaign.";
            let mut case = Case::request(String::new(), about, class, &rows, edits.clone()).part(part(class));
            case.nuance = *nuance;
            cases.push(case);
        }
    }
    Some(cases)
}

fn part(class: InputClass) -> Part {
    use InputClass as C;
    match class {
        C::Method | C::MediaType | C::SoapAction => Part::Http,
        C::MandatoryHeader
        | C::OptionalHeader
        | C::EnvelopeNamespace
        | C::EnvelopeNoNamespace
        | C::Trailer => Part::Envelope,
        _ => Part::Body,
    }
}

/// The exceptions of the decision table that may hold for such changes, and none.
fn nuances(changes: &[Change], classes: &BTreeSet<InputClass>, bytes: bool) -> Vec<Option<Nuance>> {
    use crate::generate::{Filler, Gap};
    let mut found = vec![None];
    let mut may = |nuance, holds: bool| {
        if holds {
            found.push(Some(nuance));
        }
    };
    let any = |wanted: fn(&Change) -> bool| changes.iter().any(wanted);
    may(Nuance::OddSoapAction, any(|change| matches!(change, Change::SoapAction(_))));
    may(Nuance::NoCharset, any(|change| matches!(change, Change::Charset(None))));
    may(Nuance::Get, any(|change| matches!(change, Change::Method("GET" | "HEAD" | "OPTIONS" | "TRACE"))));
    let soap12 = any(|c| matches!(c, Change::Namespace(Place::Envelope, names::ENVELOPE_12)));
    may(Nuance::Soap12Envelope, soap12);
    may(Nuance::Soap12Fault, soap12);
    may(Nuance::Soap12MediaType, soap12 && any(|change| matches!(change, Change::MediaType(_))));
    let no_uri = |c: &Change| matches!(c, Change::Namespace(_, uri) if Nuance::of_namespace(uri).is_some());
    may(Nuance::NamespaceNoUri, any(no_uri));
    may(
        Nuance::OuterText,
        any(|change| {
            let inner = |gap: &Gap| matches!(gap, Gap::First(Place::CallId) | Gap::Last(Place::CallId));
            matches!(change, Change::Fill(gap, Filler::Text(_)) if !inner(gap))
        }),
    );
    may(Nuance::QualifiedTrailer, classes.contains(&InputClass::Trailer));
    may(Nuance::IgnorableName, bytes || classes.contains(&InputClass::NotWellFormed));
    may(Nuance::XmlVersion, bytes);
    may(Nuance::FifthEdition, bytes || any(|change| matches!(change, Change::Rename(..))));
    found
}

//! What a parser made of a message, against what the documents make of it.

use crate::catalogue::{CaseHeader as _, MessageCase, MessageExpect, PARSER_GROWTH_SIZE};
use crate::evidence::{Parsed, ParserControlStep, ParserEvidence};
use crate::judge::ambiguity::ambiguity_of_reading;
use crate::judge::growth::growth;
use crate::judge::refusal::thrown;
use crate::judge::{CheckId, Finding, Grading, Judgement, Try, Verdict, settle};
use crate::message::{MessageKind, fault_words};
use crate::protocol::{
    Allowance, Expected, Facet, FaultCode, InputClass, Nuance, Outcome, Requirement, RequirementId,
    Tolerance, decide, forbids_success, names, req,
};

/// Rows about the text of an id, which grade a text that was read otherwise themselves.
const OWN: [RequirementId; 5] = [
    req::LINE_ENDINGS,
    req::COMMENTS_LEAVE_VALUE_WHOLE,
    req::EQUAL_SPELLINGS_OF_TEXT,
    req::OPAQUE_CALL_ID,
    req::PADDED_CALL_ID,
];

/// What a parser says of a success.
const SUCCESS: &str = "DisconnectResponse";

/// The verdict of a case for a parser that was seen to tell good messages from bad ones, from all tries at it.
///
/// What it said of the plain messages tells whether it tells the codes of faults at all.
pub fn judge_parser(
    case: &MessageCase,
    control: &[ParserControlStep],
    evidence: &ParserEvidence,
    grading: Grading,
) -> Judgement {
    let mut findings = Vec::new();
    let mut answered = parser_tries(case, control, evidence, grading);
    let count = answered.len();
    // One that broke off once and answers when it is asked again is judged by its answer.
    answered.retain(|each| !each.lost);
    let broken = count - answered.len();
    if broken > 0 && !answered.is_empty() {
        findings.push(Finding::new(
            CheckId::Repeat,
            req::SAME_ANSWER_TO_SAME_REQUEST,
            grading.breach(req::SAME_ANSWER_TO_SAME_REQUEST.requirement()),
            "the same on every try",
            format!("flaky: {} in {broken} of {count} tries", in_short(evidence)),
        ));
    }
    if answered.is_empty() {
        findings.extend(judge_said(case, control, &evidence.parsed, grading));
    } else {
        findings.extend(settle(&answered).findings);
    }
    let is_silent = answered.is_empty() && evidence.parsed == Parsed::Silent;
    findings.extend(growth(&evidence.times, PARSER_GROWTH_SIZE, !is_silent, grading));
    if evidence.contacted {
        let row = row_of_fetches(case.kind).requirement();
        findings.push(Finding::new(
            CheckId::Canary,
            row.id,
            grading.breach(row),
            "nothing that a message names is fetched",
            "the address that only the message names was contacted",
        ));
    }
    if let Some(twin) = &evidence.twin
        && !reads_plain(case.kind, twin)
    {
        findings.push(Finding::new(
            CheckId::Alive,
            req::ALIVE_AFTERWARDS,
            Verdict::Fail,
            "the plain message read as before",
            format!("afterwards, {}", words(twin)),
        ));
    }
    Judgement::of(findings.into_iter().map(|finding| finding.in_case(&case.requirements)).collect())
}

/// What each try comes to by itself, the first one first.
pub fn parser_tries(
    case: &MessageCase,
    control: &[ParserControlStep],
    evidence: &ParserEvidence,
    grading: Grading,
) -> Vec<Try> {
    let judged = |parsed: &Parsed| Try {
        judgement: Judgement::of(judge_said(case, control, parsed, grading).into_iter().collect()),
        lost: parsed.is_broken(),
    };
    evidence.tries().map(judged).collect()
}

fn judge_said(
    case: &MessageCase,
    control: &[ParserControlStep],
    parsed: &Parsed,
    grading: Grading,
) -> Option<Finding> {
    match parsed {
        Parsed::Accepted(value) => {
            taken(case, value, grading).or_else(|| code_left_out(case, control, value, grading))
        }
        Parsed::Refused(_) => refused(case, grading),
        Parsed::Threw(uncaught) => {
            Some(refused(case, grading).unwrap_or_else(|| thrown(uncaught, row_of_life(case.kind), grading)))
        }
        Parsed::Crashed(words) => {
            Some(broke(case, grading, row_of_life(case.kind), format!("it broke off: {words}")))
        }
        Parsed::Silent => Some(broke(case, grading, row_of_time(case), "it said nothing in time".to_owned())),
    }
}

/// How it came to no answer, the first time that it did not.
fn in_short(evidence: &ParserEvidence) -> &'static str {
    match evidence.tries().find(|parsed| parsed.is_broken()) {
        Some(Parsed::Silent) => "nothing in time",
        _ => "it broke off",
    }
}

/// Whether this is what the plain message of the first documented id, or the plain success, must be
/// read as.
pub(crate) fn reads_plain(kind: MessageKind, parsed: &Parsed) -> bool {
    let plain = match kind {
        MessageKind::Request => names::SAMPLE_CALL_ID,
        MessageKind::Reply => SUCCESS,
    };
    matches!(parsed, Parsed::Accepted(value) if value == plain)
}

/// What a parser did, in words.
pub(super) fn words(parsed: &Parsed) -> String {
    match parsed {
        Parsed::Accepted(value) => format!("accepted as {}", quoted(value)),
        Parsed::Crashed(words) => format!("it broke off: {words}"),
        Parsed::Refused(why) if why.is_empty() => "refused".to_owned(),
        Parsed::Refused(why) => format!("refused: {why}"),
        Parsed::Silent => "nothing in time".to_owned(),
        Parsed::Threw(uncaught) => format!("refused, with {uncaught}"),
    }
}

/// What a parser took that it should not have, or took for something else.
fn taken(case: &MessageCase, value: &str, grading: Grading) -> Option<Finding> {
    let found = accepted(case, value, grading)?;
    let open = ambiguity_of_reading(case.primary().id, case.nuance);
    Some(if found.check == CheckId::Outcome { found.on(open) } else { found })
}

fn accepted(case: &MessageCase, value: &str, grading: Grading) -> Option<Finding> {
    let primary = case.primary();
    // What may be taken may not be taken for something else.
    if let Some(wanted) = other_reading(case, value) {
        return Some(misread(case, value, wanted, grading));
    }
    match case.expect {
        MessageExpect::Accept => {
            let wanted = case.value.as_deref().unwrap_or_default();
            (!is_same(case.kind, value, wanted)).then(|| misread(case, value, wanted, grading))
        }
        // An empty or blank text tells its caller that there is no id, and a server refuses that.
        MessageExpect::Reject if has_call_id(case) && value.trim().is_empty() => {
            let of_server = case.class.map(|class| {
                decide(class, case.nuance, grading.bp, &Outcome::Fault(FaultCode::InvalidCallId))
            });
            let verdict = match of_server? {
                Allowance::Expected => Verdict::Note,
                Allowance::Tolerated(tolerance) => grading.tolerated(primary, tolerance),
                Allowance::Breach | Allowance::Forbidden => grading.breach(primary),
            };
            Some(Finding::new(
                CheckId::Outcome,
                primary.id,
                verdict,
                "refused; an empty text leaves that to the server",
                format!("accepted as {}", quoted(value)),
            ))
        }
        MessageExpect::Reject => {
            let success = req::OK_STATUS_WITHOUT_RESPONSE.requirement();
            // A document type declaration is refused by whoever heeds SOAP 3 alone (C30), and a name that may
            // be ignored is not fatal in every reading (C32): what comes of either is a success that was sent.
            let may_be_read = primary.id == req::DTD_IN_ANSWER || case.nuance == Some(Nuance::IgnorableName);
            let against =
                if value == SUCCESS && !may_be_read { grading.graver(primary, success) } else { primary };
            // Read as a fault, the caller learns that it failed: the row is the one about errors without a fault.
            let against = if value.starts_with("Fault") && against.id == success.id {
                req::ERROR_STATUS_WITHOUT_FAULT.requirement()
            } else {
                against
            };
            // What the decision table forbids is worse than its row alone says, as it is for a server.
            let forbidden = case.class.filter(|&class| forbids_success(class, case.nuance));
            let against = match forbidden {
                Some(class) if against.facet == Facet::Bp => class.row().requirement(),
                _ => against,
            };
            let verdict = match case.nuance {
                _ if forbidden.is_some() => Verdict::Fail,
                Some(Nuance::IgnorableName) => grading.tolerated(against, Tolerance::Warn),
                _ => grading.breach(against),
            };
            let observed = format!("accepted as {}", quoted(value));
            Some(Finding::new(CheckId::Outcome, against.id, verdict, "refused", observed))
        }
        // Whether a text is an id is for the server to judge, and it may be judged to be none.
        MessageExpect::Either if case.schema_valid && is_up_to_the_server(case) => None,
        MessageExpect::Either => {
            let verdict = match decide(case.class?, case.nuance, grading.bp, &Outcome::Ok) {
                Allowance::Expected => return None,
                Allowance::Tolerated(tolerance) => grading.tolerated(primary, tolerance),
                // Another text was read, as XML says (C30): what is forbidden is the success that a server makes of it.
                _ if case.nuance == Some(Nuance::OtherIdOnceExpanded) => {
                    grading.tolerated(primary, Tolerance::Warn)
                }
                Allowance::Breach | Allowance::Forbidden => Verdict::Note,
            };
            let expected = "refused, as most documents have it; some reading lets it be taken";
            let observed = format!("accepted as {}", quoted(value));
            Some(Finding::new(CheckId::Outcome, primary.id, verdict, expected, observed))
        }
    }
}

/// What should have been read of a message that may be taken, where something else was.
fn other_reading<'a>(case: &'a MessageCase, value: &str) -> Option<&'a str> {
    let fits = |reading: &String| match case.kind {
        MessageKind::Request => reading == value,
        // Whether it is a success or a fault is beyond doubt, but not always which fault.
        MessageKind::Reply if reading == SUCCESS => value == SUCCESS,
        MessageKind::Reply => value.starts_with("Fault"),
    };
    case.readings.first().map(String::as_str).filter(|_| !case.readings.iter().any(fits))
}

/// A fault whose code was left out. The code may be left out of all, and then nothing is seen of how it is
/// read; one that is told of the plain fault and not of another was lost.
fn code_left_out(
    case: &MessageCase,
    control: &[ParserControlStep],
    value: &str,
    grading: Grading,
) -> Option<Finding> {
    let wanted = case.value.as_deref().filter(|wanted| *wanted != "Fault")?;
    if case.kind != MessageKind::Reply || case.expect != MessageExpect::Accept || value.trim() != "Fault" {
        return None;
    }
    let tells_codes = control.iter().any(|step| {
        step.kind == MessageKind::Reply
            && matches!(&step.parsed, Parsed::Accepted(value) if value.starts_with("Fault "))
    });
    let row = grading.graver(case.primary(), req::UNKNOWN_FAULT_REPORTED.requirement());
    let verdict = if tells_codes { grading.breach(row) } else { Verdict::Note };
    Some(Finding::new(
        CheckId::Value,
        row.id,
        verdict,
        format!("read as {wanted:?}"),
        "a fault without its code",
    ))
}

fn refused(case: &MessageCase, grading: Grading) -> Option<Finding> {
    if case.expect != MessageExpect::Accept {
        return None;
    }
    let mut against = case.primary();
    // Whatever else such a message is about, only its encoding may be beyond a reader (row 27).
    if case.class == Some(InputClass::Utf16) {
        against = req::UTF16_READ.requirement();
    }
    // That a server may write it so binds whoever reads it.
    if case.kind == MessageKind::Reply && grading.breach(against) == Verdict::Note {
        against = req::ANY_SPELLING_OF_ANSWER.requirement();
    }
    // The parser of a server may know the form of its ids, and that of Envelope and Header (UMD-R196).
    let may_be_refused = is_up_to_the_server(case) || case.nuance == Some(Nuance::MisplacedAttribute);
    let verdict = if may_be_refused { Verdict::Note } else { grading.breach(against) };
    let wanted = case.value.as_deref().unwrap_or_default();
    Some(Finding::new(CheckId::Outcome, against.id, verdict, format!("accepted as {wanted:?}"), "refused"))
}

/// To break off is graded by what is asked of a server or a client that any message may reach: the
/// endpoint lives on (UMD-R186), a client comes to an end in order (UMD-R200).
fn broke(case: &MessageCase, grading: Grading, row: RequirementId, observed: String) -> Finding {
    let row = row.requirement();
    let verdict = grading.breach(row).max(match case.expect {
        MessageExpect::Either => Verdict::Note,
        MessageExpect::Accept | MessageExpect::Reject => grading.breach(case.primary()),
    });
    let expected = match case.expect {
        MessageExpect::Accept => "accepted",
        MessageExpect::Either => "accepted or refused",
        MessageExpect::Reject => "refused",
    };
    Finding::new(CheckId::Alive, row.id, verdict, expected, observed)
}

/// What asks that whoever reads a message comes to an end: of a case about growth, which is about that, its own row.
fn row_of_time(case: &MessageCase) -> RequirementId {
    if case.smaller.is_empty() { row_of_life(case.kind) } else { case.primary().id }
}

/// What asks that whoever reads a message lives on.
fn row_of_life(kind: MessageKind) -> RequirementId {
    match kind {
        MessageKind::Request => req::ALIVE_AFTERWARDS,
        MessageKind::Reply => req::CLIENT_COMES_TO_AN_END,
    }
}

/// What forbids to fetch what a message names.
fn row_of_fetches(kind: MessageKind) -> RequirementId {
    match kind {
        MessageKind::Request => req::NO_EXTERNAL_ENTITIES,
        MessageKind::Reply => req::CLIENT_FETCHES_NOTHING,
    }
}

fn misread(case: &MessageCase, value: &str, wanted: &str, grading: Grading) -> Finding {
    let row = row_of_value(case, value, wanted, grading);
    let (expected, observed) = (format!("read as {}", quoted(wanted)), format!("read as {}", quoted(value)));
    Finding::new(CheckId::Value, row.id, grading.breach(row), expected, observed)
}

/// What a value that differs goes against: white space is kept (UMD-R086), every spelling of a text is
/// the same text (UMD-R040). Of an answer, the row of the case, but nothing other than success may be
/// taken for it (UMD-R164).
fn row_of_value(case: &MessageCase, value: &str, wanted: &str, grading: Grading) -> &'static Requirement {
    let primary = case.primary();
    if case.kind == MessageKind::Reply && value == SUCCESS {
        return grading.graver(primary, req::OK_STATUS_WITHOUT_RESPONSE.requirement());
    }
    let has_reference = holds_reference(value) && !holds_reference(wanted);
    let characters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    match primary.id {
        // More than was sent: what lies in a file, or whatever else is outside, was handed on.
        req::NO_DTD
            if case.requirements.contains(&req::NO_EXTERNAL_ENTITIES)
                && !has_reference
                && value.contains(wanted)
                && characters(value) > characters(wanted) =>
        {
            return req::NO_EXTERNAL_ENTITIES.requirement();
        }
        // A reference that was neither followed nor refused is no text of the message.
        req::NO_DTD | req::ENTITY_EXPANSION_BOUNDED if has_reference => {
            return req::EQUAL_SPELLINGS_OF_TEXT.requirement();
        }
        _ => {}
    }
    let is_own = OWN.contains(&primary.id) || case.class == Some(InputClass::Dtd);
    if case.kind == MessageKind::Reply || is_own {
        return primary;
    }
    if value.replace("\r\n", "\n").replace('\r', "\n") == wanted {
        return req::LINE_ENDINGS.requirement();
    }
    let without_blanks = |text: &str| text.split_whitespace().collect::<String>();
    let blanks_only = without_blanks(value) == without_blanks(wanted);
    let row = if blanks_only { req::PADDED_CALL_ID } else { req::EQUAL_SPELLINGS_OF_TEXT };
    row.requirement()
}

/// Whether a reference to an entity stands in a text as it is written.
fn holds_reference(text: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || "_-.:".contains(c);
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('&') {
        let name = after.find(|c| !is_name(c)).unwrap_or(after.len());
        if name > 0 && after[name..].starts_with(';') {
            return true;
        }
        rest = after;
    }
    false
}

fn is_same(kind: MessageKind, value: &str, wanted: &str) -> bool {
    match kind {
        MessageKind::Request => value == wanted,
        MessageKind::Reply => same_reply(value, wanted),
    }
}

/// Whether a parser said the same of an answer: the code may be left out, and its prefix is not
/// significant (UMD-R127).
fn same_reply(value: &str, wanted: &str) -> bool {
    let Some(code) = value.strip_prefix("Fault") else { return value == wanted };
    if !wanted.starts_with("Fault") {
        return false;
    }
    let code = code.trim();
    let local = code.rsplit_once(':').map_or(code, |(_, local)| local);
    let meant = FaultCode::of(Some(names::ENVELOPE), local);
    local.is_empty() || fault_words(local) == wanted || fault_words(meant.local()) == wanted
}

/// Whether a server may answer with the invalid-id fault to an id of no more than 512 characters.
fn is_up_to_the_server(case: &MessageCase) -> bool {
    case.class.is_some_and(|class| {
        class != InputClass::OversizedCallId && class.decision().strict.contains(&Expected::InvalidCallId)
    })
}

/// Whether there is a CallId in its place, in which something is wrong or nothing is.
fn has_call_id(case: &MessageCase) -> bool {
    use InputClass as C;
    let class = case.class.filter(|_| case.well_formed);
    matches!(
        class,
        Some(C::EmptyCallId | C::BlankCallId | C::ElementInCallId | C::Nil | C::UndeclaredAttribute)
    ) || case.nuance == Some(Nuance::EmptyAsWell)
}

/// A text as it is shown: in quotes, and cut where it is long.
fn quoted(value: &str) -> String {
    const MOST: usize = 200;
    match value.char_indices().nth(MOST) {
        Some((at, _)) => format!("{:?} and {} more characters", &value[..at], value[at..].chars().count()),
        None => format!("{value:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_parser_did_is_told() {
        for (parsed, told) in [
            (Parsed::Accepted("a\"b".to_owned()), "accepted as \"a\\\"b\""),
            (Parsed::Refused(String::new()), "refused"),
            (Parsed::Refused("why".to_owned()), "refused: why"),
            (Parsed::Crashed("signal 11".to_owned()), "it broke off: signal 11"),
            (Parsed::Silent, "nothing in time"),
        ] {
            assert_eq!(words(&parsed), told);
        }
    }
}

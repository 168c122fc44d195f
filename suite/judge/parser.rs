//! What a parser made of a message, against what the documents make of it.

use super::{Finding, Judgement, Settings, Verdict};
use crate::catalogue::{MessageCase, MessageExpect};
use crate::evidence::Parsed;
use crate::evidence::ParserSight;
use crate::message::{MessageKind, fault_words};
use crate::protocol::{
    Allowance, Expected, Facet, FaultCode, InputClass, Outcome, Requirement, RequirementId, decide, ledger,
    names,
};

/// What a parser says of a success.
const SUCCESS: &str = "DisconnectResponse";

/// The verdict of a case for a parser that was seen to tell good messages from bad ones.
pub fn judge_parser(case: &MessageCase, sight: &ParserSight, settings: Settings) -> Judgement {
    let mut findings = Vec::new();
    match &sight.parsed {
        Parsed::Accepted(value) => findings.extend(accepted(case, value, settings)),
        Parsed::Refused(_) => findings.extend(refused(case, settings)),
        Parsed::Crashed(words) => findings.push(broke(case, settings, format!("it broke off: {words}"))),
        Parsed::Silent => findings.push(broke(case, settings, "it said nothing in time".to_owned())),
    }
    if let Some(twin) = &sight.twin
        && !reads_plain(case.kind, twin)
    {
        findings.push(Finding::new(
            "alive",
            RequirementId(186),
            Verdict::Fail,
            "the plain message read as before",
            format!("afterwards, {}", words(twin)),
        ));
    }
    Judgement::of(findings)
}

/// Whether this is what the plain message of the first documented id, or the plain success, must be
/// read as.
pub fn reads_plain(kind: MessageKind, parsed: &Parsed) -> bool {
    let plain = match kind {
        MessageKind::Request => names::SAMPLE_CALL_ID,
        MessageKind::Reply => SUCCESS,
    };
    matches!(parsed, Parsed::Accepted(value) if value == plain)
}

/// What a parser did, in words.
pub fn words(parsed: &Parsed) -> String {
    match parsed {
        Parsed::Accepted(value) => format!("accepted as {value:?}"),
        Parsed::Crashed(words) => format!("it broke off: {words}"),
        Parsed::Refused(why) if why.is_empty() => "refused".to_owned(),
        Parsed::Refused(why) => format!("refused: {why}"),
        Parsed::Silent => "nothing in time".to_owned(),
    }
}

fn accepted(case: &MessageCase, value: &str, settings: Settings) -> Option<Finding> {
    let primary = primary(case);
    match case.expect {
        MessageExpect::Accept => {
            let wanted = case.value.as_deref().unwrap_or_default();
            let same = match case.kind {
                MessageKind::Request => value == wanted,
                MessageKind::Reply => same_reply(value, wanted),
            };
            (!same).then(|| misread(case, value, wanted, settings))
        }
        // An empty or blank text is valid by the schema (XSD2 string) and tells its caller the truth.
        MessageExpect::Reject if case.schema_valid && is_blank_id(case) && value.trim().is_empty() => {
            Some(Finding::new(
                "outcome",
                primary.id,
                Verdict::Note,
                "refused, or an empty text where the server is to judge it",
                format!("accepted as {value:?}"),
            ))
        }
        MessageExpect::Reject => {
            let row = if value == SUCCESS { graver(primary, requirement(164), settings) } else { primary };
            // What the decision table forbids is worse than its row alone says, as it is for a server.
            let forbidden =
                case.class.filter(|&class| decide(class, case.nuance, &Outcome::Ok) == Allowance::Forbidden);
            let row = match forbidden {
                Some(class) if row.facet == Facet::Bp => ledger::requirement(class.row()).unwrap_or(row),
                _ => row,
            };
            let verdict = if forbidden.is_some() { Verdict::Fail } else { settings.breach(row) };
            let observed = format!("accepted as {value:?}");
            Some(Finding::new("outcome", row.id, verdict, "refused", observed))
        }
        // Whether a text is an id is for the server to judge, and it may be judged to be none.
        MessageExpect::Either if case.schema_valid && is_up_to_the_server(case) => {
            let wanted = case.value.as_deref().filter(|wanted| *wanted != value)?;
            Some(misread(case, value, wanted, settings))
        }
        MessageExpect::Either => {
            let verdict = match decide(case.class?, case.nuance, &Outcome::Ok) {
                Allowance::Expected => return None,
                Allowance::Tolerated(tolerance) => settings.tolerated(primary, tolerance),
                Allowance::Breach | Allowance::Forbidden => Verdict::Note,
            };
            let observed = "accepted, which some document or a lenient reading allows";
            Some(Finding::new("outcome", primary.id, verdict, "refused", observed))
        }
    }
}

fn refused(case: &MessageCase, settings: Settings) -> Option<Finding> {
    if case.expect != MessageExpect::Accept {
        return None;
    }
    let primary = primary(case);
    // The parser of a server may know the form of its ids.
    let verdict = if is_up_to_the_server(case) { Verdict::Note } else { settings.breach(primary) };
    let wanted = case.value.as_deref().unwrap_or_default();
    Some(Finding::new("outcome", primary.id, verdict, format!("accepted as {wanted:?}"), "refused"))
}

/// To break off is graded by what is asked of a server or a client that any message may reach: the
/// endpoint lives on (UMD-R186), a client bounds what it takes (UMD-R170).
fn broke(case: &MessageCase, settings: Settings, observed: String) -> Finding {
    let row = match case.kind {
        MessageKind::Request => 186,
        MessageKind::Reply => 170,
    };
    let row = requirement(row);
    let verdict = settings.breach(row).max(match case.expect {
        MessageExpect::Either => Verdict::Note,
        MessageExpect::Accept | MessageExpect::Reject => settings.breach(primary(case)),
    });
    let expected = match case.expect {
        MessageExpect::Accept => "accepted",
        MessageExpect::Either => "accepted or refused",
        MessageExpect::Reject => "refused",
    };
    Finding::new("alive", row.id, verdict, expected, observed)
}

fn misread(case: &MessageCase, value: &str, wanted: &str, settings: Settings) -> Finding {
    let row = row_of_value(case, value, wanted, settings);
    let (expected, observed) = (format!("read as {wanted:?}"), format!("read as {value:?}"));
    Finding::new("value", row.id, settings.breach(row), expected, observed)
}

/// What a value that differs goes against: white space is kept (UMD-R086), every spelling of a text is
/// the same text (UMD-R040). Of an answer, the row of the case, but nothing other than success may be
/// taken for it (UMD-R164).
fn row_of_value(case: &MessageCase, value: &str, wanted: &str, settings: Settings) -> &'static Requirement {
    let primary = primary(case);
    if case.kind == MessageKind::Reply && value == SUCCESS {
        return graver(primary, requirement(164), settings);
    }
    if case.kind == MessageKind::Reply || matches!(primary.id.0, 36 | 39 | 40 | 85 | 86) {
        return primary;
    }
    let without_blanks = |text: &str| text.split_whitespace().collect::<String>();
    requirement(if without_blanks(value) == without_blanks(wanted) { 86 } else { 40 })
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

/// The row that is graded graver; the first, if both are alike.
fn graver(a: &'static Requirement, b: &'static Requirement, settings: Settings) -> &'static Requirement {
    if settings.breach(b) > settings.breach(a) { b } else { a }
}

fn is_blank_id(case: &MessageCase) -> bool {
    matches!(case.class, Some(InputClass::EmptyCallId | InputClass::BlankCallId))
}

fn primary(case: &MessageCase) -> &'static Requirement {
    // A test holds that every case cites a row that exists.
    requirement(case.requirements.first().map_or(0, |id| id.0))
}

fn requirement(number: u16) -> &'static Requirement {
    ledger::requirement(RequirementId(number))
        .unwrap_or_else(|| unreachable!("no requirement has the number {number}"))
}

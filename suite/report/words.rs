//! What several formats say in the same words.

use crate::judge::{Finding, Judgement};
use crate::message::told;
use crate::protocol::RequirementId;
use crate::record::{Cause, Conclusion, Record};

/// The family of a case, by its id.
pub(super) fn family(case: &str) -> &str {
    case.split('/').next().unwrap_or_default()
}

/// What a finding says. A record comes from a file, which may say more than a judge does.
pub(super) fn seen(finding: &Finding) -> String {
    format!("expected {}; observed {}", told(&finding.expected), told(&finding.observed))
}

/// What was found in a case, a line each.
pub(super) fn findings(judgement: &Judgement) -> String {
    let lines = judgement.findings.iter().map(|finding| {
        let beside = if finding.common { "beside this case: " } else { "" };
        format!("{beside}{} {} {}: {}", finding.verdict, finding.requirement, finding.check, seen(finding))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// How grave the cases of a cause are, where not all of them are as grave as it: in brackets, behind their count.
pub(super) fn graded(cause: &Cause<'_>) -> String {
    if cause.verdicts.len() < 2 {
        return String::new();
    }
    let counts = cause.verdicts.iter().rev().map(|(verdict, count)| format!("{verdict} {count}"));
    format!(" ({})", counts.collect::<Vec<_>>().join(", "))
}

/// A requirement in a sentence, and where it is written.
pub(super) fn statement(id: RequirementId) -> String {
    let row = id.requirement();
    let sources: Vec<String> = row.sources.iter().map(ToString::to_string).collect();
    format!("{id} ({}): {} Source: {}.", row.level.word(), row.statement, sources.join("; "))
}

/// What a run came to, in a word or two.
pub(super) fn conclusion(conclusion: Conclusion) -> &'static str {
    match conclusion {
        Conclusion::Changed => "known deviations changed",
        Conclusion::Expired => "known deviations expired",
        Conclusion::Failed => "failed",
        Conclusion::Interrupted => "interrupted",
        Conclusion::NotJudged => "not judged",
        Conclusion::Passed => "passed",
        Conclusion::Stale => "known deviations are stale",
    }
}

/// The name and version of this program, as two words.
pub(super) fn tool(record: &Record) -> (&str, &str) {
    record.tool.split_once(' ').unwrap_or((&record.tool, ""))
}

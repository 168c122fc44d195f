//! Known deviations in words, for every report.

use crate::message::visible;
use crate::record::known::{KnownDeviation, State, Tally};

/// What is to be said of an entry of the file beside what it is about: label and text.
pub(super) fn lines(tally: &Tally) -> Vec<(&'static str, String)> {
    let Tally { deviation, seen, changed, gone, unmatched, right, .. } = tally;
    let mut lines = vec![("reason", deviation.reason.clone())];
    let mut add = |label, text: Option<String>| lines.extend(text.map(|text| (label, text)));
    add("owner", deviation.owner.clone());
    add("tracker", deviation.tracker.clone());
    add("until", deviation.until.map(|until| until.to_string()));
    add("cases", (!seen.is_empty()).then(|| named(seen)));
    if !changed.is_empty() {
        let cases: Vec<String> = changed.iter().map(|(case, _)| case.clone()).collect();
        add("changed", Some(named(&cases)));
        add("known as", Some(deviation.fingerprints.join(", ")));
        let mut shapes: Vec<&str> = changed.iter().map(|(_, shape)| &**shape).collect();
        shapes.sort_unstable();
        shapes.dedup();
        add("seen as", Some(shapes.join(", ")));
    }
    add("gone", (!gone.is_empty()).then(|| named(gone)));
    add("no case", (!unmatched.is_empty()).then(|| named(unmatched)));
    add(
        "right",
        (!right.is_empty()).then(|| format!("{}: the entry names more than deviates", named(right))),
    );
    add("do", what_to_do(tally));
    lines
}

/// Why something is known, in a line: reason, owner, tracker, last day.
pub(super) fn reason(deviation: &KnownDeviation) -> String {
    let owner = deviation.owner.as_ref().map(|owner| format!("owner {owner}"));
    let tracker = deviation.tracker.as_ref().map(|tracker| format!("tracker {tracker}"));
    let until = deviation.until.map(|until| format!("until {until}"));
    let more: Vec<String> = [owner, tracker, until].into_iter().flatten().collect();
    let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
    visible(&format!("{}{more}", deviation.reason))
}

/// How many entries came to what, in a line.
pub(super) fn totals(tallies: &[Tally]) -> String {
    let states =
        [State::Expected, State::Stale, State::Changed, State::Expired, State::Unmatched, State::NotLookedAt];
    let of = |state| tallies.iter().filter(|tally| tally.state == state).count();
    let parts: Vec<String> = states.map(|state| format!("{} {}", state.word(), of(state))).into();
    format!("{} deviations = {}", tallies.len(), parts.join(" + "))
}

fn what_to_do(tally: &Tally) -> Option<String> {
    let line = tally.deviation.line;
    Some(match tally.state {
        State::Changed => {
            format!("see whether it is the same deviation; its fingerprint stands at line {line}")
        }
        State::Expired => format!("mend it, or say at line {line} until when it is known"),
        State::Stale => format!("take what is gone out of the file, at line {line}"),
        State::Unmatched => format!("mend the name at line {line}; `umspec list` shows the ids"),
        _ => return None,
    })
}

fn named(names: &[String]) -> String {
    /// Most names in a line.
    const MOST: usize = 12;
    let shown = names.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST) {
        0 => format!("{}: {shown}", names.len()),
        more => format!("{}: {shown} and {more} more", names.len()),
    }
}

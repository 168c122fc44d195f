//! Servers that take an id for that of a live call which only resembles it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::bug::{Bug, Mutant, mutant};
use super::state::State;
use crate::mock::guess::{decode_percents, narrow};
use crate::mock::killed_by::by;
use crate::mock::pattern::fits;
use crate::protocol::{InputClass, req};

/// What a call id is base64 of, where that is a text with `@`.
fn decoded(id: &str) -> Option<String> {
    let text = STANDARD.decode(id).ok().and_then(|octets| String::from_utf8(octets).ok());
    text.filter(|text| text.contains('@'))
}

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "compares-characters-of-call-id-in-any-order",
        "Two call ids of the same characters are the same.",
        by("call-id/near-halves-swapped", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| {
            let mut characters: Vec<char> = id.chars().collect();
            characters.sort_unstable();
            characters.into_iter().collect()
        }),
    ),
    mutant(
        "compares-ends-of-call-id",
        "Of a call id its length, its first sixteen characters and its last sixteen are compared.",
        by("call-id/near-middle-letter-replaced", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| {
            let characters: Vec<char> = id.chars().collect();
            if characters.len() <= 40 {
                return id.to_owned();
            }
            let (first, last) = (&characters[..16], &characters[characters.len() - 16..]);
            first.iter().chain(last).collect::<String>() + &characters.len().to_string()
        }),
    ),
    mutant(
        "compares-sums-of-call-id",
        "Of a call id its first forty characters are compared, and of the others two sums over every other one.",
        by("call-id/near-letters-swapped", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| {
            let sum = |from: usize| id.chars().skip(from).step_by(2).map(u32::from).sum::<u32>();
            format!("{} {} {} {}", id.chars().take(40).collect::<String>(), id.len(), sum(40), sum(41))
        }),
    ),
    mutant(
        "cuts-quotes-of-call-id",
        "Quotes around a call id are cut.",
        by("call-id/near-quoted", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| id.trim_matches(['"', '\'']).to_owned()),
    ),
    mutant(
        "takes-call-id-for-a-list",
        "Of a list of call ids, with commas or semicolons between them, the first is taken.",
        by("call-id/near-comma-and-more", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| id.split([',', ';']).next().unwrap_or_default().to_owned()),
    ),
    mutant(
        "cuts-query-of-call-id",
        "A call id ends at a question mark or a number sign.",
        by("call-id/near-query", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| id.split(['?', '#']).next().unwrap_or_default().to_owned()),
    ),
    mutant(
        "cuts-slashes-of-call-id",
        "Slashes and full stops at the end of a call id are cut.",
        by("call-id/near-slash-appended", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| id.trim_end_matches(['/', '.']).to_owned()),
    ),
    mutant(
        "cuts-padding-of-call-id",
        "Equals signs at the end of a call id are cut.",
        by("call-id/near-equals-sign-appended", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| id.trim_end_matches('=').to_owned()),
    ),
    mutant(
        "cuts-scheme-of-call-id",
        "A call id may be written as a URN.",
        by("call-id/near-scheme", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| id.strip_prefix("urn:uuid:").unwrap_or(id).to_owned()),
    ),
    mutant(
        "drops-backslashes-of-call-id",
        "Backslashes in a call id escape what follows, and are dropped.",
        by("call-id/near-backslash-inside", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| id.replace('\\', "")),
    ),
    mutant(
        "looks-call-id-up-by-like",
        "A call id is looked up by LIKE, and an underscore and a percent sign in it are wildcards.",
        by("call-id/near-percent-for-rest", req::OTHER_CALLS_UNTOUCHED),
        Bug::Finds(|known, asked| fits(known, asked, "_", "%")),
    ),
    mutant(
        "looks-call-id-up-as-a-file",
        "A call id is the name of a file, and a question mark and an asterisk in it are wildcards.",
        by("call-id/near-question-mark-for-last", req::OTHER_CALLS_UNTOUCHED),
        Bug::Finds(|known, asked| fits(known, asked, "?", "*")),
    ),
    mutant(
        "takes-call-id-for-an-expression",
        "A call id is looked up by a regular expression, of which a dot is a part.",
        by("call-id/near-dot-star-for-rest", req::OTHER_CALLS_UNTOUCHED),
        Bug::Finds(|known, asked| fits(known, asked, ".", ".*")),
    ),
    mutant(
        "decodes-percents-of-call-id",
        "Letters and digits of a call id are decoded as in a URL.",
        by("call-id/near-percent-encoded-letter", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(decode_percents),
    ),
    mutant(
        "takes-compatibility-forms-of-call-id",
        "Call ids are compared in their compatibility forms.",
        by("call-id/near-wide-letter", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| id.chars().map(narrow).collect()),
    ),
    mutant(
        "drops-accents-of-call-id",
        "Call ids are compared without regard to accents.",
        by("call-id/near-accent-inside", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| id.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36F}')).collect()),
    ),
    mutant(
        "folds-hosts-of-call-ids",
        "The host that a call id is made of is compared without regard to case.",
        by("call-id/near-host-in-capitals", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| match decoded(id) {
            Some(text) => text.to_ascii_lowercase(),
            None => id.to_owned(),
        }),
    ),
    mutant(
        "takes-decoded-call-ids",
        "Of a call id its GUID counts, encoded or not.",
        by("call-id/near-guid-alone", req::OTHER_CALLS_UNTOUCHED),
        Bug::CallIds(|id| {
            let text = decoded(id).unwrap_or_else(|| id.to_owned());
            text.split('@').next().unwrap_or_default().to_owned()
        }),
    ),
    mutant(
        "ends-last-call-for-its-host",
        "An unknown id of this host is refused, and the call placed last is ended all the same.",
        by("call-id/near-other-guid-at-its-host", req::NO_EFFECT_OF_REFUSED),
        Bug::State(State::EndsLastCallForItsHost),
    ),
    // What the life of calls shows.
    mutant(
        "revives-calls",
        "A call that has ended is up again when its state is asked for the second time.",
        by("lifecycle/ended-call-stays-ended", req::STATE_AFTER_DISCONNECT),
        Bug::State(State::RevivesCalls),
    ),
    mutant(
        "ends-all-calls-with-a-greeting",
        "Disconnect of a call of PlayOnPhoneGreeting ends every call.",
        by("lifecycle/greeting-call-beside-another", req::OTHER_CALLS_UNTOUCHED),
        Bug::State(State::EndsAllCallsWithGreeting),
    ),
    mutant(
        "ends-call-before-on-malformed",
        "A message that is no XML is refused, and the call placed before the one it names is ended.",
        by("lifecycle/malformed-beside-another-call", req::OTHER_CALLS_UNTOUCHED),
        Bug::State(State::EndsCallBeforeOn(InputClass::NotWellFormed)),
    ),
    mutant(
        "ends-call-before-on-mandatory-header",
        "A header entry that must be understood is refused, and the call placed before the named one is ended.",
        by("lifecycle/mandatory-header-beside-another-call", req::OTHER_CALLS_UNTOUCHED),
        Bug::State(State::EndsCallBeforeOn(InputClass::MandatoryHeader)),
    ),
    mutant(
        "ends-all-calls-at-fourth-disconnect",
        "The fourth Disconnect of one call ends every call.",
        by("lifecycle/parallel-same-call-beside-another", req::OTHER_CALLS_UNTOUCHED),
        Bug::State(State::EndsAllCallsAtFourth),
    ),
];

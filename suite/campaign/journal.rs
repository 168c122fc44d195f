//! The journal of a campaign: every decision and what it was made by, a line of JSON each, so that an interrupted
//! campaign goes on where it was, and the same seed against the same server leaves the same bytes.

use serde::{Deserialize, Serialize};

use super::probe::{Arm, Seen};
use super::{CampaignFinding, Input};

/// Version of the lines. A reader takes lines of its own version only.
pub const JOURNAL_VERSION: u32 = 1;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    /// What the campaign is: the first line.
    Begin { format: u32, tool: String, catalogue: String, seed: u64, shard: Option<(u32, u32)> },
    /// A batch of inputs begins, at so many thousandths of the campaign and after so many requests.
    Batch { number: u64, progress: u32, requests: u64 },
    /// An input was sent, and this came of it; none where it could not be sent.
    Sent {
        arm: Arm,
        input: Input,
        seen: Option<Seen>,
        /// Whether it is sent again later, because the server died before it came to it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
    },
    /// A batch is done, after so many requests, of which so many were looks between plain requests.
    Done { number: u64, requests: u64, looks: u64 },
    /// Something was found.
    Found(Box<CampaignFinding>),
    /// Something looked like a finding and was none, for this reason.
    SetAside { why: String },
}

/// Why a journal cannot be gone on with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// A line that is none.
    #[error("line {0} of the journal cannot be read: {1}")]
    Line(usize, String),
    /// It does not begin as a journal does.
    #[error("it is no journal of a campaign")]
    NoJournal,
    /// It is of another version, catalogue, seed or shard.
    #[error("the journal is of another {0}; begin a new campaign")]
    Other(&'static str),
}

/// An input as it was journaled.
#[derive(Debug, Clone)]
pub(super) struct Reached {
    pub(super) input: Input,
    pub(super) seen: Option<Seen>,
    pub(super) again: bool,
}

/// A batch as it was journaled.
#[derive(Debug, Clone)]
pub(super) struct Batch {
    pub(super) progress: u32,
    pub(super) requests: u64,
    pub(super) sent: Vec<Reached>,
    pub(super) found: Vec<CampaignFinding>,
    pub(super) set_aside: u64,
    /// Requests by which something that is new was looked at between plain requests.
    pub(super) looks: u64,
}

/// A journal that was read.
#[derive(Debug, Clone)]
pub struct Journal {
    begin: Line,
    pub(super) batches: Vec<Batch>,
}

impl Journal {
    /// Reads a journal. A batch that is not done is left out, and a last line that broke off as well.
    ///
    /// # Errors
    /// Text that is no journal of this version.
    pub fn parse(text: &str) -> Result<Self, JournalError> {
        let mut lines = Vec::new();
        let count = text.lines().count();
        for (number, line) in text.lines().enumerate() {
            match serde_json::from_str::<Line>(line) {
                Ok(line) => lines.push(line),
                Err(_) if number + 1 == count && !text.ends_with('\n') => break,
                Err(error) => return Err(JournalError::Line(number + 1, error.to_string())),
            }
        }
        let mut lines = lines.into_iter();
        let begin = lines.next().ok_or(JournalError::NoJournal)?;
        let Line::Begin { format, .. } = &begin else { return Err(JournalError::NoJournal) };
        if *format != JOURNAL_VERSION {
            return Err(JournalError::Other("version"));
        }
        let (mut batches, mut open): (Vec<Batch>, Option<Batch>) = (Vec::new(), None);
        for line in lines {
            match (line, &mut open) {
                (Line::Batch { progress, requests, .. }, open) => {
                    let (sent, found) = (Vec::new(), Vec::new());
                    *open = Some(Batch { progress, requests, sent, found, set_aside: 0, looks: 0 });
                }
                (Line::Sent { input, seen, again, .. }, Some(batch)) => {
                    batch.sent.push(Reached { input, seen, again });
                }
                (Line::Found(finding), Some(batch)) => batch.found.push(*finding),
                (Line::SetAside { .. }, Some(batch)) => batch.set_aside += 1,
                (Line::Done { requests, looks, .. }, open) => {
                    batches.extend(open.take().map(|batch| Batch { requests, looks, ..batch }));
                }
                _ => {}
            }
        }
        Ok(Self { begin, batches })
    }

    /// The part of its text up to the end of the last batch that is done.
    pub fn whole<'t>(&self, text: &'t str) -> &'t str {
        let is_done = |line: &&str| line.starts_with("{\"done\"");
        let (mut end, mut at) = (text.find('\n').map_or(text.len(), |first| first + 1), 0);
        for line in text.split_inclusive('\n') {
            at += line.len();
            if is_done(&line) {
                end = at;
            }
        }
        &text[..end]
    }

    /// Whether it is one of a campaign that begins like this.
    ///
    /// # Errors
    /// It is not; in what.
    pub(super) fn fits(&self, other: &Line) -> Result<(), JournalError> {
        let (
            Line::Begin { tool: a, catalogue: b, seed: c, shard: d, .. },
            Line::Begin { tool, catalogue, seed, shard, .. },
        ) = (&self.begin, other)
        else {
            return Err(JournalError::NoJournal);
        };
        match () {
            () if a != tool => Err(JournalError::Other("version of umspec")),
            () if b != catalogue => Err(JournalError::Other("catalogue")),
            () if c != seed => Err(JournalError::Other("seed")),
            () if d != shard => Err(JournalError::Other("shard")),
            () => Ok(()),
        }
    }
}

impl Line {
    /// The line as text, with its end.
    pub(super) fn text(&self) -> String {
        // Every part of a line is plain data.
        let mut text = serde_json::to_string(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin(seed: u64) -> Line {
        let (tool, catalogue) = ("umspec 0".to_owned(), "c".to_owned());
        Line::Begin { format: JOURNAL_VERSION, tool, catalogue, seed, shard: None }
    }

    #[test]
    fn what_broke_off_is_left_out_and_what_does_not_fit_is_refused() {
        let batch = |number| Line::Batch { number, progress: 3, requests: 9 }.text();
        let sent = Line::Sent { arm: Arm::Single, input: Input::plain(), seen: None, again: false }.text();
        let done = Line::Done { number: 0, requests: 20, looks: 6 }.text();
        let text = [begin(1).text(), batch(0), sent.clone(), done, batch(1), sent.clone()].concat();
        let journal = Journal::parse(&text).expect("a journal");
        assert_eq!(journal.batches.len(), 1);
        assert_eq!(journal.batches[0].sent.len(), 1);
        let cut = Journal::parse(&text[..text.len() - 5]).expect("a journal");
        assert_eq!(cut.batches.len(), 1);
        let whole = cut.whole(&text);
        assert!(
            whole.ends_with("{\"done\":{\"number\":0,\"requests\":20,\"looks\":6}}\n")
                && text.starts_with(whole),
            "{whole}"
        );
        assert!(journal.fits(&begin(1)).is_ok());
        assert!(journal.fits(&begin(2)).unwrap_err().to_string().contains("seed"));
        assert!(matches!(Journal::parse("{}\n"), Err(JournalError::Line(1, _))));
        assert!(matches!(Journal::parse(""), Err(JournalError::NoJournal)));
        assert!(matches!(Journal::parse(&sent), Err(JournalError::NoJournal)));
    }
}

//! A finding once more, and as files.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::finding::{AnswerFinding, came};
use super::fuzz::TRIES;
use super::input::{AnswerInput, PlainAnswer};
use super::label::AnswerLabel;
use super::options::AnswerOptions;
use super::recorded::answer_of;
use crate::campaign::Replayed;
use crate::campaign::ReproducerError;
use crate::evidence::ClientEnd;
use crate::judge::{Grading, client_problem};
use crate::record::{Entry, Record};
use crate::run::AskedClient;
use crate::target::ClientTarget;

/// Version of the file. A reader takes files of its own version only.
pub const ANSWER_REPRODUCER_VERSION: u32 = 1;

/// A finding as it is kept: `finding.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerReproducer {
    /// [`ANSWER_REPRODUCER_VERSION`].
    pub format: u32,
    /// `umspec` and its version.
    pub tool: String,
    /// How the campaign was graded.
    pub grading: Grading,
    /// The finding.
    pub finding: AnswerFinding,
    /// The message as base64: what the edits made when it was kept.
    pub answer: String,
}

impl AnswerReproducer {
    /// A finding to keep.
    pub fn of(finding: &AnswerFinding, grading: Grading) -> Self {
        Self {
            format: ANSWER_REPRODUCER_VERSION,
            tool: concat!("umspec ", env!("CARGO_PKG_VERSION")).to_owned(),
            grading,
            answer: STANDARD.encode(finding.input.body()),
            finding: finding.clone(),
        }
    }

    /// What an entry of a record is; nothing where it is no finding of a campaign against a client.
    pub fn of_entry(record: &Record, entry: &Entry) -> Option<Self> {
        Some(Self::of(&answer_of(entry)?, record.grading))
    }

    /// Reads one.
    ///
    /// # Errors
    /// A text that is none, one of another version, and one whose edits make another answer today.
    pub fn parse(text: &str) -> Result<Self, ReproducerError> {
        let kept: Self =
            serde_json::from_str(text).map_err(|error| ReproducerError::Json(error.to_string()))?;
        if kept.format != ANSWER_REPRODUCER_VERSION {
            return Err(ReproducerError::Version(kept.format));
        }
        if STANDARD.encode(kept.finding.input.body()) == kept.answer {
            Ok(kept)
        } else {
            Err(ReproducerError::Edits(kept.tool))
        }
    }

    /// The files: names and what is in them.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let input = &self.finding.input;
        let body = input.body();
        let reason = if input.status() == 200 { "OK" } else { "Internal Server Error" };
        let head = format!(
            "HTTP/1.1 {} {reason}\r\ncontent-type: {}\r\ncontent-length: {}\r\n\r\n",
            input.status(),
            input.content_type(),
            body.len()
        );
        // Plain data is always written.
        let value = serde_json::to_string_pretty(self).unwrap_or_default() + "\n";
        vec![
            ("finding.json".to_owned(), value.into_bytes()),
            ("answer.http".to_owned(), [head.into_bytes(), body.clone()].concat()),
            ("message.xml".to_owned(), body),
        ]
    }
}

/// Tries a finding again, three times, each after a plain success that has to be taken.
///
/// # Errors
/// When no port can be had.
pub async fn replay_client(
    client: ClientTarget,
    finding: &AnswerFinding,
    options: &AnswerOptions,
) -> std::io::Result<Replayed> {
    let client = AskedClient::start(client, &options.client()).await?;
    if let Some(problem) = client_problem(client.control()) {
        return Ok(Replayed::Error(problem));
    }
    let plain = AnswerLabel::of(&AnswerInput::plain(PlainAnswer::Success), "fuzz/plain");
    let (Some(plain), Some(label)) = (plain, AnswerLabel::of(&finding.input, "fuzz/again")) else {
        return Ok(Replayed::Error("its answer is not known to this version of umspec".to_owned()));
    };
    let mut times = 0;
    for _ in 0..TRIES {
        if client.ask(&plain.case).await.end != Some(ClientEnd::Disconnected) {
            return Ok(Replayed::Error("a plain success before it was not taken".to_owned()));
        }
        let evidence = client.ask(&label.case).await;
        let shown = label.wrong(&evidence, options.grading);
        let is_same = shown.is_some_and(|(_, found)| found.requirement == finding.requirement);
        times += u32::from(is_same && came(&evidence) == finding.came);
    }
    Ok(match times {
        0 => Replayed::Fixed,
        TRIES => Replayed::Failed,
        times => Replayed::Flaky(times, TRIES),
    })
}

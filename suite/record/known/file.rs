//! The file that holds known deviations, in TOML.

use std::fmt;
use std::ops::Range;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::{Spanned, Value};

use super::{Date, KnownDeviation};
use crate::evidence::Subject;
use crate::judge::CheckId;
use crate::message::told;
use crate::protocol::RequirementId;

/// The reason that stands in a first file until somebody writes one.
pub const PLACEHOLDER: &str = "TODO: say why this is known";

/// Deviations that somebody knows of, in the order of their file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownDeviations(pub Vec<KnownDeviation>);

/// Why a file of known deviations cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KnownError {
    /// An entry says neither which case nor which requirement.
    #[error("line {0}: this entry names neither a case nor a requirement")]
    Nothing(usize),
    /// The reason is still that of the template.
    #[error("line {0}: the reason is still that of the template; say why the deviation is known")]
    Placeholder(usize),
    /// An entry without a reason.
    #[error("line {0}: this entry has no reason; say why the deviation is known")]
    Reason(usize),
    /// No TOML, a key that nobody knows, or one of another type.
    #[error("line {line}: {why}")]
    Toml {
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        why: String,
    },
    /// A value that stands for nothing.
    #[error("line {line}: {key}: {why}")]
    Value {
        /// The line, from 1.
        line: usize,
        /// Its key.
        key: &'static str,
        /// What is wrong with it.
        why: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    known: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    subject: Option<Spanned<String>>,
    case: Option<Spanned<Texts>>,
    requirement: Option<Spanned<String>>,
    check: Option<Spanned<String>>,
    reason: Option<Spanned<String>>,
    owner: Option<String>,
    tracker: Option<String>,
    until: Option<Spanned<Value>>,
    fingerprint: Option<Spanned<Texts>>,
}

/// A text, or several.
#[derive(Default)]
struct Texts(Vec<String>);

impl KnownDeviations {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// No TOML; a key that nobody knows; an entry without a reason, with that of the template, or that names
    /// nothing; a requirement, a check, a subject or a day that there is none of.
    pub fn parse(text: &str) -> Result<Self, KnownError> {
        let line =
            |span: Range<usize>| 1 + text.bytes().take(span.start).filter(|&byte| byte == b'\n').count();
        let Written { known } = toml::from_str(text).map_err(|error| KnownError::Toml {
            line: line(error.span().unwrap_or_default()),
            why: told(error.message().trim()),
        })?;
        known.into_iter().map(|entry| deviation(entry, &line)).collect::<Result<_, _>>().map(Self)
    }

    /// Entries with names that no case has, in this version or among the `planned` ones of a record.
    pub fn unmatched<'a>(&'a self, planned: &[String]) -> Vec<(&'a KnownDeviation, Vec<&'a str>)> {
        let unmatched = self.0.iter().map(|deviation| (deviation, deviation.unmatched(planned)));
        unmatched.filter(|(_, names)| !names.is_empty()).collect()
    }
}

fn deviation(
    entry: Spanned<Entry>,
    line: &impl Fn(Range<usize>) -> usize,
) -> Result<KnownDeviation, KnownError> {
    let at = line(entry.span());
    let Entry { subject, case, requirement, check, reason, owner, tracker, until, fingerprint } =
        entry.into_inner();
    let cases = texts("case", case, line)?;
    let requirement: Option<RequirementId> = value("requirement", requirement, line)?;
    if cases.is_empty() && requirement.is_none() {
        return Err(KnownError::Nothing(at));
    }
    let Some(reason) = reason else { return Err(KnownError::Reason(at)) };
    let (reason_at, reason) = (line(reason.span()), reason.into_inner());
    if reason.trim().is_empty() {
        return Err(KnownError::Reason(reason_at));
    }
    if reason.trim_start().starts_with(PLACEHOLDER) {
        return Err(KnownError::Placeholder(reason_at));
    }
    Ok(KnownDeviation {
        line: at,
        subject: value::<Subject>("subject", subject, line)?,
        cases,
        requirement,
        check: value::<CheckId>("check", check, line)?,
        reason,
        owner,
        tracker,
        until: until.map(|until| day(until, line)).transpose()?,
        fingerprints: texts("fingerprint", fingerprint, line)?,
    })
}

/// A value that stands for something of ours.
fn value<T: std::str::FromStr<Err: fmt::Display>>(
    key: &'static str,
    text: Option<Spanned<String>>,
    line: impl Fn(Range<usize>) -> usize,
) -> Result<Option<T>, KnownError> {
    let Some(text) = text else { return Ok(None) };
    let at = line(text.span());
    let wrong = |why: T::Err| KnownError::Value { line: at, key, why: told(&why.to_string()) };
    text.into_inner().parse().map(Some).map_err(wrong)
}

/// A text or several, none of them empty.
fn texts(
    key: &'static str,
    texts: Option<Spanned<Texts>>,
    line: impl Fn(Range<usize>) -> usize,
) -> Result<Vec<String>, KnownError> {
    let Some(texts) = texts else { return Ok(Vec::new()) };
    let at = line(texts.span());
    let Texts(texts) = texts.into_inner();
    if texts.is_empty() || texts.iter().any(|text| text.trim().is_empty()) {
        return Err(KnownError::Value { line: at, key, why: "it is empty; leave the key out".to_owned() });
    }
    Ok(texts)
}

/// A day, as TOML writes one or as a text.
fn day(value: Spanned<Value>, line: impl Fn(Range<usize>) -> usize) -> Result<Date, KnownError> {
    let at = line(value.span());
    let text = match value.into_inner() {
        Value::Datetime(time) => time.to_string(),
        Value::String(text) => text,
        _ => String::new(),
    };
    text.parse::<Date>().map_err(|error| KnownError::Value { line: at, key: "until", why: error.to_string() })
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct One;

        impl<'de> Visitor<'de> for One {
            type Value = Texts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E>(self, text: &str) -> Result<Texts, E> {
                Ok(Texts(vec![text.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Texts, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = seq.next_element()? {
                    texts.push(text);
                }
                Ok(Texts(texts))
            }
        }

        deserializer.deserialize_any(One)
    }
}

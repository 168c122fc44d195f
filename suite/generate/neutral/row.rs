//! A row: one value of each dimension.

use super::dimension::{DIMENSIONS, Dimension, How, Value};
use crate::generate::{Change, Declared, Filler, Gap, Variation};
use crate::message::{Edit, FieldStyle, Place};

/// One value of each dimension, by their numbers in the order of [`DIMENSIONS`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(Vec<u8>);

impl Default for Row {
    fn default() -> Self {
        Self::plain()
    }
}

impl Row {
    /// The plain request.
    pub fn plain() -> Self {
        Self(vec![0; DIMENSIONS.len()])
    }

    /// A row of these values; what is missing is plain, and what is too large is as well.
    pub fn of(mut values: Vec<u8>) -> Self {
        values.resize(DIMENSIONS.len(), 0);
        for (value, dimension) in values.iter_mut().zip(DIMENSIONS) {
            if usize::from(*value) >= dimension.values.len() {
                *value = 0;
            }
        }
        Self(values)
    }

    /// The row in which only these differ from the plain request, `dimension=value` each.
    pub fn parse(told: &[String]) -> Option<Self> {
        let mut row = Self::plain();
        for one in told {
            let (name, value) = one.split_once('=')?;
            let at = DIMENSIONS.iter().position(|dimension| dimension.name == name)?;
            let number = DIMENSIONS[at].values.iter().position(|known| known.name == value)?;
            row.0[at] = u8::try_from(number).ok()?;
        }
        Some(row)
    }

    /// The numbers of its values.
    pub fn values(&self) -> &[u8] {
        &self.0
    }

    /// The number of its value in a dimension.
    pub fn value(&self, dimension: usize) -> u8 {
        self.0.get(dimension).copied().unwrap_or(0)
    }

    /// The same row with another value in a dimension.
    #[must_use]
    pub fn with(&self, dimension: usize, value: u8) -> Self {
        let mut row = self.clone();
        if let Some(place) = row.0.get_mut(dimension) {
            *place = value;
        }
        row
    }

    /// The dimensions in which it differs from the plain request.
    pub fn factors(&self) -> Vec<usize> {
        (0..self.0.len()).filter(|&at| self.0[at] != 0).collect()
    }

    /// The row that has only these of its factors.
    #[must_use]
    pub fn only(&self, dimensions: &[usize]) -> Self {
        let keep = |(at, value): (usize, &u8)| if dimensions.contains(&at) { *value } else { 0 };
        Self(self.0.iter().enumerate().map(keep).collect())
    }

    /// Its factors as they stand in records and reports: `dimension=value`, in the order of dimensions.
    pub fn told(&self) -> Vec<String> {
        self.chosen().map(|(dimension, value)| format!("{}={}", dimension.name, value.name)).collect()
    }

    fn chosen(&self) -> impl Iterator<Item = (&'static Dimension, &'static Value)> {
        let numbered = DIMENSIONS.iter().zip(&self.0).filter(|(_, value)| **value != 0);
        numbered
            .filter_map(|(dimension, value)| Some((dimension, dimension.values.get(usize::from(*value))?)))
    }

    /// The changes of the message, and of what HTTP says of it, for the classifier.
    pub fn changes(&self) -> Vec<Change> {
        let is_wide = self.chosen().any(|(_, value)| {
            matches!(value.how, How::Changes(changes) if changes.iter().any(|c| matches!(c, Change::Wide(_))))
        });
        // A message in UTF-16 says so wherever it says anything.
        let declared_wide = Change::Declaration(Declared::Utf16);
        let mut changes = Vec::new();
        let mut declaration = is_wide.then_some(declared_wide);
        for (_, value) in self.chosen() {
            match &value.how {
                How::Changes(more) => changes.extend_from_slice(more),
                How::White(white) => changes.extend(between(white)),
                How::Charset(charset) if !is_wide || charset.is_none() => {
                    changes.push(Change::Charset(*charset));
                }
                How::Declaration(declared) if is_wide => match declared {
                    Declared::Nothing | Declared::Version => {
                        declaration = Some(Change::Declaration(*declared));
                    }
                    _ => {}
                },
                How::Declaration(declared) => declaration = Some(Change::Declaration(*declared)),
                _ => {}
            }
        }
        changes.extend(declaration);
        changes
    }

    /// The edits that spell a request so, to come after those of a case.
    pub fn edits(&self) -> Vec<Edit> {
        let message = Variation { changes: self.changes() }.edits().into_iter().map(|edit| match edit {
            // The id is spelled otherwise, and what else the case puts into CallId stays.
            Edit::Content(Place::CallId, markup) => Edit::Spell(markup),
            other => other,
        });
        let mut edits: Vec<Edit> = message.collect();
        let mut style: Option<FieldStyle> = None;
        for (_, value) in self.chosen() {
            match &value.how {
                How::Field(name, value) => {
                    edits.push(Edit::HttpHeader((*name).to_owned(), Some((*value).to_owned())));
                }
                How::FieldSpace(before, after) => {
                    style = Some(FieldStyle { before, after, ..style.unwrap_or_default() });
                }
                How::FieldNames(names) => {
                    style = Some(FieldStyle { names: *names, ..style.unwrap_or_default() });
                }
                How::Framing(framing) => edits.push(Edit::Framing(framing.clone())),
                How::Reused => edits.push(Edit::Preceded(1)),
                How::Parted(cut) => edits.push(Edit::Segments(vec![*cut])),
                How::Target => edits.push(Edit::AbsoluteTarget),
                How::Changes(_) | How::Charset(_) | How::Declaration(_) | How::Plain | How::White(_) => {}
            }
        }
        edits.extend(style.map(Edit::Fields));
        edits
    }
}

/// White space wherever elements may stand, outside of CallId.
fn between(white: &'static str) -> impl Iterator<Item = Change> {
    [
        Gap::First(Place::Envelope),
        Gap::Last(Place::Envelope),
        Gap::First(Place::Body),
        Gap::Last(Place::Body),
        Gap::First(Place::Operation),
        Gap::Last(Place::Operation),
        Gap::Epilog,
    ]
    .into_iter()
    .map(move |gap| Change::Fill(gap, Filler::White(white)))
}

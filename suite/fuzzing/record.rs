//! A record that somebody wrote into, into everything that reads records.

use std::sync::LazyLock;

use arbitrary::Unstructured;
use serde_json::Value;

use crate::catalogue::parser_cases;
use crate::message::told;
use crate::mock::ReferenceParser;
use crate::record::{Record, Unwatched, Verification};
use crate::report::{self, TextOptions};
use crate::run::{ParserOptions, run_parser_in_process};

/// Cases of the record, from the first on: it has to be small, as it is read with every input.
const CASES: usize = 12;

/// Most changes of one input.
const CHANGES: usize = 4;

/// A whole record, and where in it something stands.
static WHOLE: LazyLock<(Value, Vec<String>)> = LazyLock::new(|| {
    let cases: Vec<_> = parser_cases().iter().take(CASES).collect();
    let options = ParserOptions::new("the reference reader");
    let record = run_parser_in_process(ReferenceParser, &options, &cases, &Unwatched);
    let bytes = record.save().expect("a record is always saved");
    let whole: Value = serde_json::from_slice(&bytes).expect("a record is JSON");
    let mut places = Vec::new();
    note_places(&whole, String::new(), &mut places);
    (whole, places)
});

/// Bytes as changes of a record: no panic, one line of refusal or a discrepancy, and reports of what is taken.
///
/// # Panics
/// On a finding.
pub fn record(data: &[u8]) {
    // Bytes as they are, too: whatever a file holds.
    let _ = Record::load(data).map(|record| shown(&record));
    let (whole, places) = &*WHOLE;
    let mut source = Unstructured::new(data);
    let mut changed = whole.clone();
    for _ in 0..CHANGES {
        if source.is_empty() || change(&mut changed, places, &mut source).is_err() {
            break;
        }
    }
    let bytes = serde_json::to_vec(&changed).expect("a value is JSON");
    if let Ok(record) = Record::load(&bytes) {
        shown(&record);
    }
    match Verification::of(&bytes) {
        Err(error) => {
            let line = told(&error.to_string());
            assert!(!line.contains(|c: char| c.is_control()), "{line}");
        }
        Ok(verification) => {
            // When it was is the only part that may be another.
            changed["times"] = whole["times"].clone();
            let is_whole = changed == *whole;
            assert_eq!(verification.discrepancies.is_empty(), is_whole, "{:?}", verification.discrepancies);
        }
    }
}

/// Most cases of a record whose exchange is shown.
const SHOWN: usize = 3;

/// Every report of a record.
fn shown(record: &Record) {
    for entry in record.entries.iter().take(SHOWN) {
        let view = report::exchange(record, &entry.case).expect("the case is there");
        assert!(!view.contains(|c: char| c.is_control() && c != '\n'), "{view}");
    }
    for verbose in [false, true] {
        let _ = report::text(record, TextOptions { verbose, ..TextOptions::default() });
    }
    let _ = report::requirements_text(record);
    for format in report::FORMATS {
        let _ = (format.write)(record);
    }
}

/// The JSON pointers of everything in a value.
fn note_places(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                note_places(value, format!("{place}/{name}"), places);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                note_places(value, format!("{place}/{index}"), places);
            }
        }
        _ => {}
    }
    places.push(place);
}

/// One change, at a place that there was at first.
fn change(value: &mut Value, places: &[String], source: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    let (place, other) = (source.choose(places)?, source.choose(places)?);
    let (parent, name) = place.rsplit_once('/').unwrap_or_default();
    let with = match source.int_in_range(0..=4)? {
        0 => value.pointer(other).cloned(),
        1 => Some(Value::from(source.arbitrary::<u64>()?)),
        2 => Some(Value::from(source.arbitrary::<String>()?)),
        3 => Some(Value::Null),
        _ => None,
    };
    match (with, value.pointer_mut(parent)) {
        (Some(with), _) => {
            if let Some(here) = value.pointer_mut(place) {
                *here = with;
            }
        }
        (None, Some(Value::Object(fields))) => _ = fields.remove(name),
        (None, Some(Value::Array(items))) => {
            let index = name.parse::<usize>().unwrap_or_default();
            if index >= items.len() {
            } else if source.arbitrary()? {
                items.remove(index);
            } else {
                items.insert(index, items[index].clone());
            }
        }
        (None, _) => {}
    }
    Ok(())
}

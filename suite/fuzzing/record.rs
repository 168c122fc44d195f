//! A record that somebody wrote into, into everything that reads records.

use std::sync::LazyLock;

use arbitrary::Unstructured;
use serde_json::Value;

use crate::catalogue::parser_cases;
use crate::message::told;
use crate::mock::ReferenceParser;
use crate::record::comparison::{Comparison, ComparisonOptions, Grid, Query};
use crate::record::known::{Date, KnownDeviations, PLACEHOLDER, TemplateOptions, template};
use crate::record::{Record, Unwatched, Verification};
use crate::report::{self, TextOptions, View};
use crate::run::{ParserOptions, run_parser_in_process};

/// Cases of the record, from the first on: it has to be small, as it is read with every input.
const CASES: usize = 12;

/// Most cases of a record whose exchange is shown.
const SHOWN: usize = 3;

/// Most changes of one input.
const CHANGES: usize = 4;

/// A whole record: as it is, its lines as they were written, these as a list of values, and where in that something
/// stands.
struct Whole {
    record: Record,
    lines: Vec<String>,
    values: Value,
    places: Vec<String>,
}

/// The one that is changed.
static WHOLE: LazyLock<Whole> = LazyLock::new(|| {
    let cases: Vec<_> = parser_cases().iter().take(CASES).collect();
    let options = ParserOptions::new("the reference reader");
    let record = run_parser_in_process(ReferenceParser, &options, &cases, &Unwatched);
    let bytes = record.save().expect("a record is always saved");
    let text = String::from_utf8(bytes).expect("a record is text");
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let values =
        lines.iter().map(|line| serde_json::from_str::<Value>(line).expect("a line is JSON")).collect();
    let mut places = Vec::new();
    note_places(&values, String::new(), &mut places);
    Whole { record, lines, values, places }
});

/// Bytes as changes of a record: no panic, one line of refusal or a discrepancy, and reports of what is taken.
///
/// # Panics
/// On a finding.
pub fn record(data: &[u8]) {
    // Bytes as they are, too: whatever a file holds.
    let which = data.iter().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte));
    let _ = Record::load(data).map(|record| shown(&record, which));
    let Whole { lines, values: whole, places, .. } = &*WHOLE;
    let mut source = Unstructured::new(data);
    let mut changed = whole.clone();
    for _ in 0..CHANGES {
        if source.is_empty() || change(&mut changed, places, &mut source).is_err() {
            break;
        }
    }
    let bytes = written(&changed, lines, whole);
    if let Ok(record) = Record::load(&bytes) {
        shown(&record, which);
    }
    match Verification::of(&bytes) {
        Err(error) => {
            let line = told(&error.to_string());
            assert!(!line.contains(|c: char| c.is_control()), "{line}");
        }
        Ok(verification) => {
            let is_whole = verification.discrepancies.is_empty() && verification.ended;
            // How long something took is the only part that may be another.
            if changed == *whole || without_times(&changed) != without_times(whole) {
                assert_eq!(is_whole, changed == *whole, "{:?}", verification.discrepancies);
            }
        }
    }
}

/// The lines of a record. Those that were not changed are written as they were.
fn written(changed: &Value, lines: &[String], whole: &Value) -> Vec<u8> {
    let line = |value: &Value| {
        let known = whole.as_array().and_then(|all| all.iter().position(|known| known == value));
        known.map_or_else(|| value.to_string(), |place| lines[place].clone()) + "\n"
    };
    let changed = changed.as_array().map_or(std::slice::from_ref(changed), Vec::as_slice);
    changed.iter().map(line).collect::<String>().into_bytes()
}

/// The same without what is no part of the chain.
fn without_times(lines: &Value) -> Value {
    let mut lines = lines.clone();
    for line in lines.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        line.retain(|name, _| !matches!(&**name, "elapsed_ms" | "ms" | "started_ms"));
    }
    lines
}

/// The reports of a record for people, and one of those for programs.
fn shown(record: &Record, which: u8) {
    for entry in record.entries.iter().take(SHOWN) {
        let view = report::exchange(record, &entry.case).expect("the case is there");
        assert!(!view.contains(|c: char| c.is_control() && c != '\n'), "{view}");
    }
    for verbose in [false, true] {
        let _ = report::text(record, TextOptions { verbose, ..TextOptions::default() });
    }
    let _ = report::requirements_text(record);
    for (old, new) in [(&WHOLE.record, record), (record, &WHOLE.record)] {
        let Ok(comparison) = Comparison::of(old, new, ComparisonOptions::default()) else { continue };
        let _ = report::diff_text(&comparison, TextOptions::default());
        assert!(report::diff_markdown(&comparison).len() <= report::MAX_MARKDOWN);
        let _ = report::diff_json(&comparison);
        let _ = Grid::of(vec![old, new]).map(|grid| report::grid_text(&grid, &[], Query::All));
    }
    // Whatever stands in a record, a first file of what is known of it can be read.
    let first = template(record, TemplateOptions { warnings: true });
    let edited = first.replace(PLACEHOLDER, "it is fuzzed");
    let known = KnownDeviations::parse(&edited).unwrap_or_else(|error| panic!("{error}\n{edited}"));
    let accounting = known.account(record, Date::of_unix_ms(0));
    let known = Some(&accounting);
    let view = View { known, ..View::from(record) };
    let _ = report::text(view, TextOptions { verbose: true, ..TextOptions::default() });
    // One of them: all together take longer than everything else here.
    let format = report::FORMATS[usize::from(which) % report::FORMATS.len()];
    for view in [view, View::from(record)] {
        let written = (format.write)(&view);
        assert!(written.is_ok(), "{}: {written:?}", format.name);
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

//! Other spellings: arrays hold what they promise, and no row changes what a message is.

use std::collections::BTreeSet;

use umspec::catalogue::{Case, cases};
use umspec::generate::neutral::{
    Coverage, DIMENSIONS, Fitting, Row, all_levels, covering_array, rotated_rows,
};
use umspec::generate::{Change, Variation};
use umspec::message::{Draft, Ids, Place, charset_of, read_request};
use umspec::mock::hard_mutants;
use umspec::protocol::{InputClass, names};

#[test]
fn names_of_dimensions_and_values_are_unique_and_rows_are_read_back() {
    assert!(DIMENSIONS.len() >= 18, "{}", DIMENSIONS.len());
    let names: BTreeSet<&str> = DIMENSIONS.iter().map(|dimension| dimension.name).collect();
    assert_eq!(names.len(), DIMENSIONS.len());
    for (at, dimension) in DIMENSIONS.iter().enumerate() {
        let values: BTreeSet<&str> = dimension.values.iter().map(|value| value.name).collect();
        assert_eq!(values.len(), dimension.values.len(), "{}", dimension.name);
        for value in 0..dimension.values.len() {
            let row = Row::plain().with(at, u8::try_from(value).expect("few"));
            assert_eq!(Row::parse(&row.told()), Some(row.clone()), "{row:?}");
            assert_eq!(row.edits().is_empty(), value == 0, "{}: {value}", dimension.name);
        }
    }
    // What a hard mutant asks for can be varied.
    for factor in hard_mutants().flat_map(|mutant| mutant.factors) {
        assert!(factor.dimension().is_none_or(|name| names.contains(name)), "{factor:?}");
    }
}

#[test]
fn pairs_meet_in_few_rows_and_triples_in_some_more() {
    let levels = all_levels();
    let two = covering_array(&levels, 2, 15);
    let pairs = Coverage::of(&two, &levels, 2);
    assert_eq!(pairs.covered, pairs.total);
    assert!(two.len() < 65, "{}", two.len());
    assert_eq!(two, covering_array(&levels, 2, 15));
    let three = covering_array(&levels, 3, 15);
    let triples = Coverage::of(&three, &levels, 3);
    assert_eq!(triples.covered, triples.total);
    assert!(three.len() < 400, "{}", three.len());
    for turn in 0..50 {
        let rows = rotated_rows(&levels, turn);
        let values = Coverage::of(&rows, &levels, 1);
        assert_eq!((values.covered, rows.len()), (values.total, 6));
    }
}

fn valid(class: InputClass) -> bool {
    use InputClass as C;
    matches!(class, C::Valid | C::OptionalHeader | C::TextSplit | C::Utf8Bom | C::Utf16 | C::SoapAction)
}

/// What the changes of a row alone make of a request, by the classifier, and what the reader and roxmltree make of
/// its bytes.
#[test]
fn no_row_changes_what_the_plain_request_is() {
    let levels = all_levels();
    for row in covering_array(&levels, 2, 15) {
        let classes = Variation { changes: row.changes() }.classes();
        assert!(classes.iter().all(|class| valid(*class)), "{:?}: {classes:?}", row.told());
        let edits = row.edits();
        let request = Draft::disconnect(&edits).write(&Ids::default());
        let charset = request.header("content-type").and_then(charset_of);
        let read = read_request(&request.body, charset.as_deref()).expect("a valid request");
        assert_eq!(read.call_id(), Some(names::SAMPLE_CALL_ID), "{:?}", row.told());
        if let Ok(text) = std::str::from_utf8(&request.body) {
            let document = roxmltree::Document::parse(text).expect("XML");
            let id = document.descendants().find(|node| node.has_tag_name((names::MESSAGES, "CallId")));
            let text: String = id.expect("an id").descendants().filter_map(|node| node.text()).collect();
            assert!(text.ends_with(&names::SAMPLE_CALL_ID[60..]), "{:?}: {text}", row.told());
        }
    }
}

/// The same around one change that makes a fault: the fault stays the one it is.
#[test]
fn no_row_changes_what_a_fault_is() {
    let faults = [
        Change::Delete(Place::Body),
        Change::Delete(Place::CallId),
        Change::Duplicate(Place::CallId),
        Change::Duplicate(Place::Body),
        Change::Rename(Place::Operation, "disconnect"),
        Change::Method("PUT"),
        Change::Doctype("<!DOCTYPE a>"),
        Change::Value(umspec::generate::Value::Empty),
    ];
    for fault in faults {
        let alone = Variation { changes: vec![fault] }.classes();
        let edits = Variation { changes: vec![fault] }.edits();
        let fitting = Fitting::of(&edits, &all_levels());
        for row in rotated_rows(&fitting.levels, 7).iter().map(|row| fitting.fit(row)) {
            let changes = std::iter::once(fault).chain(row.changes().into_iter().filter(|change| {
                // The id stays where the fault left it.
                !matches!(change, Change::Spell(_))
            }));
            let classes = Variation { changes: changes.collect() }.classes();
            assert_eq!(classes, alone, "{fault:?} {:?}", row.told());
        }
    }
}

/// Around cases the reader decides what fits: whatever is left makes the same message, and most cases can be
/// spelled in most ways.
#[test]
fn rows_fit_around_cases() {
    let levels = all_levels();
    let all = levels.iter().map(Vec::len).sum::<usize>() - levels.len();
    let some: Vec<&Case> = cases().iter().filter(|case| !case.slow && !case.is_raw()).step_by(23).collect();
    let mut shares = Vec::new();
    for (turn, case) in some.iter().enumerate() {
        let Some(edits) = case.edits() else { continue };
        let fitting = Fitting::of(edits, &levels);
        shares.push(fitting.levels.iter().map(|values| values.len() - 1).sum::<usize>() * 100 / all);
        for row in rotated_rows(&fitting.levels, turn) {
            let row = fitting.fit(&row);
            assert!(fitting.reads_the_same(&row), "{}: {:?}", case.id, row.told());
        }
    }
    shares.sort_unstable();
    assert!(shares[shares.len() / 2] > 60, "{shares:?}");
}

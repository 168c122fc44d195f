//! Property tests whose failures are kept as values.
//!
//! proptest keeps seeds, which mean something else as soon as a strategy changes. Here the shrunk
//! value itself is written to `corpus/found/properties/`, readable, with the bytes it stands for
//! where it stands for some; those are replayed for ever by [`crate::fuzzing`].

use std::fmt::Debug;
use std::fs;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRng, TestRunner};
use sha2::{Digest, Sha256};

use crate::support::root;

/// Holds a property for `cases` generated values; the smallest value against it is kept.
pub(crate) fn holds<S: Strategy>(name: &str, cases: u32, values: &S, check: impl Fn(&S::Value))
where
    S::Value: Debug,
{
    if let Some(told) = broken(cases, values, check) {
        let digest: String = Sha256::digest(&told).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let folder = root().join("corpus/found/properties");
        let path = folder.join(format!("{name}-{digest}.txt"));
        fs::create_dir_all(&folder).and_then(|()| fs::write(&path, &told)).expect("a place for the finding");
        panic!("{name} does not hold, see {}:\n{told}", path.display());
    }
}

/// The smallest value against a property, in words, with the reason.
fn broken<S: Strategy>(cases: u32, values: &S, check: impl Fn(&S::Value)) -> Option<String>
where
    S::Value: Debug,
{
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    // In CI the same values each time: what a change breaks is found there, what nobody knows yet at a desk.
    let is_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    let mut runner = if is_ci {
        let rng = TestRng::deterministic_rng(config.rng_algorithm);
        TestRunner::new_with_rng(config, rng)
    } else {
        TestRunner::new(config)
    };
    let run = runner.run(values, |value| {
        let run = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&value)));
        run.map_err(|panic| {
            let words = panic.downcast_ref::<String>().cloned();
            let words = words.or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned()));
            TestCaseError::fail(words.unwrap_or_default())
        })
    });
    match run {
        Ok(()) => None,
        Err(TestError::Fail(reason, value)) => Some(format!("{value:#?}\n\n{reason}\n")),
        Err(TestError::Abort(reason)) => Some(format!("given up: {reason}\n")),
    }
}

#[test]
fn the_smallest_value_is_told_with_its_reason() {
    use umspec::generate::{Change, Variation};
    use umspec::message::Place;
    let told = broken(2_000, &umspec::strategy::variations(), |variation: &Variation| {
        let deletes = variation.changes.iter().any(|change| matches!(change, Change::Delete(_)));
        assert!(!deletes, "an element is gone");
    });
    let told = told.expect("a change that deletes");
    let least = Variation { changes: vec![Change::Delete(Place::CallId)] };
    assert_eq!(told, format!("{least:#?}\n\nan element is gone\n"));
}

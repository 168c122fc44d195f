//! The lists of `--quick`.

use std::collections::BTreeSet;

use umspec::evidence::Subject;
use umspec::proof::KillMatrix;

use crate::review::root;

/// Holds that the quick cases for such a subject kill every mutant that any of these cases kills, but for those that
/// only time tells.
pub(crate) fn is_enough(subject: Subject, matrix: &KillMatrix, cases: &[&str]) {
    let quick: BTreeSet<&str> = umspec::catalogue::quick_cases(subject).collect();
    let alive: Vec<&str> = matrix
        .rows
        .iter()
        .filter(|row| {
            let mut kills = row.kills.iter().map(|kill| &*kill.case).filter(|case| cases.contains(case));
            let killed = kills.clone().any(|case| !case.starts_with("growth/"));
            killed && !kills.any(|case| quick.contains(case))
        })
        .map(|row| row.mutant)
        .collect();
    assert_eq!(
        alive,
        Vec::<&str>::new(),
        "umspec matrix --kill --subject client --format json tells who kills them"
    );
}

/// Compares a list that is kept with what it has to be, or writes it anew.
pub(crate) fn is_kept(path: &str, set: &[&str]) {
    let file = root().join(path);
    if std::env::var_os("UPDATE_README").is_some_and(|value| !value.is_empty()) {
        std::fs::write(&file, set.join("\n") + "\n").expect("the list");
    }
    let kept = std::fs::read_to_string(&file).expect("the list");
    let how = "UPDATE_README=1 cargo test --profile proof --test proof";
    assert_eq!(set, kept.lines().collect::<Vec<_>>(), "{path}: {how}");
}

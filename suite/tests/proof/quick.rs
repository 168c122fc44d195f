//! The lists of `--quick`.

use crate::review::root;

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

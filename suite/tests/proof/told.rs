use umspec::proof::{Economy, KillMatrix, MANY, MOST, Told, told_text};

/// Holds what is promised of the findings that single defects make, and that the table of those that make
/// many is that of those that do.
pub(crate) fn is_told_once(matrix: &KillMatrix) {
    let told: Vec<Told> = matrix.rows.iter().map(|row| row.told.clone()).collect();
    let economy = Economy::of(&told);
    assert!(economy.is_kept(), "{economy}\n{}", told_text(&told));
    for one in &told {
        let is_listed = MANY.iter().any(|(mutant, _)| *mutant == one.mutant);
        let count = one.findings.len();
        assert_eq!(count > MOST, is_listed, "{}: {count} findings", one.mutant);
    }
}

//! A target without an engine is a program that replays files.

use std::process::Command;

fn replay(args: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_request")).args(args).output().expect("the target");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn files_and_folders_are_replayed() {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/http");
    let (code, told) = replay(&[seeds, concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")]);
    assert_eq!(code, Some(0));
    let count = std::fs::read_dir(seeds).expect("seeds").count() + 1;
    assert_eq!(told, format!("{count} inputs, no finding\n"));
}

/// Nothing tried is no success.
#[test]
fn no_input_is_an_error() {
    let empty = std::env::temp_dir().join(format!("umspec-replay-{}", std::process::id()));
    std::fs::create_dir(&empty).expect("a folder");
    let empty_folder = replay(&[empty.to_str().expect("a path")]);
    std::fs::remove_dir(&empty).expect("the folder");
    for outcome in [replay(&[]), empty_folder, replay(&["no-such-file"])] {
        assert_eq!(outcome, (Some(2), String::new()));
    }
}

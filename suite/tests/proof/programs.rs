//! Programs that have nothing against them: the reference client, and the worked examples of parsers. Each case
//! starts one.

use crate::support::{is_given, needs, root, stderr, stdout, umspec};

/// The same door as everybody else's.
#[test]
fn the_reference_client_is_a_program_like_any_other() {
    let binary = env!("CARGO_BIN_EXE_umspec");
    let command = format!("'{binary}' call --timeout 1s --user {{user}}:{{password}} {{url}} -- {{call-id}}");
    let output = umspec(&["run", "--client", &command, "--bp"]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{text}{}", stderr(&output));
    assert!(text.contains("not judged 0 + skipped 0") && text.contains("warned 0 + failed 0"), "{text}");
}

/// The status and the report of a run for this command.
fn parser(command: &str, further: &[&str]) -> (Option<i32>, String) {
    let output = umspec(&[&["run", "--parser", command], further].concat());
    (output.status.code(), stdout(&output) + &stderr(&output))
}

/// The worked examples have nothing against them, in one process and in many.
#[test]
fn the_adapters_pass_where_their_interpreters_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let built = folder.path().join("parser");
    let compiled = || {
        let mut compiler = std::process::Command::new("cc");
        compiler.args(["-O2", "-o"]).arg(&built).arg(root().join("suite/tests/adapters/parser.c"));
        compiler.arg("-lexpat").output().is_ok_and(|output| output.status.success())
    };
    let adapters = [
        (needs("python3"), "python3 suite/tests/adapters/parser.py".to_owned()),
        (needs("node"), "node suite/tests/adapters/parser.js".to_owned()),
        (
            needs("cc") && is_given("there is no expat.h; .ci/setup installs it", compiled()),
            built.display().to_string(),
        ),
    ];
    for (_, command) in adapters.iter().filter(|(there, _)| *there) {
        let (status, text) = parser(command, &["--persistent"]);
        assert_eq!(status, Some(0), "{command}\n{text}");
        assert!(text.contains("warned 0 + failed 0"), "{command}\n{text}");
        let (status, text) = parser(command, &["text", "reply-fault/code*", "--profile", "strict"]);
        assert_eq!(status, Some(0), "{command}\n{text}");
        assert!(text.contains("not judged 0"), "{command}\n{text}");
    }
}

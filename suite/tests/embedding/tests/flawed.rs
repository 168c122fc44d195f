//! A parser that is wrong fails, by name.

use std::process::Command;

fn flawed(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_flawed")).args(arguments).output().expect("the binary");
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn the_cases_it_gets_wrong_fail_and_the_others_do_not() {
    let (passed, text) = flawed(&[]);
    assert!(!passed);
    let fails = |test: &str| {
        let line = text.lines().find(|line| line.starts_with(&format!("test {test} "))).expect(test);
        line.contains("FAILED")
    };
    for case in ["xml/section-whole", "text/escaped-markup"] {
        assert!(fails(case), "{case}");
    }
    // One is right, and one is known to be wrong.
    for case in ["request-body/call-id-twice", "xml/comment-inside-id"] {
        assert!(!fails(case), "{case}");
    }
    assert!(!fails("known xml/comment-inside-id (line 2)"));
    for (test, words) in [
        ("known text/tabs (line 6)", "known to deviate, and does not any more"),
        ("known text/escaped-markup (line 10)", "known until 2000-12-31, and still seen"),
        ("known text/nothing-of-this-name (line 15)", "no case has this name"),
        ("known deviations", "cannot read no-such-file.toml"),
    ] {
        assert!(fails(test) && text.contains(words), "{test}: {text}");
    }
    assert!(text.contains("UMD-R040 value: expected read as \"<CallId>"), "{text}");
    assert!(text.contains("known text/no-such-case"), "{text}");
}

#[test]
fn one_case_runs_by_its_name() {
    let (passed, text) = flawed(&["--exact", "text/tabs"]);
    assert!(passed && text.contains("1 passed"), "{text}");
}

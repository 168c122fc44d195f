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
    for case in
        ["xml/section-whole", "xml/comment-inside-id", "text/escaped-markup", "request-body/call-id-twice"]
    {
        let line = text.lines().find(|line| line.starts_with(&format!("test {case} "))).expect(case);
        let fails = case != "request-body/call-id-twice";
        assert_eq!(line.contains("FAILED"), fails, "{line}");
    }
    assert!(text.contains("UMD-R040 value: expected read as \"<CallId>"), "{text}");
    assert!(text.contains("known text/no-such-case"), "{text}");
}

#[test]
fn one_case_runs_by_its_name() {
    let (passed, text) = flawed(&["--exact", "text/tabs"]);
    assert!(passed && text.contains("1 passed"), "{text}");
}

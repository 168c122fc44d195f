//! The corpus: as the catalogue makes it, and with flags that independent judges confirm.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::process::Command;

use serde::Deserialize;
use umspec::export::{MAX_DICTIONARY, MAX_DICTIONARY_ENTRY, dictionary, files};

use crate::support::{needs, root, stdout, umspec};

#[derive(Deserialize)]
struct Index {
    files: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
    id: String,
    expect: String,
    class: Option<String>,
    value: Option<String>,
    well_formed: bool,
    schema_valid: bool,
}

fn index() -> Vec<Entry> {
    let bytes = fs::read(root().join("corpus/index.json")).expect("an index");
    serde_json::from_slice::<Index>(&bytes).expect("an index").files
}

#[test]
fn the_corpus_is_what_the_catalogue_makes() {
    let corpus = root().join("corpus");
    let output = umspec(&["export", "--check", corpus.to_str().expect("a path")]);
    assert!(output.status.success(), "run `umspec export`:\n{}", stdout(&output));
}

#[test]
fn every_message_has_a_folder_an_entry_and_what_a_reader_must_give() {
    let index = index();
    assert!(index.len() >= 300, "only {} files", index.len());
    for folder in ["request", "reply"] {
        for expect in ["accept", "reject", "either"] {
            let prefix = format!("{folder}/{expect}/");
            let count = index.iter().filter(|entry| entry.path.starts_with(&prefix)).count();
            assert!(count >= 10, "{count} files in {prefix}");
        }
    }
    for entry in &index {
        assert!(entry.path.contains(&format!("/{}/", entry.expect)), "{}", entry.path);
        assert_eq!(entry.value.is_some(), entry.expect == "accept", "{}", entry.path);
        // No reader takes what is not XML.
        assert!(entry.well_formed || entry.expect != "accept", "{}", entry.path);
        assert!(entry.well_formed || !entry.schema_valid, "{}", entry.path);
    }
}

/// The ten lines of Python in the README of the corpus, against the reference reader, and against a
/// reader that refuses everything.
#[test]
fn the_example_of_the_readme_runs() {
    let readme = fs::read_to_string(root().join("corpus/README.md")).expect("a README");
    let program =
        readme.split("```python\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    assert_eq!(program.lines().count(), 10);
    let run = |reader: &[&str]| {
        let mut python = Command::new("python3");
        python.current_dir(root()).args(["-c", program]).args(reader).output().expect("python3")
    };
    if !needs("python3") {
        return;
    }
    let reader = [env!("CARGO_BIN_EXE_umspec"), "parse", "{kind}", "--charset", "{charset}"];
    let output = run(&reader);
    assert_eq!(stdout(&output), "0 wrong\n", "{}", String::from_utf8_lossy(&output.stderr));
    let accepted = index().iter().filter(|entry| entry.expect == "accept").count();
    let refuses = stdout(&run(&["false"]));
    assert!(refuses.ends_with(&format!("{accepted} wrong\n")), "{refuses}");
}

#[test]
fn check_finds_what_differs_is_missing_or_is_extra() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("a path");
    assert!(umspec(&["export", path]).status.success());
    assert!(umspec(&["export", "--check", path]).status.success());
    let own = files().expect("files");
    fs::write(folder.path().join(&own[0].path), "changed").expect("a change");
    fs::remove_file(folder.path().join(&own[1].path)).expect("a removal");
    fs::write(folder.path().join("request/accept/extra.xml"), "").expect("an extra file");
    fs::create_dir(folder.path().join("found")).expect("a folder of others");
    fs::write(folder.path().join("found/kept"), "").expect("a file of others");
    let output = umspec(&["export", "--check", path]);
    assert_eq!(output.status.code(), Some(1));
    let words = stdout(&output);
    assert!(words.contains(&format!("differs  {}", own[0].path)), "{words}");
    assert!(words.contains(&format!("missing  {}", own[1].path)), "{words}");
    assert!(words.contains("extra") && words.contains("3 differ"), "{words}");
    assert!(umspec(&["export", path]).status.success());
    let words = stdout(&umspec(&["export", "--check", path]));
    assert!(words.contains("1 differ") && folder.path().join("request/accept/extra.xml").exists(), "{words}");
    // What an earlier export made and its index names is ours to remove.
    let index = folder.path().join("index.json");
    let named =
        fs::read_to_string(&index).expect("an index").replacen(&own[1].path, "request/accept/extra.xml", 1);
    fs::write(&index, named).expect("an older index");
    assert!(umspec(&["export", path]).status.success());
    assert!(umspec(&["export", "--check", path]).status.success());
    assert!(folder.path().join("found/kept").exists());
}

#[test]
fn the_dictionary_is_one_that_engines_read() {
    let dictionary = dictionary();
    let lines: Vec<&str> = dictionary.lines().filter(|line| !line.starts_with('#')).collect();
    assert!((100..=MAX_DICTIONARY).contains(&lines.len()), "{} entries", lines.len());
    assert_eq!(lines.iter().collect::<BTreeSet<_>>().len(), lines.len(), "an entry twice");
    for line in lines {
        let entry = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).expect(line);
        let (mut length, mut chars) = (0, entry.chars());
        while let Some(c) = chars.next() {
            length += 1;
            match c {
                '\\' => match chars.next() {
                    Some('"' | '\\') => {}
                    Some('x') => {
                        let hex: String = chars.by_ref().take(2).collect();
                        assert!(u8::from_str_radix(&hex, 16).is_ok(), "{line}");
                    }
                    other => panic!("{other:?} after a backslash in {line}"),
                },
                '"' => panic!("a bare quote in {line}"),
                ' '..='~' => {}
                _ => panic!("{c:?} in {line}"),
            }
        }
        assert!((1..=MAX_DICTIONARY_ENTRY).contains(&length), "{line}");
    }
}

/// Where a judge is known to be wrong or to have bounds of its own: judge, start of the id, reason.
const GAPS: &[(&str, &str, &str)] = &[
    ("xmllint", "encoding/utf-16-with-odd-byte", "libxml2 2.9 drops half a character at the end"),
    ("xmllint", "encoding/utf-16-marked-charset-", "believes the mark against the declaration"),
    ("xmllint", "encoding/declaration-utf-seven", "knows UTF-7"),
    ("xmllint", "xml/nul-after-root", "takes NUL for the end of the input"),
    ("xmllint", "namespace/", "takes a namespace name that is no URI for an error"),
    ("xmllint", "envelope/namespace-", "takes a namespace name that is no URI for an error"),
    ("xmllint", "header/mandatory-name-with-less-than", "takes a namespace name that is no URI for an error"),
    ("xmllint", "robustness/depth-of-thousand-", "goes 256 levels deep"),
    ("xmllint", "dtd/", "validates without expanding entities, and bounds their expansion"),
    ("xmllint", "reply-fault/code-padded", "does not collapse white space around a QName"),
    ("xmllint", "request-body/type-string-padded", "does not collapse white space around a QName"),
    ("jdk", "request-body/call-id-named-zero-width-joiner", "reads names by the fourth edition of XML"),
    ("jdk", "xml/colon-at-start-of-name", "takes an empty prefix for none"),
    ("jdk", "reply-xml/colon-at-start-of-name", "takes an empty prefix for none"),
    ("jdk", "robustness/large-namespace", "bounds the size of names"),
    ("jdk", "dtd/entities-nested", "bounds the expansion of entities"),
    ("jdk", "robustness/large-", "bounds the size of names"),
    ("xmllint", "robustness/large-", "bounds the size of names"),
];

/// Compares flags with what a judge says of each file, and finds gaps that are none any more.
fn compare(judge: &str, verdicts: &BTreeMap<String, (bool, bool)>) {
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for entry in index() {
        let &(well_formed, valid) = verdicts.get(&entry.path).unwrap_or_else(|| panic!("{}", entry.path));
        if (well_formed, valid) == (entry.well_formed, entry.schema_valid) {
            continue;
        }
        let gap = GAPS.iter().position(|(by, start, _)| *by == judge && entry.id.starts_with(start));
        match gap {
            Some(gap) => drop(used.insert(gap)),
            None => wrong.push(format!(
                "{} ({:?}): well-formed {} and valid {} in the index, {well_formed} and {valid} by {judge}",
                entry.path, entry.class, entry.well_formed, entry.schema_valid
            )),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (gap, (by, start, _)) in GAPS.iter().enumerate().filter(|(_, (by, ..))| *by == judge) {
        assert!(used.contains(&gap), "{by} has no gap at {start} any more");
    }
}

fn schema() -> String {
    root().join("suite/protocol/description/service.xsd").display().to_string()
}

#[test]
fn xmllint_confirms_the_flags() {
    if !needs("xmllint") {
        return;
    }
    let index = index();
    let corpus = root().join("corpus");
    let run = |more: &[&str]| {
        let output = Command::new("xmllint")
            .current_dir(&corpus)
            .args(["--nonet", "--noout"])
            .args(more)
            .args(index.iter().map(|entry| &entry.path))
            .output()
            .expect("xmllint");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    // Namespace errors do not change its exit status, so its messages are read: `path:line: kind
    // error : words`, and `path validates`.
    let (parsing, validating) = (run(&[]), run(&["--schema", &schema()]));
    let ill_formed: BTreeSet<&str> = parsing
        .lines()
        .filter_map(|line| {
            let (path, rest) = line.split_once(".xml:")?;
            let kind = rest.split_once(": ")?.1.split(" : ").next()?;
            kind.ends_with("error").then_some(path)
        })
        .collect();
    let valid: BTreeSet<&str> =
        validating.lines().filter_map(|line| line.strip_suffix(".xml validates")).collect();
    let verdicts = index
        .iter()
        .map(|entry| {
            let name = entry.path.trim_end_matches(".xml");
            let well_formed = !ill_formed.contains(name);
            (entry.path.clone(), (well_formed, well_formed && valid.contains(name)))
        })
        .collect();
    compare("xmllint", &verdicts);
}

#[test]
fn the_jdk_confirms_the_flags() {
    if !needs("java") {
        return;
    }
    let corpus = root().join("corpus");
    let mut list = tempfile::NamedTempFile::new().expect("a file");
    for entry in index() {
        writeln!(list, "{}", corpus.join(&entry.path).display()).expect("a list");
    }
    let output = Command::new("java")
        .arg(root().join("suite/tests/judges/Judge.java"))
        .arg(schema())
        .arg(list.path())
        .output()
        .expect("java");
    let prefix = format!("{}/", corpus.display());
    let verdicts = stdout(&output)
        .lines()
        .filter_map(|line| {
            let (flags, path) = line.split_at(4);
            let path = path.strip_prefix(&prefix)?.to_owned();
            Some((path, (flags.starts_with('1'), &flags[2..3] == "1")))
        })
        .collect();
    compare("jdk", &verdicts);
}

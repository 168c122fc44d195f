//! Who may use whom, held by reading what each file uses.

use crate::imports::Library;

/// Rooms in the library, and which others each may use: the table of the design.
const ROOMS: [(&str, &[&str]); 17] = [
    ("protocol", &[]),
    ("message", &["protocol"]),
    ("evidence", &["protocol", "message"]),
    ("generate", &["protocol", "message"]),
    ("catalogue", &["protocol", "message", "evidence", "generate"]),
    ("judge", &["protocol", "message", "evidence", "catalogue"]),
    ("record", &["protocol", "message", "evidence", "catalogue", "judge"]),
    // What another reading would say is asked of the judge.
    ("report", &["protocol", "message", "evidence", "catalogue", "judge", "record"]),
    // The marked must not share the marker's book.
    ("mock", &["protocol", "message", "evidence"]),
    // Of the mocks, the listener and what it serves: a server in this process may be one of them.
    ("target", &["protocol", "message", "evidence", "mock"]),
    (
        "run",
        &[
            "protocol",
            "message",
            "evidence",
            "generate",
            "catalogue",
            "judge",
            "record",
            "report",
            "mock",
            "target",
        ],
    ),
    (
        "campaign",
        &[
            "protocol",
            "message",
            "evidence",
            "generate",
            "catalogue",
            "judge",
            "record",
            "mock",
            "target",
            "run",
        ],
    ),
    (
        "proof",
        &[
            "protocol",
            "message",
            "evidence",
            "catalogue",
            "judge",
            "record",
            "mock",
            "target",
            "run",
            "campaign",
        ],
    ),
    ("export", &["protocol", "message", "evidence", "catalogue", "generate"]),
    ("strategy", &["protocol", "message", "generate"]),
    ("harness", &["protocol", "message", "evidence", "catalogue", "judge", "record", "target", "run"]),
    // `exchange` holds that no answer breaks any view of a record, so this room sees reports too.
    (
        "fuzzing",
        &[
            "protocol",
            "message",
            "evidence",
            "generate",
            "catalogue",
            "judge",
            "record",
            "report",
            "mock",
            "target",
            "run",
        ],
    ),
];

/// Rooms that do no input or output and look at no clock.
const PURE: [&str; 9] =
    ["protocol", "message", "evidence", "generate", "catalogue", "judge", "record", "report", "export"];

fn room(module: &str) -> &str {
    module.split("::").next().unwrap_or_default()
}

#[test]
fn rooms_use_only_what_they_may() {
    let library = Library::read();
    let mut wrong = Vec::new();
    for (module, source) in library.sources() {
        let Some((_, may_use)) = ROOMS.iter().find(|(name, _)| *name == room(module)) else { continue };
        for used in library.used_by(module) {
            if room(&used) != room(module) && !may_use.contains(&room(&used)) {
                wrong.push(format!("{} uses {used}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_of_the_library_is_in_the_table() {
    let library = Library::read();
    for (module, _) in library.sources().filter(|(module, _)| !module.is_empty()) {
        let name = room(module);
        assert!(name == "cli" || ROOMS.iter().any(|(known, _)| *known == name), "{name}");
    }
}

#[test]
fn no_file_uses_itself_through_others() {
    let circles = Library::read().circles();
    let told: Vec<String> = circles.iter().map(|circle| circle.join(", ")).collect();
    assert!(circles.is_empty(), "{}", told.join("\n"));
}

#[test]
fn pure_rooms_do_no_input_or_output() {
    let mut wrong = Vec::new();
    for (module, source) in Library::read().sources().filter(|(module, _)| PURE.contains(&room(module))) {
        for word in
            ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Instant", "tokio", "print!"]
        {
            if source.text.contains(word) {
                wrong.push(format!("{module} uses {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_page_for_contributors_shows_this_table() {
    let page = std::fs::read_to_string(crate::support::root().join("CONTRIBUTING.md")).expect("the page");
    let row = |(room, may_use): (&str, &[&str])| {
        let used = if may_use.is_empty() { "nothing of ours".to_owned() } else { may_use.join(", ") };
        format!("| `{room}` | {used} |\n")
    };
    let table: String = ROOMS.map(row).concat();
    assert!(page.contains(&table), "CONTRIBUTING.md does not hold\n{table}");
}

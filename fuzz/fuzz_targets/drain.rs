//! The least that a fuzz target over quick-xml can do: drain its namespace reader. A yardstick for the
//! speed of `request`, not a target of its own.
#![cfg_attr(fuzzing, no_main)]

use quick_xml::NsReader;
use quick_xml::events::Event;

fn drain(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut reader = NsReader::from_str(text);
    while let Ok((_, event)) = reader.read_resolved_event() {
        if matches!(event, Event::Eof) {
            break;
        }
    }
}

umspec_fuzz::target!(drain, markup);

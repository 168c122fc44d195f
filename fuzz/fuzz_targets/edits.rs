//! See `umspec::fuzzing::edits`.
#![cfg_attr(fuzzing, no_main)]

umspec_fuzz::target!(umspec::fuzzing::edits);

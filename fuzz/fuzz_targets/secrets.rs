//! See `umspec::fuzzing::secrets`.
#![cfg_attr(fuzzing, no_main)]

umspec_fuzz::target!(umspec::fuzzing::secrets);

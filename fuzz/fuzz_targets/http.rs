//! See `umspec::fuzzing::http`.
#![cfg_attr(fuzzing, no_main)]

umspec_fuzz::target!(umspec::fuzzing::http);

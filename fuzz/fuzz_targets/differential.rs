//! See `umspec::fuzzing::differential`.
#![cfg_attr(fuzzing, no_main)]

umspec_fuzz::target!(umspec::fuzzing::differential, markup);

//! See `umspec::fuzzing::frames`.
#![cfg_attr(fuzzing, no_main)]

umspec_fuzz::target!(umspec::fuzzing::frames);

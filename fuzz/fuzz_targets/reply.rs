//! See `umspec::fuzzing::reply`.
#![cfg_attr(fuzzing, no_main)]

umspec_fuzz::target!(umspec::fuzzing::reply, markup);

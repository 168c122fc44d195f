//! See `umspec::fuzzing::exchange`.
#![cfg_attr(fuzzing, no_main)]

umspec_fuzz::target!(umspec::fuzzing::exchange);

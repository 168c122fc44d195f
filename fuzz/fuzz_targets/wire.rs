//! See `umspec::fuzzing::wire`.
#![cfg_attr(fuzzing, no_main)]

umspec_fuzz::target!(umspec::fuzzing::wire);

//! See `umspec::fuzzing::request`.
#![cfg_attr(fuzzing, no_main)]

umspec_fuzz::target!(umspec::fuzzing::request, markup);

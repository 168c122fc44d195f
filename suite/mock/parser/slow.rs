//! Parsers whose time grows with the square of a part of the message.

use super::mutant::{Flaw, ParserMutant};
use crate::mock::slowness::{SLOWNESSES, Slowness};

const fn parser(slowness: Slowness) -> ParserMutant {
    ParserMutant {
        name: slowness.name,
        about: slowness.about,
        killed_by: slowness.killed_by,
        flaw: Flaw::Slow(slowness.part),
    }
}

const fn parsers<const COUNT: usize>(all: [Slowness; COUNT]) -> [ParserMutant; COUNT] {
    let mut parsers = [parser(all[0]); COUNT];
    let mut next = 1;
    while next < COUNT {
        parsers[next] = parser(all[next]);
        next += 1;
    }
    parsers
}

pub(super) static MUTANTS: &[ParserMutant] = &parsers(SLOWNESSES);

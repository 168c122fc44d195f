//! Readers of XML with one defect, as parsers.

use super::mutant::{End, Flaw, ParserMutant};
use crate::mock::inexact::INEXACT as INEXACT_READINGS;
use crate::mock::loose::LOOSE as LOOSE_READINGS;
use crate::mock::misreading::{How, MISREADINGS, Misreading, NARROW_REFERENCES, REPAIRS_CALL_ID};
use crate::mock::narrow::NARROW as NARROW_SPELLINGS;
use crate::mock::structure::STRUCTURE as STRUCTURE_READINGS;

const fn parser(reading: Misreading) -> ParserMutant {
    let flaw = match reading.how {
        How::Takes(repair) => Flaw::Repairs(repair),
        How::Mistakes(change) => Flaw::Before(change),
        How::Refuses(meets) => Flaw::MeetsText(meets, End::Refuses),
    };
    ParserMutant { name: reading.name, about: reading.about, killed_by: reading.killed_by, flaw }
}

const fn parsers<const COUNT: usize>(readings: [Misreading; COUNT]) -> [ParserMutant; COUNT] {
    let mut parsers = [parser(readings[0]); COUNT];
    let mut next = 1;
    while next < COUNT {
        parsers[next] = parser(readings[next]);
        next += 1;
    }
    parsers
}

pub(super) static MUTANTS: &[ParserMutant] = &parsers(MISREADINGS);

pub(super) static NARROW: &[ParserMutant] = &parsers(NARROW_REFERENCES);

pub(super) static REPAIRS: &[ParserMutant] = &parsers([REPAIRS_CALL_ID]);

pub(super) static LOOSE: &[ParserMutant] = &parsers(LOOSE_READINGS);

pub(super) static INEXACT: &[ParserMutant] = &parsers(INEXACT_READINGS);

pub(super) static SPELLINGS: &[ParserMutant] = &parsers(NARROW_SPELLINGS);

pub(super) static STRUCTURE: &[ParserMutant] = &parsers(STRUCTURE_READINGS);

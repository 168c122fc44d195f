//! Servers whose reader of XML has one defect.

use super::bug::{Bug, Mutant, mutant};
use crate::mock::inexact::INEXACT as INEXACT_READINGS;
use crate::mock::loose::LOOSE as LOOSE_READINGS;
use crate::mock::misreading::{How, MISREADINGS, Misreading, NARROW_REFERENCES};
use crate::mock::narrow::NARROW as NARROW_SPELLINGS;
use crate::mock::structure::STRUCTURE as STRUCTURE_READINGS;

const fn server(reading: Misreading) -> Mutant {
    let bug = match reading.how {
        How::Takes(repair) => Bug::Repairs(repair),
        How::Mistakes(change) => Bug::Misreads(change),
        How::Refuses(meets) => Bug::Refuses(meets),
    };
    mutant(reading.name, reading.about, reading.killed_by, bug)
}

const fn servers<const COUNT: usize>(readings: [Misreading; COUNT]) -> [Mutant; COUNT] {
    let mut servers = [server(readings[0]); COUNT];
    let mut next = 1;
    while next < COUNT {
        servers[next] = server(readings[next]);
        next += 1;
    }
    servers
}

pub(super) static MUTANTS: &[Mutant] = &servers(MISREADINGS);

pub(super) static NARROW: &[Mutant] = &servers(NARROW_REFERENCES);

pub(super) static LOOSE: &[Mutant] = &servers(LOOSE_READINGS);

pub(super) static INEXACT: &[Mutant] = &servers(INEXACT_READINGS);

pub(super) static SPELLINGS: &[Mutant] = &servers(NARROW_SPELLINGS);

pub(super) static STRUCTURE: &[Mutant] = &servers(STRUCTURE_READINGS);

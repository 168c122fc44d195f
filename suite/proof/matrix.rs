//! Mutants, and the cases that fail them.

use std::collections::{BTreeMap, BTreeSet};

use super::told::Told;
use crate::judge::Verdict;
use crate::mock::KilledBy;
use crate::protocol::RequirementId;

/// Most cases that a mutant may fail, each by its own doing, to show that each of them is good for
/// something. Three in a hundred of the cases for parsers: a family has more.
pub const FEW: usize = 42;

/// The family of cases that measure time.
pub(super) const GROWTH: &str = "growth/";

/// One case that fails a mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kill {
    /// Id of the case; `control` for what was found before the cases.
    pub case: String,
    /// The requirements that its failures cite, in the order of their numbers.
    pub requirements: Vec<RequirementId>,
    /// Whether a check failed that is about this case, and not one that any request or answer of such a
    /// subject fails.
    pub is_its_own: bool,
    /// Its verdict in the interop profile.
    pub interop: Verdict,
}

/// A mutant with the cases that kill it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KillRow {
    /// Name of the mutant.
    pub mutant: &'static str,
    /// The case named for it, and the requirement named with that.
    pub killed_by: KilledBy,
    /// Every case that kills it, for whatever requirement.
    pub kills: Vec<Kill>,
    /// What a report says of it.
    pub told: Told,
}

impl KillRow {
    /// What the case named for the mutant came to, if that kills it.
    pub(super) fn named(&self) -> Option<&Kill> {
        self.kills.iter().find(|kill| kill.case == self.killed_by.case)
    }

    /// The cases that kill it by their own doing.
    pub fn own_kills(&self) -> impl Iterator<Item = &Kill> {
        self.kills.iter().filter(|kill| kill.is_its_own)
    }

    /// Whether the case named for the mutant does not kill it for the requirement named with it.
    fn survives(&self) -> bool {
        self.named().is_none_or(|kill| !kill.requirements.contains(&self.killed_by.requirement))
    }
}

/// Every mutant with the cases that kill it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KillMatrix {
    /// In the order of the mutants.
    pub rows: Vec<KillRow>,
}

impl KillMatrix {
    /// The cases that kill a mutant; none for a name that no mutant has.
    pub fn kills_of(&self, mutant: &str) -> &[Kill] {
        self.rows.iter().find(|row| row.mutant == mutant).map_or(&[], |row| &row.kills)
    }

    /// How many mutants each case kills by its own doing. A mutant that more than [`FEW`] cases fail so is
    /// wrong in what many cases ask for, and shows nothing of a single one: it is not counted.
    pub fn kills_of_cases(&self) -> BTreeMap<&str, usize> {
        let mut kills = BTreeMap::new();
        for row in self.rows.iter().filter(|row| row.own_kills().count() <= FEW) {
            for kill in row.own_kills() {
                *kills.entry(kill.case.as_str()).or_default() += 1;
            }
        }
        kills
    }

    /// Of these cases those that kill no such mutant, in the same order.
    pub fn idle<'a>(&self, cases: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let kills = self.kills_of_cases();
        cases.into_iter().filter(|id| !kills.contains_key(id)).collect()
    }

    /// Few of these cases that kill every mutant that any of them kills, each for whatever requirement, in the
    /// order in which they kill most of those that are left; of equal ones the first. Cases that measure time are
    /// left out.
    pub fn killing_set<'a>(&self, cases: &[&'a str]) -> Vec<&'a str> {
        let mut kills: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); cases.len()];
        let places: BTreeMap<&str, usize> = cases.iter().enumerate().map(|(at, case)| (*case, at)).collect();
        for row in &self.rows {
            for kill in row.kills.iter().filter(|kill| !kill.case.starts_with(GROWTH)) {
                if let Some(&at) = places.get(&*kill.case) {
                    kills[at].insert(row.mutant);
                }
            }
        }
        let mut set = Vec::new();
        loop {
            let (mut best, mut most) = (0, 0);
            for (at, of_case) in kills.iter().enumerate() {
                if of_case.len() > most {
                    (best, most) = (at, of_case.len());
                }
            }
            if most == 0 {
                return set;
            }
            let dead = std::mem::take(&mut kills[best]);
            for of_case in &mut kills {
                of_case.retain(|mutant| !dead.contains(mutant));
            }
            set.push(cases[best]);
        }
    }

    /// Mutants that the case named for them does not kill for the requirement named with it.
    pub fn survivors(&self) -> Vec<&'static str> {
        self.rows.iter().filter(|row| row.survives()).map(|row| row.mutant).collect()
    }
}

use serde::{Deserialize, Serialize};

/// In which neutral spellings a run sent its cases, and how many of the meetings of their values that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spellings {
    /// Of how many values each meeting is, the case as one of them counted: 2 or 3.
    pub strength: usize,
    /// Values that the subject does not take around the plain request, `dimension=value` each: no case was sent
    /// in them.
    pub not_taken: Vec<String>,
    /// Requests of cases that were sent in other spellings.
    pub sent: usize,
    /// Each case with each value that fits it.
    pub values: Met,
    /// Each two values around the cases that stand for their class.
    pub pairs: Met,
    /// Each three values around them.
    pub triples: Met,
}

impl Spellings {
    /// Takes in those of another part of the same run.
    pub(super) fn join(&mut self, other: &Self) {
        let Self { strength, not_taken, sent, values, pairs, triples } = other;
        self.strength = self.strength.max(*strength);
        for value in not_taken {
            // What one part has found not to be taken was left out there.
            if !self.not_taken.contains(value) {
                self.not_taken.push(value.clone());
            }
        }
        self.sent += sent;
        for (met, more) in
            [(&mut self.values, values), (&mut self.pairs, pairs), (&mut self.triples, triples)]
        {
            met.add(more.met, more.of);
        }
    }
}

/// How many meetings of values came, of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// Those that came.
    pub met: usize,
    /// All of them.
    pub of: usize,
}

impl Met {
    /// Counts some more.
    pub fn add(&mut self, met: usize, of: usize) {
        self.met += met;
        self.of += of;
    }
}

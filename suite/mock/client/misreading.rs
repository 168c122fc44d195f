//! Clients that read XML which is none.

use std::sync::LazyLock;

use super::mutant::{ClientMutant, Flaw};
use crate::mock::misreading::{How, MISREADINGS, Misreading};

/// A client that reads answers so, if a case for clients shows it.
fn client(reading: &Misreading) -> Option<ClientMutant> {
    let How::Takes(repair) = reading.how else { return None };
    let killed_by = reading.killed_in_answers?;
    Some(ClientMutant { name: reading.name, about: reading.about, killed_by, flaw: Flaw::Repairs(repair) })
}

pub(super) static MUTANTS: LazyLock<Vec<ClientMutant>> =
    LazyLock::new(|| MISREADINGS.iter().filter_map(client).collect());

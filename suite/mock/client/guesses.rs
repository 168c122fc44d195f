//! Clients that guess what the text of an id means before they send it.

use std::sync::LazyLock;

use super::mutant::{ClientMutant, asks};
use crate::mock::guess::{GUESSES, Guess};
use crate::mock::guess_of_tools;
use crate::mock::killed_by::by;
use crate::protocol::req;

pub(super) static MUTANTS: LazyLock<Vec<ClientMutant>> = LazyLock::new(|| {
    // The others are told by cases for parsers alone.
    let shows = |guess: &&Guess| guess.case.starts_with("value/");
    let client =
        |guess: &Guess| asks(guess.name, guess.about, by(guess.case, req::OPAQUE_CALL_ID), guess.change);
    GUESSES.iter().chain(&guess_of_tools::GUESSES).filter(shows).map(client).collect()
});

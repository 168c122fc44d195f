//! Parsers that guess what the text of CallId means.

use std::sync::LazyLock;

use super::kind::gives;
use super::mutant::ParserMutant;
use crate::mock::guess::{GUESSES, Guess};
use crate::mock::guess_of_tools;
use crate::protocol::req;

pub(super) static MUTANTS: LazyLock<Vec<ParserMutant>> = LazyLock::new(|| {
    let parser = |guess: &Guess| {
        gives(guess.name, guess.about, (guess.case, req::EQUAL_SPELLINGS_OF_TEXT), guess.change)
    };
    GUESSES.iter().chain(&guess_of_tools::GUESSES).map(parser).collect()
});

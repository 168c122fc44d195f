//! The suite proves itself: every mutant against every case, what is lawful against every case, shams,
//! order. That takes minutes where nothing is optimised, so it is no part of `cargo test`:
//!
//! ```sh
//! cargo test --profile proof --test proof
//! ```

mod campaigns;
mod clients;
mod hard;
mod parsers;
mod readme;
#[path = "../review.rs"]
mod review;
mod servers;
mod spellings;
mod told;
#[path = "../verdict_table.rs"]
mod verdict_table;

//! The suite proves itself: every mutant against every case, what is lawful against every case, shams,
//! order, and what runs whole catalogues or waits for programs. That takes minutes where nothing is optimised, so it is no part of `cargo test`:
//!
//! ```sh
//! cargo test --profile proof --test proof
//! ```

mod alone;
mod ambiguities;
mod campaign_deaths;
mod campaign_shards;
mod campaigns;
mod clients;
mod echoes;
mod flaws;
#[path = "../fuzzed.rs"]
mod fuzzed;
mod hard;
mod lossy;
#[path = "../lossy_line.rs"]
mod lossy_line;
mod parsers;
#[path = "../peer.rs"]
#[expect(dead_code, reason = "a part of it is enough here")]
mod peer;
mod programs;
mod quick;
mod readme;
#[path = "../review.rs"]
mod review;
mod servers;
mod shards;
mod spellings;
#[path = "../support.rs"]
#[expect(dead_code, reason = "a part of it is enough here")]
mod support;
mod told;
#[path = "../verdict_table.rs"]
mod verdict_table;

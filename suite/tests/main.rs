//! Tests of the rooms together: shams, flaws, hard answers, records, the command line, the README.

mod ambiguities;
mod attempts;
mod calls;
mod cli;
mod clients;
mod corpus;
mod counts;
mod flaws;
mod found;
mod fuzzing;
mod hard;
mod judging;
mod ledger;
mod parsers;
mod peer;
mod proof;
mod properties;
mod readme;
mod records;
mod rooms;
mod shams;
mod snapshots;
mod support;
mod tls;
mod witnesses;

//! Servers, clients and parsers that do their part well, or badly on purpose.
//!
//! [`Service`] is the plain function from request to [`Reaction`](crate::evidence::Reaction) with the
//! calls it keeps. [`Origin`] puts it on a socket byte by byte, with one [`Quirk`] if that is asked for;
//! [`Mock`] does so by a well-behaved HTTP library, as a witness; [`WireMock`] can also answer as neither
//! would. Besides the strict service there are [`mutants`], each with one named defect, to show that the
//! verdicts notice it, and [`variants`], which differ as some document allows; likewise for clients
//! ([`client_mutants`]) and parsers ([`parser_mutants`]). Shams do nothing, or always the same.

mod client;
mod guess;
mod guess_of_tools;
mod inexact;
mod killed_by;
mod listener;
mod loose;
mod misreading;
mod narrow;
mod parser;
mod pattern;
mod rewrite;
mod server;
mod slowness;
mod structure;

pub use client::{
    ClientMutant, ClientSham, ClientVariant, LifeClient, ReferenceClient, client_mutants, client_variants,
};
pub use killed_by::KilledBy;
pub(crate) use listener::http1;
pub use listener::{
    Arrival, Events, Identity, Mock, MockLimits, Origin, Quirk, React, Request, TlsFront, WireMock, converse,
};
pub use parser::{
    FlawedParser, ParserMutant, ParserSham, ParserVariant, ReferenceParser, parser_mutants, parser_variants,
};
pub use server::{
    CallState, Calls, Factor, HardKind, HardMutant, Mutant, Named, Running, Service, Sham, Variant,
    hard_mutants, mutants, variants,
};

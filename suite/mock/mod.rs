//! A server of the service that answers, well or badly, on purpose.
//!
//! [`Service`] is the plain function from request to [`Reaction`] with the calls it keeps. [`Mock`]
//! puts it on a socket by a well-behaved HTTP library; [`WireMock`] can also answer as no library
//! would. Besides the strict service there are [`mutants`], each with one named defect, to show that
//! the verdicts notice it, and [`variants`], which differ as some document allows.

mod calls;
mod client;
mod listener;
mod memory;
mod mutant;
mod named;
mod parser;
mod request;
mod service;
mod sham;
mod wire;

pub use calls::{CallState, Calls};
pub use client::{ClientMutant, ClientSham, LifeClient, ReferenceClient, client_mutants};
pub use listener::{Mock, MockLimits, converse};
pub use mutant::{Mutant, mutants, variants};
pub use named::{Named, Running};
pub use parser::{FlawedParser, ParserMutant, ParserSham, ReferenceParser, parser_mutants};
pub use request::Request;
pub use service::Service;
pub use sham::Sham;
pub use wire::{React, WireMock};

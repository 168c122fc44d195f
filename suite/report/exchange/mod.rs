//! What was exchanged in one case of a record, with what was expected and observed: the same view for servers,
//! clients and parsers.

mod before;
mod client;
mod difference;
mod of_case;
mod parser;
mod server;
mod view;

pub use of_case::exchange;

//! Servers that refuse one legal spelling each.

use super::bug::{Bug, Mutant, mutant};
use crate::mock::killed_by::{KilledBy, by};
use crate::protocol::req;

/// Refuses messages whose text is like this.
const fn refuses(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    which: fn(&str) -> bool,
) -> Mutant {
    mutant(name, about, killed_by, Bug::Refuses(which))
}

pub(super) static MUTANTS: &[Mutant] = &[
    refuses(
        "refuses-empty-header",
        "A Header must hold an entry.",
        by("envelope/header-empty", req::HEADER_BEFORE_BODY),
        |text| text.contains("<soap:Header></soap:Header>") || text.contains("<soap:Header/>"),
    ),
    refuses(
        "refuses-declaration-of-xml",
        "The prefix xml may not be declared, not even as what it is.",
        by("namespace/declaration-of-xml", req::PREFIX_FREELY_CHOSEN),
        |text| text.contains("xmlns:xml="),
    ),
    refuses(
        "refuses-repeated-declarations",
        "A prefix that is declared may not be declared again.",
        by("namespace/declaration-repeated-at-every-level", req::PREFIX_FREELY_CHOSEN),
        |text| text.matches("xmlns:soap=").count() > 1,
    ),
    refuses(
        "refuses-default-namespace-on-envelope",
        "A default namespace on Envelope hides that of the messages.",
        by("namespace/messages-default-on-envelope", req::PREFIX_FREELY_CHOSEN),
        |text| {
            let tag = text.split("Envelope").nth(1).and_then(|rest| rest.split('>').next());
            tag.is_some_and(|tag| tag.contains(" xmlns="))
        },
    ),
];

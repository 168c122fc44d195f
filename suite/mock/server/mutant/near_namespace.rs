//! Servers that know one namespace too many for Disconnect and CallId.

use super::bug::{Bug, Mutant, mutant};
use crate::mock::killed_by::{KilledBy, by};
use crate::protocol::{names, req};

/// Takes elements in namespaces like this for those of the messages.
const fn knows(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    which: fn(&str) -> bool,
) -> Mutant {
    mutant(name, about, killed_by, Bug::Knows(which))
}

pub(super) static MUTANTS: &[Mutant] = &[
    knows(
        "takes-types-for-messages",
        "Elements of the types and of the errors are taken for those of the messages.",
        by("namespace/both-types", req::NEAR_MISS_NAMESPACE),
        |ns| ns == names::TYPES || ns == names::ERRORS,
    ),
    knows(
        "drops-fragments-of-namespaces",
        "A number sign at the end of a namespace is dropped, as of a URL without fragment.",
        by("namespace/disconnect-trailing-number-sign", req::NEAR_MISS_NAMESPACE),
        |ns| ns.strip_suffix('#') == Some(names::MESSAGES),
    ),
    knows(
        "takes-message-for-messages",
        "The namespace is known in the singular too, as it was mistyped once.",
        by("namespace/both-message-singular", req::NEAR_MISS_NAMESPACE),
        |ns| ns.ends_with("/message"),
    ),
    knows(
        "takes-action-for-namespace",
        "The action, which is the namespace and the name of the operation, is taken for the namespace.",
        by("namespace/disconnect-operation-appended", req::NEAR_MISS_NAMESPACE),
        |ns| ns.strip_prefix(names::MESSAGES).is_some_and(|rest| rest.starts_with('/') && rest.len() > 1),
    ),
    knows(
        "takes-envelope-for-messages",
        "An element in the namespace of the envelope is looked up by its local name.",
        by("namespace/disconnect-soap-envelope", req::NEAR_MISS_NAMESPACE),
        |ns| ns == names::ENVELOPE,
    ),
    knows(
        "takes-urn-for-messages",
        "The namespace is known in the form of a URN too.",
        by("namespace/disconnect-urn-microsoft", req::NEAR_MISS_NAMESPACE),
        |ns| ns.starts_with("urn:schemas-microsoft-com:exchange"),
    ),
    knows(
        "takes-wsman-for-messages",
        "Disconnect of WS-Management is taken for this one.",
        by("namespace/disconnect-wsman-shell", req::FOREIGN_OPERATION),
        |ns| ns.contains("wbem/wsman"),
    ),
    knows(
        "takes-any-year",
        "The year in the namespace is that of the schema's version, and every version is taken.",
        by("namespace/disconnect-year-2007", req::NEAR_MISS_NAMESPACE),
        |ns| {
            let year = ns.strip_prefix("http://schemas.microsoft.com/exchange/services/20");
            year.is_some_and(|rest| rest.len() > 2 && rest.is_char_boundary(2) && &rest[2..] == "/messages")
        },
    ),
];

//! Parsers that are wrong about namespaces and prefixes.

use super::kind::{refuses, takes};
use super::mutant::ParserMutant;
use super::view::MessageView;
use crate::protocol::{Defect, names, req};

/// Whether the reference refuses the namespace of the Body child, and it is of a kind.
fn is_of(message: &MessageView<'_>, holds: impl Fn(&str) -> bool) -> bool {
    let is_refused = message.is_request() && message.defect == Some(Defect::OperationNamespace);
    is_refused
        && message.operation().is_some_and(|(outline, id)| holds(outline.namespace(id).unwrap_or_default()))
}

/// A namespace without what a URL may have and mean the same.
fn as_url(namespace: &str) -> String {
    let (scheme, rest) = namespace.split_once("://").unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or_default();
    let host = host.to_ascii_lowercase();
    let path = path.replace("%6D", "m").replace("//", "/");
    let path = path.trim_start_matches('/');
    format!("{}://{}/{path}", scheme.to_ascii_lowercase(), host.trim_end_matches(":80"))
}

/// The prefixes that Envelope declares.
fn prefixes<'a>(message: &'a MessageView<'_>) -> impl Iterator<Item = &'a str> {
    message
        .root_tag()
        .split("xmlns:")
        .skip(1)
        .filter_map(|rest| rest.split_once('='))
        .map(|(prefix, _)| prefix)
}

/// Whether nothing has a prefix.
fn is_unused(message: &MessageView<'_>, prefix: &str) -> bool {
    let uses = ["<", " ", "\""].map(|before| format!("{before}{prefix}:"));
    !uses.iter().any(|used| message.says(used))
}

pub(super) static MUTANTS: &[ParserMutant] = &[
    // Near misses of the namespace.
    takes(
        "compares-namespaces-in-any-case",
        "Takes the namespace of the messages in any case.",
        ("namespace/disconnect-capital-messages", req::NEAR_MISS_NAMESPACE),
        |message| is_of(message, |namespace| namespace.eq_ignore_ascii_case(names::MESSAGES)),
    ),
    takes(
        "compares-namespaces-as-urls",
        "Takes a namespace that is the same URL as that of the messages.",
        ("namespace/disconnect-explicit-port", req::NEAR_MISS_NAMESPACE),
        |message| is_of(message, |namespace| as_url(namespace) == names::MESSAGES),
    ),
    takes(
        "folds-letters-that-look-alike",
        "Takes a Cyrillic letter for the Latin one that looks like it.",
        ("namespace/disconnect-cyrillic-letter", req::NEAR_MISS_NAMESPACE),
        |message| is_of(message, |namespace| namespace.replace('\u{430}', "a") == names::MESSAGES),
    ),
    takes(
        "passes-over-namespaces-it-must-escape",
        "Takes a namespace that holds what must be escaped.",
        ("namespace/both-with-ampersand", req::NEAR_MISS_NAMESPACE),
        |message| is_of(message, |namespace| namespace.contains(['&', '<'])),
    ),
    takes(
        "drops-hyphens-that-cannot-be-seen",
        "Drops soft hyphens in namespaces.",
        ("namespace/disconnect-soft-hyphen", req::NEAR_MISS_NAMESPACE),
        |message| is_of(message, |namespace| namespace.replace('\u{AD}', "") == names::MESSAGES),
    ),
    takes(
        "trims-every-white-space-of-namespaces",
        "Drops white space around namespaces, ends of lines and no-break spaces too.",
        ("namespace/disconnect-leading-tab", req::NEAR_MISS_NAMESPACE),
        |message| is_of(message, |namespace| namespace.trim() == names::MESSAGES),
    ),
    takes(
        "compares-the-beginning-of-namespaces",
        "Takes a namespace that starts as that of the messages.",
        ("namespace/disconnect-trailing-slash", req::NEAR_MISS_NAMESPACE),
        |message| is_of(message, |namespace| namespace.starts_with(names::MESSAGES)),
    ),
    takes(
        "compares-what-there-is-of-namespaces",
        "Takes a namespace with which that of the messages starts.",
        ("namespace/disconnect-message-singular", req::NEAR_MISS_NAMESPACE),
        |message| is_of(message, |namespace| names::MESSAGES.starts_with(namespace)),
    ),
    takes(
        "takes-namespaces-of-the-service",
        "Takes any namespace of the service.",
        ("namespace/both-types", req::NEAR_MISS_NAMESPACE),
        |message| is_of(message, |namespace| matches!(namespace, names::TYPES | names::ERRORS)),
    ),
    takes(
        "takes-namespaces-of-other-years",
        "Takes the namespace of another year.",
        ("namespace/disconnect-year-2007", req::NEAR_MISS_NAMESPACE),
        |message| is_of(message, |namespace| namespace.replace("/2007/", "/2006/") == names::MESSAGES),
    ),
    takes(
        "takes-namespaces-of-the-vendor",
        "Takes any namespace of the vendor's host.",
        ("request-body/wsman-disconnect", req::FOREIGN_OPERATION),
        |message| is_of(message, |namespace| namespace.starts_with("http://schemas.microsoft.com/")),
    ),
    takes(
        "takes-namespaces-of-any-form",
        "Takes the urn that an older form of the namespace would be.",
        ("namespace/disconnect-urn-microsoft", req::NEAR_MISS_NAMESPACE),
        |message| is_of(message, |namespace| namespace.starts_with("urn:schemas-microsoft-com:")),
    ),
    takes(
        "drops-fragments-of-namespaces",
        "Drops a number sign at the end of a namespace.",
        ("namespace/disconnect-trailing-number-sign", req::NEAR_MISS_NAMESPACE),
        |message| is_of(message, |namespace| namespace.strip_suffix('#') == Some(names::MESSAGES)),
    ),
    takes(
        "drops-www",
        "Drops www before the host of a namespace.",
        ("namespace/disconnect-www-host", req::NEAR_MISS_NAMESPACE),
        |message| is_of(message, |namespace| namespace.replace("www.", "") == names::MESSAGES),
    ),
    takes(
        "takes-no-namespace",
        "Takes a Body child of no namespace.",
        ("namespace/both-undeclared", req::NEAR_MISS_NAMESPACE),
        |message| is_of(message, str::is_empty),
    ),
    takes(
        "takes-the-namespace-of-the-envelope",
        "Takes a Body child of the namespace of Envelope.",
        ("namespace/disconnect-soap-envelope", req::NEAR_MISS_NAMESPACE),
        |message| is_of(message, |namespace| namespace == names::ENVELOPE),
    ),
    // Prefixes.
    refuses(
        "needs-the-default-namespace",
        "Refuses a Body child with a prefix.",
        ("namespace/messages-prefix-on-disconnect", req::PREFIX_FREELY_CHOSEN),
        |message| {
            message.says(":Disconnect ")
                || message.says(":Disconnect>")
                || message.says(":DisconnectResponse ")
        },
    ),
    refuses(
        "needs-a-call-id-without-prefix",
        "Refuses a CallId that declares its own prefix.",
        ("namespace/messages-prefix-on-call-id", req::PREFIX_FREELY_CHOSEN),
        |message| message.says(":CallId xmlns:"),
    ),
    refuses(
        "needs-prefixes-in-ascii",
        "Refuses prefixes that are not ASCII.",
        ("namespace/messages-prefix-accented", req::PREFIX_FREELY_CHOSEN),
        |message| message.says("<\u{E9}:"),
    ),
    refuses(
        "binds-prefixes-once",
        "Refuses a second declaration of a prefix.",
        ("namespace/messages-prefix-like-that-of-envelope", req::PREFIX_FREELY_CHOSEN),
        |message| message.text.matches(" xmlns:soap=").count() > 1,
    ),
    refuses(
        "binds-prefixes-in-any-case",
        "Refuses two prefixes that differ in case only.",
        ("namespace/messages-prefixes-differing-in-case", req::PREFIX_FREELY_CHOSEN),
        |message| message.says(" xmlns:M=") && message.says(" xmlns:m="),
    ),
    refuses(
        "knows-one-prefix-of-a-namespace",
        "Refuses a namespace that two prefixes are bound to.",
        ("namespace/messages-two-prefixes", req::PREFIX_FREELY_CHOSEN),
        |message| message.root_tag().matches(names::MESSAGES).count() > 1,
    ),
    refuses(
        "keeps-xsi-for-schemas",
        "Refuses another namespace for the prefix xsi.",
        ("namespace/messages-prefix-xsi", req::PREFIX_FREELY_CHOSEN),
        |message| message.says("<xsi:"),
    ),
    refuses(
        "looks-for-declarations-on-disconnect",
        "Refuses a Disconnect the namespace of which Envelope or Body declares.",
        ("namespace/messages-prefix-on-body", req::PREFIX_FREELY_CHOSEN),
        |message| message.says("<Disconnect>") || message.says("<m:Disconnect>"),
    ),
    refuses(
        "refuses-a-default-namespace-on-envelope",
        "Refuses an Envelope that declares a default namespace other than its own.",
        ("namespace/messages-default-on-envelope", req::PREFIX_FREELY_CHOSEN),
        |message| message.root_tag().contains(" xmlns=\"http://schemas.microsoft.com/"),
    ),
    refuses(
        "refuses-declarations-of-xml",
        "Refuses a declaration of the prefix xml.",
        ("namespace/declaration-of-xml", req::PREFIX_FREELY_CHOSEN),
        |message| message.root_tag().contains("xmlns:xml="),
    ),
    refuses(
        "refuses-unused-declarations",
        "Refuses declarations of prefixes that nothing has.",
        ("namespace/declarations-unused", req::PREFIX_FREELY_CHOSEN),
        |message| prefixes(message).any(|prefix| is_unused(message, prefix)),
    ),
];

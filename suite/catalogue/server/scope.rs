//! What a declaration of a namespace holds for: the element that makes it, and what is inside (NS 6.1).

use super::Case;
use crate::message::Edit;
use crate::protocol::{InputClass, names, req};

pub(super) fn cases() -> Vec<Case> {
    let default = format!(" xmlns=\"{}\"", names::MESSAGES);
    let prefixed = format!(" xmlns:m=\"{}\"", names::MESSAGES);
    let unprefixed = "<Disconnect><CallId>{id}</CallId></Disconnect>";
    let with_prefix = "<m:Disconnect><m:CallId>{id}</m:CallId></m:Disconnect>";
    vec![
        Case::request(
            "namespace/default-of-empty-element-ends",
            "An empty header entry declares a default namespace, which is not that of Disconnect.",
            InputClass::OptionalHeader,
            &[req::PREFIX_FREELY_CHOSEN],
            envelope(&default, "<s:Header><b xmlns=\"urn:umspec:b\"/></s:Header>", unprefixed),
        ),
        Case::request(
            "namespace/prefix-of-empty-element-ends",
            "An empty header entry binds the prefix of Disconnect to another namespace.",
            InputClass::OptionalHeader,
            &[req::PREFIX_FREELY_CHOSEN],
            envelope(&prefixed, "<s:Header><m:b xmlns:m=\"urn:umspec:b\"/></s:Header>", with_prefix),
        ),
        // What ends with Header ends in a reader that keeps declarations by the depth of elements, too.
        Case::request(
            "namespace/prefix-of-empty-header-ends",
            "An empty Header binds the prefix of Disconnect to another namespace.",
            InputClass::Valid,
            &[req::PREFIX_FREELY_CHOSEN],
            envelope(&prefixed, "<s:Header xmlns:m=\"urn:umspec:b\"/>", with_prefix),
        ),
        Case::request(
            "namespace/both-of-default-of-empty-header",
            "An empty Header declares the messages namespace; Disconnect and CallId behind it are in none.",
            InputClass::OperationName,
            &[req::NEAR_MISS_NAMESPACE, req::BODY_CHILD_QUALIFIED, req::DISCONNECT_ELEMENT],
            envelope("", &format!("<s:Header{default}/>"), unprefixed),
        ),
        Case::request(
            "header/mandatory-behind-other-binding-of-prefix",
            "An empty header entry binds the prefix of mustUnderstand otherwise; the next one must be understood.",
            InputClass::MandatoryHeader,
            &[req::MUST_UNDERSTAND],
            vec![Edit::Header(
                "<x:a xmlns:x=\"urn:umspec:x\" xmlns:soap=\"urn:umspec:y\"/>\
                 <x:b xmlns:x=\"urn:umspec:x\" soap:mustUnderstand=\"1\"/>"
                    .to_owned(),
            )],
        ),
    ]
}

/// An envelope whose prefix is s, with these attributes, this Header and what Body holds.
fn envelope(attributes: &str, header: &str, body: &str) -> Vec<Edit> {
    vec![Edit::Whole(format!(
        "<s:Envelope xmlns:s=\"{}\"{attributes}>{header}<s:Body>{body}</s:Body></s:Envelope>",
        names::ENVELOPE
    ))]
}

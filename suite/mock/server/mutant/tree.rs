//! The elements of a message as a tree that can be changed: how a lenient server sees them.

use crate::message::escape_text;
use crate::message::xml::{ElementId, Limits, Outline, decode};
use crate::protocol::names;

/// An element with everything that a lenient server may look at. Comments and the order of text and
/// children are lost.
#[derive(Debug, Clone, Default)]
pub(in crate::mock::server) struct Element {
    pub(in crate::mock::server) namespace: Option<String>,
    pub(in crate::mock::server) local: String,
    /// Namespace, local name, value.
    pub(in crate::mock::server) attributes: Vec<(Option<String>, String, String)>,
    pub(in crate::mock::server) text: String,
    pub(in crate::mock::server) children: Vec<Element>,
}

impl Element {
    /// The root of a well-formed message.
    pub(in crate::mock::server) fn read(body: &[u8], charset: Option<&str>) -> Option<Self> {
        let decoded = decode(body, charset).ok()?;
        let outline = Outline::parse(&decoded.text, &Limits::default()).ok()?;
        Some(Self::of(&outline, ElementId::ROOT))
    }

    /// The reader bounds the depth of an outline, and so the depth of this recursion.
    fn of(outline: &Outline<'_>, id: ElementId) -> Self {
        let attribute = |attribute: &crate::message::xml::Attribute<'_>| {
            let namespace = outline.attribute_namespace(attribute).map(str::to_owned);
            (namespace, attribute.local.to_owned(), attribute.value.clone().into_owned())
        };
        Self {
            namespace: outline.namespace(id).map(str::to_owned),
            local: outline.local(id).to_owned(),
            attributes: outline.attributes(id).iter().map(attribute).collect(),
            text: outline.text(id).to_owned(),
            children: outline.children(id).map(|child| Self::of(outline, child)).collect(),
        }
    }

    pub(in crate::mock::server) fn new(namespace: &str, local: &str) -> Self {
        Self { namespace: Some(namespace.to_owned()), local: local.to_owned(), ..Self::default() }
    }

    /// The plain request for a call.
    pub(in crate::mock::server) fn request(call_id: &str) -> Self {
        let id = Self { text: call_id.to_owned(), ..Self::new(names::MESSAGES, "CallId") };
        let operation = Self { children: vec![id], ..Self::new(names::MESSAGES, "Disconnect") };
        Self::around(vec![operation])
    }

    /// An envelope whose Body holds these elements.
    pub(in crate::mock::server) fn around(operations: Vec<Self>) -> Self {
        let body = Self { children: operations, ..Self::new(names::ENVELOPE, "Body") };
        Self { children: vec![body], ..Self::new(names::ENVELOPE, "Envelope") }
    }

    /// Every element, this one first.
    pub(in crate::mock::server) fn all(&self) -> Vec<&Self> {
        let mut found = vec![self];
        for child in &self.children {
            found.extend(child.all());
        }
        found
    }

    /// Changes every element, this one first.
    pub(in crate::mock::server) fn for_each(&mut self, change: &mut impl FnMut(&mut Self)) {
        change(self);
        for child in &mut self.children {
            child.for_each(change);
        }
    }

    /// The first element of this local name.
    pub(in crate::mock::server) fn find(&self, local: &str) -> Option<&Self> {
        self.all().into_iter().find(|element| element.local == local)
    }

    /// The first child of this local name.
    pub(in crate::mock::server) fn child(&self, local: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.local == local)
    }

    /// The first child of this local name.
    pub(in crate::mock::server) fn child_mut(&mut self, local: &str) -> Option<&mut Self> {
        self.children.iter_mut().find(|child| child.local == local)
    }

    /// The value of the attribute of this local name, whatever its namespace.
    pub(in crate::mock::server) fn attribute(&self, local: &str) -> Option<&str> {
        self.attributes.iter().find(|(_, known, _)| known == local).map(|(_, _, value)| value.as_str())
    }

    /// The text of this element and everything in it.
    pub(in crate::mock::server) fn deep_text(&self) -> String {
        self.all().iter().map(|element| element.text.as_str()).collect()
    }

    /// The bytes of the message.
    pub(in crate::mock::server) fn write(&self) -> Vec<u8> {
        let mut out = String::new();
        self.push(&mut out);
        out.into_bytes()
    }

    fn push(&self, out: &mut String) {
        let name = match &self.namespace {
            Some(_) => format!("n:{}", self.local),
            None => self.local.clone(),
        };
        out.push_str(&format!("<{name}"));
        if let Some(namespace) = &self.namespace {
            out.push_str(&format!(" xmlns:n=\"{}\"", quoted(namespace)));
        }
        for (index, (namespace, local, value)) in self.attributes.iter().enumerate() {
            match namespace.as_deref() {
                None => out.push_str(&format!(" {local}=\"{}\"", quoted(value))),
                Some(names::XML) => out.push_str(&format!(" xml:{local}=\"{}\"", quoted(value))),
                Some(namespace) => out.push_str(&format!(
                    " xmlns:a{index}=\"{}\" a{index}:{local}=\"{}\"",
                    quoted(namespace),
                    quoted(value)
                )),
            }
        }
        out.push('>');
        out.push_str(&escape_text(&self.text));
        for child in &self.children {
            child.push(out);
        }
        out.push_str(&format!("</{name}>"));
    }
}

fn quoted(text: &str) -> String {
    escape_text(text).replace('"', "&quot;").replace('\t', "&#9;").replace('\n', "&#10;")
}

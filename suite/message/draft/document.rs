use super::Ids;
use crate::protocol::{Operation, names};

/// A place in a plain request or answer that edits can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// `soap:Envelope`.
    Envelope,
    /// `soap:Header`; the plain request has none, [`super::Edit::Header`] makes one.
    Header,
    /// `soap:Body`.
    Body,
    /// The operation element: `Disconnect`, or `DisconnectResponse` in an answer.
    Operation,
    /// `CallId`.
    CallId,
    /// `soap:Fault`.
    Fault,
    /// `faultcode`.
    FaultCode,
    /// `faultstring`.
    FaultString,
    /// `detail`.
    Detail,
}

impl Place {
    /// Its name in a word, kept from version to version.
    pub fn word(self) -> &'static str {
        match self {
            Self::Envelope => "envelope",
            Self::Header => "header",
            Self::Body => "body",
            Self::Operation => "operation",
            Self::CallId => "call-id",
            Self::Fault => "fault",
            Self::FaultCode => "faultcode",
            Self::FaultString => "faultstring",
            Self::Detail => "detail",
        }
    }
}

/// How an element ends.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Close {
    /// With an end tag of its own name.
    Pair,
    /// As an empty-element tag; content is left out.
    Empty,
    /// Not at all.
    Missing,
    /// With an end tag of another name.
    Named(String),
}

/// How characters become bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// ISO 8859-1; other characters become `?`.
    Latin1,
    /// UTF-16, big-endian.
    Utf16Be,
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-32, little-endian.
    Utf32Le,
    /// UTF-8.
    Utf8,
}

/// The document of a draft.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) mark: bool,
    pub(super) declaration: Option<String>,
    pub(super) prolog: String,
    pub(super) root: Element,
    pub(super) epilog: String,
    pub(super) encoding: Encoding,
    /// Replaces everything from the prolog to the epilog.
    pub(super) whole: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Element {
    pub(super) place: Option<Place>,
    pub(super) prefix: String,
    pub(super) local: String,
    /// Attributes as written, each with the space before it.
    pub(super) attributes: String,
    /// The namespace declaration of this element: prefix and URI.
    pub(super) declares: Option<(String, String)>,
    pub(super) quote: char,
    pub(super) content: Vec<Node>,
    pub(super) close: Close,
}

#[derive(Debug, Clone)]
pub(super) enum Node {
    Element(Element),
    Markup(String),
}

impl Element {
    fn new(place: Option<Place>, prefix: &str, local: &str) -> Self {
        Self {
            place,
            prefix: prefix.to_owned(),
            local: local.to_owned(),
            attributes: String::new(),
            declares: None,
            quote: '"',
            content: Vec::new(),
            close: Close::Pair,
        }
    }

    /// The first element at a place, this one included.
    pub(super) fn find(&mut self, place: Place) -> Option<&mut Element> {
        if self.place == Some(place) {
            return Some(self);
        }
        self.content.iter_mut().find_map(|node| match node {
            Node::Element(element) => element.find(place),
            Node::Markup(_) => None,
        })
    }

    /// The content that holds the element at a place, and its position there.
    pub(super) fn find_parent(&mut self, place: Place) -> Option<(&mut Vec<Node>, usize)> {
        let is_it = |node: &Node| matches!(node, Node::Element(element) if element.place == Some(place));
        if let Some(position) = self.content.iter().position(is_it) {
            return Some((&mut self.content, position));
        }
        self.content.iter_mut().find_map(|node| match node {
            Node::Element(element) => element.find_parent(place),
            Node::Markup(_) => None,
        })
    }

    pub(super) fn for_each(&mut self, change: &mut dyn FnMut(&mut Element)) {
        change(self);
        for node in &mut self.content {
            if let Node::Element(element) = node {
                element.for_each(change);
            }
        }
    }

    fn write(&self, out: &mut String) {
        let name = if self.prefix.is_empty() {
            self.local.clone()
        } else {
            format!("{}:{}", self.prefix, self.local)
        };
        out.push('<');
        out.push_str(&name);
        if let Some((prefix, uri)) = &self.declares {
            let colon = if prefix.is_empty() { "" } else { ":" };
            let quote = self.quote;
            out.push_str(&format!(" xmlns{colon}{prefix}={quote}{uri}{quote}"));
        }
        out.push_str(&self.attributes);
        if self.close == Close::Empty {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.content {
            match node {
                Node::Element(element) => element.write(out),
                Node::Markup(markup) => out.push_str(markup),
            }
        }
        match &self.close {
            Close::Pair | Close::Empty => out.push_str(&format!("</{name}>")),
            Close::Missing => {}
            Close::Named(other) => out.push_str(&format!("</{other}>")),
        }
    }
}

impl Document {
    pub(super) fn new(operation: Operation, values: &[String]) -> Self {
        let mut element = Element::new(Some(Place::Operation), "", operation.request());
        element.declares = Some((String::new(), names::MESSAGES.to_owned()));
        for (field, value) in operation.fields().iter().zip(values) {
            let place = (field.name == "CallId").then_some(Place::CallId);
            let mut child = Element::new(place, "", field.name);
            child.content.push(Node::Markup(value.clone()));
            element.content.push(Node::Element(child));
        }
        Self::around(element)
    }

    /// The success answer of Disconnect.
    pub(super) fn success() -> Self {
        let mut element = Element::new(Some(Place::Operation), "", Operation::Disconnect.response());
        element.declares = Some((String::new(), names::MESSAGES.to_owned()));
        element.close = Close::Empty;
        Self::around(element)
    }

    /// A fault. `code` is the text of faultcode and `bound` the declaration of its prefix, if it
    /// needs one; `detail` is markup.
    pub(super) fn fault(code: &str, bound: Option<(&str, &str)>, text: &str, detail: Option<&str>) -> Self {
        let leaf = |place, name, text: &str| {
            let mut element = Element::new(Some(place), "", name);
            element.content.push(Node::Markup(text.to_owned()));
            element
        };
        let mut faultcode = leaf(Place::FaultCode, "faultcode", code);
        faultcode.attributes =
            bound.map(|(prefix, uri)| format!(" xmlns:{prefix}=\"{uri}\"")).unwrap_or_default();
        let mut faultstring = leaf(Place::FaultString, "faultstring", text);
        if detail.is_some() {
            faultstring.attributes.push_str(" xml:lang=\"en-US\"");
        }
        let mut fault = Element::new(Some(Place::Fault), "soap", "Fault");
        fault.content = vec![Node::Element(faultcode), Node::Element(faultstring)];
        fault.content.extend(detail.map(|detail| Node::Element(leaf(Place::Detail, "detail", detail))));
        Self::around(fault)
    }

    /// The envelope around the child of Body.
    fn around(child: Element) -> Self {
        let mut body = Element::new(Some(Place::Body), "soap", "Body");
        body.content.push(Node::Element(child));
        let mut root = Element::new(Some(Place::Envelope), "soap", "Envelope");
        root.declares = Some(("soap".to_owned(), names::ENVELOPE.to_owned()));
        root.content.push(Node::Element(body));
        Self {
            mark: false,
            declaration: Some(r#"<?xml version="1.0" encoding="utf-8"?>"#.to_owned()),
            prolog: String::new(),
            root,
            epilog: String::new(),
            encoding: Encoding::Utf8,
            whole: None,
        }
    }

    pub(super) fn write(&self, ids: &Ids) -> Vec<u8> {
        let mut text = String::new();
        if self.mark {
            text.push('\u{FEFF}');
        }
        if let Some(whole) = &self.whole {
            text.push_str(whole);
        } else {
            text.push_str(self.declaration.as_deref().unwrap_or_default());
            text.push_str(&self.prolog);
            self.root.write(&mut text);
            text.push_str(&self.epilog);
        }
        encode(&ids.fill(&text), self.encoding)
    }
}

fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Latin1 => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf32Le => text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
        Encoding::Utf8 => text.as_bytes().to_vec(),
    }
}

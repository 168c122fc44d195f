//! What a variation is, without a byte of XML: a tree in which each part knows what it stands for.
//!
//! Changes are applied here as the writer of drafts applies its edits, but to meanings instead of
//! markup. That makes the class of a variation a witness independent of writer and reader.

use super::change::{Attribute, Change, Declared, End, Filler, Gap, HeaderEntry, Spelling, Value};
use crate::message::Place;
use crate::protocol::names;

/// A part of the content of an element.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Element(Element),
    /// White space.
    White,
    Comment,
    Instruction,
    /// Characters that are not white space and belong to no id.
    Text,
    /// The call's id.
    Id,
    /// An id that was never issued.
    Garbage,
    /// An id that is too long.
    Long,
    /// Ill-formed wherever it stands.
    Broken,
    Doctype,
}

#[derive(Debug, Clone)]
pub(super) struct Element {
    pub(super) place: Option<Place>,
    pub(super) prefix: &'static str,
    pub(super) local: &'static str,
    pub(super) declares: Option<(&'static str, &'static str)>,
    pub(super) attributes: Vec<Attribute>,
    /// What stands on an entry of a Header.
    pub(super) entry: Option<HeaderEntry>,
    pub(super) items: Vec<Item>,
    pub(super) end: Option<End>,
}

/// A message, as far as its class goes.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "facts that are independent of each other")]
pub(super) struct Tree {
    pub(super) mark: bool,
    pub(super) wide: bool,
    pub(super) declared: Declared,
    pub(super) charset: Option<&'static str>,
    pub(super) prolog: Vec<Item>,
    pub(super) root: Element,
    pub(super) epilog: Vec<Item>,
    /// Whether bytes were cut off or appended.
    pub(super) bytes: bool,
    pub(super) media_type: bool,
    pub(super) method: bool,
    pub(super) action: bool,
    pub(super) split: bool,
}

impl Element {
    fn new(place: Place, prefix: &'static str, local: &'static str, items: Vec<Item>) -> Self {
        Self {
            place: Some(place),
            prefix,
            local,
            declares: None,
            attributes: Vec::new(),
            entry: None,
            items,
            end: None,
        }
    }

    fn piece(prefix: &'static str, local: &'static str) -> Self {
        Self {
            place: None,
            prefix,
            local,
            declares: None,
            attributes: Vec::new(),
            entry: None,
            items: Vec::new(),
            end: None,
        }
    }

    fn find(&mut self, place: Place) -> Option<&mut Self> {
        if self.place == Some(place) {
            return Some(self);
        }
        self.items.iter_mut().find_map(|item| match item {
            Item::Element(element) => element.find(place),
            _ => None,
        })
    }

    fn find_parent(&mut self, place: Place) -> Option<(&mut Vec<Item>, usize)> {
        let found = |item: &Item| matches!(item, Item::Element(element) if element.place == Some(place));
        if let Some(position) = self.items.iter().position(found) {
            return Some((&mut self.items, position));
        }
        self.items.iter_mut().find_map(|item| match item {
            Item::Element(element) => element.find_parent(place),
            _ => None,
        })
    }

    /// Gives this element and those inside it that have the same prefix another one.
    fn change_prefix(&mut self, old: &str, new: &'static str) {
        if self.place.is_none() {
            return;
        }
        if self.prefix == old {
            self.prefix = new;
            if let Some((prefix, _)) = &mut self.declares {
                *prefix = new;
            }
        }
        for item in &mut self.items {
            if let Item::Element(element) = item {
                element.change_prefix(old, new);
            }
        }
    }
}

impl Tree {
    /// A plain answer after these changes: the success with an end tag of its own, or a fault.
    pub(super) fn of_answer(success: bool, changes: &[Change]) -> Self {
        let child = if success {
            let mut response = Element::new(Place::Operation, "", "DisconnectResponse", Vec::new());
            response.declares = Some(("", names::MESSAGES));
            response
        } else {
            // What stands inside is of no matter, because nothing changes it.
            Element::new(Place::Fault, "soap", "Fault", Vec::new())
        };
        Self::around(child, changes)
    }

    /// The plain request after these changes.
    pub(super) fn of(changes: &[Change]) -> Self {
        let call_id = Element::new(Place::CallId, "", "CallId", vec![Item::Id]);
        let mut operation = Element::new(Place::Operation, "", "Disconnect", vec![Item::Element(call_id)]);
        operation.declares = Some(("", names::MESSAGES));
        Self::around(operation, changes)
    }

    fn around(child: Element, changes: &[Change]) -> Self {
        let body = Element::new(Place::Body, "soap", "Body", vec![Item::Element(child)]);
        let mut root = Element::new(Place::Envelope, "soap", "Envelope", vec![Item::Element(body)]);
        root.declares = Some(("soap", names::ENVELOPE));
        let mut tree = Self {
            mark: false,
            wide: false,
            declared: Declared::Utf8("utf-8"),
            charset: Some("utf-8"),
            prolog: Vec::new(),
            root,
            epilog: Vec::new(),
            bytes: false,
            media_type: false,
            method: false,
            action: false,
            split: false,
        };
        for &change in changes {
            tree.apply(change);
        }
        tree
    }

    fn apply(&mut self, change: Change) {
        match change {
            Change::SingleQuotes => {}
            Change::Mark => self.mark = true,
            Change::Declaration(declared) => self.declared = declared,
            Change::Fill(gap, filler) => self.fill(gap, filler),
            Change::Prefix(place, prefix) => {
                if let Some(element) = self.root.find(place) {
                    let old = element.prefix;
                    element.change_prefix(old, prefix);
                }
            }
            Change::Spell(spelling) => {
                self.split |= spelling != Spelling::Plain;
                self.content(vec![Item::Id]);
            }
            Change::Attributes(place, attribute) => {
                if let Some(element) = self.root.find(place) {
                    element.attributes.push(attribute);
                }
            }
            Change::Header(entry) => self.header(entry),
            Change::Wide(_) => {
                self.wide = true;
                self.mark = true;
                self.declared = Declared::Nothing;
                self.charset = Some("utf-16");
            }
            Change::Charset(charset) => self.charset = charset,
            Change::SoapAction(_) => self.action = true,
            Change::MediaType(_) => self.media_type = true,
            Change::Method(_) => self.method = true,
            Change::Value(value) => self.content(match value {
                Value::Empty => Vec::new(),
                Value::White(_) => vec![Item::White],
                Value::Padded => vec![Item::White, Item::Id, Item::White],
                Value::Garbage(_) => vec![Item::Garbage],
                Value::Long(_) => vec![Item::Long],
            }),
            Change::Delete(place) => {
                if let Some((items, position)) = self.root.find_parent(place) {
                    items.remove(position);
                }
            }
            Change::Duplicate(place) => {
                if let Some((items, position)) = self.root.find_parent(place) {
                    items.insert(position, items[position].clone());
                }
            }
            Change::Rename(place, local) => {
                if let Some(element) = self.root.find(place) {
                    element.local = local;
                }
            }
            Change::Namespace(place, uri) => {
                if let Some(element) = self.root.find(place) {
                    element.declares = Some((element.prefix, uri));
                }
            }
            Change::Close(place, end) => {
                if let Some(element) = self.root.find(place) {
                    element.end = Some(end);
                }
            }
            Change::Doctype(_) => self.prolog.push(Item::Doctype),
            Change::Truncate(_) | Change::Append(_) => self.bytes = true,
        }
    }

    fn content(&mut self, items: Vec<Item>) {
        if let Some(element) = self.root.find(Place::CallId) {
            element.items = items;
        }
    }

    fn fill(&mut self, gap: Gap, filler: Filler) {
        let item = match filler {
            Filler::Comment(_) => Item::Comment,
            Filler::White(_) => Item::White,
            Filler::Instruction => Item::Instruction,
            Filler::Text(_) => Item::Text,
            Filler::Extra => Item::Element(Element::piece("", "Extra")),
            Filler::ForeignExtra => {
                Item::Element(Element { declares: Some(("x", "urn:x")), ..Element::piece("x", "Extra") })
            }
            Filler::SecondCallId => {
                Item::Element(Element { items: vec![Item::Garbage], ..Element::piece("", "CallId") })
            }
            Filler::Broken(_) => Item::Broken,
        };
        match gap {
            Gap::Prolog => self.prolog.push(item),
            Gap::Epilog => self.epilog.push(item),
            Gap::First(place) => {
                if let Some(element) = self.root.find(place) {
                    element.items.insert(0, item);
                }
            }
            Gap::Last(place) => {
                if let Some(element) = self.root.find(place) {
                    element.items.push(item);
                }
            }
            Gap::Before(place) | Gap::After(place) => {
                if let Some((items, position)) = self.root.find_parent(place) {
                    let offset = usize::from(matches!(gap, Gap::After(_)));
                    items.insert(position + offset, item);
                }
            }
        }
    }

    fn header(&mut self, entry: HeaderEntry) {
        let Some((items, position)) = self.root.find_parent(Place::Body) else { return };
        let mut header = Element::piece("soap", "Header");
        let inner = match entry {
            HeaderEntry::Nothing => None,
            HeaderEntry::Unqualified => Some(Element { declares: Some(("", "")), ..Element::piece("", "H") }),
            _ => Some(Element { declares: Some(("x", "urn:x")), ..Element::piece("x", "H") }),
        };
        header.items.extend(inner.map(|inner| Item::Element(Element { entry: Some(entry), ..inner })));
        items.insert(position, Item::Element(header));
    }
}

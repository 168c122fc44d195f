//! The classes of a variation, from its tree: the order of precedence is HTTP, encoding and
//! well-formedness, envelope version, header entries, processing instructions, then structure from
//! the outside in, then the value (decision table; SOAP 4.4.1; BP R2725).

use std::collections::BTreeSet;

use super::change::{Attribute, Declared, End, HeaderEntry};
use super::tree::{Element, Item, Tree};
use crate::message::Place;
use crate::message::xml::is_ncname;
use crate::protocol::{InputClass, names};

type Classes = BTreeSet<InputClass>;

/// An element with the namespaces in scope at it.
struct Node<'t> {
    element: &'t Element,
    /// `None` for no namespace.
    namespace: Option<&'static str>,
    children: Vec<Node<'t>>,
    /// Whether characters other than white space stand directly inside.
    text: bool,
}

impl Tree {
    /// The classes this request may be put into. One, unless several faults of the same level meet:
    /// no document ranks those.
    pub(super) fn classes(&self) -> Classes {
        let http = self.http();
        if http.is_empty() { self.message() } else { http }
    }

    /// The same without looking at method and media type.
    pub(super) fn message(&self) -> Classes {
        let mut found = self.encoding();
        let root = self.well_formed(&mut found);
        let (Some(root), true) = (root, found.is_empty()) else { return found };
        for level in [version, headers] {
            level(&root, &mut found);
            if !found.is_empty() {
                return found;
            }
        }
        if self.has_instruction() {
            return Classes::from([InputClass::ProcessingInstruction]);
        }
        structure(&root, &mut found);
        if found.is_empty() { self.positive(&root) } else { found }
    }

    /// Why a reader of answers refuses this one: nothing where it takes it.
    pub(super) fn of_reply(&self) -> Classes {
        let mut found = self.encoding();
        let root = self.well_formed(&mut found);
        let (Some(root), true) = (root, found.is_empty()) else { return found };
        version(&root, &mut found);
        if found.is_empty() && self.has_instruction() {
            found.insert(InputClass::ProcessingInstruction);
        }
        if found.is_empty() {
            answer(&root, &mut found);
        }
        found
    }

    fn http(&self) -> Classes {
        let mut found = Classes::new();
        if self.method {
            found.insert(InputClass::Method);
        }
        if self.media_type {
            found.insert(InputClass::MediaType);
        }
        found
    }

    fn encoding(&self) -> Classes {
        let mut found = Classes::new();
        let charset = self.charset.map(|charset| charset.trim_matches('"').to_ascii_lowercase());
        match charset.as_deref() {
            None | Some("utf-8") if !self.wide => {}
            None | Some("utf-16") if self.wide => {}
            Some("utf-16") => {
                // Without a byte order mark the bytes are not UTF-16 either (XML 4.3.3).
                found.extend([InputClass::EncodingsDisagree, InputClass::NotWellFormed]);
            }
            _ => {
                found.insert(InputClass::EncodingsDisagree);
            }
        }
        let declared_fits = match self.declared {
            Declared::Nothing | Declared::Version | Declared::Broken(_) => true,
            Declared::Utf8(_) => !self.wide,
            Declared::Utf16 => self.wide,
            Declared::Foreign(_) => false,
        };
        if !declared_fits {
            found.insert(InputClass::EncodingsDisagree);
        }
        found
    }

    /// Adds what keeps the document from being well-formed XML without a DTD; the root with its
    /// names resolved where nothing does.
    fn well_formed(&self, found: &mut Classes) -> Option<Node<'_>> {
        if matches!(self.declared, Declared::Broken(_)) || self.bytes {
            found.insert(InputClass::NotWellFormed);
        }
        for item in self.prolog.iter().chain(&self.epilog) {
            match item {
                Item::White | Item::Comment | Item::Instruction => {}
                Item::Doctype => {
                    found.insert(InputClass::Dtd);
                }
                _ => {
                    found.insert(InputClass::NotWellFormed);
                }
            }
        }
        let root = resolve(&self.root, &mut Vec::new());
        if root.is_none() {
            found.insert(InputClass::NotWellFormed);
        }
        root
    }

    fn has_instruction(&self) -> bool {
        fn inside(element: &Element) -> bool {
            element.end != Some(End::Empty)
                && element.items.iter().any(|item| match item {
                    Item::Instruction => true,
                    Item::Element(element) => inside(element),
                    _ => false,
                })
        }
        let outside = self.prolog.iter().chain(&self.epilog);
        outside.into_iter().any(|item| matches!(item, Item::Instruction)) || inside(&self.root)
    }

    /// The classes of a request whose message is sound.
    fn positive(&self, root: &Node<'_>) -> Classes {
        use InputClass as C;
        let id = root.find(Place::CallId);
        let items = id.map(|id| id.element.items.as_slice()).unwrap_or_default();
        let has = |wanted: fn(&Item) -> bool| items.iter().any(wanted);
        let is_id = |item: &Item| matches!(item, Item::Id | Item::Garbage | Item::Long | Item::Text);
        if items.iter().filter(|item| is_id(item)).count() != 1 || !has(|item| matches!(item, Item::Id)) {
            return Classes::from([C::Garbage]);
        }
        if has(|item| matches!(item, Item::White)) {
            return Classes::from([C::PaddedCallId]);
        }
        let mut found = Classes::new();
        for (is_so, class) in [
            (root.children.len() > 1, C::OptionalHeader),
            (self.split || items.len() > 1, C::TextSplit),
            (self.wide, C::Utf16),
            (self.mark && !self.wide, C::Utf8Bom),
            (self.action, C::SoapAction),
        ] {
            if is_so {
                found.insert(class);
            }
        }
        if found.is_empty() {
            found.insert(C::Valid);
        }
        found
    }
}

impl<'t> Node<'t> {
    fn is(&self, namespace: &str, local: &str) -> bool {
        self.namespace == Some(namespace) && self.element.local == local
    }

    fn has(&self, wanted: Attribute) -> bool {
        self.element.attributes.contains(&wanted)
    }

    fn find(&self, place: Place) -> Option<&Node<'t>> {
        if self.element.place == Some(place) {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find(place))
    }
}

/// Resolves the names of an element and what it holds; `None` where something in it is ill-formed.
fn resolve<'t>(element: &'t Element, scope: &mut Vec<(&'static str, &'static str)>) -> Option<Node<'t>> {
    let before = scope.len();
    if let Some((prefix, uri)) = element.declares {
        if !may_bind(prefix, uri) {
            return None;
        }
        scope.push((prefix, uri));
    }
    for attribute in &element.attributes {
        scope.extend(attribute.binds());
    }
    let lookup = |prefix: &str| match prefix {
        "xml" => Some(Some(names::XML)),
        _ => match scope.iter().rev().find(|(bound, _)| *bound == prefix) {
            Some((_, "")) => Some(None),
            Some(&(_, uri)) => Some(Some(uri)),
            None if prefix.is_empty() => Some(None),
            None => None,
        },
    };
    let namespace = lookup(element.prefix)?;
    if !is_ncname(element.local)
        || element.entry.is_some_and(HeaderEntry::is_prefixed) && lookup("soap")?.is_none()
    {
        return None;
    }
    let mut written: Vec<&str> = Vec::new();
    for attribute in &element.attributes {
        if matches!(attribute, Attribute::Broken(_)) {
            return None;
        }
        for name in attribute.names() {
            if written.contains(name) {
                return None;
            }
            written.push(name);
        }
    }
    let mut node = Node { element, namespace, children: Vec::new(), text: false };
    if element.end != Some(End::Empty) {
        if element.end.is_some() {
            return None;
        }
        for item in &element.items {
            match item {
                Item::Element(inner) => node.children.push(resolve(inner, scope)?),
                Item::Broken | Item::Doctype => return None,
                Item::Text | Item::Id | Item::Garbage | Item::Long => node.text = true,
                Item::White | Item::Comment | Item::Instruction => {}
            }
        }
    }
    scope.truncate(before);
    Some(node)
}

/// Whether a prefix may be bound to a namespace (NS 3, 5).
fn may_bind(prefix: &str, uri: &str) -> bool {
    match (prefix, uri) {
        ("xmlns", _) | (_, names::XMLNS) => false,
        ("xml", _) | (_, names::XML) => prefix == "xml" && uri == names::XML,
        (_, "") => prefix.is_empty(),
        _ => true,
    }
}

fn version(root: &Node<'_>, found: &mut Classes) {
    match (root.element.local, root.namespace) {
        ("Envelope", Some(names::ENVELOPE)) => {}
        ("Envelope", Some(_)) => drop(found.insert(InputClass::EnvelopeNamespace)),
        ("Envelope", None) => drop(found.insert(InputClass::EnvelopeNoNamespace)),
        _ => drop(found.insert(InputClass::BodyShape)),
    }
}

fn headers(root: &Node<'_>, found: &mut Classes) {
    for header in root.children.iter().filter(|child| child.is(names::ENVELOPE, "Header")) {
        for entry in &header.children {
            use HeaderEntry as H;
            match entry.element.entry {
                Some(H::Mandatory | H::NextActor | H::BadValue | H::Unqualified) => {
                    found.insert(InputClass::MandatoryHeader);
                }
                Some(H::Nothing | H::Optional | H::NotMandatory | H::OtherActor) | None => {}
            }
        }
    }
}

/// From the outside in: what is wrong further out hides what is wrong inside.
fn structure(root: &Node<'_>, found: &mut Classes) {
    use InputClass as C;
    envelope(root, found);
    let Some(body) = root.children.iter().find(|child| child.is(names::ENVELOPE, "Body")) else { return };
    if !found.is_empty() {
        return;
    }
    if body.children.len() != 1 {
        found.insert(C::BodyShape);
        return;
    }
    if body.text {
        found.insert(C::ExtraSibling);
        return;
    }
    let operation = &body.children[0];
    if !operation.is(names::MESSAGES, "Disconnect") {
        found.insert(C::OperationName);
        return;
    }
    inside_operation(operation, found);
    let Some(id) = operation.children.first() else { return };
    if found.is_empty() {
        value(id, found);
    }
}

fn envelope(root: &Node<'_>, found: &mut Classes) {
    use InputClass as C;
    if root.has(Attribute::Unqualified) {
        found.insert(C::BodyShape);
    }
    let (mut headers, mut bodies) = (0, 0);
    for child in &root.children {
        if child.is(names::ENVELOPE, "Body") {
            bodies += 1;
        } else if child.is(names::ENVELOPE, "Header") {
            headers += 1;
            if bodies > 0 {
                found.insert(C::Trailer);
            }
        } else {
            found.insert(if bodies > 0 { C::Trailer } else { C::BodyShape });
        }
    }
    if bodies != 1 {
        found.insert(C::BodyShape);
    }
    if headers > 1 {
        found.insert(C::Trailer);
    }
    if root.text {
        found.insert(C::ExtraSibling);
    }
}

/// A reader of answers looks for the one child of the one Body, and is lenient around it.
fn answer(root: &Node<'_>, found: &mut Classes) {
    use InputClass as C;
    let is_body = |child: &&Node<'_>| child.is(names::ENVELOPE, "Body");
    if root.children.iter().filter(is_body).count() != 1 {
        found.insert(C::BodyShape);
    }
    let after = root.children.iter().skip_while(|child| !is_body(child)).filter(|child| !is_body(child));
    if after.count() > 0 {
        found.insert(C::Trailer);
    }
    let entries = root
        .children
        .iter()
        .take_while(|child| !is_body(child))
        .filter(|child| child.is(names::ENVELOPE, "Header"))
        .flat_map(|header| &header.children);
    // What is for another actor is ignored (UMD-R167).
    for entry in entries {
        use HeaderEntry as H;
        if matches!(entry.element.entry, Some(H::Mandatory | H::NextActor)) {
            found.insert(C::MandatoryHeader);
        }
    }
    let Some(body) = root.children.iter().find(is_body) else { return };
    if !found.is_empty() {
        return;
    }
    let [child] = body.children.as_slice() else {
        found.insert(C::BodyShape);
        return;
    };
    if child.is(names::ENVELOPE, "Fault") {
        return;
    }
    if !child.is(names::MESSAGES, "DisconnectResponse") {
        found.insert(C::OperationName);
        return;
    }
    if child.text || !child.children.is_empty() {
        found.insert(C::ExtraSibling);
    }
    let of_schemas = |a: &Attribute| {
        matches!(a, Attribute::SchemaLocation | Attribute::TypeString | Attribute::Nil | Attribute::NotNil)
    };
    if !child.element.attributes.iter().all(of_schemas) {
        found.insert(C::UndeclaredAttribute);
    }
}

fn inside_operation(operation: &Node<'_>, found: &mut Classes) {
    use InputClass as C;
    let named: Vec<&Node<'_>> =
        operation.children.iter().filter(|child| child.element.local == "CallId").collect();
    let ours = named.iter().filter(|child| child.namespace == Some(names::MESSAGES)).count();
    if ours == 0 && (named.is_empty() || operation.children.len() > named.len()) {
        found.insert(C::MissingCallId);
    }
    if !named.is_empty() && (operation.children.len() > named.len()) {
        found.insert(C::ExtraSibling);
    }
    if ours < named.len() {
        found.insert(C::CallIdNamespace);
    }
    if named.len() > 1 {
        found.extend([C::TwoCallIds].into_iter().filter(|_| ours > 0));
        // A second one in another namespace is something extra.
        found.extend([C::ExtraSibling].into_iter().filter(|_| ours < named.len()));
    }
    if named.iter().any(|id| !id.children.is_empty()) {
        found.insert(C::ElementInCallId);
    }
    if operation.text {
        found.insert(C::ExtraSibling);
    }
    for node in std::iter::once(operation).chain(named) {
        for attribute in &node.element.attributes {
            let class = match attribute {
                Attribute::SchemaLocation | Attribute::Broken(_) | Attribute::White(_) => continue,
                declares if declares.binds().is_some() => continue,
                Attribute::TypeString if node.element.local == "CallId" => continue,
                Attribute::Nil => C::Nil,
                _ => C::UndeclaredAttribute,
            };
            found.insert(class);
        }
    }
}

fn value(id: &Node<'_>, found: &mut Classes) {
    use InputClass as C;
    let empty = id.element.end == Some(End::Empty);
    let items = if empty { &[][..] } else { &id.element.items };
    if items.iter().any(|item| matches!(item, Item::Long)) {
        found.insert(C::OversizedCallId);
    } else if !id.text {
        let white = items.iter().any(|item| matches!(item, Item::White));
        found.insert(if white { C::BlankCallId } else { C::EmptyCallId });
    }
}

use std::borrow::Cow;

use super::chars::is_white;

/// A read document: its elements in document order, with names resolved.
///
/// Not a tree to edit; a list to look things up in. It borrows from the text wherever the text
/// needs no unescaping.
#[derive(Debug)]
pub struct Outline<'a> {
    pub(super) elements: Vec<Element<'a>>,
    pub(super) attributes: Vec<Attribute<'a>>,
    pub(super) bindings: Vec<Binding<'a>>,
    pub(super) instruction: Option<usize>,
}

/// Names an element of one [`Outline`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ElementId(pub(super) u32);

impl ElementId {
    /// The root element.
    pub const ROOT: Self = Self(0);

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// An element.
#[derive(Debug)]
pub struct Element<'a> {
    pub(super) parent: Option<ElementId>,
    pub(super) namespace: Option<u32>,
    pub(super) local: &'a str,
    pub(super) attributes: (u32, u32),
    pub(super) bindings: (u32, u32),
    /// One past the last descendant.
    pub(super) end: u32,
    pub(super) text: Cow<'a, str>,
    pub(super) at: u32,
}

/// An attribute that is no namespace declaration.
#[derive(Debug)]
pub struct Attribute<'a> {
    pub(super) namespace: Option<u32>,
    /// Local name.
    pub local: &'a str,
    /// Value after normalisation.
    pub value: Cow<'a, str>,
    /// Offset in the text.
    pub at: usize,
}

/// A namespace declaration.
#[derive(Debug)]
pub(super) struct Binding<'a> {
    pub(super) prefix: &'a str,
    pub(super) namespace: Cow<'a, str>,
}

impl<'a> Outline<'a> {
    fn element(&self, id: ElementId) -> &Element<'a> {
        // An ElementId is only made by this outline, for an element that it holds.
        &self.elements[id.index()]
    }

    fn namespace_at(&self, binding: Option<u32>) -> Option<&str> {
        binding.map(|index| &*self.bindings[index as usize].namespace)
    }

    /// Namespace of an element; `None` for no namespace.
    pub fn namespace(&self, id: ElementId) -> Option<&str> {
        self.namespace_at(self.element(id).namespace)
    }

    /// Local name of an element.
    pub fn local(&self, id: ElementId) -> &'a str {
        self.element(id).local
    }

    /// Whether an element has this expanded name.
    pub fn is(&self, id: ElementId, namespace: &str, local: &str) -> bool {
        self.local(id) == local && self.namespace(id) == Some(namespace)
    }

    /// `{namespace}local`, for words.
    pub fn name(&self, id: ElementId) -> String {
        match self.namespace(id) {
            Some(namespace) => format!("{{{namespace}}}{}", self.local(id)),
            None => format!("{} in no namespace", self.local(id)),
        }
    }

    /// The text that stands directly inside an element, all pieces joined. White space between
    /// child elements is left out.
    pub fn text(&self, id: ElementId) -> &str {
        &self.element(id).text
    }

    /// Whether an element holds no text of its own but white space.
    pub fn is_blank(&self, id: ElementId) -> bool {
        is_white(self.text(id))
    }

    /// Offset of an element's `<` in the text.
    pub fn at(&self, id: ElementId) -> usize {
        self.element(id).at as usize
    }

    /// The element's parent.
    pub fn parent(&self, id: ElementId) -> Option<ElementId> {
        self.element(id).parent
    }

    /// Child elements in document order.
    pub fn children(&self, id: ElementId) -> impl Iterator<Item = ElementId> + '_ {
        let end = self.element(id).end;
        let mut next = id.0 + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = ElementId(next);
                next = self.element(child).end;
                child
            })
        })
    }

    /// Every element in document order, the root first.
    pub fn all(&self) -> impl Iterator<Item = ElementId> + '_ {
        // The reader bounds the number of elements far below u32::MAX.
        (0..u32::try_from(self.elements.len()).unwrap_or(u32::MAX)).map(ElementId)
    }

    /// Attributes of an element, namespace declarations left out.
    pub fn attributes(&self, id: ElementId) -> &[Attribute<'a>] {
        let (start, end) = self.element(id).attributes;
        &self.attributes[start as usize..end as usize]
    }

    /// Namespace of an attribute; `None` for an unprefixed one.
    pub fn attribute_namespace(&self, attribute: &Attribute<'_>) -> Option<&str> {
        self.namespace_at(attribute.namespace)
    }

    /// Value of the attribute with this expanded name.
    pub fn attribute(&self, id: ElementId, namespace: &str, local: &str) -> Option<&str> {
        self.attributes(id)
            .iter()
            .find(|attribute| {
                attribute.local == local && self.attribute_namespace(attribute) == Some(namespace)
            })
            .map(|attribute| &*attribute.value)
    }

    /// The namespace a prefix is bound to at an element; `""` asks for the default namespace.
    ///
    /// `None` where nothing binds it, or where the default namespace was undeclared.
    pub fn resolve(&self, id: ElementId, prefix: &str) -> Option<&str> {
        if prefix == "xml" {
            return Some(crate::protocol::names::XML);
        }
        let mut scope = Some(id);
        while let Some(id) = scope {
            let (start, end) = self.element(id).bindings;
            let bound = self.bindings[start as usize..end as usize].iter().find(|b| b.prefix == prefix);
            if let Some(binding) = bound {
                return Some(&*binding.namespace).filter(|namespace| !namespace.is_empty());
            }
            scope = self.parent(id);
        }
        None
    }

    /// Offset of the first processing instruction.
    pub fn instruction(&self) -> Option<usize> {
        self.instruction
    }
}

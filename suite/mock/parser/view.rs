//! What a mutant may look at in a message before it decides what to do with it.

use crate::message::MessageKind;
use crate::message::xml::{ElementId, Limits, Outline, Refusal, decode};
use crate::protocol::{Defect, names};

/// Bounds that no message of the suite meets: a mutant has limits of its own, or none.
const WIDE: Limits =
    Limits { bytes: usize::MAX, depth: usize::MAX, attributes: usize::MAX, elements: usize::MAX };

/// A message as a mutant sees it.
pub(super) struct MessageView<'a> {
    pub(super) kind: MessageKind,
    pub(super) bytes: &'a [u8],
    /// Its characters; none where its bytes are none.
    pub(super) text: &'a str,
    /// Its elements, where it is well-formed and without document type.
    pub(super) outline: Option<&'a Outline<'a>>,
    /// What the reference reader has against it.
    pub(super) defect: Option<Defect>,
}

/// Looks at a message that the reference reader took or refused.
pub(super) fn view<T>(
    kind: MessageKind,
    bytes: &[u8],
    refusal: Option<&Refusal>,
    see: impl FnOnce(&MessageView<'_>) -> T,
) -> T {
    let decoded = decode(bytes, None).ok();
    let text = match &decoded {
        Some(decoded) => &decoded.text,
        None => std::str::from_utf8(bytes).unwrap_or_default(),
    };
    let outline = decoded.as_ref().and_then(|decoded| Outline::of(decoded, &WIDE).ok());
    let defect = refusal.map(|refusal| refusal.defect);
    see(&MessageView { kind, bytes, text, outline: outline.as_ref(), defect })
}

impl MessageView<'_> {
    /// Whether it is a request.
    pub(super) fn is_request(&self) -> bool {
        self.kind == MessageKind::Request
    }

    /// Whether its text holds this.
    pub(super) fn says(&self, part: &str) -> bool {
        self.text.contains(part)
    }

    /// Its XML declaration; nothing where it has none.
    pub(super) fn declaration(&self) -> &str {
        let text = self.text.trim_start_matches('\u{FEFF}');
        match text.split_once("?>") {
            Some((declaration, _)) if text.starts_with("<?xml") && !text.starts_with("<?xml-") => declaration,
            _ => "",
        }
    }

    /// Its start tag of Envelope, as it is written.
    pub(super) fn root_tag(&self) -> &str {
        let after = self.text.split_once("Envelope").map_or("", |(_, after)| after);
        after.split('>').next().unwrap_or_default()
    }

    /// The longest piece of its text that follows one mark and ends before another.
    pub(super) fn longest(&self, open: &str, close: &str) -> usize {
        let pieces = self.text.split(open).skip(1);
        pieces.map(|piece| piece.split(close).next().unwrap_or_default().len()).max().unwrap_or_default()
    }

    /// Every element.
    pub(super) fn elements(&self) -> impl Iterator<Item = (&Outline<'_>, ElementId)> {
        self.outline.into_iter().flat_map(|outline| outline.all().map(move |id| (outline, id)))
    }

    /// Whether an element of this local name and its place holds.
    pub(super) fn any(&self, local: &str, holds: impl Fn(&Outline<'_>, ElementId) -> bool) -> bool {
        self.elements().any(|(outline, id)| outline.local(id) == local && holds(outline, id))
    }

    /// The child of Body.
    pub(super) fn operation(&self) -> Option<(&Outline<'_>, ElementId)> {
        self.elements().find(|&(outline, id)| {
            outline.parent(id).is_some_and(|body| {
                outline.local(body) == "Body" && outline.parent(body) == Some(ElementId::ROOT)
            })
        })
    }

    /// The text of CallId, whether the reference reader takes it or not; nothing where there is none.
    pub(super) fn id(&self) -> &str {
        let mut found =
            self.elements().filter(|&(outline, id)| self.is_request() && outline.local(id) == "CallId");
        found.next().map_or("", |(outline, id)| outline.text(id))
    }

    /// The entries of Header.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&Outline<'_>, ElementId)> {
        self.elements().filter(|&(outline, id)| {
            outline.parent(id).is_some_and(|header| {
                outline.is(header, names::ENVELOPE, "Header")
                    && outline.parent(header) == Some(ElementId::ROOT)
            })
        })
    }

    /// The mustUnderstand of every entry of Header that has one.
    pub(super) fn must_understand(&self) -> impl Iterator<Item = &str> {
        self.entries()
            .filter_map(|(outline, entry)| outline.attribute(entry, names::ENVELOPE, "mustUnderstand"))
    }

    /// Whether an element has an attribute of SOAP of this name.
    pub(super) fn has_soap_attribute(&self, element: &str, attribute: &str) -> bool {
        self.any(element, |outline, id| outline.attribute(id, names::ENVELOPE, attribute).is_some())
    }

    /// How many levels its elements have.
    pub(super) fn depth(&self) -> usize {
        let depth_of =
            |outline: &Outline<'_>, id| std::iter::successors(Some(id), |&id| outline.parent(id)).count();
        self.elements().map(|(outline, id)| depth_of(outline, id)).max().unwrap_or_default()
    }
}

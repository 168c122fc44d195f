use super::document::{Document, Node};
use super::{Close, Cut, Encoding, FieldStyle, Framing, HttpRequest, Ids, Misspelling, Place};

/// One named change of a draft. Markup is written as it is; the tokens of [`Ids`] are filled in.
///
/// Alphabetical within each of the three parts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Edit {
    // The document.
    /// Puts markup after the end of an element.
    After(Place, String),
    /// Writes attributes (with the space before them) into a start tag.
    Attributes(Place, String),
    /// Puts markup before an element.
    Before(Place, String),
    /// Ends an element in another way.
    Close(Place, Close),
    /// Replaces the content of an element by markup.
    Content(Place, String),
    /// Replaces the XML declaration, or leaves it out.
    Declaration(Option<String>),
    /// Leaves an element out.
    Delete(Place),
    /// Writes an element twice.
    Duplicate(Place),
    /// Encodes the document in another way.
    Encoding(Encoding),
    /// Puts markup after the root element.
    Epilog(String),
    /// Puts markup at the start of an element's content.
    First(Place, String),
    /// Adds a Header with this content before Body.
    Header(String),
    /// Puts markup at the end of an element's content.
    Last(Place, String),
    /// Starts with a byte order mark.
    Mark,
    /// Binds an element's prefix (or the default) to another namespace.
    Namespace(Place, String),
    /// Writes an element, and the declaration it depends on, with another prefix.
    Prefix(Place, String),
    /// Puts markup between the XML declaration and the root element.
    Prolog(String),
    /// Gives an element another local name.
    Rename(Place, String),
    /// Replaces a whole element by markup.
    Replace(Place, String),
    /// Declares namespaces with apostrophes.
    SingleQuotes,
    /// Writes the id in CallId by this markup wherever it stands as `{id}`.
    Spell(String),
    /// Replaces the whole document by this text.
    Whole(String),

    // The bytes of the document.
    /// Appends bytes.
    Append(Vec<u8>),
    /// Keeps the bytes before the first occurrence of this text, and this many of its own.
    CutAt(String, usize),
    /// Replaces so many bytes at this distance from one end of the document by others.
    Overwrite(Side, usize, usize, Vec<u8>),
    /// Replaces the first occurrence of a text by bytes.
    Splice(String, Vec<u8>),
    /// Leaves out this many bytes at the end.
    Truncate(usize),

    // HTTP.
    /// Writes the target as an absolute URL.
    AbsoluteTarget,
    /// Spells the header fields in another way.
    Fields(FieldStyle),
    /// Sends a second request on the connection, once the first one is answered.
    Followed,
    /// Frames the message in another way, or sends it byte by byte as written.
    Framing(Framing),
    /// Sets a header field, or leaves it out. Authorization replaces the run's own credentials.
    HttpHeader(String, Option<String>),
    /// Sends a header field in addition to those there.
    HttpHeaderAlso(String, String),
    /// Uses another method.
    Method(String),
    /// Spells the password of the run's own credentials wrongly.
    Misspell(Misspelling),
    /// Leaves the body out.
    NoBody,
    /// Sends this many plain requests first, for a call that there never was, on the same connection.
    Preceded(usize),
    /// Adds a query to the request target.
    Query(String),
    /// Parts the bytes on their way.
    Segments(Vec<Cut>),
}

/// From which end of a document a distance is measured: what stands before the call id keeps its distance from
/// the start whatever the id is, and what stands behind it that from the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// From the first byte.
    Start,
    /// From behind the last byte.
    End,
}

impl Edit {
    /// Whether it is about how the request goes over a connection.
    pub fn is_on_the_line(&self) -> bool {
        match self {
            Self::Framing(framing) => *framing != Framing::Ordinary,
            Self::AbsoluteTarget
            | Self::Fields(_)
            | Self::Followed
            | Self::Preceded(_)
            | Self::Segments(_) => true,
            _ => false,
        }
    }

    pub(super) fn apply_to_document(&self, document: &mut Document) {
        match self {
            Self::Declaration(declaration) => document.declaration.clone_from(declaration),
            Self::Encoding(encoding) => document.encoding = *encoding,
            Self::Epilog(markup) => document.epilog.push_str(markup),
            Self::Mark => document.mark = true,
            Self::Prolog(markup) => document.prolog.push_str(markup),
            Self::Whole(text) => document.whole = Some(text.clone()),
            Self::SingleQuotes => document.root.for_each(&mut |element| element.quote = '\''),
            Self::Header(content) => {
                let header = Node::Markup(format!("<soap:Header>{content}</soap:Header>"));
                if let Some((siblings, position)) = document.root.find_parent(Place::Body) {
                    siblings.insert(position, header);
                }
            }
            Self::After(place, markup) => insert(document, *place, 1, markup),
            Self::Before(place, markup) => insert(document, *place, 0, markup),
            Self::Delete(place) => {
                if let Some((siblings, position)) = document.root.find_parent(*place) {
                    siblings.remove(position);
                }
            }
            Self::Duplicate(place) => {
                if let Some((siblings, position)) = document.root.find_parent(*place) {
                    siblings.insert(position, siblings[position].clone());
                }
            }
            Self::Replace(place, markup) => {
                if let Some((siblings, position)) = document.root.find_parent(*place) {
                    siblings[position] = Node::Markup(markup.clone());
                }
            }
            _ => self.apply_to_element(document),
        }
    }

    fn apply_to_element(&self, document: &mut Document) {
        match self {
            Self::Attributes(place, attributes) => {
                with(document, *place, |element| element.attributes.push_str(attributes));
            }
            Self::Close(place, close) => with(document, *place, |element| element.close = close.clone()),
            Self::Content(place, markup) => {
                with(document, *place, |element| element.content = vec![Node::Markup(markup.clone())]);
            }
            Self::First(place, markup) => {
                with(document, *place, |element| element.content.insert(0, Node::Markup(markup.clone())));
            }
            Self::Last(place, markup) => {
                with(document, *place, |element| element.content.push(Node::Markup(markup.clone())));
            }
            Self::Namespace(place, uri) => with(document, *place, |element| {
                let prefix = element.prefix.clone();
                element.declares = Some((prefix, uri.clone()));
            }),
            Self::Prefix(place, prefix) => {
                let Some(old) = document.root.find(*place).map(|element| element.prefix.clone()) else {
                    return;
                };
                // The declaration and everything in its scope move together. With a prefix that
                // another element uses, both keep their own declaration.
                let Some(top) = document.root.find(*place) else { return };
                top.for_each(&mut |element| {
                    if element.prefix == old {
                        element.prefix.clone_from(prefix);
                        if let Some((declared, _)) = &mut element.declares {
                            declared.clone_from(prefix);
                        }
                    }
                });
            }
            Self::Spell(markup) => with(document, Place::CallId, |element| {
                for node in &mut element.content {
                    if let Node::Markup(written) = node {
                        *written = written.replace("{id}", markup);
                    }
                }
            }),
            Self::Rename(place, local) => with(document, *place, |element| element.local.clone_from(local)),
            _ => {}
        }
    }

    pub(super) fn apply_to_bytes(&self, bytes: &mut Vec<u8>) {
        let find =
            |bytes: &[u8], text: &str| bytes.windows(text.len()).position(|window| window == text.as_bytes());
        match self {
            Self::Append(tail) => bytes.extend(tail),
            Self::CutAt(text, keep) => {
                if let Some(at) = find(bytes, text) {
                    bytes.truncate(at + keep);
                }
            }
            Self::Splice(text, with) => {
                if let Some(at) = find(bytes, text) {
                    bytes.splice(at..at + text.len(), with.iter().copied());
                }
            }
            Self::Overwrite(side, distance, count, with) => {
                let at = match side {
                    Side::Start => (*distance).min(bytes.len()),
                    Side::End => bytes.len().saturating_sub(*distance),
                };
                let until = at.saturating_add(*count).min(bytes.len());
                bytes.splice(at..until, with.iter().copied());
            }
            Self::Truncate(count) => bytes.truncate(bytes.len().saturating_sub(*count)),
            _ => {}
        }
    }

    pub(super) fn apply_to_http(&self, request: &mut HttpRequest, ids: &Ids) {
        match self {
            Self::AbsoluteTarget => request.absolute = true,
            Self::Fields(style) => request.fields = Some(*style),
            Self::Followed => request.followed = true,
            Self::Preceded(count) => request.preceded = *count,
            Self::Framing(framing) => request.framing = framing.clone(),
            Self::Segments(cuts) => request.cuts.clone_from(cuts),
            Self::HttpHeader(name, value) => {
                request.set_header(name, value.as_deref().map(|value| ids.fill(value)));
                if name.eq_ignore_ascii_case("authorization") {
                    request.anonymous = true;
                }
            }
            Self::HttpHeaderAlso(name, value) => request.headers.push((name.clone(), value.clone())),
            Self::Method(method) => request.method.clone_from(method),
            Self::Misspell(misspelling) => request.misspelled = Some(*misspelling),
            Self::NoBody => request.body.clear(),
            Self::Query(query) => request.query = ids.fill(query),
            _ => {}
        }
    }
}

fn with(document: &mut Document, place: Place, change: impl FnOnce(&mut super::document::Element)) {
    if let Some(element) = document.root.find(place) {
        change(element);
    }
}

/// Puts markup beside an element: `offset` 0 is before it, 1 after.
fn insert(document: &mut Document, place: Place, offset: usize, markup: &str) {
    if let Some((siblings, position)) = document.root.find_parent(place) {
        siblings.insert(position + offset, Node::Markup(markup.to_owned()));
    }
}

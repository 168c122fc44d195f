//! From characters to an [`Outline`], closing every gap that quick-xml leaves to its caller.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::Hash;

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::Event;

use super::attribute::RawAttributes;
use super::chars::{first_forbidden, is_white};
use super::declaration::leading_declaration;
use super::outline::{Attribute, Binding, Element, ElementId, Outline};
use super::reference::resolve;
use super::scope::Scope;
use super::{Decoded, Limits, Refusal, is_ncname};
use crate::protocol::{Defect, names};

impl<'a> Outline<'a> {
    /// Reads a document of XML 1.0 with namespaces.
    ///
    /// Offsets in the refusal are offsets in `text`.
    ///
    /// # Errors
    /// The first [`Defect`] of well-formedness, [`Defect::Doctype`], or a limit. A processing
    /// instruction is no error here; [`Outline::instruction`] tells where it stands.
    pub fn parse(text: &'a str, limits: &Limits) -> Result<Self, Refusal> {
        leading_declaration(text).map_err(|at| Refusal::new(Defect::DeclarationSyntax, at))?;
        Self::after_declaration(text, limits)
    }

    /// [`Outline::parse`] of a decoded message, whose declaration was looked at already.
    ///
    /// # Errors
    /// As [`Outline::parse`]; offsets are offsets in the text of `decoded`.
    pub fn of(decoded: &'a Decoded<'_>, limits: &Limits) -> Result<Self, Refusal> {
        Self::after_declaration(&decoded.text, limits)
    }

    fn after_declaration(text: &'a str, limits: &Limits) -> Result<Self, Refusal> {
        if let Some(at) = first_forbidden(text) {
            return Err(Refusal::new(Defect::CharacterForbidden, at));
        }
        if text.starts_with('\u{FEFF}') {
            // quick-xml would skip it as a second byte order mark.
            return Err(Refusal::new(Defect::TextOutsideRoot, 0));
        }
        let mut parser = Parser {
            text,
            limits,
            outline: Outline {
                elements: Vec::with_capacity(8),
                attributes: Vec::new(),
                bindings: Vec::with_capacity(4),
                instruction: None,
            },
            open: Vec::with_capacity(8),
            scope: Scope::default(),
        };
        // The two prefixes that are bound without a declaration (NS 3).
        parser.outline.bindings.push(Binding { prefix: "xml", namespace: Cow::Borrowed(names::XML) });
        parser.scope.bind("xml", 0);
        parser.run()?;
        Ok(parser.outline)
    }
}

/// What the root may be preceded and followed by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Before,
    Inside,
    After,
}

struct Parser<'a, 'l> {
    text: &'a str,
    limits: &'l Limits,
    outline: Outline<'a>,
    /// Open elements, with how many bindings were in scope before each.
    open: Vec<(ElementId, usize)>,
    scope: Scope<'a>,
}

impl<'a> Parser<'a, '_> {
    fn run(&mut self) -> Result<(), Refusal> {
        let mut reader = Reader::from_str(self.text);
        let config = reader.config_mut();
        config.check_end_names = true;
        // A lone ampersand then arrives as text, where it is refused with its place.
        config.allow_dangling_amp = true;
        let mut past = 0;
        loop {
            let event = reader.read_event().map_err(|error| self.token_error(&error, past))?;
            match event {
                Event::Start(tag) => self.start(self.offset_of(&tag), tag.len(), false)?,
                Event::Empty(tag) => self.start(self.offset_of(&tag), tag.len(), true)?,
                Event::End(_) => self.end(past)?,
                Event::Text(text) => self.text(text.into_inner(), past)?,
                Event::CData(text) => self.cdata(text.into_inner(), past)?,
                Event::GeneralRef(reference) => self.reference(&reference.into_inner(), past)?,
                Event::Comment(comment) => comment_rule(&comment.into_inner(), past)?,
                Event::Decl(_) if past == 0 => {}
                Event::Decl(_) => return Err(Refusal::new(Defect::DeclarationSyntax, past)),
                Event::PI(instruction) => self.instruction(instruction.target(), past)?,
                Event::DocType(_) => return Err(Refusal::new(self.doctype(past), past)),
                Event::Eof => break,
            }
            past = usize::try_from(reader.buffer_position()).unwrap_or(self.text.len());
        }
        match self.stage() {
            Stage::Before => Err(Refusal::new(Defect::NoElement, self.text.len())),
            Stage::Inside => Err(Refusal::new(Defect::EndEarly, self.text.len())),
            Stage::After => Ok(()),
        }
    }

    /// quick-xml takes the keyword in any case and in any place (XML 2.8, productions 22 and 28).
    fn doctype(&self, at: usize) -> Defect {
        if self.stage() == Stage::Before && self.text[at..].starts_with("<!DOCTYPE") {
            Defect::Doctype
        } else {
            Defect::MarkupSyntax
        }
    }

    fn stage(&self) -> Stage {
        match (self.outline.elements.is_empty(), self.open.is_empty()) {
            (true, _) => Stage::Before,
            (false, true) => Stage::After,
            (false, false) => Stage::Inside,
        }
    }

    /// A start tag; `offset` and `len` say where what stands between `<` and `>` (or `/>`) is.
    fn start(&mut self, offset: usize, len: usize, empty: bool) -> Result<(), Refusal> {
        let text = self.text;
        let tag = &text[offset..offset + len];
        let at = offset - 1;
        let refuse = |defect| Err(Refusal::new(defect, at));
        if self.stage() == Stage::After {
            return refuse(Defect::RootRepeated);
        }
        if self.open.len() >= self.limits.depth {
            return refuse(Defect::LimitDepth);
        }
        if self.outline.elements.len() >= self.limits.elements {
            return refuse(Defect::LimitElements);
        }
        let name_end =
            tag.bytes().position(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).unwrap_or(tag.len());
        let (name, rest) = tag.split_at(name_end);
        let scope_before = self.scope.len();
        let first_binding = index(self.outline.bindings.len());
        let first_attribute = index(self.outline.attributes.len());
        if !rest.is_empty() {
            let prefixes = self.attributes(rest, offset + name_end)?;
            self.resolve_attributes(first_attribute, &prefixes)?;
        }

        let (prefix, local) = split_name(name).ok_or(Refusal::new(Defect::NameSyntax, at))?;
        let namespace = self.lookup(prefix, at)?;
        let id = ElementId(index(self.outline.elements.len()));
        self.outline.elements.push(Element {
            parent: self.open.last().map(|&(parent, _)| parent),
            namespace,
            local,
            attributes: (first_attribute, index(self.outline.attributes.len())),
            bindings: (first_binding, index(self.outline.bindings.len())),
            end: id.0 + 1,
            text: Cow::Borrowed(""),
            at: index(at),
        });
        if empty {
            self.scope.truncate(scope_before);
        } else {
            self.open.push((id, scope_before));
        }
        Ok(())
    }

    /// Pushes the attributes of a start tag, binding namespaces on the way; returns the prefix of
    /// each attribute that is no declaration.
    fn attributes(&mut self, rest: &'a str, offset: usize) -> Result<Vec<&'a str>, Refusal> {
        let mut prefixes = Vec::new();
        let mut declared_here = Distinct::default();
        let mut count = 0;
        for item in RawAttributes::new(rest) {
            let (at, raw) = item.map_err(|(defect, at)| Refusal::new(defect, offset + at))?;
            let at = offset + at;
            count += 1;
            if count > self.limits.attributes {
                return Err(Refusal::new(Defect::LimitAttributes, at));
            }
            let (prefix, local) = split_name(raw.name).ok_or(Refusal::new(Defect::NameSyntax, at))?;
            let declared = match (prefix, local) {
                ("", "xmlns") => Some(""),
                ("xmlns", prefix) => Some(prefix),
                _ => None,
            };
            if let Some(declared) = declared {
                if !may_bind(declared, &raw.value) {
                    return Err(Refusal::new(Defect::NamespaceDeclaration, at));
                }
                if !declared_here.insert(declared) {
                    return Err(Refusal::new(Defect::AttributeDuplicate, at));
                }
                self.scope.bind(declared, index(self.outline.bindings.len()));
                self.outline.bindings.push(Binding { prefix: declared, namespace: raw.value });
            } else {
                prefixes.push(prefix);
                self.outline.attributes.push(Attribute { namespace: None, local, value: raw.value, at });
            }
        }
        Ok(prefixes)
    }

    fn resolve_attributes(&mut self, first: u32, prefixes: &[&'a str]) -> Result<(), Refusal> {
        let mut names = Distinct::default();
        for (current, prefix) in (first as usize..).zip(prefixes) {
            let Attribute { local, at, .. } = self.outline.attributes[current];
            // The default namespace does not reach attributes (NS 6.2).
            let namespace = if prefix.is_empty() { None } else { self.lookup(prefix, at)? };
            // Two prefixes may be bound to one namespace (NS 6.3).
            let number = namespace.map(|binding| self.scope.namespace(binding, &self.outline.bindings));
            if !names.insert((local, number)) {
                return Err(Refusal::new(Defect::AttributeDuplicate, at));
            }
            self.outline.attributes[current].namespace = namespace;
        }
        Ok(())
    }

    /// The binding in scope for a prefix; `""` is the default namespace, which may be none.
    fn lookup(&self, prefix: &str, at: usize) -> Result<Option<u32>, Refusal> {
        match self.scope.lookup(prefix) {
            Some(binding) if self.outline.bindings[binding as usize].namespace.is_empty() => Ok(None),
            Some(binding) => Ok(Some(binding)),
            None if prefix.is_empty() => Ok(None),
            None => Err(Refusal::new(Defect::PrefixUnbound, at)),
        }
    }

    fn end(&mut self, at: usize) -> Result<(), Refusal> {
        let (id, scope) = self.open.pop().ok_or(Refusal::new(Defect::EndTagMismatch, at))?;
        self.scope.truncate(scope);
        let end = index(self.outline.elements.len());
        self.outline.elements[id.0 as usize].end = end;
        Ok(())
    }

    fn text(&mut self, raw: Cow<'a, str>, at: usize) -> Result<(), Refusal> {
        if self.open.is_empty() {
            let bytes = raw.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
            return if bytes == raw.len() {
                Ok(())
            } else {
                Err(Refusal::new(Defect::TextOutsideRoot, at + bytes))
            };
        }
        let bytes = raw.as_bytes();
        // Branch-free, so that the compiler turns it into vector instructions; most text has none
        // of the three.
        let special = bytes.iter().fold(0, |seen, &byte| {
            seen | u8::from(byte == b'&') | u8::from(byte == b'>') | u8::from(byte == b'\r')
        });
        if special == 0 {
            self.push_text(raw);
            return Ok(());
        }
        let mut carriage = false;
        for (n, byte) in bytes.iter().enumerate() {
            match byte {
                b'&' => return Err(Refusal::new(Defect::AmpersandAlone, at + n)),
                b'>' if bytes[..n].ends_with(b"]]") => {
                    return Err(Refusal::new(Defect::TextSyntax, at + n - 2));
                }
                b'\r' => carriage = true,
                _ => {}
            }
        }
        self.push_text(if carriage { Cow::Owned(normalise_eol(&raw)) } else { raw });
        Ok(())
    }

    fn cdata(&mut self, raw: Cow<'a, str>, at: usize) -> Result<(), Refusal> {
        if self.open.is_empty() {
            return Err(Refusal::new(Defect::CdataSyntax, at));
        }
        self.push_text(if raw.contains('\r') { Cow::Owned(normalise_eol(&raw)) } else { raw });
        Ok(())
    }

    fn reference(&mut self, body: &str, at: usize) -> Result<(), Refusal> {
        if self.open.is_empty() {
            return Err(Refusal::new(Defect::TextOutsideRoot, at));
        }
        let c = resolve(body).map_err(|defect| Refusal::new(defect, at))?;
        self.push_text(Cow::Owned(c.to_string()));
        Ok(())
    }

    fn push_text(&mut self, piece: Cow<'a, str>) {
        let Some(&(id, _)) = self.open.last() else { return };
        let has_children = self.outline.elements.len() > id.0 as usize + 1;
        let text = &mut self.outline.elements[id.0 as usize].text;
        if text.is_empty() {
            *text = piece;
        } else if !(has_children && is_white(&piece)) {
            text.to_mut().push_str(&piece);
        }
    }

    fn instruction(&mut self, target: &str, at: usize) -> Result<(), Refusal> {
        // NS 7 takes colons out of targets, too.
        if !is_ncname(target) || target.eq_ignore_ascii_case("xml") {
            return Err(Refusal::new(Defect::ProcessingInstructionSyntax, at));
        }
        self.outline.instruction.get_or_insert(at);
        Ok(())
    }

    fn token_error(&self, error: &Error, at: usize) -> Refusal {
        let inside = self.stage() == Stage::Inside;
        let defect = match error {
            Error::Syntax(SyntaxError::UnclosedComment) => Defect::CommentSyntax,
            Error::Syntax(SyntaxError::UnclosedCData) => Defect::CdataSyntax,
            Error::Syntax(SyntaxError::UnclosedPI | SyntaxError::UnclosedXmlDecl) => {
                Defect::ProcessingInstructionSyntax
            }
            Error::Syntax(SyntaxError::UnclosedDoctype)
            | Error::IllFormed(IllFormedError::MissingDoctypeName) => Defect::Doctype,
            Error::IllFormed(
                IllFormedError::MismatchedEndTag { .. } | IllFormedError::UnmatchedEndTag(_),
            ) => Defect::EndTagMismatch,
            Error::Syntax(_) if inside && self.text[at..].find('>').is_none() => Defect::EndEarly,
            _ => Defect::MarkupSyntax,
        };
        Refusal::new(defect, at)
    }

    /// Where a piece of the text starts in it.
    fn offset_of(&self, piece: &str) -> usize {
        (piece.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }
}

/// Names of one start tag, each once. Few are looked through one by one, which is quicker for them.
struct Distinct<T> {
    few: Vec<T>,
    many: HashSet<T>,
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Self { few: Vec::new(), many: HashSet::new() }
    }
}

impl<T: Copy + Eq + Hash> Distinct<T> {
    /// More than these are hashed.
    const FEW: usize = 16;

    /// Whether the name was not there before.
    fn insert(&mut self, name: T) -> bool {
        if self.few.len() < Self::FEW {
            let is_new = !self.few.contains(&name);
            self.few.push(name);
            return is_new;
        }
        if self.many.is_empty() {
            self.many.extend(&self.few);
        }
        self.many.insert(name)
    }
}

/// Counts are bounded by [`Limits`] and by the text, whose length a message reader bounds first.
fn index(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Prefix (empty for none) and local part of a qualified name (NS 4).
fn split_name(name: &str) -> Option<(&str, &str)> {
    let (prefix, local) = match name.split_once(':') {
        Some((prefix, local)) if is_ncname(prefix) => (prefix, local),
        Some(_) => return None,
        None => ("", name),
    };
    is_ncname(local).then_some((prefix, local))
}

/// Whether a declaration may bind this prefix to this namespace (NS 3, 5).
fn may_bind(prefix: &str, namespace: &str) -> bool {
    match prefix {
        "xmlns" => false,
        "xml" => namespace == names::XML,
        "" => namespace != names::XML && namespace != names::XMLNS,
        // Un-declaring a prefix came only with Namespaces 1.1.
        _ => !namespace.is_empty() && namespace != names::XML && namespace != names::XMLNS,
    }
}

fn comment_rule(body: &str, at: usize) -> Result<(), Refusal> {
    if body.contains("--") || body.ends_with('-') {
        return Err(Refusal::new(Defect::CommentSyntax, at));
    }
    Ok(())
}

/// Line ends as the application sees them (XML 2.11).
fn normalise_eol(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> Option<(Defect, usize)> {
        Outline::parse(text, &Limits::default()).err().map(|refusal| (refusal.defect, refusal.at))
    }

    #[test]
    fn refusals_say_what_is_wrong_and_where() {
        use Defect as D;
        for (text, defect, at) in [
            ("", D::NoElement, 0),
            ("<!-- -->", D::NoElement, 8),
            ("<a><b></b>", D::EndEarly, 10),
            ("<a/><b/>", D::RootRepeated, 4),
            ("<a></a><b></b>", D::RootRepeated, 7),
            ("\n x<a/>", D::TextOutsideRoot, 2),
            ("<a/>\t\r\nx", D::TextOutsideRoot, 7),
            ("\u{FEFF}<a/>", D::TextOutsideRoot, 0),
            ("&#32;<a/>", D::TextOutsideRoot, 0),
            ("<a/>&#32;", D::TextOutsideRoot, 4),
            ("<![CDATA[]]><a/>", D::CdataSyntax, 0),
            ("<a><![CDATA[x</a>", D::CdataSyntax, 3),
            ("<!DOCTYPE a><a/>", D::Doctype, 0),
            ("<!-- --><!DOCTYPE a [<!ENTITY x 'y'>]><a/>", D::Doctype, 8),
            ("<!doctype a><a/>", D::MarkupSyntax, 0),
            ("<a/><!DOCTYPE a>", D::MarkupSyntax, 4),
            ("<a><!DOCTYPE a></a>", D::MarkupSyntax, 3),
            ("<a></b>", D::EndTagMismatch, 3),
            ("</a>", D::EndTagMismatch, 0),
            ("<aa  b=1/>", D::AttributeSyntax, 7),
            ("<aa  b='1' b='2'/>", D::AttributeDuplicate, 11),
            ("<aa xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>", D::AttributeDuplicate, 35),
            ("<aa xmlns:p='u' xmlns:p='v'/>", D::AttributeDuplicate, 16),
            ("<aa b='&x;'/>", D::EntityUndeclared, 7),
            ("<aa b='&'/>", D::AmpersandAlone, 7),
            ("<a>x&y</a>", D::AmpersandAlone, 4),
            ("<a>x&y&z</a>", D::AmpersandAlone, 4),
            ("<a>&</a>", D::AmpersandAlone, 3),
            ("<a>x&y", D::AmpersandAlone, 4),
            ("<a>x&", D::AmpersandAlone, 4),
            ("<a>x&x;</a>", D::EntityUndeclared, 4),
            ("<a>&#0;</a>", D::CharacterForbidden, 3),
            ("<a>\u{1}</a>", D::CharacterForbidden, 3),
            ("<a>x]]></a>", D::TextSyntax, 4),
            ("<a>&#33;]]></a>", D::TextSyntax, 8),
            ("<p:a/>", D::PrefixUnbound, 0),
            ("<a><p:b/></a>", D::PrefixUnbound, 3),
            ("<a><b xmlns:p='u'/><p:b/></a>", D::PrefixUnbound, 19),
            ("<a><b xmlns:p='u'></b><p:b/></a>", D::PrefixUnbound, 22),
            ("<aa  p:b=''/>", D::PrefixUnbound, 5),
            ("<a:b:c/>", D::NameSyntax, 0),
            ("<:a/>", D::NameSyntax, 0),
            ("<aa  b:c:d=''/>", D::NameSyntax, 5),
            ("<aa  xmlns:p=''/>", D::NamespaceDeclaration, 5),
            ("<aa  xmlns:xmlns='u'/>", D::NamespaceDeclaration, 5),
            ("<aa  xmlns:xml='u'/>", D::NamespaceDeclaration, 5),
            ("<aa  xmlns='http://www.w3.org/XML/1998/namespace'/>", D::NamespaceDeclaration, 5),
            ("<aa  xmlns='http://www.w3.org/2000/xmlns/'/>", D::NamespaceDeclaration, 5),
            ("<aa  xmlns:p='http://www.w3.org/XML/1998/namespace'/>", D::NamespaceDeclaration, 5),
            ("<aa  xmlns:p='http://www.w3.org/2000/xmlns/'/>", D::NamespaceDeclaration, 5),
            (" <?xml version='1.0'?><a/>", D::DeclarationSyntax, 1),
            ("<?xml encoding='utf-8'?><a/>", D::DeclarationSyntax, 5),
            ("<a><?XML x?></a>", D::ProcessingInstructionSyntax, 3),
            ("<?a:b?><a/>", D::ProcessingInstructionSyntax, 0),
            ("<a><?b</a>", D::ProcessingInstructionSyntax, 3),
            ("<a><!-- x -- y --></a>", D::CommentSyntax, 3),
            ("<a><!-- x ---></a>", D::CommentSyntax, 3),
            ("<a><!-- x</a>", D::CommentSyntax, 3),
            ("<a><b", D::EndEarly, 3),
            ("<", D::MarkupSyntax, 0),
            ("<a><", D::EndEarly, 3),
            ("<a>< b=''/></a>", D::NameSyntax, 3),
            ("<a></ a></a>", D::EndTagMismatch, 3),
            ("<a><!x></a>", D::MarkupSyntax, 3),
        ] {
            assert_eq!(refusal(text), Some((defect, at)), "{text:?}");
        }
    }

    #[test]
    fn limits_are_reached_before_they_are_broken() {
        let limits = Limits { depth: 2, attributes: 2, elements: 3, ..Limits::default() };
        let read =
            |text: &str| Outline::parse(text, &limits).err().map(|refusal| (refusal.defect, refusal.at));
        assert_eq!(read("<a x='' y=''><b/><c></c></a>"), None);
        assert_eq!(read("<a><b><c/></b></a>"), Some((Defect::LimitDepth, 6)));
        assert_eq!(read("<a><b><c></c></b></a>"), Some((Defect::LimitDepth, 6)));
        assert_eq!(read("<a><b/><c/><d/></a>"), Some((Defect::LimitElements, 11)));
        assert_eq!(read("<a x='' xmlns='' y=''/>"), Some((Defect::LimitAttributes, 17)));
    }

    #[test]
    fn text_is_what_an_application_reads() {
        let text = |text: &str| {
            Outline::parse(text, &Limits::default()).expect("XML").text(ElementId::ROOT).to_owned()
        };
        for (written, read) in [
            ("<a>x</a>", "x"),
            ("<a>\r</a>", "\n"),
            ("<a>\r\r</a>", "\n\n"),
            ("<a>x\r\ny\rz\n</a>", "x\ny\nz\n"),
            ("<a>x&#13;&amp;&gt;&#x26;</a>", "x\r&>&"),
            ("<a><![CDATA[x\r\n<&]]>]]&gt;</a>", "x\n<&]]>"),
            ("<a>x<!-- y --> <?z?>&#32;</a>", "x  "),
            ("<a>>]>]</a>", ">]>]"),
            // Between elements white space is layout, anything else is text.
            ("<a>x<b/> \n</a>", "x"),
            ("<a> <b/>x</a>", " x"),
            ("<a>x<b>y</b>z</a>", "xz"),
        ] {
            assert_eq!(text(written), read, "{written:?}");
        }
    }

    #[test]
    fn instructions_are_told_by_the_first() {
        let at = |text: &str| Outline::parse(text, &Limits::default()).expect("XML").instruction();
        assert_eq!(at("<?xml version='1.0'?><a/>"), None);
        assert_eq!(at("<a><?b?><?c?></a>"), Some(3));
        assert_eq!(at("<?xml-stylesheet href='x'?><a/><?c?>"), Some(0));
    }
}

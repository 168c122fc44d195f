//! Readers of XML that take what is none, or refuse what is some. A server and a parser can both have
//! one, so each of these is a mutant of either.

use super::killed_by::{KilledBy, by};
use super::rewrite::{
    character, declaration, digits_of_references, end_tags, first_word, in_tags, is_wide, joined_surrogates,
    kept_declarations, local, meaning, references, renamed, repaired, replaced, resolved,
    split_at_separators, text, without_entities,
};
use crate::protocol::{names, req};

/// A reader of XML with one defect.
#[derive(Debug, Clone, Copy)]
pub(super) struct Misreading {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) killed_by: KilledBy,
    /// The case that must fail a client with it.
    pub(super) killed_in_answers: Option<KilledBy>,
    pub(super) how: How,
}

impl Misreading {
    /// The same, which a client shows in this case.
    const fn of_answers(self, killed_by: KilledBy) -> Self {
        Self { killed_in_answers: Some(killed_by), ..self }
    }
}

/// What it does.
#[derive(Debug, Clone, Copy)]
pub(super) enum How {
    /// Takes a message that is to be refused for this one.
    Takes(fn(&[u8]) -> Option<Vec<u8>>),
    /// Takes every message for this one.
    Mistakes(fn(&[u8]) -> Vec<u8>),
    /// Refuses lawful messages of which this holds.
    Refuses(fn(&str) -> bool),
}

pub(super) const fn takes(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    repair: fn(&[u8]) -> Option<Vec<u8>>,
) -> Misreading {
    Misreading { name, about, killed_by, killed_in_answers: None, how: How::Takes(repair) }
}

pub(super) const fn mistakes(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    change: fn(&[u8]) -> Vec<u8>,
) -> Misreading {
    Misreading { name, about, killed_by, killed_in_answers: None, how: How::Mistakes(change) }
}

pub(super) const fn refuses(
    name: &'static str,
    about: &'static str,
    killed_by: KilledBy,
    meets: fn(&str) -> bool,
) -> Misreading {
    Misreading { name, about, killed_by, killed_in_answers: None, how: How::Refuses(meets) }
}

pub(super) const MISREADINGS: [Misreading; 48] = [
    // What SOAP leaves out of XML, and what a literal message leaves out of SOAP.
    takes(
        "drops-entities",
        "References to entities are dropped with the declaration of the document type.",
        by("dtd/references-many", req::NO_DTD),
        |body| text(body, without_entities),
    ),
    takes(
        "takes-ids-from-attributes",
        "Where CallId is empty, an attribute Id holds the id, as PhoneCallId of EWS does.",
        by("request-body/call-id-empty-with-id-attribute", req::EMPTY_CALL_ID),
        |body| {
            text(body, |text| {
                let moved = || {
                    let (before, behind) = text.split_once("<CallId Id=\"")?;
                    let (id, behind) = behind.split_once("\"></CallId>")?;
                    Some(format!("{before}<CallId>{id}</CallId>{behind}"))
                };
                moved().unwrap_or_else(|| text.to_owned())
            })
        },
    ),
    takes(
        "resolves-references-to-elements",
        "A value may stand elsewhere in the message, as SOAP encoding has it.",
        by("multi-reference/call-id-in-header", req::EMPTY_CALL_ID),
        |body| text(body, resolved),
    ),
    // End tags.
    takes(
        "compares-end-tags-by-namespace",
        "An end tag with another prefix closes an element if it means the same name.",
        by("xml/end-tag-of-other-prefix", req::WELL_FORMED),
        |body| {
            end_tags(body, |text, inner, open| (meaning(text, inner) == meaning(text, open)).then_some(open))
        },
    )
    .of_answers(by("reply-xml/end-tag-of-other-prefix-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "compares-end-tags-by-local-name",
        "An end tag closes an element of the same local name, whatever its prefix.",
        by("xml/end-tag-without-prefix", req::WELL_FORMED),
        |body| end_tags(body, |_, inner, open| (local(inner) == local(open)).then_some(open)),
    )
    .of_answers(by("reply-xml/end-tag-without-prefix-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "reads-attributes-of-end-tags",
        "Attributes in an end tag are passed over.",
        by("xml/end-tag-with-attribute", req::WELL_FORMED),
        |body| end_tags(body, |_, inner, _| inner.contains('=').then(|| first_word(inner))),
    )
    .of_answers(by("reply-xml/end-tag-with-attribute-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "drops-slashes-of-end-tags",
        "A slash at the end of an end tag is passed over.",
        by("xml/end-tag-with-slash", req::WELL_FORMED),
        |body| end_tags(body, |_, inner, _| inner.strip_suffix('/')),
    )
    .of_answers(by("reply-xml/end-tag-with-slash-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "trims-end-tags",
        "White space before the name in an end tag is passed over.",
        by("xml/end-tag-after-blank", req::WELL_FORMED),
        |body| end_tags(body, |_, inner, _| inner.starts_with(' ').then(|| inner.trim())),
    )
    .of_answers(by("reply-xml/end-tag-after-blank-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "closes-by-nameless-end-tags",
        "An end tag without name closes the innermost element.",
        by("xml/end-tag-without-name", req::WELL_FORMED),
        |body| end_tags(body, |_, inner, open| inner.is_empty().then_some(open)),
    )
    .of_answers(by("reply-xml/end-tag-without-name-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    // Other markup.
    takes(
        "takes-blank-behind-slash",
        "A blank may stand between the slash and the end of an empty-element tag.",
        by("xml/empty-tag-with-blank", req::WELL_FORMED),
        |body| text(body, |text| text.replace("/ >", "/>")),
    )
    .of_answers(by("reply-xml/empty-tag-with-blank-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "takes-ampersands-in-attributes",
        "An ampersand that starts no reference stands for itself in attributes.",
        by("xml/attribute-with-ampersand", req::WELL_FORMED),
        |body| in_tags(body, |tag| tag.replace("& ", "&amp; ")),
    )
    .of_answers(by("reply-xml/ampersand-in-attribute-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "takes-instructions-without-target",
        "A processing instruction may be without target.",
        by("xml/instruction-without-target", req::WELL_FORMED),
        |body| text(body, |text| text.replace("<??>", "")),
    )
    .of_answers(by("reply-xml/instruction-without-target-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    // References.
    takes(
        "reads-digits-up-to-a-letter",
        "What follows the digits of a reference is passed over, as by parseInt.",
        by("xml/reference-with-letter-behind-digits", req::WELL_FORMED),
        |body| {
            references(body, |name| {
                let digits = name.strip_prefix('#')?.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                character(digits.parse().ok()?)
            })
        },
    )
    .of_answers(by("reply-xml/reference-with-letter-behind-digits-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "reads-references-with-signs",
        "A reference may have a plus sign, as a number may.",
        by("xml/reference-with-plus", req::WELL_FORMED),
        |body| references(body, |name| character(name.strip_prefix("#+")?.parse().ok()?)),
    )
    .of_answers(by("reply-xml/reference-with-plus-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "reads-references-with-underscores",
        "Underscores may stand between the digits of a reference, as in a literal of the language.",
        by("xml/reference-with-underscore", req::WELL_FORMED),
        |body| {
            references(body, |name| {
                let number = name.strip_prefix('#').filter(|number| number.contains('_'))?;
                character(number.replace('_', "").parse().ok()?)
            })
        },
    )
    .of_answers(by("reply-xml/reference-with-underscore-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "trims-references",
        "White space around the digits of a reference is passed over.",
        by("xml/reference-with-blank", req::WELL_FORMED),
        |body| {
            references(body, |name| {
                let number = name.strip_prefix('#').filter(|number| number.contains(' '))?;
                character(number.trim().parse().ok()?)
            })
        },
    )
    .of_answers(by("reply-xml/reference-with-blank-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "reads-references-as-literals-of-c",
        "A reference may say 0x where it means x.",
        by("xml/reference-with-zero-before-x", req::WELL_FORMED),
        |body| references(body, |name| character(u32::from_str_radix(name.strip_prefix("#0x")?, 16).ok()?)),
    )
    .of_answers(by("reply-xml/reference-with-zero-before-x-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "reads-digits-of-any-script",
        "A reference may have digits of any script.",
        by("xml/reference-with-digits-of-another-script", req::WELL_FORMED),
        |body| {
            references(body, |name| {
                let digit = |c: char| {
                    let value = u32::from(c).wrapping_sub(0x660);
                    c.to_digit(10).or((value < 10).then_some(value))
                };
                let digits = name.strip_prefix('#').filter(|number| !number.is_ascii())?;
                let number = digits
                    .chars()
                    .try_fold(0_u32, |number, c| number.checked_mul(10)?.checked_add(digit(c)?));
                character(number?)
            })
        },
    )
    .of_answers(by(
        "reply-xml/reference-with-digits-of-another-script-success",
        req::OK_STATUS_WITHOUT_RESPONSE,
    )),
    takes(
        "takes-references-without-digits",
        "A reference without digits stands for nothing.",
        by("xml/reference-without-digits", req::WELL_FORMED),
        |body| references(body, |name| (name == "#").then(String::new)),
    )
    .of_answers(by("reply-xml/reference-without-digits-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "takes-references-without-hexadecimal-digits",
        "A hexadecimal reference without digits stands for nothing.",
        by("xml/reference-without-hexadecimal-digits", req::WELL_FORMED),
        |body| references(body, |name| (name == "#x").then(String::new)),
    )
    .of_answers(by(
        "reply-xml/reference-without-hexadecimal-digits-success",
        req::OK_STATUS_WITHOUT_RESPONSE,
    )),
    takes(
        "reads-capital-x",
        "A hexadecimal reference may have a capital X.",
        by("xml/reference-with-capital-x", req::WELL_FORMED),
        |body| references(body, |name| character(u32::from_str_radix(name.strip_prefix("#X")?, 16).ok()?)),
    )
    .of_answers(by("reply-xml/reference-with-capital-x-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "joins-surrogates",
        "Two references to surrogates are one character.",
        by("xml/references-to-surrogate-pair", req::LEGAL_CHARACTERS),
        |body| text(body, joined_surrogates),
    )
    .of_answers(by("reply-xml/references-to-surrogate-pair-success", req::LEGAL_CHARACTERS)),
    // Colons and names that are spoken for.
    takes(
        "drops-second-colons",
        "Two colons in a row are one.",
        by("xml/colon-doubled", req::PREFIX_DECLARED),
        |body| in_tags(body, |tag| tag.replace("::", ":")),
    )
    .of_answers(by("reply-xml/colon-doubled-success", req::PREFIX_DECLARED)),
    takes(
        "drops-colons-at-ends-of-names",
        "A colon at the end of a name is passed over.",
        by("xml/colon-at-end-of-name", req::PREFIX_DECLARED),
        |body| {
            in_tags(body, |tag| {
                tag.strip_suffix(':').map_or_else(|| tag.replacen(": ", " ", 1), str::to_owned)
            })
        },
    )
    .of_answers(by("reply-xml/colon-at-end-of-name-success", req::PREFIX_DECLARED)),
    takes(
        "takes-empty-prefixes",
        "A name may start with a colon, as its prefix is empty.",
        by("xml/colon-at-start-of-name", req::PREFIX_DECLARED),
        |body| {
            in_tags(body, |tag| {
                let name = tag.strip_prefix('/').unwrap_or(tag);
                if name.starts_with(':') { tag.replacen(':', "", 1) } else { tag.to_owned() }
            })
        },
    )
    .of_answers(by("reply-xml/colon-at-start-of-name-success", req::PREFIX_DECLARED)),
    takes(
        "takes-prefix-xmlns",
        "An element may have the prefix xmlns.",
        by("xml/prefix-xmlns-of-element", req::PREFIX_DECLARED),
        |body| {
            in_tags(body, |tag| match tag.strip_prefix("xmlns:") {
                Some(name) => format!("xml:{name}"),
                None => tag.to_owned(),
            })
        },
    ),
    takes(
        "takes-namespace-of-xml-by-default",
        "The namespace of xml may be the default one.",
        by("xml/default-for-xml", req::PREFIX_DECLARED),
        |body| text(body, |text| text.replace(&format!("xmlns='{}'", names::XML), "xmlns='urn:z'")),
    ),
    takes(
        "takes-namespace-of-xmlns-by-default",
        "The namespace of xmlns may be the default one.",
        by("xml/default-for-xmlns", req::PREFIX_DECLARED),
        |body| text(body, |text| text.replace(&format!("xmlns='{}'", names::XMLNS), "xmlns='urn:z'")),
    ),
    // XML declarations.
    takes(
        "reads-declarations-in-any-order",
        "The parts of the XML declaration may stand in any order.",
        by("xml/declaration-with-encoding-first", req::WELL_FORMED),
        |body| {
            declaration(body, |parts| {
                let places = ["version", "encoding", "standalone"].map(|part| parts.find(part));
                let is_known = parts.split_whitespace().count() == places.iter().flatten().count();
                is_known && !places.iter().flatten().is_sorted() && parts.matches("version").count() == 1
            })
        },
    )
    .of_answers(by("reply-xml/declaration-with-encoding-first-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "reads-unknown-parts-of-declarations",
        "The XML declaration may have further parts.",
        by("xml/declaration-with-unknown-part", req::WELL_FORMED),
        |body| declaration(body, |parts| parts.contains("umspec=")),
    )
    .of_answers(by("reply-xml/declaration-with-unknown-part-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "needs-no-blanks-in-declarations",
        "The parts of the XML declaration may stand without a blank.",
        by("xml/declaration-without-blank", req::WELL_FORMED),
        |body| declaration(body, |parts| parts.contains("'encoding")),
    )
    .of_answers(by("reply-xml/declaration-without-blank-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "needs-no-quotes-in-declarations",
        "The parts of the XML declaration may be without quotes.",
        by("xml/declaration-without-quotes", req::WELL_FORMED),
        |body| declaration(body, |parts| !parts.is_empty() && !parts.contains(['\'', '"'])),
    )
    .of_answers(by("reply-xml/declaration-without-quotes-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "takes-the-last-version",
        "The XML declaration may name the version twice.",
        by("xml/declaration-with-version-repeated", req::WELL_FORMED),
        |body| declaration(body, |parts| parts.matches("version").count() == 2),
    )
    .of_answers(by("reply-xml/declaration-with-version-repeated-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    takes(
        "trims-names-of-encodings",
        "White space around the name of the encoding is passed over.",
        by("xml/declaration-with-blank-in-encoding", req::WELL_FORMED),
        |body| declaration(body, |parts| parts.contains("' utf-8'")),
    )
    .of_answers(by("reply-xml/declaration-with-blank-in-encoding-success", req::OK_STATUS_WITHOUT_RESPONSE)),
    // Bytes.
    takes(
        "reads-cesu-8",
        "Two surrogates of three bytes each are one character.",
        by("encoding/surrogate-pair-in-comment", req::INVALID_UTF8),
        |body| replaced(body, b"\xED\xA0\xBD\xED\xB3\x9E", "\u{1F4DE}"),
    )
    .of_answers(by("reply-xml/surrogate-pair-in-comment-success", req::INVALID_UTF8)),
    takes(
        "reads-overlong-forms-of-three-bytes",
        "A form of three bytes for an ASCII character is read as that.",
        by("encoding/overlong-slash-of-three-bytes-in-comment", req::INVALID_UTF8),
        |body| replaced(body, b"\xE0\x80\xAF", "/"),
    )
    .of_answers(by("reply-xml/overlong-form-of-three-bytes-success", req::INVALID_UTF8)),
    takes(
        "reads-forms-of-five-bytes",
        "A form of five bytes is read, as UTF-8 once had.",
        by("encoding/five-bytes-in-comment", req::INVALID_UTF8),
        |body| replaced(body, b"\xF8\x88\x80\x80\x80", "?"),
    )
    .of_answers(by("reply-xml/form-of-five-bytes-success", req::INVALID_UTF8)),
    takes(
        "drops-bytes-that-are-no-utf-8",
        "Bytes that are no UTF-8 are dropped.",
        by("encoding/byte-ff-in-call-id", req::INVALID_UTF8),
        |body| {
            let pieces = body.utf8_chunks().map(|chunk| chunk.valid());
            Some(pieces.collect::<String>().into_bytes())
                .filter(|kept| kept.len() < body.len() && !is_wide(body))
        },
    ),
    takes(
        "reads-windows-1252-otherwise",
        "A message that is no UTF-8 is read by the code page of Windows.",
        by("encoding/lone-continuation-in-comment", req::INVALID_UTF8),
        |body| {
            let read = || body.iter().map(|&byte| char::from(byte)).collect::<String>().into_bytes();
            (std::str::from_utf8(body).is_err() && !is_wide(body)).then(read)
        },
    ),
    takes(
        "repairs-utf-8-in-comments",
        "Bytes of comments are not looked at.",
        by("encoding/truncated-sequence-in-comment", req::INVALID_UTF8),
        |body| repaired(body, |before| before.rfind("<!--") > before.rfind("-->")),
    ),
    takes(
        "repairs-utf-8-in-tags",
        "Bytes of tags that are no UTF-8 are replaced.",
        by("encoding/byte-ff-in-namespace", req::INVALID_UTF8),
        |body| repaired(body, |before| before.rfind("<x:note") > before.rfind('>')),
    ),
    // Namespaces.
    mistakes(
        "splits-names-at-separators",
        "Namespace and local name are one text with a separator, which is split where the first one stands.",
        by("namespace/disconnect-behind-brace", req::NEAR_MISS_NAMESPACE),
        |body| text(body, split_at_separators).unwrap_or_else(|| body.to_vec()),
    ),
    mistakes(
        "keeps-declarations-of-empty-elements",
        "What an empty element declares holds for what follows it.",
        by("namespace/both-of-default-of-empty-header", req::NEAR_MISS_NAMESPACE),
        |body| text(body, kept_declarations).unwrap_or_else(|| body.to_vec()),
    ),
    takes(
        "binds-prefix-xml",
        "The prefix xml may be bound to any namespace.",
        by("xml/prefix-xml-of-disconnect", req::PREFIX_DECLARED),
        |body| text(body, |text| renamed(text, "xml")),
    ),
    takes(
        "binds-prefix-xmlns",
        "The prefix xmlns may be bound to any namespace.",
        by("xml/prefix-xmlns-of-disconnect", req::PREFIX_DECLARED),
        |body| text(body, |text| renamed(text, "xmlns")),
    ),
    takes(
        "takes-the-first-of-two-mandatory-marks",
        "An attribute may occur twice under two prefixes of one namespace; the first one counts.",
        by("xml/must-understand-repeated-by-namespace", req::PREFIX_DECLARED),
        |body| {
            in_tags(body, |tag| match tag.matches(":mustUnderstand=").count() {
                2 => tag.replace(" soap:mustUnderstand=\"1\"", ""),
                _ => tag.to_owned(),
            })
        },
    ),
    refuses(
        "puts-attributes-into-the-default-namespace",
        "An attribute without prefix is in the default namespace.",
        by("header/unqualified-must-understand-under-default", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("<Envelope xmlns=") && text.contains(" mustUnderstand=\"1\""),
    ),
    refuses(
        "knows-names-of-ascii-only",
        "Names beyond ASCII are refused.",
        by("header/optional-with-accented-names", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("<x:\u{E9}"),
    ),
];

/// A server with it refuses the message as well, for an id that it never issued: it is told by parsers.
pub(super) const REPAIRS_CALL_ID: Misreading = takes(
    "repairs-utf-8-in-call-id",
    "Bytes of CallId that are no UTF-8 are replaced.",
    by("encoding/byte-ff-at-end-of-call-id", req::INVALID_UTF8),
    |body| {
        repaired(body, |before| {
            before.ends_with("<CallId>") || {
                let id = before.rsplit("<CallId>").next().unwrap_or_default();
                before.contains("<CallId>") && !id.contains('<')
            }
        })
    },
);

/// References that are too narrow for what XML allows.
pub(super) const NARROW_REFERENCES: [Misreading; 3] = [
    refuses(
        "reads-seven-digits",
        "A reference of eight digits is refused.",
        by("xml/reference-of-eight-digits", req::EQUAL_SPELLINGS_OF_TEXT),
        |text| digits_of_references(text).any(|digits| digits.len() == 8),
    ),
    refuses(
        "reads-a-hundred-digits",
        "A reference of more than a hundred digits is refused.",
        by("xml/reference-of-a-thousand-zeros", req::EQUAL_SPELLINGS_OF_TEXT),
        |text| digits_of_references(text).any(|digits| digits.len() > 100),
    ),
    refuses(
        "wants-a-digit-first",
        "A hexadecimal reference that starts with a letter is refused.",
        by("xml/reference-with-letter-first", req::EQUAL_SPELLINGS_OF_TEXT),
        |text| {
            let starts = text.split("&#x").skip(1).filter_map(|rest| rest.chars().next());
            starts.into_iter().any(|first| first.is_ascii_alphabetic())
        },
    ),
];

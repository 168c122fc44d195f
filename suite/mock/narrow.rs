//! Readers of XML that refuse a lawful spelling each.

use super::killed_by::by;
use super::misreading::{Misreading, refuses};
use crate::protocol::req;

pub(super) const NARROW: [Misreading; 46] = [
    // Attributes.
    refuses(
        "wants-equals-signs-behind-names",
        "No blank may stand before the equals sign of an attribute.",
        by("xml/attribute-with-blank-before-equals", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains(" b =\""),
    ),
    refuses(
        "wants-quotes-behind-equals-signs",
        "No blank may stand behind the equals sign of an attribute.",
        by("xml/attribute-with-blank-behind-equals", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains(" b= \""),
    ),
    refuses(
        "wants-tags-on-one-line",
        "No line may end between the attributes of a start tag.",
        by("xml/attributes-on-lines", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("\"1\"\n  c="),
    ),
    refuses(
        "refuses-empty-attributes",
        "An attribute must have a value of some length.",
        by("xml/attribute-empty", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains(" b=\"\""),
    ),
    refuses(
        "refuses-line-ends-in-attributes",
        "No line may end in an attribute.",
        by("xml/attribute-with-line-feed", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("\"1\n2\""),
    ),
    refuses(
        "refuses-references-in-attributes",
        "An attribute may hold no reference.",
        by("xml/attribute-with-reference", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("\"1&amp;2\""),
    ),
    refuses(
        "ends-tags-at-the-first-bracket",
        "A tag ends at the first closing angle bracket, be it in an attribute.",
        by("xml/attribute-with-closing-bracket", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("\"1>2\"") || text.contains("\"1]]>2\""),
    ),
    refuses(
        "looks-for-ends-of-sections-in-attributes",
        "The end of a CDATA section is refused in attributes, as it is in text.",
        by("xml/attribute-with-section-end", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("\"1]]>2\""),
    ),
    refuses(
        "ends-attributes-at-any-quote",
        "An attribute ends at the first quotation mark of either kind.",
        by("xml/attribute-with-other-quote", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("\"1'2\"") || text.contains("'1\"2'"),
    ),
    refuses(
        "looks-for-brackets-behind-references",
        "An opening angle bracket is refused in attributes, be it by a reference.",
        by("xml/attribute-with-escaped-bracket", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("\"1 &lt; 2\""),
    ),
    refuses(
        "compares-attributes-by-local-names",
        "Two attributes of one local name are refused, whatever their namespaces.",
        by("xml/attributes-of-one-local-name", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains(" b=\"1\" x:b=\"2\""),
    ),
    refuses(
        "knows-languages-without-scripts",
        "xml:lang may name a language and a region, and nothing else.",
        by("xml/attribute-of-language-with-script", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("xml:lang=\"sr-Latn-RS\""),
    ),
    refuses(
        "knows-no-kept-white-space",
        "Of attributes with the prefix xml only xml:lang is known.",
        by("xml/attribute-of-kept-white-space", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains(" xml:space="),
    ),
    // Comments.
    refuses(
        "refuses-hyphens-first-in-comments",
        "A comment may not start with a hyphen.",
        by("xml/comment-with-hyphen-first", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |text| text.contains("<!---a"),
    ),
    refuses(
        "ends-comments-at-their-start",
        "A comment ends at the bracket that it starts with, as in HTML.",
        by("xml/comment-with-closing-bracket-first", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |text| text.contains("<!-->"),
    ),
    refuses(
        "matches-quotes-in-comments",
        "Quotation marks in a comment must come in pairs.",
        by("xml/comment-with-quotation-marks", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |text| text.contains("<!-- isn't \""),
    ),
    // Namespaces and names.
    refuses(
        "refuses-references-in-namespaces",
        "The name of a namespace may hold no reference.",
        by("namespace/entry-with-ampersand", req::PREFIX_FREELY_CHOSEN),
        |text| text.contains("a=1&amp;b=2"),
    ),
    refuses(
        "wants-prefixes-declared-before-use",
        "A prefix must be declared before an attribute that has it, in the same tag as well.",
        by("namespace/prefix-declared-behind-its-attribute", req::PREFIX_FREELY_CHOSEN),
        |text| text.contains(" x:b=\"1\" xmlns:x="),
    ),
    refuses(
        "wants-letters-first-in-prefixes",
        "A prefix must start with a letter.",
        by("namespace/envelope-prefix-with-underscore-first", req::PREFIX_FREELY_CHOSEN),
        |text| text.contains("<_s:"),
    ),
    refuses(
        "refuses-prefixes-that-start-with-xml",
        "Prefixes that start with xml are refused, as they are reserved.",
        by("namespace/envelope-prefix-like-xml", req::PREFIX_FREELY_CHOSEN),
        |text| text.contains("<xmlsoap:"),
    ),
    refuses(
        "refuses-digits-in-names",
        "A name may hold no digit.",
        by("header/optional-with-digit-in-name", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("<x:a1"),
    ),
    refuses(
        "refuses-full-stops-in-names",
        "A name may hold no full stop.",
        by("header/optional-with-dot-in-name", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("<x:a.b"),
    ),
    refuses(
        "refuses-middle-dots-in-names",
        "A name may hold letters and digits beyond ASCII, and no other characters there.",
        by("header/optional-with-middle-dot-in-name", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("<x:a\u{B7}b"),
    ),
    refuses(
        "knows-names-of-alphabets",
        "A name may hold letters of alphabets, and no ideographs.",
        by("header/optional-named-in-ideographs", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("<x:\u{96FB}"),
    ),
    refuses(
        "knows-names-of-latin-letters",
        "A name may hold letters of ISO 8859-1, and no others.",
        by("header/optional-named-in-cyrillic", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("<x:\u{437}") || text.contains("<x:\u{96FB}"),
    ),
    refuses(
        "refuses-combining-accents-in-names",
        "A name may hold letters, and no accents of their own.",
        by("header/optional-with-combining-accent-in-name", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains("<x:e\u{301}"),
    ),
    refuses(
        "wants-absolute-names-of-namespaces",
        "The name of a namespace must be an absolute URI.",
        by("namespace/entry-declares-relative-name", req::PREFIX_FREELY_CHOSEN),
        |text| text.contains(" xmlns:y=\"relative\""),
    ),
    refuses(
        "refuses-empty-defaults",
        "A default namespace may not be taken back.",
        by("namespace/empty-default-on-body", req::PREFIX_FREELY_CHOSEN),
        |text| text.contains("<soap:Body xmlns=\"\""),
    ),
    // Actors.
    refuses(
        "compares-actors-in-any-case",
        "The next receiver may be written in any case.",
        by("header/other-actor-next-with-capital", req::ACTOR_ELSEWHERE),
        |text| text.contains("/actor/Next\""),
    ),
    refuses(
        "takes-itself-for-the-ultimate-receiver",
        "The last receiver as SOAP 1.2 names it is the service itself.",
        by("header/other-actor-soap12-ultimate-receiver", req::ACTOR_ELSEWHERE),
        |text| text.contains("/role/ultimateReceiver\""),
    ),
    // Content of header entries.
    refuses(
        "refuses-mixed-content",
        "A header entry may hold text or elements, and not both.",
        by("header/optional-with-mixed-content", req::OPTIONAL_HEADER_IGNORED),
        |text| text.contains(">text<x:b/>"),
    ),
    refuses(
        "refuses-sections-in-header",
        "A CDATA section is refused in Header.",
        by("header/optional-with-section", req::OPTIONAL_HEADER_IGNORED),
        |text| {
            text.split("</soap:Header>")
                .next()
                .is_some_and(|header| header.len() < text.len() && header.contains("<![CDATA["))
        },
    ),
    refuses(
        "refuses-comments-in-header",
        "A comment is refused in Header.",
        by("header/comment-before-entry", req::COMMENTS_LEAVE_VALUE_WHOLE),
        |text| text.contains("<soap:Header><!--"),
    ),
    // Characters, and references to them.
    refuses(
        "refuses-controls-of-latin-1",
        "U+0080 to U+009F are refused, as the controls below U+0020 are.",
        by("xml/characters-seldom-seen", req::LEGAL_CHARACTERS),
        |text| text.contains(['\u{80}', '\u{9F}']),
    ),
    refuses(
        "refuses-noncharacters",
        "Code points are refused that Unicode calls no characters, and XML does.",
        by("xml/characters-seldom-seen", req::LEGAL_CHARACTERS),
        |text| text.contains('\u{FDD0}'),
    ),
    refuses(
        "refuses-private-characters",
        "Characters of private use are refused.",
        by("xml/characters-seldom-seen", req::LEGAL_CHARACTERS),
        |text| text.contains('\u{E000}'),
    ),
    refuses(
        "wants-digits-in-one-case",
        "A hexadecimal reference may have small or capital letters, and not both.",
        by("xml/reference-with-digits-in-both-cases", req::EQUAL_SPELLINGS_OF_TEXT),
        |text| text.contains("&#xaB;"),
    ),
    refuses(
        "reads-references-in-16-bits",
        "A reference beyond U+FFFF is refused.",
        by("xml/decimal-reference-beyond-bmp", req::EQUAL_SPELLINGS_OF_TEXT),
        |text| text.contains("&#1114109;") || text.contains("&#x1F4DE;"),
    ),
    refuses(
        "refuses-comments-between-sections",
        "Between two CDATA sections no comment may stand.",
        by("xml/section-comment-section", req::EQUAL_SPELLINGS_OF_TEXT),
        |text| text.contains("]]><!-- a --><![CDATA["),
    ),
    // Around the elements.
    refuses(
        "takes-references-between-elements-for-text",
        "A reference to a blank between elements is refused as text.",
        by("xml/reference-to-blank-between-elements", req::WHITE_SPACE_BETWEEN_ELEMENTS),
        |text| text.contains("&#32;<CallId>"),
    ),
    refuses(
        "wants-a-bracket-first",
        "The first character of a message must be an angle bracket.",
        by("xml/line-feed-before-envelope", req::WHITE_SPACE_BETWEEN_ELEMENTS),
        |text| text.starts_with('\n'),
    ),
    refuses(
        "knows-encodings-in-one-case",
        "The name of the encoding must be in small letters or in capitals.",
        by("xml/declared-in-mixed-case", req::XML_DECLARATION_OPTIONAL),
        |text| text.contains("encoding=\"Utf-8\""),
    ),
    // Attributes of schemas.
    refuses(
        "wants-types-without-blanks",
        "No blanks may stand around the name of a type.",
        by("request-body/type-string-padded", req::XSI_ATTRIBUTES_ALLOWED),
        |text| text.contains("xsi:type=\" xs:string \""),
    ),
    refuses(
        "knows-string-and-token",
        "Of the types that derive from xs:string only xs:token is known.",
        by("request-body/type-normalized-string", req::XSI_ATTRIBUTES_ALLOWED),
        |text| text.contains("xsi:type=\"xs:normalizedString\""),
    ),
    refuses(
        "refuses-attributes-of-schema-on-envelope",
        "Attributes of XML Schema are refused on Envelope.",
        by("envelope/schema-location-on-envelope", req::XSI_ATTRIBUTES_ALLOWED),
        |text| {
            let tag = text.split("<soap:Envelope").nth(1).and_then(|rest| rest.split('>').next());
            tag.is_some_and(|tag| tag.contains(" xsi:schemaLocation="))
        },
    ),
    // Buffers.
    refuses(
        "refuses-characters-over-ends-of-buffers",
        "Each buffer of 4,096 bytes is decoded by itself, and a character that lies over its end is refused.",
        by("encoding/character-across-4096-bytes", req::LEGAL_CHARACTERS),
        |text| (4_096..text.len()).step_by(4_096).any(|end| !text.is_char_boundary(end)),
    ),
];

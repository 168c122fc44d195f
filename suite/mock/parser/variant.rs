//! Parsers that differ from the reference reader as some document allows.

use super::mutant::{Call, End, Flaw, FlawedParser, told};
use crate::evidence::Parsed;
use crate::message::MessageKind;
use crate::message::xml::{Limits, Outline, Refusal, decode};
use crate::protocol::{Defect, names};

/// A parser that differs from the reference reader as some document allows. No case may find more than a
/// note.
#[derive(Debug, Clone, Copy)]
pub struct ParserVariant {
    /// Its name.
    pub name: &'static str,
    /// How it differs, and what allows it, in one sentence.
    pub about: &'static str,
    flaw: Flaw,
}

impl ParserVariant {
    /// The variant as a parser.
    pub fn parser(&self) -> FlawedParser {
        FlawedParser::of(self.flaw)
    }
}

/// Every variant.
pub fn parser_variants() -> impl Iterator<Item = &'static ParserVariant> {
    VARIANTS.iter()
}

const fn variant(name: &'static str, about: &'static str, flaw: Flaw) -> ParserVariant {
    ParserVariant { name, about, flaw }
}

/// One that refuses what it may refuse.
const fn refuses(name: &'static str, about: &'static str, meets: fn(&str) -> bool) -> ParserVariant {
    variant(name, about, Flaw::MeetsText(meets, End::Refuses))
}

/// One that says of faults with a code something of this form.
fn fault(result: Result<String, Refusal>, words: fn(&str) -> String) -> Parsed {
    match result {
        Ok(value) => Parsed::Accepted(value.strip_prefix("Fault ").map_or_else(|| value.clone(), words)),
        Err(refusal) => told(Err(refusal)),
    }
}

/// What CallId holds in a request that is refused for one of these only.
fn id_in_spite_of(call: &Call<'_>, result: Result<String, Refusal>, defects: &[Defect]) -> Parsed {
    let written = || {
        let decoded = decode(call.message, None).ok()?;
        let limits = Limits { bytes: usize::MAX, ..Limits::default() };
        let outline = Outline::of(&decoded, &limits).ok()?;
        let id = outline.all().find(|&id| outline.is(id, names::MESSAGES, "CallId"))?;
        Some(outline.text(id).to_owned())
    };
    match &result {
        Err(refusal) if call.kind == MessageKind::Request && defects.contains(&refusal.defect) => {
            written().map_or_else(|| told(result), Parsed::Accepted)
        }
        _ => told(result),
    }
}

fn call_id(text: &str) -> &str {
    let after = text.split_once("<CallId>").map_or("", |(_, rest)| rest);
    after.split("</CallId>").next().unwrap_or_default()
}

fn without_instructions(text: &str) -> String {
    let (declaration, mut rest) = match text.split_once("?>") {
        Some((declaration, rest)) if text.starts_with("<?xml ") => (format!("{declaration}?>"), rest),
        _ => (String::new(), text),
    };
    let mut kept = declaration;
    while let Some((before, after)) = rest.split_once("<?") {
        let Some((instruction, behind)) = after.split_once("?>") else { break };
        let target = instruction.split_whitespace().next().unwrap_or_default();
        // One without a name is none (XML 2.6).
        let is_name = !target.is_empty() && target.chars().all(|c| c.is_alphanumeric() || "-_.:".contains(c));
        if !is_name || target.eq_ignore_ascii_case("xml") {
            return text.to_owned();
        }
        kept.push_str(before);
        rest = behind;
    }
    kept + rest
}

static VARIANTS: &[ParserVariant] = &[
    // What is said of answers.
    variant(
        "leaves-codes-out",
        "Says of a fault that it is one, and no more, as the contract of parsers allows.",
        Flaw::Result(|_, result| fault(result, |_| "Fault".to_owned())),
    ),
    variant(
        "gives-codes-with-prefix",
        "Gives the code of a fault with a prefix, which is without meaning.",
        Flaw::Result(|_, result| fault(result, |code| format!("Fault e:{code}"))),
    ),
    variant(
        "gives-codes-with-blanks",
        "Gives the code of a fault with blanks around it.",
        Flaw::Result(|_, result| fault(result, |code| format!("Fault  {code} "))),
    ),
    // What may be taken.
    variant(
        "takes-long-ids",
        "Takes CallId of any length, as no text bounds that of Disconnect (C12).",
        Flaw::Result(|call, result| id_in_spite_of(call, result, &[Defect::CallIdLong])),
    ),
    variant(
        "takes-empty-ids",
        "Gives an empty text for an empty CallId, which the schema allows.",
        Flaw::Result(|call, result| id_in_spite_of(call, result, &[Defect::CallIdEmpty])),
    ),
    variant(
        "takes-blank-ids",
        "Gives white space for a blank CallId, which the schema allows.",
        Flaw::Result(|call, result| id_in_spite_of(call, result, &[Defect::CallIdBlank])),
    ),
    variant(
        "takes-instructions",
        "Passes processing instructions over, which SOAP forbids to senders.",
        Flaw::Repairs(|message| {
            let text = std::str::from_utf8(message).ok()?;
            Some(without_instructions(text)).filter(|kept| kept != text).map(String::into_bytes)
        }),
    ),
    variant(
        "takes-envelopes-without-namespace",
        "Takes an Envelope in no namespace for one of SOAP 1.1, as SOAP 3 allows (C21).",
        Flaw::Repairs(|message| {
            let text = std::str::from_utf8(message).ok()?;
            let bound = format!("<Envelope xmlns=\"{}\">", names::ENVELOPE);
            text.contains("<Envelope>").then(|| text.replacen("<Envelope>", &bound, 1).into_bytes())
        }),
    ),
    variant(
        "knows-iso-8859-1",
        "Reads a declared ISO 8859-1, as XML 4.3.3 allows.",
        Flaw::Repairs(|message| {
            let text: String = message.iter().map(|&byte| char::from(byte)).collect();
            let declared = text.to_ascii_lowercase().starts_with("<?xml")
                && text.to_ascii_lowercase().contains("encoding=\"iso-8859-1\"");
            let (_, rest) = text.split_once("?>").filter(|_| declared)?;
            Some(rest.as_bytes().to_vec())
        }),
    ),
    // What may be refused.
    refuses("refuses-other-minor-versions", "Refuses XML 1.1, of which it knows nothing.", |text| {
        text.contains("version=\"1.1\"")
    }),
    variant(
        "refuses-attributes-of-soap-around-body",
        "Refuses mustUnderstand and actor on Envelope and Header, for which their schema has no room (UMD-R196).",
        Flaw::Meets(
            |message| {
                ["Envelope", "Header"].iter().any(|element| {
                    ["mustUnderstand", "actor"]
                        .iter()
                        .any(|attribute| message.has_soap_attribute(element, attribute))
                })
            },
            End::Refuses,
        ),
    ),
    refuses("refuses-large-messages", "Refuses messages of more than 100,000 octets (UMD-R180).", |text| {
        text.len() > 100_000
    }),
    refuses(
        "refuses-white-space-in-response",
        "Refuses white space in DisconnectResponse, which its type does not allow (UMD-R165).",
        |text| text.contains("\n  </DisconnectResponse>"),
    ),
    // Ids that are not of the form that its server gives them.
    refuses("refuses-ids-of-ews", "Refuses the ids that are documented for EWS (UMD-R097).", |text| {
        matches!(call_id(text), "OWVl4NWb3N29t" | "NDDY5uY29y9t")
    }),
    refuses("refuses-ids-of-the-nil-guid", "Refuses ids of a GUID that no server issues.", |text| {
        call_id(text).starts_with("MDAwMDAwMDAtMDAwMC0wMDAw")
    }),
    refuses("refuses-steps-upwards", "Refuses ids with steps upwards, which are none of its own.", |text| {
        call_id(text).contains("../")
    }),
    refuses("refuses-quotes-of-sql", "Refuses ids that would end a text of SQL.", |text| {
        call_id(text).contains("' OR ")
    }),
    refuses("refuses-overrides", "Refuses ids with a character that turns the text around.", |text| {
        call_id(text).contains('\u{202E}')
    }),
    refuses("refuses-urls", "Refuses ids that are URLs.", |text| call_id(text).starts_with("http://")),
    refuses("refuses-negative-numbers", "Refuses ids that are negative numbers.", |text| {
        call_id(text) == "-1"
    }),
    refuses(
        "counts-octets",
        "Refuses ids of more than 512 octets in UTF-8, as no text says what a character is (UMD-R090).",
        |text| {
            let id = call_id(text);
            id.len() > 512 && !id.is_ascii()
        },
    ),
    refuses("refuses-lookups", "Refuses ids with the lookup of a logger.", |text| {
        call_id(text).contains("${")
    }),
];

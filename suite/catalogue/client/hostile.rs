//! Answers that are too much: sizes, depths, entities, invitations to fetch.

use super::answers::xml;
use super::case::{ClientCase, case};
use super::case::{ClientExpect::Open, ClientExpect::Refused, ClientExpect::Wary};
use crate::message::write_success;
use crate::protocol::{names, req};

/// The plain success with this before its Body.
fn headed(header: &str) -> String {
    write_success().replacen("<soap:Body>", &format!("<soap:Header>{header}</soap:Header><soap:Body>"), 1)
}

/// The plain success with this document type declaration.
fn declared(doctype: &str) -> String {
    write_success().replacen("<soap:Envelope", &format!("{doctype}<soap:Envelope"), 1)
}

/// An envelope with this as the content of Body, after a document type declaration.
fn with_entity(doctype: &str, body: &str) -> String {
    format!(
        r#"{doctype}<soap:Envelope xmlns:soap="{}"><soap:Body>{body}</soap:Body></soap:Envelope>"#,
        names::ENVELOPE
    )
}

fn nested(levels: usize) -> String {
    format!("<x:a xmlns:x='urn:x'>{}{}</x:a>", "<x:a>".repeat(levels - 1), "</x:a>".repeat(levels - 1))
}

pub(super) fn cases() -> Vec<ClientCase> {
    let response = format!("<DisconnectResponse xmlns='{}'/>", names::MESSAGES);
    let entity = format!("<!DOCTYPE a [<!ENTITY r \"{response}\">]>");
    let mut bomb = String::from("<!DOCTYPE a [<!ENTITY e0 \"xxxxxxxxxx\">");
    for level in 1..9 {
        bomb.push_str(&format!("<!ENTITY e{level} \"{}\">", format!("&e{};", level - 1).repeat(10)));
    }
    bomb.push_str("]>");
    let default =
        format!("<!DOCTYPE a [<!ATTLIST DisconnectResponse xmlns CDATA #FIXED \"{}\">]>", names::MESSAGES);
    let repeated = format!("<!DOCTYPE a [<!ENTITY e \"{}\">]>", "x".repeat(100_000));
    let long = "x".repeat(1 << 20);
    let attributes: String = (0..10_000).map(|number| format!(" a{number}='x'")).collect();
    let open = "<x:a xmlns:x='urn:x'>".to_owned() + &"<x:a>".repeat(100_000);
    let fault_deep = crate::message::write_invalid_call_id().replacen(
        "</detail>",
        &format!("{}</detail>", nested(100_000)),
        1,
    );
    [
        case("answer-hostile/depth-of-thousand", "A header entry is a thousand levels deep.", req::CLIENT_LIMITS, Open, xml(200, headed(&nested(1000)))),
        case("answer-hostile/depth-of-hundred-thousand", "A header entry is a hundred thousand levels deep.", req::CLIENT_LIMITS, Open, xml(200, headed(&nested(100_000)))),
        case("answer-hostile/start-tags-hundred-thousand", "A hundred thousand start tags come, and no end tag.", req::CLIENT_LIMITS, Refused, xml(200, open)),
        case("answer-hostile/depth-in-detail", "The detail of a fault is a hundred thousand levels deep.", req::CLIENT_LIMITS, Refused, xml(500, fault_deep)),
        case("answer-hostile/attributes-ten-thousand", "A header entry has ten thousand attributes.", req::CLIENT_LIMITS, Open, xml(200, headed(&format!("<x:a xmlns:x='urn:x'{attributes}/>")))),
        case("answer-hostile/name-of-a-megabyte", "The name of a header entry is a megabyte long.", req::CLIENT_LIMITS, Open, xml(200, headed(&format!("<x:{long} xmlns:x='urn:x'/>")))),
        case("answer-hostile/text-of-a-megabyte", "A header entry holds a megabyte of text.", req::CLIENT_LIMITS, Open, xml(200, headed(&format!("<x:a xmlns:x='urn:x'>{long}</x:a>")))),
        case("answer-hostile/white-space-of-a-megabyte", "A megabyte of blanks follows the envelope.", req::CLIENT_LIMITS, Open, xml(200, write_success() + &" ".repeat(1 << 20))),
        case("answer-hostile/faultstring-of-a-megabyte", "The text of a fault is a megabyte long.", req::CLIENT_LIMITS, Refused, xml(500, crate::message::write_fault("Server", &long))),
        case("answer-hostile/entity-is-response", "An entity of a document type declaration makes the success.", req::DTD_IN_ANSWER, Wary, xml(200, with_entity(&entity, "&r;"))),
        case("answer-hostile/namespace-by-default", "A default attribute of a document type declaration gives the success its namespace.", req::DTD_IN_ANSWER, Wary, xml(200, with_entity(&default, "<DisconnectResponse/>"))),
        case("answer-hostile/entity-bomb", "Entities name each other ten times, nine levels deep.", req::DTD_IN_ANSWER, Wary, xml(200, declared(&bomb).replacen("<DisconnectResponse", "&e8;<DisconnectResponse", 1))),
        case("answer-hostile/entity-bomb-unused", "A success stands beside entities that name each other, nine levels deep.", req::DTD_IN_ANSWER, Wary, xml(200, declared(&bomb))),
        case("answer-hostile/entity-repeated", "An entity of a hundred thousand characters is named a thousand times.", req::DTD_IN_ANSWER, Wary, xml(200, declared(&repeated).replacen("<DisconnectResponse", &format!("{}<DisconnectResponse", "&e;".repeat(1000)), 1))),
        case("answer-hostile/entity-of-itself", "An entity names itself, which no XML may.", req::DTD_IN_ANSWER, Refused, xml(200, declared("<!DOCTYPE a [<!ENTITY e \"&e;\">]>").replacen("<DisconnectResponse", "&e;<DisconnectResponse", 1))),
        // What would lie in the entity is the success: who fetches nothing has not been told of one.
        case("answer-hostile/external-entity", "An entity lies at an address that is watched.", req::DTD_IN_ANSWER, Refused, xml(200, with_entity("<!DOCTYPE a [<!ENTITY r SYSTEM \"{canary}/entity\">]>", "&r;"))).names_canary(),
        case("answer-hostile/external-entity-beside", "A success stands beside an entity at an address that is watched.", req::DTD_IN_ANSWER, Wary, xml(200, declared("<!DOCTYPE a [<!ENTITY r SYSTEM \"{canary}/entity\">]>").replacen("<DisconnectResponse", "&r;<DisconnectResponse", 1))).names_canary(),
        case("answer-hostile/external-subset", "The document type lies at an address that is watched.", req::DTD_IN_ANSWER, Wary, xml(200, declared("<!DOCTYPE a SYSTEM \"{canary}/subset\">"))).names_canary(),
        case("answer-hostile/parameter-entity", "A parameter entity lies at an address that is watched.", req::DTD_IN_ANSWER, Wary, xml(200, declared("<!DOCTYPE a [<!ENTITY % p SYSTEM \"{canary}/parameter\"> %p;]>"))).names_canary(),
        case("answer-hostile/schema-location", "The answer says where its schema lies.", req::CLIENT_FETCHES_NOTHING, Open, xml(200, write_success().replacen("<DisconnectResponse", "<DisconnectResponse xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:x {canary}/schema\"", 1))).names_canary(),
        case("answer-hostile/no-namespace-schema-location", "The answer says where the schema for no namespace lies.", req::CLIENT_FETCHES_NOTHING, Open, xml(200, write_success().replacen("<soap:Envelope", "<soap:Envelope xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"{canary}/schema\"", 1))).names_canary(),
        case("answer-hostile/inclusion", "A header entry includes what lies at an address that is watched, by XInclude.", req::CLIENT_FETCHES_NOTHING, Open, xml(200, headed("<x:a xmlns:x='urn:x'><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"{canary}/included\"/></x:a>"))).names_canary(),
        case("answer-hostile/stylesheet", "The answer names a stylesheet.", req::CLIENT_FETCHES_NOTHING, Open, xml(200, write_success().replacen("<soap:Envelope", "<?xml-stylesheet type=\"text/xsl\" href=\"{canary}/style\"?><soap:Envelope", 1))).also(req::NO_PROCESSING_INSTRUCTION).names_canary(),
    ]
    .into()
}

//! The reference reader of requests.

use super::CallId;
use super::xml::{self, ElementId, Limits, Outline, Refusal};
use crate::protocol::{Defect, Operation, names};

/// A request that the reader accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Which operation it asks for.
    pub operation: Operation,
    /// The values of its fields, in the order of [`Operation::fields`].
    pub values: Vec<String>,
}

impl Request {
    /// The call id, for the operations that name a call.
    pub fn call_id(&self) -> Option<&str> {
        match self.operation {
            Operation::Disconnect | Operation::GetCallInfo => self.values.first().map(String::as_str),
            Operation::PlayOnPhone | Operation::PlayOnPhoneGreeting => None,
        }
    }
}

/// Reads a request of the service: strict XML, SOAP 1.1 structure, then the schema of the UM
/// service. `charset` is the parameter of the Content-Type, if there was one.
///
/// # Errors
/// The first defect in the order of precedence: encoding and well-formedness, VersionMismatch,
/// MustUnderstand, structure and schema, value (spec of faults: SOAP 4.4.1, BP R2725).
///
/// # Example
/// ```
/// use umspec::message::read_request;
/// use umspec::protocol::Defect;
///
/// let request = read_request(
///     br#"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
///         <Disconnect xmlns="http://schemas.microsoft.com/exchange/services/2006/messages">
///           <CallId>a<!-- -->b</CallId>
///         </Disconnect></s:Body></s:Envelope>"#,
///     Some("utf-8"),
/// )?;
/// assert_eq!(request.call_id(), Some("ab"));
///
/// let refusal = read_request(b"<Envelope/>", None).unwrap_err();
/// assert_eq!(refusal.defect, Defect::EnvelopeNoNamespace);
/// # Ok::<(), umspec::message::xml::Refusal>(())
/// ```
pub fn read_request(bytes: &[u8], charset: Option<&str>) -> Result<Request, Refusal> {
    read_request_in(bytes, charset, &Limits::default())
}

/// [`read_request`] with other limits.
///
/// # Errors
/// As [`read_request`].
pub(crate) fn read_request_in(
    bytes: &[u8],
    charset: Option<&str>,
    limits: &Limits,
) -> Result<Request, Refusal> {
    if bytes.len() > limits.bytes {
        return Err(Refusal::new(Defect::LimitBytes, limits.bytes));
    }
    let decoded = xml::decode(bytes, charset)?;
    let to_bytes = |refusal: Refusal| Refusal::new(refusal.defect, decoded.byte_at(refusal.at));
    let outline = Outline::of(&decoded, limits).map_err(to_bytes)?;
    interpret(&outline).map_err(to_bytes)
}

fn interpret(outline: &Outline<'_>) -> Result<Request, Refusal> {
    let refuse = |defect, id| Err(Refusal::new(defect, outline.at(id)));
    envelope_version(outline)?;
    headers(outline)?;
    if let Some(at) = outline.instruction() {
        return Err(Refusal::new(Defect::ProcessingInstruction, at));
    }
    let body = body(outline)?;
    let mut children = outline.children(body);
    let Some(element) = children.next() else { return refuse(Defect::BodyEmpty, body) };
    if let Some(second) = children.next() {
        return refuse(Defect::BodyShared, second);
    }
    only_elements(outline, body)?;
    if outline.namespace(element) != Some(names::MESSAGES) {
        return refuse(Defect::OperationNamespace, element);
    }
    let Some(operation) = Operation::from_request(outline.local(element)) else {
        return refuse(Defect::OperationName, element);
    };
    fields(outline, element, operation)
}

/// VersionMismatch comes before everything else that is well-formed (BP R2725).
fn envelope_version(outline: &Outline<'_>) -> Result<(), Refusal> {
    let root = ElementId::ROOT;
    let defect = match (outline.local(root), outline.namespace(root)) {
        ("Envelope", Some(names::ENVELOPE)) => return Ok(()),
        ("Envelope", Some(_)) => Defect::EnvelopeNamespace,
        ("Envelope", None) => Defect::EnvelopeNoNamespace,
        _ => Defect::RootName,
    };
    Err(Refusal::new(defect, outline.at(root)))
}

/// Entries of every Header: none is known to this service, so one that must be understood by us
/// is refused (SOAP 4.2.3).
fn headers(outline: &Outline<'_>) -> Result<(), Refusal> {
    let is_header = |&id: &ElementId| outline.is(id, names::ENVELOPE, "Header");
    for header in outline.children(ElementId::ROOT).filter(is_header) {
        for entry in outline.children(header) {
            let Some(value) = outline.attribute(entry, names::ENVELOPE, "mustUnderstand") else { continue };
            let defect = match value {
                "1" if is_for_us(outline, entry) => Defect::MustUnderstand,
                "0" | "1" => continue,
                _ => Defect::MustUnderstandValue,
            };
            return Err(Refusal::new(defect, outline.at(entry)));
        }
    }
    for header in outline.children(ElementId::ROOT).filter(is_header) {
        for entry in outline.children(header) {
            if outline.namespace(entry).is_none() {
                return Err(Refusal::new(Defect::HeaderEntryUnqualified, outline.at(entry)));
            }
        }
        only_elements(outline, header)?;
    }
    Ok(())
}

/// Whether a header entry is addressed to the ultimate receiver, which we are, or to everybody
/// (SOAP 4.2.2).
fn is_for_us(outline: &Outline<'_>, entry: ElementId) -> bool {
    match outline.attribute(entry, names::ENVELOPE, "actor") {
        None | Some("" | names::ACTOR_NEXT) => true,
        Some(_) => false,
    }
}

/// The one Body, after an optional Header and before nothing (SOAP 4, BP R1011).
fn body(outline: &Outline<'_>) -> Result<ElementId, Refusal> {
    let root = ElementId::ROOT;
    let refuse = |defect, id| Err(Refusal::new(defect, outline.at(id)));
    for attribute in outline.attributes(root) {
        if outline.attribute_namespace(attribute).is_none() {
            return Err(Refusal::new(Defect::AttributeUnqualified, attribute.at));
        }
    }
    let mut header = None;
    let mut body = None;
    for child in outline.children(root) {
        if outline.is(child, names::ENVELOPE, "Body") {
            if body.replace(child).is_some() {
                return refuse(Defect::BodyRepeated, child);
            }
        } else if outline.is(child, names::ENVELOPE, "Header") {
            if body.is_some() {
                return refuse(Defect::HeaderMisplaced, child);
            }
            if header.replace(child).is_some() {
                return refuse(Defect::HeaderRepeated, child);
            }
        } else {
            let early = body.is_none();
            return refuse(if early { Defect::BodyMissing } else { Defect::Trailer }, child);
        }
    }
    only_elements(outline, root)?;
    body.ok_or(Refusal::new(Defect::BodyMissing, outline.at(root)))
}

fn only_elements(outline: &Outline<'_>, id: ElementId) -> Result<(), Refusal> {
    if outline.is_blank(id) { Ok(()) } else { Err(Refusal::new(Defect::TextMisplaced, outline.at(id))) }
}

/// The children of the operation element, by its row: each once, in order, simple.
fn fields(outline: &Outline<'_>, element: ElementId, operation: Operation) -> Result<Request, Refusal> {
    let refuse = |defect, id| Err(Refusal::new(defect, outline.at(id)));
    let mut children = outline.children(element);
    let mut values = Vec::with_capacity(operation.fields().len());
    for field in operation.fields() {
        let Some(child) = children.next() else { return refuse(Defect::CallIdMissing, element) };
        if outline.local(child) != field.name {
            // Something else first: either the field comes later, or it is not there at all.
            let later = outline.children(element).any(|other| outline.is(other, names::MESSAGES, field.name));
            return refuse(if later { Defect::ExtraSibling } else { Defect::CallIdMissing }, child);
        }
        if outline.namespace(child) != Some(names::MESSAGES) {
            return refuse(Defect::CallIdNamespace, child);
        }
        if let Some(inner) = outline.children(child).next() {
            return refuse(Defect::ElementInCallId, inner);
        }
        values.push((child, outline.text(child)));
    }
    if let Some(extra) = children.next() {
        let repeated = operation.fields().iter().any(|field| outline.is(extra, names::MESSAGES, field.name));
        return refuse(if repeated { Defect::CallIdRepeated } else { Defect::ExtraSibling }, extra);
    }
    only_elements(outline, element)?;
    // What is missing or doubled tells more of a request than what is too much on a tag.
    allowed_attributes(outline, element, false)?;
    for &(child, _) in &values {
        allowed_attributes(outline, child, true)?;
    }
    if matches!(operation, Operation::Disconnect | Operation::GetCallInfo)
        && let Some(&(child, text)) = values.first()
    {
        CallId::check(text).map_err(|error| Refusal::new(error.defect(), outline.at(child)))?;
    }
    let values = values.into_iter().map(|(_, text)| text.to_owned()).collect();
    Ok(Request { operation, values })
}

/// Neither the operation element nor its fields declare attributes; the ones schema processing
/// itself knows are `xsi:schemaLocation`, `xsi:noNamespaceSchemaLocation`, and `xsi:type` with a
/// type derived from the declared one (XSD1 2.6, 3.4.4).
fn allowed_attributes(outline: &Outline<'_>, id: ElementId, is_string: bool) -> Result<(), Refusal> {
    for attribute in outline.attributes(id) {
        let defect = match (outline.attribute_namespace(attribute), attribute.local) {
            (Some(names::XSI), "schemaLocation" | "noNamespaceSchemaLocation") => continue,
            // Even "false" is schema-invalid on an element that is not nillable, but it says nothing
            // of the value.
            (Some(names::XSI), "nil") if matches!(attribute.value.trim(), "false" | "0") => {
                Defect::AttributeUndeclared
            }
            (Some(names::XSI), "nil") => Defect::Nil,
            (Some(names::XSI), "type") if is_string && derives_from_string(outline, id, &attribute.value) => {
                continue;
            }
            (Some(names::XSI), "type") => Defect::TypeSubstitution,
            _ => Defect::AttributeUndeclared,
        };
        return Err(Refusal::new(defect, attribute.at));
    }
    Ok(())
}

/// Whether an `xsi:type` names `xs:string` or a type derived from it whose values include every
/// string. Narrower ones (`xs:NCName`, `xs:language` …) are refused without a look at the value.
fn derives_from_string(outline: &Outline<'_>, id: ElementId, value: &str) -> bool {
    let value = value.trim_matches(xml::is_xml_white);
    let (prefix, local) = value.split_once(':').unwrap_or(("", value));
    outline.resolve(id, prefix) == Some(names::XSD)
        && matches!(local, "string" | "normalizedString" | "token")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrap(body: &str) -> String {
        format!(
            r#"<e:Envelope xmlns:e="{}" xmlns:m="{}" xmlns:xsi="{}" xmlns:xs="{}"><e:Body>{body}</e:Body></e:Envelope>"#,
            names::ENVELOPE,
            names::MESSAGES,
            names::XSI,
            names::XSD,
        )
    }

    fn defect(message: &str) -> Defect {
        read_request(message.as_bytes(), None).expect_err(message).defect
    }

    #[test]
    fn the_documented_sample_is_read() {
        let sample = include_bytes!("../../corpus/documented/disconnect.request.xml");
        let request = read_request(sample, Some("utf-8")).unwrap();
        assert_eq!(request.operation, Operation::Disconnect);
        assert_eq!(request.call_id(), Some(names::SAMPLE_CALL_ID));
    }

    #[test]
    fn text_references_and_cdata_are_one_value() {
        let message = wrap(
            "<m:Disconnect><m:CallId> a&amp;<![CDATA[<&]]><!-- x -->&#x3D;\r\nb</m:CallId></m:Disconnect>",
        );
        let request = read_request(message.as_bytes(), None).unwrap();
        assert_eq!(request.call_id(), Some(" a&<&=\nb"));
    }

    #[test]
    fn schema_defects_are_told_apart() {
        for (body, expected) in [
            ("", Defect::BodyEmpty),
            ("<m:Disconnect/>", Defect::CallIdMissing),
            ("<m:Disconnect><m:callId>a</m:callId></m:Disconnect>", Defect::CallIdMissing),
            ("<m:Disconnect><CallId>a</CallId></m:Disconnect>", Defect::CallIdNamespace),
            ("<Disconnect><CallId>a</CallId></Disconnect>", Defect::OperationNamespace),
            ("<m:Disconnec/>", Defect::OperationName),
            ("<m:Disconnect><m:CallId/></m:Disconnect>", Defect::CallIdEmpty),
            ("<m:Disconnect><m:CallId> </m:CallId></m:Disconnect>", Defect::CallIdBlank),
            (
                "<m:Disconnect><m:CallId>a</m:CallId><m:CallId>a</m:CallId></m:Disconnect>",
                Defect::CallIdRepeated,
            ),
            ("<m:Disconnect><m:CallId>a</m:CallId><m:X/></m:Disconnect>", Defect::ExtraSibling),
            ("<m:Disconnect><m:X/><m:CallId>a</m:CallId></m:Disconnect>", Defect::ExtraSibling),
            ("<m:Disconnect>t<m:CallId>a</m:CallId></m:Disconnect>", Defect::TextMisplaced),
            ("<m:Disconnect><m:CallId>a</m:CallId>t</m:Disconnect>", Defect::TextMisplaced),
            ("<m:Disconnect><m:CallId>a<x/></m:CallId></m:Disconnect>", Defect::ElementInCallId),
            ("<m:Disconnect id='1'><m:CallId>a</m:CallId></m:Disconnect>", Defect::AttributeUndeclared),
            (
                "<m:Disconnect><m:CallId xml:lang='en'>a</m:CallId></m:Disconnect>",
                Defect::AttributeUndeclared,
            ),
            ("<m:Disconnect><m:CallId xsi:nil='true'>a</m:CallId></m:Disconnect>", Defect::Nil),
            (
                "<m:Disconnect><m:CallId xsi:nil='false'>a</m:CallId></m:Disconnect>",
                Defect::AttributeUndeclared,
            ),
            ("<m:Disconnect CallId='a'/>", Defect::CallIdMissing),
            (
                "<m:Disconnect><m:CallId xsi:type='xs:base64Binary'>a</m:CallId></m:Disconnect>",
                Defect::TypeSubstitution,
            ),
            (
                "<m:Disconnect><m:CallId xsi:type='xsi:string'>a</m:CallId></m:Disconnect>",
                Defect::TypeSubstitution,
            ),
        ] {
            assert_eq!(defect(&wrap(body)), expected, "{body}");
        }
        let typed = wrap(
            "<m:Disconnect xsi:schemaLocation='a b'><m:CallId xsi:type='xs:token'>a</m:CallId></m:Disconnect>",
        );
        assert!(read_request(typed.as_bytes(), None).is_ok());
    }

    #[test]
    fn precedence_is_version_then_header_then_body() {
        let must = r#"<e:Header><x:H xmlns:x="urn:x" e:mustUnderstand="1"/></e:Header>"#;
        let envelope = |ns: &str, header: &str| {
            format!(r#"<e:Envelope xmlns:e="{ns}">{header}<e:Body><nothing/></e:Body></e:Envelope>"#)
        };
        assert_eq!(defect(&envelope(names::ENVELOPE_12, must)), Defect::EnvelopeNamespace);
        assert_eq!(defect(&envelope(names::ENVELOPE, must)), Defect::MustUnderstand);
        assert_eq!(defect(&envelope(names::ENVELOPE, "")), Defect::OperationNamespace);
        let other = must.replace("e:mustUnderstand", r#"e:actor="urn:other" e:mustUnderstand"#);
        assert_eq!(defect(&envelope(names::ENVELOPE, &other)), Defect::OperationNamespace);
    }

    #[test]
    fn the_offset_counts_bytes_of_the_message() {
        let message = wrap("<m:Disconnect/>");
        let at = message.find("<m:Disconnect").unwrap();
        assert_eq!(read_request(message.as_bytes(), None).unwrap_err().at, at);
        let mut wide = vec![0xFE, 0xFF];
        wide.extend(message.encode_utf16().flat_map(u16::to_be_bytes));
        assert_eq!(read_request(&wide, None).unwrap_err().at, 2 + 2 * at);
    }

    #[test]
    fn limits_hold() {
        let deep = wrap(&"<m:a>".repeat(100_000));
        assert_eq!(defect(&deep), Defect::LimitDepth);
        let many = wrap(&"<m:a/>".repeat(5_000));
        assert_eq!(defect(&many), Defect::LimitElements);
        let attributes: String = (0..300).map(|n| format!(" a{n}=''")).collect();
        assert_eq!(defect(&wrap(&format!("<m:a{attributes}/>"))), Defect::LimitAttributes);
        assert_eq!(defect(&" ".repeat(1_048_577)), Defect::LimitBytes);
    }

    #[test]
    fn the_limit_of_bytes_is_the_last_size_that_is_read() {
        let text = wrap("<m:Disconnect><m:CallId>a</m:CallId></m:Disconnect>");
        let limits = |bytes| Limits { bytes, ..Limits::default() };
        assert!(read_request_in(text.as_bytes(), None, &limits(text.len())).is_ok());
        let refusal = read_request_in(text.as_bytes(), None, &limits(text.len() - 1)).unwrap_err();
        assert_eq!((refusal.defect, refusal.at), (Defect::LimitBytes, text.len() - 1));
        assert!(refusal.to_string().contains(&(text.len() - 1).to_string()), "{refusal}");
    }

    #[test]
    fn names_may_hold_digits_hyphens_and_dots() {
        let header = "<e:Header><x1:a-b.c2 xmlns:x1='urn:x'/></e:Header><e:Body>";
        let text = wrap("<m:Disconnect><m:CallId>a</m:CallId></m:Disconnect>").replace("<e:Body>", header);
        assert!(read_request(text.as_bytes(), None).is_ok());
        assert_eq!(defect("<Envelope><Body/></Envelope>"), Defect::EnvelopeNoNamespace);
    }
}

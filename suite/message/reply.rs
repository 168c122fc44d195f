//! The reference reader of answers: success, fault, call state and issued ids.

use super::xml::{self, ElementId, Limits, Outline, Refusal, is_ncname};
use crate::protocol::{Defect, FaultCode, Operation, names};

/// An answer to Disconnect that the reader accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The call is being disconnected.
    Disconnected,
    /// A SOAP 1.1 fault.
    Fault(Fault),
}

/// A SOAP 1.1 fault, as it stands in an answer (SOAP 4.4).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fault {
    /// `faultcode`, if there is one.
    pub code: Option<CodeName>,
    /// `faultstring`, if there is one.
    pub string: Option<String>,
    /// `faultactor`, if there is one.
    pub actor: Option<String>,
    /// The entries of `detail`; `None` without detail.
    pub detail: Option<Vec<FaultChild>>,
    /// Every child of Fault in document order.
    pub children: Vec<FaultChild>,
}

/// A qualified name in the text of `faultcode`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeName {
    /// The text as written.
    pub text: String,
    /// Its namespace, if its prefix is bound (an unprefixed name takes the default namespace).
    pub namespace: Option<String>,
    /// Local part.
    pub local: String,
    /// Whether the text, without the white space around it, has the form of a qualified name.
    pub is_qname: bool,
    /// Whether it has that form, and its prefix, if any, is bound in scope.
    pub resolved: bool,
}

/// An element inside Fault or its detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultChild {
    /// Namespace, if any.
    pub namespace: Option<String>,
    /// Local name.
    pub local: String,
    /// Text directly inside, white space around it kept.
    pub text: String,
}

impl Fault {
    /// What the code stands for.
    pub fn meaning(&self) -> FaultCode {
        match &self.code {
            Some(code) => FaultCode::of(code.namespace.as_deref(), &code.local),
            None => FaultCode::Other(String::new()),
        }
    }
}

/// What GetCallInfo says of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallInfo {
    /// Text of CallState.
    pub state: String,
    /// Text of EventCause; empty if there is none.
    pub cause: String,
    /// What is not where it belongs, in words.
    pub amiss: Vec<String>,
}

/// Reads an answer to Disconnect strictly, as the reference client does.
///
/// # Errors
/// The first defect; an answer that is neither success nor fault is [`Defect::OperationName`].
pub fn read_reply(bytes: &[u8], charset: Option<&str>) -> Result<Reply, Refusal> {
    let limits = Limits::default();
    if bytes.len() > limits.bytes {
        return Err(Refusal::new(Defect::LimitBytes, limits.bytes));
    }
    let decoded = xml::decode(bytes, charset)?;
    let to_bytes = |refusal: Refusal| Refusal::new(refusal.defect, decoded.byte_at(refusal.at));
    let outline = Outline::of(&decoded, &limits).map_err(to_bytes)?;
    interpret(&outline).map_err(to_bytes)
}

fn interpret(outline: &Outline<'_>) -> Result<Reply, Refusal> {
    let root = ElementId::ROOT;
    let refuse = |defect, id| Err(Refusal::new(defect, outline.at(id)));
    match (outline.local(root), outline.namespace(root)) {
        ("Envelope", Some(names::ENVELOPE)) => {}
        ("Envelope", Some(_)) => return refuse(Defect::EnvelopeNamespace, root),
        ("Envelope", None) => return refuse(Defect::EnvelopeNoNamespace, root),
        _ => return refuse(Defect::RootName, root),
    }
    if let Some(at) = outline.instruction() {
        return Err(Refusal::new(Defect::ProcessingInstruction, at));
    }
    let mut body = None;
    for child in outline.children(root) {
        if outline.is(child, names::ENVELOPE, "Body") {
            if body.replace(child).is_some() {
                return refuse(Defect::BodyRepeated, child);
            }
        } else if body.is_some() {
            return refuse(Defect::Trailer, child);
        } else if outline.is(child, names::ENVELOPE, "Header") {
            let must = |&entry: &ElementId| {
                outline.attribute(entry, names::ENVELOPE, "mustUnderstand") == Some("1")
                    && is_for_reader(outline.attribute(entry, names::ENVELOPE, "actor"))
            };
            if let Some(entry) = outline.children(child).find(must) {
                return refuse(Defect::MustUnderstand, entry);
            }
        }
    }
    let Some(body) = body else { return refuse(Defect::BodyMissing, root) };
    let mut children = outline.children(body);
    let Some(child) = children.next() else { return refuse(Defect::BodyEmpty, body) };
    if let Some(second) = children.next() {
        return refuse(Defect::BodyShared, second);
    }
    if let Some(fault) = read_fault(outline, child) {
        return Ok(Reply::Fault(fault));
    }
    if outline.local(child) != Operation::Disconnect.response() {
        return refuse(Defect::OperationName, child);
    }
    if outline.namespace(child) != Some(names::MESSAGES) {
        return refuse(Defect::OperationNamespace, child);
    }
    if let Some(inner) = outline.children(child).next() {
        return refuse(Defect::ExtraSibling, inner);
    }
    // White space is against the schema, which lets the element hold nothing, and no reason to take a
    // success for none (UMD-R165).
    if !outline.is_blank(child) {
        return refuse(Defect::TextMisplaced, child);
    }
    if let Some(attribute) =
        outline.attributes(child).iter().find(|a| outline.attribute_namespace(a) != Some(names::XSI))
    {
        return Err(Refusal::new(Defect::AttributeUndeclared, attribute.at));
    }
    Ok(Reply::Disconnected)
}

/// Whether a header entry with this actor is aimed at whoever reads the answer (SOAP 4.2.2). Of an empty one
/// the documents leave that open (contradiction C28), and who refuses is on the safe side.
fn is_for_reader(actor: Option<&str>) -> bool {
    matches!(actor, None | Some("" | names::ACTOR_NEXT))
}

/// The fault that an element is, if it is `Fault` in the SOAP 1.1 namespace. Its parts are taken
/// as they stand, in any order and any namespace, so that a judge can say what is wrong with them.
pub(crate) fn read_fault(outline: &Outline<'_>, element: ElementId) -> Option<Fault> {
    if !outline.is(element, names::ENVELOPE, "Fault") {
        return None;
    }
    let mut fault = Fault::default();
    for child in outline.children(element) {
        let text = outline.text(child).to_owned();
        match outline.local(child) {
            "faultcode" if fault.code.is_none() => fault.code = Some(code_name(outline, child, &text)),
            "faultstring" if fault.string.is_none() => fault.string = Some(text),
            "faultactor" if fault.actor.is_none() => fault.actor = Some(text),
            "detail" if fault.detail.is_none() => {
                fault.detail =
                    Some(outline.children(child).map(|entry| fault_child(outline, entry)).collect());
            }
            _ => {}
        }
        fault.children.push(fault_child(outline, child));
    }
    Some(fault)
}

fn fault_child(outline: &Outline<'_>, id: ElementId) -> FaultChild {
    FaultChild {
        namespace: outline.namespace(id).map(str::to_owned),
        local: outline.local(id).to_owned(),
        text: outline.text(id).to_owned(),
    }
}

/// Resolves the text of faultcode as a QName; `xs:QName` collapses white space.
fn code_name(outline: &Outline<'_>, at: ElementId, text: &str) -> CodeName {
    let trimmed = text.trim_matches(xml::is_xml_white);
    let (prefix, local) = trimmed.split_once(':').unwrap_or(("", trimmed));
    let namespace = outline.resolve(at, prefix).map(str::to_owned);
    let is_qname = is_ncname(local) && (!trimmed.contains(':') || is_ncname(prefix));
    CodeName {
        is_qname,
        resolved: is_qname && (prefix.is_empty() || namespace.is_some()),
        namespace,
        local: local.to_owned(),
        text: text.to_owned(),
    }
}

/// The call state in an answer of GetCallInfo, if `outline` is one and all of it is where it belongs.
pub fn read_call_info(outline: &Outline<'_>) -> Option<CallInfo> {
    find_call_info(outline).filter(|info| info.amiss.is_empty())
}

/// The call state in an answer of GetCallInfo, wherever its place is plain: its parts are taken by their
/// local names, in any namespace, and one element where there should be two.
pub(crate) fn find_call_info(outline: &Outline<'_>) -> Option<CallInfo> {
    let (inner, mut amiss) = nested(outline, Operation::GetCallInfo)?;
    let mut field = |name| {
        let child = outline.children(inner).find(|&child| outline.local(child) == name)?;
        amiss.extend(misplaced(outline, child));
        Some(outline.text(child).trim_matches(xml::is_xml_white).to_owned())
    };
    let (state, cause) = (field("CallState")?, field("EventCause").unwrap_or_default());
    Some(CallInfo { state, cause, amiss })
}

/// The call id that an answer of PlayOnPhone or PlayOnPhoneGreeting issues, if it is one and all of it is
/// where it belongs.
pub fn issued_call_id(outline: &Outline<'_>, operation: Operation) -> Option<String> {
    find_issued(outline, operation).filter(|issued| issued.amiss.is_empty()).map(|issued| issued.id)
}

/// A call id that an answer issues, wherever its place is plain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The id.
    pub id: String,
    /// What is not where it belongs, in words.
    pub amiss: Vec<String>,
}

/// The call id that an answer of PlayOnPhone or PlayOnPhoneGreeting issues, if it is one. Elements are
/// taken by their local names, in any namespace, and one element where there should be two.
pub(crate) fn find_issued(outline: &Outline<'_>, operation: Operation) -> Option<Issued> {
    let (inner, amiss) = nested(outline, operation)?;
    let id = outline.text(inner).to_owned();
    let is_plain = outline.children(inner).next().is_none() && !outline.is_blank(inner);
    is_plain.then_some(Issued { id, amiss })
}

/// `Body/XResponse/XResponse`, outer and inner element of one name, and what is amiss with them.
fn nested(outline: &Outline<'_>, operation: Operation) -> Option<(ElementId, Vec<String>)> {
    let child = |parent: ElementId, local: &str| {
        outline.children(parent).find(|&child| outline.local(child) == local)
    };
    let root = ElementId::ROOT;
    let body = (outline.local(root) == "Envelope").then(|| child(root, "Body"))??;
    let envelope = |id| {
        let namespace = outline.namespace(id);
        (namespace != Some(names::ENVELOPE)).then(|| in_words(outline.local(id), namespace))
    };
    let mut amiss: Vec<String> = [root, body].into_iter().filter_map(envelope).collect();
    let outer = child(body, operation.response())?;
    amiss.extend(misplaced(outline, outer));
    let Some(inner) = child(outer, operation.response()) else {
        amiss.push(format!("no {0} inside {0}", operation.response()));
        return Some((outer, amiss));
    };
    amiss.extend(misplaced(outline, inner));
    Some((inner, amiss))
}

/// An element that should be in the messages namespace and is not, in words.
fn misplaced(outline: &Outline<'_>, id: ElementId) -> Option<String> {
    let namespace = outline.namespace(id);
    (namespace != Some(names::MESSAGES)).then(|| in_words(outline.local(id), namespace))
}

fn in_words(local: &str, namespace: Option<&str>) -> String {
    match namespace {
        Some(namespace) => format!("{local} in {namespace}"),
        None => format!("{local} in no namespace"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;

    #[test]
    fn documented_answers_are_read() {
        let success = include_bytes!("../../corpus/documented/disconnect.success.xml");
        assert_eq!(read_reply(success, Some("utf-8")), Ok(Reply::Disconnected));
        for (sample, meaning, namespace) in [
            (
                &include_bytes!("../../corpus/documented/disconnect.invalid-id.xml")[..],
                FaultCode::InvalidCallId,
                names::ERRORS,
            ),
            (
                &include_bytes!("../../corpus/documented/disconnect.malformed.xml")[..],
                FaultCode::InvalidRequest,
                names::TYPES,
            ),
        ] {
            let Ok(Reply::Fault(fault)) = read_reply(sample, Some("utf-8")) else { panic!("no fault") };
            assert_eq!(fault.meaning(), meaning);
            let code = fault.code.unwrap();
            assert!(code.resolved);
            assert_eq!(code.namespace.as_deref(), Some(namespace));
        }
    }

    #[test]
    fn our_own_answers_are_read() {
        assert_eq!(read_reply(message::write_success().as_bytes(), None), Ok(Reply::Disconnected));
        let text = message::write_issued(Operation::PlayOnPhone, "a&b");
        let outline = Outline::parse(&text, &Limits::default()).unwrap();
        assert_eq!(issued_call_id(&outline, Operation::PlayOnPhone).as_deref(), Some("a&b"));
        assert_eq!(issued_call_id(&outline, Operation::PlayOnPhoneGreeting), None);
        let text = message::write_call_info("Connected", "None");
        let outline = Outline::parse(&text, &Limits::default()).unwrap();
        let info = read_call_info(&outline).unwrap();
        assert_eq!((info.state.as_str(), info.amiss.is_empty()), ("Connected", true));
    }

    #[test]
    fn an_id_and_a_state_are_read_where_their_place_is_plain() {
        let issued = |text: &str| {
            let outline = Outline::parse(text, &Limits::default()).unwrap();
            find_issued(&outline, Operation::PlayOnPhone).map(|issued| (issued.id, issued.amiss.join(", ")))
        };
        let text = message::write_issued(Operation::PlayOnPhone, "a");
        let read = |id: &str, amiss: &str| Some((id.to_owned(), amiss.to_owned()));
        assert_eq!(issued(&text), read("a", ""));
        let bare = text.replace(&format!(" xmlns=\"{}\"", names::MESSAGES), "");
        let twice = "PlayOnPhoneResponse in no namespace, PlayOnPhoneResponse in no namespace";
        assert_eq!(issued(&bare), read("a", twice));
        let flat = text.replacen("<PlayOnPhoneResponse>", "", 1).replacen("</PlayOnPhoneResponse>", "", 1);
        assert_eq!(issued(&flat), read("a", "no PlayOnPhoneResponse inside PlayOnPhoneResponse"));
        assert_eq!(issued(&text.replace(">a<", ">  <")), None);
        assert_eq!(issued(&text.replace(">a<", "><x/>a<")), None);
        assert_eq!(issued(&text.replace("PlayOnPhone", "Other")), None);

        let info = |text: &str| {
            let outline = Outline::parse(text, &Limits::default()).unwrap();
            find_call_info(&outline).map(|info| (info.state, info.amiss.join(", ")))
        };
        let text = message::write_call_info("Connected", "None");
        let other = text.replace("<CallState>", "<CallState xmlns=\"\">");
        assert_eq!(info(&other), read("Connected", "CallState in no namespace"));
        let inner = text.replacen("<GetCallInfoResponse>", "", 1).replacen("</GetCallInfoResponse>", "", 1);
        assert_eq!(info(&inner), read("Connected", "no GetCallInfoResponse inside GetCallInfoResponse"));
        assert_eq!(info(&text.replace("CallState", "State")), None);
    }

    #[test]
    fn an_unbound_prefix_of_a_code_is_told_and_its_local_name_still_read() {
        let text = message::write_invalid_call_id().replace(" xmlns:a=", " xmlns:b=");
        let Ok(Reply::Fault(fault)) = read_reply(text.as_bytes(), None) else { panic!("no fault") };
        assert_eq!(fault.meaning(), FaultCode::InvalidCallId);
        let code = fault.code.unwrap();
        assert!(code.is_qname && !code.resolved);
    }

    #[test]
    fn a_code_that_is_no_qualified_name_is_told_from_one_that_is_not_bound() {
        for (text, is_qname, resolved) in [
            ("soap:Client", true, true),
            (" soap:Client ", true, true),
            ("Client", true, true),
            ("unbound:Client", true, false),
            ("500", false, false),
            ("Internal Error", false, false),
            ("soap:Client:Auth", false, false),
            (":Client", false, false),
            ("soap:", false, false),
            ("", false, false),
        ] {
            let fault = message::write_fault("Server", "x").replace("soap:Server", text);
            let Ok(Reply::Fault(fault)) = read_reply(fault.as_bytes(), None) else { panic!("no fault") };
            let code = fault.code.unwrap();
            assert_eq!((code.is_qname, code.resolved), (is_qname, resolved), "{text:?}");
        }
    }

    #[test]
    fn near_successes_are_refused() {
        let success = message::write_success();
        for (from, to, defect) in [
            ("2006/messages", "2006/types", Defect::OperationNamespace),
            ("DisconnectResponse", "DisconnectPhoneCallResponse", Defect::OperationName),
            (
                "<DisconnectResponse ",
                "<DisconnectResponse ResponseClass='Error' ",
                Defect::AttributeUndeclared,
            ),
        ] {
            let text = success.replace(from, to);
            assert_eq!(read_reply(text.as_bytes(), None).unwrap_err().defect, defect);
        }
    }

    #[test]
    fn the_limit_of_bytes_is_the_last_size_that_is_read() {
        let limit = Limits::default().bytes;
        let sized =
            |bytes: usize| message::write_success() + &" ".repeat(bytes - message::write_success().len());
        assert_eq!(read_reply(sized(limit).as_bytes(), None), Ok(Reply::Disconnected));
        let refusal = read_reply(sized(limit + 1).as_bytes(), None).unwrap_err();
        assert_eq!((refusal.defect, refusal.at), (Defect::LimitBytes, limit));
    }

    #[test]
    fn envelopes_and_their_headers_are_told_apart() {
        let success = message::write_success();
        for (from, to, defect) in [
            (names::ENVELOPE, "urn:x", Some(Defect::EnvelopeNamespace)),
            (" xmlns:soap", " xmlns", Some(Defect::PrefixUnbound)),
            ("soap:Envelope", "soap:envelope", Some(Defect::RootName)),
            (
                "<soap:Body>",
                "<soap:Header><x:H xmlns:x='u' soap:mustUnderstand='0'/></soap:Header><soap:Body>",
                None,
            ),
            (
                "<soap:Body>",
                "<soap:Header><x:H xmlns:x='u' soap:mustUnderstand='1'/></soap:Header><soap:Body>",
                Some(Defect::MustUnderstand),
            ),
            (
                "<soap:Body>",
                "<soap:Header><x:H xmlns:x='u' soap:mustUnderstand='1' soap:actor='http://schemas.xmlsoap.org/soap/actor/next'/></soap:Header><soap:Body>",
                Some(Defect::MustUnderstand),
            ),
            (
                "<soap:Body>",
                "<soap:Header><x:H xmlns:x='u' soap:mustUnderstand='1' soap:actor=''/></soap:Header><soap:Body>",
                Some(Defect::MustUnderstand),
            ),
            (
                "<soap:Body>",
                "<soap:Header><x:H xmlns:x='u' soap:mustUnderstand='1' soap:actor='urn:x'/></soap:Header><soap:Body>",
                None,
            ),
        ] {
            let text = success.replace(from, to);
            assert_eq!(read_reply(text.as_bytes(), None).err().map(|refusal| refusal.defect), defect, "{to}");
        }
        let bare = "<Envelope><Body/></Envelope>";
        assert_eq!(read_reply(bare.as_bytes(), None).unwrap_err().defect, Defect::EnvelopeNoNamespace);
    }

    #[test]
    fn the_first_of_two_children_of_a_fault_counts() {
        let fault = "<faultcode>a</faultcode><faultcode>b</faultcode><faultstring>c</faultstring>\
                     <faultstring>d</faultstring><faultactor>e</faultactor><faultactor>f</faultactor>\
                     <detail><x/></detail><detail><y/><z/></detail>";
        let text = format!(
            "<s:Envelope xmlns:s='{}'><s:Body><s:Fault>{fault}</s:Fault></s:Body></s:Envelope>",
            names::ENVELOPE
        );
        let Ok(Reply::Fault(fault)) = read_reply(text.as_bytes(), None) else { panic!("no fault") };
        assert_eq!(fault.code.unwrap().local, "a");
        assert_eq!((fault.string.as_deref(), fault.actor.as_deref()), (Some("c"), Some("e")));
        assert_eq!(fault.detail.unwrap().len(), 1);
        assert_eq!(fault.children.len(), 8);
    }
}

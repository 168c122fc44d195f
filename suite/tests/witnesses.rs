//! Independent witnesses of the reader and of the shipped schemas.

use std::io::Write as _;
use std::process::Command;

use umspec::catalogue::{CaseHeader as _, cases};
use umspec::message::xml::{Limits, Outline};
use umspec::message::{self, Ids, charset_of, read_request};
use umspec::protocol::{self, Defect, Operation};

use crate::support::{needs, root};

/// roxmltree reads every case of the catalogue that is UTF-8, and agrees on whether it is
/// well-formed.
#[test]
fn roxmltree_agrees_on_well_formedness() {
    let mut disagreements = Vec::new();
    for case in cases().iter().filter(|case| !case.slow) {
        let Some(draft) = case.draft() else { continue };
        let request = draft.write(&Ids::default());
        let Ok(text) = std::str::from_utf8(&request.body) else { continue };
        let ours = Outline::parse(text.strip_prefix('\u{FEFF}').unwrap_or(text), &wide()).map(drop);
        let theirs = roxmltree::Document::parse(text).map(drop);
        let explained = match &ours {
            // Refused by choice of the protocol, or beyond the bounds of this reader.
            Err(refusal)
                if matches!(
                    refusal.defect,
                    Defect::LimitDepth | Defect::LimitAttributes | Defect::LimitElements
                ) =>
            {
                true
            }
            // roxmltree takes xmlns:p="" (legal in Namespaces 1.1 only), and does not look at the
            // version and encoding in the declaration or at targets of processing instructions.
            // References to surrogates and beyond the last code point it drops (XML 4.1), and it takes a
            // name that begins with a colon (NS 7), and a default namespace that is declared twice (XML 3.1).
            Err(refusal) => {
                matches!(
                    refusal.defect,
                    Defect::NamespaceDeclaration
                        | Defect::DeclarationSyntax
                        | Defect::ProcessingInstructionSyntax
                ) || (refusal.defect == Defect::CharacterForbidden
                    && (case.id.starts_with("xml/reference-to-")
                        || case.id.starts_with("xml/references-to-surrogate-pair")))
                    || matches!(&*case.id, "xml/colon-at-start-of-name" | "xml/default-declared-twice")
            }
            Ok(()) => false,
        };
        if ours.is_ok() != theirs.is_ok() && !explained {
            disagreements.push(format!("{}: ours {ours:?}, roxmltree {theirs:?}", case.id));
        }
    }
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
}

/// Bounds that no ordinary case meets, so that only well-formedness decides.
fn wide() -> Limits {
    Limits { bytes: usize::MAX, depth: 1_000, attributes: 20_000, elements: 200_000 }
}

/// Whether xmllint takes a document, and what it says.
fn xmllint(args: &[&str], document: &[u8]) -> (bool, String) {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(document).expect("a document");
    let output = Command::new("xmllint").args(["--nonet", "--noout"]).args(args).arg(file.path()).output();
    let output = output.expect("xmllint");
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    // Namespace errors do not change its exit status.
    (output.status.success() && !words.contains("namespace error"), words)
}

#[test]
fn xmllint_accepts_the_documented_samples_and_our_own_messages() {
    if !needs("xmllint") {
        return;
    }
    let schema = root().join("suite/protocol/description/service.xsd");
    let schema = schema.to_str().expect("a path");
    let samples = std::fs::read_dir(root().join("corpus/documented")).expect("samples");
    let mut messages: Vec<(String, Vec<u8>)> = samples
        .map(|entry| entry.expect("a sample").path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).expect("a sample")))
        .collect();
    assert!(messages.len() >= 10);
    for (name, text) in [
        ("request", message::write_request(Operation::Disconnect, &["a"])),
        ("success", message::write_success()),
        ("invalid id", message::write_invalid_call_id()),
        ("malformed", message::write_malformed()),
        ("fault", message::write_fault("MustUnderstand", "x")),
        ("call info", message::write_call_info("Connected", "None")),
        ("issued", message::write_issued(Operation::PlayOnPhone, "a")),
    ] {
        messages.push((name.to_owned(), text.into_bytes()));
    }
    for (name, bytes) in messages {
        let (valid, words) = xmllint(&["--schema", schema], &bytes);
        assert!(valid, "{name}: {words}");
    }
    for (name, text) in
        [("wsdl", protocol::WSDL), ("messages", protocol::MESSAGES_XSD), ("types", protocol::TYPES_XSD)]
    {
        let (well_formed, words) = xmllint(&[], text.as_bytes());
        assert!(well_formed, "{name}: {words}");
    }
}

/// The schema and the reader agree on the Disconnect element of every case that is a SOAP message.
#[test]
fn xmllint_and_the_reader_agree_on_schema_validity() {
    if !needs("xmllint") {
        return;
    }
    let schema = root().join("suite/protocol/description/service.xsd");
    let schema = schema.to_str().expect("a path");
    let mut disagreements = Vec::new();
    for case in cases().iter().filter(|case| !case.slow && case.family() == "request-body") {
        let Some(draft) = case.draft() else { continue };
        let request = draft.write(&Ids::default());
        let charset = request.header("content-type").and_then(charset_of);
        let ours = read_request(&request.body, charset.as_deref());
        // The schema of the envelope lets Body hold what no schema declares.
        let beyond = matches!(
            &ours,
            Err(refusal) if matches!(refusal.defect, Defect::OperationName | Defect::OperationNamespace | Defect::BodyShared)
        );
        // libxml2 does not collapse white space around a QName (XSD2 3.2.18).
        let is_gap = case.id == "request-body/type-string-padded";
        let (valid, words) = xmllint(&["--schema", schema], &request.body);
        if valid != ours.is_ok() && !beyond && !is_gap {
            disagreements.push(format!("{}: ours {ours:?}, xmllint {valid} {words}", case.id));
        }
    }
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
}

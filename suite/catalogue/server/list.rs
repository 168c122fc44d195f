use std::sync::LazyLock;

use super::{
    Case, across, auth, call_id, call_id_size, chunk, connection, dtd, encoding, envelope, fault, field,
    framing, grammar, growth, header, http, ill_formed, lawful, lifecycle, loose, multi_reference, namespace,
    near_id, request_body, robustness, scope, segment, soap_action, structure, wrapping, xml,
};

/// The whole catalogue, in the order of its families.
pub fn cases() -> &'static [Case] {
    static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
        [
            http::cases(),
            framing::cases(),
            chunk::cases(),
            field::cases(),
            segment::cases(),
            soap_action::cases(),
            connection::cases(),
            encoding::cases(),
            ill_formed::cases(),
            xml::cases(),
            grammar::cases(),
            scope::cases(),
            loose::cases(),
            lawful::cases(),
            across::cases(),
            dtd::cases(),
            namespace::cases(),
            envelope::cases(),
            header::cases(),
            request_body::cases(),
            structure::cases(),
            multi_reference::cases(),
            call_id::cases(),
            near_id::cases(),
            call_id_size::cases(),
            fault::cases(),
            lifecycle::cases(),
            wrapping::cases(),
            robustness::cases(),
            growth::cases(),
            auth::cases(),
        ]
        .into_iter()
        .flatten()
        .collect()
    });
    &CASES
}

/// The case with this id.
pub fn case(id: &str) -> Option<&'static Case> {
    cases().iter().find(|case| case.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Ids, charset_of, read_request};
    use crate::protocol::{Defect, InputClass, Operation};

    /// The class by hand and the class from the bytes are two witnesses.
    #[test]
    fn the_reader_sees_the_class_that_the_case_names() {
        use InputClass as C;
        let ids = Ids::default();
        let mut wrong = Vec::new();
        for case in cases().iter().filter(|case| !case.slow && !case.recorded && !case.is_raw()) {
            let Some(draft) = case.draft() else { continue };
            let request = draft.write(&ids);
            let charset = request.header("content-type").and_then(charset_of);
            let reading = read_request(&request.body, charset.as_deref());
            let fits = match case.class {
                C::MediaType | C::Method | C::Credentials => true,
                C::EncodingsDisagree => reading.as_ref().map_or_else(
                    |refusal| matches!(refusal.defect.class(), C::EncodingsDisagree | C::NotWellFormed),
                    |_| true,
                ),
                C::Valid
                | C::EndedCall
                | C::Unissued
                | C::Garbage
                | C::PaddedCallId
                | C::OptionalHeader
                | C::TextSplit
                | C::Utf8Bom
                | C::Utf16
                | C::LongCallId
                | C::SoapAction => {
                    reading.as_ref().is_ok_and(|request| request.operation == Operation::Disconnect)
                }
                C::ForeignOperation => {
                    reading.as_ref().is_err_and(|refusal| refusal.defect.class() == C::OperationName)
                }
                C::OversizedCallId => reading.is_err(),
                // The reader tells no second Body, and nothing before Body, from a Body that is not there.
                C::Trailer => reading
                    .as_ref()
                    .is_err_and(|refusal| matches!(refusal.defect.class(), C::Trailer | C::BodyShape)),
                // What is beyond the bounds of the reader it looks at no further.
                _ if reading.as_ref().is_err_and(|refusal| is_bound(refusal.defect)) => true,
                class => reading.as_ref().is_err_and(|refusal| refusal.defect.class() == class),
            };
            if !fits {
                wrong.push(format!("{} is {:?}, read as {reading:?}", case.id, case.class));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn is_bound(defect: Defect) -> bool {
        matches!(defect, Defect::LimitDepth | Defect::LimitAttributes | Defect::LimitElements)
    }
}

//! What an error gives away of a call id: the part of it that only whoever decodes it sees (UMD-R122).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::evidence::{Answer, Exchange};
use crate::judge::{CheckId, Finding, Grading};
use crate::message::{MessageKind, parse, quoted};
use crate::protocol::req;

/// Fewest characters of a part that is told from chance.
const LEAST: usize = 16;

/// The part before the host within the call id of a request, which is a GUID in the documented shape, in an error
/// whose request does not hold it in plain text. The host may be told as that of the service.
pub(super) fn decoded_id(exchange: &Exchange, grading: Grading) -> Option<Finding> {
    let Answer::Http(http) = &exchange.answer else { return None };
    if http.status < 400 {
        return None;
    }
    let sent = &exchange.sent.body.0;
    let part = part_of(&parse(MessageKind::Request, sent, None).ok()?)?;
    let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_ascii_lowercase().contains(&part);
    let is_told = holds(&http.body.0) && !holds(sent);
    let row = req::NO_INTERNALS_IN_FAULT.requirement();
    is_told.then(|| {
        let expected = "an error without what the call id is made of";
        let observed = format!("{} in it, out of the decoded id", quoted(&part));
        Finding::new(CheckId::FaultLeak, row.id, grading.breach(row), expected, observed)
    })
}

/// What stands before the @ of a decoded id, in small letters.
fn part_of(id: &str) -> Option<String> {
    let decoded = String::from_utf8(STANDARD.decode(id).ok()?).ok()?;
    let (part, _) = decoded.split_once('@')?;
    (part.len() >= LEAST).then(|| part.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Bytes, HttpAnswer, Sent};
    use crate::message::{CallId, write_disconnect, write_invalid_call_id};
    use crate::protocol::names;

    fn told(status: u16, body: String) -> Option<String> {
        let id = CallId::new(names::SAMPLE_CALL_ID).unwrap();
        let sent = Sent {
            method: "POST".into(),
            target: "/".into(),
            headers: Vec::new(),
            body: Bytes(write_disconnect(&id).into_bytes()),
            wire: None,
        };
        let answer = HttpAnswer {
            version: "1.1".into(),
            status,
            headers: Vec::new(),
            body: Bytes(body.into_bytes()),
            complete: true,
            trailing: 0,
        };
        let exchange = Exchange::new(sent, Answer::Http(answer));
        decoded_id(&exchange, Grading::default()).map(|finding| finding.observed)
    }

    #[test]
    fn the_guid_of_an_id_is_found_in_errors() {
        let guid = part_of(names::SAMPLE_CALL_ID).unwrap();
        assert_eq!(told(500, write_invalid_call_id()), None);
        let fault = write_invalid_call_id().replace("</faultstring>", &format!(" {guid}</faultstring>"));
        assert!(told(500, fault.clone()).is_some_and(|observed| observed.starts_with(&guid)));
        assert_eq!(told(200, fault), None, "an answer that is no error");
        let echo = write_invalid_call_id()
            .replace("</faultstring>", &format!(" {}</faultstring>", names::SAMPLE_CALL_ID));
        assert_eq!(told(500, echo), None, "the id as it was sent");
    }
}

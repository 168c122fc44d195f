//! Bytes into the reader: no panic, a refusal inside the input, and what is accepted reaches a
//! fixed point by writing and reading.

use crate::message::{read_reply, read_request, write_reply, write_request};

/// Bytes as a request.
///
/// # Panics
/// On a finding.
pub fn request(data: &[u8]) {
    let request = match read_request(data, None) {
        Ok(request) => request,
        Err(refusal) => {
            assert!(refusal.at <= data.len(), "{refusal} is outside {} bytes", data.len());
            return;
        }
    };
    let values: Vec<&str> = request.values.iter().map(String::as_str).collect();
    let written = write_request(request.operation, &values);
    let again = read_request(written.as_bytes(), Some("utf-8"));
    assert_eq!(again.as_ref(), Ok(&request), "what was written: {written}");
}

/// Bytes as an answer.
///
/// # Panics
/// On a finding.
pub fn reply(data: &[u8]) {
    let reply = match read_reply(data, None) {
        Ok(reply) => reply,
        Err(refusal) => {
            assert!(refusal.at <= data.len(), "{refusal} is outside {} bytes", data.len());
            return;
        }
    };
    // A reply keeps the prefix of its code as written, and the writer has its own: the fixed point
    // is reached after one step.
    let written = write_reply(&reply);
    let once = read_reply(written.as_bytes(), Some("utf-8"))
        .unwrap_or_else(|refusal| panic!("{refusal} in what was written: {written}"));
    assert_eq!(write_reply(&once), written, "the writer is not at its fixed point");
    assert_eq!(read_reply(write_reply(&once).as_bytes(), Some("utf-8")), Ok(once));
}

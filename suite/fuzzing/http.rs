//! Bytes of a connection into the mock's request path: it answers in whole responses that a strict
//! reader takes, or closes.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};
use tokio::runtime::Runtime;

use crate::evidence::Answer;
use crate::message::ContentType;
use crate::message::xml::{Limits, Outline, decode};
use crate::mock::{MockLimits, Service, converse};
use crate::target::read_answers;

/// Bytes buffered in either direction.
const BUFFER: usize = 65_536;

/// Bounds small enough for inputs of a few kilobytes to meet them.
const LIMITS: MockLimits = MockLimits {
    body: 8_192,
    head: 8_192,
    headers: 32,
    time: Duration::from_secs(10),
    held: 65_536,
    connections: 1,
};

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime without sockets")
});

/// Bytes as all that a client sends on one connection.
///
/// # Panics
/// On a finding.
pub fn http(data: &[u8]) {
    let mut answered = Vec::new();
    RUNTIME.block_on(async {
        let (client, server) = duplex(BUFFER);
        let (mut reading, mut writing) = tokio::io::split(client);
        let sending = async {
            // The server may stop listening at any byte.
            let _ = writing.write_all(data).await;
            let _ = writing.shutdown().await;
        };
        let serving = converse(server, Arc::new(Service::strict()), LIMITS);
        let receiving = reading.read_to_end(&mut answered);
        let _ = tokio::join!(sending, serving, receiving);
    });
    // The answer to HEAD has the length of a body and none: only its request tells.
    if data.windows(4).any(|window| window == b"HEAD") {
        return;
    }
    for answer in read_answers(&answered) {
        let Answer::Http(answer) = answer else { panic!("{answer:?} among {}", answered.escape_ascii()) };
        assert!(answer.complete, "an answer that breaks off: {}", answered.escape_ascii());
        let content_type = answer.header("content-type").and_then(ContentType::parse);
        let is_xml = content_type.as_ref().is_some_and(|content_type| content_type.media_type == "text/xml");
        if is_xml {
            let charset = content_type.and_then(|content_type| content_type.charset);
            let decoded = decode(&answer.body.0, charset.as_deref()).expect("an answer in its own charset");
            let outline = Outline::of(&decoded, &Limits::default());
            assert!(outline.is_ok(), "{outline:?} in {}", answered.escape_ascii());
        }
    }
}

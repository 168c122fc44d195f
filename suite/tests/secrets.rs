//! Credentials that cannot be hidden, and what is none. What a server sends back of them is in the proof.

use umspec::target::{Credentials, Endpoint, HttpServer, Options};

use crate::peer::{Peer, Reaction};
use crate::support::{stderr, umspec};

/// Hiding them would change answers, or leave them in some: no run begins with such a credential.
#[test]
fn credentials_that_cannot_be_hidden_are_refused_in_one_line() {
    for (options, part) in [
        (&["--user", "me:pw123"][..], "--user"),
        (&["--bearer", "abcde"], "--bearer"),
        (&["--bearer", "Disconnect"], "words of HTTP"),
        (&["-H", "Authorization: Bearer abcde"], "authorization"),
        (&["-H", "Cookie: sid=abcde; theme=midnight-blue"], "cookie"),
        (&["-H", "X-Api-Key: \"abcde\""], "x-api-key"),
        (&["--proxy", "http://me:pw123@127.0.0.1:9"], "--proxy"),
        // A line break would end the field and begin another one.
        (&["--bearer", "hunter22\r\nx: y"], "--bearer holds a line break"),
        (&["--bearer", "hunter22\n"], "--bearer holds a line break"),
        (&["-H", "X-Api-Key: hunter22\rx"], "x-api-key holds a line break"),
        (&["-H", "hunter22 x: y"], "-H number 1"),
        // What is no URL may hold a password.
        (&["--proxy", "http://me:pw123"], "proxy"),
    ] {
        let output = umspec(&[&["run", "--server", "http://127.0.0.1:9/"], options].concat());
        let line = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{options:?}: {line}");
        assert!(line.lines().count() == 1 && line.contains(part), "{options:?}: {line}");
        assert!(
            !["pw123", "abcde", "hunter22"].iter().any(|secret| line.contains(secret)),
            "{options:?}: {line}"
        );
    }
    for url in ["http://me:hunter22@um.example/", "http://me:hunter22", "me:hunter22@um.example"] {
        let output = umspec(&["run", "--server", url]);
        assert_eq!(output.status.code(), Some(2));
        assert!(!stderr(&output).contains("hunter22"), "{}", stderr(&output));
    }
}

#[test]
fn no_value_of_a_field_holds_a_zero_byte() {
    let endpoint = || Endpoint::parse("http://127.0.0.1:9/").expect("a URL");
    let bearer =
        Options { credentials: Some(Credentials::Bearer("hunter22\0".to_owned())), ..Options::default() };
    let field = Options { headers: vec![("x".to_owned(), "hunter22\0".to_owned())], ..Options::default() };
    for options in [bearer, field] {
        assert!(HttpServer::new(endpoint(), &options).is_err());
        assert!(!format!("{options:?}").contains("hunter22"));
    }
}

/// A field that is no credential by its name may hold a word.
#[test]
fn settings_are_no_credentials() {
    let peer = Peer::start(|_, answer| Reaction::of(&answer()));
    let field = "X-PreferServerAffinity: true";
    let output =
        umspec(&["run", "--server", &peer.url(), "-H", field, "-H", "Accept-Language: en", "namespace"]);
    assert_ne!(output.status.code(), Some(2), "{}", stderr(&output));
}

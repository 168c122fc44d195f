//! HTTPS: certificates are checked unless the user says otherwise, on both paths.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use umspec::judge::Verdict;
use umspec::mock::{Mock, MockLimits, Service};
use umspec::protocol::Profile;
use umspec::record::{Record, Unwatched};
use umspec::run::{CallSource, run};
use umspec::target::{Endpoint, HttpServer, Options};

use crate::support::{cases, options};

/// A TLS end in front of the strict mock; gives its port and certificate.
async fn start(name: &str, last_year: i32) -> (u16, String) {
    let mut params = rcgen::CertificateParams::new(vec![name.to_owned()]).expect("a name");
    params.not_after = rcgen::date_time_ymd(last_year, 1, 1);
    let signing_key = rcgen::KeyPair::generate().expect("a key");
    let certified = params.self_signed(&signing_key).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certified.der().clone()], key)
        .expect("a configuration");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let mock = Mock::start(([127, 0, 0, 1], 0).into(), Service::strict(), MockLimits::default())
        .await
        .expect("a mock");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, address) = (acceptor.clone(), mock.address());
            tokio::spawn(async move {
                if let (Ok(mut tls), Ok(mut plain)) =
                    (acceptor.accept(stream).await, TcpStream::connect(address).await)
                {
                    let _ = copy_bidirectional(&mut tls, &mut plain).await;
                }
            });
        }
    });
    (port, certified.pem())
}

fn judged(prepare: impl FnOnce(&str) -> Options) -> Record {
    judged_with("localhost", 4000, prepare)
}

/// The same with a certificate for this name, valid to this year.
fn judged_with(name: &str, last_year: i32, prepare: impl FnOnce(&str) -> Options) -> Record {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let (port, certificate) = start(name, last_year).await;
        let client = prepare(&certificate);
        let endpoint = Endpoint::parse(&format!("https://localhost:{port}/EWS/UM2007Legacy.asmx"))
            .expect("a URL")
            .at(([127, 0, 0, 1], port).into());
        let server = HttpServer::new(endpoint, &client).expect("a client");
        let selected =
            cases(&["xml/declared-not-at-all", "http/chunked*", "connection/malformed-between-valid"]);
        run(server, options(CallSource::Mock, Profile::Interop), &selected, &Unwatched).await
    })
}

fn all_pass(record: &Record) -> bool {
    record.entries.iter().all(|entry| matches!(entry.judgement.verdict, Verdict::Pass | Verdict::Note))
}

#[test]
fn an_unknown_certificate_is_refused_with_advice() {
    let record = judged(|_| Options::default());
    let why = record.ended_early.expect("a reason");
    assert!(why.contains("--cacert") && why.contains("--insecure"), "{why}");
}

#[test]
fn why_a_handshake_failed_is_told_with_what_helps() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ca.pem");
    let trusting = |certificate: &str| {
        std::fs::write(&path, certificate).expect("a file");
        Options { ca_certificate: Some(path.clone()), ..Options::default() }
    };
    let why = |record: Record| record.ended_early.expect("a reason");
    assert!(why(judged_with("localhost", 2001, trusting)).contains("has expired"));
    assert!(why(judged_with("um.example", 4000, trusting)).contains("for another name"));
    for (says, told) in
        [(&b""[..], "closed the connection within"), (b"HTTP/1.1 400 Bad\r\n\r\n", "speaks no TLS")]
    {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        std::thread::spawn(move || {
            // As often as a plain request is tried.
            for mut stream in listener.incoming().flatten().take(4) {
                let _ = std::io::Read::read(&mut stream, &mut [0; 1024]);
                let _ = std::io::Write::write_all(&mut stream, says);
            }
        });
        let url = format!("https://127.0.0.1:{port}/");
        let output = crate::support::umspec(&["run", "--server", &url, "namespace/disconnect-types"]);
        assert_eq!(output.status.code(), Some(3));
        let text = crate::support::stdout(&output);
        assert!(text.contains(told) && !text.contains("--insecure"), "{text}");
    }
}

#[test]
fn insecure_accepts_it_on_both_paths() {
    let record = judged(|_| Options { insecure: true, ..Options::default() });
    assert!(all_pass(&record), "{record:?}");
}

#[test]
fn a_trusted_certificate_is_accepted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ca.pem");
    let record = judged(|certificate| {
        std::fs::write(&path, certificate).expect("a file");
        Options { ca_certificate: Some(path.clone()), ..Options::default() }
    });
    assert!(all_pass(&record), "{record:?}");
}

#[test]
fn a_proxy_is_gone_through() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        // A proxy that answers every request by itself: what comes back proves the way.
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut bytes = [0; 4096];
                let count = stream.read(&mut bytes).await.unwrap_or_default();
                let absolute = bytes[..count].starts_with(b"POST http://um.invalid/");
                let status = if absolute { "407 Proxy" } else { "400 Bad" };
                let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        let client = Options { proxy: Some(format!("http://{address}")), ..Options::default() };
        let server = HttpServer::new(Endpoint::parse("http://um.invalid/x").expect("a URL"), &client)
            .expect("a client");
        let record =
            run(server, options(CallSource::None, Profile::Interop), &cases(&["http/chunked*"]), &Unwatched)
                .await;
        let why = record.ended_early.expect("a reason");
        assert!(why.contains("407"), "{why}");
    });
}

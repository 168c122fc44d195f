//! What goes with every request of a run: the client, its fields and its secrets.

use std::collections::BTreeMap;

use reqwest::Url;
use reqwest::header::{HeaderName, HeaderValue};
use rustls::ClientConfig;

use super::secrets::{Gathered, Secrets};
use super::{Credentials, Endpoint, Options, TargetError, Weak};
use crate::message::Misspelling;

/// The library's client, for requests that it can write.
pub(super) fn client(
    endpoint: &Endpoint,
    options: &Options,
    tls: &ClientConfig,
) -> Result<reqwest::Client, TargetError> {
    let mut builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls.clone())
        .http1_only()
        // A user agent replaces the line ends of a folded line by blanks (RFC 9112 5.2).
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .pool_max_idle_per_host(0)
        .no_proxy()
        .connect_timeout(options.connect_timeout)
        .timeout(options.timeout);
    if let Some(proxy) = &options.proxy {
        let proxy = reqwest::Proxy::all(proxy).map_err(|_| TargetError::Proxy)?;
        builder = builder.proxy(proxy);
    }
    if let Some(address) = endpoint.dial() {
        builder = builder.resolve(endpoint.host(), address);
    }
    builder.build().map_err(|error| TargetError::Client(innermost(&error)))
}

/// What goes with the requests of a run beside their own fields, and what must not be recorded.
pub(super) struct Own {
    /// Header fields, credentials last.
    pub(super) headers: Vec<(String, String)>,
    /// Values of Authorization with wrong spellings of the password.
    pub(super) misspelled: BTreeMap<Misspelling, String>,
    pub(super) secrets: Secrets,
}

/// The fields of these options, once none of them can break a head or show a secret.
pub(super) fn headers_and_secrets(endpoint: &Endpoint, options: &Options) -> Result<Own, TargetError> {
    let public = endpoint.to_string();
    let mut gathered = Gathered::beside(&public);
    let weak = |what: &str| {
        let what = what.to_owned();
        |why: Weak| TargetError::Secret { what, why }
    };
    let mut headers = options.headers.clone();
    for (number, (name, value)) in headers.iter().enumerate() {
        if HeaderName::from_bytes(name.as_bytes()).is_err() {
            return Err(TargetError::Header(number + 1));
        }
        let what = format!("the value of -H {name}");
        if header_field(name, value).is_none() {
            return Err(TargetError::Value(what));
        }
        gathered.field(name, value).map_err(weak(&what))?;
    }
    if let Some(query) = endpoint.url().query() {
        gathered.query(query).map_err(weak("the query of the URL"))?;
    }
    if let Some(proxy) = options.proxy.as_ref().and_then(|proxy| Url::parse(proxy).ok()) {
        gathered.user_info(&proxy).map_err(weak("the password of --proxy"))?;
    }
    let mut misspelled = BTreeMap::new();
    if let Some(credentials) = &options.credentials {
        let (what, taken) = match credentials {
            Credentials::Basic { user, password } => {
                ("the password of --user", gathered.basic(user, password))
            }
            Credentials::Bearer(token) => ("the token of --bearer", gathered.must_hide(token)),
        };
        let authorization = credentials.authorization();
        if header_field("authorization", &authorization).is_none() {
            return Err(TargetError::Value(what.to_owned()));
        }
        taken.map_err(weak(what))?;
        headers.push(("authorization".to_owned(), authorization));
        for (misspelling, wrong) in credentials.misspelled() {
            let Credentials::Basic { user, password } = &wrong else { continue };
            // One that cannot be hidden is never sent.
            if !misspelling.is_derived() || gathered.basic(user, password).is_ok() {
                misspelled.insert(misspelling, wrong.authorization());
            }
        }
    }
    let secrets = gathered.secrets().map_err(weak("all credentials together"))?;
    Ok(Own { headers, misspelled, secrets })
}

/// A field as the library has it, where it is one.
pub(super) fn header_field(name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
    Some((HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_str(value).ok()?))
}

fn innermost(error: &dyn std::error::Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

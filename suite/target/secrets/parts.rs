//! Which parts of what a user gives are secrets.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use reqwest::Url;

use super::hide::{Secrets, Weak};

/// Words in the name of a field, a cookie or a parameter that carries credentials.
const CREDENTIALS: [&str; 14] = [
    "assertion",
    "auth",
    "cookie",
    "credential",
    "jwt",
    "key",
    "nonce",
    "opaque",
    "passphrase",
    "passw",
    "secret",
    "session",
    "signature",
    "token",
];

/// Parameters of an Authorization field that are none (RFC 7616 3.4, RFC 5849 3.5.1, AWS Signature 4). Some are
/// short, and stand in challenges.
const NO_CREDENTIALS: [&str; 12] = [
    "algorithm",
    "charset",
    "nc",
    "oauth_signature_method",
    "oauth_timestamp",
    "oauth_version",
    "qop",
    "realm",
    "signedheaders",
    "uri",
    "userhash",
    "username",
];

/// Fields of requests whose values are no credentials but words of HTTP (RFC 9110, RFC 6454, RFC 7239).
const OF_HTTP: [&str; 21] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "date",
    "expect",
    "forwarded",
    "from",
    "host",
    "max-forwards",
    "origin",
    "pragma",
    "referer",
    "soapaction",
    "te",
    "user-agent",
    "via",
];

/// Secrets as they are gathered from the options of a run.
pub(in crate::target) struct Gathered<'a> {
    /// Text that stands in records as it is.
    public: &'a str,
    secrets: BTreeSet<String>,
}

impl<'a> Gathered<'a> {
    /// None yet, for a run whose records show this text.
    pub(in crate::target) fn beside(public: &'a str) -> Self {
        Self { public, secrets: BTreeSet::new() }
    }

    /// Takes a secret. One that is empty hides nothing.
    ///
    /// # Errors
    /// One that cannot be hidden safely.
    pub(in crate::target) fn must_hide(&mut self, secret: &str) -> Result<(), Weak> {
        let secret = unquoted(secret);
        if secret.is_empty() || self.secrets.contains(secret) {
            return Ok(());
        }
        if let Some(weak) = Weak::of(secret, self.public) {
            return Err(weak);
        }
        self.secrets.insert(secret.to_owned());
        Ok(())
    }

    /// Takes what may be a secret, where it can be hidden safely: words and numbers are none.
    fn may_hide(&mut self, secret: &str) {
        let _ = self.must_hide(secret);
    }

    /// Takes a user and a password, as they stand in a field (RFC 7617 2) and by themselves. The user is no
    /// secret.
    ///
    /// # Errors
    /// A password that cannot be hidden safely.
    pub(in crate::target) fn basic(&mut self, user: &str, password: &str) -> Result<(), Weak> {
        self.must_hide(password)?;
        self.must_hide(&STANDARD.encode(format!("{user}:{password}")))
    }

    /// Takes the user information of a URL, as it is written and as it is meant.
    ///
    /// # Errors
    /// A password that cannot be hidden safely.
    pub(in crate::target) fn user_info(&mut self, url: &Url) -> Result<(), Weak> {
        let Some(password) = url.password() else {
            // Some put a token there.
            self.may_hide(url.username());
            return Ok(());
        };
        self.must_hide(password)?;
        self.basic(&percent_decoded(url.username()), &percent_decoded(password))
    }

    /// Takes the query of a URL: all of it, and what its parameters hold.
    ///
    /// # Errors
    /// A parameter, named after a credential, that cannot be hidden safely.
    pub(in crate::target) fn query(&mut self, query: &str) -> Result<(), Weak> {
        self.may_hide(query);
        let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or(("", pair)));
        for (name, value) in pairs {
            for value in [value, &percent_decoded(value)] {
                self.named(name, value)?;
            }
        }
        Ok(())
    }

    /// Takes what the value of a header field holds.
    ///
    /// # Errors
    /// A credential that cannot be hidden safely. What stands beside one that can, and is not named after one
    /// itself, is none: a cookie `lang=en`.
    pub(in crate::target) fn field(&mut self, name: &str, value: &str) -> Result<(), Weak> {
        let name = name.to_ascii_lowercase();
        let value = unquoted(value.trim());
        if name.contains("cookie") {
            return self.pairs(value, ';');
        }
        if name.contains("authorization") {
            return self.authorization(value);
        }
        if OF_HTTP.contains(&&*name) {
            return Ok(());
        }
        if is_credential(&name) {
            value.split([' ', ';', ',', '=']).for_each(|part| self.may_hide(part));
        }
        self.named(&name, value)
    }

    /// Takes the value of an Authorization field (RFC 9110 11.4): a scheme, and a token or parameters.
    fn authorization(&mut self, value: &str) -> Result<(), Weak> {
        let (scheme, rest) = value.split_once(' ').unwrap_or(("", value));
        let rest = rest.trim();
        if rest.trim_end_matches('=').contains('=') {
            return self.pairs(rest, ',');
        }
        if scheme.eq_ignore_ascii_case("basic")
            && let Some(pair) = [&STANDARD, &STANDARD_NO_PAD]
                .iter()
                .find_map(|engine: &&GeneralPurpose| engine.decode(rest).ok())
            && let Some((user, password)) = String::from_utf8_lossy(&pair).split_once(':')
        {
            self.basic(user, password)?;
        }
        self.must_hide(rest)
    }

    /// Takes `name=value` and its like.
    fn pairs(&mut self, value: &str, separator: char) -> Result<(), Weak> {
        let before = self.secrets.len();
        let pairs = value.split(separator).map(|pair| pair.split_once('=').unwrap_or(("", pair)));
        let pairs = pairs.map(|(name, value)| (name.trim(), value.trim()));
        let pairs: Vec<_> =
            pairs.filter(|(name, _)| !NO_CREDENTIALS.contains(&&*name.to_ascii_lowercase())).collect();
        for (name, value) in &pairs {
            self.named(name, value)?;
        }
        // One of them is why the field is sent.
        match pairs.first() {
            Some((_, value)) if self.secrets.len() == before => self.must_hide(value),
            _ => Ok(()),
        }
    }

    fn named(&mut self, name: &str, value: &str) -> Result<(), Weak> {
        if is_credential(&name.to_ascii_lowercase()) {
            return self.must_hide(value);
        }
        self.may_hide(value);
        Ok(())
    }

    /// All of them.
    ///
    /// # Errors
    /// [`Weak::Long`], where all of them together are too long.
    pub(in crate::target) fn secrets(self) -> Result<Secrets, Weak> {
        Secrets::of(&self.secrets, self.public)
    }
}

/// Whether a name in small letters is that of a credential: of a field, a cookie, a parameter.
pub(crate) fn is_credential(name: &str) -> bool {
    CREDENTIALS.iter().any(|word| name.contains(word)) || name.ends_with("sid") || name.ends_with("pwd")
}

/// Whether the value of a header field with this name is a credential of whoever sends it.
pub(crate) fn is_credential_field(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    is_credential(&name) && !OF_HTTP.contains(&&*name)
}

fn unquoted(value: &str) -> &str {
    let inside = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let byte = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(b'%'));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_field(name: &str, value: &str) -> Result<Vec<String>, Weak> {
        let mut gathered = Gathered::beside("http://um.example/");
        gathered.field(name, value)?;
        Ok(gathered.secrets.into_iter().collect())
    }

    #[test]
    fn the_parts_of_a_field_that_are_secrets_are_told_from_the_others() {
        for (name, value, secrets) in [
            ("Authorization", "Bearer hunter22", vec!["hunter22"]),
            ("Authorization", "hunter22", vec!["hunter22"]),
            ("Proxy-Authorization", "Basic dXNlcjpodW50ZXIyMg==", vec!["dXNlcjpodW50ZXIyMg==", "hunter22"]),
            (
                "Authorization",
                "Digest username=\"me\", qop=auth, response=\"0a1b2c3d4e\"",
                vec!["0a1b2c3d4e"],
            ),
            ("Cookie", "lang=en; sid=\"hunter22\"", vec!["hunter22"]),
            ("X-Api-Key", "\"hunter22\"", vec!["hunter22"]),
            ("X-Trace", "hunter22", vec!["hunter22"]),
            ("X-PreferServerAffinity", "true", vec![]),
            ("Accept-Language", "de-DE, en-GB", vec![]),
        ] {
            assert_eq!(
                of_field(name, value),
                Ok(secrets.iter().map(|part| (*part).to_owned()).collect()),
                "{name}"
            );
        }
    }

    #[test]
    fn a_credential_that_cannot_be_hidden_is_refused() {
        for (name, value, weak) in [
            ("Authorization", "Bearer abc", Weak::Short),
            ("Authorization", "Bearer aaaaaaaaaaaa", Weak::Short),
            ("Authorization", "Bearer disconnect", Weak::Common),
            ("Authorization", "Basic bWU6YWJj", Weak::Short),
            ("Cookie", "sid=abc; theme=midnight-blue", Weak::Short),
            ("Cookie", "a=b", Weak::Short),
            ("X-Api-Key", "abc", Weak::Short),
            ("X-Api-Key", "um.example", Weak::Common),
        ] {
            assert_eq!(of_field(name, value), Err(weak), "{name}: {value}");
        }
    }

    #[test]
    fn a_query_and_user_information_are_taken_as_written_and_as_meant() {
        let mut gathered = Gathered::beside("");
        gathered.query("v=1&key=hunter%2F22").unwrap();
        let url = Url::parse("http://me:pass%20word22@proxy.example/").unwrap();
        gathered.user_info(&url).unwrap();
        for secret in ["hunter/22", "hunter%2F22", "pass word22", "pass%20word22", "bWU6cGFzcyB3b3JkMjI="] {
            assert!(gathered.secrets.contains(secret), "{secret}");
        }
        assert_eq!(gathered.query("key=abc"), Err(Weak::Short));
    }
}

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// Bytes in a record: as text where they are UTF-8 without control characters but white space, which JSON would
/// write six times as long, else as base64.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Shown", into = "Shown")]
pub struct Bytes(pub Vec<u8>);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shown {
    Text(String),
    Base64(String),
}

impl From<Bytes> for Shown {
    fn from(bytes: Bytes) -> Self {
        let is_control = |byte: &u8| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r');
        if bytes.0.iter().any(is_control) {
            return Self::Base64(STANDARD.encode(bytes.0));
        }
        match String::from_utf8(bytes.0) {
            Ok(text) => Self::Text(text),
            Err(error) => Self::Base64(STANDARD.encode(error.into_bytes())),
        }
    }
}

impl TryFrom<Shown> for Bytes {
    type Error = base64::DecodeError;

    fn try_from(shown: Shown) -> Result<Self, Self::Error> {
        Ok(Self(match shown {
            Shown::Text(text) => text.into_bytes(),
            Shown::Base64(text) => STANDARD.decode(text)?,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_bytes_survive_a_record() {
        for bytes in [&b""[..], b"text \0", b"\xFF\xFE<"] {
            let bytes = Bytes(bytes.to_vec());
            let json = serde_json::to_string(&bytes).unwrap();
            assert_eq!(serde_json::from_str::<Bytes>(&json).unwrap(), bytes, "{json}");
        }
        let controls = serde_json::to_string(&Bytes(vec![1; 3_000])).unwrap();
        assert!(controls.len() < 4_100, "{}", controls.len());
    }
}

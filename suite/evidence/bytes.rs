use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize, Serializer};

/// Bytes in a record: as text where they are UTF-8 without control characters but white space, which JSON would
/// write six times as long, else as base64.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "Shown<String>")]
pub struct Bytes(pub Vec<u8>);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shown<T> {
    Text(T),
    Base64(T),
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_control = |byte: &u8| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r');
        let text = std::str::from_utf8(&self.0).ok().filter(|_| !self.0.iter().any(is_control));
        match text {
            Some(text) => Shown::Text(text).serialize(serializer),
            None => Shown::Base64(&*STANDARD.encode(&self.0)).serialize(serializer),
        }
    }
}

impl TryFrom<Shown<String>> for Bytes {
    type Error = base64::DecodeError;

    fn try_from(shown: Shown<String>) -> Result<Self, Self::Error> {
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

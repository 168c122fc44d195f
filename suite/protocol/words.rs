//! Ids and profiles as the words by which people know them, in records.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{AmbiguityId, Profile, RequirementId};

macro_rules! as_words {
    ($($kind:ty),*) => {
        $(impl Serialize for $kind {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // Only the whole word is taken here, not the short forms of the command line.
                let text = String::deserialize(deserializer)?;
                let known = text.parse::<Self>().map_err(serde::de::Error::custom)?;
                if known.to_string() == text {
                    Ok(known)
                } else {
                    Err(serde::de::Error::custom(format!("{text:?} should be written {known}")))
                }
            }
        })*
    };
}

as_words!(AmbiguityId, Profile, RequirementId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_read() {
        let id = RequirementId(82);
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"UMD-R082\"");
        assert_eq!(serde_json::from_str::<RequirementId>("\"UMD-R082\"").unwrap(), id);
        for wrong in ["\"82\"", "\"UMD-R999\"", "\"\""] {
            assert!(serde_json::from_str::<RequirementId>(wrong).is_err(), "{wrong}");
        }
        assert_eq!(serde_json::from_str::<Profile>("\"strict\"").unwrap(), Profile::Strict);
        assert!(serde_json::from_str::<Profile>("\"lenient\"").is_err());
    }
}

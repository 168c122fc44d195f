//! Reading what [`Packer`](super::pack::Packer) writes. References are followed while the evidence is read, so
//! that no text is copied more than once.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer as _,
    MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Map, Value};

/// How deep references may lead into each other: evidence is about ten levels deep.
const DEEPEST: usize = 64;

/// What a list entry, a field or a number counts for against the bound, in bytes.
const NODE: usize = 16;

/// The parts of a record that were read so far.
#[derive(Debug)]
pub(super) struct Parts {
    values: BTreeMap<usize, Value>,
    /// How many bytes may still be read: a few references could stand for more than any machine holds.
    left: Cell<usize>,
}

impl Parts {
    /// No parts, and a bound to the bytes that all references together stand for.
    pub(super) fn new(bound: usize) -> Self {
        Self { values: BTreeMap::new(), left: Cell::new(bound) }
    }

    /// Adds parts from this number on.
    pub(super) fn add(&mut self, first: usize, parts: Vec<Value>) -> Result<(), Error> {
        for (number, part) in (first..).zip(parts) {
            let part = match &part {
                Value::Object(fields) if fields.contains_key("join") => Value::String(self.joined(fields)?),
                _ => part,
            };
            self.values.insert(number, part);
        }
        Ok(())
    }

    /// Reads a value.
    pub(super) fn read<T: DeserializeOwned>(&self, value: &Value) -> Result<T, Error> {
        T::deserialize(Unpacked { value, parts: self, depth: 0 })
    }

    fn spend(&self, bytes: usize) -> Result<(), Error> {
        let left = self.left.get().checked_sub(bytes);
        self.left.set(left.ok_or_else(too_much)?);
        Ok(())
    }

    fn part(&self, number: &Value) -> Result<&Value, Error> {
        let part = count(Some(number)).and_then(|number| self.values.get(&number));
        part.ok_or_else(|| Error::custom("it refers to a part that is not there"))
    }

    /// The text that is made of pieces.
    fn joined(&self, reference: &Map<String, Value>) -> Result<String, Error> {
        let pieces = reference.get("join").and_then(Value::as_array).filter(|_| reference.len() == 1);
        let mut text = String::new();
        for piece in pieces.ok_or_else(unclear)? {
            if let Value::Object(compressed) = piece
                && let Some(base64) = compressed.get("zlib")
            {
                let base64 = base64.as_str().filter(|_| compressed.len() == 1).ok_or_else(unclear)?;
                text.push_str(&self.decompressed(base64)?);
                continue;
            }
            let (unit, times) = match piece {
                Value::String(plain) => (plain.as_str(), 1),
                Value::Object(run) if run.len() == 2 => {
                    let unit = run
                        .get("of")
                        .and_then(Value::as_str)
                        .filter(|unit| !unit.is_empty())
                        .ok_or_else(unclear)?;
                    (unit, count(run.get("times")).ok_or_else(unclear)?)
                }
                _ => return Err(unclear()),
            };
            self.spend(unit.len().saturating_mul(times).saturating_add(NODE))?;
            text.push_str(&unit.repeat(times));
        }
        Ok(text)
    }

    /// The text of this zlib in base64; no more of it is made than may still be read.
    fn decompressed(&self, base64: &str) -> Result<String, Error> {
        let zlib = STANDARD.decode(base64).map_err(|_| unclear())?;
        let bytes = decompress_to_vec_zlib_with_limit(&zlib, self.left.get()).map_err(|error| match error
            .status
        {
            TINFLStatus::HasMoreOutput => too_much(),
            _ => unclear(),
        })?;
        self.spend(bytes.len().saturating_add(NODE))?;
        String::from_utf8(bytes).map_err(|_| unclear())
    }

    /// The text that is like another one but for its middle.
    fn text(&self, reference: &Map<String, Value>) -> Result<String, Error> {
        let like = reference.get("like").and_then(Value::as_array).filter(|_| reference.len() == 2);
        let Some([base, head, tail]) = like.map(Vec::as_slice) else { return Err(unclear()) };
        let base = self.part(base)?.as_str().ok_or_else(unclear)?;
        let with = match reference.get("with") {
            Some(Value::String(text)) => Cow::Borrowed(text.as_str()),
            Some(Value::Object(other)) => match other.get("part").filter(|_| other.len() == 1) {
                Some(part) => Cow::Borrowed(self.part(part)?.as_str().ok_or_else(unclear)?),
                None => Cow::Owned(self.joined(other)?),
            },
            _ => return Err(unclear()),
        };
        let (head, tail) = (count(Some(head)).ok_or_else(unclear)?, count(Some(tail)).ok_or_else(unclear)?);
        let characters = base.chars().count();
        let end = characters.checked_sub(tail).filter(|end| head <= *end).ok_or_else(unclear)?;
        self.spend(base.len() + with.len())?;
        let at = |character: usize| base.char_indices().nth(character).map_or(base.len(), |(byte, _)| byte);
        let (head, tail) = if base.is_ascii() { (head, end) } else { (at(head), at(end)) };
        Ok([&base[..head], &with, &base[tail..]].concat())
    }
}

fn count(value: Option<&Value>) -> Option<usize> {
    value.and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok())
}

fn too_much() -> Error {
    Error::custom("its references stand for more than any run leaves")
}

fn unclear() -> Error {
    Error::custom("a reference to a part is not as it should be")
}

/// A value in which references stand for what came before.
#[derive(Clone, Copy)]
struct Unpacked<'a> {
    value: &'a Value,
    parts: &'a Parts,
    depth: usize,
}

/// A value without a reference at its top.
enum Resolved<'a> {
    Text(String),
    Value(Unpacked<'a>),
}

impl<'a> Unpacked<'a> {
    fn within(self, value: &'a Value) -> Self {
        Self { value, depth: self.depth + 1, ..self }
    }

    fn resolved(self) -> Result<Resolved<'a>, Error> {
        let mut here = self;
        loop {
            self.parts.spend(NODE)?;
            if here.depth > DEEPEST {
                return Err(Error::custom("its references lead too deep"));
            }
            let Value::Object(fields) = here.value else { return Ok(Resolved::Value(here)) };
            match reference(fields) {
                Some("part") if fields.len() > 1 => return Err(unclear()),
                Some("part") => here = here.within(here.parts.part(&fields["part"])?),
                Some("like") => return here.parts.text(fields).map(Resolved::Text),
                Some(_) => return here.parts.joined(fields).map(Resolved::Text),
                None => return Ok(Resolved::Value(here)),
            }
        }
    }
}

/// Names by which an object is a reference; of several the first one counts.
const REFERENCES: [&str; 3] = ["part", "like", "join"];

/// By which name an object is a reference, if it is one. Every object is asked, so its names are gone over once.
fn reference(fields: &Map<String, Value>) -> Option<&'static str> {
    let named = |name: &String| REFERENCES.iter().position(|known| *known == name);
    fields.keys().filter_map(named).min().map(|at| REFERENCES[at])
}

impl<'de> Deserializer<'de> for Unpacked<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let here = match self.resolved()? {
            Resolved::Text(text) => return visitor.visit_string(text),
            Resolved::Value(here) => here,
        };
        match here.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => number.deserialize_any(visitor),
            Value::String(text) => {
                here.parts.spend(text.len())?;
                visitor.visit_str(text)
            }
            Value::Array(items) => visitor.visit_seq(Items { items: items.iter(), of: here }),
            Value::Object(fields) => visitor.visit_map(Fields { left: fields.iter(), value: None, of: here }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let here = match self.resolved()? {
            Resolved::Text(text) => return visitor.visit_enum(text.into_deserializer()),
            Resolved::Value(here) => here,
        };
        match here.value {
            Value::String(name) => visitor.visit_enum(name.as_str().into_deserializer()),
            Value::Object(fields) if fields.len() == 1 => {
                let (name, value) = fields.iter().next().ok_or_else(|| Error::custom("no variant"))?;
                visitor.visit_enum(Variant { name, value: here.within(value) })
            }
            _ => Err(Error::custom("expected the name of a variant, or an object of one field")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map struct identifier
    }
}

struct Items<'a> {
    items: std::slice::Iter<'a, Value>,
    of: Unpacked<'a>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.items.next().map(|item| seed.deserialize(self.of.within(item))).transpose()
    }
}

struct Fields<'a> {
    left: serde_json::map::Iter<'a>,
    value: Option<&'a Value>,
    of: Unpacked<'a>,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some((name, value)) = self.left.next() else { return Ok(None) };
        self.value = Some(value);
        let name: serde::de::value::StrDeserializer<'_, Error> = name.as_str().into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        let value = self.value.take().ok_or_else(|| Error::custom("a value without a name"))?;
        seed.deserialize(self.of.within(value))
    }
}

struct Variant<'a> {
    name: &'a str,
    value: Unpacked<'a>,
}

impl<'de, 'a> EnumAccess<'de> for Variant<'a> {
    type Error = Error;
    type Variant = Unpacked<'a>;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Unpacked<'a>), Error> {
        let name: serde::de::value::StrDeserializer<'_, Error> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self.value))
    }
}

impl<'de> VariantAccess<'de> for Unpacked<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Err(Error::custom("a variant that holds nothing stands by its name alone"))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }
}

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::compress_to_vec_zlib;
    use serde_json::json;

    use super::*;

    fn read(parts: Vec<Value>, value: &Value) -> Result<Vec<String>, String> {
        let mut all = Parts::new(100_000);
        all.add(0, parts).map_err(|error| error.to_string())?;
        all.read(value).map_err(|error| error.to_string())
    }

    #[test]
    fn references_stand_for_parts() {
        let parts = vec![json!("abcdef"), json!([{"part": 0}, "x"])];
        assert_eq!(read(parts.clone(), &json!({"part": 1})).unwrap(), ["abcdef", "x"]);
        let like = json!([{"like": [0, 2, 1], "with": "--"}]);
        assert_eq!(read(parts, &like).unwrap(), ["ab--f"]);
    }

    #[test]
    fn what_refers_to_nothing_or_to_too_much_is_refused() {
        let text = || vec![json!("abc")];
        for wrong in [
            json!([{"part": 1}]),
            json!([{"part": -1}]),
            json!([{"part": "0"}]),
            json!([{"part": 0, "more": 1}]),
            json!([{"like": [0, 2, 2], "with": ""}]),
            json!([{"like": [0, 2], "with": ""}]),
            json!([{"like": [0, 1, 1], "with": "", "more": 1}]),
            json!([{"like": [0, 1, 1]}]),
            json!([{"join": [{"of": "x", "times": 1_000_000_000}]}]),
            json!([{"join": [{"of": "", "times": 1_000_000_000_000_u64}]}]),
        ] {
            assert!(read(text(), &wrong).is_err(), "{wrong}");
        }
        let zlib =
            |bytes: &[u8]| json!([{"join": [{"zlib": STANDARD.encode(compress_to_vec_zlib(bytes, 6))}]}]);
        assert_eq!(read(text(), &zlib(b"def")).unwrap(), ["def"]);
        assert!(read(text(), &zlib(&vec![b'0'; 10_000_000])).unwrap_err().contains("more than any run"));
        assert!(read(text(), &zlib(b"\xFF")).is_err());
        assert!(read(text(), &json!([{"join": [{"zlib": "AAAA"}]}])).is_err());
        assert!(read(text(), &json!([{"join": [{"zlib": "", "of": "x"}]}])).is_err());
        let itself = vec![json!({"part": 0})];
        assert!(read(itself, &json!({"part": 0})).unwrap_err().contains("too deep"));
        let long = vec![json!("x".repeat(60_000))];
        assert!(read(long, &json!([{"part": 0}, {"part": 0}])).unwrap_err().contains("more than any run"));
    }
}

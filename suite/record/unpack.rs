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
use serde_json::Error;

use super::tree::{Fields, Tree};

/// How deep references may lead into each other: evidence is about ten levels deep.
const DEEPEST: usize = 64;

/// What a list entry, a field or a number counts for against the bound, in bytes.
const NODE: usize = 16;

/// The parts of a record that were read so far.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    values: BTreeMap<usize, Tree<'a>>,
    /// How many bytes may still be read: a few references could stand for more than any machine holds.
    left: Cell<usize>,
}

impl<'a> Parts<'a> {
    /// No parts, and a bound to the bytes that all references together stand for.
    pub(super) fn new(bound: usize) -> Self {
        Self { values: BTreeMap::new(), left: Cell::new(bound) }
    }

    /// Adds parts from this number on.
    pub(super) fn add(&mut self, first: usize, parts: Vec<Tree<'a>>) -> Result<(), Error> {
        for (place, part) in parts.into_iter().enumerate() {
            let number = first.checked_add(place).ok_or_else(unclear)?;
            let part = match &part {
                Tree::Object(fields) if fields.get("join").is_some() => {
                    Tree::Text(Cow::Owned(self.joined(fields)?))
                }
                _ => part,
            };
            self.values.insert(number, part);
        }
        Ok(())
    }

    /// Reads a value.
    pub(super) fn read<T: DeserializeOwned>(&self, value: &Tree<'a>) -> Result<T, Error> {
        T::deserialize(Unpacked { value, parts: self, depth: 0 })
    }

    fn spend(&self, bytes: usize) -> Result<(), Error> {
        let left = self.left.get().checked_sub(bytes);
        self.left.set(left.ok_or_else(too_much)?);
        Ok(())
    }

    fn part(&self, number: &Tree<'_>) -> Result<&Tree<'a>, Error> {
        let part = number.count().and_then(|number| self.values.get(&number));
        part.ok_or_else(|| Error::custom("it refers to a part that is not there"))
    }

    /// The text that is made of pieces.
    fn joined(&self, reference: &Fields<'_>) -> Result<String, Error> {
        let Some(Tree::List(pieces)) = reference.get("join").filter(|_| reference.len() == 1) else {
            return Err(unclear());
        };
        let mut text = String::new();
        for piece in pieces {
            if let Tree::Object(compressed) = piece
                && let Some(base64) = compressed.get("zlib")
            {
                let base64 = base64.text().filter(|_| compressed.len() == 1).ok_or_else(unclear)?;
                text.push_str(&self.decompressed(base64)?);
                continue;
            }
            let (unit, times) = match piece {
                Tree::Text(plain) => (&**plain, 1),
                Tree::Object(run) if run.len() == 2 => {
                    let unit = run.get("of").and_then(Tree::text).filter(|unit| !unit.is_empty());
                    let times = run.get("times").and_then(Tree::count);
                    (unit.ok_or_else(unclear)?, times.ok_or_else(unclear)?)
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
    fn text(&self, reference: &Fields<'_>) -> Result<String, Error> {
        let Some(Tree::List(like)) = reference.get("like").filter(|_| reference.len() == 2) else {
            return Err(unclear());
        };
        let [base, head, tail] = like.as_slice() else { return Err(unclear()) };
        let base = self.part(base)?.text().ok_or_else(unclear)?;
        let with = match reference.get("with") {
            Some(Tree::Text(text)) => Cow::Borrowed(&**text),
            Some(Tree::Object(other)) => match other.get("part").filter(|_| other.len() == 1) {
                Some(part) => Cow::Borrowed(self.part(part)?.text().ok_or_else(unclear)?),
                None => Cow::Owned(self.joined(other)?),
            },
            _ => return Err(unclear()),
        };
        let (head, tail) = (head.count().ok_or_else(unclear)?, tail.count().ok_or_else(unclear)?);
        let characters = base.chars().count();
        let end = characters.checked_sub(tail).filter(|end| head <= *end).ok_or_else(unclear)?;
        self.spend(base.len() + with.len())?;
        let at = |character: usize| base.char_indices().nth(character).map_or(base.len(), |(byte, _)| byte);
        let (head, tail) = if base.is_ascii() { (head, end) } else { (at(head), at(end)) };
        Ok([&base[..head], &with, &base[tail..]].concat())
    }
}

fn too_much() -> Error {
    Error::custom("its references stand for more than any run leaves")
}

fn unclear() -> Error {
    Error::custom("a reference to a part is not as it should be")
}

/// A value in which references stand for what came before.
#[derive(Clone, Copy)]
struct Unpacked<'p, 'a> {
    value: &'p Tree<'a>,
    parts: &'p Parts<'a>,
    depth: usize,
}

/// A value without a reference at its top.
enum Resolved<'p, 'a> {
    Text(String),
    Value(Unpacked<'p, 'a>),
}

impl<'p, 'a> Unpacked<'p, 'a> {
    fn within(self, value: &'p Tree<'a>) -> Self {
        Self { value, depth: self.depth + 1, ..self }
    }

    fn resolved(self) -> Result<Resolved<'p, 'a>, Error> {
        let mut here = self;
        loop {
            self.parts.spend(NODE)?;
            if here.depth > DEEPEST {
                return Err(Error::custom("its references lead too deep"));
            }
            let Tree::Object(fields) = here.value else { return Ok(Resolved::Value(here)) };
            match reference(fields) {
                Some(("part", _)) if fields.len() > 1 => return Err(unclear()),
                Some(("part", number)) => here = here.within(here.parts.part(number)?),
                Some(("like", _)) => return here.parts.text(fields).map(Resolved::Text),
                Some(_) => return here.parts.joined(fields).map(Resolved::Text),
                None => return Ok(Resolved::Value(here)),
            }
        }
    }
}

/// Names by which an object is a reference; of several the first one counts.
const REFERENCES: [&str; 3] = ["part", "like", "join"];

/// By which name an object is a reference, if it is one. Every object is asked, so its names are gone over once.
fn reference<'p, 'a>(fields: &'p Fields<'a>) -> Option<(&'static str, &'p Tree<'a>)> {
    let named = |(name, value)| Some((REFERENCES.iter().position(|known| *known == name)?, value));
    fields.iter().filter_map(named).min_by_key(|(at, _)| *at).map(|(at, value)| (REFERENCES[at], value))
}

impl<'de> Deserializer<'de> for Unpacked<'_, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let here = match self.resolved()? {
            Resolved::Text(text) => return visitor.visit_string(text),
            Resolved::Value(here) => here,
        };
        match here.value {
            Tree::Null => visitor.visit_unit(),
            Tree::Bool(value) => visitor.visit_bool(*value),
            Tree::Unsigned(number) => visitor.visit_u64(*number),
            Tree::Signed(number) => visitor.visit_i64(*number),
            Tree::Float(number) => visitor.visit_f64(*number),
            Tree::Text(text) => {
                here.parts.spend(text.len())?;
                visitor.visit_str(text)
            }
            Tree::List(items) => visitor.visit_seq(Items { items: items.iter(), of: here }),
            Tree::Object(fields) => visitor.visit_map(Entries { left: fields.iter(), value: None, of: here }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if matches!(self.value, Tree::Null) { visitor.visit_none() } else { visitor.visit_some(self) }
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
            Tree::Text(name) => visitor.visit_enum((&**name).into_deserializer()),
            Tree::Object(fields) if fields.len() == 1 => {
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

struct Items<'p, 'a> {
    items: std::slice::Iter<'p, Tree<'a>>,
    of: Unpacked<'p, 'a>,
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.items.next().map(|item| seed.deserialize(self.of.within(item))).transpose()
    }
}

struct Entries<'p, 'a, I> {
    left: I,
    value: Option<&'p Tree<'a>>,
    of: Unpacked<'p, 'a>,
}

impl<'de, 'p, 'a: 'p, I: Iterator<Item = (&'p str, &'p Tree<'a>)>> MapAccess<'de> for Entries<'p, 'a, I> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some((name, value)) = self.left.next() else { return Ok(None) };
        self.value = Some(value);
        let name: serde::de::value::StrDeserializer<'_, Error> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        let value = self.value.take().ok_or_else(|| Error::custom("a value without a name"))?;
        seed.deserialize(self.of.within(value))
    }
}

struct Variant<'p, 'a> {
    name: &'p str,
    value: Unpacked<'p, 'a>,
}

impl<'de, 'p, 'a> EnumAccess<'de> for Variant<'p, 'a> {
    type Error = Error;
    type Variant = Unpacked<'p, 'a>;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self::Variant), Error> {
        let name: serde::de::value::StrDeserializer<'_, Error> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self.value))
    }
}

impl<'de> VariantAccess<'de> for Unpacked<'_, '_> {
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
    use serde_json::{Value, json};

    use super::*;

    fn read(parts: Vec<Value>, value: &Value) -> Result<Vec<String>, String> {
        let (parts, value) = (Value::from(parts).to_string(), value.to_string());
        let mut all = Parts::new(100_000);
        all.add(0, serde_json::from_str(&parts).unwrap()).map_err(|error| error.to_string())?;
        all.read(&serde_json::from_str(&value).unwrap()).map_err(|error| error.to_string())
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
        let two = serde_json::from_str("[1,2]").unwrap();
        assert!(Parts::new(100).add(usize::MAX, two).is_err(), "a number that no part can have");
        let itself = vec![json!({"part": 0})];
        assert!(read(itself, &json!({"part": 0})).unwrap_err().contains("too deep"));
        let long = vec![json!("x".repeat(60_000))];
        assert!(read(long, &json!([{"part": 0}, {"part": 0}])).unwrap_err().contains("more than any run"));
    }
}

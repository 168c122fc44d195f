//! JSON as it stands in a line, with its texts left where they are: a record has a hundred thousand of them, and
//! few are looked at more than once.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

/// A value of JSON that borrows from the bytes it was read from.
#[derive(Debug)]
pub(super) enum Tree<'a> {
    Bool(bool),
    Float(f64),
    List(Vec<Tree<'a>>),
    Null,
    Object(Fields<'a>),
    Signed(i64),
    Text(Cow<'a, str>),
    Unsigned(u64),
}

/// The fields of an object, in their order; a name may come twice. A record has few in each object, so that looking at
/// each is the fastest way to one.
#[derive(Debug)]
pub(super) struct Fields<'a>(Vec<(Cow<'a, str>, Tree<'a>)>);

impl<'a> Fields<'a> {
    /// The value of the first field of this name.
    pub(super) fn get(&self, name: &str) -> Option<&Tree<'a>> {
        self.iter().find_map(|(known, value)| (known == name).then_some(value))
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Each with its name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Tree<'a>)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }
}

impl Tree<'_> {
    /// Its text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// What it counts, if it is a number of something.
    pub(super) fn count(&self) -> Option<usize> {
        if let Self::Unsigned(count) = self { usize::try_from(*count).ok() } else { None }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Tree<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Tree<'de>, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree<'de>, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree<'de>, E> {
        Ok(Tree::Unsigned(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree<'de>, E> {
        Ok(Tree::Signed(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree<'de>, E> {
        Ok(Tree::Float(value))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Tree<'de>, E> {
        Ok(Tree::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree<'de>, E> {
        Ok(Tree::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some((Name(name), value)) = map.next_entry()? {
            fields.push((name, value));
        }
        Ok(Tree::Object(Fields(fields)))
    }
}

/// The name of a field: a `Cow` by itself is always read into memory of its own.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_is_read_and_what_has_no_escape_is_borrowed() {
        let json = r#"{"a":[null,true,7,-7,0.5,"plain","\n"],"a":{},"\u0062":1}"#;
        let tree: Tree<'_> = serde_json::from_str(json).unwrap();
        let Tree::Object(fields) = &tree else { panic!("{tree:?}") };
        assert_eq!((fields.len(), fields.get("b").and_then(Tree::count)), (3, Some(1)));
        // Of two the first one.
        let Some(Tree::List(items)) = fields.get("a") else { panic!("{tree:?}") };
        let [
            Tree::Null,
            Tree::Bool(true),
            Tree::Unsigned(7),
            Tree::Signed(-7),
            Tree::Float(half),
            plain,
            escaped,
        ] = items.as_slice()
        else {
            panic!("{items:?}")
        };
        assert!((half - 0.5).abs() < f64::EPSILON);
        assert!(matches!(plain, Tree::Text(Cow::Borrowed("plain"))), "{plain:?}");
        assert!(matches!(escaped, Tree::Text(Cow::Owned(text)) if text == "\n"), "{escaped:?}");
        assert_eq!((plain.count(), escaped.text()), (None, Some("\n")));
    }
}

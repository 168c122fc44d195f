//! The values of a record as JSON, each text and each list looked at as a whole before it is written: serde_json's
//! formatter is told of a text by its escaped pieces, and a text that was written before need not be escaped again.

use serde::ser::{self, Serialize, Serializer};

use super::writing::Writing;

type Error = serde_json::Error;

/// A list or an object that is under way.
pub(super) struct Compound<'a> {
    writing: &'a mut Writing,
    /// Where it begins in what is written.
    start: usize,
    /// Where the object begins that holds nothing but it, under the name of a variant.
    variant: Option<usize>,
    is_empty: bool,
    close: u8,
}

impl Compound<'_> {
    fn comma(&mut self) {
        if !self.is_empty {
            self.writing.out.push(b',');
        }
        self.is_empty = false;
    }

    fn item(&mut self, value: &(impl ?Sized + Serialize)) -> Result<(), Error> {
        self.comma();
        value.serialize(&mut *self.writing)
    }

    fn field(&mut self, name: &str, value: &(impl ?Sized + Serialize)) -> Result<(), Error> {
        self.comma();
        self.writing.name(name)?;
        value.serialize(&mut *self.writing)
    }

    fn finish(self) {
        self.writing.out.push(self.close);
        self.writing.end_compound(self.start);
        if let Some(start) = self.variant {
            self.writing.out.push(b'}');
            self.writing.end_compound(start);
        }
    }
}

impl Writing {
    fn begin(&mut self, open: u8, close: u8) -> Compound<'_> {
        let start = self.out.len();
        self.out.push(open);
        Compound { writing: self, start, variant: None, is_empty: true, close }
    }

    fn begin_variant(&mut self, name: &str, open: u8, close: u8) -> Result<Compound<'_>, Error> {
        let start = self.out.len();
        self.out.push(b'{');
        self.name(name)?;
        Ok(Compound { variant: Some(start), ..self.begin(open, close) })
    }

    fn name(&mut self, name: &str) -> Result<(), Error> {
        self.as_it_is(name)?;
        self.out.push(b':');
        Ok(())
    }

    /// A value that is never a part.
    fn as_it_is(&mut self, value: &(impl ?Sized + Serialize)) -> Result<(), Error> {
        serde_json::to_writer(&mut self.out, value)
    }
}

/// Numbers and truth values stand as they are.
macro_rules! as_they_are {
    ($($method:ident: $kind:ty),*) => {
        $(fn $method(self, value: $kind) -> Result<(), Error> {
            self.as_it_is(&value)
        })*
    };
}

impl<'a> Serializer for &'a mut Writing {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Compound<'a>;
    type SerializeTuple = Compound<'a>;
    type SerializeTupleStruct = Compound<'a>;
    type SerializeTupleVariant = Compound<'a>;
    type SerializeMap = Compound<'a>;
    type SerializeStruct = Compound<'a>;
    type SerializeStructVariant = Compound<'a>;

    as_they_are!(
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_f32: f32,
        serialize_f64: f64
    );

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.text(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        self.text(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.text(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let mut object = self.begin(b'{', b'}');
        object.field(variant, value)?;
        object.finish();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'a>, Error> {
        Ok(self.begin(b'[', b']'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'a>, Error> {
        Ok(self.begin(b'[', b']'))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'a>, Error> {
        Ok(self.begin(b'[', b']'))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, Error> {
        self.begin_variant(variant, b'[', b']')
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'a>, Error> {
        Ok(self.begin(b'{', b'}'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Compound<'a>, Error> {
        Ok(self.begin(b'{', b'}'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, Error> {
        self.begin_variant(variant, b'{', b'}')
    }
}

/// Lists, whatever serde calls them.
macro_rules! lists {
    ($($of:ident: $method:ident),*) => {
        $(impl ser::$of for Compound<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
                self.item(value)
            }

            fn end(self) -> Result<(), Error> {
                self.finish();
                Ok(())
            }
        })*
    };
}

lists!(
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
);

/// Objects with the fields of a type.
macro_rules! objects {
    ($($of:ident),*) => {
        $(impl ser::$of for Compound<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Error> {
                self.finish();
                Ok(())
            }
        })*
    };
}

objects!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Error> {
        self.comma();
        let start = self.writing.out.len();
        self.writing.as_it_is(key)?;
        if self.writing.out.get(start) != Some(&b'"') {
            return Err(ser::Error::custom("the name of a field is no text"));
        }
        self.writing.out.push(b':');
        Ok(())
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.writing)
    }

    fn end(self) -> Result<(), Error> {
        self.finish();
        Ok(())
    }
}

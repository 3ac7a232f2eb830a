//! A part as the index takes it, and as it keeps it. Tantivy's own document copies each text several
//! times on both ways.

use std::slice;

use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use tantivy::schema::{Document, Field, OwnedValue};

/// Values to be indexed, each in any number of fields.
#[derive(Debug, Default)]
pub(crate) struct IndexedPart {
    values: Vec<OwnedValue>,
    /// The fields with the places of their values.
    fields: Vec<(Field, usize)>,
}

impl IndexedPart {
    /// Adds a value to `fields`.
    pub(crate) fn add(&mut self, fields: &[Field], value: impl Into<OwnedValue>) {
        let place = self.values.len();
        self.values.push(value.into());
        self.fields.extend(fields.iter().map(|&field| (field, place)));
    }
}

impl Document for IndexedPart {
    type Value<'a> = &'a OwnedValue;
    type FieldsValuesIter<'a> = FieldsValues<'a>;

    fn iter_fields_and_values(&self) -> FieldsValues<'_> {
        FieldsValues { values: &self.values, fields: self.fields.iter() }
    }
}

/// The fields of an [`IndexedPart`] with their values.
pub(crate) struct FieldsValues<'a> {
    values: &'a [OwnedValue],
    fields: slice::Iter<'a, (Field, usize)>,
}

impl<'a> Iterator for FieldsValues<'a> {
    type Item = (Field, &'a OwnedValue);

    fn next(&mut self) -> Option<Self::Item> {
        let &(field, place) = self.fields.next()?;
        self.values.get(place).map(|value| (field, value))
    }
}

/// The values of a part, to be taken out one by one.
#[derive(Debug, Default)]
pub(crate) struct StoredPart(Vec<(Field, OwnedValue)>);

impl DocumentDeserialize for StoredPart {
    fn deserialize<'de, D>(mut stored: D) -> Result<Self, DeserializeError>
    where
        D: DocumentDeserializer<'de>,
    {
        let mut values = Vec::with_capacity(stored.size_hint());
        while let Some(value) = stored.next_field()? {
            values.push(value);
        }
        Ok(Self(values))
    }
}

impl StoredPart {
    /// Takes out the first text of a field.
    pub(crate) fn text(&mut self, field: Field) -> Option<String> {
        self.0.iter_mut().find_map(|(of, value)| match value {
            OwnedValue::Str(_) if *of == field => {
                match std::mem::replace(value, OwnedValue::Null) {
                    OwnedValue::Str(text) => Some(text),
                    _ => None,
                }
            }
            _ => None,
        })
    }

    /// Returns the number of a field.
    pub(crate) fn number(&self, field: Field) -> Option<u64> {
        self.0.iter().find_map(|(of, value)| match value {
            OwnedValue::U64(number) if *of == field => Some(*number),
            _ => None,
        })
    }

    /// Returns the number of a field of signed ones.
    pub(crate) fn signed(&self, field: Field) -> Option<i64> {
        self.0.iter().find_map(|(of, value)| match value {
            OwnedValue::I64(number) if *of == field => Some(*number),
            _ => None,
        })
    }
}

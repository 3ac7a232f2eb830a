//! Values for the template.

use ecow::EcoString;
use typst::foundations::{Content, Dict, IntoValue as _, Str, Value};

use crate::body::Converter;
use crate::fonts::printable;

pub(crate) fn dict<const N: usize>(pairs: [(&str, Value); N]) -> Dict {
    pairs.into_iter().map(|(key, value)| (Str::from(key), value)).collect()
}

pub(crate) fn content(content: Content) -> Value {
    Value::Content(content)
}

pub(crate) fn text(converter: &mut Converter<'_>, text: &str) -> Value {
    content(converter.plain(text))
}

pub(crate) fn optional(converter: &mut Converter<'_>, value: &str) -> Value {
    if value.is_empty() { Value::None } else { text(converter, value) }
}

/// Text for the metadata, where there are no fonts but the same characters are shown.
pub(crate) fn string(converter: &mut Converter<'_>, text: &str) -> Value {
    let mut text = printable(text, converter.notes);
    text.truncate(text.floor_char_boundary(2000));
    EcoString::from(text).into_value()
}

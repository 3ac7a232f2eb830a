//! A post without questions as the template's input.

use typst::foundations::{Array, Dict, IntoValue as _};

use crate::body::Converter;
use crate::values::{dict, text};
use crate::words::{self, Words};
use crate::{BookArticle, Options};

/// Makes the template's input for an article: a day without entries, under the article's title.
pub(crate) fn value(
    article: &BookArticle,
    begins_portion: bool,
    options: &Options,
    words: &Words,
    converter: &mut Converter<'_>,
) -> Dict {
    converter.notes.at(article.post.clone());
    let folder = article.folder.as_path();
    let mut sections = Array::new();
    for (title, body) in &article.sections {
        let title = Some(title.trim()).filter(|title| !title.is_empty());
        let title = title.map(|title| converter.inline(title, folder));
        let body = converter.section(body, title.is_some(), folder);
        if title.is_some() || body.is_some() {
            sections.push(
                dict([("title", title.into_value()), ("body", body.into_value())]).into_value(),
            );
        }
    }
    converter.notes.at(String::new());
    let label = match article.title.trim() {
        "" => converter.plain(words.untitled),
        title => converter.inline(title, folder),
    };
    let short = article.date.map(|date| words::short_date(options.language, date));
    dict([
        ("post", ().into_value()),
        ("label", label.into_value()),
        ("short", text(converter, short.as_deref().unwrap_or(article.title.trim()))),
        ("begins-portion", begins_portion.into_value()),
        ("entries", Array::new().into_value()),
        ("sections", sections.into_value()),
    ])
}

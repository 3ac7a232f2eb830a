//! The HTML inside a post: what has a meaning in print is shown, the rest leaves its text.

use typst::foundations::NativeElement as _;
use typst::model::DividerElem;

use super::{Builder, web_url};
use crate::html::{Tag, Token, decode, is_plain, tokens};
use crate::line::Style;
use crate::notes::Omission;
use crate::source;

/// What an open HTML element does to the text that follows.
#[derive(Default)]
pub(super) struct State {
    /// The text of an open `<pre>`.
    pre: Option<String>,
    /// The element whose text is not for readers.
    skip: Option<String>,
    /// A cell of the row was written.
    in_row: bool,
}

impl State {
    /// Returns the text of a `<pre>` that was never closed.
    pub(super) fn open_pre(&mut self) -> Option<String> {
        self.pre.take()
    }

    /// Takes text that doesn't go to the line; says whether it did.
    pub(super) fn takes(&mut self, text: &str) -> bool {
        if self.skip.is_some() {
            return true;
        }
        if let Some(pre) = &mut self.pre {
            pre.push_str(text);
            return true;
        }
        false
    }
}

impl Builder<'_, '_> {
    pub(super) fn html(&mut self, html: &str) {
        for token in tokens(html) {
            match token {
                Token::Text(text) => {
                    let text = decode(text);
                    if !self.markup.takes(&text) {
                        self.with_line(|line, notes| line.text(&text, notes));
                    }
                }
                Token::Tag(tag) => self.tag(&tag),
                Token::Comment(text) => {
                    if let Some(kind) = source::kind_of_comment(text) {
                        self.mark_last(kind);
                    }
                }
                Token::Nothing => {}
            }
        }
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        if let Some(name) = &self.markup.skip {
            if tag.closing && *name == tag.name {
                self.markup.skip = None;
            }
            return;
        }
        if self.markup.pre.is_some() && tag.name != "pre" {
            return;
        }
        if let Some(style) = style_of(&tag.name) {
            let line = &mut self.frame().line;
            if tag.closing {
                line.close(&style);
            } else {
                line.open(style);
            }
            return;
        }
        match tag.name.as_str() {
            "a" if tag.closing => self.frame().line.close_link(),
            "a" => {
                if let Some(url) = tag.attribute("href").and_then(|target| web_url(&target)) {
                    self.frame().line.open(Style::Link(url));
                }
            }
            "br" => self.frame().line.line_break(),
            "hr" => {
                self.flush();
                self.push(DividerElem::new().pack());
            }
            "img" => {
                let target = tag.attribute("src").unwrap_or_default();
                let alt = tag.attribute("alt").unwrap_or_default();
                self.place_picture(&target, &alt);
            }
            "pre" => self.pre(tag.closing),
            "summary" => {
                self.flush();
                if !tag.closing {
                    self.frame().line.open(Style::Strong);
                }
            }
            "li" | "dd" if !tag.closing => {
                self.flush();
                self.with_line(|line, notes| line.text("• ", notes));
            }
            "tr" => {
                self.markup.in_row = false;
                self.flush();
            }
            "td" | "th" if !tag.closing => {
                if self.markup.in_row {
                    self.with_line(|line, notes| line.text(" | ", notes));
                }
                self.markup.in_row = true;
            }
            "table" => {
                self.flush();
                self.converter.notes.add(Omission::HtmlTable);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                if !tag.closing {
                    self.frame().line.open(Style::Strong);
                }
            }
            "script" | "style" | "title" | "template" | "svg" | "math" | "object" | "iframe"
            | "video" | "audio" | "canvas" | "noscript" => {
                if !tag.closing {
                    self.converter.notes.add(Omission::Html(&tag.name));
                    if !tag.raw.ends_with("/>") {
                        self.markup.skip = Some(tag.name.clone());
                    }
                }
            }
            "embed" | "input" | "link" | "meta" | "source" | "track" => {
                self.converter.notes.add(Omission::Html(&tag.name));
            }
            name if is_block(name) => self.flush(),
            name if is_plain(name) => {}
            _ => {
                let text = tag.raw.to_owned();
                self.with_line(|line, notes| line.text(&text, notes));
            }
        }
    }

    fn pre(&mut self, closing: bool) {
        if closing {
            if let Some(code) = self.markup.pre.take() {
                self.code_block("", code.trim_matches('\n'));
            }
        } else {
            self.flush();
            self.markup.pre = Some(String::new());
        }
    }
}

fn style_of(name: &str) -> Option<Style> {
    Some(match name {
        "b" | "strong" | "dt" => Style::Strong,
        "i" | "em" | "cite" | "dfn" | "var" => Style::Emph,
        "s" | "del" | "strike" => Style::Strike,
        "u" | "ins" | "mark" => Style::Underline,
        "sub" => Style::Sub,
        "sup" => Style::Super,
        "code" | "kbd" | "samp" | "tt" => Style::Code,
        _ => return None,
    })
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "details"
            | "ul"
            | "ol"
            | "dl"
            | "dd"
            | "li"
            | "blockquote"
            | "section"
            | "article"
            | "aside"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "figure"
            | "figcaption"
            | "center"
            | "address"
            | "form"
            | "fieldset"
            | "thead"
            | "tbody"
            | "tfoot"
            | "caption"
    )
}

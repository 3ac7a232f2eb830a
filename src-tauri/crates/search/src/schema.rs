//! The fields of the index.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TokenizerManager;

use crate::tokenizer::{BigramTokenizer, WholeTokenizer, WordTokenizer};

/// Goes up whenever the fields or the tokenizers change, so that older indexes are built anew.
pub(crate) const VERSION: u32 = 2;

const BIGRAMS: &str = "bigrams";
const WORDS: &str = "words";
const WHOLE: &str = "whole";

/// Handles of the fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// The post, exactly: what is deleted by.
    pub(crate) path: Field,
    /// The post's path and revision as columns; on its record only.
    pub(crate) record_path: Field,
    pub(crate) revision: Field,
    /// See [`crate::document::PartKind::code`].
    pub(crate) part: Field,
    /// `yyyymmdd`.
    pub(crate) date: Field,
    pub(crate) state: Field,
    pub(crate) category: Field,
    pub(crate) topic: Field,
    /// The part's text as syllable bigrams and Latin words, with positions.
    pub(crate) bigrams: Field,
    /// The part's text as words without particles.
    pub(crate) words: Field,
    /// The entry's question as words, on its other parts: a part counts for more under a question
    /// that matches.
    pub(crate) heading: Field,
    /// Two names of one thing in the part's text, see [`crate::pairs`].
    pub(crate) pairs: Field,
    pub(crate) entry: Field,
    pub(crate) line: Field,
    pub(crate) question: Field,
    pub(crate) text: Field,
}

/// Names of the columns that are read at search time.
pub(crate) mod column {
    pub(crate) const PATH: &str = "record_path";
    pub(crate) const REVISION: &str = "revision";
    pub(crate) const PART: &str = "part";
    pub(crate) const DATE: &str = "date";
}

pub(crate) fn build() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let fields = Fields {
        path: schema.add_text_field("path", STRING | STORED),
        record_path: schema.add_text_field(column::PATH, TextOptions::default() | FAST),
        revision: schema.add_text_field(column::REVISION, TextOptions::default() | FAST),
        part: schema.add_u64_field(column::PART, INDEXED | FAST | STORED),
        date: schema.add_i64_field(column::DATE, FAST | STORED),
        state: schema.add_u64_field("state", INDEXED | STORED),
        category: schema.add_text_field("category", text(WHOLE, IndexRecordOption::Basic) | STORED),
        topic: schema
            .add_text_field("topic", text(BIGRAMS, IndexRecordOption::WithFreqsAndPositions)),
        bigrams: schema
            .add_text_field(BIGRAMS, text(BIGRAMS, IndexRecordOption::WithFreqsAndPositions)),
        words: schema.add_text_field(WORDS, text(WORDS, IndexRecordOption::WithFreqs)),
        heading: schema.add_text_field("heading", text(WORDS, IndexRecordOption::WithFreqs)),
        pairs: schema.add_text_field("pairs", STRING),
        entry: schema.add_text_field("entry", STORED),
        line: schema.add_u64_field("line", STORED),
        question: schema.add_text_field("question", STORED),
        text: schema.add_text_field("text", STORED),
    };
    (schema.build(), fields)
}

impl Fields {
    /// Finds the fields in the schema of an index, which may be of another version. None if one is
    /// missing or of another kind.
    pub(crate) fn of(found: &Schema) -> Option<Self> {
        let (expected, fields) = build();
        let find = |field: Field| {
            let wanted = expected.get_field_entry(field);
            let field = found.get_field(wanted.name()).ok()?;
            (found.get_field_entry(field).field_type() == wanted.field_type()).then_some(field)
        };
        Some(Self {
            path: find(fields.path)?,
            record_path: find(fields.record_path)?,
            revision: find(fields.revision)?,
            part: find(fields.part)?,
            date: find(fields.date)?,
            state: find(fields.state)?,
            category: find(fields.category)?,
            topic: find(fields.topic)?,
            bigrams: find(fields.bigrams)?,
            words: find(fields.words)?,
            heading: find(fields.heading)?,
            pairs: find(fields.pairs)?,
            entry: find(fields.entry)?,
            line: find(fields.line)?,
            question: find(fields.question)?,
            text: find(fields.text)?,
        })
    }
}

fn text(tokenizer: &str, record: IndexRecordOption) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record),
    )
}

pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(BIGRAMS, BigramTokenizer::default());
    manager.register(WORDS, WordTokenizer::default());
    manager.register(WHOLE, WholeTokenizer::default());
    manager
}

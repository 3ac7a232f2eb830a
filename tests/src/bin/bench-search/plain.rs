//! The yardsticks: the plainest tokens, ranked by the same Tantivy.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions, Value as _,
};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, Searcher, TantivyDocument, Term};

use crate::Outcome;
use crate::sections::Section;

/// Cuts a text into tokens.
pub(crate) type Cut = fn(&str) -> Vec<String>;

/// An index in memory of one kind of tokens. A section matches if it has any of a heading's.
pub(crate) struct Plain {
    searcher: Searcher,
    text: Field,
    place: Field,
    cut: Cut,
}

impl Plain {
    pub(crate) fn new(sections: &[Section], cut: Cut) -> Outcome<Self> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
        let text =
            schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let place = schema.add_u64_field("place", FAST | tantivy::schema::STORED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 50_000_000)?;
        for (at, section) in sections.iter().enumerate() {
            let mut document = TantivyDocument::new();
            document.add_pre_tokenized_text(text, tokenized(&section.text, cut));
            document.add_u64(place, at as u64);
            writer.add_document(document)?;
        }
        writer.commit()?;
        Ok(Self { searcher: index.reader()?.searcher(), text, place, cut })
    }

    /// The places of the sections found, best first.
    pub(crate) fn search(&self, heading: &str, limit: usize) -> Outcome<Vec<usize>> {
        let terms = (self.cut)(heading).into_iter().map(|token| -> Box<dyn Query> {
            let term = Term::from_field_text(self.text, &token);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        });
        let query = BooleanQuery::union(terms.collect());
        let best = TopDocs::with_limit(limit).order_by_score();
        let mut found = Vec::new();
        for (_, at) in self.searcher.search(&query, &best)? {
            let document: TantivyDocument = self.searcher.doc(at)?;
            let place = document.get_first(self.place).and_then(|value| value.as_u64());
            found.push(usize::try_from(place.ok_or("a section without its place")?)?);
        }
        Ok(found)
    }
}

fn tokenized(text: &str, cut: Cut) -> PreTokenizedString {
    let tokens = cut(text)
        .into_iter()
        .enumerate()
        .map(|(position, text)| Token { position, text, ..Token::default() })
        .collect();
    PreTokenizedString { text: String::new(), tokens }
}

/// What stands between white space and punctuation, in lower case.
pub(crate) fn by_white_space(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The pairs of syllables of each run of Hangul, a single one as itself; other words whole.
pub(crate) fn bigrams(text: &str) -> Vec<String> {
    let is_syllable = |c: char| ('가'..='힣').contains(&c);
    let mut tokens = Vec::new();
    for word in by_white_space(text) {
        let chars: Vec<char> = word.chars().collect();
        for run in chars.chunk_by(|&one, &other| is_syllable(one) == is_syllable(other)) {
            if run.first().is_some_and(|&c| is_syllable(c)) && run.len() > 1 {
                tokens.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
            } else {
                tokens.push(run.iter().collect());
            }
        }
    }
    tokens
}

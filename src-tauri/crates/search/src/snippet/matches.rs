//! Finds the words of a query in a text, the way the index does.

use std::ops::Range;

use dapanji_korean::{
    Script, fold, is_hangul, is_syllable, joins, possible_noun, strip_particles, words,
};
use unicode_normalization::{IsNormalized, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::query::{Leaf, Query};
use crate::tokenizer::parts;

/// What to mark.
#[derive(Debug, Clone, Default)]
pub(crate) struct Needles {
    needles: Vec<Needle>,
}

#[derive(Debug, Clone)]
enum Needle {
    /// A single syllable: whole words only, or their starts.
    Syllable { text: String, prefix: bool },
    /// Anywhere in words that follow each other, whatever the spaces.
    Syllables(Vec<char>),
    /// A word of another script.
    Technical { text: String, prefix: bool },
}

/// A stretch of the text and the needle it matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) span: Range<usize>,
    pub(super) needle: usize,
}

impl Needles {
    /// Returns what the hits of `query` are marked for.
    pub(crate) fn of(query: &Query) -> Self {
        let mut needles = Self::default();
        query.for_each_wanted(&mut |leaf| needles.add(leaf));
        needles
    }

    fn add(&mut self, leaf: &Leaf) {
        match leaf {
            Leaf::Word(term) => {
                if term.hangul {
                    self.add_hangul(&term.text, term.prefix);
                    if let Some(noun) = &term.noun {
                        self.add_hangul(noun, false);
                    }
                } else {
                    self.add_technical(&term.text, term.prefix);
                }
                for other in &term.alternatives {
                    self.add(&other.leaf);
                }
            }
            Leaf::Phrase { text, open, .. } => self.add_phrase(&fold(text), *open),
        }
    }

    fn add_hangul(&mut self, text: &str, prefix: bool) {
        let syllables: Vec<char> = text.chars().collect();
        self.needles.push(match syllables.len() {
            0 => return,
            1 => Needle::Syllable { text: text.to_owned(), prefix },
            _ => Needle::Syllables(syllables),
        });
    }

    fn add_technical(&mut self, text: &str, prefix: bool) {
        self.needles.push(Needle::Technical { text: text.to_owned(), prefix });
    }

    /// Adds the words of a phrase, those of Hangul in a row as one.
    fn add_phrase(&mut self, text: &str, open: bool) {
        let mut row = String::new();
        for word in words(text) {
            if word.script == Script::Hangul {
                row.push_str(word.text);
            } else {
                self.add_hangul(&std::mem::take(&mut row), true);
                self.add_technical(word.text, open);
            }
        }
        self.add_hangul(&row, true);
    }

    /// Returns how many different things are marked.
    pub(super) fn count(&self) -> usize {
        self.needles.len()
    }

    /// Returns all matches in `text`, by their start.
    pub(super) fn find(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        if self.needles.is_empty() {
            return found;
        }
        let plainly = self.find_plainly(text, &mut found);
        if !plainly {
            found.clear();
        }
        let only_rows = self.needles.iter().all(|one| matches!(one, Needle::Syllables(_)));
        if !(plainly && only_rows) {
            self.find_by_words(text, !plainly, &mut found);
        }
        found.sort_by_key(|found| (found.span.start, found.span.end));
        found
    }

    /// As [`Self::find`], by the words of any text.
    #[cfg(test)]
    pub(super) fn find_slowly(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        self.find_by_words(text, true, &mut found);
        found.sort_by_key(|found| (found.span.start, found.span.end));
        found
    }

    /// Finds runs of syllables without cutting the text into words. False if it holds characters that
    /// are parts of others, as in decomposed syllables: nothing of what was found counts then.
    fn find_plainly(&self, text: &str, found: &mut Vec<Found>) -> bool {
        for (at, c) in text.char_indices() {
            if c < '\u{300}' {
                continue;
            }
            if !is_whole(c) {
                return false;
            }
            for (needle, wanted) in self.needles.iter().enumerate() {
                let Needle::Syllables(wanted) = wanted else { continue };
                if wanted.first() == Some(&c)
                    && let Some(end) = end_of_row(text, at, wanted)
                {
                    found.push(Found { span: at..end, needle });
                }
            }
        }
        true
    }

    /// Finds what is found in words, and runs of syllables if `rows`.
    fn find_by_words(&self, text: &str, rows: bool, found: &mut Vec<Found>) {
        let mut row = Row::default();
        for word in words(text) {
            if word.script == Script::Hangul {
                if rows {
                    if !row.continues(text, word.span.start) {
                        self.find_in_row(&mut row, found);
                    }
                    row.add(word.text, word.span.clone());
                }
                self.find_syllable(word.text, word.span, found);
            } else {
                self.find_in_row(&mut row, found);
                self.find_technical(word.text, word.span, found);
            }
        }
        self.find_in_row(&mut row, found);
    }

    fn find_in_row(&self, row: &mut Row, found: &mut Vec<Found>) {
        for (needle, wanted) in self.needles.iter().enumerate() {
            let Needle::Syllables(wanted) = wanted else { continue };
            for (at, syllable) in row.syllables.iter().enumerate() {
                // Most end here.
                if Some(syllable) != wanted.first() {
                    continue;
                }
                let stretch = at..at + wanted.len();
                let here = row.syllables.get(stretch.clone()) == Some(wanted.as_slice());
                if let (true, Some([first, .., last])) = (here, row.spans.get(stretch)) {
                    found.push(Found { span: first.start..last.end, needle });
                }
            }
        }
        row.clear();
    }

    fn find_syllable(&self, word: &str, span: Range<usize>, found: &mut Vec<Found>) {
        for (needle, wanted) in self.needles.iter().enumerate() {
            let Needle::Syllable { text, prefix } = wanted else { continue };
            // What is left of a word without particles starts as the word does.
            if !word.starts_with(text.as_str()) && word.chars().all(is_syllable) {
                continue;
            }
            let composed = composed(word);
            let word = composed.as_deref().unwrap_or(word);
            let is = strip_particles(word) == text || possible_noun(word) == Some(text);
            if is || (*prefix && word.starts_with(text.as_str())) {
                // A decomposed syllable is longer than the needle; it is the first grapheme.
                let length = if composed.is_some() {
                    span.len().min(first_grapheme(word))
                } else {
                    text.len()
                };
                found.push(Found { span: span.start..span.start + length, needle });
            }
        }
    }

    fn find_technical(&self, word: &str, span: Range<usize>, found: &mut Vec<Found>) {
        for (needle, wanted) in self.needles.iter().enumerate() {
            let Needle::Technical { text, prefix } = wanted else { continue };
            let fits = |word: &str| {
                if word.is_ascii() {
                    let start = word.as_bytes().get(..text.len());
                    return start.is_some_and(|start| start.eq_ignore_ascii_case(text.as_bytes()))
                        && (*prefix || word.len() == text.len());
                }
                let word = fold(word);
                word == *text || (*prefix && word.starts_with(text.as_str()))
            };
            if fits(word) {
                found.push(Found { span: span.clone(), needle });
                continue;
            }
            for (at, part) in parts(word) {
                if fits(part) {
                    let start = span.start + at;
                    found.push(Found { span: start..start + part.len(), needle });
                }
            }
        }
    }
}

/// Tells of a character from U+0300 on that it neither joins the one before it nor is a part of a
/// syllable.
fn is_whole(c: char) -> bool {
    let usual = is_syllable(c)
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{3131}'..='\u{318E}' | '\u{4E00}'..='\u{9FFF}');
    usual || !(is_hangul(c) || joins(c))
}

/// Returns where the syllables end that begin at `at`, whatever the spaces between them.
fn end_of_row(text: &str, at: usize, syllables: &[char]) -> Option<usize> {
    let mut chars = text.get(at..)?.char_indices().filter(|(_, c)| !c.is_whitespace());
    let mut end = at;
    for &syllable in syllables {
        let (behind, _) = chars.next().filter(|&(_, c)| c == syllable)?;
        end = at + behind + syllable.len_utf8();
    }
    Some(end)
}

/// Words of Hangul with only white space between them, as syllables.
#[derive(Default)]
struct Row {
    syllables: Vec<char>,
    /// Where each is in the text.
    spans: Vec<Range<usize>>,
}

impl Row {
    fn continues(&self, text: &str, start: usize) -> bool {
        self.spans
            .last()
            .and_then(|last| text.get(last.end..start))
            .is_some_and(|gap| gap.chars().all(char::is_whitespace))
    }

    fn add(&mut self, word: &str, span: Range<usize>) {
        if word.chars().all(is_syllable) {
            // Nearly every word; precomposed syllables never join to a longer grapheme.
            for (at, c) in word.char_indices() {
                self.syllables.push(c);
                self.spans.push(span.start + at..span.start + at + c.len_utf8());
            }
            return;
        }
        for (at, grapheme) in word.grapheme_indices(true) {
            let start = span.start + at;
            let one = start..start + grapheme.len();
            let composed = composed(grapheme);
            for c in composed.as_deref().unwrap_or(grapheme).chars().filter(|&c| is_hangul(c)) {
                self.syllables.push(c);
                self.spans.push(one.clone());
            }
        }
    }

    fn clear(&mut self) {
        self.syllables.clear();
        self.spans.clear();
    }
}

/// Returns the composed form of a text that is not composed.
fn composed(text: &str) -> Option<String> {
    (is_nfc_quick(text.chars()) != IsNormalized::Yes).then(|| fold(text))
}

fn first_grapheme(word: &str) -> usize {
    word.graphemes(true).next().map_or(0, str::len)
}

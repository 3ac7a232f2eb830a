//! Finds amounts that differ: `10분` in the model answer where the answer has `1시간`.
//!
//! Two amounts belong together if they measure the same and the words around them are the same;
//! sentences need not be cut at the same places.

use crate::align::Aligned;
use crate::analysis::{Analysis, Sentence};
use crate::numbers::{Measure, Quantity};
use crate::token::{Class, Token};
use crate::wishes::Names;
use crate::{Flag, FlagKind};

/// Words before an amount that tell what it is of.
const BEFORE: usize = 4;
/// Words behind it.
const AFTER: usize = 2;
/// Least shared words of two amounts whose nearest words differ.
const SHARED: usize = 3;
/// Least similarity of sentences that are known to belong together.
const ALIGNED: f32 = 0.5;

/// Returns the amounts of the model answer that stand in the answer as others.
pub(crate) fn amounts(
    model: &Analysis,
    answer: &Analysis,
    aligned: &[Aligned],
    names: &Names,
) -> Vec<Flag> {
    let theirs = lone(model, answer, names);
    let ours = lone(answer, model, names);
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (at, one) in theirs.iter().enumerate() {
        for (other_at, other) in ours.iter().enumerate() {
            if one.quantity.measure != other.quantity.measure {
                continue;
            }
            // Invariant of `align`: one pair for each sentence of the model answer, in order.
            let close = aligned.get(one.sentence).is_some_and(|pair| {
                pair.answer == Some(other.sentence) && pair.mutual && pair.similarity >= ALIGNED
            });
            if let Some(score) = one.belongs(other, close) {
                pairs.push((score, at, other_at));
            }
        }
    }
    // The best first; each amount is used once.
    pairs.sort_by_key(|&(score, at, other)| (std::cmp::Reverse(score), at, other));
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (_, at, other) in pairs {
        if !found.iter().any(|&(a, b)| a == at || b == other) {
            found.push((at, other));
        }
    }
    found.sort_unstable();
    found
        .into_iter()
        .filter_map(|(at, other)| {
            let text = |text: &Analysis, amount: Option<&Amount<'_>>| {
                amount.map(|amount| text.visible.slice(&amount.quantity.span).to_owned())
            };
            Some(Flag {
                kind: FlagKind::Number,
                model: text(model, theirs.get(at))?,
                answer: text(answer, ours.get(other))?,
            })
        })
        .collect()
}

/// An amount with the words around it.
struct Amount<'a> {
    quantity: &'a Quantity,
    sentence: usize,
    /// Canonical key of the nearest word before it, if that names anything.
    label: Option<&'a str>,
    around: Vec<&'a str>,
}

/// Returns the amounts of `text` that `other` has nowhere.
fn lone<'a>(text: &'a Analysis, other: &Analysis, names: &'a Names) -> Vec<Amount<'a>> {
    text.quantities
        .iter()
        .filter(|quantity| !other.quantities.iter().any(|other| other.is_same(quantity)))
        .filter_map(|quantity| {
            let sentence =
                text.sentences.partition_point(|sentence| sentence.span.end <= quantity.span.start);
            let within = text.sentences.get(sentence)?;
            (within.span.start <= quantity.span.start)
                .then(|| Amount::of(text, quantity, sentence, within, names))
        })
        .collect()
}

impl<'a> Amount<'a> {
    fn of(
        text: &'a Analysis,
        quantity: &'a Quantity,
        number: usize,
        sentence: &Sentence,
        names: &'a Names,
    ) -> Amount<'a> {
        let tokens = text.tokens_of(sentence);
        let first = tokens.partition_point(|token| token.span.end <= quantity.span.start);
        let last = tokens.partition_point(|token| token.span.start < quantity.span.end);
        let before = || {
            let before = tokens.get(..first).unwrap_or_default().iter().rev();
            before.filter(|token| is_content(token)).take(BEFORE)
        };
        let after = tokens.get(last..).unwrap_or_default().iter();
        let after = after.filter(|token| is_content(token)).take(AFTER);
        let label = before().next().filter(|token| token.is_special());
        Amount {
            quantity,
            sentence: number,
            label: label.map(|token| names.canonical(&token.key)),
            around: before().chain(after).map(|token| names.canonical(&token.key)).collect(),
        }
    }

    /// Returns how well two amounts belong together, if they do.
    fn belongs(&self, other: &Amount<'_>, aligned: bool) -> Option<usize> {
        let shared = self.around.iter().filter(|word| other.around.contains(word)).count();
        let labelled = self.label.is_some() && self.label == other.label;
        // A bare number may be anything: a port, a version, the number of an item.
        let bare = self.quantity.measure == Measure::Bare;
        if bare && (!labelled || self.quantity.value < 10.0 || other.quantity.value < 10.0) {
            return None;
        }
        let least = match (labelled, aligned) {
            (true, true) => 1,
            (true, false) | (false, true) => 2,
            (false, false) => SHARED,
        };
        (shared >= least).then_some(shared + 3 * usize::from(labelled) + usize::from(aligned))
    }
}

fn is_content(token: &Token) -> bool {
    !matches!(token.class, Class::Function | Class::Number)
        && !token.key.starts_with(|c: char| c.is_ascii_digit())
}

//! Finds for each sentence of the model answer its closest counterpart.

use std::collections::HashMap;

use dapanji_korean::is_syllable;

use crate::Weigh;
use crate::analysis::{Analysis, Sentence};
use crate::candidates::rarity;
use crate::squeezed::key;
use crate::token::{Class, Reach, Token};
use crate::wishes::Names;

/// A sentence of the model answer with its counterpart, both as indices.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Aligned {
    pub(crate) model: usize,
    pub(crate) answer: Option<usize>,
    /// 0 to 1; 0 without a counterpart.
    pub(crate) similarity: f32,
    /// Whether the counterpart has no closer sentence in the model answer.
    pub(crate) mutual: bool,
}

/// Least similarity of a counterpart.
const CLOSE: f32 = 0.27;

/// Aligns the sentences of `model` with those of `answer`. Several may share a counterpart, and
/// the order does not matter.
pub(crate) fn align(
    model: &Analysis,
    answer: &Analysis,
    weigh: &dyn Weigh,
    names: &Names,
) -> Vec<Aligned> {
    let common = spread(model, answer, names);
    let mut features =
        Features { ids: HashMap::new(), rarity: HashMap::new(), common, weigh, names };
    let ours: Vec<Bag> = answer.sentences.iter().map(|s| features.of(answer, s)).collect();
    let theirs: Vec<Bag> = model.sentences.iter().map(|s| features.of(model, s)).collect();
    let mut postings: Vec<Vec<(usize, f32)>> = vec![Vec::new(); features.ids.len()];
    for (at, bag) in ours.iter().enumerate() {
        for &(feature, weight) in &bag.features {
            if let Some(list) = postings.get_mut(feature) {
                list.push((at, weight));
            }
        }
    }
    // For each sentence of the answer the best sentence of the model answer so far.
    let mut back: Vec<(f32, usize)> = vec![(0.0, usize::MAX); ours.len()];
    let mut out = Vec::with_capacity(theirs.len());
    for (number, bag) in theirs.iter().enumerate() {
        let mut shared = vec![0.0_f32; ours.len()];
        for &(feature, weight) in &bag.features {
            for &(at, other) in postings.get(feature).map_or(&[][..], Vec::as_slice) {
                if let Some(sum) = shared.get_mut(at) {
                    *sum += weight.min(other);
                }
            }
        }
        let place = relative(number, theirs.len());
        let mut best: Option<(f32, f32, usize)> = None;
        for (at, (other, shared)) in ours.iter().zip(shared).enumerate() {
            let similarity = bag.similarity(other, shared);
            if back.get(at).is_some_and(|&(best, _)| similarity > best)
                && let Some(slot) = back.get_mut(at)
            {
                *slot = (similarity, number);
            }
            let distance = (place - relative(at, ours.len())).abs();
            let better = best.is_none_or(|(known, near, _)| {
                similarity > known || similarity == known && distance < near
            });
            if similarity >= CLOSE && better {
                best = Some((similarity, distance, at));
            }
        }
        out.push(Aligned {
            model: number,
            answer: best.map(|(.., at)| at),
            similarity: best.map_or(0.0, |(similarity, ..)| similarity),
            mutual: false,
        });
    }
    for pair in &mut out {
        let best = pair.answer.and_then(|at| back.get(at));
        pair.mutual = best.is_some_and(|&(similarity, number)| {
            number == pair.model || similarity <= pair.similarity
        });
    }
    out
}

/// Returns, for each word, in how many sentences of one text it stands at most: a word that every
/// sentence has tells none apart.
fn spread(model: &Analysis, answer: &Analysis, names: &Names) -> HashMap<String, f32> {
    let mut out: HashMap<String, f32> = HashMap::new();
    for text in [model, answer] {
        let mut seen: HashMap<&str, (usize, f32)> = HashMap::new();
        for (number, sentence) in text.sentences.iter().enumerate() {
            for token in text.tokens_of(sentence) {
                let entry = seen.entry(names.canonical(&token.key)).or_insert((usize::MAX, 0.0));
                if entry.0 != number {
                    *entry = (number, entry.1 + 1.0);
                }
                let most = out.entry(names.canonical(&token.key).to_owned()).or_default();
                *most = most.max(entry.1);
            }
        }
    }
    out
}

fn relative(at: usize, of: usize) -> f32 {
    if of < 2 { 0.0 } else { at as f32 / (of - 1) as f32 }
}

/// What is compared of one sentence.
struct Bag {
    // Invariant: ascending, each feature once.
    features: Vec<(usize, f32)>,
    total: f32,
    /// The sentence as it is matched, for telling that two are the same.
    key: String,
}

impl Bag {
    /// Returns how much of two sentences is shared: the shared weight by the geometric mean of
    /// both, so that a short sentence may match a part of a long one.
    fn similarity(&self, other: &Bag, shared: f32) -> f32 {
        if self.key == other.key {
            return 1.0;
        }
        let both = (self.total * other.total).sqrt();
        if both > 0.0 { (shared / both).min(1.0) } else { 0.0 }
    }
}

/// Words and syllable pairs as numbers, shared by both texts.
struct Features<'a> {
    ids: HashMap<String, usize>,
    rarity: HashMap<String, f32>,
    /// In how many sentences a word stands.
    common: HashMap<String, f32>,
    weigh: &'a dyn Weigh,
    names: &'a Names,
}

impl Features<'_> {
    fn of(&mut self, text: &Analysis, sentence: &Sentence) -> Bag {
        let mut sums: HashMap<usize, f32> = HashMap::new();
        for token in text.tokens_of(sentence) {
            let weight = self.weight(text, token);
            if weight > 0.0 {
                let word = self.names.canonical(&token.key);
                let word =
                    if token.class == Class::Predicate { start(word) } else { word.to_owned() };
                *sums.entry(self.id(word)).or_default() += weight;
                for pair in pairs(&token.key) {
                    *sums.entry(self.id(format!("_{pair}"))).or_default() += weight * 0.25;
                }
            }
        }
        let mut features: Vec<(usize, f32)> = sums.into_iter().collect();
        features.sort_by_key(|&(feature, _)| feature);
        let total = features.iter().map(|&(_, weight)| weight).sum();
        Bag { features, total, key: key(text.visible.slice(&sentence.span)) }
    }

    fn weight(&mut self, text: &Analysis, token: &Token) -> f32 {
        let class = match token.class {
            Class::Function => return 0.0,
            Class::Predicate => return 0.2,
            Class::Noun | Class::Latin | Class::Number => 1.0,
            Class::Attribute | Class::Verbal => 0.8,
        };
        let weigh = self.weigh;
        let rarity =
            *self.rarity.entry(token.key.clone()).or_insert_with(|| rarity(weigh, text, token));
        let reach = match token.reach {
            Reach::General => 0.3,
            Reach::Common => 0.6,
            Reach::Special => 1.0,
        };
        let spread = self.common.get(self.names.canonical(&token.key)).copied().unwrap_or(1.0);
        rarity * class * reach / (1.0 + 0.7 * spread.max(1.0).ln())
    }

    fn id(&mut self, feature: String) -> usize {
        let next = self.ids.len();
        *self.ids.entry(feature).or_insert(next)
    }
}

/// Returns the first two syllables of a verb, which most of its forms share.
fn start(word: &str) -> String {
    word.chars().take(2).collect()
}

/// Returns the pairs of syllables in `word`.
fn pairs(word: &str) -> impl Iterator<Item = String> + '_ {
    let syllables: Vec<char> = word.chars().filter(|&c| is_syllable(c)).collect();
    let pairs: Vec<String> = syllables.windows(2).map(|pair| pair.iter().collect()).collect();
    pairs.into_iter()
}

#[cfg(test)]
mod tests {
    use crate::{EqualWeights, compare};

    /// Renders each sentence of `model` with its counterpart, by their first words.
    fn render(model: &str, answer: &str) -> String {
        let first = |text: &str| text.split_whitespace().next().unwrap_or_default().to_owned();
        let pairs = compare(answer, model, &EqualWeights).sentences.into_iter().map(|pair| {
            let model = first(model.get(pair.model).unwrap());
            let answer = pair.answer.map(|range| first(answer.get(range).unwrap()));
            format!("{model}-{}", answer.as_deref().unwrap_or("없음"))
        });
        pairs.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn order_does_not_matter() {
        assert_eq!(
            render(
                "인덱스는 검색을 빠르게 합니다. 트랜잭션은 원자성을 지킵니다.",
                "모든 트랜잭션에는 원자성이 있습니다. 검색에는 인덱스가 좋습니다.",
            ),
            "인덱스는-검색에는 트랜잭션은-모든"
        );
    }

    #[test]
    fn several_sentences_may_share_a_counterpart() {
        assert_eq!(
            render(
                "TCP는 흐름 제어를 합니다. TCP는 혼잡 제어도 합니다.",
                "TCP는 흐름 제어와 혼잡 제어를 제공합니다.",
            ),
            "TCP는-TCP는 TCP는-TCP는"
        );
    }

    #[test]
    fn unrelated_sentences_have_none() {
        assert_eq!(
            render("가비지 컬렉터가 힙을 비웁니다.", "동료와 일정을 맞췄습니다. 힘들었습니다."),
            "가비지-없음"
        );
        assert_eq!(render("", "무엇이든 씁니다."), "");
    }
}

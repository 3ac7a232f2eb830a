//! Takes the particles and endings off a noun: `동시성을` → `동시성`, `사용합니다` → `사용`.
//!
//! There is no dictionary. An ending counts only if it fits the syllable before it (`을` after a
//! final consonant, `를` after a vowel), the longest one wins, and at least two syllables stay.
//! What may follow what is told by kinds: `하기` lets `를` follow (`사용하기를`), `하는` lets nothing.
//! One syllable stays only before an ending that is hardly anything but a particle (`락을` → `락`):
//! `락이` could be a word like `높이`, so it is kept, and [`possible_noun`] names the `락` in it.

mod table;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use crate::syllable::{decompose, is_hangul, is_syllable};

/// Returns `word` without the particles and endings after it, or `word` itself if unsure.
///
/// Meant for a run of composed Hangul; a particle right behind letters or digits (`Redis는`) goes too.
pub fn strip_particles(word: &str) -> &str {
    let mut rest = word;
    let mut last = None;
    while let Some((stem, kind)) =
        strip_with_helper(rest, last).or_else(|| strip_one(rest, last, false))
    {
        rest = stem;
        last = Some(kind);
    }
    rest
}

/// Returns the one-syllable noun that `word` may be with a particle: `락` for `락이`, `락의`.
///
/// Where [`strip_particles`] is sure, there is nothing to guess.
pub fn possible_noun(word: &str) -> Option<&str> {
    let syllables = word.chars().count();
    if !(2..=4).contains(&syllables) {
        return None;
    }
    let (stem, kind) = strip_one(word, None, true)?;
    let particle = matches!(kind, Kind::Case | Kind::Auxiliary | Kind::Copula);
    (particle && stem.chars().count() == 1).then_some(stem)
}

/// Tells whether all of `word` is a particle or ending, as `는` behind `Redis`.
pub fn is_particle(word: &str) -> bool {
    let mut rest = word;
    loop {
        let Some(rules) = rest.chars().next_back().map(|last| ENDINGS.of(last)) else {
            return true;
        };
        if rules.iter().any(|rule| rule.ending == rest) {
            return true;
        }
        let shorter = rules
            .iter()
            .filter(|rule| matches!(rule.kind, Kind::Auxiliary))
            .find_map(|rule| rest.strip_suffix(rule.ending));
        let Some(shorter) = shorter else { return false };
        rest = shorter;
    }
}

/// What must stand before an ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    Any,
    /// A syllable with a final consonant.
    Consonant,
    /// A syllable without one.
    Vowel,
    /// A syllable without one that stems of verbs seldom end in: `나` is a particle in `서버나`, and
    /// an ending in `거나`, `으나`, `일어나`.
    Open,
    /// A syllable without a final consonant, or with `ㄹ`.
    Rieul,
    /// A final consonant other than `ㄹ`.
    NotRieul,
    /// The suffix `적`, as in `효율적인`.
    Jeok,
    /// The end of a form that another verb can follow: `해`, `되어`, `시켜`, `하고`, `해야`.
    Joined,
}

/// What an ending is, which decides what may stand before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Case,
    Auxiliary,
    Copula,
    /// Right behind the noun: `들`.
    Plural,
    /// Of a verb, and particles may follow: `하기`.
    Nominal,
    Verb,
    /// A second verb behind the first: the `보자` of `사용해보자`.
    Helper,
}

#[derive(Debug, Clone, Copy)]
struct Rule {
    ending: &'static str,
    after: After,
    kind: Kind,
    /// Whether the noun may be a single syllable.
    single: bool,
}

impl Rule {
    fn fits(&self, before: char) -> bool {
        let Some((.., last)) = decompose(before) else {
            // A letter or digit: how it is read is anyone's guess. Behind a jamo stands no particle,
            // but what else was typed in the wrong layout: `ㅕ에` is `udp`.
            return before.is_alphanumeric() && !is_hangul(before);
        };
        match self.after {
            After::Any => true,
            After::Consonant => last != 0,
            After::Vowel => last == 0,
            After::Open => last == 0 && !"거으이하되지시러려마어타오".contains(before),
            After::Rieul => (last == 0 && before != '으') || last == RIEUL,
            After::NotRieul => last != 0 && last != RIEUL,
            After::Jeok => before == '적',
            After::Joined => {
                matches!(before, '해' | '어' | '여' | '켜' | '돼' | '고' | '야' | '다')
            }
        }
    }

    /// Tells whether this ending may stand before one of kind `outer`, which is already off.
    fn may_precede(&self, outer: Option<Kind>) -> bool {
        match outer {
            None => true,
            Some(Kind::Auxiliary) => !matches!(self.kind, Kind::Verb),
            Some(Kind::Case | Kind::Copula) => {
                matches!(self.kind, Kind::Plural | Kind::Nominal | Kind::Helper)
            }
            Some(Kind::Helper) => matches!(self.kind, Kind::Nominal | Kind::Verb),
            Some(Kind::Plural | Kind::Nominal | Kind::Verb) => false,
        }
    }
}

/// The number of the final consonant `ㄹ`.
const RIEUL: u8 = 8;

/// Takes a second verb and the ending of the one before it off: `해보자`. Neither goes alone.
fn strip_with_helper(word: &str, outer: Option<Kind>) -> Option<(&str, Kind)> {
    let last = word.chars().next_back()?;
    HELPERS.of(last).iter().find_map(|rule| {
        let stem = word.strip_suffix(rule.ending)?;
        let fits = rule.fits(stem.chars().next_back()?) && rule.may_precede(outer);
        strip_one(stem, Some(rule.kind), false).filter(|_| fits)
    })
}

/// Takes one ending off. `guess` also takes an ambiguous one off a single syllable.
fn strip_one(word: &str, outer: Option<Kind>, guess: bool) -> Option<(&str, Kind)> {
    let last = word.chars().next_back()?;
    let found = ENDINGS.of(last).iter().find_map(|rule| {
        let stem = word.strip_suffix(rule.ending)?;
        let mut before = stem.chars().rev();
        let fits = rule.fits(before.next()?) && rule.may_precede(outer);
        let long = rule.single || guess || before.next().is_some();
        (fits && (long || !stem.chars().all(is_syllable))).then_some((stem, rule.kind))
    });
    found.filter(|_| !is_whole(word, last))
}

fn is_whole(word: &str, last: char) -> bool {
    WHOLE.of(last).contains(&word) || WHOLE_ENDS.of(last).iter().any(|end| word.ends_with(end))
}

static ENDINGS: LazyLock<ByLast<Rule>> =
    LazyLock::new(|| ByLast::new(rules(|kind| kind != Kind::Helper), |rule| rule.ending));

static HELPERS: LazyLock<ByLast<Rule>> =
    LazyLock::new(|| ByLast::new(rules(|kind| kind == Kind::Helper), |rule| rule.ending));

static WHOLE: LazyLock<ByLast<&str>> = LazyLock::new(|| ByLast::new(table::whole(), |whole| whole));

static WHOLE_ENDS: LazyLock<ByLast<&str>> =
    LazyLock::new(|| ByLast::new(table::whole_ends(), |end| end));

fn rules(wanted: impl Fn(Kind) -> bool) -> impl Iterator<Item = Rule> {
    table::rules().filter(move |rule| wanted(rule.kind))
}

/// Entries by the last syllable of their text, the longest first.
struct ByLast<T> {
    /// For each syllable its place in `groups`; 0 is the empty group.
    slots: Box<[u16]>,
    groups: Vec<Vec<T>>,
}

impl<T> ByLast<T> {
    fn new(entries: impl Iterator<Item = T>, text: impl Fn(&T) -> &'static str) -> Self {
        let mut slots = vec![0_u16; SYLLABLES].into_boxed_slice();
        let mut groups = vec![Vec::new()];
        for entry in entries {
            let slot = text(&entry).chars().next_back().and_then(slot);
            let Some(slot) = slot.and_then(|slot| slots.get_mut(slot)) else { continue };
            if *slot == 0 {
                *slot = u16::try_from(groups.len()).expect("BUG: the table is small");
                groups.push(Vec::new());
            }
            if let Some(group) = groups.get_mut(usize::from(*slot)) {
                group.push(entry);
            }
        }
        for group in &mut groups {
            group.sort_by_key(|entry| std::cmp::Reverse(text(entry).len()));
        }
        Self { slots, groups }
    }

    fn of(&self, last: char) -> &[T] {
        let slot = slot(last).and_then(|slot| self.slots.get(slot)).copied().unwrap_or(0);
        self.groups.get(usize::from(slot)).map_or(&[], Vec::as_slice)
    }
}

/// How many precomposed syllables there are.
const SYLLABLES: usize = 11_172;

fn slot(c: char) -> Option<usize> {
    is_syllable(c).then(|| u32::from(c) as usize - 0xAC00)
}

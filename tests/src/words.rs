//! Fills the word lists' items with words, as `assets/words/README.md` says.

const NOUNS: &str = include_str!("../../assets/words/nouns.txt");
const LATIN: &str = include_str!("../../assets/words/latin.txt");

/// A small generator of numbers (splitmix64): the same seed gives the same numbers everywhere.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Returns a number below `limit`, which is not zero.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        usize::try_from(self.next() % limit).unwrap_or_default()
    }

    /// Returns a number from `from` to `to`, both included.
    pub(crate) fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }

    /// Says yes in `percent` of a hundred cases.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// A list of items, one a line.
#[derive(Debug)]
pub(crate) struct List(Vec<&'static str>);

impl List {
    pub(crate) fn of(text: &'static str) -> Self {
        Self(text.lines().collect())
    }

    pub(crate) fn pick(&self, random: &mut Random) -> &'static str {
        self.0.get(random.below(self.0.len())).copied().unwrap_or_default()
    }
}

/// Writes the words of slots.
#[derive(Debug)]
pub(crate) struct Filler {
    nouns: List,
    latin: List,
}

impl Filler {
    pub(crate) fn new() -> Self {
        Self { nouns: List::of(NOUNS), latin: List::of(LATIN) }
    }

    /// Appends an item to `out`, its slots filled.
    pub(crate) fn fill(&self, item: &str, random: &mut Random, out: &mut String) {
        let mut chosen = Chosen::default();
        let mut rest = item;
        while let Some((before, slot)) = rest.split_once('{') {
            out.push_str(before);
            let Some((slot, after)) = slot.split_once('}') else {
                rest = slot;
                break;
            };
            let (name, particle) = slot.split_once(':').unwrap_or((slot, ""));
            let word = self.word(name, &mut chosen, random);
            out.push_str(&word.text);
            out.push_str(particle_after(&word.read, particle));
            rest = after;
        }
        out.push_str(rest);
    }

    /// The word of a slot: chosen at its first use, and other than those of its kind before it.
    fn word(&self, name: &str, chosen: &mut Chosen, random: &mut Random) -> Word {
        if let Some((_, word)) = chosen.0.iter().find(|(known, _)| known == name) {
            return word.clone();
        }
        let word = loop {
            let word = match name.chars().next() {
                Some('t') => {
                    let line = self.latin.pick(random);
                    let (text, read) = line.split_once('\t').unwrap_or((line, line));
                    Word { text: text.to_owned(), read: read.to_owned() }
                }
                Some('d') => {
                    let number = random.between(2, 99).to_string();
                    Word { text: number.clone(), read: number }
                }
                _ => {
                    let noun = self.nouns.pick(random).to_owned();
                    Word { text: noun.clone(), read: noun }
                }
            };
            if chosen.0.iter().all(|(_, other)| other.text != word.text) {
                break word;
            }
        };
        chosen.0.push((name.to_owned(), word.clone()));
        word
    }
}

/// The words of one item so far, by the names of their slots.
#[derive(Debug, Default)]
struct Chosen(Vec<(String, Word)>);

#[derive(Debug, Clone)]
struct Word {
    text: String,
    /// How it is read, which decides the particle's form.
    read: String,
}

/// Returns the form of `particle` that fits the last sound of `read`.
fn particle_after(read: &str, particle: &str) -> &'static str {
    const RIEUL: u32 = 8;
    let last = read.chars().next_back().map_or(0, u32::from);
    let sound = last.checked_sub(0xAC00).filter(|at| *at < 11_172).map_or(0, |at| at % 28);
    let closed = sound != 0;
    match particle {
        "을" if closed => "을",
        "을" => "를",
        "은" if closed => "은",
        "은" => "는",
        "이" if closed => "이",
        "이" => "가",
        "과" if closed => "과",
        "과" => "와",
        "으로" if closed && sound != RIEUL => "으로",
        "으로" => "로",
        "이나" if closed => "이나",
        "이나" => "나",
        "이란" if closed => "이란",
        "이란" => "란",
        "이라" if closed => "이라",
        "이라" => "라",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_fit_the_last_sound() {
        let check = |read: &str, particle: &str, expect: &str| {
            assert_eq!(particle_after(read, particle), expect, "{read}{particle}");
        };
        check("동시성", "을", "을");
        check("레디스", "은", "는");
        check("코틀린", "은", "은");
        check("스레드 풀", "으로", "로");
        check("락", "으로", "으로");
        check("캐시", "이란", "란");
        check("캐시", "", "");
    }

    #[test]
    fn a_word_that_stands_twice_is_the_same_and_others_differ() {
        let filler = Filler::new();
        for seed in 0..200 {
            let mut out = String::new();
            filler.fill("{n}|{n}|{n2}|{t}|{t2}", &mut Random::new(seed), &mut out);
            let words: Vec<&str> = out.split('|').collect();
            assert_eq!(words.first(), words.get(1), "{out}");
            assert_ne!(words.first(), words.get(2), "{out}");
            assert_ne!(words.get(3), words.get(4), "{out}");
        }
    }

    #[test]
    fn numbers_are_those_of_splitmix64() {
        let mut random = Random::new(1_234_567);
        let numbers = [random.next(), random.next(), random.next()];
        let expect =
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!(numbers, expect);
    }
}

//! Finds out which new entry is which vanished one, after edits of other programs.

use std::collections::{BTreeMap, HashMap};

use super::known::Prints;

/// How much two questions of a day must resemble each other to be taken for one.
const ENOUGH: f64 = 0.6;

/// Most entries of a day that are compared with one another. A day that changes more than this is
/// another folder, not an edit.
const MOST: usize = 64;

/// Most vanished entries that are remembered while a notebook is open.
pub(crate) const MOST_MISSING: usize = 500;

/// An entry as it was, or is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) question: String,
    pub(crate) prints: Prints,
}

impl Seen {
    /// The date, as the name writes it.
    fn day(&self) -> &str {
        self.name.split_once('-').map_or("", |(day, _)| day)
    }

    /// What the question gives, without date and number.
    fn fingerprint(&self) -> &str {
        self.name.split('-').nth(1).unwrap_or_default()
    }
}

/// Pairs vanished entries with new ones, each with one at the most: indices into both.
///
/// On the same day the most alike question goes first; the same answer or model answer tells more
/// than any wording. A question that stands on another day now has moved, if it is the only one that
/// vanished and the only one that came. The result depends on names and texts alone, not on the order
/// of the lists.
pub(crate) fn match_up(vanished: &[Seen], new: &[Seen]) -> Vec<(usize, usize)> {
    let mut scored: Vec<(f64, usize, usize)> = Vec::new();
    let (was, is) = (grouped(vanished, Seen::day), grouped(new, Seen::day));
    for (day, was) in &was {
        let is = is.get(day).map(Vec::as_slice).unwrap_or_default();
        if was.len() > MOST || is.len() > MOST {
            continue;
        }
        for (v, n) in was.iter().flat_map(|v| is.iter().map(move |n| (*v, *n))) {
            let score = likeness(&vanished[v], &new[n]);
            if score >= ENOUGH {
                scored.push((score, v, n));
            }
        }
    }
    scored.sort_by(|a, b| {
        let names = |(_, v, n): &(f64, usize, usize)| (&vanished[*v].name, &new[*n].name);
        b.0.total_cmp(&a.0).then_with(|| names(a).cmp(&names(b)))
    });
    let mut pairs: HashMap<usize, usize> = HashMap::new();
    let mut taken = vec![false; new.len()];
    for (_, v, n) in scored {
        if !taken[n] && !pairs.contains_key(&v) {
            taken[n] = true;
            pairs.insert(v, n);
        }
    }
    let left = |v: &usize| !pairs.contains_key(v);
    let (was, is) = (grouped(vanished, Seen::fingerprint), grouped(new, Seen::fingerprint));
    let mut moved = Vec::new();
    for (fingerprint, was) in &was {
        let was: Vec<usize> = was.iter().copied().filter(left).collect();
        let is = is.get(fingerprint).into_iter().flatten().filter(|n| !taken[**n]);
        if let ([v], [n]) = (was.as_slice(), is.collect::<Vec<_>>().as_slice()) {
            moved.push((*v, **n));
        }
    }
    let mut pairs: Vec<(usize, usize)> = pairs.into_iter().chain(moved).collect();
    pairs.sort_unstable();
    pairs
}

fn grouped<'a>(
    entries: &'a [Seen],
    by: impl Fn(&'a Seen) -> &'a str,
) -> BTreeMap<&'a str, Vec<usize>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        groups.entry(by(entry)).or_default().push(at);
    }
    groups
}

fn likeness(was: &Seen, is: &Seen) -> f64 {
    let same = |one: u64, other: u64| if one != 0 && one == other { 1.0 } else { 0.0 };
    dapanji_post::resemblance(&was.question, &is.question)
        + same(was.prints.answer, is.prints.answer)
        + same(was.prints.model, is.prints.model)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(day: &str, question: &str, answer: u64) -> Seen {
        let date = day.parse().ok();
        let name = dapanji_post::entry_key(date, question);
        let prints = Prints { answer, model: 0 };
        Seen { id: name.clone(), name, question: question.to_owned(), prints }
    }

    fn check(vanished: &[(&str, &str, u64)], new: &[(&str, &str, u64)], expect: &[(usize, usize)]) {
        let entries = |list: &[(&str, &str, u64)]| -> Vec<Seen> {
            list.iter().map(|(day, question, answer)| seen(day, question, *answer)).collect()
        };
        let (vanished, new) = (entries(vanished), entries(new));
        assert_eq!(match_up(&vanished, &new), expect);
        let (was, is): (Vec<_>, Vec<_>) =
            (vanished.iter().rev().cloned().collect(), new.iter().rev().cloned().collect());
        let mut turned: Vec<(usize, usize)> = match_up(&was, &is)
            .into_iter()
            .map(|(v, n)| (vanished.len() - 1 - v, new.len() - 1 - n))
            .collect();
        turned.sort_unstable();
        assert_eq!(turned, expect, "whatever the order");
    }

    const DAY: &str = "2025-05-01";
    const NEXT: &str = "2025-05-02";

    #[test]
    fn the_most_alike_of_a_day() {
        check(&[(DAY, "락이란?", 0)], &[(DAY, "락이란 무엇인가요?", 0)], &[(0, 0)]);
        check(&[(DAY, "락이란?", 0)], &[(DAY, "큐란?", 0)], &[]);
        check(&[(DAY, "분산 락이란?", 0)], &[(NEXT, "분산 락을 설명해주세요", 0)], &[]);
        check(
            &[(DAY, "REST API의 특징은?", 0), (DAY, "REST API의 단점은?", 0)],
            &[(DAY, "REST API의 단점을 말씀해주세요", 0), (DAY, "REST API의 특징", 0)],
            &[(0, 1), (1, 0)],
        );
        check(
            &[(DAY, "분산 락이란?", 0)],
            &[(DAY, "분산 락이란 무엇?", 0), (DAY, "분산 락을 설명해주세요", 0)],
            &[(0, 1)],
        );
    }

    #[test]
    fn the_same_answer_tells_more_than_wording() {
        check(&[(DAY, "락이란?", 7)], &[(DAY, "서로 배제하는 법은?", 7)], &[(0, 0)]);
        check(
            &[(DAY, "분산 락이란?", 7)],
            &[(DAY, "분산 락은?", 0), (DAY, "여러 서버가 하나를 나눠 쓰려면?", 7)],
            &[(0, 1)],
        );
        check(&[(DAY, "락이란?", 0)], &[(DAY, "큐란?", 0)], &[]);
    }

    #[test]
    fn a_question_on_another_day_has_moved() {
        check(&[(DAY, "락이란?", 0)], &[(NEXT, "락이란?", 0)], &[(0, 0)]);
        check(&[(DAY, "락이란?", 0)], &[(NEXT, "락이란?", 0), ("2025-05-03", "락이란?", 0)], &[]);
        check(&[(DAY, "락이란?", 0), ("", "락이란?", 0)], &[(NEXT, "락이란?", 0)], &[]);
    }
}

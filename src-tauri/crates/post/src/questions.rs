//! Decides which headings are questions.
//!
//! Under a date, headings ask unless something speaks against it; elsewhere something has to speak
//! for it, as a note torn into questions is worse than a question read as a section.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::labels::Label;
use crate::links::Targets;
use crate::marks::{self, Mark};
use crate::outline::Heading;
use crate::scan::{Block, BlockKind};
use crate::vocabulary::fold_letters;
use crate::{Vocabulary, parts};

/// A stretch of a post: a day without its heading, or what precedes the first day.
pub(crate) struct Region<'a> {
    pub(crate) text: &'a str,
    pub(crate) blocks: &'a [Block],
    pub(crate) headings: &'a [Heading<'a>],
    pub(crate) words: &'a Vocabulary,
    /// What links of its lists point to.
    pub(crate) targets: Targets,
    pub(crate) dated: bool,
    /// Level of headings that begin a day.
    pub(crate) day_level: u8,
    /// Whether the post says of itself that it holds interview questions.
    pub(crate) is_interview: bool,
    /// Folded titles that come back day after day: no questions but the form of a diary.
    pub(crate) templates: &'a HashSet<String>,
}

impl<'a> Region<'a> {
    /// The blocks between a heading and the next one.
    pub(crate) fn under(&self, nth: usize) -> &'a [Block] {
        let Some(heading) = self.headings.get(nth) else { return &[] };
        let end = self.headings.get(nth + 1).map_or(self.blocks.len(), |next| next.at);
        self.blocks.get(heading.at + 1..end).unwrap_or_default()
    }

    /// Which headings are questions; one flag a heading.
    pub(crate) fn questions(&self) -> Vec<bool> {
        if self.dated { self.dated_questions() } else { self.undated_questions() }
    }

    /// Under a date, every heading of the outermost level is a question, or where such headings only
    /// gather questions, what they gather.
    fn dated_questions(&self) -> Vec<bool> {
        let mut found = vec![false; self.headings.len()];
        // Most days don't need it: what asks under a date is a question anyway.
        let evidence = OnceCell::new();
        let marked = |nth: usize| -> bool {
            evidence.get_or_init(|| self.evidence()).get(nth).copied().unwrap_or_default()
        };
        let free: Vec<bool> = self
            .headings
            .iter()
            .enumerate()
            .map(|(nth, h)| {
                h.label.is_none()
                    && h.level > self.day_level
                    && (!self.is_template(h.title) || marked(nth))
            })
            .collect();
        let is_free = |nth: usize| free.get(nth).copied().unwrap_or_default();
        let all = (0..self.headings.len()).filter(|nth| is_free(*nth));
        let Some(level) = all.map(|nth| self.level(nth)).min() else { return found };
        for (nth, heading) in self.headings.iter().enumerate() {
            if heading.level != level || !is_free(nth) || self.holds_question_lines(nth) {
                continue;
            }
            let inside = self.inside(nth);
            let gathers = self.under(nth).iter().all(is_decoration)
                && !marks::asks(heading.title)
                && !marked(nth)
                && inside.clone().any(marked);
            if !gathers {
                found[nth] = true;
                continue;
            }
            let gathered = || inside.clone().filter(|i| is_free(*i));
            let level = gathered().map(|i| self.level(i)).min();
            for i in gathered() {
                found[i] = Some(self.level(i)) == level;
            }
        }
        found
    }

    /// The headings below a heading, up to the next of its level.
    fn inside(&self, nth: usize) -> std::ops::Range<usize> {
        let level = self.headings.get(nth).map_or(0, |h| h.level);
        let below = self.headings.get(nth + 1..).unwrap_or_default();
        nth + 1..nth + 1 + below.iter().take_while(|h| h.level > level).count()
    }

    /// Whether a title is the form of a diary, or of a list of questions, and no question.
    fn is_template(&self, title: &str) -> bool {
        const DIARY: [&str; 12] = [
            "오늘한일",
            "한일",
            "할일",
            "오늘할일",
            "내일할일",
            "배운점",
            "느낀점",
            "아쉬운점",
            "좋았던점",
            "일기",
            "오늘의회고",
            "오늘배운것",
        ];
        let folded = fold_letters(title, 40);
        DIARY.contains(&folded.as_str())
            || self.templates.contains(&folded)
            || names_list(title, &folded)
    }

    /// Without a date, a heading is a question if something says so; then its peers that end like a
    /// question, too.
    fn undated_questions(&self) -> Vec<bool> {
        let mut found = self.evidence();
        // A heading inside an entry belongs to it, whatever stands under it: an answer may have parts
        // of its own, with the model answer below the last of them.
        let mut open: Option<u8> = None;
        for (heading, found) in self.headings.iter().zip(&mut found) {
            open = open.filter(|level| heading.level > *level);
            if open.is_some() && self.words.question_mark(heading.title).is_none() {
                *found = false;
            } else if *found {
                open = Some(heading.level);
            }
        }
        let mut levels = [false; 7];
        for (heading, _) in self.headings.iter().zip(&found).filter(|(_, found)| **found) {
            levels[usize::from(heading.level)] = true;
        }
        for (level, asks) in levels.iter_mut().enumerate().skip(2) {
            *asks = *asks || self.is_interview && self.mostly_asks(level);
        }
        let peers: Vec<bool> = self
            .headings
            .iter()
            .zip(&found)
            .enumerate()
            .map(|(nth, (heading, found))| {
                *found
                    || heading.label.is_none()
                        && levels[usize::from(heading.level)]
                        && marks::ends_asking(heading.title)
                        && !self.holds_question_lines(nth)
            })
            .collect();
        peers
    }

    /// Whether three headings of a level or more, and half of them or more, end like a question.
    fn mostly_asks(&self, level: usize) -> bool {
        let peers =
            || self.headings.iter().filter(|h| usize::from(h.level) == level && h.label.is_none());
        let asking = peers().filter(|h| marks::ends_asking(h.title)).count();
        asking >= 3 && asking * 2 >= peers().count()
    }

    /// Which headings something marks as questions: a mark such as `Q1.`, a category or hint under
    /// them, a headed or labelled answer or model answer.
    fn evidence(&self) -> Vec<bool> {
        let mut found = vec![false; self.headings.len()];
        // The nearest heading without a label of each level, for owners.
        let mut above: Vec<usize> = Vec::new();
        for (nth, heading) in self.headings.iter().enumerate() {
            if heading.level <= self.day_level && self.dated {
                above.clear();
                continue;
            }
            match heading.label {
                None => {
                    found[nth] = self.words.question_mark(heading.title).is_some()
                        || !self.holds_question_lines(nth)
                            && marks_question(self.text, self.under(nth), heading, self.words);
                    while above.last().is_some_and(|i| self.level(*i) >= heading.level) {
                        above.pop();
                    }
                    above.push(nth);
                }
                // A heading over the answers that links point to answers none of those above.
                Some(_) if self.gathers_linked(nth) => {}
                Some(label) => {
                    let holds_model = has_model_quote(self.text, self.under(nth), self.words);
                    if (label != Label::Section || holds_model)
                        && let Some(owner) = self.owner(&above, heading)
                        && !self.headings.get(owner).is_some_and(|h| is_list(h.title))
                    {
                        found[owner] = true;
                    }
                }
            }
        }
        found
    }

    fn gathers_linked(&self, nth: usize) -> bool {
        let next = self.headings.get(nth + 1);
        next.is_some_and(|next| self.targets.by_block.contains_key(&next.at))
            || self.targets.holds_line(self.under(nth))
    }

    fn level(&self, nth: usize) -> u8 {
        self.headings.get(nth).map_or(0, |h| h.level)
    }

    /// The heading whose answer the labelled heading marks. `above` holds the headings it lies under,
    /// outermost first.
    fn owner(&self, above: &[usize], labelled: &Heading<'_>) -> Option<usize> {
        let title = |nth: usize| self.headings.get(nth).map_or("", |h| h.title);
        let over = above.iter().rev().find(|i| self.level(**i) < labelled.level).copied();
        let peer = above.iter().rev().find(|i| self.level(**i) == labelled.level).copied();
        // A heading of the same level is answered if it is marked as a question, or if it asks and
        // the one above does not.
        peer.filter(|nth| {
            self.words.question_mark(title(*nth)).is_some()
                || marks::asks(title(*nth)) && !over.is_some_and(|over| marks::asks(title(over)))
        })
        .or(over)
    }

    /// Whether the text right under a heading begins with a question of its own that is answered
    /// there, as in `Q : … / A : …`: the heading only gathers such questions.
    fn holds_question_lines(&self, nth: usize) -> bool {
        let under = self.under(nth);
        let first = under.iter().find(|b| !is_decoration(b));
        first.is_some_and(|b| {
            b.kind == BlockKind::Text && {
                let start = b.span.start;
                let line = self.text.get(start..).and_then(|s| s.lines().next());
                line.is_some_and(|l| self.words.question_line(l).is_some())
                    && answers_line(self.text, under, self.words)
            }
        })
    }
}

/// Blank lines, attribute lists, rules and breaks.
pub(crate) fn is_decoration(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::Blank | BlockKind::AttributeList | BlockKind::Rule | BlockKind::Break
    )
}

/// Whether a line of text marks an answer to a question that is a line, too.
pub(crate) fn answers_line(text: &str, blocks: &[Block], words: &Vocabulary) -> bool {
    blocks.iter().filter(|b| b.kind == BlockKind::Text).any(|block| {
        let lines = parts::lines_between(text, block.span.start, block.span.end);
        lines.iter().any(|line| {
            words.line_label(line.text).is_some_and(|l| l.mark == Mark::Part(Label::Answer))
        })
    })
}

/// Whether a question that is a line, such as `Q : …`, is answered somewhere in a region, outside the
/// headings that are questions or not.
pub(crate) fn answers_question_line(region: &Region<'_>) -> bool {
    let mut asked = false;
    region.blocks.iter().any(|block| match block.kind {
        BlockKind::Heading { .. } => {
            asked = false;
            false
        }
        BlockKind::Text => {
            let lines = parts::lines_between(region.text, block.span.start, block.span.end);
            lines.iter().any(|line| {
                asked = asked || region.words.question_line(line.text).is_some();
                let label = asked.then(|| region.words.line_label(line.text)).flatten();
                label.is_some_and(|l| l.mark == Mark::Part(Label::Answer))
            })
        }
        _ => false,
    })
}

/// Whether the text under a heading marks it as a question.
fn marks_question(text: &str, under: &[Block], heading: &Heading<'_>, words: &Vocabulary) -> bool {
    let asks = marks::asks(heading.title);
    let mut at_head = true;
    for block in under.iter().filter(|b| !is_decoration(b)) {
        let lines = || parts::lines_between(text, block.span.start, block.span.end);
        let marks = match block.kind {
            BlockKind::Quote => {
                let lines = lines();
                let label = parts::quote_label(&lines, words).map(|q| q.label);
                matches!(label, Some(Label::Answer | Label::ModelAnswer))
                    || parts::outside_fences(&lines, true)
                        .any(|(_, _, line)| words.head_label(line).is_some())
            }
            BlockKind::Html => marks::fold(text, &block.span).is_some_and(|fold| {
                let label = words.fold_label(&fold.summary);
                matches!(label, Some(Label::Answer | Label::ModelAnswer))
            }),
            BlockKind::Text if at_head || asks => marked_by_lines(&lines(), at_head, asks, words),
            _ => false,
        };
        if marks {
            return true;
        }
        at_head = false;
    }
    false
}

/// Whether the lines of a paragraph mark the heading above as a question: an answer's label does, a
/// hint's or key words' at the head of the text, too; a category's only under what asks.
fn marked_by_lines(
    lines: &[crate::scan::Line<'_>],
    at_head: bool,
    asks: bool,
    words: &Vocabulary,
) -> bool {
    let labels = lines.iter().map_while(|line| words.line_label(line.text));
    labels.filter(|l| !l.short).any(|label| match label.mark {
        Mark::Part(Label::Answer | Label::ModelAnswer) => true,
        Mark::Part(Label::Section) => false,
        Mark::Head(crate::labels::HeadLabel::Category) => at_head && asks,
        Mark::Head(_) => at_head && (asks || lines.len() > 1),
    })
}

fn has_model_quote(text: &str, blocks: &[Block], words: &Vocabulary) -> bool {
    blocks.iter().filter(|b| b.kind == BlockKind::Quote).any(|b| {
        let lines = parts::lines_between(text, b.span.start, b.span.end);
        parts::quote_label(&lines, words).is_some_and(|q| q.label == Label::ModelAnswer)
    })
}

/// Whether a title only names the list below it: `질문`, `Questions`, `Q&A`.
fn is_list(title: &str) -> bool {
    names_list(title, &fold_letters(title, 20))
}

/// As [`is_list`], where the title's first letters are folded already.
fn names_list(title: &str, folded: &str) -> bool {
    const LISTS: [&str; 8] =
        ["질문", "질문들", "질문목록", "질문과답변", "questions", "answers", "qna", "qa"];
    LISTS.contains(&folded) && !marks::is_question(title)
}

/// Whether a heading in the whole post asks: by its ending, or by what marks it.
pub(crate) fn says_so(
    text: &str,
    blocks: &[Block],
    heading: &Heading<'_>,
    words: &Vocabulary,
) -> bool {
    let under = blocks.get(heading.at + 1..).unwrap_or_default();
    let end = under.iter().position(|b| matches!(b.kind, BlockKind::Heading { .. }));
    let under = under.get(..end.unwrap_or(under.len())).unwrap_or_default();
    matches!(heading.label, Some(Label::Answer | Label::ModelAnswer))
        || marks::asks(heading.title)
        || words.question_mark(heading.title).is_some()
        || marks_question(text, under, heading, words)
}

/// Whether a title, or the first heading of the outermost level, speaks of interview questions.
pub(crate) fn is_interview(title: Option<&str>, headings: &[Heading<'_>]) -> bool {
    let first = headings.iter().find(|h| h.level == 1).map(|h| h.title);
    title.into_iter().chain(first).any(is_about_questions)
}

/// Whether a title speaks of questions to answer.
pub(crate) fn is_about_questions(title: &str) -> bool {
    const WORDS: [&str; 7] = ["면접", "질문", "문답", "예상문제", "interview", "questions", "qna"];
    let folded = fold_letters(title, 200);
    WORDS.iter().any(|word| folded.contains(word)) || title.to_lowercase().contains("q&a")
}

/// The folded titles of outermost headings that stand under two days or more and never ask: the form
/// of a diary. `days` are ranges of blocks.
pub(crate) fn recurring_titles(
    headings: &[Heading<'_>],
    days: &[(usize, usize)],
    day_level: u8,
) -> HashSet<String> {
    let mut last_day: HashMap<String, usize> = HashMap::new();
    let mut found = HashSet::new();
    let mut day = 0;
    for heading in headings.iter().filter(|h| h.level > day_level && h.label.is_none()) {
        while days.get(day).is_some_and(|(_, end)| *end <= heading.at) {
            day += 1;
        }
        if days.get(day).is_none_or(|(start, _)| *start >= heading.at) || marks::asks(heading.title)
        {
            continue;
        }
        let folded = fold_letters(heading.title, 40);
        if last_day.insert(folded.clone(), day).is_some_and(|of| of != day) {
            found.insert(folded);
        }
    }
    found
}

//! What the window lists: the day list in pieces, and the start page.

use std::collections::BTreeMap;

use dapanji_post::{AnswerState, ModelAnswerState};
use dapanji_review::AnswersByDay;
use jiff::civil::Date;

use crate::convert::{count, date_text, entry_row};
use crate::dto::{
    AnswerFilter, CategoryCount, DayCount, DayHead, EntryRow, ListFilter, Overview, PostRow,
    TodayView,
};
use crate::notebook::Notebook;
use crate::snapshot::{EntrySummary, Snapshot};

/// Most drafts the start page shows.
const DRAFTS_SHOWN: usize = 10;

impl Notebook {
    /// Returns the days and counts of the day list.
    pub fn overview(&self, filter: &ListFilter) -> Overview {
        let snapshot = self.read();
        let mut overview = Overview {
            days: Vec::new(),
            shown: 0,
            total: 0,
            empty: 0,
            drafts: 0,
            no_model: 0,
            categories: categories(&snapshot),
            posts: snapshot
                .posts()
                .iter()
                .map(|post| PostRow {
                    path: post.path.to_string(),
                    title: post.title.clone(),
                    entries: count(post.entries.len()),
                    unreadable: post.unreadable.clone(),
                    read_only: post.read_only.map(str::to_owned),
                })
                .collect(),
        };
        let mut day_of_last: Option<Option<Date>> = None;
        for (_, entry) in snapshot.entries() {
            if day_of_last != Some(entry.date) {
                day_of_last = Some(entry.date);
                let date = date_text(entry.date);
                overview.days.push(DayHead {
                    date,
                    shown: 0,
                    total: 0,
                    answered: 0,
                    bare_in: None,
                });
            }
            let passes = passes(filter, entry);
            if let Some(day) = overview.days.last_mut() {
                day.total += 1;
                day.answered += u32::from(entry.state == AnswerState::Written);
                day.shown += u32::from(passes);
            }
            overview.total += 1;
            overview.shown += u32::from(passes);
            overview.empty += u32::from(entry.state == AnswerState::Empty);
            overview.drafts += u32::from(entry.state == AnswerState::Draft);
            overview.no_model += u32::from(entry.model != ModelAnswerState::Written);
        }
        overview.days.retain(|day| day.shown > 0);
        if *filter == ListFilter::default() {
            add_bare_days(&snapshot, &mut overview.days);
        }
        overview
    }

    /// Returns entries of the day list that pass the filter, from the one at `start` (from zero).
    pub fn rows(&self, filter: &ListFilter, start: u32, count: u32) -> Vec<EntryRow> {
        let snapshot = self.read();
        let passing = snapshot.entries().filter(|(_, entry)| passes(filter, entry));
        let page = passing.skip(start as usize).take(count as usize);
        page.map(|(post, entry)| entry_row(post, entry)).collect()
    }

    /// Returns what the start page shows.
    pub fn today_view(&self) -> TodayView {
        let today = self.today();
        let snapshot = self.read();
        let has_today = snapshot.entries().any(|(_, entry)| entry.date == Some(today));
        let newest = snapshot.entries().find_map(|(_, entry)| entry.date);
        let date = if has_today { Some(today) } else { newest };
        let of_day = snapshot.entries().filter(|(_, entry)| entry.date == date);
        let drafts = snapshot.entries().filter(|(_, entry)| entry.state == AnswerState::Draft);
        let answers = answers_by_day(&snapshot);
        let counts = |days: Vec<(Date, u32)>| {
            days.into_iter()
                .map(|(date, count)| DayCount { date: date.to_string(), count })
                .collect()
        };
        TodayView {
            today: today.to_string(),
            entries: of_day.map(|(post, entry)| entry_row(post, entry)).collect(),
            entries_date: date_text(date),
            drafts: drafts.take(DRAFTS_SHOWN).map(|(post, entry)| entry_row(post, entry)).collect(),
            streak_days: dapanji_review::streak(&answers, today),
            week: counts(dapanji_review::week(&answers, today)),
            heat: counts(dapanji_review::heat(&answers, today)),
            categories: categories(&snapshot),
        }
    }
}

/// Puts the days without entries among the others: newest first, days without a date last.
fn add_bare_days(snapshot: &Snapshot, days: &mut Vec<DayHead>) {
    for post in snapshot.posts() {
        for date in post.bare_days.iter().map(Date::to_string) {
            let newer = |day: &DayHead| day.date.as_ref().is_some_and(|other| *other > date);
            let at = days.partition_point(newer);
            if days.get(at).is_some_and(|day| day.date.as_ref() == Some(&date)) {
                continue;
            }
            let bare_in = Some(post.path.to_string());
            let day = DayHead { date: Some(date), shown: 0, total: 0, answered: 0, bare_in };
            days.insert(at, day);
        }
    }
}

fn passes(filter: &ListFilter, entry: &EntrySummary) -> bool {
    let state = match filter.state {
        None => true,
        Some(AnswerFilter::Empty) => entry.state == AnswerState::Empty,
        Some(AnswerFilter::Draft) => entry.state == AnswerState::Draft,
        Some(AnswerFilter::NoModel) => entry.model != ModelAnswerState::Written,
    };
    state && filter.category.as_ref().is_none_or(|category| entry.categories.contains(category))
}

fn categories(snapshot: &Snapshot) -> Vec<CategoryCount> {
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for (_, entry) in snapshot.entries() {
        for category in &entry.categories {
            let (total, answered) = counts.entry(category).or_default();
            *total += 1;
            *answered += u32::from(entry.state == AnswerState::Written);
        }
    }
    let mut categories: Vec<CategoryCount> = counts
        .into_iter()
        .map(|(category, (total, answered))| CategoryCount {
            category: category.to_owned(),
            total,
            answered,
        })
        .collect();
    categories.sort_by_key(|category| std::cmp::Reverse(category.total));
    categories
}

fn answers_by_day(snapshot: &Snapshot) -> AnswersByDay {
    let mut answers = AnswersByDay::new();
    for (_, entry) in snapshot.entries() {
        if let (Some(date), AnswerState::Written) = (entry.date, entry.state) {
            *answers.entry(date).or_default() += 1;
        }
    }
    answers
}

//! The window's lists: the day list and the start page.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::entry::EntryRow;

/// Which entries the day list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Type)]
pub struct ListFilter {
    /// Only answers in this state.
    pub state: Option<AnswerFilter>,
    /// Only this category.
    pub category: Option<String>,
}

/// Filters of the day list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AnswerFilter {
    /// No answer yet.
    Empty,
    /// A draft.
    Draft,
    /// No written model answer.
    NoModel,
}

/// A day of the day list.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DayHead {
    /// `YYYY-MM-DD`; none for entries without a date, which come last.
    pub date: Option<String>,
    /// Number of entries that pass the filter.
    pub shown: u32,
    /// Number of entries.
    pub total: u32,
    /// Number of entries with a written answer.
    pub answered: u32,
    /// The post with the heading of a day that has no entries yet; none for any other day.
    #[specta(optional)]
    pub bare_in: Option<String>,
}

/// A category and how far it has come.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CategoryCount {
    /// The category.
    pub category: String,
    /// Number of entries.
    pub total: u32,
    /// Number of entries with a written answer.
    pub answered: u32,
}

/// A post in the list of posts.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PostRow {
    /// Relative to the folder.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Number of entries.
    pub entries: u32,
    /// Why it cannot be read; none if it can.
    pub unreadable: Option<String>,
    /// The encoding it is in, such as `CP949`, where that is not UTF-8: then it is shown and not
    /// written before it is converted.
    #[specta(optional)]
    pub read_only: Option<String>,
}

/// The day list and the counts beside it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Overview {
    /// Newest first.
    pub days: Vec<DayHead>,
    /// Number of entries that pass the filter.
    pub shown: u32,
    /// Number of entries.
    pub total: u32,
    /// Number of entries without an answer.
    pub empty: u32,
    /// Number of drafts.
    pub drafts: u32,
    /// Number of entries without a written model answer.
    pub no_model: u32,
    /// Most entries first.
    pub categories: Vec<CategoryCount>,
    /// By path.
    pub posts: Vec<PostRow>,
}

/// What the start page shows.
#[derive(Debug, Clone, Serialize, Type)]
pub struct TodayView {
    /// `YYYY-MM-DD`, the day it is for the user.
    pub today: String,
    /// Today's entries, or those of the newest day if today has none.
    pub entries: Vec<EntryRow>,
    /// The day `entries` are of.
    pub entries_date: Option<String>,
    /// Newest unfinished drafts, ten at the most.
    pub drafts: Vec<EntryRow>,
    /// Days in a row with a written answer, up to today or yesterday.
    pub streak_days: u32,
    /// The seven days of this week from Monday: number of written answers.
    pub week: Vec<DayCount>,
    /// The last 53 weeks: days with written answers, ascending; days without are left out.
    pub heat: Vec<DayCount>,
    /// Most entries first.
    pub categories: Vec<CategoryCount>,
}

/// Written answers on a day.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DayCount {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Number of written answers.
    pub count: u32,
}

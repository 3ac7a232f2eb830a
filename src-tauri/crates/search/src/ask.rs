//! Asks the index: understands a query by what is in it, runs it, and tells how.

use std::num::NonZero;
use std::ops::Range;
use std::sync::LazyLock;
use std::thread::available_parallelism;

use rayon::{ThreadPool, ThreadPoolBuilder};
use tantivy::Searcher;

use crate::document::PartKind;
use crate::error::SearchError;
use crate::index::SearchIndex;
use crate::query::{self, Explanation, Problem, Query, Understood};
use crate::run::{self, Hit};
use crate::schema::Fields;
use crate::snippet::Needles;
use crate::vocabulary::Kept;

/// Threads that answer a query together, at most: with more, each would have little to do.
const MOST_THREADS: usize = 4;

/// How a query is to be answered.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ask<'a> {
    /// Most hits wanted.
    pub limit: usize,
    /// Ids of [interpretations](Interpretation::id) that were undone.
    pub refused: &'a [String],
    /// Whether the query and the scores are to be explained, which takes many times as long.
    pub explain: bool,
}

/// What was found for a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Number of matching parts; of those with some of the words only, the ones in `hits`.
    pub total: usize,
    /// What is odd in the query, by place.
    pub problems: Vec<Problem>,
    /// How the query was read where that is not word for word, by place.
    pub interpretations: Vec<Interpretation>,
    /// The best parts, best first.
    pub hits: Vec<Hit>,
    /// How the query was read and the hits were scored, if that was asked for.
    pub explanation: Option<Explanation>,
}

/// A reading of a part of the query that is not word for word, and can be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interpretation {
    /// The same for the same reading of the same word in every query.
    pub id: String,
    /// Of what kind it is.
    pub kind: InterpretationKind,
    /// Bytes of the query.
    pub span: Range<usize>,
    /// What was asked for, folded.
    pub from: String,
    /// What was looked for beside it or in its place; empty for [`InterpretationKind::SomeWords`].
    pub to: Vec<String>,
}

/// Of what kind an [`Interpretation`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InterpretationKind {
    /// The last syllable is not finished: `동싯` for `동시성`.
    Unfinished,
    /// Initial consonants: `ㄷㅅㅅ` for `동시성`.
    Initials,
    /// Typed with the other keyboard layout: `ehdtltjd` for `동시성`.
    Layout,
    /// Spaced otherwise: `deadlock` for `dead lock`.
    Spacing,
    /// A typo: `동시송` for `동시성`.
    Typo,
    /// The other name of a thing, as met in the notes: `데드락(deadlock)`.
    Synonym,
    /// Few parts have all the words, so parts with some of them follow.
    SomeWords,
}

impl InterpretationKind {
    /// Returns the name front ends branch on, in snake case.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unfinished => "unfinished",
            Self::Initials => "initials",
            Self::Layout => "layout",
            Self::Spacing => "spacing",
            Self::Typo => "typo",
            Self::Synonym => "synonym",
            Self::SomeWords => "some_words",
        }
    }

    /// Returns the id of this reading of `from`.
    pub(crate) fn id(self, from: &str) -> String {
        if from.is_empty() { self.code().to_owned() } else { format!("{}:{from}", self.code()) }
    }
}

impl SearchIndex {
    /// Finds the `limit` best parts for `query`, with nothing refused.
    ///
    /// # Errors
    /// As [`ask`](Self::ask).
    pub fn search(&self, query: &Query, limit: usize) -> Result<Found, SearchError> {
        self.ask(query, Ask { limit, ..Ask::default() })
    }

    /// Finds the best parts for `query`.
    ///
    /// # Errors
    /// If the index is damaged or cannot be read; no query is an error.
    pub fn ask(&self, query: &Query, ask: Ask<'_>) -> Result<Found, SearchError> {
        self.guarded(|searcher, fields| {
            at_once(|| answer(&searcher, fields, self.kept(), query, ask))
        })
    }

    /// Returns what finds the places of `query` in a text, read as [`ask`](Self::ask) reads it.
    ///
    /// # Errors
    /// As [`ask`](Self::ask).
    pub fn matcher(&self, query: &Query, refused: &[String]) -> Result<Matcher, SearchError> {
        let read = |searcher: Searcher, fields: Fields| {
            query::understand(&searcher, fields, self.kept(), query, refused)
        };
        let query = self.guarded(read)?.query;
        Ok(Matcher { needles: Needles::of(&query), query })
    }

    /// Reads the words of the notes ahead of the first query that needs them. Takes some hundred
    /// milliseconds over a large index, and nothing where they are known.
    ///
    /// # Errors
    /// As [`ask`](Self::ask).
    pub fn prepare(&self) -> Result<(), SearchError> {
        self.guarded(|searcher, fields| {
            self.kept().pairs(&searcher, fields)?;
            self.kept().preferences(&searcher)?;
            self.kept().words(&searcher, fields).map(drop)
        })
    }
}

/// Finds the places of a query in texts that are not looked up in the index.
#[derive(Debug)]
pub struct Matcher {
    query: Query,
    needles: Needles,
}

impl Matcher {
    /// Tells whether the query, by its `in:`, asks for `part`.
    pub fn allows(&self, part: PartKind) -> bool {
        self.query.allows(part)
    }

    /// Returns the bytes of `markdown` that match: rising, disjoint, on character bounds. Marks
    /// inside a match (`**분산** 락`) belong to it.
    pub fn find(&self, markdown: &str) -> Vec<Range<usize>> {
        self.needles.places(markdown)
    }
}

/// Runs `work` where it can be shared out to several threads: threads of their own, as those that
/// read posts for the index may be busy for long.
fn at_once<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    static THREADS: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
        let count = available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
        let threads = ThreadPoolBuilder::new().num_threads(count);
        threads.thread_name(|nth| format!("search-{nth}")).build().ok()
    });
    match &*THREADS {
        Some(threads) => threads.install(work),
        None => work(),
    }
}

fn answer(
    searcher: &Searcher,
    fields: Fields,
    kept: &Kept,
    query: &Query,
    ask: Ask<'_>,
) -> Result<Found, SearchError> {
    let Understood { query, mut interpretations } =
        query::understand(searcher, fields, kept, query, ask.refused)?;
    let query = &query;
    let some_words = InterpretationKind::SomeWords.id("");
    let relax = !ask.refused.contains(&some_words);
    let run = run::search(searcher, fields, kept, query, ask.limit, relax)?;
    if run.relaxed {
        interpretations.push(Interpretation {
            id: some_words,
            kind: InterpretationKind::SomeWords,
            span: 0..query.length,
            from: String::new(),
            to: Vec::new(),
        });
    }
    let problems = query.problems().to_vec();
    let explanation = if ask.explain {
        let hits: Vec<_> = run.hits.iter().map(|hit| (hit.score, hit.at)).collect();
        Some(query::explain(searcher, fields, query, &hits)?)
    } else {
        None
    };
    Ok(Found { total: run.total, problems, interpretations, hits: run.hits, explanation })
}

//! Wire types: what a front end sends and gets, as JSON.
//!
//! Domain types are not serializable by design; the conversions live beside these types.
//! Fields are never renamed, only added. Offsets are in the unit the notebook was opened with
//! ([`OffsetUnit`]); everywhere else in the Rust code they are bytes.

mod compare;
mod conflict;
mod drafts;
mod edit;
mod entry;
mod export;
mod history;
mod overview;
mod page;
mod paste;
mod pictures;
mod posts;
mod saved;
mod search;
mod source;
mod watching;

pub use compare::{
    AnswerVersionView, AnswerVersionsRequest, AnswerVersionsView, CompareAllRequest,
    CompareAllView, CompareRequest, CompareView, CoverageView, CoveredEntry, DecisionView,
    FlagKindView, FlagView, SentenceView, SynonymsRequest, TermChangeView, TermDecision,
    TermRequest, TermStateView, TermView, TermsView, WishView,
};
pub use conflict::{LostRequest, LostView, MergeConflictView, SettleRequest, TakeView};
pub use drafts::{DraftKept, DraftPart, DraftRequest, DraftStateView, DraftView};
pub use edit::{
    AddDayRequest, AddPostRequest, ConvertRequest, DeleteRequest, EditBase, EditRequest, ModelEdit,
    MoveRequest,
};
pub use entry::{
    AnswerStateView, AnswerView, EntryPage, EntryRow, EntryView, ModelAnswerView, ModelStateView,
    SectionView, VariantView,
};
pub use export::{
    AnswersView, ColumnsView, ExportOptions, ExportRequest, ExportView, PaperView, PreviewPage,
    PreviewRequest, PreviewView, SelectionRequest,
};
pub use history::{
    AsideRequest, CauseView, DiffKindView, DiffSpanView, HistoryRequest, HistoryView, PartDiff,
    PartName, RestoreRequest, VersionDetail, VersionRequest, VersionView,
};
pub use overview::{
    AnswerFilter, CategoryCount, DayCount, DayHead, ListFilter, Overview, PostRow, TodayView,
};
pub use page::{PostEntry, PostPage, PostSection};
pub use paste::{AddAllRequest, AddedView, PasteRequest, PastedEntryView, PastedView};
pub use pictures::{AddPictureRequest, PictureAdded};
pub use posts::{
    Change, CheckView, DayView, DiagnosticView, ListView, OpenedView, PlacedDiagnosticView,
    PostView,
};
pub use saved::{AddRequest, SaveAnswerRequest, SavedView};
pub use search::{
    AlternativeView, ClauseKindView, ClauseView, CompletionItem, CompletionKind, CompletionRequest,
    CompletionView, ContributionView, ExplanationView, HitView, IndexingView,
    InterpretationKindView, InterpretationView, MatchView, MatchedView, MatchesRequest, PartView,
    ProblemView, ScoringView, SearchRequest, SearchView, WantedView,
};
pub use source::{SaveSourceRequest, SourceEntry, SourceView};
pub use watching::{WatchingMode, WatchingReason, WatchingView};

/// The unit of offsets on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OffsetUnit {
    /// Unicode scalar values, for scripts.
    #[default]
    Chars,
    /// UTF-16 code units, for CodeMirror and the DOM.
    Utf16,
}

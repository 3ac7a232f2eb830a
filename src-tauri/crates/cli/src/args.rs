//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Interview notes: list, search, compare, answer and print a folder of markdown posts.
#[derive(Debug, Parser)]
#[command(name = "dapanji", version, about, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// FOLDER is a folder of posts or a single post; ENTRY is the key `list` shows, or its beginning.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Lists posts, days and entries.
    List {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
    /// Shows an entry whole, or a post section by section.
    Show {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// Key of the entry, or its beginning; or the path of a post in the folder, as `list` shows it.
        entry: String,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
    /// Finds parts of entries.
    #[command(
        after_help = "Queries: words (all must match), \"exact phrase\", -not, A OR B, category:, topic:, \
        date:2025-04, date:2025-04-01..2025-04-10, in:answer|model|question|hint|section, \
        is:unanswered|draft|answered, post:\n\
        A value with spaces stands in quotes: category:\"System Design\". What is not in the notes is \
        read as what is: unfinished syllables, initial consonants, the other keyboard layout, \
        spacing, typos."
    )]
    Search {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// What to find.
        #[arg(allow_hyphen_values = true)]
        query: String,
        /// Most hits to show.
        #[arg(long, default_value_t = 20)]
        limit: u32,
        /// Takes a reading back that the search told, such as `typo:동시송` or `some_words`.
        #[arg(long = "not", value_name = "READING")]
        refused: Vec<String>,
        /// Says how the query was read and how each hit was scored.
        #[arg(long)]
        explain: bool,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
    /// Sets an answer beside its model answer, or beside its own past.
    #[command(after_help = "Wording is compared, not meaning: counts of terms, and no score.")]
    Compare {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// Key of the entry, or its beginning.
        #[arg(required_unless_present = "all", conflicts_with = "all")]
        entry: Option<String>,
        /// Lists all entries with a written model answer, the least covered first.
        #[arg(long)]
        all: bool,
        /// With --all: most entries to list.
        #[arg(long, requires = "all")]
        limit: Option<u32>,
        /// Whom the model answer is for, or a part of it; the first if none.
        #[arg(long, allow_hyphen_values = true)]
        audience: Option<String>,
        /// Lists the versions of the answer with what each had, and compares the one with this ID, or
        /// the newest one before, with now.
        #[arg(long, value_name = "ID", num_args = 0..=1, default_missing_value = "",
            conflicts_with = "all")]
        versions: Option<String>,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
    /// Shows or changes whose key terms count: of one entry, and names that mean one thing.
    #[command(after_help = "What is decided is kept in .dapanji/terms.jsonl.")]
    Terms {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// Key of the entry, or its beginning; decisions about all if none.
        entry: Option<String>,
        /// Adds a term, whether or not the model answer has it.
        #[arg(long, value_name = "TERM", requires = "entry", allow_hyphen_values = true)]
        add: Vec<String>,
        /// Keeps a term at the head of the list.
        #[arg(long, value_name = "TERM", requires = "entry", allow_hyphen_values = true)]
        pin: Vec<String>,
        /// Takes a term out of the list.
        #[arg(long, value_name = "TERM", requires = "entry", allow_hyphen_values = true)]
        remove: Vec<String>,
        /// Takes back what was decided about a term.
        #[arg(long, value_name = "TERM", requires = "entry", allow_hyphen_values = true)]
        reset: Vec<String>,
        /// Names that mean one thing in all entries.
        #[arg(long, value_name = "NAME=NAME")]
        same: Vec<String>,
        /// Names that do not after all.
        #[arg(long, value_name = "NAME=NAME")]
        apart: Vec<String>,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
    /// Replaces an answer's text with standard input.
    Answer {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// Key of the entry, or its beginning.
        entry: String,
        /// Revision of the post the text was written against, as `list --json` shows it.
        #[arg(long)]
        base: Option<String>,
    },
    /// Replaces the whole text of a post with standard input.
    #[command(
        after_help = "Lines that stay keep their bytes, their endings included. The old version \
        is kept in the history."
    )]
    Source {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// The post, relative to the folder.
        post: String,
        /// Revision of the post the text was written against, as `list --json` shows it.
        #[arg(long)]
        base: Option<String>,
    },
    /// Replaces parts of an entry; its key stays.
    #[command(after_help = "An empty text removes category, topic, hint or model answer.")]
    Edit {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// Key of the entry, or its beginning.
        entry: String,
        /// The new question.
        #[arg(long, allow_hyphen_values = true)]
        question: Option<String>,
        /// The new category.
        #[arg(long, allow_hyphen_values = true)]
        category: Option<String>,
        /// The new topic.
        #[arg(long, allow_hyphen_values = true)]
        topic: Option<String>,
        /// The new hint.
        #[arg(long, allow_hyphen_values = true)]
        hint: Option<String>,
        /// The new model answer.
        #[arg(long, allow_hyphen_values = true)]
        model_answer: Option<String>,
        /// Whose version of the model answer is replaced, or a part of that; all of it if none.
        #[arg(long, allow_hyphen_values = true, requires = "model_answer")]
        audience: Option<String>,
        /// Revision of the post the texts were written against, as `list --json` shows it.
        #[arg(long)]
        base: Option<String>,
        /// Prints what was saved as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Moves an entry to another day, or another post; its key stays.
    Move {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// Key of the entry, or its beginning.
        entry: String,
        /// Day to move to, as YYYY-MM-DD.
        #[arg(long)]
        date: String,
        /// Post to move to, relative to FOLDER; the one it is in if none.
        #[arg(long)]
        post: Option<String>,
        /// Revision of the post the entry was read at, as `list --json` shows it.
        #[arg(long)]
        base: Option<String>,
        /// Prints what was saved as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Deletes an entry; the old version of its post is kept in the history.
    Delete {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// Key of the entry, or its beginning.
        entry: String,
        /// Revision of the post the entry was read at, as `list --json` shows it.
        #[arg(long)]
        base: Option<String>,
        /// Prints what was saved as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Adds a question, a day or a post, in the layout and order of those there are.
    #[command(after_help = "With --date alone it adds a day without questions.")]
    Add {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// The question.
        #[arg(long, required_unless_present_any = ["date", "new_post", "paste"])]
        question: Option<String>,
        /// Reads one question or several from standard input: labelled text, a mail, a page's text,
        /// markdown, a list.
        #[arg(long, conflicts_with_all = ["question", "category", "topic", "hint", "model_answer"])]
        paste: bool,
        /// Only shows what --paste understands.
        #[arg(long, requires = "paste")]
        dry_run: bool,
        /// Post to add to, relative to FOLDER; the newest if none.
        #[arg(long)]
        post: Option<String>,
        /// Adds a post, modelled on the newest, and the question to it.
        #[arg(long, conflicts_with = "post")]
        new_post: bool,
        /// Title of the new post.
        #[arg(long, allow_hyphen_values = true, requires = "new_post")]
        title: Option<String>,
        /// Day, as YYYY-MM-DD; today if none.
        #[arg(long)]
        date: Option<String>,
        /// Category.
        #[arg(long, allow_hyphen_values = true, requires = "question")]
        category: Option<String>,
        /// Topic.
        #[arg(long, allow_hyphen_values = true, requires = "question")]
        topic: Option<String>,
        /// Hint.
        #[arg(long, allow_hyphen_values = true, requires = "question")]
        hint: Option<String>,
        /// Model answer.
        #[arg(long, allow_hyphen_values = true, requires = "question")]
        model_answer: Option<String>,
        /// Prints what was saved as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Writes entries as a PDF.
    Export {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// File to write.
        #[arg(long)]
        out: PathBuf,
        #[command(flatten)]
        selected: Selected,
        #[command(flatten)]
        layout: Layout,
        /// Prints what was written as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Names what is odd in the posts, with path and line.
    Check {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
    /// Lists texts that were being written in a window, or that `answer` could not save, and got into
    /// no post.
    #[command(after_help = "What a window that is open is writing is not listed.")]
    Drafts {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// Prints the text of the draft with this key, or a beginning of one, and nothing else.
        #[arg(long, value_name = "KEY", conflicts_with = "drop")]
        show: Option<String>,
        /// Deletes the draft with this key, or a beginning of one.
        #[arg(long, value_name = "KEY", conflicts_with = "json")]
        drop: Option<String>,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
    /// Chooses between the versions that git left in a post, and takes its markers out.
    #[command(
        after_help = "`dapanji check` lists them as conflict-markers. The text before is kept \
                            in the history."
    )]
    Settle {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// The post, relative to the folder.
        post: String,
        /// What to keep.
        #[arg(long)]
        take: Side,
        /// Line of the conflict's first marker, as `check` shows it; all conflicts of the post if
        /// none.
        #[arg(long)]
        line: Option<u32>,
        /// Prints what was saved as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Rewrites a post that is in CP949 or UTF-16 as UTF-8, so that it can be edited.
    #[command(after_help = "The text stays the same; the old bytes are kept in the history.")]
    Convert {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// The post, relative to the folder.
        post: String,
    },
    /// Lists versions that were replaced, compares one with what there is now, or puts it back.
    #[command(
        after_help = "Without ENTRY and --post: what changed in the whole folder. An ID may be cut off \
        where it is still unambiguous. What --restore replaces is in the history too."
    )]
    History {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// Key of the entry, or its beginning; also of one that is gone.
        entry: Option<String>,
        /// The post, relative to the folder.
        #[arg(long)]
        post: Option<String>,
        /// Only questions and posts that are not in the folder any more.
        #[arg(long, conflicts_with = "entry")]
        deleted: bool,
        /// Most versions to list.
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// Shows the version with this ID beside what there is now.
        #[arg(long, value_name = "ID", conflicts_with_all = ["post", "deleted"])]
        show: Option<String>,
        /// Puts the version with this ID back.
        #[arg(long, value_name = "ID", conflicts_with_all = ["post", "deleted", "show"])]
        restore: Option<String>,
        /// With --restore: the one part to put back.
        #[arg(long, requires = "restore", value_parser = ["question", "category", "hint", "answer",
            "model_answer", "section"])]
        part: Option<String>,
        /// With --restore: the post's revision it is based on, as `list --json` shows it.
        #[arg(long, requires = "restore")]
        base: Option<String>,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
    /// Prints a line for each change others make, until interrupted.
    Watch {
        /// Folder of posts, or a single post.
        folder: PathBuf,
        /// Prints a JSON document a line.
        #[arg(long)]
        json: bool,
    },
    /// Opens the window.
    Open {
        /// Folder of posts, or a single post; the last one, or the start page, if none.
        folder: Option<PathBuf>,
        /// Key of the entry to show, or its beginning.
        entry: Option<String>,
    },
}

/// What is kept of two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Side {
    /// The first one.
    Ours,
    /// The second one.
    Theirs,
    /// The first one, then the second one.
    Both,
}

/// Which entries go into a PDF. Conditions that are given must all hold.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Entries; all if nothing is given")]
pub(crate) struct Selected {
    /// Key of an entry, or its beginning; may be given more than once.
    #[arg(long)]
    pub(crate) entry: Vec<String>,
    /// One day, as YYYY-MM-DD.
    #[arg(long, conflicts_with_all = ["from", "to"])]
    pub(crate) date: Option<String>,
    /// First day.
    #[arg(long)]
    pub(crate) from: Option<String>,
    /// Last day.
    #[arg(long)]
    pub(crate) to: Option<String>,
    /// Category.
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) category: Option<String>,
    /// Entries this search finds.
    #[arg(long)]
    pub(crate) search: Option<String>,
    /// One post, relative to FOLDER.
    #[arg(long)]
    pub(crate) post: Option<String>,
}

/// How the pages of a PDF look.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Pages")]
pub(crate) struct Layout {
    /// Size of the pages.
    #[arg(long, default_value = "a4", value_parser = ["a4", "letter", "a5"], ignore_case = true)]
    pub(crate) paper: String,
    /// Sets own answer and model answer side by side.
    #[arg(long, visible_alias = "two-columns")]
    pub(crate) side_by_side: bool,
    /// Size of the text in points, 7 to 16.
    #[arg(long, value_name = "POINTS", default_value_t = 10.0, value_parser = text_size)]
    pub(crate) text_size: f32,
    /// Leaves out parts: model, hint, answer, section, picture, cover, contents.
    #[arg(long, value_delimiter = ',', value_name = "PARTS", value_parser = [
        "model", "hint", "answer", "section", "picture", "cover", "contents",
    ])]
    pub(crate) without: Vec<String>,
    /// Of the model answers only the one for this audience; an entry that has none for it keeps all
    /// it has.
    #[arg(long, value_name = "TEXT")]
    pub(crate) audience: Option<String>,
    /// A practice sheet: so many ruled lines in place of each answer, 12 if no number is given, and
    /// no model answers.
    #[arg(long, value_name = "LINES", num_args = 0..=1, default_missing_value = "12",
        value_parser = clap::value_parser!(u32).range(1..=100), conflicts_with = "compare")]
    pub(crate) practice: Option<u32>,
    /// Compares each answer with its model answer, terms marked in both.
    #[arg(long)]
    pub(crate) compare: bool,
    /// Uses no colour.
    #[arg(long)]
    pub(crate) grey: bool,
    /// Conforms to PDF/A-2b, for archives, besides PDF/UA-1.
    #[arg(long)]
    pub(crate) archive: bool,
    /// Title of the book; the post's or the folder's if not given.
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// Who wrote the answers; the posts' author if not given, nobody if blank.
    #[arg(long)]
    pub(crate) author: Option<String>,
    /// Language of labels and dates: ko or en.
    #[arg(long, default_value = "ko", value_parser = ["ko", "en"])]
    pub(crate) language: String,
}

fn text_size(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(size) if (7.0..=16.0).contains(&size) => Ok(size),
        _ => Err("not a number of points from 7 to 16".to_owned()),
    }
}

//! Carries a command out.

use std::io::{IsTerminal as _, Read as _, Write as _};
use std::path::Path;
use std::process::Command as Process;
use std::sync::Arc;
use std::sync::mpsc;

use dapanji_api::dto::{ConvertRequest, SaveAnswerRequest, SaveSourceRequest, SearchRequest};
use dapanji_api::{ApiError, Code, News, Notebook, NotebookOptions};

use crate::args::Command;
use crate::{compare, drafts, edit, export, found, history, print};

/// The window's program, looked for beside this one first.
const WINDOW: &str = "dapanji-window";

pub(crate) fn run(command: &Command) -> Result<(), ApiError> {
    match command {
        Command::List { folder, json } => {
            let list = open(folder)?.list();
            if *json { print::json(&list) } else { print::list(&list) }
        }
        Command::Show { folder, entry, json } => {
            let notebook = open(folder)?;
            if notebook.has_post(entry) {
                let page = notebook.post(entry)?;
                return if *json { print::json(&page) } else { print::post(&page) };
            }
            let entry = notebook.show(entry)?;
            if *json { print::json(&entry) } else { print::entry(&entry) }
        }
        Command::Search { folder, query, limit, refused, explain, json } => {
            let mut request = SearchRequest::new(query.as_str(), *limit);
            request.refused.clone_from(refused);
            request.explain = *explain;
            let found = open(folder)?.search(&request)?;
            if *json { print::json(&found) } else { found::print(&found) }
        }
        Command::Compare { .. } | Command::Terms { .. } => compare::run(command),
        Command::Answer { folder, entry, base } => answer(folder, entry, base.clone()),
        Command::Source { folder, post, base } => source(folder, post, base.clone()),
        Command::Edit { .. }
        | Command::Move { .. }
        | Command::Delete { .. }
        | Command::Settle { .. }
        | Command::Add { .. } => edit::change(command),
        Command::Export { folder, out, selected, layout, json } => {
            export::run(folder, out, selected, layout, *json)
        }
        Command::Check { folder, json } => {
            let checked = open(folder)?.check();
            if *json { print::json(&checked) } else { print::check(&checked) }
        }
        Command::Drafts { folder, show, drop, json } => {
            drafts::run(&open(folder)?, show.as_deref(), drop.as_deref(), *json)
        }
        Command::Convert { folder, post } => {
            let request = ConvertRequest { path: post.clone(), base: None };
            let saved = open(folder)?.convert(&request)?;
            print::line(&format!("{}  {}", saved.path, saved.revision))
        }
        Command::History { .. } => history::run(command),
        Command::Watch { folder, json } => watch(folder, *json),
        Command::Open { folder, entry } => open_window(folder.as_deref(), entry.as_deref()),
    }
}

/// Opens a folder; one without posts is told of, as what follows will be empty.
pub(crate) fn open(folder: &Path) -> Result<Notebook, ApiError> {
    let notebook = Notebook::open(folder, NotebookOptions::default())?;
    let check = notebook.check();
    if check.posts == 0 {
        let folder = folder.display();
        print::message(&format!("dapanji: {folder} holds no posts (.md, .markdown, .mdown, .mdx)"));
        print::message("  `dapanji add` makes the first one");
    }
    let unread = |code: &str| matches!(code, "too-large" | "unreadable");
    for diagnostic in check.diagnostics.iter().filter(|d| unread(&d.code)) {
        print::message(&format!("dapanji: left out: {}", diagnostic.message));
    }
    Ok(notebook)
}

fn answer(folder: &Path, entry: &str, base: Option<String>) -> Result<(), ApiError> {
    let notebook = open(folder)?;
    // Before anything is typed, so that a wrong key or a post that is not written costs nothing.
    let id = notebook.writable(entry)?;
    let text = standard_input("answer")?;
    let request = SaveAnswerRequest { entry: id, text, base, base_answer: None };
    let saved =
        notebook.answer(&request).inspect_err(|error| drafts::keep(&notebook, &request, error))?;
    print::line(&format!("{}  {}  {}", saved.entry, saved.path, saved.revision))
}

fn source(folder: &Path, post: &str, base: Option<String>) -> Result<(), ApiError> {
    let notebook = open(folder)?;
    // Before anything is typed, so that a wrong path or a post that is not written costs nothing.
    let before = notebook.source(post)?;
    let text = standard_input("post")?;
    let request = SaveSourceRequest { path: before.path, text, base };
    let saved = notebook.save_source(&request)?;
    print::line(&format!("{}  {}", saved.path, saved.revision))
}

/// Reads standard input whole; somebody who types is told what is wanted.
pub(crate) fn standard_input(what: &str) -> Result<String, ApiError> {
    if std::io::stdin().is_terminal() {
        print::message(&format!("dapanji: type the {what}, then Ctrl+D on a line of its own"));
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|error| {
        let message = format!("cannot read the {what} from standard input: {error}");
        ApiError::new(Code::InvalidRequest, message)
    })?;
    Ok(text)
}

fn watch(folder: &Path, json: bool) -> Result<(), ApiError> {
    let notebook = Arc::new(open(folder)?);
    let (sender, news) = mpsc::channel();
    let watching = notebook.watch_news(move |news| drop(sender.send(news)))?;
    print::message(&format!("dapanji: watching {}; Ctrl+C stops", folder.display()));
    print::watching(&watching.watching());
    for news in news {
        let change = match news {
            News::Change(change) => change,
            News::Watching(watching) => {
                print::watching(&watching);
                continue;
            }
            News::FolderThere(there) => {
                let what = if there { "is there again" } else { "is gone" };
                print::message(&format!("dapanji: {} {what}", folder.display()));
                continue;
            }
        };
        if json {
            print::json_line(&change)?;
        } else {
            for path in &change.changed {
                print::line(&format!("changed  {path}"))?;
            }
            for path in &change.removed {
                print::line(&format!("removed  {path}"))?;
            }
        }
        drop(std::io::stdout().flush());
    }
    Ok(())
}

fn open_window(folder: Option<&Path>, entry: Option<&str>) -> Result<(), ApiError> {
    if let Some(folder) = folder {
        let notebook = Notebook::open(folder, NotebookOptions::default())?;
        if let Some(entry) = entry {
            notebook.show(entry)?;
        }
    }
    let beside = std::env::current_exe().ok().and_then(|program| {
        let window = program.with_file_name(format!("{WINDOW}{}", std::env::consts::EXE_SUFFIX));
        window.is_file().then_some(window)
    });
    let program = beside.unwrap_or_else(|| WINDOW.into());
    let folder = folder.and_then(|folder| std::fs::canonicalize(folder).ok());
    let started = Process::new(&program).args(folder).args(entry).spawn();
    started.map(drop).map_err(|error| {
        let message = format!("cannot start the window ({}): {error}", program.display());
        ApiError::new(Code::Internal, message)
    })
}

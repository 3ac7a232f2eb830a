//! Commands that change posts.

use dapanji_api::dto::{
    AddAllRequest, AddDayRequest, AddPostRequest, AddRequest, DeleteRequest, EditRequest,
    ModelEdit, MoveRequest, PasteRequest, SavedView, SettleRequest, TakeView,
};
use dapanji_api::{ApiError, Code, Notebook};

use crate::args::{Command, Side};
use crate::{print, run};

/// Carries out `edit`, `move`, `delete`, `settle` and `add`.
pub(crate) fn change(command: &Command) -> Result<(), ApiError> {
    match command {
        Command::Edit {
            folder,
            entry,
            question,
            category,
            topic,
            hint,
            model_answer,
            audience,
            base,
            json,
        } => {
            let model_answer = model_answer.clone();
            let request = EditRequest {
                entry: entry.clone(),
                base: base.clone(),
                question: question.clone(),
                category: category.clone(),
                topic: topic.clone(),
                hint: hint.clone(),
                model_answer: model_answer
                    .map(|text| ModelEdit { audience: audience.clone(), text }),
                based_on: None,
            };
            saved(&run::open(folder)?.edit(&request)?, *json)
        }
        Command::Move { folder, entry, date, post, base, json } => {
            let request = MoveRequest {
                entry: entry.clone(),
                date: date.clone(),
                post: post.clone(),
                base: base.clone(),
            };
            saved(&run::open(folder)?.move_entry(&request)?, *json)
        }
        Command::Delete { folder, entry, base, json } => {
            let request = DeleteRequest { entry: entry.clone(), base: base.clone() };
            saved(&run::open(folder)?.delete(&request)?, *json)
        }
        Command::Settle { folder, post, take, line, json } => {
            let take = match take {
                Side::Ours => TakeView::Ours,
                Side::Theirs => TakeView::Theirs,
                Side::Both => TakeView::Both,
            };
            let notebook = run::open(folder)?;
            let id = line.map(|line| conflict_at(&notebook, post, line)).transpose()?;
            let request = SettleRequest { post: post.clone(), id, take, text: None };
            saved(&notebook.settle(&request)?, *json)
        }
        Command::Add { .. } => add(command),
        _ => Err(ApiError::new(Code::Internal, "not a change")),
    }
}

/// The name of the conflict that begins at a line.
fn conflict_at(notebook: &Notebook, post: &str, line: u32) -> Result<String, ApiError> {
    let mut conflicts = notebook.post(post)?.conflicts.into_iter();
    let found = conflicts.find(|conflict| conflict.line == line);
    found.map(|conflict| conflict.id).ok_or_else(|| {
        let message = format!("no conflict begins at line {line} of {post}");
        ApiError::new(Code::InvalidRequest, message)
    })
}

fn add(command: &Command) -> Result<(), ApiError> {
    let Command::Add {
        folder,
        question,
        paste,
        dry_run,
        post,
        new_post,
        title,
        date,
        category,
        topic,
        hint,
        model_answer,
        json,
    } = command
    else {
        return Err(ApiError::new(Code::Internal, "not an addition"));
    };
    let notebook = run::open(folder)?;
    let pasted = if *paste {
        Some(notebook.read_paste(&PasteRequest { text: run::standard_input("questions")? }))
    } else {
        None
    };
    if let Some(read) = pasted.as_ref().filter(|_| *dry_run) {
        return if *json { print::json(read) } else { print::pasted(read) };
    }
    let made = if *new_post {
        let request = AddPostRequest { title: title.clone(), date: date.clone() };
        Some(notebook.add_post(&request)?)
    } else {
        None
    };
    let post = made.as_ref().map(|made| made.path.clone()).or_else(|| post.clone());
    if let Some(read) = pasted {
        let request = AddAllRequest { entries: read.entries.clone(), post, date: date.clone() };
        let added = notebook.add_all(&request)?;
        return if *json { print::json(&added) } else { print::added(&read, &added) };
    }
    match (question, made, date) {
        (Some(question), _, _) => {
            let request = AddRequest {
                question: question.clone(),
                post,
                date: date.clone(),
                category: category.clone(),
                topic: topic.clone(),
                hint: hint.clone(),
                model_answer: model_answer.clone(),
            };
            saved(&notebook.add(&request)?, *json)
        }
        (None, Some(made), _) => saved(&made, *json),
        (None, None, Some(date)) => {
            let request = AddDayRequest { post, date: date.clone() };
            saved(&notebook.add_day(&request)?, *json)
        }
        (None, None, None) => Err(ApiError::new(
            Code::InvalidRequest,
            "nothing to add: give --question, --date or --new-post",
        )),
    }
}

/// Says what was saved: the entry's key, if one is meant, then each post and its new revision.
pub(crate) fn saved(saved: &SavedView, json: bool) -> Result<(), ApiError> {
    if json {
        return print::json(saved);
    }
    let entry = if saved.entry.is_empty() { String::new() } else { format!("{}  ", saved.entry) };
    print::line(&format!("{entry}{}  {}", saved.path, saved.revision))
}

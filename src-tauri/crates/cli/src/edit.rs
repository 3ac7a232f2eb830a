//! Commands that change posts.

use dapanji_api::dto::{
    AddAllRequest, AddDayRequest, AddPostRequest, AddRequest, DeleteRequest, EditRequest,
    ModelEdit, MoveRequest, PasteRequest, SavedView,
};
use dapanji_api::{ApiError, Code};

use crate::args::Command;
use crate::{print, run};

/// Carries out `edit`, `move`, `delete` and `add`.
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
        Command::Add { .. } => add(command),
        _ => Err(ApiError::new(Code::Internal, "not a change")),
    }
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

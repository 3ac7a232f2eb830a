//! Texts that got into no post.

use dapanji_api::dto::{DraftPart, DraftRequest, DraftStateView, DraftView, SaveAnswerRequest};
use dapanji_api::{ApiError, Code, Notebook};

use crate::print;

pub(crate) fn run(
    notebook: &Notebook,
    show: Option<&str>,
    drop: Option<&str>,
    json: bool,
) -> Result<(), ApiError> {
    let drafts = notebook.drafts()?;
    if let Some(key) = drop {
        return notebook.drop_draft(&found(&drafts, key)?.key);
    }
    match show.map(|key| found(&drafts, key)).transpose()? {
        Some(draft) if json => print::json(draft),
        Some(draft) => print::line(&draft.text),
        None if json => print::json(&serde_json::json!({ "drafts": drafts })),
        None => drafts.iter().try_for_each(line),
    }
}

/// Keeps an answer that could not be saved, and says on standard error where it is: who typed it has
/// no other copy.
pub(crate) fn keep(notebook: &Notebook, request: &SaveAnswerRequest, error: &ApiError) {
    if request.text.trim().is_empty() {
        return;
    }
    let there = notebook.show(&request.entry).map(|entry| entry.answer.text);
    let base = match error.code {
        // What it goes on from is not known; it is not what is there.
        Code::Conflict => String::new(),
        _ => there.unwrap_or_default(),
    };
    // Of one text that is tried again and again there is one draft.
    let replaces = notebook.drafts().unwrap_or_default().into_iter().find(|draft| {
        draft.part == DraftPart::Answer
            && draft.kept_for.as_deref() == Some(&*request.entry)
            && draft.text == request.text
    });
    let kept = notebook.keep_draft(&DraftRequest {
        entry: Some(request.entry.clone()),
        part: DraftPart::Answer,
        audience: None,
        text: request.text.clone(),
        base,
        revision: request.base.clone(),
        replaces: replaces.map(|draft| draft.key),
        question: None,
        path: None,
        date: None,
    });
    match kept {
        Ok(kept) => {
            let key = kept.key;
            print::message(&format!(
                "dapanji: the answer is kept: `dapanji drafts FOLDER --show {key}`"
            ));
        }
        Err(error) => {
            print::message(&format!("dapanji: the answer is not kept either: {}", error.message));
        }
    }
}

/// The draft that is meant by its key, or by the beginning of exactly one.
fn found<'a>(drafts: &'a [DraftView], key: &str) -> Result<&'a DraftView, ApiError> {
    let mut fitting = drafts.iter().filter(|draft| !key.is_empty() && draft.key.starts_with(key));
    let error = |what: &str| {
        ApiError::new(Code::InvalidRequest, format!("{what} draft's key begins with `{key}`"))
    };
    let first = fitting.next().ok_or_else(|| error("no"))?;
    if fitting.next().is_some() { Err(error("more than one")) } else { Ok(first) }
}

fn line(draft: &DraftView) -> Result<(), ApiError> {
    let part = match draft.part {
        DraftPart::Question => "질문",
        DraftPart::Category => "분류와 주제",
        DraftPart::Hint => "힌트",
        DraftPart::Answer => "답",
        DraftPart::ModelAnswer => "모범 답안",
        DraftPart::Source => "글 전체",
        DraftPart::NewEntry => "새 문제",
    };
    let state = match draft.state {
        DraftStateView::Unsaved | DraftStateView::Same => "",
        DraftStateView::MovedOn => ", 그사이 파일이 바뀜",
        DraftStateView::Gone => ", 쓰던 자리가 사라짐",
    };
    print::line(&format!("{}  {}  {part}{state}", draft.key, draft.at))?;
    let entry = draft.entry.as_deref().unwrap_or("-");
    print::line(&format!("    {}  {entry}  {}", draft.path, draft.question))?;
    let first = draft.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    print::line(&format!("    {}", first.trim()))
}

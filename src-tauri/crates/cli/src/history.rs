//! The history: listed, compared, put back.

use dapanji_api::dto::{
    CauseView, DiffKindView, HistoryRequest, PartName, RestoreRequest, VersionDetail,
    VersionRequest, VersionView,
};
use dapanji_api::{ApiError, Code};

use crate::args::Command;
use crate::{edit, print, run};

/// Carries out `history`.
pub(crate) fn run(command: &Command) -> Result<(), ApiError> {
    let Command::History { folder, entry, post, deleted, limit, show, restore, part, base, json } =
        command
    else {
        return Err(ApiError::new(Code::Internal, "not about the history"));
    };
    let notebook = run::open(folder)?;
    notebook.catch_up_history();
    let listing = |limit| HistoryRequest {
        entry: entry.clone(),
        post: post.clone(),
        deleted: *deleted,
        limit,
    };
    // With an entry, an ID is looked for among its versions only, so less of it will do.
    let of_entry = |id: &String| match entry {
        Some(entry) => one_of(&notebook.history(&listing(u32::MAX))?.versions, id, entry),
        None => Ok(id.clone()),
    };
    if let Some(id) = restore {
        let part =
            part.as_deref().and_then(|word| PARTS.into_iter().find(|part| name(*part) == word));
        let request = RestoreRequest { id: of_entry(id)?, base: base.clone(), part };
        return edit::saved(&notebook.restore(&request)?, *json);
    }
    if let Some(id) = show {
        let detail = notebook.version(&VersionRequest { id: of_entry(id)? })?;
        return if *json { print::json(&detail) } else { compared(&detail) };
    }
    let listed = notebook.history(&listing(*limit))?;
    if *json {
        return print::json(&listed);
    }
    listed.versions.iter().try_for_each(version)
}

/// The ID of the one version that `id` is the beginning of.
fn one_of(versions: &[VersionView], id: &str, entry: &str) -> Result<String, ApiError> {
    let fitting: Vec<_> = versions.iter().filter(|version| version.id.starts_with(id)).collect();
    let reason = match fitting.as_slice() {
        [one] => return Ok(one.id.clone()),
        [] => "no version",
        _ => "more than one version",
    };
    let message = format!("{reason} `{id}` of `{entry}`; `dapanji history` lists them");
    Err(ApiError::new(Code::InvalidRequest, message))
}

/// A version on two lines: what it is, and how what differs begins.
fn version(version: &VersionView) -> Result<(), ApiError> {
    let parts: Vec<&str> = version.parts.iter().map(|part| name(*part)).collect();
    let question = version.question.as_deref().unwrap_or_default();
    print::line(&format!(
        "{}  {}  {}  {}  {}  {question}",
        version.id,
        version.at,
        cause(version.cause),
        parts.join(","),
        version.path,
    ))?;
    if version.excerpt.is_empty() {
        Ok(())
    } else {
        print::line(&format!("    {}", version.excerpt))
    }
}

/// A version part by part, what went as `[-…-]` and what came as `{+…+}`.
fn compared(detail: &VersionDetail) -> Result<(), ApiError> {
    version(&detail.version)?;
    if !detail.exists {
        print::line("it is not in the folder any more")?;
    } else if detail.parts.is_empty() {
        print::line("it is now as it was then")?;
    }
    for part in &detail.parts {
        print::line(&format!("\n{}:", name(part.part)))?;
        let text: String = part
            .spans
            .iter()
            .map(|span| match span.kind {
                DiffKindView::Same => span.text.clone(),
                DiffKindView::Removed => format!("[-{}-]", span.text),
                DiffKindView::Added => format!("{{+{}+}}", span.text),
            })
            .collect();
        print::line(&text)?;
    }
    Ok(())
}

const PARTS: [PartName; 7] = [
    PartName::Question,
    PartName::Category,
    PartName::Hint,
    PartName::Answer,
    PartName::ModelAnswer,
    PartName::Section,
    PartName::Entry,
];

/// A part as JSON has it.
fn name(part: PartName) -> &'static str {
    match part {
        PartName::Question => "question",
        PartName::Category => "category",
        PartName::Hint => "hint",
        PartName::Answer => "answer",
        PartName::ModelAnswer => "model_answer",
        PartName::Section => "section",
        PartName::Entry => "entry",
    }
}

fn cause(cause: CauseView) -> &'static str {
    match cause {
        CauseView::Saved => "saved",
        CauseView::Outside => "outside",
        CauseView::Deleted => "deleted",
        CauseView::Restored => "restored",
        CauseView::Converted => "converted",
        CauseView::Aside => "aside",
    }
}

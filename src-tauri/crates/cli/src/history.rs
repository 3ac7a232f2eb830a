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
    if let Some(id) = restore {
        let part =
            part.as_deref().and_then(|word| PARTS.into_iter().find(|part| name(*part) == word));
        let request = RestoreRequest { id: id.clone(), base: base.clone(), part };
        return edit::saved(&notebook.restore(&request)?, *json);
    }
    if let Some(id) = show {
        let detail = notebook.version(&VersionRequest { id: id.clone() })?;
        return if *json { print::json(&detail) } else { compared(&detail) };
    }
    let request = HistoryRequest {
        entry: entry.clone(),
        post: post.clone(),
        deleted: *deleted,
        limit: *limit,
    };
    let listed = notebook.history(&request)?;
    if *json {
        return print::json(&listed);
    }
    listed.versions.iter().try_for_each(version)
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

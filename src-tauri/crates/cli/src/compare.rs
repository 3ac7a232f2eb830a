//! Comparisons: one answer, all of them, an answer beside its own past, and whose terms count.

use dapanji_api::dto::{
    AnswerVersionsRequest, AnswerVersionsView, CompareAllRequest, CompareAllView, CompareRequest,
    CompareView, CoverageView, DiffKindView, ModelStateView, SynonymsRequest, TermDecision,
    TermRequest, TermStateView, TermsView, WishView,
};
use dapanji_api::{ApiError, Code, Notebook};

use crate::args::Command;
use crate::print::{bubble, json, line};
use crate::run::open;

/// Most terms that a line of the list names.
const NAMED: usize = 4;

pub(crate) fn run(command: &Command) -> Result<(), ApiError> {
    match command {
        Command::Compare { folder, all: true, audience, limit, json: as_json, .. } => {
            let request = CompareAllRequest { audience: audience.clone(), limit: *limit };
            let compared = open(folder)?.compare_all(&request)?;
            if *as_json { json(&compared) } else { list(&compared) }
        }
        Command::Compare {
            folder, entry: Some(entry), audience, versions, json: as_json, ..
        } => {
            let notebook = open(folder)?;
            if let Some(older) = versions {
                return past(&notebook, entry, audience.as_deref(), older, *as_json);
            }
            let request =
                CompareRequest { entry: entry.clone(), audience: audience.clone(), answer: None };
            let compared = notebook.compare(&request)?;
            if *as_json { json(&compared) } else { one(&compared) }
        }
        Command::Terms { folder, entry, add, pin, remove, reset, same, apart, json: as_json } => {
            let notebook = open(folder)?;
            let decisions = [
                (TermDecision::Pin, pin),
                (TermDecision::Add, add),
                (TermDecision::Remove, remove),
                (TermDecision::Reset, reset),
            ];
            for (decision, terms) in decisions {
                for term in terms {
                    let entry = entry.clone().unwrap_or_default();
                    notebook.decide_term(&TermRequest { entry, term: term.clone(), decision })?;
                }
            }
            for (names, same) in [(same, true), (apart, false)] {
                for names in names {
                    let names = names.split('=').map(|name| name.trim().to_owned()).collect();
                    notebook.set_synonyms(&SynonymsRequest { names, same })?;
                }
            }
            let decided = notebook.terms(entry.as_deref())?;
            if *as_json { json(&decided) } else { terms(&decided) }
        }
        _ => Err(ApiError::new(Code::Internal, "not a comparison")),
    }
}

fn one(compared: &CompareView) -> Result<(), ApiError> {
    match compared.model_state {
        ModelStateView::Written => {}
        ModelStateView::Placeholder => {
            return line("모범 답안 자리에 아직 글이 없어 견줄 것이 없습니다.");
        }
        ModelStateView::None => return line("이 문제에는 모범 답안이 없습니다."),
    }
    if let Some(audience) = &compared.audience {
        line(&format!("모범 답안: {audience}"))?;
    }
    for (state, title) in [
        (TermStateView::Said, "○ 쓴 말"),
        (TermStateView::Partly, "△ 일부만 쓴 말"),
        (TermStateView::Missing, "⬚ 빠진 말"),
    ] {
        let terms: Vec<String> = compared
            .terms
            .iter()
            .filter(|term| term.state == state)
            .map(|term| match term.wish {
                Some(WishView::Pinned) => format!("{} (고정)", term.term),
                Some(WishView::Added) => format!("{} (더함)", term.term),
                None => term.term.clone(),
            })
            .collect();
        if !terms.is_empty() {
            line(&format!("{title}: {}", terms.join(", ")))?;
        }
    }
    if !compared.extra_terms.is_empty() {
        line(&format!("＋ 내 답에만 있는 말: {}", compared.extra_terms.join(", ")))?;
    }
    if !compared.removed_terms.is_empty() {
        line(&format!("－ 뺀 말: {}", compared.removed_terms.join(", ")))?;
    }
    for flag in &compared.flags {
        line(&format!("! 다른 곳: {} ↔ {}", flag.answer, flag.model))?;
    }
    for sentence in compared.sentences.iter().filter(|s| s.answer.is_none()) {
        line(&format!("- 내 답에 없는 문장: {}", sentence.model.replace('\n', " ")))?;
    }
    line("낱말과 표현을 견준 것이며, 뜻을 채점하지 않습니다.")
}

/// The least covered entries: a line each with its counts, and what is missing below.
fn list(compared: &CompareAllView) -> Result<(), ApiError> {
    for entry in &compared.entries {
        line(&format!(
            "{} {}  {}  {}",
            bubble(entry.answer_state),
            entry.entry,
            counts(&entry.terms),
            entry.question
        ))?;
        let missing = entry.missing_terms.iter().chain(&entry.partly_terms);
        let named: Vec<&str> = missing.take(NAMED).map(String::as_str).collect();
        let of = entry.missing_terms.len() + entry.partly_terms.len();
        if !named.is_empty() {
            let more = if of > named.len() { " …" } else { "" };
            line(&format!("    {}{more}", named.join(", ")))?;
        }
    }
    line(&format!(
        "견준 문제 {}개, 견줄 모범 답안이 없는 문제 {}개. 낱말과 표현을 견준 것이며, 뜻을 채점하지 않습니다.",
        compared.compared, compared.without_model
    ))
}

fn counts(terms: &CoverageView) -> String {
    format!("○{} △{} ⬚{}", terms.said, terms.partly, terms.missing)
}

/// All versions with what they had, then the two that are compared, word by word.
fn past(
    notebook: &Notebook,
    entry: &str,
    audience: Option<&str>,
    older: &str,
    as_json: bool,
) -> Result<(), ApiError> {
    let request = AnswerVersionsRequest {
        entry: entry.to_owned(),
        audience: audience.map(str::to_owned),
        older: (!older.is_empty()).then(|| older.to_owned()),
        ..AnswerVersionsRequest::default()
    };
    let found = notebook.answer_versions(&request)?;
    if as_json { json(&found) } else { versions(&found) }
}

fn versions(found: &AnswerVersionsView) -> Result<(), ApiError> {
    for version in &found.versions {
        let terms = version.coverage.as_ref().map(counts).unwrap_or_default();
        let since = version.since.as_deref().unwrap_or("처음");
        let until = version.until.as_deref().unwrap_or("지금");
        let id = version.id.as_deref().unwrap_or("");
        line(&format!(
            "{} {since} ~ {until}  {terms}  {}자  {id}",
            bubble(version.state),
            version.chars
        ))?;
    }
    if found.spans.is_empty() {
        return line("이 답의 지난 글이 없습니다.");
    }
    let spans = found.spans.iter().map(|span| match span.kind {
        DiffKindView::Same => span.text.clone(),
        DiffKindView::Removed => format!("[-{}-]", span.text),
        DiffKindView::Added => format!("{{+{}+}}", span.text),
    });
    line(&format!("\n{}", spans.collect::<String>().trim_end()))?;
    for change in &found.changes {
        let mark = |state| match state {
            TermStateView::Said => '○',
            TermStateView::Partly => '△',
            TermStateView::Missing => '⬚',
        };
        line(&format!("{} → {}  {}", mark(change.older), mark(change.newer), change.term))?;
    }
    line("개수는 지금의 모범 답안으로 센 것입니다.")
}

fn terms(decided: &TermsView) -> Result<(), ApiError> {
    for decision in &decided.decisions {
        let what = match decision.decision {
            TermDecision::Pin => "고정",
            TermDecision::Add => "더함",
            TermDecision::Remove => "뺌",
            TermDecision::Reset => continue,
        };
        line(&format!("{}  {what}  {}", decision.entry, decision.term))?;
    }
    for names in &decided.synonyms {
        line(&format!("같은 말: {}", names.join(" = ")))?;
    }
    if decided.decisions.is_empty() && decided.synonyms.is_empty() {
        line("정한 용어가 없습니다.")?;
    }
    Ok(())
}

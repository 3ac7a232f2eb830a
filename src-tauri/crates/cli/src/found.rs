//! What a search found, for people.

use dapanji_api::ApiError;
use dapanji_api::dto::{
    ClauseKindView, ClauseView, InterpretationKindView, InterpretationView, MatchedView,
    ScoringView, SearchView, WantedView,
};

use crate::print::line;

/// The hits, after what is odd in the query and how it was read.
pub(crate) fn print(found: &SearchView) -> Result<(), ApiError> {
    for problem in &found.problems {
        let at = cut(&found.query, problem.range);
        line(&format!("! {at}: {}", problem_text(&problem.code)))?;
    }
    for one in &found.interpretations {
        line(&format!("({})", interpretation_text(one)))?;
    }
    if let Some(explanation) = &found.explanation {
        line("읽은 대로:")?;
        for clause in &explanation.clauses {
            line(&format!("  {}", clause_text(clause)))?;
        }
    }
    for (nth, hit) in found.hits.iter().enumerate() {
        let key = hit.entry.as_deref().unwrap_or("-");
        line(&format!("{}:{}  {key}  {}", hit.path, hit.line, hit.question))?;
        line(&format!("    {}", hit.snippet))?;
        let explained = found.explanation.as_ref().and_then(|explained| explained.hits.get(nth));
        if let Some(scoring) = explained {
            print_scoring(scoring)?;
        }
    }
    line(&format!("{} / {}", found.hits.len(), found.total))
}

fn clause_text(clause: &ClauseView) -> String {
    let text = |wanted: &WantedView| {
        let mut shown = wanted.text.clone();
        if wanted.unfinished {
            shown.push('…');
        }
        let also = wanted.alternatives.iter().map(|one| format!("{} {}%", one.text, one.percent));
        let also: Vec<String> = also.collect();
        if also.is_empty() { shown } else { format!("{shown} [또는 {}]", also.join(", ")) }
    };
    let texts: Vec<String> = clause.texts.iter().map(text).collect();
    let filter = clause.filter.as_deref().unwrap_or_default();
    match clause.kind {
        ClauseKindView::All | ClauseKindView::Any => texts.join(" OR "),
        ClauseKindView::None => format!("없어야: {}", texts.join(" ")),
        ClauseKindView::Filter => format!("조건: {filter}"),
        ClauseKindView::ExcludedFilter => format!("아니어야: {filter}"),
    }
}

fn print_scoring(scoring: &ScoringView) -> Result<(), ApiError> {
    let matched = match scoring.matched {
        MatchedView::All => "모두 이 부분에 있음",
        MatchedView::AllWithQuestion => "문제까지 보아 모두 있음",
        MatchedView::Some => "일부만 있음",
        MatchedView::Pieces => "낱말 조각만 있음",
    };
    let (score, text, preference) = (scoring.score, scoring.text_score, scoring.preference);
    line(&format!("    {score:.3} = {text:.3} × {preference:.3} ({matched})"))?;
    for one in &scoring.contributions {
        let what = if one.text.is_empty() {
            "나란히 선 낱말".to_owned()
        } else {
            format!("{}  {}: {}", one.text, one.field, one.terms.join(" "))
        };
        line(&format!("      {:+.3}  {what}", one.score))?;
    }
    Ok(())
}

/// Returns the characters of a text in a range of the wire.
fn cut(text: &str, [start, end]: [u32; 2]) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

fn problem_text(code: &str) -> &str {
    match code {
        "unclosed_quote" => "닫는 따옴표가 없습니다. 끝까지를 구절로 읽었습니다.",
        "empty_phrase" => "따옴표 안에 낱말이 없습니다.",
        "empty_operator" => "값이 없어 쓰지 않았습니다.",
        "no_such_value" => "이런 값을 가진 문제가 없습니다.",
        "unknown_value" => "이런 값은 없어 쓰지 않았습니다.",
        "impossible_date" => "달력에 없는 날이라 쓰지 않았습니다.",
        "unreadable_date" => {
            "날짜로 읽을 수 없어 쓰지 않았습니다. 예: 2025-04, 2025-04-01..2025-04-10"
        }
        "nothing_scheduled" => "복습 일정이 없어 쓰지 않았습니다.",
        "dangling_or" => "OR 앞뒤에 고를 것이 있어야 합니다.",
        "mixed_or" => "OR로는 낱말끼리, 또는 조건끼리만 고를 수 있어 둘 다 찾았습니다.",
        "only_exclusions" => "뺄 것만 있어, 나머지 전부를 찾았습니다.",
        "nothing_to_find" => "찾을 낱말이 없습니다.",
        "too_long" => "너무 길어 여기부터는 읽지 않았습니다.",
        "too_many_words" => "조건이 너무 많아 여기부터는 읽지 않았습니다.",
        other => other,
    }
}

fn interpretation_text(one: &InterpretationView) -> String {
    let how = match one.kind {
        InterpretationKindView::Unfinished => "쓰다 만 글자",
        InterpretationKindView::Initials => "초성",
        InterpretationKindView::Layout => "한/영 전환",
        InterpretationKindView::Spacing => "띄어쓰기",
        InterpretationKindView::Typo => "오타",
        InterpretationKindView::Synonym => "같은 말",
        InterpretationKindView::SomeWords => {
            return "낱말이 다 든 곳이 적어, 일부만 든 곳도 뒤에 보입니다".to_owned();
        }
    };
    format!("{how}: {} → {}; 되돌리려면 --not {:?}", one.from, one.to.join(", "), one.id)
}

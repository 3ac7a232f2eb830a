//! What each edit does to the bytes around it.

use jiff::civil::date;

use super::V1;
use crate::{DayHeading, EditError, Edits, NewEntry, Post};

type Made = Result<Edits, EditError>;

fn check(before: &str, edit: impl Fn(&Post) -> Made, after: &str) {
    let made = edit(&Post::parse(before)).unwrap();
    assert_eq!(made.apply(before), after, "of {before}");
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let made = edit(&Post::parse(crlf(before))).unwrap();
    assert_eq!(made.apply(&crlf(before)), crlf(after), "with CRLF, of {before}");
}

const HEAD: &str =
    "# 2025.05.02\n## 가?\n> 카테고리: 자료구조, 큐  \n\n> 힌트: 순서\n> 둘째\n\n### 답변\n답\n";

#[test]
fn categories() {
    let set = |category: &'static str, topic: &'static str| {
        move |post: &Post| post.set_category(0, category, topic)
    };
    let changed = |line: &str| HEAD.replace("> 카테고리: 자료구조, 큐  ", line);
    check(HEAD, set("OS", "락, 뮤텍스"), &changed("> 카테고리: OS, 락, 뮤텍스  "));
    check(HEAD, set("OS", ""), &changed("> 카테고리: OS  "));
    check(HEAD, set("", "큐"), &changed("> 카테고리: , 큐  "));
    check(HEAD, set("자료구조", "큐"), HEAD);
    let without = HEAD.replace("\n> 카테고리: 자료구조, 큐  ", "");
    check(HEAD, set("", ""), &without);
    let back = "# 2025.05.02\n## 가?\n> 카테고리: OS\n\n### 답변\n";
    check("# 2025.05.02\n## 가?\n### 답변\n", set("OS", ""), back);
    check(
        "## 가?\n>카테고리:A,b\n\n### 답변\n",
        set("C", "d"),
        "## 가?\n>카테고리:C,d\n\n### 답변\n",
    );
}

#[test]
fn a_head_that_goes_comes_back_as_it_was() {
    let post = Post::parse(V1);
    for nth in 0..3 {
        let (_, entry) = post.entries().nth(nth).unwrap();
        let category = entry.categories.first().unwrap();
        let topic = entry.topic.clone().unwrap();
        let bare = post.set_category(nth, "", "").unwrap().apply(V1);
        let again = Post::parse(bare.as_str()).set_category(nth, category, &topic).unwrap();
        assert_eq!(again.apply(&bare), V1);
        let Some(hint) = &entry.hint else { continue };
        let hint = post.part_text(hint).into_owned();
        let bare = post.set_hint(nth, "").unwrap().apply(V1);
        let again = Post::parse(bare.as_str()).set_hint(nth, &hint).unwrap();
        assert_eq!(again.apply(&bare), V1);
    }
}

#[test]
fn hints() {
    let set = |hint: &'static str| move |post: &Post| post.set_hint(0, hint);
    let changed = |line: &str| HEAD.replace("> 힌트: 순서\n> 둘째", line);
    check(HEAD, set("순서\n셋째\n\n넷째"), &changed("> 힌트: 순서\n> 셋째\n> \n> 넷째"));
    check(HEAD, set("하나"), &changed("> 힌트: 하나"));
    check(HEAD, set(""), &HEAD.replace("\n\n> 힌트: 순서\n> 둘째", ""));
    check(
        "## 가?\n> 카테고리: 나\n> 힌트:\n\n답\n",
        set("다"),
        "## 가?\n> 카테고리: 나\n> 힌트: 다\n\n답\n",
    );
    check("# 2025.05.01\n## 가?\n", set("다"), "# 2025.05.01\n## 가?\n\n> 힌트: 다\n");
}

#[test]
fn questions() {
    let set = |question: &'static str| move |post: &Post| post.set_question(0, question);
    for (before, question, after) in [
        ("## Q1. 가?  \n### 답변\n", "나?", "## Q1. 나?  \n### 답변\n"),
        ("## 질문: 가 ##\n## 답변\n", "나\n다", "## 질문: 나 다 ##\n## 답변\n"),
        ("## 가? {#q-1}\n### 답변\n", "나?", "## 나? {#q-1}\n### 답변\n"),
        ("# 2025.05.01\n## 가\n답\n", "배열은 왜 C #", "# 2025.05.01\n## 배열은 왜 C # #\n답\n"),
        ("Q : 가?\nA : 나\n", "다?", "Q : 다?\nA : 나\n"),
    ] {
        check(before, set(question), after);
    }
}

const BLOCK: &str = "# 2025.05.01\n## 가?\n### 답변\n답\n\n> ##### 모범 답안\n>\n> 머리말\n>\n> [신입]  \n> 하나\n> \
                     \n> [경력]\n> 둘\n{: .block-tip }  \n\n## 나?\n### 답변\n";

#[test]
fn model_answers() {
    let set = |variant: Option<usize>, text: &'static str| {
        move |post: &Post| post.set_model_answer(0, variant, text)
    };
    check(
        BLOCK,
        set(Some(1), "새 글\n\n- 목록"),
        &BLOCK.replace("> 하나", "> 새 글\n> \n> - 목록"),
    );
    check(BLOCK, set(Some(1), ""), &BLOCK.replace("> [신입]  \n> 하나\n> \n", ""));
    check(BLOCK, set(Some(2), ""), &BLOCK.replace("\n> \n> [경력]\n> 둘", ""));
    let all = "머리말\n\n[신입]  \n하나\n\n[경력]\n둘";
    check(BLOCK, set(None, all), BLOCK);
    let body = "> 머리말\n>\n> [신입]  \n> 하나\n> \n> [경력]\n> 둘";
    check(BLOCK, set(None, "  들여쓴 글"), &BLOCK.replace(body, ">   들여쓴 글"));
    let whole = BLOCK.split_once("\n\n> #####").unwrap().1.split_once("\n\n## 나?").unwrap().0;
    let without = BLOCK.replace(&format!("\n\n> #####{whole}"), "");
    check(BLOCK, set(None, ""), &without);
    // Made in the style of the others.
    let both = BLOCK.replace(
        "## 나?\n### 답변\n",
        "## 나?\n### 답변\n\n> ##### 모범 답안\n>\n> 글\n{: .block-tip }  \n",
    );
    check(BLOCK, |post| post.set_model_answer(1, None, "글"), &both);
}

#[test]
fn folded_answers() {
    let text = "## 가?\n<details>\n<summary>답변 보기</summary>\n\n글\n\n</details>\n\n## Q. 나?\n### 답변\n";
    check(text, |post| post.set_answer(0, "새 글"), &text.replace("\n글\n", "\n새 글\n"));
}

#[test]
fn entries_that_go() {
    let delete = |nth, heading| move |post: &Post| post.delete_entry(nth, heading);
    let first = V1.split_once("## 큐와").unwrap().1.split_once("## 해시").unwrap().0;
    check(V1, delete(0, DayHeading::Drop), &V1.replace(&format!("## 큐와{first}"), ""));
    let second = V1.split_once("\n\n## 해시").unwrap().1.split_once("\n\n---").unwrap().0;
    check(V1, delete(1, DayHeading::Drop), &V1.replace(&format!("\n\n## 해시{second}"), ""));
    let third = V1.split_once("# 2025.05.01\n").unwrap().1.trim_end();
    check(V1, delete(2, DayHeading::Keep), &V1.replace(&format!("\n{third}"), ""));
    let kept = V1.split_once("\n\n---\n\n<br>").unwrap().0;
    check(V1, delete(2, DayHeading::Drop), &format!("{kept}\n"));
    let two = "# 2025.05.02\n## 가?\n글\n\n---\n\n# 2025.05.01\n## 나?\n글";
    check(two, delete(0, DayHeading::Drop), "# 2025.05.01\n## 나?\n글");
    check(two, delete(1, DayHeading::Drop), "# 2025.05.02\n## 가?\n글");
    let linked = include_str!("../../../../../../tests/fixtures/layouts/07-linked.md");
    let without = linked
        .replace("* [이분 탐색의 조건은?](#1)\n", "")
        .replace("\n### #1\n\n정렬되어 있어야 합니다.\n", "");
    check(linked, delete(0, DayHeading::Keep), &without);
}

#[test]
fn what_is_no_entry_stays_when_one_goes() {
    let delete = |nth| move |post: &Post| post.delete_entry(nth, DayHeading::Drop);
    let moved = |nth, day| move |post: &Post| post.move_entry(nth, date(2025, 5, day), None);
    let gathered = "# 2025.04.10\n\n## Backend\n\n### Q1. 하나?\n#### 답변\n가\n\n### Q3. 셋?\n#### 답변\n다\n\n\
                    ## Frontend\n\n### Q2. 둘?\n#### 답변\n나\n";
    let third = "### Q3. 셋?\n#### 답변\n다\n\n";
    check(gathered, delete(1), &gathered.replace(third, ""));
    let first = "### Q1. 하나?\n#### 답변\n가\n\n";
    check(gathered, delete(0), &gathered.replace(first, ""));
    let alone = gathered.replace(third, "");
    for nth in 0..2 {
        // What gathered one question would be a question itself.
        let post = Post::parse(alone.as_str());
        assert_eq!(post.delete_entry(nth, DayHeading::Drop), Err(EditError::HoldsOthers));
        assert_eq!(post.move_entry(nth, date(2025, 5, 1), None), Err(EditError::HoldsOthers));
    }
    let notes = "# 면접\n\n#### Q1. 하나?\n##### 답변\n가\n\n#### 교착 상태 해결 방법\n예방과 회피\n\n- 탐지\n\n\
                 #### Q2. 둘?\n##### 답변\n나\n\n#### 참고한 글\n책\n";
    check(notes, delete(0), &notes.replace("#### Q1. 하나?\n##### 답변\n가\n\n", ""));
    check(notes, delete(1), &notes.replace("#### Q2. 둘?\n##### 답변\n나\n\n", ""));
    let after = Post::parse(notes).move_entry(0, date(2025, 5, 1), None).unwrap().apply(notes);
    assert!(after.contains("#### 교착 상태 해결 방법\n예방과 회피\n\n- 탐지\n"), "{after}");
    let short = "# 면접\n\n## Q1. 하나?\n### 답변\n가\n\n## In short\n\nQ: 둘?\nA: 나\n";
    check(short, delete(1), &short.replace("\n\nQ: 둘?\nA: 나", ""));
    let dated = format!(
        "# 2025.05.02\n## 영?\n### 답변\n라\n\n{}",
        alone.replace("# 2025.04.10", "# 2025.05.01")
    );
    check(
        &dated,
        moved(0, 3),
        &format!(
            "# 2025.05.03\n## 영?\n### 답변\n라\n\n{}",
            alone.replace("# 2025.04.10", "# 2025.05.01")
        ),
    );
}

#[test]
fn entries_that_move() {
    let two = "# 2025.05.02\n## 가?\n글\n\n## 다?\n셋\n\n---\n\n# 2025.05.01\n## 나?\n둘";
    let moved = |nth, day| move |post: &Post| post.move_entry(nth, date(2025, 5, day), None);
    check(
        two,
        moved(0, 1),
        "# 2025.05.02\n## 다?\n셋\n\n---\n\n# 2025.05.01\n## 나?\n둘\n\n## 가?\n글",
    );
    check(two, moved(2, 2), "# 2025.05.02\n## 가?\n글\n\n## 다?\n셋\n\n## 나?\n둘");
    check(
        two,
        moved(1, 3),
        "# 2025.05.03\n## 다?\n셋\n\n---\n\n# 2025.05.02\n## 가?\n글\n\n---\n\n# 2025.05.01\n## 나?\n둘",
    );
    check(two, moved(0, 2), two);
}

#[test]
fn entries_that_move_keep_their_bytes() {
    let own = "## 가?\r\n### 답변\n하나\r둘\n셋\r\n끝";
    let others =
        "# 2025.05.02\n## 나?\n### 답변\n글\n\n---\n\n# 2025.05.01\n## 다?\n### 답변\n글\n";
    for eol in ["\n", "\r\n"] {
        let others = others.replace('\n', eol);
        let text = others.replace("## 나?", &format!("{own}{eol}{eol}## 나?"));
        for day in 1..4 {
            let post = Post::parse(text.as_str());
            let moved = post.move_entry(0, date(2025, 5, day), None).unwrap().apply(&text);
            assert!(moved.contains(own), "{moved:?}");
        }
        let source = Post::parse(text.as_str()).entry_source(0).unwrap();
        let made = Post::parse(others.as_str()).insert_source(date(2025, 5, 1), None, &source);
        let moved = made.unwrap().apply(&others);
        assert!(moved.contains(own), "{moved:?}");
        let plain = "## 가?\n### 답변\n하나\r둘\n셋";
        let made = Post::parse(others.as_str()).insert_source(date(2025, 5, 1), None, plain);
        let moved = made.unwrap().apply(&others);
        assert!(moved.contains(&plain.replace('\n', eol)), "{moved:?}");
    }
}

#[test]
fn only_a_placeholder_is_copied_into_new_entries() {
    let new = NewEntry { question: "새?".to_owned(), ..NewEntry::default() };
    for (model, copied) in [
        ("> 어쩌구 저쩌구", true),
        ("> TODO...", true),
        ("> ```", false),
        ("> ```\n> ```", false),
        ("> ---", false),
        ("> ...", false),
    ] {
        let text =
            format!("# 2025.05.01\n## 가?\n### 답변\n글\n\n> ##### 모범 답안\n> \n{model}\n");
        let made = Post::parse(text.as_str()).add_entry(date(2025, 5, 1), None, &new).unwrap();
        let after = made.apply(&text);
        assert_eq!(after.matches(model).count(), 1 + usize::from(copied), "{after}");
    }
}

#[test]
fn sources_travel_between_posts() {
    let from = Post::parse(V1);
    let source = from.entry_source(0).unwrap();
    let other = "### Q1. 하나?\n#### 답변\n글\r\n";
    let made = Post::parse(other).insert_source(date(2025, 6, 1), Some(date(2025, 6, 1)), &source);
    let text = made.unwrap().apply(other);
    let post = Post::parse(text.as_str());
    let (_, entry) = post.entries().nth(1).unwrap();
    assert_eq!(entry.variants(), 2);
    assert!(text.contains("\n### 큐와 스택") && text.contains("\n#### 답변  "), "{text}");
}

impl crate::Entry {
    fn variants(&self) -> usize {
        self.model_answer.as_ref().map_or(0, |model| model.variants.len())
    }
}

#[test]
fn days_and_numbers_follow_the_post() {
    let new = NewEntry { question: "새?".to_owned(), ..NewEntry::default() };
    let add = |day| {
        let new = new.clone();
        move |post: &Post| post.add_entry(date(2025, 5, day), None, &new)
    };
    let day = |day| move |post: &Post| post.add_day(date(2025, 5, day), None);
    check(
        "# 2025. 5. 1. (목)\n## 가?\n글\n",
        day(2),
        "# 2025. 5. 2. (금)\n\n# 2025. 5. 1. (목)\n## 가?\n글\n",
    );
    let rising = "#  2025-05-01  \n## 가?\n글\n\n***\n\n#  2025-05-02  \n## 나?\n글";
    check(rising, add(3), &format!("{rising}\n\n***\n\n#  2025-05-03  \n## 새?"));
    check(rising, day(3), &format!("{rising}\n\n***\n\n#  2025-05-03  "));
    check(rising, day(2), rising);
    let numbered = "# 2025.05.01\n## Q1. 가?\n### 답변\n글\n\n## Q2. 나?\n### 답변\n글\n";
    check(numbered, add(1), &format!("{numbered}\n## Q3. 새?\n### 답변\n"));
}

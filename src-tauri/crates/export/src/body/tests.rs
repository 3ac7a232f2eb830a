//! Markdown against the content it becomes.

use typst::foundations::{Repr as _, SequenceElem};

use super::*;
use crate::Language;

/// Compares the content of a part, in Typst's own notation without its white space.
fn check(markdown: &str, expect: &str) {
    let mut notes = Notes::new(Language::Ko);
    let options = Options::new("/nowhere");
    let mut converter = Converter::new(&options, 4, &mut notes);
    let content = converter.body(markdown, Path::new("/nowhere")).unwrap_or_default();
    let shown: String = content.repr().split_whitespace().collect();
    let expect: String = expect.split_whitespace().collect();
    assert_eq!(shown, expect, "{markdown}");
}

#[test]
fn words_are_boxed_whole() {
    check(
        "동시성은 이 Redis 값",
        r#"par(body:sequence(box(body:[동시성은]),[],[이],[],[Redis],[],[값],),)"#,
    );
    check(
        "**동시성**을 본다",
        r#"par(body:sequence(box(body:sequence(strong(body:[동시성]),[을])),[],box(body:[본다]),),)"#,
    );
    check(
        "`SETNX`로 [긴 `x` 말](https://a.b)",
        r#"par(body:sequence(box(body:sequence(raw(text:"SETNX"),[로])),[],link(dest:"https://a.b",body:sequence([긴],[],raw(text:"x"),[],[말]),),),)"#,
    );
    check(
        "한글/영어(English)/숫자(123)를가진아주긴낱말",
        r#"par(body:sequence(box(body:[한글/]),box(body:[영어]),[(English)/],box(body:[숫자]),[(123)],box(body:[를가진아주긴낱말]),),)"#,
    );
}

#[test]
fn headings_skip_no_level() {
    check(
        "# 하나\n### 둘\n###### 셋\n## 넷",
        r#"sequence(heading(level:4,outlined:false,bookmarked:false,body:box(body:[하나]),),heading(level:5,outlined:false,bookmarked:false,body:[둘],),heading(level:6,outlined:false,bookmarked:false,body:[셋],),heading(level:5,outlined:false,bookmarked:false,body:[넷],),)"#,
    );
}

#[test]
fn lists_are_tight_or_loose() {
    check(
        "- 가\n- 나\n  1. 다",
        r#"list(tight:true,children:(item(body:[가]),item(body:sequence([나],enum(tight:true,start:1,children:(item(body:[다]),),),),),),)"#,
    );
    check(
        "3. 가\n\n4. 나",
        r#"enum(tight:false,start:3,children:(item(body:par(body:[가])),item(body:par(body:[나])),),)"#,
    );
    check(
        "- [x] 가\n- [ ] 나",
        r#"list(tight:true,marker:[],children:(item(body:sequence([☑],[],[가])),item(body:sequence([☐],[],[나])),),)"#,
    );
}

#[test]
fn breaks_and_html_are_kept() {
    check(
        "첫째  \n둘째<br>셋째\n넷째",
        r#"par(body:sequence(box(body:[첫째]),linebreak(),box(body:[둘째]),linebreak(),box(body:[셋째]),[],box(body:[넷째]),),)"#,
    );
    check(
        "<details><summary>제목</summary>\n\n속 글\n\n</details>",
        r#"sequence(par(body:strong(body:box(body:[제목]))),par(body:sequence([속],[],[글])),)"#,
    );
    check("<!-- 여러\n줄의 말 -->\n\n뒤", r#"par(body:[뒤])"#);
    check(
        "<table><tr><td>가</td><td>나</td></tr></table>",
        r#"par(body:sequence([가],[],[|],[],[나]))"#,
    );
    check(
        "<b>굵게 <i>둘</b> 다</i>",
        r#"par(body:sequence(strong(body:sequence(box(body:[굵게]),[],emph(body:[둘])),),emph(body:sequence([],[다])),),)"#,
    );
    check(
        "값 <script>x</script>은 <T> 형",
        r#"par(body:sequence([값],[],[은],[],[<T>],[],[형]),)"#,
    );
}

#[test]
fn notes_stand_at_the_word() {
    check(
        "값[^a]을 본다[^a].\n\n[^a]: 설명\n[^b]: 남은 설명",
        r#"sequence(par(body:sequence(box(body:sequence([값],footnote(body:box(body:[설명])),[을]),),[],box(body:sequence([본다],footnote(body:<note-1>),[.]),),),),par(body:sequence(box(body:[남은]),[],box(body:[설명])),),)"#,
    );
    check(
        "없는 주[^z]",
        r#"par(body:sequence(box(body:[없는]),[],box(body:sequence([주],[[],[^z],[]])),),)"#,
    );
}

#[test]
fn money_is_no_math() {
    check("값은 $5와 $6", r#"par(body:sequence(box(body:[값은]),[],box(body:[$5와]),[],[$6],),)"#);
    check("식 $\\zz^2$", r#"par(body:sequence([식],[],raw(text:"\\zz^2")))"#);
}

#[test]
fn formulas_stand_in_the_line_or_alone() {
    let shown = |markdown: &str| {
        let mut notes = Notes::new(Language::Ko);
        let options = Options::new("/nowhere");
        let mut converter = Converter::new(&options, 4, &mut notes);
        converter.body(markdown, Path::new("/nowhere")).unwrap_or_default().repr().to_string()
    };
    assert!(shown("값 $x^2$").contains("block: false"), "{}", shown("값 $x^2$"));
    assert!(shown("값 $$x^2$$ 뒤").contains("block: false"));
    assert!(shown("$$\nx^2\n$$").contains("block: true"));
    assert!(shown("$$\nx^2\n$$").contains("alt: \"x^2\""));
}

#[test]
fn attribute_lists_make_boxes_of_what_they_follow() {
    for (class, label) in
        [("block-tip", "tip"), ("block-warning", "warning"), ("block-danger", "danger")]
    {
        let mut notes = Notes::new(Language::Ko);
        let options = Options::new("/nowhere");
        let mut converter = Converter::new(&options, 4, &mut notes);
        let markdown = format!("> 글\n{{: .{class} }}\n\n끝");
        let shown = converter.body(&markdown, Path::new("/nowhere")).unwrap_or_default();
        let blocks = &shown.to_packed::<SequenceElem>().expect("two blocks").children;
        let labels: Vec<_> =
            blocks.iter().filter_map(|block| Some(block.label()?.resolve().to_string())).collect();
        let shown = shown.repr();
        assert_eq!(labels, [label], "{class}: {shown}");
        assert!(shown.contains("quote("), "{class}: {shown}");
        assert!(shown.contains("[끝]") && !shown.contains("{:"), "{class}: {shown}");
    }
}

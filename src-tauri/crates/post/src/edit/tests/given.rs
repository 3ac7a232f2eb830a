//! Generated posts.

use proptest::prelude::*;

use crate::tests::line;
pub(super) use crate::tests::post;

/// Texts, nasty ones among them.
pub(super) fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        3 => "[가-힣a-z]{1,6}",
        2 => line().prop_map(str::to_owned),
        1 => Just(String::new()),
        1 => "[>#`~{:}<|\\[\\] \t-]{0,6}",
        1 => "[가-힣]{1,3}\r[가-힣]{1,3}",
    ];
    let eol = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    (prop::collection::vec(line, 0..6), eol).prop_map(|(lines, eol)| lines.join(eol))
}

//! Laws that hold for every post and every text.

use jiff::civil::date;
use proptest::prelude::*;

use super::given::post;
use crate::edit::text::without_outer_blank_lines;
use crate::{NewEntry, Post};

proptest! {
    #[test]
    fn an_edit_keeps_every_other_byte_and_reads_back(text in post(), nth in 0..4_usize, new in "[가-힣a-z#>` \n]{0,40}") {
        let post = Post::parse(text.as_str());
        let Ok(edits) = post.set_answer(nth, &new) else { return Ok(()) };
        let after = edits.apply(&text);
        let (_, old) = post.entries().nth(nth).unwrap();
        let span = old.answer.body.span.clone();
        prop_assert_eq!(&after[..span.start], &text[..span.start]);
        prop_assert!(after.ends_with(&text[span.end..]));
        let again = Post::parse(after.as_str());
        let (_, entry) = again.entries().nth(nth).unwrap();
        let read = again.part_text(&entry.answer.body).replace("\r\n", "\n");
        prop_assert_eq!(read, without_outer_blank_lines(&new));
    }

    #[test]
    fn an_added_entry_is_read_back_and_nothing_else_changes(text in post(), question in "[가-힣]{1,8}\\?") {
        let post = Post::parse(text.as_str());
        let new = NewEntry { question: question.clone(), ..NewEntry::default() };
        let Ok(edits) = post.add_entry(date(2025, 5, 2), None, &new) else { return Ok(()) };
        let after = edits.apply(&text);
        let splice = &edits.splices()[0];
        prop_assert!(splice.0.is_empty());
        prop_assert_eq!(&after[..splice.0.start], &text[..splice.0.start]);
        prop_assert!(after.ends_with(&text[splice.0.end..]));
    }
}

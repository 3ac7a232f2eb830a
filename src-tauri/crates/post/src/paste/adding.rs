//! Adds several questions to a post at once.

use jiff::civil::Date;

use crate::edit::Edits;
use crate::{EditError, NewEntry, Post};

impl Post {
    /// Adds entries to the day of `date` in their order, as [`Post::add_entry_beside`] adds one: all of
    /// them or none.
    ///
    /// # Errors
    /// Those of [`Post::add_entry`], with the index of the entry that cannot be added, from zero.
    pub fn add_entries(
        &self,
        sibling: Option<&Self>,
        date: Date,
        of_file: Option<Date>,
        new: &[NewEntry],
    ) -> Result<Edits, (usize, EditError)> {
        if let [only] = new {
            return self.add_entry_beside(sibling, date, of_file, only).map_err(|error| (0, error));
        }
        let mut text = self.text().to_owned();
        for (nth, entry) in new.iter().enumerate() {
            let post = Self::parse_with(text, self.vocabulary());
            let edits = post.add_entry_beside(sibling, date, of_file, entry);
            let edits = edits.map_err(|error| (nth, error))?;
            text = edits.apply(post.text());
        }
        Ok(difference(self.text(), &text))
    }
}

/// The one splice that makes `after` of `before`.
fn difference(before: &str, after: &str) -> Edits {
    let mut start = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    while !(before.is_char_boundary(start) && after.is_char_boundary(start)) {
        start -= 1;
    }
    let rest = |text: &'_ str| text.len() - start;
    let most = rest(before).min(rest(after));
    let (of_before, of_after) = (before.bytes().rev(), after.bytes().rev());
    let mut end = of_before.zip(of_after).take(most).take_while(|(a, b)| a == b).count();
    while !before.is_char_boundary(before.len() - end) {
        end -= 1;
    }
    let new = after.get(start..after.len() - end).unwrap_or_default().to_owned();
    Edits::one(start..before.len() - end, new)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn asked(question: &str) -> NewEntry {
        NewEntry { question: question.to_owned(), ..NewEntry::default() }
    }

    #[test]
    fn several_are_added_in_their_order() {
        let text = "# 2025.04.10\n## 먼저?\n\n### 답변\n쓴 글\n\n# 2025.04.09\n## 어제?\n";
        let post = Post::parse(text);
        let new = [asked("하나?"), asked("둘?"), asked("셋?")];
        let edits = post.add_entries(None, date(2025, 4, 10), None, &new).unwrap();
        let after = Post::parse(edits.apply(text));
        let questions: Vec<_> =
            after.entries().map(|(_, e)| after.part_text(&e.question).into_owned()).collect();
        assert_eq!(questions, ["먼저?", "하나?", "둘?", "셋?", "어제?"]);
        assert_eq!(edits.splices().len(), 1);
        for (span, _) in edits.splices() {
            assert!(span.is_empty(), "nothing of the post is replaced");
        }
    }

    #[test]
    fn one_that_cannot_be_added_is_named() {
        let post = Post::parse("# 2025.04.10\n## 먼저?\n");
        let added = post.add_entries(None, date(2025, 4, 10), None, &[asked("하나?"), asked(" ")]);
        assert_eq!(added, Err((1, EditError::EmptyQuestion)));
    }
}

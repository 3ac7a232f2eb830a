//! Questions from a pasted text: what it holds, and adding them together.

use dapanji_post::{NewEntry, read_paste};

use crate::dto::{AddAllRequest, AddedView, PasteRequest, PastedEntryView, PastedView};
use crate::entries::parse_date;
use crate::error::{ApiError, Code};
use crate::notebook::Notebook;
use crate::snapshot::file_date;

impl Notebook {
    /// Reads the questions of a pasted text, with the folder's own label words. Writes nothing.
    pub fn read_paste(&self, request: &PasteRequest) -> PastedView {
        let read = read_paste(&request.text, &self.vocabulary());
        PastedView { entries: read.into_iter().map(PastedEntryView::from).collect() }
    }

    /// Adds questions to one day of one post, in their order and in one save: all of them or none. A
    /// post that does not exist is made.
    ///
    /// # Errors
    /// `InvalidRequest` if there is none to add, and as [`Notebook::add`] does; the message says
    /// which question it is about.
    pub fn add_all(&self, request: &AddAllRequest) -> Result<AddedView, ApiError> {
        if request.entries.is_empty() {
            return Err(ApiError::new(Code::InvalidRequest, "there is no question to add"));
        }
        let date = match request.date.as_deref() {
            Some(date) => parse_date(date)?,
            None => self.today(),
        };
        let new: Vec<NewEntry> = request.entries.iter().cloned().map(NewEntry::from).collect();
        let path = self.post_to_add_to(request.post.as_deref(), date)?;
        let sibling = self.sibling_of(&path);
        let failed = |(nth, error)| {
            let error = ApiError::from(error);
            let message = format!("question {} of {}: {}", nth + 1, new.len(), error.message);
            ApiError { message, ..error }.at(&path)
        };
        // Which question cannot be added is known only here, so it is kept for after the save.
        let mut refused = None;
        let saved = self.saving(|| {
            self.grow(&path, date, |post| {
                post.add_entries(sibling.as_ref(), date, file_date(&path), &new).map_err(
                    |(nth, error)| {
                        refused = Some((nth, error.clone()));
                        error
                    },
                )
            })
        });
        let saved = match (saved, refused) {
            (Ok(saved), _) => saved,
            (Err(_), Some(refused)) => return Err(failed(refused)),
            (Err(error), None) => return Err(error),
        };
        let (path, revision) = (saved.path.to_string(), saved.revision.to_string());
        Ok(AddedView { entries: self.take_saved(vec![saved]), path, revision })
    }
}

impl From<NewEntry> for PastedEntryView {
    fn from(new: NewEntry) -> Self {
        let NewEntry { question, category, topic, hint, model_answer } = new;
        Self { question, category, topic, hint, model_answer }
    }
}

impl From<PastedEntryView> for NewEntry {
    fn from(view: PastedEntryView) -> Self {
        let PastedEntryView { question, category, topic, hint, model_answer } = view;
        Self { question, category, topic, hint, model_answer }
    }
}

//! Tests that see the whole: the façade on real folders, and the house itself.

#![expect(clippy::disallowed_methods, reason = "a test writes files as other programs do")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod asking;
mod bad_input;
mod drafts;
mod editing;
mod encodings;
mod endurance;
mod history;
mod hostile;
mod hostile_paths;
mod identity;
mod indexing;
mod main_job;
mod merging;
mod pages;
mod pasting;
mod pictures;
mod printed_pages;
mod printing;
mod queries;
mod source;
mod support;
mod tidy;
mod watching;

//! Who an entry is: the key it had first, kept through rewordings and moves. See ADR 0001.
//!
//! An entry's *name* is what its day and question give (with a number among twins). Its *id* is the
//! name it had first, by the log of renames in the notebook ([`Aliases`]), which the app writes for
//! its own edits, and by what could be guessed of the edits of others ([`guess`]).

mod aliases;
mod guess;
mod keep;
mod known;
mod tracking;

pub(crate) use aliases::{Alias, Aliases, Rename};
pub(crate) use guess::{MOST_MISSING, Seen, match_up};
pub(crate) use keep::{KeyLog, Written, append, append_guesses, origins, take_own};
pub(crate) use known::{Known, Prints, prints};
pub(crate) use tracking::{Tracking, catch_up, read_known_entries};

//! `dapanji`: the façade on a terminal.
//!
//! `--json` prints one JSON document on standard output; text for people otherwise; messages go to
//! standard error. Exit: 0 done, 1 failed, 2 usage, 3 conflict.

#![expect(clippy::print_stderr, reason = "printing is what it is for")]

mod args;
mod compare;
mod drafts;
mod edit;
mod export;
mod found;
mod history;
mod print;
mod run;

use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::Parser as _;
use dapanji_api::{ApiError, Breaking, Code};

fn main() -> ExitCode {
    let args = args::Args::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("DAPANJI_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn")),
        )
        .without_time()
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal())
        .log_internal_errors(false)
        .init();
    match run::run(&args.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            match error.path.as_ref().filter(|path| !error.message.contains(path.as_str())) {
                Some(path) => print::message(&format!("dapanji: {path}: {error}")),
                None => print::message(&format!("dapanji: {error}")),
            }
            if let Some(help) = help(&error) {
                print::message(&format!("  {help}"));
            }
            ExitCode::from(exit_code(error.code))
        }
    }
}

fn exit_code(code: Code) -> u8 {
    match code {
        Code::Conflict => 3,
        Code::InvalidRequest | Code::LinkRefused => 2,
        _ => 1,
    }
}

/// What to do about a text that breaks its post.
fn way_out(breaking: Breaking) -> &'static str {
    match breaking {
        Breaking::Heading => "use a deeper heading, with more `#`",
        Breaking::Separator => "leave it out, or write text below it",
        Breaking::ConflictMarkers => "write them in a code block, between lines of ```",
        Breaking::OpenFence => "close the code block",
        Breaking::OpenTag => "close the tag, or write it between backticks",
        Breaking::Quote | Breaking::Attributes | Breaking::Other => "word or indent it differently",
        Breaking::Audience => "write words around the brackets, or edit that version by --audience",
    }
}

/// The way out of a failure, where there is one to name.
fn help(error: &ApiError) -> Option<String> {
    let path = error.path.as_deref().unwrap_or("FILE");
    Some(match error.code {
        Code::FolderMissing => {
            "check the spelling; FOLDER is a folder of posts or a single post".to_owned()
        }
        Code::FolderUnreadable => format!("check that you may read it: ls -ld '{path}'"),
        Code::NotAPost => "FOLDER is a folder of posts or a single .md file".to_owned(),
        Code::TooLarge => "split the post into smaller ones".to_owned(),
        Code::UnknownEntry => "`dapanji list FOLDER` shows the keys of all entries".to_owned(),
        Code::AmbiguousEntry => "write more of the key".to_owned(),
        Code::Conflict => {
            "`dapanji list FOLDER --json` shows the post's new revision for --base".to_owned()
        }
        Code::ConflictMarkers => {
            format!("`dapanji settle FOLDER '{path}' --take ours|theirs|both`")
        }
        Code::BreaksStructure => way_out(error.breaking?).to_owned(),
        Code::ReadOnly => format!("make it writable: chmod u+w '{path}'"),
        Code::ReadOnlyFolder => format!("make the folder writable: chmod u+w '{path}'"),
        Code::ReadOnlyDisk => {
            format!("the disk with '{path}' takes no writing: check how it is mounted")
        }
        Code::DiskFull => {
            format!("make room on the disk with '{path}' (df -h shows how full it is)")
        }
        Code::PlaceUnusable => format!(
            "check that '{path}' can be written, or set DAPANJI_HOME to a folder that can: old \
             versions are kept there before anything is replaced"
        ),
        Code::PostGone => "`dapanji list FOLDER` shows which posts there are".to_owned(),
        Code::FolderGone => format!("bring '{path}' back, or open it where it is now"),
        Code::WriteFailed => {
            "choose another place, or check its permissions and free space".to_owned()
        }
        Code::NothingSelected => "`dapanji list FOLDER` shows what there is".to_owned(),
        // The message of a post that is not UTF-8 names the way out itself.
        Code::NotUtf8
        | Code::Unreadable
        | Code::LinkRefused
        | Code::InvalidRequest
        | Code::Cancelled
        | Code::Internal => return None,
    })
}

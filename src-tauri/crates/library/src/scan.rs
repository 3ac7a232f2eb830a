//! Finds the posts of a library by name.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::gitignore::Gitignore;
use ignore::{DirEntry, WalkBuilder};

use crate::library::{Library, lock};
use crate::path::{PathError, PostPath, has_post_extension};
use crate::rules::ScanRules;

/// What git leaves out of a folder and those in it.
const RULES: &str = ".gitignore";

/// The largest file of rules that is read, in bytes.
const MOST_RULES: u64 = 4 * 1024 * 1024;

/// The posts found, and what could not be looked at.
#[derive(Debug, Default)]
pub struct Scan {
    /// In the order of their paths.
    pub posts: Vec<PostPath>,
    /// In the order of their paths.
    pub unreadable: Vec<Unreadable>,
}

impl Scan {
    /// Lists what could not be looked at as path and reason.
    pub(crate) fn unreadable_with_reasons(&self) -> Vec<(String, String)> {
        let both = |one: &Unreadable| (one.path.clone(), one.reason.to_string());
        self.unreadable.iter().map(both).collect()
    }
}

/// A file or folder that may hold posts and could not be looked at.
#[derive(Debug)]
pub struct Unreadable {
    /// Relative to the root; what is not UTF-8 in it is replaced.
    pub path: String,
    /// Why.
    pub reason: Reason,
}

/// Tells why a file or folder could not be looked at.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// A symbolic link leads out of the folder.
    #[error("a link that leads out of the folder")]
    Outside,
    /// Neither a file nor a folder.
    #[error("not a regular file")]
    NotAFile,
    /// The name's bytes are not UTF-8.
    #[error("the name is not UTF-8")]
    Name,
    /// The name can't be a post's.
    #[error("{0}")]
    Path(PathError),
    /// The system refused.
    #[error("{0}")]
    Io(io::Error),
}

/// A scan, with what a watch needs to know besides.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    pub(crate) scan: Scan,
    /// Every folder where a change concerns a post: absolute, links resolved.
    pub(crate) folders: BTreeSet<PathBuf>,
    /// Posts that are links or lie below one, so that they change when another file does.
    pub(crate) linked: Vec<PostPath>,
}

/// Walks the library's folder.
pub(crate) fn survey(library: &Library) -> Survey {
    let mut survey = match library.single_post() {
        Some(only) => single(library, only),
        None => walk_all(library.root(), &library.scan_rules()),
    };
    survey.scan.posts.sort_unstable();
    survey.scan.posts.dedup();
    survey.scan.unreadable.sort_by(|a, b| a.path.cmp(&b.path));
    survey.scan.unreadable.dedup_by(|a, b| a.path == b.path);
    survey
}

/// Tells whether a scan would pass over a post of this name, were it there.
pub(crate) fn leaves_out(library: &Library, post: &PostPath) -> bool {
    let rules = library.scan_rules();
    let by_git = !rules.ignored && !rules.is_included(post) && library.single_post().is_none();
    rules.leaves_out(post) || by_git && is_ignored(library.root(), post)
}

/// Tells whether the `.gitignore` files from the root on leave a post out, or a folder it is in.
fn is_ignored(root: &Path, post: &PostPath) -> bool {
    let mut rules: Vec<Gitignore> = Vec::new();
    let mut at = root.to_owned();
    let parts: Vec<&str> = post.as_str().split('/').collect();
    for (nth, part) in parts.iter().enumerate() {
        // What cannot be read in a file of rules is passed over, as in a scan.
        rules.push(match odd_rules(&at) {
            Some(_) => Gitignore::empty(),
            None => Gitignore::new(at.join(RULES)).0,
        });
        at.push(part);
        let is_folder = nth + 1 < parts.len();
        // The file nearest by has the last word.
        let said = rules.iter().rev().map(|rules| rules.matched(&at, is_folder));
        if said.into_iter().find(|said| !said.is_none()).is_some_and(|said| said.is_ignore()) {
            return true;
        }
    }
    false
}

fn single(library: &Library, only: &PostPath) -> Survey {
    let mut survey = Survey::default();
    survey.folders.insert(library.root().to_owned());
    if only.under(library.root()).exists() {
        survey.scan.posts.push(only.clone());
    }
    survey
}

fn walk_all(root: &Path, rules: &ScanRules) -> Survey {
    let mut survey = Survey::default();
    walk(root, root, rules, !rules.ignored, &mut survey);
    for included in rules.included() {
        let folder = root.join(included);
        match fs::canonicalize(&folder) {
            Ok(real) if !real.starts_with(root) => {
                let path = included.to_owned();
                survey.scan.unreadable.push(Unreadable { path, reason: Reason::Outside });
            }
            // What named the folder speaks for everything in it.
            Ok(_) if folder.is_dir() => walk(root, &folder, rules, false, &mut survey),
            // It may come.
            Ok(_) | Err(_) => {}
        }
        let above = folder.ancestors().skip(1).take_while(|folder| folder.starts_with(root));
        survey.folders.extend(above.filter_map(|folder| fs::canonicalize(folder).ok()));
    }
    survey
}

/// Adds what is found from `start` on, which is the root or a folder below it.
fn walk(root: &Path, start: &Path, rules: &ScanRules, by_git: bool, survey: &mut Survey) {
    let unreadable: Arc<Mutex<Vec<Unreadable>>> = Arc::default();
    let apart: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
    let odd = by_git.then(|| odd_rules(start)).flatten();
    let by_git = by_git && odd.is_none();
    if let Some(reason) = odd {
        lock(&unreadable).push(Unreadable { path: shown(root, &start.join(RULES)), reason });
    }
    let entries = WalkBuilder::new(start)
        .standard_filters(false)
        .git_ignore(by_git)
        // Rules from above the folder don't count: a home folder's `*`, or a blog's `notes/*` where
        // the notes were opened on purpose, would hide every post. With or without a repository.
        .parents(false)
        .require_git(false)
        .follow_links(true)
        .filter_entry({
            let (root, rules) = (root.to_owned(), rules.clone());
            let (unreadable, apart) = (Arc::clone(&unreadable), Arc::clone(&apart));
            move |entry| match refused(&root, &rules, entry) {
                // The walk would read its rules.
                Refused::No
                    if by_git && is_folder_below(entry) && odd_rules(entry.path()).is_some() =>
                {
                    lock(&apart).push(entry.path().to_owned());
                    false
                }
                Refused::No => true,
                Refused::Silently => false,
                Refused::Because(reason) => {
                    let path = shown(&root, entry.path());
                    lock(&unreadable).push(Unreadable { path, reason });
                    false
                }
            }
        })
        .build();
    let mut linked_folders: Vec<PathBuf> = Vec::new();
    if fs::canonicalize(start).is_ok_and(|real| real != start) {
        linked_folders.push(start.to_owned());
    }
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                lock(&unreadable).extend(unreadable_of(root, error));
                continue;
            }
        };
        let path = entry.path();
        let linked = entry.path_is_symlink() && entry.depth() > 0
            || linked_folders.iter().any(|folder| path.starts_with(folder));
        let kind = entry.file_type();
        if kind.is_some_and(|kind| kind.is_dir()) {
            if linked {
                linked_folders.push(path.to_owned());
                survey.folders.extend(fs::canonicalize(path));
            } else {
                survey.folders.insert(path.to_owned());
            }
            continue;
        }
        if !has_post_extension(path) {
            continue;
        }
        let reason = if kind.is_none_or(|kind| !kind.is_file()) {
            Reason::NotAFile
        } else {
            match PostPath::relative(root, path) {
                Some(Ok(post)) => {
                    if linked {
                        survey.linked.push(post.clone());
                        let file = fs::canonicalize(path).ok();
                        survey
                            .folders
                            .extend(file.and_then(|file| Some(file.parent()?.to_owned())));
                    }
                    survey.scan.posts.push(post);
                    continue;
                }
                Some(Err(error)) => Reason::Path(error),
                None => Reason::Name,
            }
        };
        lock(&unreadable).push(Unreadable { path: shown(root, path), reason });
    }
    survey.scan.unreadable.append(&mut lock(&unreadable));
    for folder in lock(&apart).drain(..) {
        walk(root, &folder, rules, by_git, survey);
    }
}

/// Tells why the rules for git in a folder cannot be read: to open a pipe would wait for a writer, and
/// a device or a link to one has no end. None where there is nothing to read, or what can be.
fn odd_rules(folder: &Path) -> Option<Reason> {
    let metadata = fs::metadata(folder.join(RULES)).ok()?;
    let is_odd = !metadata.is_file() || metadata.len() > MOST_RULES;
    is_odd.then_some(Reason::NotAFile)
}

enum Refused {
    No,
    Silently,
    Because(Reason),
}

fn is_folder_below(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_type().is_some_and(|kind| kind.is_dir())
}

fn refused(root: &Path, rules: &ScanRules, entry: &DirEntry) -> Refused {
    if entry.depth() == 0 {
        return Refused::No;
    }
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    let name = entry.file_name().to_string_lossy();
    if is_folder && rules.passes_over(&name) || !is_folder && rules.leaves_out_file(&name) {
        return Refused::Silently;
    }
    if entry.path_is_symlink() && (is_folder || has_post_extension(entry.path())) {
        return match fs::canonicalize(entry.path()) {
            Ok(file) if file.starts_with(root) => Refused::No,
            Ok(_) => Refused::Because(Reason::Outside),
            Err(error) => Refused::Because(Reason::Io(error)),
        };
    }
    Refused::No
}

/// Tells what an error of the walk hides from us; `None` for a loop, whose posts are found at its
/// beginning, and for what is no post.
fn unreadable_of(root: &Path, error: ignore::Error) -> Option<Unreadable> {
    let (mut path, mut error) = (None, error);
    loop {
        error = match error {
            ignore::Error::WithPath { path: at, err } => {
                path = Some(at);
                *err
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
                *err
            }
            ignore::Error::Io(source) => {
                let path = path.unwrap_or_else(|| root.to_owned());
                let gone = source.kind() == io::ErrorKind::NotFound;
                // A dangling link is worth a word only if it is named like a post.
                if gone && !(has_post_extension(&path) && path.is_symlink()) {
                    return None;
                }
                let reason = Reason::Io(bare(source));
                return Some(Unreadable { path: shown(root, &path), reason });
            }
            ignore::Error::Partial(_)
            | ignore::Error::Loop { .. }
            | ignore::Error::Glob { .. }
            | ignore::Error::UnrecognizedFileType(_)
            | ignore::Error::InvalidDefinition => return None,
        };
    }
}

/// The system's own error, without the absolute path that the walk writes before it.
fn bare(error: io::Error) -> io::Error {
    let mut inner: Option<&(dyn std::error::Error + 'static)> = error.get_ref().map(|e| e as _);
    while let Some(found) = inner {
        if let Some(code) = found.downcast_ref::<io::Error>().and_then(io::Error::raw_os_error) {
            return io::Error::from_raw_os_error(code);
        }
        inner = found.source();
    }
    error
}

fn shown(root: &Path, path: &Path) -> String {
    let parts: Vec<_> =
        path.strip_prefix(root).unwrap_or(path).iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests;

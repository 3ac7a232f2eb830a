//! What an event of the system says about where to look.

use std::path::{MAIN_SEPARATOR, Path};

use notify::event::{AccessKind, AccessMode, EventKind};

use super::notifier::is_exhausted;
use super::worker::Worker;
use crate::library::lock;
use crate::path::{PostPath, has_post_extension};

impl Worker {
    /// Notes where to look after an event.
    pub(super) fn hear(&mut self, event: notify::Result<notify::Event>) {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                if is_exhausted(&error) {
                    self.poll_after(&error);
                }
                self.touch_all();
                return;
            }
        };
        if event.need_rescan() {
            self.untold.clear();
            self.touch_all();
            return;
        }
        // Reading is no change, and we read ourselves.
        if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write))
        {
            return;
        }
        for path in &event.paths {
            self.hear_of(path);
        }
    }

    fn hear_of(&mut self, path: &Path) {
        let root = self.library.root();
        if root.starts_with(path) {
            self.forget(path);
            self.touched.all = true;
            self.expect_more();
            return;
        }
        let Ok(below) = path.strip_prefix(root) else { return };
        let Some(name) = below.file_name().map(|name| name.to_string_lossy()) else { return };
        let rules = self.library.scan_rules();
        let watched =
            |folder: &Path| self.notifier.as_ref().is_some_and(|notifier| notifier.watches(folder));
        if name == ".gitignore" {
            self.touched.scan = true;
        } else if watched(path) || path.is_dir() && !rules.has_nothing_in(below) {
            self.touch_folder(path);
        } else if rules.leaves_out_file(&name) {
            // Hidden, our own temporary files among them.
            return;
        } else if !path.parent().is_some_and(watched)
            && below.parent().is_some_and(|folder| rules.has_nothing_in(folder))
        {
            return;
        } else if has_post_extension(path) {
            let Some(Ok(post)) = PostPath::relative(root, path) else {
                // A name that is listed as one that cannot be read.
                self.touched.scan = true;
                self.expect_more();
                return;
            };
            self.untold.remove(&post);
            if !lock(&self.ledger).contains_key(&post) {
                self.touched.scan = true;
            }
            self.touched.posts.insert(post);
        } else if self.knows_posts_below(below) {
            self.touch_folder(path);
        } else if self.is_out_of_reach(below) {
            self.touched.scan = true;
        } else {
            return;
        }
        self.expect_more();
    }

    fn touch_folder(&mut self, folder: &Path) {
        self.forget(folder);
        let root = self.library.root();
        self.untold.retain(|post, _| !post.under(root).starts_with(folder));
        self.touched.folders.insert(folder.to_owned());
    }

    /// Whether this is listed as one that cannot be looked at: it may be gone, or within reach now.
    fn is_out_of_reach(&self, path: &Path) -> bool {
        let path = path.to_string_lossy().replace(MAIN_SEPARATOR, "/");
        self.unreadable.iter().any(|(listed, _)| *listed == path)
    }

    fn knows_posts_below(&self, folder: &Path) -> bool {
        folder.to_str().is_some_and(|folder| {
            let below = format!("{}/", folder.replace(MAIN_SEPARATOR, "/"));
            lock(&self.ledger).keys().any(|post| post.as_str().starts_with(&below))
        })
    }
}

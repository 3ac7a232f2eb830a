//! Which pieces of an index become one.

use std::collections::HashSet;

use tantivy::index::SegmentMeta;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Documents below which pieces count as equally small. Whatever is saved is merged with all other
/// small pieces every few saves, which takes as long as there are documents in them.
const SMALL: u32 = 2_000;
/// Removed documents that are worth writing a piece anew for.
const REMOVED: u32 = 1_000;
/// The share of a piece that has to be removed for that: one in so many.
const SHARE: u32 = 3;

/// Merges pieces of about one size when there are eight, so that their number grows with the
/// logarithm of the documents, and writes a piece anew when much of it is removed, so that posts that
/// are saved again and again, or are gone, don't take up room for ever.
#[derive(Debug)]
pub(crate) struct Merging {
    by_size: LogMergePolicy,
}

impl Default for Merging {
    fn default() -> Self {
        let mut by_size = LogMergePolicy::default();
        by_size.set_min_layer_size(SMALL);
        Self { by_size }
    }
}

impl MergePolicy for Merging {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut candidates = self.by_size.compute_merge_candidates(segments);
        let merged: HashSet<_> =
            candidates.iter().flat_map(|candidate| candidate.0.iter().copied()).collect();
        candidates.extend(
            segments
                .iter()
                .filter(|segment| {
                    let removed = segment.num_deleted_docs();
                    removed >= REMOVED && removed >= segment.max_doc() / SHARE
                })
                .filter(|segment| !merged.contains(&segment.id()))
                .map(|segment| MergeCandidate(vec![segment.id()])),
        );
        candidates
    }
}

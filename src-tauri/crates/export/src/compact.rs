//! Frames that take less memory and show the same.
//!
//! As each word of Korean is a box, a line of text is some twenty items, each as large as a whole line
//! needs to be. What stands side by side in one font becomes one run of text.

use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Transform};
use typst::text::TextItem;

/// Runs that are no further apart than this touch.
const TOUCHING: Abs = Abs::raw(0.002);

/// Returns what looks the same and reads the same.
///
/// Frames within become one where they are not told apart. That also goes for hard ones, which only
/// gradients need: no book has any.
pub(crate) fn compact(frame: &Frame) -> Frame {
    let mut items = Items::default();
    items.add(frame, Point::zero());
    for (_, item) in &mut items.0 {
        if let FrameItem::Text(text) = item {
            text.glyphs.shrink_to_fit();
        }
    }
    let mut compacted = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        compacted.set_baseline(frame.baseline());
    }
    compacted.push_multiple(items.0);
    compacted
}

#[derive(Default)]
struct Items(Vec<(Point, FrameItem)>);

impl Items {
    fn add(&mut self, frame: &Frame, at: Point) {
        for (place, item) in frame.items() {
            let place = at + *place;
            match item {
                FrameItem::Group(group) if is_plain(group) => self.add(&group.frame, place),
                FrameItem::Group(group) => {
                    let frame = compact(&group.frame);
                    self.0.push((place, FrameItem::Group(GroupItem { frame, ..group.clone() })));
                }
                FrameItem::Text(text) => self.add_text(place, text),
                item => self.0.push((place, item.clone())),
            }
        }
    }

    fn add_text(&mut self, place: Point, text: &TextItem) {
        if let Some((start, FrameItem::Text(before))) = self.0.last_mut()
            && start.y == place.y
            && (start.x + before.width() - place.x).abs() <= TOUCHING
            && join(before, text)
        {
            return;
        }
        self.0.push((place, FrameItem::Text(text.clone())));
    }
}

fn is_plain(group: &GroupItem) -> bool {
    group.transform == Transform::identity()
        && group.clip.is_none()
        && group.label.is_none()
        && group.parent.is_none()
}

/// Appends a run to the one before it, if they are of one kind.
fn join(before: &mut TextItem, text: &TextItem) -> bool {
    let alike = before.font == text.font
        && before.size == text.size
        && before.fill == text.fill
        && before.stroke == text.stroke
        && before.lang == text.lang
        && before.region == text.region;
    let Ok(behind) = u16::try_from(before.text.len()) else { return false };
    let room = u16::try_from(text.text.len()).is_ok_and(|len| behind.checked_add(len).is_some());
    if !alike || !room {
        return false;
    }
    before.text.push_str(&text.text);
    before.glyphs.extend(text.glyphs.iter().cloned().map(|mut glyph| {
        glyph.range = glyph.range.start + behind..glyph.range.end + behind;
        glyph
    }));
    true
}

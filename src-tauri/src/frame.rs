//! Where the window stands, kept from one start to the next.

use dapanji_api::Frame;
use tauri::{LogicalPosition, LogicalSize, Manager as _, Monitor, Window, WindowEvent};

use crate::state::{Shell, lock};

/// How much of the window's head has to be on a screen for it to be found and moved, in logical pixels.
const HANDLE: (f64, f64) = (120.0, 24.0);

/// A part of the desktop, in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Area {
    /// What windows may cover of a screen.
    pub(crate) fn of(monitor: &Monitor) -> Self {
        let scale = monitor.scale_factor();
        let area = monitor.work_area();
        let at: LogicalPosition<f64> = area.position.to_logical(scale);
        let size: LogicalSize<f64> = area.size.to_logical(scale);
        Self { x: at.x, y: at.y, width: size.width, height: size.height }
    }
}

/// The frame to open with: the one that is kept, made smaller where no screen is as large, and put where
/// its head can be reached on the screens there are now. Without a position the system chooses one.
pub(crate) fn fitting(kept: Frame, least: (f64, f64), areas: &[Area]) -> (Frame, bool) {
    let is_sound = [kept.x, kept.y, kept.width, kept.height].iter().all(|one| one.is_finite());
    let largest = |side: fn(&Area) -> f64| areas.iter().map(side).fold(0.0, f64::max);
    let fit = |wish: f64, least: f64, most: f64| {
        let wish = if wish.is_finite() { wish } else { least };
        wish.min(if most > 0.0 { most } else { wish }).max(least)
    };
    let frame = Frame {
        width: fit(kept.width, least.0, largest(|area| area.width)),
        height: fit(kept.height, least.1, largest(|area| area.height)),
        ..kept
    };
    let is_reachable = areas.iter().any(|area| {
        let left = frame.x.max(area.x);
        let right = (frame.x + frame.width).min(area.x + area.width);
        let head_fits = frame.y >= area.y && frame.y + HANDLE.1 <= area.y + area.height;
        right - left >= HANDLE.0 && head_fits
    });
    (frame, is_sound && is_reachable)
}

/// Notes where the window stands whenever that changes; it is written when the window is left.
pub(crate) fn follow(window: &Window, event: &WindowEvent) {
    let shell = window.state::<Shell>();
    match event {
        WindowEvent::Resized(_) | WindowEvent::Moved(_) => {
            let before = *lock(&shell.frame);
            let now = of(window, before);
            *lock(&shell.frame) = now.or(before);
        }
        WindowEvent::Focused(false)
        | WindowEvent::CloseRequested { .. }
        | WindowEvent::Destroyed => {
            shell.keep_frame();
        }
        _ => {}
    }
}

/// Where a window stands; none while it cannot be told, as when it is minimized. One that fills its
/// screen keeps the frame it had `before`.
fn of(window: &Window, before: Option<Frame>) -> Option<Frame> {
    if window.is_minimized().ok()? || window.is_fullscreen().ok()? {
        return None;
    }
    if let (true, Some(before)) = (window.is_maximized().ok()?, before) {
        return Some(Frame { maximized: true, ..before });
    }
    let scale = window.scale_factor().ok()?;
    let at: LogicalPosition<f64> = window.outer_position().ok()?.to_logical(scale);
    let size: LogicalSize<f64> = window.inner_size().ok()?.to_logical(scale);
    let maximized = window.is_maximized().ok()?;
    Some(Frame { x: at.x, y: at.y, width: size.width, height: size.height, maximized })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: (f64, f64) = (480.0, 400.0);

    fn frame(x: f64, y: f64, width: f64, height: f64) -> Frame {
        Frame { x, y, width, height, maximized: false }
    }

    #[test]
    fn a_window_opens_where_it_can_be_reached() {
        let laptop = Area { x: 0.0, y: 25.0, width: 1440.0, height: 875.0 };
        let beside = Area { x: 1440.0, y: 0.0, width: 2560.0, height: 1440.0 };
        let check = |kept: Frame, areas: &[Area], size: (f64, f64), placed: bool| {
            let (fitted, is_placed) = fitting(kept, LEAST, areas);
            assert_eq!((fitted.width, fitted.height), size, "{kept:?}");
            assert_eq!(is_placed, placed, "{kept:?}");
        };
        check(frame(100.0, 60.0, 900.0, 700.0), &[laptop], (900.0, 700.0), true);
        check(frame(2000.0, 60.0, 900.0, 700.0), &[laptop, beside], (900.0, 700.0), true);
        // The second screen is gone.
        check(frame(2000.0, 60.0, 900.0, 700.0), &[laptop], (900.0, 700.0), false);
        check(frame(2000.0, 60.0, 2400.0, 1300.0), &[laptop], (1440.0, 875.0), false);
        // The head is under the bar of the system, or below the screen.
        check(frame(100.0, 0.0, 900.0, 700.0), &[laptop], (900.0, 700.0), false);
        check(frame(100.0, 890.0, 900.0, 700.0), &[laptop], (900.0, 700.0), false);
        // A corner is left to take hold of.
        check(frame(1300.0, 60.0, 900.0, 700.0), &[laptop], (900.0, 700.0), true);
        check(frame(1400.0, 60.0, 900.0, 700.0), &[laptop], (900.0, 700.0), false);
        check(frame(-800.0, 60.0, 900.0, 700.0), &[laptop], (900.0, 700.0), false);
        // Nonsense, and no screen known.
        check(frame(0.0, 60.0, 1.0, -7.0), &[laptop], LEAST, true);
        check(frame(f64::NAN, 60.0, 900.0, f64::INFINITY), &[laptop], (900.0, 400.0), false);
        check(frame(0.0, 60.0, 900.0, 700.0), &[], (900.0, 700.0), false);
    }
}

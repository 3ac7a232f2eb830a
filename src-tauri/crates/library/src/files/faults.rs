//! Lets calls of the system fail in tests, or the process end at one.
//!
//! What is planned holds for the thread that plans it, so tests at the same time don't meet.

use std::cell::RefCell;
use std::io;
use std::path::{Path, PathBuf};

use super::Call;

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It fails with this error number; later ones work.
    Once(i32),
    /// It fails with this error number, and so does every later one that would change something;
    /// only what was made can still be deleted.
    FromThen(i32),
    /// The process ends before it.
    Crash,
}

/// A call that was made, and the file it was about.
pub(crate) type Made = (Call, PathBuf);

struct Plan {
    made: Vec<Made>,
    fault: Option<(usize, Fault)>,
    meanwhile: Meanwhile,
}

/// What another program does right before a call of a kind, told which file that is about.
type Meanwhile = Option<(Call, Box<dyn FnMut(&Path)>)>;

thread_local! {
    static PLAN: RefCell<Option<Plan>> = const { RefCell::new(None) };
}

/// Runs `act`, in which the call of that number, from zero, meets the fault. Returns the calls that
/// were made too.
pub(crate) fn during<T>(fault: Option<(usize, Fault)>, act: impl FnOnce() -> T) -> (T, Vec<Made>) {
    plan(fault, None, act)
}

/// Runs `act`, while another program does something of its own.
pub(crate) fn beside<T>(
    what: Call,
    meanwhile: impl FnMut(&Path) + 'static,
    act: impl FnOnce() -> T,
) -> T {
    plan(None, Some((what, Box::new(meanwhile))), act).0
}

fn plan<T>(
    fault: Option<(usize, Fault)>,
    meanwhile: Meanwhile,
    act: impl FnOnce() -> T,
) -> (T, Vec<Made>) {
    PLAN.set(Some(Plan { made: Vec::new(), fault, meanwhile }));
    let result = act();
    let plan = PLAN.take().expect("nothing else ends the plan");
    (result, plan.made)
}

pub(super) fn before(what: Call, path: &Path) -> io::Result<()> {
    PLAN.with_borrow_mut(|plan| {
        let Some(plan) = plan else { return Ok(()) };
        let number = plan.made.len();
        if let Some((kind, act)) = &mut plan.meanwhile
            && *kind == what
        {
            act(path);
        }
        plan.made.push((what, path.to_owned()));
        match plan.fault {
            Some((at, Fault::Once(error))) if at == number => {
                Err(io::Error::from_raw_os_error(error))
            }
            Some((at, Fault::FromThen(error)))
                if at == number || at < number && changes_something(what) =>
            {
                Err(io::Error::from_raw_os_error(error))
            }
            Some((at, Fault::Crash)) if at == number => std::process::abort(),
            _ => Ok(()),
        }
    })
}

/// In two halves, so that a fault can come in the middle of writing.
pub(super) fn pieces(bytes: &[u8]) -> [&[u8]; 2] {
    let (first, second) = bytes.split_at(bytes.len() / 2);
    [first, second]
}

fn changes_something(what: Call) -> bool {
    use Call::{Lock, Look, Open, Read, Remove, Resolve};
    !matches!(what, Resolve | Look | Read | Open | Lock | Remove)
}

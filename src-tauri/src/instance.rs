//! One window for each home of the program: a second start hands over what it was started with, and
//! ends.
//!
//! A lock says who is first, and is gone with its holder however that ends. What is handed over goes
//! through a socket of the user's own (a named pipe on Windows), so that no session bus is needed.
//! Where either cannot be had, each start has a window of its own: that is safe, only less tidy.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dapanji_api::Places;
use interprocess::local_socket::prelude::*;
use interprocess::local_socket::{GenericFilePath, ListenerOptions};

use crate::start::Start;

/// Longest message that is read, in bytes.
const LONGEST: u64 = 64 * 1024;
/// How long either side waits for the other.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a start waits before it asks the first one again, which may be starting itself.
const PAUSE: Duration = Duration::from_millis(20);
/// Longest path that a socket can have on every system, in bytes.
const LONGEST_SOCKET: usize = 100;
/// The answer to what was understood.
const UNDERSTOOD: &str = "ok";

/// What a start turns out to be.
pub(crate) enum Role {
    /// The first: it has the window, and hears of later ones.
    First(Door),
    /// A later one: the first has taken everything over.
    Later,
}

/// Where later starts knock. Holds the lock as long as it lives.
pub(crate) struct Door {
    listener: Option<LocalSocketListener>,
    lock: Option<File>,
}

/// Finds out whether a window is open already, and if so hands `start` over to it.
pub(crate) fn enter(places: &Places, start: &Start) -> Role {
    let alone = |why: &dyn std::fmt::Display| {
        tracing::warn!(%why, "another start will have a window of its own");
        Role::First(Door { listener: None, lock: None })
    };
    let lock = match take_lock(places) {
        Ok(lock) => lock,
        Err(error) => return alone(&error),
    };
    let Some(socket) = socket(places) else { return alone(&"no place for a socket") };
    if let Some(lock) = lock {
        return match listen(&socket) {
            Ok(listener) => Role::First(Door { listener: Some(listener), lock: Some(lock) }),
            Err(error) => alone(&error),
        };
    }
    match hand_over(&socket, start) {
        Ok(()) => Role::Later,
        Err(error) => alone(&error),
    }
}

impl Door {
    /// Calls `on_start` with what each later start was started with, from a thread of its own, as long
    /// as the program runs.
    pub(crate) fn keep(self, on_start: impl Fn(Start) + Send + 'static) {
        let Self { listener, lock } = self;
        let Some(listener) = listener else { return };
        let serve = move || {
            // Held as long as somebody answers.
            let _lock = lock;
            for knock in listener.incoming() {
                match knock.and_then(|stream| answer(&stream, &on_start)) {
                    Ok(()) => {}
                    Err(error) => tracing::warn!(%error, "another start was not understood"),
                }
            }
        };
        if let Err(error) = std::thread::Builder::new().name("later-starts".into()).spawn(serve) {
            tracing::warn!(%error, "another start will have a window of its own");
        }
    }
}

/// Takes the lock; none if another process has it.
fn take_lock(places: &Places) -> io::Result<Option<File>> {
    fs::create_dir_all(&places.data)?;
    let path = places.data.join("window.lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Where the socket is: beside the lock, where nobody else gets, or in the user's folder for such where
/// that path is too long for a socket.
#[cfg(unix)]
fn socket(places: &Places) -> Option<PathBuf> {
    let fits = |path: &PathBuf| path.as_os_str().len() <= LONGEST_SOCKET;
    Some(places.data.join("window.socket")).filter(fits).or_else(|| {
        let folder = std::env::var_os("XDG_RUNTIME_DIR").filter(|folder| !folder.is_empty())?;
        Some(Path::new(&folder).join(format!("dapanji-{:016x}.socket", mark(places)))).filter(fits)
    })
}

#[cfg(windows)]
fn socket(places: &Places) -> Option<PathBuf> {
    Some(Path::new(r"\\.\pipe").join(format!("dapanji-{:016x}", mark(places))))
        .filter(|path| path.as_os_str().len() <= LONGEST_SOCKET)
}

/// Tells the places of one user or test from another's.
fn mark(places: &Places) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    places.data.hash(&mut hasher);
    hasher.finish()
}

fn listen(socket: &Path) -> io::Result<LocalSocketListener> {
    // Who holds the lock finds at most what a killed process has left.
    if cfg!(unix) && socket.exists() {
        fs::remove_file(socket)?;
    }
    let listener = ListenerOptions::new()
        .name(socket.as_os_str().to_fs_name::<GenericFilePath>()?)
        .create_sync()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(socket, fs::Permissions::from_mode(0o600))?;
    }
    Ok(listener)
}

fn hand_over(socket: &Path, start: &Start) -> io::Result<()> {
    let end = Instant::now() + PATIENCE;
    let stream = loop {
        match LocalSocketStream::connect(socket.as_os_str().to_fs_name::<GenericFilePath>()?) {
            Ok(stream) => break stream,
            Err(error) if Instant::now() >= end => return Err(error),
            Err(_) => std::thread::sleep(PAUSE),
        }
    };
    stream.set_recv_timeout(Some(PATIENCE))?;
    let mut message = serde_json::to_vec(start)?;
    message.push(b'\n');
    (&stream).write_all(&message)?;
    let mut answer = String::new();
    BufReader::new((&stream).take(LONGEST)).read_line(&mut answer)?;
    if answer.trim_end() == UNDERSTOOD {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::InvalidData, "the window that is open gave no answer"))
}

fn answer(stream: &LocalSocketStream, on_start: &impl Fn(Start)) -> io::Result<()> {
    stream.set_recv_timeout(Some(PATIENCE))?;
    let mut message = String::new();
    BufReader::new(stream.take(LONGEST)).read_line(&mut message)?;
    on_start(serde_json::from_str(&message)?);
    let mut stream = stream;
    stream.write_all(format!("{UNDERSTOOD}\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn first(places: &Places) -> Door {
        match enter(places, &Start::default()) {
            Role::First(door) => door,
            Role::Later => panic!("nobody else is there"),
        }
    }

    #[test]
    fn a_later_start_hands_over_to_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::under(folder.path());
        let (sender, heard) = mpsc::channel();
        first(&places).keep(move |start| drop(sender.send(start)));
        let later = Start {
            folder: Some("/srv/내 글".into()),
            entry: Some("20250409-abc".into()),
            ..Start::default()
        };
        for _ in 0..3 {
            assert!(matches!(enter(&places, &later), Role::Later));
            assert_eq!(heard.recv_timeout(PATIENCE).unwrap(), later);
        }
        // Nonsense is passed over, and the next one heard.
        let socket = socket(&places).unwrap();
        let name = socket.as_os_str().to_fs_name::<GenericFilePath>().unwrap();
        let stream = LocalSocketStream::connect(name).unwrap();
        (&stream).write_all(b"{\"folder\": 7}\n").unwrap();
        drop(stream);
        assert!(matches!(enter(&places, &Start::default()), Role::Later));
        assert!(heard.recv_timeout(PATIENCE).unwrap().is_plain());
        // Another home is another program.
        let other = tempfile::tempdir().unwrap();
        drop(first(&Places::under(other.path())));
    }

    #[test]
    fn what_a_killed_window_left_is_no_hindrance() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::under(folder.path());
        drop(first(&places));
        fs::create_dir_all(&places.data).unwrap();
        File::create(socket(&places).unwrap()).unwrap();
        let door = first(&places);
        assert!(door.listener.is_some() && door.lock.is_some());
    }

    #[cfg(unix)]
    #[test]
    fn where_no_socket_can_be_made_each_start_has_its_window() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("data/window.socket/in the way")).unwrap();
        let places = Places::under(folder.path());
        assert!(first(&places).listener.is_none());
        assert!(first(&places).listener.is_none());
    }
}

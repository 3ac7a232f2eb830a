//! A disk that is full after so many bytes.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tantivy::directory::{AntiCallToken, TerminatingWrite, WritePtr};

/// Lets writes through until `room` bytes were written, if it is set.
#[derive(Debug, Default)]
pub(crate) struct Fault {
    limited: AtomicBool,
    room: AtomicUsize,
}

impl Fault {
    pub(crate) fn leave(&self, bytes: usize) {
        self.room.store(bytes, Ordering::SeqCst);
        self.limited.store(true, Ordering::SeqCst);
    }

    pub(crate) fn end(&self) {
        self.limited.store(false, Ordering::SeqCst);
    }

    pub(crate) fn write(&self, bytes: usize) -> io::Result<()> {
        if !self.limited.load(Ordering::SeqCst) {
            return Ok(());
        }
        let taken = self.room.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |room| {
            room.checked_sub(bytes.max(1))
        });
        taken.map(drop).map_err(|_| io::ErrorKind::StorageFull.into())
    }

    pub(crate) fn watch(self: &Arc<Self>, file: WritePtr) -> WritePtr {
        WritePtr::new(Box::new(Watched { file, fault: Arc::clone(self) }))
    }
}

struct Watched {
    file: WritePtr,
    fault: Arc<Fault>,
}

impl Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.fault.write(bytes.len())?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for Watched {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_mut().terminate_ref(token)
    }
}

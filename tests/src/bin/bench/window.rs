//! The real window beside a bare one, on a display of their own.

use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use dapanji_api::dto::ListFilter;
use dapanji_api::{Notebook, Places, sample_notebook};

use crate::machine::memory_of_tree;
use crate::stats::{Samples, megabytes, ratio, show};
use crate::table::{Row, Table};
use crate::{Bench, Outcome, open_in, say};

/// Most that a window is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a window is left alone before its memory is read.
const SETTLE: Duration = Duration::from_secs(3);
const ROUNDS: usize = 7;

/// What both windows say when they take input.
const READY: &str = "takes input";

/// A process that ends with its owner.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended already needs no more.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Measures both windows in turns.
pub(crate) fn window(bench: &Bench, table: &mut Table) -> Outcome<()> {
    let programs = std::env::current_exe()?.parent().map(Path::to_owned).unwrap_or_default();
    let real = programs.join("dapanji-window");
    let bare = programs.join("examples").join("bare_window");
    let display = if real.exists() && bare.exists() { display()? } else { None };
    let Some((_server, display)) = display else {
        table.add(Row {
            what: "window: start to editable, memory".to_owned(),
            figure: "not measured".to_owned(),
            yardstick: "wants Xvfb, and `cargo build --release -p dapanji --bins --examples` first"
                .to_owned(),
            ..Row::default()
        });
        return Ok(());
    };
    say("opening windows");
    let notebook = bench.notebook()?;
    // What starts next finds the index as it should be.
    notebook.sync_index()?;
    let entry = newest(&notebook)?;
    drop(notebook);
    let sample_folder = sample_notebook(&Places::under(&bench.home))?;
    let sample_entry = newest(&open_in(&sample_folder, &bench.home)?)?;
    let mut windows = [
        Window { program: bare, arguments: Vec::new(), samples: Samples::default(), memory: None },
        Window {
            program: real.clone(),
            arguments: vec![bench.folder.display().to_string(), entry],
            samples: Samples::default(),
            memory: None,
        },
        Window {
            program: real,
            arguments: vec!["--sample".to_owned(), sample_entry],
            samples: Samples::default(),
            memory: None,
        },
    ];
    for round in 0..ROUNDS {
        for window in &mut windows {
            let took = window.start(&display, &bench.home, round + 1 == ROUNDS)?;
            // The first start reads the programs from disk.
            if round > 0 {
                window.samples.add(took);
            }
        }
    }
    rows(bench, &windows, table);
    Ok(())
}

fn newest(notebook: &Notebook) -> Outcome<String> {
    let first = notebook.rows(&ListFilter::default(), 0, 1);
    Ok(first.into_iter().next().map(|row| row.id).ok_or("no entry to show")?)
}

fn rows(bench: &Bench, [bare, real, sample]: &[Window; 3], table: &mut Table) {
    let beside = format!("{}: a bare Tauri window with a text field", show(bare.samples.median()));
    for (window, what) in [
        (sample, "window from start to an answer that can be edited, sample notebook".to_owned()),
        (real, format!("the same, {} posts", bench.written.posts)),
    ] {
        let times = ratio(window.samples.median(), bare.samples.median());
        table.add(Row {
            what,
            figure: format!("{}, × {times:.2}", show(window.samples.median())),
            yardstick: beside.clone(),
            bar: "≤ 1.3 ×".to_owned(),
            reached: Some(times <= 1.3),
        });
    }
    let memory = |window: &Window| window.memory.unwrap_or_default();
    let shown = |(rss, pss): (u64, u64)| {
        format!("{:.0} MB RSS, {:.0} MB PSS", megabytes(rss), megabytes(pss))
    };
    table.add(Row {
        what: format!(
            "memory of the window, {} posts, with the webview's processes",
            bench.written.posts
        ),
        figure: shown(memory(real)),
        yardstick: format!(
            "{}: a bare Tauri window; {}: the sample notebook",
            shown(memory(bare)),
            shown(memory(sample))
        ),
        bar: "≤ 250 MB".to_owned(),
        reached: real.memory.map(|(rss, _)| rss <= 250_000_000),
    });
}

/// A window that is opened again and again.
struct Window {
    program: PathBuf,
    arguments: Vec<String>,
    samples: Samples,
    /// RSS and PSS, in bytes.
    memory: Option<(u64, u64)>,
}

impl Window {
    /// Opens the window and returns how long it took until it said that it takes input.
    fn start(&mut self, display: &str, home: &Path, measure_memory: bool) -> Outcome<Duration> {
        let started = Instant::now();
        let child = Command::new(&self.program)
            .args(&self.arguments)
            .env("DISPLAY", display)
            .env_remove("WAYLAND_DISPLAY")
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .env("DAPANJI_HOME", home)
            .env("DAPANJI_LOG", "dapanji_window=info")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut running = Running(child);
        let (send, ready) = mpsc::channel();
        watch(running.0.stdout.take(), send.clone());
        watch(running.0.stderr.take(), send);
        let said = ready.recv_timeout(PATIENCE);
        let took = said.map_err(|_| format!("{} did not open", self.program.display()))?;
        if measure_memory {
            std::thread::sleep(SETTLE);
            self.memory = memory_of_tree(running.0.id());
        }
        Ok(took.duration_since(started))
    }
}

/// Reads lines to the end and tells when the one came that is waited for.
fn watch(source: Option<impl Read + Send + 'static>, ready: mpsc::Sender<Instant>) {
    let Some(source) = source else { return };
    std::thread::spawn(move || {
        for line in BufReader::new(source).lines().map_while(Result::ok) {
            if line.contains(READY) && ready.send(Instant::now()).is_err() {
                return;
            }
        }
    });
}

/// Starts a display; none if there is no Xvfb.
fn display() -> Outcome<Option<(Running, String)>> {
    let started = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(child) = started else { return Ok(None) };
    let mut server = Running(child);
    let mut number = String::new();
    let out = server.0.stdout.take().ok_or("Xvfb has no output")?;
    BufReader::new(out).read_line(&mut number)?;
    let number = number.trim();
    if number.is_empty() {
        return Ok(None);
    }
    Ok(Some((server, format!(":{number}"))))
}

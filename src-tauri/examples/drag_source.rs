//! A window out of which the file or folder it is started with can be dragged, as out of a file manager:
//! the tests of the real window drag it in. It ends when the drag has, and not before: what is let go is
//! not dropped until this program says so.

#[cfg(target_os = "linux")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    use gtk::gdk::{DragAction, ModifierType};
    use gtk::prelude::*;

    let path = std::env::args_os().nth(1).ok_or("drag_source PATH")?;
    let uri = tauri::Url::from_file_path(path).map_err(|()| "the path is not a whole one")?;
    gtk::init()?;
    let window = gtk::Window::new(gtk::WindowType::Toplevel);
    window.set_title("drag source");
    window.set_default_size(200, 200);
    let source = gtk::EventBox::new();
    let targets = [gtk::TargetEntry::new("text/uri-list", gtk::TargetFlags::empty(), 0)];
    source.drag_source_set(ModifierType::BUTTON1_MASK, &targets, DragAction::COPY);
    source.connect_drag_data_get(move |_, _, data, _, _| {
        data.set_uris(&[uri.as_str()]);
    });
    source.connect_drag_end(|_, _| gtk::main_quit());
    window.add(&source);
    window.show_all();
    gtk::main();
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {}

//! The rules of PDF/UA-1 that a machine can check, on the files themselves.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::articles::articles;
use super::sample::{book, everything, options};
use super::{nowhere, print};
use crate::{Columns, Language, Options};

/// A file that is taken apart.
struct File {
    document: Document,
    /// The elements of the tag tree in reading order, with how deep they are.
    elements: Vec<(usize, Dictionary)>,
}

impl File {
    fn of(bytes: &[u8]) -> File {
        let document = Document::load_mem(bytes).unwrap();
        let mut file = File { elements: Vec::new(), document };
        let root = file.catalog().get(b"StructTreeRoot").cloned().expect("there is a tag tree");
        let root = file.dictionary(&root);
        let kids = root.get(b"K").cloned().expect("the tree has something in it");
        file.walk(&kids, 0, &mut HashSet::new());
        file
    }

    fn catalog(&self) -> &Dictionary {
        self.document.catalog().unwrap()
    }

    fn dictionary(&self, object: &Object) -> Dictionary {
        match object {
            Object::Reference(id) => self.document.get_dictionary(*id).unwrap().clone(),
            object => object.as_dict().unwrap().clone(),
        }
    }

    fn walk(&mut self, kids: &Object, depth: usize, seen: &mut HashSet<ObjectId>) {
        match kids {
            Object::Reference(id) => {
                assert!(seen.insert(*id), "no element stands in the tree twice");
                let object = self.document.get_object(*id).unwrap().clone();
                self.walk(&object, depth, seen);
            }
            Object::Array(all) => all.iter().for_each(|kid| self.walk(kid, depth, seen)),
            Object::Dictionary(element) if element.has(b"S") => {
                self.elements.push((depth, element.clone()));
                if let Ok(kids) = element.get(b"K") {
                    self.walk(&kids.clone(), depth + 1, seen);
                }
            }
            _ => {}
        }
    }

    fn tags(&self) -> impl Iterator<Item = (String, &Dictionary)> {
        self.elements.iter().map(|(_, element)| (tag(element), element))
    }

    fn count(&self, name: &str) -> usize {
        self.tags().filter(|(tag, _)| tag == name).count()
    }
}

fn tag(element: &Dictionary) -> String {
    String::from_utf8_lossy(element.get(b"S").unwrap().as_name().unwrap()).into_owned()
}

fn text(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap()
}

const STANDARD: [&str; 45] = [
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "Warichu",
    "Figure",
    "Formula",
    "Form",
    "Title",
];

fn check(file: &File, language: &str, name: &str) {
    let catalog = file.catalog();
    // 06, 07, 11: what the document says of itself.
    assert_eq!(text(catalog.get(b"Lang").unwrap()), language, "{name}");
    let view = file.dictionary(catalog.get(b"ViewerPreferences").unwrap());
    assert!(view.get(b"DisplayDocTitle").unwrap().as_bool().unwrap(), "{name}: title is shown");
    let mark = file.dictionary(catalog.get(b"MarkInfo").unwrap());
    assert!(mark.get(b"Marked").unwrap().as_bool().unwrap(), "{name}: it is tagged");
    let doubtful = mark.get(b"Suspects").and_then(Object::as_bool).unwrap_or(false);
    assert!(!doubtful, "{name}: no tag is doubtful");
    let metadata = catalog.get(b"Metadata").unwrap().as_reference().unwrap();
    let metadata = file.document.get_object(metadata).unwrap().as_stream().unwrap();
    let metadata = metadata.get_plain_content().unwrap();
    let metadata = String::from_utf8_lossy(&metadata).into_owned();
    for part in ["<pdfuaid:part>1</pdfuaid:part>", "<dc:title>"] {
        assert!(metadata.contains(part), "{name}: {part}");
    }
    check_tags(file, name);
    check_pages(file, name);
    check_fonts(file, name);
}

fn check_tags(file: &File, name: &str) {
    let root = file.dictionary(file.catalog().get(b"StructTreeRoot").unwrap());
    let roles: HashMap<String, String> = root.get(b"RoleMap").map_or_else(
        |_| HashMap::new(),
        |roles| {
            let roles = file.dictionary(roles);
            let name = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            roles.iter().map(|(key, to)| (name(key), name(to.as_name().unwrap()))).collect()
        },
    );
    let mut level = 0;
    let mut notes = HashSet::new();
    for (tag, element) in file.tags() {
        // 01, 02: every tag is a standard one, or mapped to one.
        let standard = roles.get(&tag).unwrap_or(&tag);
        assert!(STANDARD.contains(&standard.as_str()), "{name}: {tag} is a known tag");
        match standard.as_str() {
            // 13, 17: pictures and formulas have words.
            "Figure" | "Formula" => {
                let alt = element.get(b"Alt").map(text).unwrap_or_default();
                assert!(!alt.trim().is_empty(), "{name}: {tag} has a description");
            }
            // 14: no level of headings is skipped.
            "H1" | "H2" | "H3" | "H4" | "H5" | "H6" => {
                let next: usize = standard.trim_start_matches('H').parse().unwrap();
                assert!(next <= level + 1, "{name}: {tag} follows H{level}");
                level = next;
            }
            // 15: heads of tables say what they are heads of.
            "TH" => {
                let attributes = element.get(b"A").unwrap();
                let all = match attributes {
                    Object::Array(all) => all.iter().map(|one| file.dictionary(one)).collect(),
                    one => vec![file.dictionary(one)],
                };
                assert!(all.iter().any(|one| one.has(b"Scope")), "{name}: a head has a scope");
            }
            // 19: every note has a name of its own.
            "Note" => {
                let id = element.get(b"ID").expect("a note has a name").as_str().unwrap();
                assert!(notes.insert(id.to_vec()), "{name}: names of notes differ");
            }
            _ => {}
        }
    }
    // 09: items stand in lists, rows in tables.
    for (index, (depth, element)) in file.elements.iter().enumerate() {
        let parents = &file.elements[..index];
        let parent = parents.iter().rev().find(|(other, _)| other < depth).map(|(_, p)| tag(p));
        let parent = parent.unwrap_or_default();
        let wanted: &[&str] = match tag(element).as_str() {
            "LI" => &["L"],
            "LBody" => &["LI"],
            "TR" => &["Table", "THead", "TBody", "TFoot"],
            "TH" | "TD" => &["TR"],
            "THead" | "TBody" | "TFoot" => &["Table"],
            "TOCI" => &["TOC"],
            _ => continue,
        };
        assert!(wanted.contains(&parent.as_str()), "{name}: {} in {parent}", tag(element));
    }
}

/// 01, 28: everything drawn is tagged or decoration, and links say where they lead.
fn check_pages(file: &File, name: &str) {
    for (number, page) in file.document.get_pages() {
        let content = file.document.get_and_decode_page_content(page).unwrap();
        let mut open = 0;
        let mut numbers = HashSet::new();
        for operation in &content.operations {
            match operation.operator.as_str() {
                "BMC" | "BDC" => {
                    open += 1;
                    let id = operation.operands.get(1).and_then(|properties| {
                        properties.as_dict().ok()?.get(b"MCID").ok()?.as_i64().ok()
                    });
                    if let Some(id) = id {
                        assert!(numbers.insert(id), "{name}, page {number}: one of its kind");
                    }
                }
                "EMC" => open -= 1,
                "Tj" | "TJ" | "'" | "\"" | "Do" | "S" | "f" | "f*" | "B" | "sh" => {
                    let operator = &operation.operator;
                    assert!(open > 0, "{name}, page {number}: {operator} is marked");
                }
                _ => {}
            }
        }
        assert_eq!(open, 0, "{name}, page {number}: marks are closed");
        let page = file.document.get_dictionary(page).unwrap();
        let Ok(annotations) = page.get(b"Annots") else { continue };
        assert_eq!(page.get(b"Tabs").unwrap().as_name().unwrap(), b"S", "{name}, page {number}");
        let annotations = match annotations {
            Object::Reference(id) => file.document.get_object(*id).unwrap().clone(),
            other => other.clone(),
        };
        for annotation in annotations.as_array().unwrap() {
            let annotation = file.dictionary(annotation);
            assert!(annotation.has(b"StructParent"), "{name}, page {number}: a link is tagged");
            let words = annotation.get(b"Contents").map(text).unwrap_or_default();
            assert!(!words.is_empty(), "{name}, page {number}: a link says where it leads");
        }
    }
}

/// 31: every font is in the file, cut to what is used, and its glyphs can be read as characters.
fn check_fonts(file: &File, name: &str) {
    let mut count = 0;
    for object in file.document.objects.values() {
        let Ok(font) = object.as_dict() else { continue };
        match font.get(b"Type").and_then(Object::as_name) {
            Ok(b"FontDescriptor") => {
                let font_name =
                    String::from_utf8_lossy(font.get(b"FontName").unwrap().as_name().unwrap())
                        .into_owned();
                let is_in = [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"]
                    .iter()
                    .any(|key| font.has(key));
                assert!(is_in, "{name}: {font_name} is embedded");
                assert_eq!(font_name.find('+'), Some(6), "{name}: {font_name} is a subset");
                count += 1;
            }
            Ok(b"Font") if is_named(font, b"Subtype", b"Type0") => {
                assert!(font.has(b"ToUnicode"), "{name}: glyphs can be read");
            }
            _ => {}
        }
    }
    assert!(count > 0, "{name}: there are fonts");
}

fn is_named(dictionary: &Dictionary, key: &[u8], name: &[u8]) -> bool {
    dictionary.get(key).and_then(Object::as_name).is_ok_and(|found| found == name)
}

#[test]
fn files_keep_the_rules_of_pdf_ua() {
    let one = options(nowhere());
    let two = Options { columns: Columns::Two, language: Language::En, ..one.clone() };
    for (name, language, options) in [("one", "ko-KR", one), ("two", "en-US", two)] {
        for book in [book(), everything(), articles()] {
            let pdf = print(&book, &options);
            assert!(!pdf.omissions.iter().any(|note| note.contains("PDF/UA")), "{pdf:?}");
            check(&File::of(&pdf.bytes), language, name);
        }
    }
}

#[test]
fn everything_has_the_tag_of_its_kind() {
    let file = File::of(&print(&everything(), &options(nowhere())).bytes);
    for (tag, least) in [
        ("TOC", 1),
        ("H1", 1),
        ("H2", 1),
        ("L", 3),
        ("LI", 5),
        ("Table", 1),
        ("TH", 3),
        ("TD", 6),
        ("BlockQuote", 2),
        ("Code", 1),
        ("Formula", 2),
        ("Link", 2),
        ("Note", 1),
    ] {
        let count = file.count(tag);
        assert!(count >= least, "{tag}: {count}");
    }
}

#[test]
fn an_archive_meets_both_standards() {
    let options = Options { archive: true, ..options(nowhere()) };
    let pdf = print(&everything(), &options);
    assert!(!pdf.omissions.iter().any(|note| note.contains("PDF/")), "{:?}", pdf.omissions);
    let file = File::of(&pdf.bytes);
    check(&file, "ko-KR", "archive");
    let catalog = file.catalog();
    let metadata = catalog.get(b"Metadata").unwrap().as_reference().unwrap();
    let metadata = file.document.get_object(metadata).unwrap().as_stream().unwrap();
    let metadata = String::from_utf8_lossy(&metadata.get_plain_content().unwrap()).into_owned();
    assert!(metadata.contains("<pdfaid:part>2</pdfaid:part>"), "{metadata}");
    assert!(metadata.contains("<pdfaid:conformance>B</pdfaid:conformance>"), "{metadata}");
    assert!(catalog.has(b"OutputIntents"), "colours are defined");
}

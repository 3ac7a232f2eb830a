//! The structure of a post: ranges over its text, never copies of it that could be written back.

use jiff::civil::Date;

/// A range of bytes in the text of a post.
pub type Span = std::ops::Range<usize>;

/// A piece of a post's text.
///
/// Read it with [`Post::part_text`](crate::Post::part_text): the margin of its lines is no part of
/// its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Bytes from the first character of the part to the end of its last line that is not blank,
    /// without that line's ending. Empty, at the place where text would go, if there is none.
    pub span: Span,
    /// What every line begins with. The first line's margin lies before `span`.
    pub margin: Margin,
}

/// What the lines of a part begin with that is not its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Margin {
    /// Nothing.
    #[default]
    None,
    /// A quote prefix, `> ` or `>`.
    Quote,
    /// As many spaces, as the text under a list item has them; a line with fewer begins at its first
    /// character, and a tab counts as the spaces to the next multiple of four.
    Indent(usize),
}

/// How far an answer has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerState {
    /// There is no text.
    Empty,
    /// The text breaks off or holds a mark such as TODO.
    Draft,
    /// There is a text.
    Written,
}

/// Whether an entry has a model answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ModelAnswerState {
    /// No model answer is marked.
    None,
    /// A model answer is marked, and its text only keeps the place (`어쩌구 저쩌구`, `TODO`, `...`).
    Placeholder,
    /// There is a model answer.
    Written,
}

/// The user's own answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The line of the heading that marks it, without the line ending; none where all prose of the
    /// entry is the answer. In some layouts that line holds the first words of the text too.
    pub heading: Option<Span>,
    /// The text.
    pub body: Part,
    /// How far it has come.
    pub state: AnswerState,
}

/// The model answer, usually a quote headed `##### 모범 답안`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelAnswer {
    /// The whole block: its heading, text, and attribute list.
    pub span: Span,
    /// The text under the heading, all variants together.
    pub body: Part,
    /// The text by audience, in the order of the file. One without an audience where the text
    /// names none; text before the first audience line is a variant without audience of its own.
    pub variants: Vec<Variant>,
    /// Whether there is more than a placeholder.
    pub state: ModelAnswerState,
}

/// One version of a model answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// What stands between the brackets, as in `[첫 취업 준비생이라면?]`.
    pub audience: Option<String>,
    /// The text.
    pub body: Part,
}

/// A headed part of a post that is neither answer nor model answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading's text; empty for text before any heading.
    pub title: String,
    /// The heading's level, 1 to 6; 0 for text before any heading.
    pub level: u8,
    /// The heading's line, without the line ending; empty where there is none.
    pub heading: Span,
    /// The text under it.
    pub body: Part,
}

/// How an entry is written, told from the entry alone: entries of one post may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// `## question`, `> 카테고리: …`, `> 힌트: …`, `### 답변`, `> ##### 모범 답안`: all that is not
    /// the answer stands in quotes.
    Quoted,
    /// `## 질문: question` with `## 답변` on the same level.
    Level,
    /// `## question` over prose and headings of its own; nothing marks the answer.
    Prose,
    /// `## question` with the answer under `### 답변` and the model answer, if any, under a heading
    /// of its own.
    Headed,
    /// Labels at the beginning of lines: `Keyword: …`, `Answer: …`, `Q : …`, `A : …`, `**A.** …`.
    Labelled,
    /// The answer in a `<details>` fold.
    Folded,
    /// `* [question](#1)` in a list, the answer elsewhere under a heading with that number.
    Linked,
    /// `10. ### question`, the answer indented below it.
    Numbered,
    /// `### question` with the answer in a quote that begins with its label: `> 답변`.
    QuoteLabelled,
    /// A list item ending like a question, with nothing that marks an answer.
    Bullet,
}

/// One question block whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// All of it, from its heading to the next entry, day, or the rule that closes a day. Where the
    /// answer lies apart, the question's own lines.
    pub span: Span,
    /// The headed block of the answer where it lies apart from the question, as under `## Answers`.
    pub answer_span: Option<Span>,
    /// How it is written.
    pub layout: Layout,
    /// The heading's line, without the line ending.
    pub heading: Span,
    /// The question, inside the heading.
    pub question: Part,
    /// `Backend` of `> 카테고리: Backend, …`; several where there are several such lines.
    pub categories: Vec<String>,
    /// What follows the first comma of the category line.
    pub topic: Option<String>,
    /// The text of the first category line, without its label: category and topic together.
    pub category_line: Option<Part>,
    /// The hint, without its label; the key words where a layout has those instead.
    pub hint: Option<Part>,
    /// The user's own answer.
    pub answer: Answer,
    /// The model answer, if one is marked.
    pub model_answer: Option<ModelAnswer>,
    /// Other headed parts, in the order of the file.
    pub sections: Vec<Section>,
}

/// A dated stretch of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// All of it, heading included.
    pub span: Span,
    /// The line of the dated heading, without the line ending; none where the date comes from the
    /// front matter or is not known.
    pub heading: Option<Span>,
    /// The heading's date; none where there is no dated heading (the caller knows the file name).
    pub date: Option<Date>,
    /// Its entries, in the order of the file.
    pub entries: Vec<Entry>,
}

/// Passes every range of days and sections on to `change`.
pub(crate) fn each_span(
    days: &mut [Day],
    sections: &mut [Section],
    change: &mut impl FnMut(&mut Span),
) {
    let of_sections = |sections: &mut [Section], change: &mut dyn FnMut(&mut Span)| {
        for Section { heading, body, title: _, level: _ } in sections {
            change(heading);
            change(&mut body.span);
        }
    };
    of_sections(sections, change);
    for Day { span, heading, entries, date: _ } in days {
        change(span);
        heading.iter_mut().for_each(&mut *change);
        for entry in entries {
            change(&mut entry.span);
            change(&mut entry.heading);
            let Answer { heading, body, state: _ } = &mut entry.answer;
            entry.answer_span.iter_mut().chain(heading).for_each(&mut *change);
            let parts =
                [Some(&mut entry.question), entry.category_line.as_mut(), entry.hint.as_mut()];
            for part in parts.into_iter().flatten().chain([body]) {
                change(&mut part.span);
            }
            if let Some(ModelAnswer { span, body, variants, state: _ }) = &mut entry.model_answer {
                change(span);
                change(&mut body.span);
                variants.iter_mut().for_each(|variant| change(&mut variant.body.span));
            }
            of_sections(&mut entry.sections, change);
        }
    }
}

/// Something odd in a post that is shown all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Line, from 1.
    pub line: usize,
    /// What is odd, as a word for programs.
    pub code: DiagnosticCode,
    /// What is odd, as a sentence for people.
    pub message: String,
}

/// The kinds of [`Diagnostic`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DiagnosticCode {
    /// The front matter is not valid YAML.
    FrontMatter,
    /// The front matter opens with `---` and never closes.
    FrontMatterOpen,
    /// A byte order mark stands at the start.
    ByteOrderMark,
    /// Lines end in more than one way.
    MixedLineEndings,
    /// A code fence is never closed.
    OpenFence,
    /// Git's conflict markers are in the text.
    ConflictMarkers,
    /// Two entries of one day ask the same question.
    SameQuestion,
    /// A level-1 heading looks like a date and is none, such as `2025.13.40`.
    NotADate,
    /// A key of the front matter holds characters that cannot be seen.
    FrontMatterKey,
    /// The title of the front matter is a list or a table.
    FrontMatterValue,
    /// The `date` of the front matter is none.
    FrontMatterDate,
    /// The front matter is TOML.
    FrontMatterToml,
    /// The text begins with a rule that Jekyll takes for front matter.
    FrontMatterRule,
    /// Control characters are in the text.
    ControlCharacters,
    /// Characters that cannot be seen are in a question or a date.
    UnseenCharacters,
    /// A line begins like a heading and is none, as another blank stands where a space has to.
    NotAHeading,
    /// Replacement characters are in the text, which stand for what a conversion lost.
    LostCharacters,
}

impl DiagnosticCode {
    /// Returns the word used in JSON and in messages, such as `front-matter`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FrontMatter => "front-matter",
            Self::FrontMatterOpen => "front-matter-open",
            Self::ByteOrderMark => "byte-order-mark",
            Self::MixedLineEndings => "mixed-line-endings",
            Self::OpenFence => "open-fence",
            Self::ConflictMarkers => "conflict-markers",
            Self::SameQuestion => "same-question",
            Self::NotADate => "not-a-date",
            Self::FrontMatterKey => "front-matter-key",
            Self::FrontMatterValue => "front-matter-value",
            Self::FrontMatterDate => "front-matter-date",
            Self::FrontMatterToml => "front-matter-toml",
            Self::FrontMatterRule => "front-matter-rule",
            Self::ControlCharacters => "control-characters",
            Self::UnseenCharacters => "unseen-characters",
            Self::NotAHeading => "not-a-heading",
            Self::LostCharacters => "lost-characters",
        }
    }
}

//! LaTeX formulas to Typst's math elements, element by element; never to Typst code.

use pulldown_latex::event::{
    Content as Piece, Dimension, DimensionUnit, EnvironmentFlow, Event, Font, Grouping,
    ScriptPosition, ScriptType, StateChange, Visual,
};
use pulldown_latex::{Parser, Storage};
use typst::foundations::{Content, NativeElement as _, SymbolElem, Value};
use typst::layout::{Em, HElem, Spacing};
use typst::math::{
    Accent, AccentElem, AlignPointElem, AttachElem, CancelElem, CasesElem, DelimiterPair,
    EquationElem, FracElem, LimitsElem, LrElem, MatElem, OpElem, OverbraceElem, OverlineElem,
    RootElem, ScriptsElem, UnderbraceElem, UnderlineElem, bb, bold, cal, frak, italic, mono, sans,
    upright,
};
use typst::text::{LinebreakElem, TextElem};
use unicode_normalization::UnicodeNormalization as _;

use crate::fonts::printable;
use crate::notes::Notes;

/// Longer formulas, in bytes, are shown as they are written.
const LONGEST: usize = 4000;
/// Formulas of more pieces are shown as they are written.
const MOST_EVENTS: usize = 4000;
/// Formulas nested deeper are shown as they are written.
const DEEPEST: usize = 40;

/// Says whether what stands between single dollars is a formula, not an amount of money.
pub(crate) fn is_formula(text: &str) -> bool {
    if text.contains(crate::line::is_hangul) && !text.contains('\\') {
        return false;
    }
    let mut words = text.split(|c: char| !c.is_alphabetic());
    text.contains(['\\', '^', '_', '=', '{'])
        || text.contains(char::is_alphabetic) && words.all(|word| word.len() <= 1)
}

/// Sets a formula; `None` if it is not understood.
pub(crate) fn equation(latex: &str, block: bool, notes: &mut Notes) -> Option<Content> {
    let latex = latex.trim();
    if latex.is_empty() || latex.len() > LONGEST {
        return None;
    }
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(latex, &storage) {
        events.push(event.ok()?);
        if events.len() > MOST_EVENTS {
            return None;
        }
    }
    let mut setter = Setter { events: &events, at: 0, notes };
    let body = setter.group(0, Some(block))?;
    // A reader that doesn't see the page hears the source.
    let alt = printable(latex, setter.notes);
    Some(EquationElem::new(body).with_block(block).with_alt(Some(alt.into())).pack())
}

struct Setter<'e, 'n> {
    events: &'e [Event<'e>],
    at: usize,
    notes: &'n mut Notes,
}

impl<'e> Setter<'e, '_> {
    fn next(&mut self) -> Option<&'e Event<'e>> {
        let event = self.events.get(self.at)?;
        self.at += 1;
        Some(event)
    }

    /// Sets everything to the end of the group, or of the formula where `top` is given.
    fn group(&mut self, depth: usize, top: Option<bool>) -> Option<Content> {
        let rows = self.rows(depth, top.is_some())?;
        let mut rows = rows.into_iter().map(|row| Content::sequence(between(row, align_point)));
        let first = rows.next().unwrap_or_default();
        Some(
            rows.fold(first, |all, row| {
                Content::sequence([all, LinebreakElem::shared().clone(), row])
            }),
        )
    }

    /// Reads to the end of the group: its rows, each of its cells.
    fn rows(&mut self, depth: usize, top: bool) -> Option<Vec<Vec<Content>>> {
        if depth > DEEPEST {
            return None;
        }
        let mut rows = vec![vec![Vec::new()]];
        let mut font = None;
        loop {
            let Some(event) = self.next() else {
                if top {
                    break;
                }
                return None;
            };
            match event {
                Event::End => break,
                Event::EnvironmentFlow(EnvironmentFlow::Alignment) => {
                    rows.last_mut()?.push(Vec::new());
                }
                Event::EnvironmentFlow(EnvironmentFlow::NewLine { .. }) => {
                    rows.push(vec![Vec::new()]);
                }
                Event::EnvironmentFlow(EnvironmentFlow::StartLines { .. }) => {}
                Event::StateChange(StateChange::Font(new)) => font = *new,
                // Sizes follow from the place, and a page has its own colours.
                Event::StateChange(_) => {}
                event => {
                    let is_outer = top && rows.len() == 1 && rows.first()?.len() == 1;
                    let item = self.element(event, depth, is_outer)?;
                    rows.last_mut()?.last_mut()?.push(in_font(item, font));
                }
            }
        }
        // `\\` at the very end begins no row.
        if rows.len() > 1 && rows.last().is_some_and(|row| row.iter().all(Vec::is_empty)) {
            rows.pop();
        }
        let cells = |row: Vec<Vec<Content>>| row.into_iter().map(Content::sequence).collect();
        Some(rows.into_iter().map(cells).collect())
    }

    /// Reads the next whole element.
    fn argument(&mut self, depth: usize) -> Option<Content> {
        let mut font = None;
        loop {
            match self.next()? {
                Event::StateChange(StateChange::Font(new)) => font = *new,
                Event::StateChange(_) => {}
                event => return Some(in_font(self.element(event, depth, false)?, font)),
            }
        }
    }

    /// Sets the element that `event` begins. Rows of an outer one are rows of the formula.
    fn element(&mut self, event: &'e Event<'e>, depth: usize, is_outer: bool) -> Option<Content> {
        if depth > DEEPEST {
            return None;
        }
        let inner = depth + 1;
        Some(match event {
            Event::Content(piece) => self.piece(piece),
            Event::Begin(grouping) => self.grouping(grouping, inner, is_outer)?,
            Event::Visual(Visual::SquareRoot) => RootElem::new(self.argument(inner)?).pack(),
            Event::Visual(Visual::Root) => {
                let radicand = self.argument(inner)?;
                let index = self.argument(inner)?;
                RootElem::new(radicand).with_index(Some(index)).pack()
            }
            Event::Visual(Visual::Fraction(thickness)) => {
                let above = self.argument(inner)?;
                let below = self.argument(inner)?;
                match thickness {
                    Some(thickness) if thickness.value == 0.0 => {
                        matrix(vec![vec![above], vec![below]])
                    }
                    _ => FracElem::new(above, below).pack(),
                }
            }
            Event::Visual(Visual::Negation) => self.negation(inner)?,
            Event::Script { ty, position } => self.script(*ty, *position, inner)?,
            Event::Space { width, .. } => {
                let width = width.map_or(0.0, in_em).clamp(-2.0, 20.0);
                HElem::new(Spacing::Rel(Em::new(width).into())).pack()
            }
            Event::End | Event::StateChange(_) | Event::EnvironmentFlow(_) => return None,
        })
    }

    fn piece(&mut self, piece: &Piece<'_>) -> Content {
        match piece {
            Piece::Text(text) => TextElem::packed(printable(text, self.notes)),
            Piece::Number(digits) => TextElem::packed(printable(digits, self.notes)),
            Piece::Function(name) => OpElem::new(TextElem::packed(*name)).pack(),
            Piece::Ordinary { content, .. }
            | Piece::LargeOp { content, .. }
            | Piece::BinaryOp { content, .. }
            | Piece::Delimiter { content, .. }
            | Piece::Punctuation(content) => self.symbol(&content.to_string()),
            Piece::Relation { content, .. } => {
                let mut bytes = [0; 8];
                let sign = String::from_utf8_lossy(content.encode_utf8_to_buf(&mut bytes));
                let signs: Vec<Content> =
                    sign.chars().map(|c| self.symbol(&c.to_string())).collect();
                Content::sequence(signs)
            }
        }
    }

    fn symbol(&mut self, sign: &str) -> Content {
        let sign = printable(sign, self.notes);
        if sign.is_empty() { Content::empty() } else { SymbolElem::packed(sign) }
    }

    fn negation(&mut self, depth: usize) -> Option<Content> {
        if let Some(Event::Content(Piece::Relation { content, .. })) = self.events.get(self.at) {
            let mut bytes = [0; 8];
            let sign = String::from_utf8_lossy(content.encode_utf8_to_buf(&mut bytes));
            let negated: String = format!("{sign}\u{338}").nfc().collect();
            if negated.chars().count() == 1 {
                self.at += 1;
                return Some(self.symbol(&negated));
            }
        }
        Some(CancelElem::new(self.argument(depth)?).pack())
    }

    fn script(
        &mut self,
        ty: ScriptType,
        position: ScriptPosition,
        depth: usize,
    ) -> Option<Content> {
        let is_function =
            matches!(self.events.get(self.at), Some(Event::Content(Piece::Function(_))));
        let base = self.argument(depth)?;
        let sign = match self.events.get(self.at) {
            Some(Event::Content(Piece::Ordinary { content, .. })) => Some(*content),
            _ => None,
        };
        if position == ScriptPosition::AboveBelow
            && let Some(sign) = sign
            && let Some(decorated) = decorated(&base, sign, ty)
        {
            self.at += 1;
            return Some(decorated);
        }
        let (below, above) = match ty {
            ScriptType::Subscript => (Some(self.argument(depth)?), None),
            ScriptType::Superscript => (None, Some(self.argument(depth)?)),
            ScriptType::SubSuperscript => {
                (Some(self.argument(depth)?), Some(self.argument(depth)?))
            }
        };
        let base = match position {
            ScriptPosition::AboveBelow => LimitsElem::new(base).pack(),
            ScriptPosition::Movable if is_function => {
                LimitsElem::new(base).with_inline(false).pack()
            }
            ScriptPosition::Movable => base,
            ScriptPosition::Right => ScriptsElem::new(base).pack(),
        };
        Some(AttachElem::new(base).with_t(above).with_b(below).pack())
    }

    fn grouping(&mut self, grouping: &Grouping, depth: usize, is_outer: bool) -> Option<Content> {
        Some(match grouping {
            Grouping::Normal => self.group(depth, None)?,
            Grouping::LeftRight(open, close) => {
                let body = self.group(depth, None)?;
                let mut parts = Vec::new();
                parts.extend(open.map(|c| self.symbol(&c.to_string())));
                parts.push(body);
                parts.extend(close.map(|c| self.symbol(&c.to_string())));
                LrElem::new(Content::sequence(parts)).pack()
            }
            Grouping::Cases { left } => {
                let rows = self.rows(depth, false)?;
                let rows = rows.into_iter().map(|row| Content::sequence(between(row, next_column)));
                CasesElem::new(rows.collect()).with_reverse(!left).pack()
            }
            Grouping::Array(_) | Grouping::Matrix { .. } | Grouping::SubArray { .. } => {
                matrix(self.rows(depth, false)?)
            }
            Grouping::Equation { .. }
            | Grouping::Align { .. }
            | Grouping::Aligned
            | Grouping::Alignat { .. }
            | Grouping::Alignedat { .. }
            | Grouping::Gather { .. }
            | Grouping::Gathered
            | Grouping::Multline
            | Grouping::Split => {
                if is_outer {
                    self.group(depth, None)?
                } else {
                    matrix(self.rows(depth, false)?)
                }
            }
        })
    }
}

/// A base with an accent, a line or a brace; `None` if `sign` is none of these.
fn decorated(base: &Content, sign: char, ty: ScriptType) -> Option<Content> {
    let base = base.clone();
    Some(match (ty, sign) {
        (ScriptType::Superscript, '‾' | '¯' | '_') => OverlineElem::new(base).pack(),
        (ScriptType::Subscript, '_' | '\u{332}' | '‾' | '\u{23b5}' | '¯') => {
            UnderlineElem::new(base).pack()
        }
        (ScriptType::Superscript, '⏞') => OverbraceElem::new(base).pack(),
        (ScriptType::Subscript, '⏟') => UnderbraceElem::new(base).pack(),
        (ScriptType::Superscript, sign) => {
            AccentElem::new(base, Accent::combining(&sign.to_string())?).pack()
        }
        _ => return None,
    })
}

fn matrix(mut rows: Vec<Vec<Content>>) -> Content {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    for row in &mut rows {
        row.resize(width, Content::empty());
    }
    let matrix = MatElem::new(rows);
    match Value::None.cast::<DelimiterPair>() {
        Ok(bare) => matrix.with_delim(bare).pack(),
        Err(_) => matrix.pack(),
    }
}

fn align_point() -> Content {
    AlignPointElem::shared().clone()
}

/// What stands between the columns of cases.
fn next_column() -> Content {
    let gap = HElem::new(Spacing::Rel(Em::new(1.0).into())).pack();
    Content::sequence([gap, align_point()])
}

fn between(cells: Vec<Content>, sign: fn() -> Content) -> Vec<Content> {
    let mut out = Vec::new();
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            out.push(sign());
        }
        out.push(cell);
    }
    out
}

fn in_font(body: Content, font: Option<Font>) -> Content {
    match font {
        None => body,
        Some(Font::Bold | Font::BoldSymbol) => bold(upright(body)),
        Some(Font::BoldItalic) => bold(italic(body)),
        Some(Font::Italic) => italic(body),
        Some(Font::UpRight) => upright(body),
        Some(Font::DoubleStruck | Font::DoubleStruckItalic) => bb(body),
        Some(Font::Script) => cal(body),
        Some(Font::BoldScript) => bold(cal(body)),
        Some(Font::Fraktur) => frak(body),
        Some(Font::BoldFraktur) => bold(frak(body)),
        Some(Font::Monospace) => mono(body),
        Some(Font::SansSerif | Font::SansSerifItalic) => sans(body),
        Some(Font::BoldSansSerif | Font::SansSerifBoldItalic) => bold(sans(body)),
    }
}

/// Returns a width in em of 10 points.
fn in_em(dimension: Dimension) -> f64 {
    let value = f64::from(dimension.value);
    match dimension.unit {
        DimensionUnit::Em => value,
        DimensionUnit::Mu => value / 18.0,
        DimensionUnit::Ex => value * 0.45,
        DimensionUnit::Pt | DimensionUnit::Bp | DimensionUnit::Dd => value / 10.0,
        DimensionUnit::Pc | DimensionUnit::Cc => value * 1.2,
        DimensionUnit::In => value * 7.2,
        DimensionUnit::Cm => value * 2.83,
        DimensionUnit::Mm => value * 0.283,
        DimensionUnit::Sp => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use typst::foundations::Repr as _;

    use super::*;
    use crate::Language;

    fn check(latex: &str, expect: &[&str]) {
        let mut notes = Notes::new(Language::Ko);
        let shown = equation(latex, false, &mut notes)
            .unwrap_or_else(|| panic!("{latex} is understood"))
            .repr();
        for part in expect {
            assert!(shown.contains(part), "{part} of {latex} in {shown}");
        }
        assert_eq!(notes.finish(), Vec::<String>::new(), "{latex}");
    }

    #[test]
    fn formulas_are_built_of_elements() {
        check(r"x^2", &["attach("]);
        check(r"O(n \log n)", &["op("]);
        check(r"\frac{1}{2}", &["frac("]);
        check(r"\sqrt[3]{x}", &["root("]);
        check(r"\sum_{i=1}^{n} i", &["attach(", "∑"]);
        check(r"\begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}", &["cases(", "≤"]);
        check(r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", &["lr(", "mat("]);
        check(r"\hat{x} + \overline{y}", &["accent(", "overline("]);
        check(r"a \neq b \text{ 이면}", &["≠", "이면"]);
        check(r"\mathbb{R} \mathbf{v}", &["styled("]);
        check(r"\begin{aligned} a &= b \\ &= c \end{aligned}", &["linebreak()", "align-point()"]);
    }

    #[test]
    fn what_is_not_understood_is_left_to_the_caller() {
        let refuse = |latex: &str| {
            let set = equation(latex, true, &mut Notes::new(Language::Ko));
            assert!(set.is_none(), "{}", latex.chars().take(60).collect::<String>());
        };
        refuse(r"\frac{1}");
        refuse(r"\nonsense{x}");
        refuse("{");
        refuse("");
        refuse(&"x".repeat(LONGEST + 1));
        refuse(&format!("{}x{}", "{".repeat(500), "}".repeat(500)));
        refuse(r"\def\a{\a\a}\a");
    }

    #[test]
    fn money_is_no_formula() {
        for text in ["x", "n+1", "O(n)", r"\alpha", "a_1", "x = 1", "n log n_0"] {
            assert!(is_formula(text), "{text}");
        }
        for text in ["5와", "5 and", "5,000/", "HOME/bin:", "금액"] {
            assert!(!is_formula(text), "{text}");
        }
    }
}

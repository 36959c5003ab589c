//! Reading a mapping by its form.

use std::borrow::Cow;

use super::flow_comma::{self, Cut};
use super::opened::{Field, Opened, Strange, found, is_lost, scalar_text};
use super::strange::Guesses;
use super::{Defect, FileDefect, FileDefects, Form, FormDefect, Kind, Limit, UnknownKey, Written};
use crate::source::{FileId, Span, Spanned};
use crate::spelling;
use crate::syntax::{self, Content, Entry, Mapping, Node, Stream, Style};
use crate::value::{ActorCode, Identifier};

/// What shapes may look things up in, and the defects that the stage which reads with it adds to
/// those of the forms.
pub trait Context {
    /// The defects of that stage.
    type Defect: std::fmt::Debug;
}

/// Reads nodes and collects the defects.
#[derive(Debug)]
pub struct Reader<'c, C: Context> {
    /// What codes and fields are looked up in.
    pub context: &'c C,
    defects: Vec<Spanned<Defect<C::Defect>>>,
    /// Where the first defect stands that is not kept.
    more: Option<Span>,
    guesses: Guesses,
}

impl<'c, C: Context> Reader<'c, C> {
    /// A reader without defects yet.
    pub const fn new(context: &'c C) -> Self {
        Self { context, defects: Vec::new(), more: None, guesses: Guesses::new() }
    }

    /// Records a defect, of which a file keeps no more than [`Limit::Findings`].
    pub fn report(&mut self, span: Span, defect: impl Into<Defect<C::Defect>>) {
        if self.defects.len() < Limit::Findings.most() {
            self.defects.push(Spanned::new(defect.into(), span));
        } else {
            self.more = self.more.or(Some(span));
        }
    }

    /// Records a defect and answers that the value is invalid.
    pub fn invalid<T>(&mut self, span: Span, defect: impl Into<Defect<C::Defect>>) -> Written<T> {
        self.report(span, defect);
        Written::Invalid
    }

    /// Records that `node` is not of the `expected` kind, unless its text was lost.
    pub fn wrong_type<T>(&mut self, node: Node<'_>, expected: Kind) -> Written<T> {
        if !node.damaged() {
            self.report(node.span(), FormDefect::WrongType { expected, found: found(node) });
        }
        Written::Invalid
    }

    /// Records that `node` is a text without quotes that other readers of YAML take for something
    /// else, if it is one.
    pub(super) fn report_ambiguous(&mut self, node: Node<'_>) {
        if let Content::Scalar(scalar) = node.content()
            && scalar.style == Style::Plain
            && let Some(reading) = syntax::other_reading(scalar.text)
        {
            let defect = FormDefect::AmbiguousScalar { written: scalar.text.to_owned(), reading };
            self.report(node.span(), defect);
        }
    }

    /// Looks up what is written. Where only characters that look like Latin ones keep it from being
    /// found, these are recorded, and it is found all the same.
    pub fn look_up<T>(
        &mut self,
        written: Spanned<&str>,
        find: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        if let Some(found) = find(written.value) {
            return Some(found);
        }
        let seen = spelling::look_alike(written.value)?;
        let found = find(&seen.latin)?;
        let defect = FormDefect::LookAlike { written: written.value.to_owned(), seen };
        self.report(written.span, defect);
        Some(found)
    }

    /// A name that is to be an id or an actor code, with Latin characters where others that look
    /// like them are mixed in; these are recorded.
    pub fn name<'t>(&mut self, written: Spanned<&'t str>) -> Cow<'t, str> {
        let is_name =
            |text: &str| Identifier::parse(text).is_ok() || ActorCode::parse(text).is_ok();
        if written.value.is_ascii() || !spelling::is_mixed(written.value) {
            return Cow::Borrowed(written.value);
        }
        let named = self.look_up(written, |text| is_name(text).then(|| text.to_owned()));
        named.map_or(Cow::Borrowed(written.value), Cow::Owned)
    }

    /// Ends the reading of a file: its defects, with those of its text.
    pub fn finish(self, file: FileId, stream: &Stream<'_>) -> FileDefects<C::Defect> {
        let of_text = stream.defects.iter().cloned().map(|defect| defect.map(Defect::Syntax));
        let more = self.more.map(|place| Spanned::new(Limit::Findings.into(), place));
        FileDefects { file, defects: of_text.chain(self.defects).chain(more).collect() }
    }

    /// The root of the only document of a file; further documents are defects.
    pub fn only_root<'d>(&mut self, stream: &'d Stream<'_>) -> Option<Node<'d>> {
        for extra in stream.documents.iter().skip(1) {
            self.report(extra.span(), FileDefect::ExtraDocument);
        }
        stream.documents.first()?.root()
    }

    /// The root of the only document of a file that should hold something; `what` says what.
    pub fn required_root<'d>(
        &mut self,
        stream: &'d Stream<'_>,
        what: &'static str,
    ) -> Option<Node<'d>> {
        let root = self.only_root(stream);
        if root.is_none() && stream.defects.is_empty() {
            self.report(Span::at(0), FileDefect::Empty { what });
        }
        root
    }

    /// Opens a mapping by its form; `extra` names further keys that it may have.
    ///
    /// A misspelled key is reported once and read as what was probably meant, so that it is not
    /// missed as well and its value is checked too.
    pub fn open<'d>(
        &mut self,
        node: Node<'d>,
        form: &'static Form,
        extra: &[&str],
    ) -> Option<Opened<'d>> {
        let Content::Mapping(mapping) = node.content() else {
            self.wrong_type::<()>(node, Kind::Form(form));
            return None;
        };
        let mut opened = Opened::empty(node, form, extra.len());
        let kind_of = |key: &str| Some((form.keys[form.position(key)?].kind)());
        let cut = flow_comma::find(mapping, |before, key| {
            opened.position(key, extra).is_some() && !kind_of(before).is_some_and(|of| of.is_list())
        });
        self.report_cut(&cut, kind_of);
        let unknown = opened.fill(mapping, extra, &cut);
        for strange in unknown {
            if !self.adopt_former(&mut opened, strange.entry) {
                opened.strange = true;
                self.adopt(&mut opened, extra, strange);
            }
        }
        self.report_missing(&opened, mapping);
        Some(opened)
    }

    /// The entries of a mapping whose keys are free, such as ids or codes.
    pub fn entries<'d>(
        &mut self,
        node: Node<'d>,
        expected: Kind,
    ) -> Vec<(Spanned<&'d str>, Node<'d>)> {
        let Content::Mapping(mapping) = node.content() else {
            self.wrong_type::<()>(node, expected);
            return Vec::new();
        };
        let cut = flow_comma::find(mapping, |_, _| false);
        self.report_cut(&cut, |_| None);
        let readable = mapping.entries().filter(|entry| !entry.key.damaged());
        let readable = readable.filter(|entry| !is_lost(&cut, entry)).inspect(|entry| {
            self.report_ambiguous(entry.key);
        });
        readable
            .map(|entry| (Spanned::new(scalar_text(entry.key), entry.key.span()), entry.value))
            .collect()
    }

    fn report_cut(&mut self, cut: &[Cut<'_>], kind_of: impl Fn(&str) -> Option<Kind>) {
        for cut in cut {
            let wanted = kind_of(scalar_text(cut.entry.key));
            self.report(cut.span(), FormDefect::FlowComma { wanted, whole: cut.whole() });
        }
    }

    /// Reads a key under its former name, if that is what an entry has.
    fn adopt_former<'d>(
        &mut self,
        opened: &mut Opened<'d>,
        Entry { key, value }: Entry<'d>,
    ) -> bool {
        let Some((name, former)) = opened.form.formerly(scalar_text(key)) else { return false };
        let Some(position) = opened.position(name, &[]).filter(|at| opened.is_free(*at)) else {
            return false;
        };
        self.report(key.span(), FormDefect::FormerKey { former, key: name });
        opened.values[position] = Some(Field { key: key.span(), value });
        true
    }

    fn adopt<'d>(&mut self, opened: &mut Opened<'d>, extra: &[&str], strange: Strange<'d>) {
        let Strange { entry: Entry { key, value }, before } = strange;
        let written = Spanned::new(scalar_text(key), key.span());
        let free = |name: &str| opened.position(name, extra).filter(|at| opened.is_free(*at));
        if !key.damaged()
            && let Some(position) = self.look_up(written, free)
        {
            opened.values[position] = Some(Field { key: key.span(), value });
            return;
        }
        let meant = self.meant(opened, extra, written);
        if let Some(position) = meant.and_then(|name| opened.position(name, extra)) {
            opened.values[position] = Some(Field { key: key.span(), value });
        }
        let under = before.filter(|_| meant.is_none()).and_then(|before| {
            let position = opened.form.position(scalar_text(before.key))?;
            let holds = (opened.form.keys[position].kind)().is_collection();
            opened.values[position] = opened.values[position].filter(|_| !holds);
            let name = scalar_text(before.key).to_owned();
            holds.then(|| Spanned::new(name, before.key.span()))
        });
        if !key.damaged() {
            let defect = UnknownKey::new(opened.form, extra, written.value, meant, under);
            self.report(key.span(), FormDefect::UnknownKey(Box::new(defect)));
        }
    }

    /// The key that was probably meant by a strange one, as long as that is looked for.
    fn meant<'k>(
        &mut self,
        opened: &Opened<'_>,
        extra: &[&'k str],
        written: Spanned<&str>,
    ) -> Option<&'k str> {
        let bytes = opened.node.text().len();
        let may = self.guesses.may_hold(written.value, opened.form, extra, bytes);
        if let Err(limit) = may {
            self.report(written.span, limit);
        }
        if may == Ok(true) { opened.closest_free(written.value, extra) } else { None }
    }

    fn report_missing(&mut self, opened: &Opened<'_>, mapping: Mapping<'_>) {
        if opened.node.damaged() {
            return;
        }
        let place = mapping.entries().next().map_or(opened.node.span(), |entry| entry.key.span());
        // The only key that is needed probably has another name, and that is reported.
        let renamed =
            opened.strange && opened.form.keys.iter().filter(|key| key.required).count() == 1;
        for (position, key) in opened.form.keys.iter().enumerate() {
            if key.required && opened.values[position].is_none() && !renamed {
                self.report(place, FormDefect::MissingKey { form: opened.form, key: key.name });
            }
            for companion in key.beside {
                if let Some(field) = opened.values[position]
                    && opened.form.position(companion).is_some_and(|at| opened.values[at].is_none())
                {
                    let defect = FormDefect::MissingCompanion { key: key.name, companion };
                    self.report(field.key, defect);
                }
            }
        }
    }
}

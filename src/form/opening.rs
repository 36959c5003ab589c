//! Opening a mapping by its form.

use super::flow_comma::{self, Cut};
use super::found::scalar_text;
use super::opened::{Field, Opened, Strange, is_lost};
use super::{Context, Form, FormDefect, Kind, Reader, Sample, UnknownKey, common_name};
use crate::source::Spanned;
use crate::syntax::{Content, Entry, Mapping, Node};

impl<C: Context> Reader<'_, C> {
    /// Opens a mapping by its form; `extra` names further keys that it may have.
    ///
    /// A misspelled key is reported once and read as the key that was probably meant, so that it is
    /// not reported as missing too, and its value is checked.
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
        for strange in opened.fill(mapping, extra, &cut) {
            self.adopt(&mut opened, extra, strange);
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

    /// Handles an unknown key: matches it to the key that was meant, by a former name, by
    /// characters that look alike or by spelling, and reports it.
    fn adopt<'d>(&mut self, opened: &mut Opened<'d>, extra: &[&str], strange: Strange<'d>) {
        let Strange { entry: Entry { key, value }, before } = strange;
        let written = Spanned::new(scalar_text(key), key.span());
        let field = Some(Field { key: key.span(), value });
        let free = |name: &str| opened.position(name, extra).filter(|at| opened.is_free(*at));
        let former = opened.form.formerly(written.value);
        if let Some((position, name, former)) =
            former.and_then(|(name, former)| Some((free(name)?, name, former)))
        {
            self.report(key.span(), FormDefect::FormerKey { former, key: name });
            opened.values[position] = field;
            return;
        }
        let look_alike = if key.damaged() { None } else { self.look_up(written, free) };
        opened.strange = true;
        if let Some(position) = look_alike {
            opened.values[position] = field;
            return;
        }
        let meant = self.meant(opened, extra, written);
        if let Some(position) = meant.and_then(|name| opened.position(name, extra)) {
            opened.values[position] = field;
        }
        let under = before.filter(|_| meant.is_none()).and_then(|before| {
            let position = opened.form.position(scalar_text(before.key))?;
            let holds = (opened.form.keys[position].kind)().is_collection();
            opened.values[position] = opened.values[position].filter(|_| !holds);
            let name = scalar_text(before.key).to_owned();
            holds.then(|| Spanned::new(name, before.key.span()))
        });
        if !key.damaged() {
            let mut defect = UnknownKey::new(opened.form, extra, written.value, meant, under);
            let called = same_name(opened.form, extra, written.value).or_else(|| {
                opened.form.called(written.value).or_else(|| self.context.called(written.value))
            });
            let called = called.filter(|name| opened.position(name, extra).is_some());
            defect.taken = called.filter(|_| meant.is_none()).map(str::to_owned);
            defect.value = defect.meant.is_none().then(|| Sample::of(value)).flatten();
            self.report(key.span(), FormDefect::UnknownKey(Box::new(defect)));
        }
    }

    /// Guesses which key was meant by an unknown one, up to the limit on guesses.
    fn meant<'k>(
        &mut self,
        opened: &Opened<'_>,
        extra: &[&'k str],
        written: Spanned<&str>,
    ) -> Option<&'k str> {
        let is_free =
            |name: &str| opened.position(name, extra).is_some_and(|at| opened.is_free(at));
        let same = same_name(opened.form, extra, written.value).filter(|name| is_free(name));
        if let Some(same) = same {
            return Some(same);
        }
        if let Some(called) = opened.form.called(written.value).filter(|name| is_free(name)) {
            return Some(called);
        }
        let called = self.context.called(written.value).filter(|name| is_free(name));
        if let Some(called) = called.and_then(|name| extra.iter().find(|extra| **extra == name)) {
            return Some(called);
        }
        let bytes = self.bytes.unwrap_or_else(|| opened.node.text().len());
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

/// Longest value that tells of what type a key is, in bytes.
const SAMPLE: usize = 100;

/// The key that differs from a written one in case and separators alone.
fn same_name<'k>(form: &'static Form, extra: &[&'k str], written: &str) -> Option<&'k str> {
    let common = common_name(written);
    let keys = form.keys.iter().map(|key| key.name).chain(extra.iter().copied());
    keys.into_iter().find(|key| common_name(key) == common)
}

impl Sample {
    /// The value of an unknown key, or the first of its list.
    pub fn of(value: Node<'_>) -> Option<Self> {
        let (one, is_list) = match value.content() {
            Content::Sequence(items) => (items.items().next()?, true),
            _ => (value, false),
        };
        match one.content() {
            Content::Scalar(scalar)
                if !scalar.text.trim().is_empty() && scalar.text.len() <= SAMPLE =>
            {
                Some(Self { text: scalar.text.to_owned(), is_list })
            }
            _ => None,
        }
    }
}

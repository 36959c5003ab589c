//! Keys and the forms they make up.

use std::marker::PhantomData;

use super::{Described, Kind};

/// A key of a form, typed by the shape of its value.
#[derive(Debug)]
pub struct Key<S> {
    /// The key as it is written.
    pub name: &'static str,
    /// Whether the form is incomplete without it.
    pub required: bool,
    /// What it means, as a sentence.
    pub doc: &'static str,
    /// The keys that must stand beside it.
    pub beside: &'static [&'static str],
    /// What it was called in an earlier version of the format.
    pub former: Option<&'static str>,
    shape: PhantomData<fn() -> S>,
}

impl<S: Described> Key<S> {
    /// A key that the form cannot do without.
    pub const fn required(name: &'static str, doc: &'static str) -> Self {
        Self { name, required: true, doc, beside: &[], former: None, shape: PhantomData }
    }

    /// A key that may be left out.
    pub const fn optional(name: &'static str, doc: &'static str) -> Self {
        Self { name, required: false, doc, beside: &[], former: None, shape: PhantomData }
    }

    /// The same key, which means nothing without others of the form.
    pub const fn beside(mut self, companions: &'static [&'static str]) -> Self {
        self.beside = companions;
        self
    }

    /// The same key, which was called otherwise in an earlier version of the format.
    pub const fn formerly(mut self, former: &'static str) -> Self {
        self.former = Some(former);
        self
    }

    /// The key without its type, as forms list it.
    pub const fn info(&self) -> KeyInfo {
        let Self { name, required, doc, beside, former, .. } = *self;
        KeyInfo { name, required, doc, beside, former, kind: S::kind }
    }
}

/// A key without its type.
#[derive(Clone, Copy, Debug)]
pub struct KeyInfo {
    /// The key as it is written.
    pub name: &'static str,
    /// Whether the form is incomplete without it.
    pub required: bool,
    /// What it means, as a sentence.
    pub doc: &'static str,
    /// The keys that must stand beside it.
    pub beside: &'static [&'static str],
    /// What it was called in an earlier version of the format.
    pub former: Option<&'static str>,
    /// What its value must be.
    pub kind: fn() -> Kind,
}

/// A kind of mapping that a curator writes: its keys, in the order they are best written.
#[derive(Debug)]
pub struct Form {
    /// What the mapping describes, as it reads after "in an" or "this": `event`, `claim`.
    pub name: &'static str,
    /// Its keys.
    pub keys: &'static [KeyInfo],
}

impl Form {
    /// The position of a key.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.keys.iter().position(|key| key.name == name)
    }

    /// The name of today and the former name of the key that was once called `written`.
    pub(super) fn formerly(&self, written: &str) -> Option<(&'static str, &'static str)> {
        let mut named = self.keys.iter().filter_map(|key| Some((key.name, key.former?)));
        named.find(|(_, former)| *former == written)
    }
}

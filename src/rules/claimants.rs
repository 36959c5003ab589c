//! Who says something and is no actor.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};

use super::suggest::{actor_named, code_known_as};
use crate::dataset::{Binding, BoundEvent};
use crate::evidence::names_nobody;
use crate::record::{Claim, Referent};
use crate::schema::Role;
use crate::source::{FileId, Location};
use crate::spelling;
use crate::value::Identifier;

/// The claimants that are no actor, in the order of the claims. The few words that many claims share are kept once.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Claimants {
    names: Vec<Box<str>>,
    /// Where each name stands, of those that were added and not read back.
    #[serde(skip)]
    positions: HashMap<Box<str>, u32, RandomState>,
    said: Vec<Claimant>,
}

/// A claimant of a claim.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
struct Claimant {
    /// The position of its name.
    name: u32,
    place: Location,
    may_be_a_slip: bool,
}

/// A claimant as written, and the actor that was probably meant.
#[derive(Debug)]
pub(super) struct Slip<'p> {
    /// Where the claimant is written.
    pub place: Location,
    /// The claimant.
    pub written: Box<str>,
    /// The id of the actor.
    pub meant: &'p str,
}

impl Claimants {
    /// Adds the claimant of a claim, if it is no actor.
    pub(super) fn add(&mut self, bound: BoundEvent<'_>, claim: &Claim) {
        let Some(by) = &claim.by else { return };
        let written = &*by.code.value;
        if !bound.binding.resolves(Referent::Actor, written) {
            let place = Location::new(bound.filed.file, by.code.span);
            let (name, may_be_a_slip) = (self.position(written), may_be_a_slip(claim, written));
            self.said.push(Claimant { name, place, may_be_a_slip });
        }
    }

    fn position(&mut self, written: &str) -> u32 {
        self.positions.get(written).copied().unwrap_or_else(|| {
            let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
            self.names.push(written.into());
            self.positions.insert(written.into(), next);
            next
        })
    }

    /// Adds those of what comes after.
    pub(super) fn append(&mut self, others: Self) {
        let mut positions = vec![None; others.names.len()];
        for Claimant { name, place, may_be_a_slip } in others.said {
            let at = name as usize;
            let name = *positions[at].get_or_insert_with(|| self.position(&others.names[at]));
            self.said.push(Claimant { name, place, may_be_a_slip });
        }
    }

    /// Gives each file that it points at the number that it has now.
    pub(super) fn renumber(&mut self, number: &impl Fn(FileId) -> FileId) {
        self.said.iter_mut().for_each(|claimant| claimant.place.file = number(claimant.place.file));
    }

    /// Each name, where it is first written.
    pub(super) fn first(&self) -> impl Iterator<Item = (&str, Location)> {
        let mut next = 0;
        // A name has the next position where it is first written.
        let first = self.said.iter().filter(move |claimant| {
            let is_first = claimant.name == next;
            next += u32::from(is_first);
            is_first
        });
        first.map(|claimant| (&*self.names[claimant.name as usize], claimant.place))
    }

    /// The claimants that are almost the id of an actor, or have its name. A word that many claims share, such as
    /// `media`, is compared with the ids only once.
    pub(super) fn slips<'p>(&self, binding: Binding<'p>) -> Vec<Slip<'p>> {
        let actors = &binding.dataset.actors;
        let closest = |written: &str| match Identifier::parse(written) {
            Ok(_) => spelling::closest(written, actors.near(written)),
            Err(_) => actor_named(actors, written).or_else(|| country_named(binding, written)),
        };
        let mut nearest: Vec<Option<Option<&'p str>>> = vec![None; self.names.len()];
        let slip = |claimant: &Claimant| {
            let written = &self.names[claimant.name as usize];
            let meant = (*nearest[claimant.name as usize].get_or_insert_with(|| closest(written)))?;
            Some(Slip { place: claimant.place, written: written.clone(), meant })
        };
        self.said.iter().filter(|claimant| claimant.may_be_a_slip).filter_map(slip).collect()
    }
}

/// The code of the country that a text names in full; two letters may be anything.
fn country_named<'p>(binding: Binding<'p>, written: &str) -> Option<&'p str> {
    let countries = binding.codebook.list(Role::Country);
    let code = code_known_as(countries, written).filter(|_| written.chars().count() > 2)?;
    Some(&countries.entry(code).code)
}

/// Whether a claimant may be meant as an actor: it has the form of an id, or is free text that may be
/// an actor's name. Words for a kind of people, and a plain word marked as anonymous, are free text. A
/// code with words beside it must be an actor; otherwise it is reported as unknown.
fn may_be_a_slip(claim: &Claim, written: &str) -> bool {
    let is_coded = claim.by.as_ref().is_some_and(|by| by.described_as.is_some());
    let plain_word = claim.anonymous == Some(true) && !written.contains('-');
    !is_coded && !plain_word && !names_nobody(written)
}

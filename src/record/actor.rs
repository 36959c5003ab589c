//! An actor's entry in `actors.yaml`.

use serde::{Deserialize, Serialize};

use super::code::{ActorReference, CountryCode, SectorCode};
use super::fields::{FieldValues, read_fields};
use crate::form::{ActorName, List, ListText, Text, Wikidata, form, words};
use crate::schema::{Code, Codebook, FieldOn};
use crate::source::Spanned;
use crate::value::Date;

form! {
    /// A person or an organisation that acts, is acted on, or says something.
    #[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
    pub struct Actor: "actor" in Codebook {
        /// The name in common use.
        required name called ["label"]: Box<str> = Text,
        /// Whether it is an organisation or a person.
        optional kind called ["type"]: Option<ActorKind> = ActorKind,
        /// Other names.
        optional aliases called ["other_names", "aka"]: Vec<Box<str>> = List<ListText>,
        /// The country it belongs to.
        optional country: Option<Code> = CountryCode,
        /// The sector of society it belongs to.
        optional sector: Option<Code> = SectorCode,
        /// When it existed or held this role, as an EDTF interval such as `2014-06/..`.
        optional valid: Option<Spanned<Date>> = Date,
        /// The organisations it is a part of; membership, not sponsorship.
        optional member_of called ["part_of", "parent"]: Vec<Membership> = List<Membership>,
        /// Its item in Wikidata, such as `Q16971226`.
        optional wikidata: Option<Box<str>> = Wikidata,
        /// Other entries that look like this one and are something else.
        optional distinct_from: Vec<Spanned<Box<str>>> = List<ActorName>,
        /// Anything else.
        optional note called ["notes", "comment"]: Option<Box<str>> = Text,
        /// Whether a build leaves it out, unless told otherwise: the tables have a stand-in.
        optional restricted: bool = bool,
    }
    made from (opened, reader) {
        /// The extra fields.
        pub fields: FieldValues = read_fields(opened, FieldOn::Actor, reader),
    }
}

impl Actor {
    /// Its name, and its other names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(|name| &**name)
    }
}

words! {
    /// Whether an actor is one person or an organisation.
    #[derive(Deserialize, Serialize)]
    pub enum ActorKind {
        /// An organisation.
        Organisation = "organisation",
        /// A person.
        Person = "person",
    }
}

form! {
    /// An organisation that an actor is a part of, and since when. Organisational membership, not
    /// sponsorship.
    #[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
    pub struct Membership: "membership" in Codebook {
        /// The organisation.
        essential actor: Spanned<Box<str>> = ActorReference,
        /// Since when.
        optional from: Option<Spanned<Date>> = Date,
        /// Until when.
        optional to: Option<Spanned<Date>> = Date,
    }
}

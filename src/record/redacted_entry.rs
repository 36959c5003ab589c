//! Entries of registries as they are published: without what is restricted.

use super::actor::{Actor, Membership};
use super::fields::FieldValues;
use super::place::Place;
use super::redaction::{Redaction, one, open};
use super::source_entry::SourceEntry;
use crate::schema::FieldOn;
use crate::source::Spanned;

/// What is told of a restricted source.
#[derive(Debug)]
pub struct SourceStandIn {
    /// What stands for its publisher.
    pub publisher: Option<Box<str>>,
    /// The actor whose word it is.
    pub of: Option<Spanned<Box<str>>>,
}

impl Redaction {
    /// An actor; `stand_in` is the name of a restricted one, of which only what weighs is left: its
    /// country, its sector, its kind and what it is a part of.
    pub fn actor(&self, actor: &Actor, stand_in: Option<&str>) -> Actor {
        let Actor {
            name,
            kind,
            aliases,
            country,
            sector,
            valid,
            member_of,
            wikidata,
            distinct_from,
            note,
            restricted,
            fields,
        } = actor.clone();
        let member_of = member_of.into_iter().map(|Membership { actor, from, to }| Membership {
            actor: one(&self.actors, actor),
            from,
            to,
        });
        let member_of = member_of.collect();
        match stand_in {
            Some(stand_in) => Actor {
                name: stand_in.into(),
                kind,
                aliases: Vec::new(),
                country,
                sector,
                valid: None,
                member_of,
                wikidata: None,
                distinct_from: Vec::new(),
                note: None,
                restricted,
                fields: FieldValues::default(),
            },
            None => Actor {
                name,
                kind,
                aliases,
                country,
                sector,
                valid,
                member_of,
                wikidata,
                distinct_from: open(&self.actors, distinct_from),
                note,
                restricted,
                fields: self.field_values(FieldOn::Actor, &fields),
            },
        }
    }

    /// A place; of a restricted one the country, the first-order division and what it lies in are left.
    pub fn place(&self, place: &Place, stand_in: Option<&str>) -> Place {
        let Place {
            name,
            aliases,
            latitude,
            longitude,
            country,
            admin1,
            admin2,
            within,
            precision,
            radius,
            gazetteer,
            distinct_from,
            note,
            restricted,
            fields,
        } = place.clone();
        let within = within.map(|within| one(&self.places, within));
        match stand_in {
            Some(stand_in) => Place {
                name: stand_in.into(),
                aliases: Vec::new(),
                latitude: None,
                longitude: None,
                country,
                admin1,
                admin2: None,
                within,
                precision: None,
                radius: None,
                gazetteer: None,
                distinct_from: Vec::new(),
                note: None,
                restricted,
                fields: FieldValues::default(),
            },
            None => Place {
                name,
                aliases,
                latitude,
                longitude,
                country,
                admin1,
                admin2,
                within,
                precision,
                radius,
                gazetteer,
                distinct_from: open(&self.places, distinct_from),
                note,
                restricted,
                fields: self.field_values(FieldOn::Place, &fields),
            },
        }
    }

    /// A source; of a restricted one only what weighs is left.
    pub fn source(&self, source: &SourceEntry, stand_in: Option<SourceStandIn>) -> SourceEntry {
        let SourceEntry {
            publisher,
            of,
            kind,
            title,
            date,
            url,
            archived,
            language,
            reliability,
            cites,
            unseen,
            distinct_from,
            note,
            restricted,
            fields,
        } = source.clone();
        let cites = cites.into_iter().map(|cited| one(&self.sources, cited)).collect();
        match stand_in {
            Some(SourceStandIn { publisher, of }) => SourceEntry {
                publisher,
                of: of.map(|of| one(&self.actors, of)),
                kind,
                title: None,
                date: None,
                url: None,
                archived: None,
                language: None,
                reliability,
                cites,
                unseen,
                distinct_from: Vec::new(),
                note: None,
                restricted,
                fields: FieldValues::default(),
            },
            None => SourceEntry {
                publisher,
                of: of.map(|of| one(&self.actors, of)),
                kind,
                title,
                date,
                url,
                archived,
                language,
                reliability,
                cites,
                unseen,
                distinct_from: open(&self.sources, distinct_from),
                note,
                restricted,
                fields: self.field_values(FieldOn::Source, &fields),
            },
        }
    }
}

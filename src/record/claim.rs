//! Claims: who says what, in which source.

use serde::{Deserialize, Serialize};

use super::Reader;
use super::code::{ActorReference, CertaintyCode, report_retired_groups};
use super::defect::RecordDefect;
use super::said::{ComponentName, ComponentValues, NamesOrValues, Said, named};
use super::sourceless::sourceless;
use super::value::Value;
use crate::form::{
    Either, Kind, List, Opened, Shape, SourceName, Text, Written, form, shape, source_name, words,
};
use crate::schema::{Code, Codebook, Component};
use crate::source::{Span, Spanned};
use crate::syntax::{Content, Insertion, Node};
use crate::value::{ActorCode, Date, Identifier};

form! {
    /// What one source holds of what one claimant says.
    #[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
    pub struct Claim given (source: Spanned<Box<str>>): "claim" in Codebook, then report_empty {
        /// Who says it: an actor's id, a composite code, or free text; without it, the source itself.
        optional by called ["claimant", "speaker", "who", "said_by", "attributed_to"]: Option<Claimant> = Either<ClaimantName, Claimant>,
        /// Whether a reader cannot tell who spoke.
        optional anonymous called ["unnamed"]: Option<bool> = Anonymous,
        /// The source that this statement, and only it, was passed on from.
        optional via called ["quoting", "relaying"]: Option<Spanned<Box<str>>> = SourceName,
        /// When it was said.
        optional date: Option<Spanned<Date>> = Date,
        /// What it speaks of instead of this event: `series`, an actor or a place. Kept, not counted.
        optional about called ["subject"]: Option<Spanned<Box<str>>> = Subject,
        /// How sure the claimant says it is. Recorded, not counted.
        optional certainty called ["confidence"]: Option<Code> = CertaintyCode,
        /// When it was taken back, or `true`.
        optional withdrawn called ["retracted"]: Option<Withdrawn> = Withdrawn,
        /// The components whose coded value it agrees with.
        optional affirms called ["confirms", "agrees"] = List<ComponentName>,
        /// The values it states, by component; a list means together.
        optional says called ["states", "claims", "reports", "said"] = ComponentValues,
        /// The components whose coded value it denies, or the values it denies by component.
        optional denies called ["rejects", "refutes", "disputes"] = NamesOrValues,
        /// The components, or the values by component, that the claimant neither confirms nor denies.
        optional declines called ["no_comment"] = NamesOrValues,
        /// What else the source says, in the curator's words.
        optional note called ["notes", "comment", "comments"]: Option<Box<str>> = Text,
    }
    made from (opened, reader) {
        /// The source: an id of `sources.yaml`.
        pub source: Spanned<Box<str>> = source,
        /// Where `anonymous` can be added, if it is not there.
        pub place_of_anonymous: Option<Insertion> = match opened.node_of("anonymous") {
            Some(_) => None,
            None => opened.place_after("by"),
        },
        /// What it says of components.
        pub statements: Vec<Statement> = statements([
            (Stance::Affirms, affirms.map(named)),
            (Stance::Says, says),
            (Stance::Denies, denies),
            (Stance::Declines, declines),
        ]),
        /// Where it is written.
        pub span: Span = opened.span(),
        /// The line where it starts, from 1.
        pub line: u32 = reader.line(opened.node()),
        /// Whether it is an entry of `sources`, and nobody wrote it as a claim.
        pub listed: bool = false,
    }
}

form! {
    /// Who says something.
    #[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
    pub struct Claimant: "claimant" in Codebook {
        /// An id of `actors.yaml`, or a composite code such as `USAGOV`.
        essential code: Spanned<Box<str>> = ActorReference,
        /// How the source calls the claimant: `a senior official`.
        required described_as as "as": Option<Box<str>> = Text,
    }
}

/// What a claim says of one component.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Statement {
    /// How it stands to it.
    pub stance: Stance,
    /// The component.
    pub component: Component,
    /// Where the component is named.
    pub span: Span,
    /// The values that it states or denies; none where it speaks of the coded value.
    pub values: Vec<Spanned<Value>>,
}

words! {
    /// How a claim stands to a value.
    #[derive(Deserialize, Serialize)]
    pub enum Stance {
        /// It agrees with what is coded.
        Affirms = "affirms",
        /// It states a value.
        Says = "says",
        /// It denies what is coded, or the value named.
        Denies = "denies",
        /// The claimant neither confirms nor denies.
        Declines = "declines",
        /// It says something that no field holds.
        Note = "note",
    }
}

/// A claim that was taken back.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Withdrawn {
    /// When, if that is known.
    pub date: Option<Spanned<Date>>,
}

impl Shape<Codebook> for Withdrawn {
    type Value = Self;

    fn kind() -> Kind {
        Kind::Date.or(Kind::Boolean)
    }

    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Written<Self> {
        if !matches!(node.source(), "true" | "false") {
            return Date::read(node, reader)
                .and_then(|date| Written::given(Self { date: Some(date) }, node.span()));
        }
        bool::read(node, reader).and_then(|yes| match yes.value {
            true => Written::given(Self { date: None }, node.span()),
            false => Written::Absent,
        })
    }
}

shape! {
    /// An actor, or free text.
    struct ClaimantName in Codebook => Box<str>: Kind::Actor.or(Kind::Text), |node, reader| {
        report_retired_groups(node, reader);
        Text::read(node, reader).map(|text| {
            let name = reader.name(Spanned::new(text.trim(), node.span()));
            // Blanks around the name of an actor change nothing; free text is kept as typed.
            let is_actor = Identifier::parse(&name).is_ok() || ActorCode::parse(&name).is_ok();
            if is_actor { name.into() } else { text }
        })
    };
}

impl From<Spanned<Box<str>>> for Claimant {
    fn from(code: Spanned<Box<str>>) -> Self {
        Self { code, described_as: None }
    }
}

shape! {
    /// Whether a reader cannot tell who spoke.
    struct Anonymous in Codebook => bool: Kind::Boolean,
    |node, reader| match bool::read(node, reader) {
        // Whoever wrote something there did not forget it.
        Written::Invalid => Written::given(true, node.span()),
        written => written,
    };
}

shape! {
    /// What a claim is about: `series`, an actor or a place.
    struct Subject in Codebook => Box<str>: Kind::Text, |node, reader| {
        report_retired_groups(node, reader);
        Text::read(node, reader)
    };
}

shape! {
    /// What sources hold: the `claims` of an event, in the order they are written.
    pub(super) struct Claims in Codebook => Vec<Spanned<Claim>>:
    Kind::MapOf(Box::new(Kind::Source), Box::new(of_source())), |node, reader| {
        if let Some(defect) = sourceless(node, Claim::FORM) {
            return reader.invalid(node.span(), defect);
        }
        let mut claims = Vec::new();
        for (source, value) in reader.entries(node, Self::kind()) {
            claims.extend(read_source(source, value, reader));
        }
        Written::given(claims, node.span())
    };
}

shape! {
    /// The `sources` of an event, as claims that do not say anything yet.
    pub(super) struct ListedSources in Codebook => Vec<Spanned<Claim>>:
    Kind::ListOf(Box::new(Kind::Source)), |node, reader| {
        let Content::Sequence(sequence) = node.content() else {
            return reader.wrong_type(node, Self::kind());
        };
        if sequence.is_empty() {
            return reader.wrong_type(node, Self::kind());
        }
        let mut listed = Vec::new();
        for item in sequence.items() {
            if let Written::Given(source) = SourceName::read(item, reader) {
                let claim = Claim::listed(source, reader.line(item));
                listed.push((item, claim));
            }
        }
        Written::given(distinct(listed, reader), node.span())
    };
}

impl Claim {
    fn listed(source: Spanned<Box<str>>, line: u32) -> Self {
        Self {
            by: None,
            anonymous: None,
            via: None,
            date: None,
            about: None,
            certainty: None,
            withdrawn: None,
            note: None,
            span: source.span,
            source,
            place_of_anonymous: None,
            statements: Vec::new(),
            line,
            listed: true,
        }
    }

    /// Lets it affirm some components, at the entry of `sources`.
    pub(super) fn affirming(mut self, components: &[Component]) -> Self {
        let span = self.span;
        self.statements = components
            .iter()
            .map(|component| Statement {
                stance: Stance::Affirms,
                component: *component,
                span,
                values: Vec::new(),
            })
            .collect();
        self
    }
}

/// What stands behind a source.
fn of_source() -> Kind {
    Kind::ListOf(Box::new(Kind::Form(Claim::FORM)))
}

fn read_source(
    source: Spanned<&str>,
    node: Node<'_>,
    reader: &mut Reader<'_>,
) -> Vec<Spanned<Claim>> {
    let Content::Sequence(sequence) = node.content() else {
        reader.wrong_type::<()>(node, of_source());
        return Vec::new();
    };
    if sequence.is_empty() && !node.damaged() {
        reader.report(source.span, RecordDefect::NoClaims);
    }
    let name = source_name(source, reader).into_spanned();
    let known = name.is_some();
    let source = name.unwrap_or_else(|| source.map(Box::from));
    let mut claims = Vec::new();
    for item in sequence.items() {
        let opened = reader.open(item, Claim::FORM, &[]);
        let claim = opened.and_then(|opened| Claim::of(&opened, reader, source.clone()));
        claims.extend(claim.map(|claim| (item, claim)));
    }
    let claims = distinct(claims, reader);
    // What stands behind a name that cannot be one was read for its defects.
    if known { claims } else { Vec::new() }
}

/// The claims of a list, without those that are written twice.
fn distinct(claims: Vec<(Node<'_>, Claim)>, reader: &mut Reader<'_>) -> Vec<Spanned<Claim>> {
    let places = match &claims[..] {
        // Most sources have one.
        [(item, _)] => vec![Some(item.span())],
        _ => reader.distinct_nodes(&claims.iter().map(|(item, _)| *item).collect::<Vec<_>>()),
    };
    let claims = claims.into_iter().zip(places);
    claims.filter_map(|((_, claim), place)| Some(Spanned::new(claim, place?))).collect()
}

/// Reports a claim that says nothing.
fn report_empty(_: &mut Claim, opened: &Opened<'_>, reader: &mut Reader<'_>) {
    let mut speaks = Stance::ALL.iter().map(|stance| opened.key_span(stance.as_str()));
    if speaks.all(|key| key.is_none()) && !opened.incomplete() {
        reader.report(opened.span(), RecordDefect::EmptyClaim);
    }
}

fn statements(said: [(Stance, Written<Vec<Said>>); 4]) -> Vec<Statement> {
    let of_stance = |(stance, said): (Stance, Written<Vec<Said>>)| {
        let said = said.into_value().unwrap_or_default();
        said.into_iter().map(move |Said { component, values }| Statement {
            stance,
            component: component.value,
            span: component.span,
            values,
        })
    };
    said.into_iter().flat_map(of_stance).collect()
}

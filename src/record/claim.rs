//! Claims: who says what, in which source.

use super::Reader;
use super::code::{Certainty, CodeOf, report_retired_groups};
use super::defect::RecordDefect;
use super::value::{ComponentNames, Value, component_named, read_values};
use crate::form::shape::{self, Boolean, Reference, Text};
use crate::form::{Described, Form, Key, Kind, Opened, Shape, Written, identity};
use crate::schema::{Code, Codebook, Component};
use crate::source::{Span, Spanned};
use crate::syntax::{Content, Insertion, Node};
use crate::value::{ActorCode, Date, Identifier};

/// What one source holds of what one claimant says.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The source: an id of `sources.yaml`.
    pub source: Spanned<Box<str>>,
    /// Who says it; `None` for the source in its own voice.
    pub by: Option<Claimant>,
    /// Whether a reader cannot tell who spoke; `None` where nothing is said of it.
    pub anonymous: Option<bool>,
    /// Where `anonymous` can be added, if it is not there.
    pub place_of_anonymous: Option<Insertion>,
    /// The source that this statement was passed on from.
    pub via: Option<Spanned<Box<str>>>,
    /// When it was said.
    pub date: Option<Spanned<Date>>,
    /// What it speaks of instead of this event: `series`, an actor or a place.
    pub about: Option<Spanned<Box<str>>>,
    /// How sure the claimant says it is.
    pub certainty: Option<Code>,
    /// Whether and when it was taken back.
    pub withdrawn: Option<Withdrawn>,
    /// What it says of components.
    pub statements: Vec<Statement>,
    /// What else it says, in the curator's words.
    pub note: Option<Box<str>>,
    /// Where it is written.
    pub span: Span,
    /// The line where it starts, from 1.
    pub line: u32,
}

/// Who says something.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimant {
    /// An actor's id, a composite code, or free text.
    pub code: Spanned<Box<str>>,
    /// How the source calls the claimant, where the code says less: `a senior official`.
    pub described_as: Option<Box<str>>,
}

/// What a claim says of one component.
#[derive(Clone, Debug, PartialEq)]
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

/// How a claim stands to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// It agrees with what is coded.
    Affirms,
    /// It states a value.
    Says,
    /// It denies what is coded, or the value named.
    Denies,
    /// The claimant neither confirms nor denies.
    Declines,
    /// It says something that no field holds.
    Note,
}

impl Stance {
    /// Every stance.
    pub const ALL: [Self; 5] =
        [Self::Affirms, Self::Says, Self::Denies, Self::Declines, Self::Note];

    /// The word in records and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Affirms => "affirms",
            Self::Says => "says",
            Self::Denies => "denies",
            Self::Declines => "declines",
            Self::Note => "note",
        }
    }
}

/// A claim that was taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Withdrawn {
    /// When, if that is known.
    pub date: Option<Spanned<Date>>,
}

/// A claim.
pub static CLAIM: Form = Form {
    name: "claim",
    keys: &[
        BY.info(),
        ANONYMOUS.info(),
        VIA.info(),
        DATE.info(),
        ABOUT.info(),
        CERTAINTY.info(),
        WITHDRAWN.info(),
        AFFIRMS.info(),
        SAYS.info(),
        DENIES.info(),
        DECLINES.info(),
        NOTE.info(),
    ],
};

const BY: Key<ClaimantShape> = Key::optional(
    "by",
    "Who says it: an actor's id, a composite code, or free text; without it, the source itself.",
);
const ANONYMOUS: Key<Boolean> =
    Key::optional("anonymous", "Whether a reader cannot tell who spoke.");
const VIA: Key<Reference<shape::Source>> =
    Key::optional("via", "The source that this statement, and only it, was passed on from.");
const DATE: Key<shape::Date> = Key::optional("date", "When it was said.");
const ABOUT: Key<Text> = Key::optional(
    "about",
    "What it speaks of instead of this event: `series`, an actor or a place. Kept, not counted.",
);
const CERTAINTY: Key<CodeOf<Certainty>> =
    Key::optional("certainty", "How sure the claimant says it is. Recorded, not counted.");
const WITHDRAWN: Key<WithdrawnShape> =
    Key::optional("withdrawn", "When it was taken back, or `true`.");
const AFFIRMS: Key<ComponentNames> =
    Key::optional("affirms", "The components whose coded value it agrees with.");
const SAYS: Key<ComponentValues> =
    Key::optional("says", "The values it states, by component; a list means together.");
const DENIES: Key<NamesOrValues> = Key::optional(
    "denies",
    "The components whose coded value it denies, or the values it denies by component.",
);
const DECLINES: Key<NamesOrValues> = Key::optional(
    "declines",
    "The components, or the values by component, that the claimant neither confirms nor denies.",
);
const NOTE: Key<Text> = Key::optional("note", "What else the source says, in the curator's words.");

/// A claimant in its long form.
static CLAIMANT: Form = Form { name: "claimant", keys: &[CODE.info(), DESCRIBED_AS.info()] };

const CODE: Key<Reference<shape::Actor>> =
    Key::required("code", "An id of `actors.yaml`, or a composite code such as `USAGOV`.");
const DESCRIBED_AS: Key<Text> =
    Key::required("as", "How the source calls the claimant: `a senior official`.");

/// An actor, free text, or an actor with the source's words for it.
#[derive(Debug)]
struct ClaimantShape;

impl Described for ClaimantShape {
    fn kind() -> Kind {
        Kind::AnyOf(vec![Kind::Actor, Kind::Text, Kind::Form(&CLAIMANT)])
    }
}

impl Shape<Codebook> for ClaimantShape {
    type Value = Claimant;

    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Written<Claimant> {
        if !matches!(node.content(), Content::Mapping(_)) {
            report_retired_groups(node, reader);
            let Some(code) = Text::read(node, reader).into_spanned() else {
                return Written::Invalid;
            };
            let name = reader.name(Spanned::new(code.value.trim(), code.span));
            // Blanks around the name of an actor change nothing; free text is kept as typed.
            let is_actor = Identifier::parse(&name).is_ok() || ActorCode::parse(&name).is_ok();
            let name = if is_actor { name.into() } else { code.value.clone() };
            let code = Spanned::new(name, code.span);
            return Written::given(Claimant { code, described_as: None }, node.span());
        }
        let Some(opened) = reader.open(node, &CLAIMANT, &[]) else { return Written::Invalid };
        let described_as = opened.get(&DESCRIBED_AS, reader).into_value();
        if let Some(code) = opened.node_of(&CODE) {
            report_retired_groups(code, reader);
        }
        let code = opened.get(&CODE, reader);
        code.map_spanned(|code| Claimant { code, described_as })
    }
}

/// What a source holds: the `claims` of an event.
#[derive(Debug)]
pub(super) struct Claims;

impl Described for Claims {
    fn kind() -> Kind {
        let claims = Kind::ListOf(Box::new(Kind::Form(&CLAIM)));
        Kind::MapOf(Box::new(Kind::Source), Box::new(claims))
    }
}

/// A value for each of some components.
#[derive(Debug)]
struct ComponentValues;

impl Described for ComponentValues {
    fn kind() -> Kind {
        Kind::Components
    }
}

/// Components, or a value for each of some components.
#[derive(Debug)]
struct NamesOrValues;

impl Described for NamesOrValues {
    fn kind() -> Kind {
        Kind::AnyOf(vec![ComponentNames::kind(), Kind::Components])
    }
}

/// A date, or `true`.
#[derive(Debug)]
struct WithdrawnShape;

impl Described for WithdrawnShape {
    fn kind() -> Kind {
        Kind::AnyOf(vec![Kind::Date, Kind::Boolean])
    }
}

impl Shape<Codebook> for WithdrawnShape {
    type Value = Option<Withdrawn>;

    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Written<Option<Withdrawn>> {
        if matches!(node.source(), "true" | "false") {
            return Boolean::read(node, reader).map(|yes| yes.then_some(Withdrawn { date: None }));
        }
        shape::Date::read(node, reader).map_spanned(|date| Some(Withdrawn { date: Some(date) }))
    }
}

/// Reads the claims of an event, in the order they are written.
pub(super) fn read_claims(
    node: Node<'_>,
    line: &dyn Fn(u32) -> u32,
    reader: &mut Reader<'_>,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (source, value) in reader.entries(node, Claims::kind()) {
        let Content::Sequence(sequence) = value.content() else {
            reader.wrong_type::<()>(value, Kind::ListOf(Box::new(Kind::Form(&CLAIM))));
            continue;
        };
        if sequence.is_empty() && !value.damaged() {
            reader.report(source.span, RecordDefect::NoClaims);
        }
        let source = Spanned::new(Box::from(reader.name(source)), source.span);
        let mut read = Vec::new();
        for item in sequence.items() {
            let source = source.clone();
            let line = line(item.span().start);
            let opened = reader.open(item, &CLAIM, &[]);
            let claim = opened.map(|opened| read_claim(&opened, source, line, reader));
            read.extend(claim.map(|claim| (identity(item), Spanned::new(claim, item.span()))));
        }
        claims.extend(reader.distinct(read).into_iter().map(|claim| claim.value));
    }
    claims
}

fn read_claim(
    opened: &Opened<'_>,
    source: Spanned<Box<str>>,
    line: u32,
    reader: &mut Reader<'_>,
) -> Claim {
    if let Some(about) = opened.node_of(&ABOUT) {
        report_retired_groups(about, reader);
    }
    let claim = Claim {
        source,
        by: opened.get(&BY, reader).into_value(),
        anonymous: match opened.get(&ANONYMOUS, reader) {
            Written::Given(anonymous) => Some(anonymous.value),
            Written::Absent => None,
            // Whoever wrote something there did not forget it.
            Written::Invalid => Some(true),
        },
        place_of_anonymous: match opened.node_of(&ANONYMOUS) {
            Some(_) => None,
            None => opened.place_after(&BY),
        },
        via: opened.get(&VIA, reader).into_spanned(),
        date: opened.get(&DATE, reader).into_spanned(),
        about: opened.get(&ABOUT, reader).into_spanned(),
        certainty: opened.get(&CERTAINTY, reader).into_value(),
        withdrawn: opened.get(&WITHDRAWN, reader).into_value().flatten(),
        statements: read_statements(opened, reader),
        note: opened.get(&NOTE, reader).into_value(),
        span: opened.span(),
        line,
    };
    let speaks = [
        opened.key_span(&AFFIRMS),
        opened.key_span(&SAYS),
        opened.key_span(&DENIES),
        opened.key_span(&DECLINES),
        opened.key_span(&NOTE),
    ];
    if speaks.iter().all(Option::is_none) && !opened.incomplete() {
        reader.report(opened.span(), RecordDefect::EmptyClaim);
    }
    claim
}

fn read_statements(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Vec<Statement> {
    let mut statements = named(Stance::Affirms, opened.get(&AFFIRMS, reader));
    if let Some(node) = opened.node_of(&SAYS) {
        statements.extend(valued(Stance::Says, node, reader));
    }
    for (stance, key) in [(Stance::Denies, &DENIES), (Stance::Declines, &DECLINES)] {
        match opened.node_of(key) {
            Some(node) if matches!(node.content(), Content::Mapping(_)) => {
                statements.extend(valued(stance, node, reader));
            }
            Some(node) => statements.extend(named(stance, ComponentNames::read(node, reader))),
            None => {}
        }
    }
    statements
}

fn named(stance: Stance, components: Written<Vec<Spanned<Component>>>) -> Vec<Statement> {
    let components = components.into_value().unwrap_or_default();
    let statement = |named: Spanned<Component>| Statement {
        stance,
        component: named.value,
        span: named.span,
        values: Vec::new(),
    };
    components.into_iter().map(statement).collect()
}

fn valued(stance: Stance, node: Node<'_>, reader: &mut Reader<'_>) -> Vec<Statement> {
    let mut statements = Vec::new();
    for (name, value) in reader.entries(node, Kind::Components) {
        let Some(component) = component_named(name, reader).into_value() else {
            continue;
        };
        let values = read_values(component, value, reader);
        if !values.is_empty() {
            statements.push(Statement { stance, component, span: name.span, values });
        }
    }
    statements
}

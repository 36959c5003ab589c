//! Composite actor codes: what `ISRMIL` says without a registry entry.

use super::{Code, Codebook, ColumnValue, Role};
use crate::value::{ActorCode, ActorCodeError};

/// A composite actor code, decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Composite {
    /// The first group: a country, an international kind or region, or unknown.
    pub country: Code,
    /// The second group, where it is a sector.
    pub sector: Option<Code>,
    /// Groups that no list decodes, such as the party in `ISRGOVLKD`.
    pub rest: Vec<Box<str>>,
}

/// Why a text is no composite actor code.
#[derive(Clone, Debug, PartialEq)]
pub enum CompositeError {
    /// It does not have the shape of one.
    Shape(ActorCodeError),
    /// The first group is neither a country nor an international kind.
    UnknownCountry(Box<str>),
    /// The second group of a country's code is no sector.
    UnknownSector(Box<str>),
}

/// The value of the country list's column `kind` that marks states; their second group is a
/// sector, while international codes go on with names of organisations.
const COUNTRY_KIND: &str = "country";

impl Composite {
    /// Decodes a code of one to five groups of three capitals, as CAMEO composes them.
    ///
    /// # Errors
    /// When it has another shape, or begins with a group that the codebook's lists do not have.
    pub fn decode(written: &str, codebook: &Codebook) -> Result<Self, CompositeError> {
        let code = ActorCode::parse(written).map_err(CompositeError::Shape)?;
        let mut groups = code.groups();
        let first = groups.next().unwrap_or_default();
        let countries = codebook.list(Role::Country);
        let country =
            countries.find(first).ok_or_else(|| CompositeError::UnknownCountry(first.into()))?;
        let second = groups.next();
        let sector = second.and_then(|group| codebook.list(Role::Sector).find(group));
        let second = second.filter(|_| sector.is_none());
        if let Some(second) = second
            && is_state(country, codebook)
        {
            return Err(CompositeError::UnknownSector(second.into()));
        }
        Ok(Self {
            country,
            sector,
            rest: second.into_iter().chain(groups).map(Box::from).collect(),
        })
    }

    /// The actor as people read it: `Israel (Military)`.
    pub fn name(&self, codebook: &Codebook) -> String {
        let mut name = codebook.list(Role::Country).entry(self.country).label.to_string();
        let sector = self.sector.map(|code| &*codebook.list(Role::Sector).entry(code).label);
        let parts: Vec<_> =
            sector.into_iter().chain(self.rest.iter().map(|group| &**group)).collect();
        if !parts.is_empty() {
            name.push_str(&format!(" ({})", parts.join(", ")));
        }
        name
    }
}

impl Codebook {
    /// An example of a composite code that its lists decode. A list whose codes are no groups of three
    /// capitals can have no part in one.
    pub fn composite_example(&self) -> Option<&'static str> {
        ["IRQMIL", "IRQ"].into_iter().find(|code| Composite::decode(code, self).is_ok())
    }
}

fn is_state(country: Code, codebook: &Codebook) -> bool {
    let kind = codebook.list(Role::Country).value(country, "kind");
    kind.is_none_or(|kind| matches!(kind, ColumnValue::Text(kind) if **kind == *COUNTRY_KIND))
}

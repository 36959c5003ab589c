//! Composite actor codes: what `ISRMIL` says without a registry entry.

use super::{Code, Codebook, ColumnValue, Role};
use crate::value::{ActorCode, ActorCodeError};

/// A composite actor code, decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Composite<'w> {
    /// The first group: a country, an international kind or region, or unknown.
    pub country: Code,
    /// The second group, where it is a sector.
    pub sector: Option<Code>,
    /// Groups that no list decodes, such as the party in `ISRGOVLKD`.
    pub rest: &'w str,
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

impl<'w> Composite<'w> {
    /// Decodes a code of one to five groups of three capitals, as CAMEO composes them.
    ///
    /// # Errors
    /// When it has another shape, or begins with a group that the codebook's lists do not have.
    pub fn decode(written: &'w str, codebook: &Codebook) -> Result<Self, CompositeError> {
        ActorCode::parse(written).map_err(CompositeError::Shape)?;
        let (first, rest) = written.split_at(ActorCode::GROUP);
        let countries = codebook.list(Role::Country);
        let country =
            countries.find(first).ok_or_else(|| CompositeError::UnknownCountry(first.into()))?;
        let Some((second, others)) = rest.split_at_checked(ActorCode::GROUP) else {
            return Ok(Self { country, sector: None, rest });
        };
        match codebook.list(Role::Sector).find(second) {
            Some(sector) => Ok(Self { country, sector: Some(sector), rest: others }),
            None if is_state(country, codebook) => {
                Err(CompositeError::UnknownSector(second.into()))
            }
            None => Ok(Self { country, sector: None, rest }),
        }
    }

    /// The actor as people read it: `Israel (Military)`.
    pub fn name(&self, codebook: &Codebook) -> String {
        let mut name = codebook.list(Role::Country).entry(self.country).label.to_string();
        let sector = self.sector.map(|code| &*codebook.list(Role::Sector).entry(code).label);
        let rest = ActorCode::parse(self.rest).ok();
        let parts: Vec<_> =
            sector.into_iter().chain(rest.iter().flat_map(ActorCode::groups)).collect();
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

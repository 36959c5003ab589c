//! Entries that a registry lacks, as they may be added to it.

use super::{Binding, Registry};
use crate::record::{Referent, SourceEntry};
use crate::syntax::text_scalar;
use crate::value::{Date, Identifier, url_host};

/// An entry that may be added to a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: String,
    /// The path of the file that it goes to.
    pub path: String,
    /// Its keys, each with the value as it is written; `None` where only the curator knows it.
    keys: Vec<(&'static str, Option<String>)>,
}

impl Proposal {
    /// An entry for a name that a record uses: an id, or a name from which an id is made. `None` if no
    /// id can be made of it, or if it stands for nothing that has an entry.
    pub fn of(binding: Binding<'_>, referent: Referent, written: &str) -> Option<Self> {
        let is_id = Identifier::parse(written).is_ok();
        let id = if is_id { written.to_owned() } else { Identifier::suggest(written)? };
        let name = (!is_id).then_some(written);
        let dataset = binding.dataset;
        Some(match referent {
            Referent::Actor => Self::actor(&dataset.actors, id, name),
            Referent::Place => Self::place(&dataset.places, id, name),
            Referent::Source => Self::source(&dataset.sources, id, None, name),
            Referent::Event | Referent::Subject => return None,
        })
    }

    /// An actor.
    pub fn actor<T>(actors: &Registry<T>, id: String, name: Option<&str>) -> Self {
        let keys = vec![("name", name.map(written))];
        Self { id, path: actors.path_for(None).to_owned(), keys }
    }

    /// A place.
    pub fn place<T>(places: &Registry<T>, id: String, name: Option<&str>) -> Self {
        let keys = vec![("name", name.map(written)), ("country", None)];
        Self { id, path: places.path_for(None).to_owned(), keys }
    }

    /// A source with the date that its id ends with, or else its address has in it. Its publisher is
    /// that of the other sources of the host, or of those whose ids differ only in what ends them.
    pub fn source(
        sources: &Registry<SourceEntry>,
        id: String,
        url: Option<&str>,
        publisher: Option<&str>,
    ) -> Self {
        let date = split_date(&id).1.or_else(|| url.and_then(date_in));
        let publisher = publisher.map(str::to_owned).or_else(|| match url.and_then(url_host) {
            Some(host) => sibling(sources, &host)?.1,
            None => publisher_of(sources, stem(&id)),
        });
        let path = sources.path_for(date.as_deref()).to_owned();
        let keys = vec![
            ("publisher", publisher.as_deref().map(written)),
            ("date", date),
            ("url", url.map(written)),
        ];
        Self { id, path, keys }
    }

    /// The keys that it has a value for.
    pub fn known(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().filter(|(_, value)| value.is_some()).map(|(key, _)| *key)
    }

    /// It on one line, with what is known of it.
    pub fn line(&self) -> String {
        let known =
            |(key, value): &(&str, Option<String>)| Some(format!("{key}: {}", value.as_ref()?));
        let keys: Vec<_> = self.keys.iter().filter_map(known).collect();
        format!("{}: {{{}}}", text_scalar(&self.id), keys.join(", "))
    }

    /// It on one line for a curator to fill in.
    pub fn to_fill_in(&self) -> String {
        let placeholder = |key: &str| match key {
            "country" => "XXX",
            "date" => "YYYY-MM-DD",
            _ => "...",
        };
        let keys = self.keys.iter().filter(|(key, value)| *key != "url" || value.is_some());
        let keys: Vec<_> = keys
            .map(|(key, value)| format!("{key}: {}", value.as_deref().unwrap_or(placeholder(key))))
            .collect();
        format!("{}: {{{}}}", text_scalar(&self.id), keys.join(", "))
    }

    /// It on lines of its own, with what is known of it.
    pub fn lines(&self) -> Vec<String> {
        let known: Vec<_> = self.keys.iter().filter(|(_, value)| value.is_some()).collect();
        if known.is_empty() {
            return vec![self.line()];
        }
        let value = |value: &Option<String>| value.clone().unwrap_or_default();
        let keys = known.iter().map(|(key, of)| format!("  {key}: {}", value(of)));
        std::iter::once(format!("{}:", text_scalar(&self.id))).chain(keys).collect()
    }
}

fn written(text: &str) -> String {
    text_scalar(text).into_owned()
}

/// An id for the source at an address, which no source has: `rudaw-2019-08-25` for one that has a date
/// in it, else `rudaw-1`. It begins as that of another source of the host does. `None` if the address
/// has no host, or one that makes no id.
pub fn source_id(sources: &Registry<SourceEntry>, url: &str) -> Option<String> {
    let host = url_host(url)?;
    let known = sibling(sources, &host).map(|(stem, _)| stem);
    let name = known.or_else(|| Identifier::suggest(site(&host)))?;
    let is_free = |id: &String| sources.get(id).is_none();
    let dated = date_in(url).map(|date| format!("{name}-{date}"));
    let stem = dated.clone().unwrap_or(name);
    let mut numbered = (1..).map(|number| format!("{stem}-{number}"));
    let id = dated.filter(is_free).or_else(|| numbered.find(is_free))?;
    Identifier::parse(&id).is_ok().then_some(id)
}

/// The beginning of the ids of the latest source of a host, and its publisher, where it names one.
fn sibling(sources: &Registry<SourceEntry>, host: &str) -> Option<(String, Option<String>)> {
    let of_host = |source: &SourceEntry| source.url.as_deref().and_then(url_host);
    let mut latest_first = sources.entries().iter().rev();
    let source = latest_first.find(|source| of_host(&source.entry).as_deref() == Some(host))?;
    let publisher = source.entry.publisher.as_deref().filter(|publisher| *publisher != host);
    Some((stem(&source.id.value).to_owned(), publisher.map(str::to_owned)))
}

/// The publisher of the latest source whose id begins with a stem and ends in a date or number.
fn publisher_of(sources: &Registry<SourceEntry>, wanted: &str) -> Option<String> {
    let mut latest_first = sources.entries().iter().rev();
    let source = latest_first.find(|source| stem(&source.id.value) == wanted)?;
    source.entry.publisher.as_deref().map(str::to_owned)
}

/// An id without the date or number at its end: `rudaw` for `rudaw-2019-08-25` and `rudaw-3`.
fn stem(id: &str) -> &str {
    let is_number = |end: &str| !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit());
    let unnumbered = id.rsplit_once('-').filter(|(_, end)| is_number(end));
    match (split_date(id), unnumbered) {
        ((stem, Some(_)), _) => stem,
        (_, Some((rest, _))) => split_date(rest).0,
        (_, None) => id,
    }
}

/// An id without the day, month or year that it ends with, and that.
fn split_date(id: &str) -> (&str, Option<String>) {
    let at_end = |length: usize| {
        let (rest, date) = id.split_at_checked(id.len().checked_sub(length)?)?;
        Some((rest.strip_suffix('-')?, calendar_date(date)?))
    };
    let found = [10, 7, 4].into_iter().find_map(at_end);
    found.map_or((id, None), |(rest, date)| (rest, Some(date)))
}

/// A day, month or year of these times, as `2019-08-25`.
fn calendar_date(text: &str) -> Option<String> {
    let parts: Vec<_> = text.split('-').collect();
    let is_number = |part: &str, length| part.len() == length && part.parse::<u16>().is_ok();
    let (year, rest) = parts.split_first()?;
    let is_date = is_number(year, 4)
        && (year.starts_with("19") || year.starts_with("20"))
        && rest.iter().all(|part| is_number(part, 2) && *part <= "31")
        && rest.first().is_none_or(|month| *month <= "12");
    (is_date && Date::parse(text).is_ok()).then(|| text.to_owned())
}

/// The day that an address has in its path: `/2019/08/25/`, `/2019-8-25-a-strike`, `20190825`.
fn date_in(url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split_once('/')?.1;
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let parts: Vec<_> = path.split(['/', '-', '_', '.']).collect();
    let in_one = |part: &&str| {
        let digits = part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_digit());
        calendar_date(&format!("{}-{}-{}", part.get(..4)?, part.get(4..6)?, part.get(6..)?))
            .filter(|_| digits)
    };
    let apart = |window: &[&str]| {
        let two = |part: &str| format!("{:0>2}", part);
        calendar_date(&format!("{}-{}-{}", window[0], two(window[1]), two(window[2])))
    };
    parts.windows(3).find_map(apart).or_else(|| parts.iter().find_map(in_one))
}

/// Parts of a host that stand before the country in place of a name.
const KINDS_OF_SITES: [&str; 8] = ["ac", "co", "com", "edu", "gob", "gov", "net", "org"];

/// The name of a site in its host: `bbc` of `bbc.co.uk`, `aawsat` of `english.aawsat.com`.
fn site(host: &str) -> &str {
    let is_address = host.starts_with('[') || host.ends_with(|c: char| c.is_ascii_digit());
    let mut labels = host.rsplit('.').skip(1).filter(|_| !is_address);
    labels.find(|label| !KINDS_OF_SITES.contains(label)).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_taken_apart_and_an_address_has_a_date_and_a_site() {
        let ids = [
            ("rudaw-2019-08-25", "rudaw", Some("2019-08-25")),
            ("talos-2019-08", "talos", Some("2019-08")),
            ("bbc-2019", "bbc", Some("2019")),
            ("rudaw-2019-08-25-2", "rudaw", None),
            ("rudaw-3", "rudaw", None),
            ("jpost-599183", "jpost", None),
            ("a-2019-02-30", "a", None),
            ("tv7", "tv7", None),
        ];
        for (id, expected, date) in ids {
            assert_eq!(stem(id), expected, "{id}");
            assert_eq!(split_date(id).1.as_deref(), date, "{id}");
        }
        let addresses = [
            ("https://thedefensepost.com/2019/07/19/iraq/", Some("2019-07-19")),
            ("http://a.example/english/2019-07/19/c_138241284.htm", Some("2019-07-19")),
            ("http://a.example/2019-7-9-strike", Some("2019-07-09")),
            ("http://a.example/20190719-strike?d=2018-01-01", Some("2019-07-19")),
            ("http://2019.07.19.example/x", None),
            ("http://a.example/2019/13/40/x", None),
            ("http://a.example/news-30714147", None),
            ("http://a.example", None),
        ];
        for (address, date) in addresses {
            assert_eq!(date_in(address).as_deref(), date, "{address}");
        }
        let hosts = [
            ("bbc.co.uk", "bbc"),
            ("english.aawsat.com", "aawsat"),
            ("news.un.org", "un"),
            ("localhost", "localhost"),
            ("127.0.0.1", "127.0.0.1"),
            ("rfi.fr", "rfi"),
            ("com.co", "com.co"),
        ];
        for (host, expected) in hosts {
            assert_eq!(site(host), expected, "{host}");
        }
    }
}

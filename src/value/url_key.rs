//! What web addresses tell: the page by which they are compared, and the host.

use url::Url;

use super::name_key;

/// Query parameters that track how a reader came to a page and do not select the page.
const TRACKING: &[&str] = &[
    "_ga",
    "at_campaign",
    "at_medium",
    "cmpid",
    "dclid",
    "fbclid",
    "gclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ref_src",
    "twclid",
    "yclid",
];

/// Prefix of further tracking parameters.
const TRACKING_PREFIX: &str = "utm_";

/// The key of a web address: two addresses with equal keys lead to the same page.
///
/// The scheme, the case of the host, `www.`, the default port, a slash at the end of the path and
/// parameters for tracking make no difference; the rest of the query, in its order, and the
/// fragment do.
pub fn url_key(address: &str) -> String {
    let Some(url) = parse(address) else { return name_key(address) };
    let host = host(&url);
    let port = url.port().filter(|port| !matches!(port, 80 | 443));
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let is_tracking = |parameter: &str| {
        let name = parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
        name.is_empty() || name.starts_with(TRACKING_PREFIX) || TRACKING.contains(&&*name)
    };
    let parameters = url.query().into_iter().flat_map(|query| query.split('&'));
    let query: Vec<_> = parameters.filter(|parameter| !is_tracking(parameter)).collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    let fragment = url.fragment().filter(|fragment| !fragment.is_empty());
    let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
    format!("{host}{port}{}{query}{fragment}", url.path().trim_end_matches('/'))
}

/// The host of a web address without `www.`, in lower case: who published a page that names nobody. A
/// host in other letters than Latin ones is written in ASCII, as browsers send it.
pub fn url_host(address: &str) -> Option<String> {
    let url = parse(address)?;
    Some(host(&url).to_owned()).filter(|host| !host.is_empty())
}

/// The site of a web address: its host without what stands before the name that somebody registered, so
/// that `amp.rfi.fr` and `www.rfi.fr` are one (Public Suffix List).
pub fn url_site(address: &str) -> Option<String> {
    let url = parse(address)?;
    let site = url.domain().and_then(psl::domain_str);
    site.map(str::to_owned).or_else(|| url_host(address))
}

/// The web archive, whose pages are copies of those that their addresses name.
const ARCHIVE: &str = "web.archive.org/web/";

/// An address as browsers read it, also without its scheme. A copy in the web archive stands for its page.
fn parse(address: &str) -> Option<Url> {
    let address = address.trim();
    let copied = address.split_once(ARCHIVE).and_then(|(_, copied)| copied.split_once('/'));
    let address = copied.map_or(address, |(_, page)| page);
    let parsed = Url::parse(address).ok().filter(Url::has_host);
    parsed.or_else(|| Url::parse(&format!("https://{address}")).ok())
}

fn host(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::{url_host, url_key, url_site};

    #[test]
    fn the_subdomains_of_a_site_are_one_and_a_copy_stands_for_its_page() {
        let sites = [
            ("https://amp.rfi.fr/a", Some("rfi.fr")),
            ("https://m.news.bbc.co.uk/", Some("bbc.co.uk")),
            ("https://one.github.io/", Some("one.github.io")),
            ("https://web.archive.org/web/2019*/https://news.rfi.fr/a", Some("rfi.fr")),
            ("http://192.0.2.1/a", Some("192.0.2.1")),
            ("", None),
        ];
        for (address, site) in sites {
            assert_eq!(url_site(address).as_deref(), site, "{address}");
        }
        let copy = "https://web.archive.org/web/20190820000000/http://www.rfi.fr/a/";
        assert_eq!(url_key(copy), url_key("https://rfi.fr/a"));
        assert_eq!(url_host(copy).as_deref(), Some("rfi.fr"));
    }

    #[test]
    fn the_host_of_an_address_is_its_site() {
        let hosts = [
            ("https://www.RFI.example/fr/a?utm_source=x#y", Some("rfi.example")),
            ("http://news.example.org:8080/", Some("news.example.org")),
            ("example.org./a", Some("example.org")),
            ("https://user:secret@www.example.org/", Some("example.org")),
            ("https://b\u{fc}cher.example/", Some("xn--bcher-kva.example")),
            ("https://[2001:db8::1]/", Some("[2001:db8::1]")),
            ("https://www./", None),
            ("no address", None),
            ("", None),
        ];
        for (address, host) in hosts {
            assert_eq!(url_host(address).as_deref(), host, "{address}");
        }
    }

    #[test]
    fn one_page_has_one_key() {
        let page = "https://example.org/news/a";
        let alike = [
            "http://example.org/news/a",
            "https://www.example.org/news/a/",
            "HTTPS://WWW.Example.ORG:443/news/a",
            "http://example.org:80/news/a",
            "example.org/news/a",
            " https://example.org/news/a?utm_source=x&utm_medium=y ",
            "https://example.org/news/a?fbclid=abc",
            "https://example.org/news/%61",
            "https://example.org/news/a#",
            "https://example.org./news/a",
            "https://example.org/news/./a",
        ];
        for address in alike {
            assert_eq!(url_key(address).replace("%61", "a"), url_key(page), "{address}");
        }
        assert_eq!(url_key("https://BÜCHER.example/"), url_key("http://xn--bcher-kva.example"));
        let others = [
            "https://example.org/news/A",
            "https://example.org/news/a?id=2",
            "https://example.org/news/a#comments",
            "https://example.org:8080/news/a",
            "https://m.example.org/news/a",
            "https://example.org/news",
        ];
        for address in others {
            assert_ne!(url_key(address), url_key(page), "{address}");
        }
        assert_eq!(
            url_key("https://example.org/a?id=2&utm_campaign=z"),
            url_key("https://example.org/a?id=2")
        );
        assert_ne!(url_key("https://example.org/a?id=2"), url_key("https://example.org/a?id=3"));
        assert_eq!(url_key("no address"), url_key("No  address"));
    }
}

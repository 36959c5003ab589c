//! Projects of one kind each, of any size.

/// The files of a project.
type Project = Vec<(String, String)>;

/// A kind of project that grows.
pub(super) struct List {
    pub(super) name: &'static str,
    /// The largest number of things that it is made with: about a megabyte, or what meets a limit.
    pub(super) size: usize,
    pub(super) make: fn(usize) -> Project,
    /// Whether it is built as well.
    pub(super) build: bool,
}

const fn check(name: &'static str, size: usize, make: fn(usize) -> Project) -> List {
    List { name, size, make, build: false }
}

const fn build(name: &'static str, size: usize, make: fn(usize) -> Project) -> List {
    List { name, size, make, build: true }
}

pub(super) static LISTS: &[List] = &[
    check("unknown actors, actors", 20_000, |n| {
        vec![actors(&(0..n).map(|at| (format!("{}-a", word(at)), None))), memberships(n)]
    }),
    check("unknown sources, sources", 20_000, |n| {
        let entries =
            lines(n, |at| format!("{}-s: {{publisher: p, cites: [{}-t]}}\n", word(at), word(at)));
        vec![file("sources", entries)]
    }),
    check("unknown places, places", 20_000, |n| {
        vec![file(
            "places",
            lines(n, |at| format!("{}-p: {{name: p, within: {}-q}}\n", word(at), word(at))),
        )]
    }),
    check("unknown events, events", 8_000, |n| {
        let more = |at| format!("related: [{{event: {}-f, as: same-series}}]\n", word(at));
        vec![events(n, &|at| format!("{}-e", word(at)), &more)]
    }),
    check("unknown codes, codes", 20_000, |n| {
        let codes = lines(n, |at| format!("  {}-c: {{label: x}}\n", word(at)));
        vec![
            list("own", "", &codes),
            field_of("own"),
            claims(n, |at| format!("own: {}-d", word(at))),
        ]
    }),
    check("unknown parents, codes", 20_000, |n| {
        let codes =
            lines(n, |at| format!("  {}-c: {{label: x, parent: {}-d}}\n", word(at), word(at)));
        vec![list("own", "", &codes)]
    }),
    check("claimants like ids, actors", 8_000, |n| {
        let named = (0..n).map(|at| (format!("{}-a", word(at)), None));
        let claim = |at| format!("claims: {{s: [{{by: {}-b, affirms: [event]}}]}}\n", word(at));
        vec![actors(&named), source(), events(n, &|at| format!("e{at}"), &claim)]
    }),
    check("unknown codes of 100 bytes, codes", 4_000, |n| {
        let codes = lines(n, |at| format!("  {:c>99}: {{label: x}}\n", word(at)));
        let unknown = |at| format!("own: {:d>99}", word(at));
        vec![list("own", "", &codes), field_of("own"), claims(n, unknown)]
    }),
    check("unknown codes of 900 bytes, codes", 1_000, |n| {
        let codes = lines(n, |at| format!("  {:c>900}: {{label: x}}\n", word(at)));
        let unknown = |at| format!("own: {:d>900}", word(at));
        vec![list("own", "", &codes), field_of("own"), claims(n, unknown)]
    }),
    check("unknown keys of 100 bytes, fields", 500, |n| {
        vec![
            fields(n, |at| format!("{:f>99}", word(at))),
            keys(n, |at| format!("{:g>99}", word(at))),
        ]
    }),
    check("unknown keys, fields", 20_000, |n| {
        vec![fields(n, |at| format!("f_{}", word(at))), keys(n, |at| format!("g_{}", word(at)))]
    }),
    check("unknown keys", 160_000, |n| vec![keys(n, |at| format!("k{at}"))]),
    check("events of one unknown key, fields", 60_000, |n| {
        let streamed = lines(n, |at| format!("---\ng{at}: x\n"));
        vec![fields(500, |at| format!("f_{}", word(at))), file("events/e", streamed)]
    }),
    check("lists that extend one", 160, |n| {
        let codes = lines(20_000, |at| format!("  C{at}: {{label: x}}\n"));
        let extending =
            (0..n).map(|at| list(&format!("l{at}"), "base", &format!("  X{at}: {{label: x}}\n")));
        extending.chain([list("base", "", &codes)]).collect()
    }),
    check("lists that extend one small one", 10_000, |n| {
        let extending =
            (0..n).map(|at| list(&format!("l{at}"), "base", &format!("  X{at}: {{label: x}}\n")));
        extending.chain([list("base", "", "  A: {label: x}\n")]).collect()
    }),
    check("chain of lists that extend", 10_000, |n| {
        let base = |at: usize| if at == 0 { String::new() } else { format!("l{}", at - 1) };
        (0..n)
            .map(|at| list(&format!("l{at}"), &base(at), &format!("  X{at}: {{label: x}}\n")))
            .collect()
    }),
    check("chain of parents", 30_000, |n| {
        let parent =
            |at: usize| if at == 0 { String::new() } else { format!(", parent: C{}", at - 1) };
        vec![list("own", "", &lines(n, |at| format!("  C{at}: {{label: x{}}}\n", parent(at))))]
    }),
    check("empty documents", 100_000, |n| vec![file("events/e", "---\n{}\n".repeat(n))]),
    check("chain of member_of, all claim", 8_000, |n| {
        let chain = (0..n).map(|at| (format!("a{at}"), (at > 0).then(|| format!("a{}", at - 1))));
        vec![actors(&chain), source(), claims(n, |at| format!("by: a{at}, says: {{actor: a0}}"))]
    }),
    check("circle of member_of", 25_000, |n| {
        let circle = (0..n).map(|at| (format!("a{at}"), Some(format!("a{}", (at + 1) % n))));
        vec![actors(&circle), source(), claims(1, |_| "by: a1, says: {actor: a0}".to_owned())]
    }),
    check("members of all before, all claim", 400, |n| {
        let of = |at: usize| {
            (0..at).map(|of| format!("{{actor: a{of}}}")).collect::<Vec<_>>().join(", ")
        };
        let entry =
            |at| format!("a{at}: {{name: x, kind: organisation, member_of: [{}]}}\n", of(at));
        vec![
            file("actors", lines(n, entry)),
            source(),
            claims(n, |at| format!("by: a{at}, says: {{actor: a0}}")),
        ]
    }),
    check("claims of actors in layers, disputed", 1_000, |n| {
        let of = |at: usize| {
            let above = (at / 6 * 6).saturating_sub(6);
            (above..above + 6)
                .filter(|of| *of + 6 <= at / 6 * 6)
                .map(|of| format!("{{actor: a{of}}}"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let entry =
            |at| format!("a{at}: {{name: x, kind: organisation, member_of: [{}]}}\n", of(at % 60));
        let mut text = lines(n, entry);
        text += "z: {name: z, kind: organisation}\n";
        vec![
            file("actors", text),
            source(),
            claims(n, |at| format!("by: z, says: {{actor: a{at}}}")),
        ]
    }),
    check("sources that cite all before", 600, |n| {
        let cites = |at: usize| (0..at).map(|of| format!("s{of}")).collect::<Vec<_>>().join(", ");
        let sources =
            lines(n, |at| format!("s{at}: {{publisher: p{at}, cites: [{}]}}\n", cites(at)));
        let said = lines(n, |at| format!("  s{at}: [{{affirms: [event]}}]\n"));
        vec![file("sources", sources), event(&format!("claims:\n{said}"))]
    }),
    check("sources that cite two, all claim", 8_000, |n| {
        let sources = lines(n, |at| {
            format!(
                "s{at}: {{publisher: p{at}}}\nt{at}: {{publisher: q, cites: [s0, s{}]}}\n",
                (at + 1) % n
            )
        });
        let said = lines(n, |at| format!("  t{at}: [{{affirms: [event]}}]\n"));
        vec![file("sources", sources), event(&format!("claims:\n{said}"))]
    }),
    check("coded actors, claims", 4_000, |n| {
        let coded = (0..n).map(|at| format!("{{code: a{at}, certainty: possible}}"));
        let coded = coded.collect::<Vec<_>>().join(", ");
        let named = (0..n).map(|at| (format!("a{at}"), None));
        let claims = lines(n, |at| format!("  - {{by: a{at}, says: {{actor: a{at}}}}}\n"));
        let more = format!("actor: [{coded}]\nclaims:\n  s:\n{claims}");
        vec![actors(&named), source(), event(&more)]
    }),
    check("coded actors, claims that affirm them", 4_000, |n| {
        let coded = (0..n).map(|at| format!("{{code: a{at}, certainty: possible}}"));
        let coded = coded.collect::<Vec<_>>().join(", ");
        let named = (0..n).map(|at| (format!("a{at}"), None));
        let claims = lines(n, |_| "  - {by: a0, affirms: [actor]}\n".to_owned());
        let more = format!("actor: [{coded}]\nclaims:\n  s:\n{claims}");
        vec![actors(&named), source(), event(&more)]
    }),
    check("claims of places in chains, disputed", 1_000, |n| {
        let within = |at: usize| {
            if at.is_multiple_of(16) { String::new() } else { format!(", within: p{}", at - 1) }
        };
        let places = lines(n, |at| format!("p{at}: {{name: p{}}}\n", within(at)));
        vec![file("places", places), source(), claims(n, |at| format!("says: {{location: p{at}}}"))]
    }),
    check("entries of `allow`, findings", 16_000, |n| {
        let allow = "  - {rule: unclaimed-value, because: x, until: 2027-01-01}\n";
        let fields = lines(n, |at| format!("  - {{by: x{at}-y, note: x, affirms: [event]}}\n"));
        vec![source(), event(&format!("allow:\n{}claims:\n  s:\n{fields}", allow.repeat(n)))]
    }),
    build("actors, targets (build)", 2_000, |n| {
        let coded = |role: &str| {
            let coded = (0..n).map(|at| format!("{{code: {role}{at}, certainty: possible}}"));
            coded.collect::<Vec<_>>().join(", ")
        };
        let named = (0..n).flat_map(|at| [(format!("a{at}"), None), (format!("t{at}"), None)]);
        let named: Vec<_> = named.collect();
        vec![
            actors(&named.into_iter()),
            event(&format!("actor: [{}]\ntarget: [{}]\n", coded("a"), coded("t"))),
        ]
    }),
    build("events of 2,000 pairs (build)", 1_000, |n| {
        let coded = |role: &str, many: usize| {
            (0..many)
                .map(|at| format!("{{code: {role}{at}, certainty: possible}}"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let (actor, target) = (coded("a", 40), coded("t", 50));
        let named: Vec<_> =
            (0..50).flat_map(|at| [(format!("a{at}"), None), (format!("t{at}"), None)]).collect();
        let more = move |_| format!("actor: [{actor}]\ntarget: [{target}]\n");
        vec![actors(&named.into_iter()), events(n / 4, &|at| format!("e{at}"), &more)]
    }),
    check("brackets of 16 MiB", 8_000_000, |n| {
        vec![file("events/e", format!("id: [{}]\n", "a,".repeat(n)))]
    }),
    check("fields with a pattern", 500, |n| {
        let fields = lines(n, |at| {
            format!("  f{at}: {{type: text, doc: x, pattern: '(\\w{{9}}){{{}}}'}}\n", at % 3 + 1)
        });
        vec![codebook(&format!("fields:\n{fields}"))]
    }),
    check("columns of a list", 20_000, |n| {
        let columns = lines(n, |at| format!("  c{at}: text\n"));
        vec![list_with("own", &format!("columns:\n{columns}"), "  A: {label: x}\n")]
    }),
    check("excerpts of claimants as free text, actors", 4_000, |n| {
        let named = (0..n).map(|at| (format!("a{at}"), None));
        let claim = |at| format!("claims: {{s: [{{by: 'Mr {at} of x', affirms: [event]}}]}}\n");
        vec![actors(&named), source(), events(n, &|at| format!("e{at}"), &claim)]
    }),
    check("chain of within", 30_000, |n| {
        let within =
            |at: usize| if at == 0 { String::new() } else { format!(", within: p{}", at - 1) };
        vec![file("places", lines(n, |at| format!("p{at}: {{name: p{}}}\n", within(at))))]
    }),
];

/// A word of letters alone that is near many others.
fn word(at: usize) -> String {
    let letter =
        |place: u32| char::from(b'a' + u8::try_from(at / 26_usize.pow(place) % 26).unwrap_or(0));
    format!("name-{}{}{}{}", letter(3), letter(2), letter(1), letter(0))
}

fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).map(line).collect()
}

/// A file of the dataset.
fn file(stem: &str, text: String) -> (String, String) {
    (format!("datasets/d/{stem}.yaml"), text)
}

fn source() -> (String, String) {
    file("sources", "s: {publisher: p, date: 2019-08-20}\n".to_owned())
}

/// Actors, each a member of one other, or of none.
fn actors(named: &(impl Iterator<Item = (String, Option<String>)> + Clone)) -> (String, String) {
    let entry = |(id, of): (String, Option<String>)| {
        let of = of.map_or_else(String::new, |of| format!(", member_of: [{{actor: {of}}}]"));
        format!("{id}: {{name: x, kind: organisation{of}}}\n")
    };
    file("actors", named.clone().map(entry).collect())
}

/// Events whose target is no actor.
fn memberships(n: usize) -> (String, String) {
    events(n / 4, &|at| format!("e{at}"), &|at| format!("target: {}-b\n", word(at)))
}

const REST: &str = "date: 2019-08-20\naction: ASSAULT\ncertainty: possible\n";

/// One event with something more.
fn event(more: &str) -> (String, String) {
    file("events/e", format!("id: e\n{REST}{more}"))
}

/// Events in one file.
fn events(
    n: usize,
    id: &dyn Fn(usize) -> String,
    more: &dyn Fn(usize) -> String,
) -> (String, String) {
    file("events/e", lines(n, |at| format!("---\nid: {}\n{REST}{}", id(at), more(at))))
}

/// One event with claims.
fn claims(n: usize, claim: impl Fn(usize) -> String) -> (String, String) {
    let says = |text: String| if text.contains(": {") { text } else { format!("says: {{{text}}}") };
    event(&format!("claims:\n  s:\n{}", lines(n, |at| format!("  - {{{}}}\n", says(claim(at))))))
}

/// One record with keys that it does not have.
fn keys(n: usize, key: impl Fn(usize) -> String) -> (String, String) {
    event(&lines(n, |at| format!("{}: x\n", key(at))))
}

fn codebook(more: &str) -> (String, String) {
    let head = "codebook: own\nversion: '1'\n";
    ("schema/codebook.yaml".to_owned(), format!("{head}{more}"))
}

fn fields(n: usize, name: impl Fn(usize) -> String) -> (String, String) {
    let fields = lines(n, |at| format!("  {}: {{type: text, doc: x}}\n", name(at)));
    codebook(&format!("fields:\n{fields}"))
}

fn field_of(list: &str) -> (String, String) {
    codebook(&format!("fields:\n  {list}: {{type: code, codes: {list}, doc: x}}\n"))
}

fn list(name: &str, extends: &str, codes: &str) -> (String, String) {
    let extends = if extends.is_empty() { String::new() } else { format!("extends: {extends}\n") };
    list_with(name, &extends, codes)
}

fn list_with(name: &str, more: &str, codes: &str) -> (String, String) {
    let head = format!("list: {name}\nversion: '1'\norigin: x\n");
    (format!("schema/codes/{name}.yaml"), format!("{head}{more}codes:\n{codes}"))
}

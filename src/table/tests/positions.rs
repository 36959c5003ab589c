//! The columns of `events` say what is coded, and tell it from what is only said.

use super::{Row, binding, row, weighed};
use crate::table::{self, EventRow};
use crate::tests::project::checked;

use crate::source::Memory;

const CODEBOOK: &str = "
codebook: every-type
version: '1'
lists:
  action: {shelling: Shelling, xqsaid: Xqsaid, xqdenied: Xqdenied, xqwithdrawn: Xqwithdrawn, xqseries: Xqseries}
  certainty: [high, medium, low]
fields:
  a_text: text
  some_texts: {type: text, list: true}
  an_integer: integer
  some_integers: {type: integer, list: true}
  a_number: number
  a_date: date
  some_dates: {type: date, list: true}
  a_datetime: datetime
  a_url: url
  a_code: [plain, xqsaid, xqdenied, xqwithdrawn, xqseries]
  some_codes: {type: code, list: true, codes: [plain, xqsaid, xqdenied, xqwithdrawn, xqseries]}
  an_actor: actor
  a_place: place
  a_source: source
  a_range: range
  a_flag: boolean
policy: {default: {high: {voices: 2}}}
";

const CODED: &str = "
date: 2019-08-20
time: 12:00
actor: {code: army, certainty: low}
action: shelling
target: army
location: town
a_text: plain
some_texts: [plain]
an_integer: 1
some_integers: [1]
a_number: 1.5
a_date: 2019-08-20
some_dates: [2019-08-20]
a_datetime: 2019-08-20T12:00Z
a_url: https://plain.example/
a_code: plain
some_codes: [plain]
an_actor: army
a_place: town
a_source: paper
a_range: 1
a_flag: true
";

/// How values that are not coded are named, and the country and digit of each.
const KINDS: [(&str, &str, u8); 4] = [
    ("xqsaid", "PER", 1),
    ("xqdenied", "CHL", 2),
    ("xqwithdrawn", "BOL", 3),
    ("xqseries", "ECU", 4),
];

/// What nobody codes, one value for each component.
fn values(word: &str, digit: u8) -> String {
    format!(
        "date: 198{digit}-05-03, time: '03:3{digit}', actor: {word}, action: {word}, target: {word}, \
         location: {word}-p, a_text: {word}, some_texts: [{word}], an_integer: 7700{digit}, \
         some_integers: [7700{digit}], a_number: 7700{digit}.5, a_date: 198{digit}-05-03, \
         some_dates: [198{digit}-05-03], a_datetime: 198{digit}-05-03T10:00Z, \
         a_url: 'https://{word}.example/', a_code: {word}, some_codes: [{word}], an_actor: {word}, \
         a_place: {word}-p, a_source: {word}, a_range: 7700{digit}, a_flag: false"
    )
}

/// What shows that a cell holds the values of a kind, or what is known of them.
fn marks(word: &str, country: &str, digit: u8) -> [String; 7] {
    let of_digit = ["198", "7700", "03:3", "18.67"].map(|mark| format!("{mark}{digit}"));
    let [year, number, time, latitude] = of_digit;
    [word.to_owned(), word.replace('x', "X"), country.to_owned(), year, number, time, latitude]
}

/// The rows of an event in which everything is coded, of one where the actor is not known, and of one
/// with hardly anything coded. All have the same claims.
fn rows(claims: &str) -> Vec<Row> {
    let entries = |entry: &dyn Fn(&str, &str, u8) -> String| -> String {
        KINDS.iter().map(|(word, country, digit)| entry(word, country, *digit)).collect()
    };
    let name = |word: &str| word.replace('x', "X");
    let mut world = Memory::new();
    world.write("schema/codebook.yaml", CODEBOOK);
    let file = |name: &str| format!("datasets/d/{name}");
    world.write(file("dataset.yaml"), "dataset: d\ntitle: T\nversion: '1'\nlicense: CC0-1.0\n");
    let actors = entries(&|word, country, _| {
        format!("{word}: {{name: {}, country: {country}, sector: GOV}}\n", name(word))
    });
    world.write(
        file("actors.yaml"),
        format!("army: {{name: Army, country: IRQ, sector: MIL}}\n{actors}"),
    );
    let places = entries(&|word, country, digit| {
        format!(
            "{word}-p: {{name: {}, country: {country}, admin1: {word}, latitude: 18.67{digit}, longitude: 18.67{digit}, gazetteer: G, precision: exact}}\n",
            name(word)
        )
    });
    world.write(file("places.yaml"), format!("town: {{name: Town, country: IRQ}}\n{places}"));
    let sources = entries(&|word, _, _| format!("{word}: {{publisher: {word}}}\n"));
    world.write(file("sources.yaml"), format!("paper: {{publisher: Paper}}\n{sources}"));
    let unknown = CODED.replace("{code: army, certainty: low}", "UNK");
    let least = "\ndate: 2019-08-20\naction: {code: shelling, undirected: true}\ntarget: army\n";
    for (id, coded) in [("all", CODED), ("unknown", &unknown), ("least", least)] {
        let text = format!("id: {id}{coded}certainty: low\nclaims:\n  paper:\n{claims}");
        world.write(file(&format!("events/{id}.yaml")), text);
    }
    let checked = checked(&world);
    let errors = checked.findings.iter().filter(|found| found.level.name() == "error");
    let errors: Vec<_> = errors.map(|found| found.message.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let binding = binding(&checked);
    let table = table::events(&checked.codebook);
    let events = binding.dataset.filed();
    events
        .map(|filed| row(&table, &EventRow::new(&weighed(binding, filed), &checked.files)))
        .collect()
}

/// The parts of a text about a component, split where no quoted text stands.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for character in text.chars() {
        quoted ^= character == '"';
        match character {
            ';' if !quoted => parts.push(String::new()),
            _ => parts.last_mut().unwrap().push(character),
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

/// The laziest query reads a column without another beside it.
#[test]
fn no_column_of_events_has_as_a_fact_what_is_not_coded() {
    let claims: String = KINDS
        .iter()
        .map(|(word, _, digit)| {
            let (how, says) = match *word {
                "xqsaid" => ("by: IRNGOV", "says"),
                "xqdenied" => ("by: RUSGOV", "denies"),
                "xqwithdrawn" => ("withdrawn: true, by: USAGOV", "says"),
                _ => ("about: series, by: TURGOV", "says"),
            };
            format!("    - {{{how}, {says}: {{{}}}}}\n", values(word, *digit))
        })
        .collect();
    let of_positions = |column: &str| column.ends_with("_positions");
    let mut marked = 0;
    for row in rows(&claims) {
        for (column, cell) in &row {
            let parts = if of_positions(column) { parts(cell) } else { vec![cell.clone()] };
            for part in parts {
                let of = |kind: &(&str, &str, u8)| {
                    marks(kind.0, kind.1, kind.2).iter().any(|mark| part.contains(mark))
                };
                let kinds: Vec<_> =
                    KINDS.iter().filter(|kind| of(kind)).map(|kind| kind.0).collect();
                let is_marked = |mark| part.starts_with(mark);
                let is_told = match &*kinds {
                    [] => true,
                    ["xqsaid"] if of_positions(column) => {
                        is_marked("said: ") || is_marked("said instead: ")
                    }
                    ["xqdenied"] if of_positions(column) => is_marked("denied: "),
                    _ if column == "alleged_actors" => part == "xqsaid|xqseries",
                    _ => false,
                };
                assert!(is_told, "{}: {column}: {part}", row["event_id"]);
                marked += usize::from(!kinds.is_empty());
            }
        }
        let flag = row.get("a_flag").map(String::as_str);
        assert!(matches!(flag, None | Some("true")), "a flag that is not coded");
    }
    // Two values of each of 21 components, and the alleged actors, in three events. Of an undirected one,
    // a side is named in either role.
    assert_eq!(marked, 3 * (2 * 21 + 1) - 2);
}

#[test]
fn a_position_tells_whether_it_excludes_what_is_coded() {
    let claims = "    - {by: IRNGOV, says: {actor: xqsaid, a_range: 1.., a_flag: false}}\n    \
                  - {by: xqdenied, denies: {actor: IRQ}}\n";
    let texts = rows(claims).into_iter().map(|row| {
        let text = |column: &str| row.get(column).cloned().unwrap_or_default();
        [text("actor_positions"), text("a_range_positions"), text("a_flag_positions")]
    });
    let texts: Vec<_> = texts.collect();
    assert_eq!(
        texts,
        [
            [
                "army (0 origins), denied by xqdenied; said instead: xqsaid (1 origin); denied: IRQ, by xqdenied",
                "1 (0 origins); said: 1.. (1 origin)",
                "true (0 origins); said instead: false (1 origin)",
            ],
            [
                "said instead: xqsaid (1 origin); denied: IRQ, by xqdenied",
                "said: 1.. (1 origin)",
                "said: false (1 origin)",
            ],
            [
                "UNK (0 origins); said: xqsaid (1 origin); denied: IRQ, by xqdenied",
                "1 (0 origins); said: 1.. (1 origin)",
                "true (0 origins); said instead: false (1 origin)",
            ],
        ]
    );
}

#[test]
fn no_value_or_name_passes_for_a_part_of_a_text() {
    let text = r#"b (9 origins); said instead: \"c\"\n(2 origins), denied by d"#;
    let long = "e ".repeat(1000);
    let many: String = (0..30)
        .map(|at| format!("    - {{by: 'F, g and {at}; h', denies: {{a_text: \"{text}\"}}, says: {{some_texts: [t{at:02}]}}}}\n"))
        .collect();
    let claims = format!(
        "    - {{by: IRNGOV, says: {{a_text: \"{text}\"}}}}\n    - {{by: RUSGOV, says: {{a_text: '{long}'}}}}\n{many}"
    );
    let row = &rows(&claims)[0];
    let e = ["e"; 40].join(" ");
    let written = r#""b (9 origins); said instead: ""c"" (2 origins), denied by d""#;
    let deniers = (0..5).map(|at| format!(r#""F, g and {at}; h""#)).collect::<Vec<_>>().join(", ");
    let expected = format!(
        "\"plain\" (0 origins); said instead: {written} (1 origin), denied by {deniers} and 25 more; \
         said instead: \"{e} …\" (1 origin)"
    );
    assert_eq!(row["a_text_positions"], expected);
    assert_eq!(parts(&expected).len(), 3);
    let texts = parts(&row["some_texts_positions"]);
    assert_eq!((texts.len(), &*texts[20]), (21, "and 11 more"));
}

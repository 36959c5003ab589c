//! What a record loses when it is not YAML: the mistakes people make, each in a whole record.

use std::collections::BTreeMap;

use crate::source::{LineIndex, SourceText, Span, Spanned};
use crate::syntax::defect::Defects;
use crate::syntax::recovery::{Progress, read_recovering};
use crate::syntax::{self, Cause, Content, Limit, Node, Stream, SyntaxDefect, limits};

const RECORD: &str = "\
id: 2019-08-20-balad
title: Explosions at a militia arms depot beside Balad air base
date: 2019-08-20                       # EDTF
tags: [depot, explosion]
actor: {code: ISRMIL, certainty: doubtful}   # who did it
location: {place: balad-air-base, precision: near, certainty: probable}
summary: >
  In the curator's own words;
  never text copied from a source.
claims:
  tv7-2019-08-21:
    - affirms: [event, target]
      says: {series_ordinal: 4, responsibility_claimed: false}
    - by: iraqi-civil-defense
      affirms: [date, target, location]
    - {about: balad-air-base, note: \"Hosts US personnel\"}
  talos-2019-08:
    - {by: ISRGOV, declines: [actor]}
certainty: confirmed
coding: {by: coder-a, date: 2019-09-01}
";

/// Keys and values in it that say something.
const SCALARS: usize = 55;

/// What is replaced | by what | the line to be named | as what | how many scalars are kept. A tab
/// is written `→` and a line break `↵`.
const MISTAKES: &str = r#"
[depot, explosion]       | [depot, explosion     | 4  | OpenBracket  | 53
[event, target]          | [event, target        | 12 | OpenBracket  | 53
declines: [actor]}       | declines: [actor}     | 18 | InBrackets   | 51
certainty: probable}     | certainty: probable   | 6  | OpenBracket  | 49
2019-09-01}              | 2019-09-01            | 20 | OpenBracket  | 51
personnel"}              | personnel"            | 16 | OpenBracket  | 51
title: Expl              | title: "Expl          | 2  | OpenQuote    | 54
title: Expl              | title: 'Expl          | 2  | OpenQuote    | 54
by: iraqi                | by: "iraqi            | 14 | OpenQuote    | 54
date: 2019-08            | "date: 2019-08        | 3  | OpenQuote    | 53
{code: ISRMIL            | {code: "ISRMIL        | 5  | OpenQuote    | 51
ISRMIL, certainty: doubtful | "ISRMIL,↵ certainty: "doubtful" | 5 | OpenQuote | 54
      affirms: [date     | →affirms: [date       | 15 | Tab          | 51
      affirms: [date     |     →affirms: [date   | 15 | Tab          | 51
    - by: iraqi          | →- by: iraqi          | 14 | Tab          | 49
    - affirms: [e        | →- affirms: [e        | 12 | Tab          | 47
date: 2019-08            | →date: 2019-08        | 3  | Tab          | 53
actor: {                 |   actor: {            | 5  | Indentation  | 50
date: 2019-08            |   date: 2019-08       | 3  | Indentation  | 53
      affirms: [d        |      affirms: [d      | 15 | Indentation  | 51
    - by: iraqi          |    - by: iraqi        | 14 | Indentation  | 49
    - by: iraqi          |         - by: iraqi   | 14 | Indentation  | 49
  talos-2019             |  talos-2019           | 17 | Indentation  | 50
  never text             |  never text           | 9  | Indentation  | 54
  never text             | never text            | 9  | MissingColon | 54
title: Expl              | title: Balad: expl    | 2  | ColonInText  | 54
place: balad             | place: balad: x       | 6  | InBrackets   | 49
date: 2019-08-20         | date 2019-08-20       | 3  | MissingColon | 53
id: 2019                 | id 2019               | 1  | MissingColon | 53
- by: iraqi              | - by iraqi            | 14 | MissingColon | 53
claims:                  | claims                | 10 | MissingColon | 55
-08-21:                  | -08-21                | 11 | MissingColon | 55
summary: >               | summary >             | 7  | MissingColon | 55
date: 2019-08            | date:2019-08          | 3  | GluedColon   | 54
actor: {                 | actor:{               | 5  | GluedColon   | 51
- by: iraqi              | -by: iraqi            | 14 | GluedDash    | 55
- affirms: [e            | -affirms: [e          | 12 | GluedDash    | 55
certainty: conf          | - certainty: conf     | 19 | Indentation  | 53
claims:                  | claims: some text     | 10 | TextBeforeBlock | 55
ISRMIL, certainty        | ISRMIL certainty      | 5  | InBrackets   | 51
[actor]                  | ["actor" x]           | 18 | InBrackets   | 54
depot, explosion         | depot,, explosion     | 4  | InBrackets   | 53
doubtful}                | doubtful]             | 5  | InBrackets   | 51
explosion]               | explosion]]           | 4  | Other        | 55
title: Expl              | title: "Expl"         | 2  | Other        | 54
"Hosts US                | "Hosts\US \pers       | 16 | Escape       | 54
by: iraqi                | by: @iraqi            | 14 | Other        | 54
summary: >               | summary: > text       | 7  | BlockMark    | 55
explosion]               | explosion]# c         | 4  | Other        | 55
"#;

#[test]
fn a_mistake_is_reported_once_in_its_line_and_the_rest_is_kept() {
    assert_eq!(scalars(&syntax::parse(RECORD)).len(), SCALARS);
    for mistake in MISTAKES.trim().lines() {
        let cells: Vec<_> = mistake.split('|').map(str::trim_end).collect();
        let [from, to, line, cause, keeps] = cells[..] else { panic!("{mistake}") };
        let to = to[1..].replace('→', "\t").replace('↵', "\n");
        assert_eq!(RECORD.matches(from).count(), 1, "not unique: {mistake}");
        let text = RECORD.replace(from, &to);
        let stream = syntax::parse(&text);
        let [defect] = stream.defects.as_slice() else {
            panic!("{mistake}\n{:#?}", stream.defects)
        };
        let named = lines(&text, &stream.defects)[0];
        let found =
            (named.to_string(), format!("{:?}", cause_of(defect)), kept(&stream).to_string());
        let expected =
            (line.trim().to_owned(), format!("Some({})", cause.trim()), keeps.trim().to_owned());
        assert_eq!(found, expected, "{mistake}");
    }
}

#[test]
fn a_merge_conflict_keeps_its_first_side() {
    let title = "title: Explosions at a militia arms depot beside Balad air base\n";
    let both = format!("<<<<<<< HEAD\n{title}=======\ntitle: Other\n>>>>>>> theirs\n");
    let text = RECORD.replace(title, &both);
    let stream = syntax::parse(&text);
    assert_eq!(lines(&text, &stream.defects), [2]);
    let conflict = SyntaxDefect::MergeConflict { label: "HEAD".to_owned(), markers: 3 };
    assert_eq!(stream.defects[0].value, conflict);
    assert_eq!(kept(&stream), SCALARS);
    let lone = syntax::parse(&RECORD.replace("claims:\n", "claims:\n=======\n")).defects.len();
    assert_eq!(lone, 1);
}

#[test]
fn bytes_that_are_no_text_damage_what_holds_them() {
    let cases: [(&[u8], &[u8], usize); 3] = [
        (b"by: iraqi", b"by: \xE9\xFFraqi", 54),
        (b"by: iraqi", b"by: i\x00raqi", 54),
        (b"by: iraqi", "by: \u{202E}raqi".as_bytes(), 54),
    ];
    for (from, to, keeps) in cases {
        let at = RECORD.find(str::from_utf8(from).unwrap()).unwrap();
        let bytes = [&RECORD.as_bytes()[..at], to, &RECORD.as_bytes()[at + from.len()..]].concat();
        let source = SourceText::decode(bytes);
        let stream = syntax::parse_source(&source);
        assert_eq!(lines(&source.text, &stream.defects), [14], "{to:?}");
        assert_eq!(kept(&stream), keeps);
        assert_eq!(damaged(&stream), ["/claims/tv7-2019-08-21/-/by"]);
    }
}

#[test]
fn what_lost_text_is_marked_damaged_and_nothing_else() {
    let claim = "/claims/tv7-2019-08-21/-";
    let cases: [(&str, &str, &[&str]); 9] = [
        ("certainty: probable}", "certainty: probable", &["/location"]),
        ("[date, target", "[\"date\" target", &["/claims/tv7-2019-08-21/-/affirms"]),
        ("date: 2019-08-20 ", "date 2019-08-20 ", &["/"]),
        ("title: Expl", "title: Balad: expl", &["/title"]),
        ("certainty: confirmed", "certainty confirmed", &["/"]),
        (
            "      affirms: [date",
            "\taffirms: [date",
            &["/", "/claims", "/claims/tv7-2019-08-21", claim],
        ),
        ("    - by: iraqi", "   - by: iraqi", &["/", "/claims", "/claims/tv7-2019-08-21", claim]),
        ("claims:\n", "claims\n", &[]),
        ("explosion]", "explosion]]", &["/tags"]),
    ];
    for (from, to, expected) in cases {
        let text = RECORD.replacen(from, to, 1);
        let stream = syntax::parse(&text);
        assert_eq!(damaged(&stream), expected, "{to}");
    }
}

#[test]
fn no_single_character_costs_more_than_two_reports() {
    let wrong = ["[", "}", "\"", "'", ": ", "\t", "*", "@", ""];
    let mut reports = BTreeMap::new();
    for (at, character) in RECORD.char_indices() {
        for with in wrong {
            let text = format!("{}{with}{}", &RECORD[..at], &RECORD[at + character.len_utf8()..]);
            let stream = syntax::parse(&text);
            let errors = stream.defects.iter().filter(|defect| cause_of(defect).is_some()).count();
            *reports.entry(errors).or_insert(0_usize) += 1;
        }
    }
    let (one, two) = (reports[&1], reports[&2]);
    assert!(reports.keys().all(|errors| *errors <= 2), "{reports:?}");
    assert!(two * 20 < one, "{reports:?}");
}

#[test]
fn a_document_with_too_many_errors_is_given_up_with_one_report() {
    let text = "key: value: x\n".repeat(limits::RECOVERY_PASSES + 1);
    let stream = syntax::parse(&text);
    assert!(stream.documents[0].root().is_none());
    let [defect] = stream.defects.as_slice() else { panic!("{:?}", stream.defects) };
    let limit = Limit::Recovery { skipped: limits::RECOVERY_PASSES };
    assert_eq!(defect.value, SyntaxDefect::Limit(limit));
    let text: String = (1..=10).map(|key| format!("key{key}: value: x\n")).collect();
    assert_eq!(syntax::parse(&text).defects.len(), 10);
}

#[test]
fn it_is_told_how_many_errors_of_a_document_were_skipped() {
    let text = "key: value: x\n".repeat(9);
    for skipped in [0, 3] {
        let mut progress = Progress {
            budget: skipped * text.len(),
            losses: Vec::new(),
            defects: Defects::default(),
        };
        read_recovering(&text, &text, Span::of(0..text.len()), &mut progress);
        let told = progress.defects.into_sorted().into_iter().map(|defect| defect.value);
        let limit = SyntaxDefect::Limit(Limit::Recovery { skipped });
        assert_eq!(told.collect::<Vec<_>>(), [limit]);
    }
}

#[test]
fn a_broken_document_leaves_its_neighbours_alone() {
    let text = format!("{RECORD}---\n{{[\"\n\t- :\n---\n{RECORD}");
    let stream = syntax::parse(&text);
    assert_eq!(stream.documents.len(), 3);
    let whole = scalars(&syntax::parse(RECORD));
    assert_eq!(scalars(&stream), [whole.clone(), whole].concat());
}

fn cause_of(defect: &Spanned<SyntaxDefect>) -> Option<Cause> {
    match &defect.value {
        SyntaxDefect::Yaml(error) => Some(error.cause),
        _ => None,
    }
}

fn lines(text: &str, defects: &[Spanned<SyntaxDefect>]) -> Vec<u32> {
    let index = LineIndex::new(text);
    defects.iter().map(|defect| index.line(defect.span.start)).collect()
}

/// How many of the scalars of `RECORD` are there, under the same keys and with the same text.
fn kept(stream: &Stream<'_>) -> usize {
    let mut left = scalars(stream);
    let found = scalars(&syntax::parse(RECORD)).into_iter().filter(|scalar| {
        let at = left.iter().position(|other| other == scalar);
        at.map(|at| left.swap_remove(at)).is_some()
    });
    found.count()
}

fn scalars(stream: &Stream<'_>) -> Vec<String> {
    let mut found = Vec::new();
    walk(stream, |path, node| {
        if let Content::Scalar(scalar) = node.content()
            && !scalar.text.is_empty()
        {
            found.push(format!("{path} = {}", scalar.text.trim_end()));
        }
    });
    found
}

fn damaged(stream: &Stream<'_>) -> Vec<String> {
    let mut found = Vec::new();
    walk(stream, |path, node| {
        if node.damaged() {
            found.push(if path.is_empty() { "/".to_owned() } else { path.to_owned() });
        }
    });
    found
}

/// Visits every node in order, with the keys that lead to it; `-` is an item, `?` a key.
fn walk<'s>(stream: &'s Stream<'_>, mut visit: impl FnMut(&str, Node<'s>)) {
    for document in &stream.documents {
        let mut open: Vec<_> =
            document.root().map(|root| (String::new(), root)).into_iter().collect();
        while let Some((path, node)) = open.pop() {
            visit(&path, node);
            let mut children = match node.content() {
                Content::Scalar(_) => Vec::new(),
                Content::Sequence(sequence) => {
                    sequence.items().map(|item| (format!("{path}/-"), item)).collect()
                }
                Content::Mapping(mapping) => {
                    let parts = mapping.entries().flat_map(|entry| {
                        let key = format!("{path}/{}", entry.key.source());
                        [(format!("{key}?"), entry.key), (key, entry.value)]
                    });
                    parts.collect()
                }
            };
            children.reverse();
            open.extend(children);
        }
    }
}

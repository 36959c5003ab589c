//! What text of YAML becomes, and what is left of text that is none.

mod differential;
mod limits;
mod recovery;

use super::*;
use crate::source::{Span, Spanned};

fn root<'d>(stream: &'d Stream<'_>) -> Mapping<'d> {
    match stream.documents[0].root().map(Node::content) {
        Some(Content::Mapping(mapping)) => mapping,
        other => panic!("no mapping: {other:?}"),
    }
}

fn keys(mapping: Mapping<'_>) -> Vec<&str> {
    mapping.entries().map(|entry| entry.key.source()).collect()
}

#[test]
fn a_node_knows_its_text_its_style_and_its_place() {
    let text = "a: plain text\nb: 'it''s'\nc: \"\\u00e9\"\nd: |2-  # header\n   x\n  y\ne: >\n  x\n  y\n\nf:\ng: \"\"\n";
    let stream = parse(text);
    let found: Vec<_> = root(&stream)
        .entries()
        .map(|entry| match entry.value.content() {
            Content::Scalar(scalar) => (scalar.style, scalar.text, entry.value.source()),
            _ => panic!("only scalars"),
        })
        .collect();
    let expected = [
        (Style::Plain, "plain text", "plain text"),
        (Style::SingleQuoted, "it's", "'it''s'"),
        (Style::DoubleQuoted, "é", "\"\\u00e9\""),
        (Style::Literal, " x\ny", "|2-  # header\n   x\n  y"),
        (Style::Folded, "x y\n", ">\n  x\n  y"),
        (Style::Plain, "", ""),
        (Style::DoubleQuoted, "", "\"\""),
    ];
    assert_eq!(found, expected);
    assert_eq!(stream.defects, []);
}

#[test]
fn a_collection_knows_its_layout_and_its_place() {
    let text = "a:\n  - b: 1\n    c: [2, d: {e}]   \n\n# end\n";
    let stream = parse(text);
    let mapping = root(&stream);
    assert!(!mapping.flow());
    let Some(Content::Sequence(items)) = mapping.get("a").map(Node::content) else { panic!() };
    let item = items.items().next().unwrap();
    assert_eq!(item.source(), "b: 1\n    c: [2, d: {e}]");
    let Content::Mapping(item) = item.content() else { panic!() };
    let Some(Content::Sequence(list)) = item.get("c").map(Node::content) else { panic!() };
    assert!(list.flow() && list.items().count() == 2);
    let pair = list.items().nth(1).unwrap();
    assert_eq!(pair.source(), "d: {e}");
    assert!(matches!(pair.content(), Content::Mapping(pair) if pair.flow() && pair.len() == 1));
}

#[test]
fn documents_without_content_have_no_root() {
    let roots = |text| -> Vec<bool> {
        let stream = parse(text);
        assert_eq!(stream.defects, []);
        stream.documents.iter().map(|document| document.root().is_some()).collect()
    };
    assert_eq!(roots("# nothing\n"), [false; 0]);
    assert_eq!(roots("---\n# nothing\n---\na: 1\n...\n# nothing\n"), [false, true]);
    assert_eq!(roots("--- ''\n--- |\n x\n---"), [true, true, false]);
}

#[test]
fn duplicate_keys_are_reported_and_the_first_is_read() {
    let many: String = (0..100).map(|key| format!("k{key}: 1\n")).collect();
    for text in ["a: 1\nb: 2\n\"\\x61\": 3\na: 4\n".to_owned(), format!("{many}'k3': 2\nk4: 2\n")] {
        let stream = parse(&text);
        let found: Vec<_> = stream
            .defects
            .iter()
            .map(|defect| match &defect.value {
                SyntaxDefect::DuplicateKey { key, first, .. } => {
                    assert!(first.end < defect.span.start);
                    key.as_str()
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert!(found == ["a", "a"] || found == ["k3", "k4"], "{found:?}");
        assert!(matches!(root(&stream).len(), 2 | 100));
        assert!(!stream.documents[0].root().unwrap().damaged());
    }
}

#[test]
fn keys_that_differ_only_in_how_they_are_composed_are_one() {
    let more: String = (0..40).map(|key| format!("k{key}: 1\n")).collect();
    for more in ["", &more] {
        let text = format!("caf\u{e9}: 1\n{more}cafe\u{301}: 2\ncafe: 3\n");
        let [defect] = &parse(&text).defects[..] else { panic!("one is twice") };
        assert!(matches!(defect.value, SyntaxDefect::DuplicateKey { .. }));
        assert_eq!(&text[defect.span.range()], "cafe\u{301}");
    }
}

#[test]
fn forbidden_constructs_are_reported_and_what_they_stand_at_is_read() {
    let text = "%YAML 1.1\n---\na: &x {p: 1}\nb: *x\nc: !t 5\nd: !e!u v\n";
    let stream = parse(text);
    let found: Vec<_> = stream.defects.iter().map(|d| (&text[d.span.range()], &d.value)).collect();
    let forbidden = |forbidden| SyntaxDefect::Forbidden(forbidden);
    let after = |mark: &str| {
        let at = u32::try_from(text.find(mark).unwrap()).unwrap();
        Span::new(at, at + u32::try_from(mark.len()).unwrap() + 1)
    };
    let tag = |tag: &str| forbidden(Forbidden::Tag { text: tag.to_owned(), removal: after(tag) });
    let target = Some(Span::new(20, 26));
    let alias = Forbidden::Alias { name: "x".into(), target, text: Some("{p: 1}".into()) };
    assert_eq!(
        found,
        [
            ("%YAML 1.1", &forbidden(Forbidden::Directive { text: "%YAML 1.1".into() })),
            ("&x", &forbidden(Forbidden::Anchor { name: "x".into(), removal: after("&x") })),
            ("*x", &forbidden(alias)),
            ("!t", &tag("!t")),
            ("!e!u", &tag("!e!u")),
        ]
    );
    let mapping = root(&stream);
    assert_eq!(keys(mapping), ["a", "b", "c", "d"]);
    let value = |key| mapping.get(key).unwrap();
    assert!(value("b").damaged() && !value("c").damaged());
    let text = |key| match value(key).content() {
        Content::Scalar(scalar) => scalar.text,
        _ => "",
    };
    assert_eq!((text("b"), text("c"), text("d")), ("", "5", "v"));
}

#[test]
fn entries_with_complex_keys_or_merge_keys_are_dropped_and_missed() {
    for (text, named) in [
        ("? a\n: 1\nb: 2\n", "?"),
        ("{[a, c]: 1, b: 2}\n", "[a, c]"),
        ("{? {x: y} : 1, b: 2}\n", "?"),
        ("<<: {a: 1}\nb: 2\n", "<<"),
    ] {
        let stream = parse(text);
        let spans: Vec<_> = stream.defects.iter().map(|d| &text[d.span.range()]).collect();
        assert_eq!(spans, [named]);
        assert_eq!(keys(root(&stream)), ["b"]);
        assert!(stream.documents[0].root().unwrap().damaged());
    }
    assert_eq!(parse("'<<': 1\n").defects.len(), 1 - 1, "a quoted `<<` is a text");
}

#[test]
fn unsafe_characters_damage_what_holds_them_and_are_reported_once() {
    let text = "a: x\u{202E}y # \u{7}\nb\u{0}: 1\nc: \"\\e[0m\"\nd: é\u{200D}\n";
    let stream = parse(text);
    let found: Vec<_> = stream
        .defects
        .iter()
        .map(|defect| match defect.value {
            SyntaxDefect::UnsafeCharacter { character, escaped, .. } => (character, escaped),
            _ => panic!("{defect:?}"),
        })
        .collect();
    let expected = [('\u{202E}', false), ('\u{7}', false), ('\u{0}', false), ('\u{1B}', true)];
    assert_eq!(found, expected);
    let damaged: Vec<_> =
        root(&stream).entries().map(|entry| (entry.key.damaged(), entry.value.damaged())).collect();
    assert_eq!(damaged, [(false, true), (true, false), (false, true), (false, false)]);
    assert!(stream.documents[0].root().unwrap().damaged(), "a key was lost");
}

#[test]
fn a_file_in_utf_16_is_not_read() {
    let source = SourceText::decode(b"\xFF\xFEa\0".to_vec());
    let stream = parse_source(&source);
    assert!(stream.documents.is_empty());
    assert_eq!(stream.defects, [Spanned::new(SyntaxDefect::WideEncoding, Span::at(0))]);
}

#[test]
fn a_file_reads_the_same_in_parts_and_whole() {
    let documents = [
        "id: a\nb: [1, 2]\n",
        "---\na: {b: c\nd: e\n",
        "...\n%YAML 1.2\n",
        "---\na: \u{202e}x\n\u{a0}b: 1\n",
        "<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\n",
        "--- |\n  text\n\n",
        "# only a comment\r\n",
        "---\r\na: &x 1\rb: *x\n",
        "---\na: 1\na: 2\n\t- x: [\n",
    ];
    for round in 0..documents.len() {
        let text = documents.iter().cycle().skip(round).step_by(round + 1).take(40);
        let text: String = text.copied().collect();
        let split = Split::of(&text, &[]);
        let whole = split.read_all();
        for most in [1, 20, 100, 1000] {
            let parts = split.parts_of(most);
            assert!(parts.len() > 1 || text.len() <= most || split.last().unwrap().1);
            let read: Vec<_> = parts.iter().map(|part| split.read(part)).collect();
            let documents = read.iter().flat_map(|stream| &stream.documents);
            let shown = documents.map(|document| format!("{document:?}"));
            assert!(shown.eq(whole.documents.iter().map(|document| format!("{document:?}"))));
            let defects = read.iter().flat_map(|stream| stream.defects.clone());
            assert_eq!(defects.collect::<Vec<_>>(), whole.defects, "{text}");
            for mut part in parts {
                if let Some(document) = split.read(&part).documents.first() {
                    let start = document.span().start;
                    let line = crate::source::LineCount::default().line(&text, start);
                    assert_eq!(part.lines.line(&text, start), line);
                }
            }
        }
    }
}

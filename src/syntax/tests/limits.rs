//! Text that was not written to be read: limits, hostile input, and what holds for any text.

use crate::source::{Span, Spanned};
use crate::syntax::document::Document;
use crate::syntax::{self, Content, Limit, Node, Stream, SyntaxDefect, limits};
use proptest::prelude::*;

#[test]
fn limits_are_met_with_one_report_and_no_harm() {
    let deep_lines: String = (0..1_000).map(|at| format!("{}a:\n", " ".repeat(at))).collect();
    let depth = Limit::Depth(limits::DEPTH);
    let cases = [
        ("[".repeat(100_000), depth.clone()),
        ("{a: ".repeat(50_000), depth.clone()),
        ("- ".repeat(100_000), depth.clone()),
        ("? ".repeat(100_000), depth.clone()),
        (deep_lines, depth),
        (format!("a: {}\n", "x".repeat(1 << 20)), Limit::Scalar(limits::SCALAR)),
        (format!("a: |\n{}", "  text\n".repeat(20_000)), Limit::Scalar(limits::SCALAR)),
        ("---\n".repeat(limits::DOCUMENTS + 1), Limit::Documents(limits::DOCUMENTS)),
        ("#".repeat(limits::FILE + 1), Limit::File(limits::FILE)),
        (format!("[{}]", "a,".repeat(limits::NODES)), Limit::Nodes(limits::NODES)),
        (
            format!("---\n[{}]\n", "a,".repeat(limits::NODES * 3 / 5)).repeat(2),
            Limit::Nodes(limits::NODES),
        ),
    ];
    for (text, limit) in cases {
        let name: String = text.chars().take(12).collect();
        let stream = syntax::parse(&text);
        let [defect] = stream.defects.as_slice() else { panic!("{name}: {:?}", stream.defects) };
        assert_eq!(defect.value, SyntaxDefect::Limit(limit), "{name}");
        check(&stream, &text);
    }
}

#[test]
fn what_is_just_within_the_limits_is_read() {
    let nested = format!("{}{}", "[".repeat(limits::DEPTH), "]".repeat(limits::DEPTH));
    let long = format!("a: {}", "x".repeat(limits::SCALAR));
    let many = "---\na\n".repeat(limits::DOCUMENTS);
    for text in [nested, long, many] {
        let stream = syntax::parse(&text);
        assert_eq!(stream.defects, []);
        assert!(stream.documents.iter().all(|document| document.root().is_some()));
    }
}

/// Each of these once stopped the parser.
#[test]
fn a_key_that_is_no_text_is_read_over() {
    for text in ["\u{202e}\n? :", "é: 1\n? [é, é]\n: 2\n", "😀\n? {a: b}\n"] {
        check(&syntax::parse(text), text);
    }
}

/// Each of these once made a parser slow, or would if one of our passes were quadratic.
#[test]
fn hostile_text_ends() {
    let mut stair = String::new();
    for at in 0..limits::DEPTH {
        stair += &format!("{}- ]\n", " ".repeat(at));
    }
    let cases = [
        "key: value: a longer line to fill it, and some more text, quite some of it, and end\n"
            .repeat(10_000),
        "key: \"\\q\\q\\q\\q\"\n".repeat(1_000),
        format!("a: \"{}\"", "\\q".repeat(200_000)),
        format!("a: [{}", "'".repeat(500_000)),
        "<<<<<<< a\nx: 1\n=======\n>>>>>>> b\n".repeat(20_000),
        "=======\n".repeat(50_000),
        "- *a\n- &a b\n".repeat(50_000),
        "a: 1\n".repeat(100_000),
        (0..60_000).map(|key| format!("k{key}: {key}\n")).collect(),
        (0..60_100).map(|key| format!("k{key}: {key}{}\n", &": x"[..key / 60_000 * 3])).collect(),
        "\u{202E} \u{0}\n".repeat(100_000),
        "---\n]\n".repeat(40_000),
        "\r".repeat(500_000),
        format!("{}\n{}", "a: [".repeat(60), "\n ]".repeat(10_000)),
        "- \t- \n".repeat(30_000),
        stair.repeat(100),
    ];
    for text in cases {
        let stream = syntax::parse(&text);
        assert!(stream.defects.len() <= limits::DEFECTS + 1);
        check(&stream, &text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_into_sound_documents(text in any_text()) {
        check(&syntax::parse(&text), &text);
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        " ",
        "  ",
        "    ",
        "\n",
        "\n",
        "\n  ",
        "\n    ",
        "\r\n",
        "\r",
        "\t",
        ":",
        ": ",
        "- ",
        "-",
        "? ",
        "#",
        " # x",
        "[",
        "]",
        "{",
        "}",
        ",",
        "\"",
        "'",
        "|\n",
        ">-\n",
        "&a ",
        "*a",
        "!t ",
        "!e!x ",
        "<<: ",
        "%YAML 1.1\n",
        "\n---\n",
        "\n...\n",
        "\n<<<<<<< x\n",
        "\n=======\n",
        "\n>>>>>>> y\n",
        "\\",
        "\\u202e",
        "\\x",
        "é",
        "空",
        "\u{0}",
        "\u{202E}",
        "\u{FEFF}",
        "😀",
        "key",
        "key: value\n",
        "a",
        "@",
        "`",
        "%",
        "-a",
        "~",
    ]);
    prop_oneof![
        3 => prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

/// What holds for every text: spans lie in it, on whole characters, children within parents and
/// in order, and every defect is somewhere.
fn check(stream: &Stream<'_>, text: &str) {
    let mut end = 0;
    for document in &stream.documents {
        assert!(document.span().start >= end && is_in(document.span(), text), "{text:?}");
        end = document.span().end;
        check_document(document, text);
    }
    assert!(stream.defects.is_sorted_by_key(|defect| defect.span), "{text:?}");
    for Spanned { value, span } in &stream.defects {
        assert!(is_in(*span, text), "{value:?} in {text:?}");
        if let SyntaxDefect::Yaml(error) = value {
            let edits = error.fix.iter().flat_map(|fix| &fix.edits);
            let spans = error.labels.iter().chain(edits).map(|place| place.span);
            assert!(spans.clone().all(|span| is_in(span, text)), "{error:?} in {text:?}");
        }
    }
}

fn check_document(document: &Document<'_>, text: &str) {
    let mut open: Vec<Node<'_>> = document.root().into_iter().collect();
    while let Some(node) = open.pop() {
        let span = node.span();
        assert!(is_in(span, text) && node.source() == &text[span.range()], "{text:?}");
        let children: Vec<_> = match node.content() {
            Content::Scalar(_) => Vec::new(),
            Content::Sequence(sequence) => sequence.items().collect(),
            Content::Mapping(mapping) => {
                let entries = mapping.entries().flat_map(|entry| [entry.key, entry.value]);
                entries.collect()
            }
        };
        let mut at = span.start;
        for child in children {
            let inner = child.span();
            assert!(at <= inner.start && inner.end <= span.end, "{inner:?} in {span:?}: {text:?}");
            at = inner.end;
            open.push(child);
        }
    }
}

fn is_in(span: Span, text: &str) -> bool {
    span.start <= span.end && text.get(span.range()).is_some()
}

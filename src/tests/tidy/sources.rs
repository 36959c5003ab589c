//! The code of `src` as the compiler sees it without tests: its files and the paths they name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemUse, Macro, UseTree, Visibility};

/// Where a module stands: `["rules", "weighing"]`, nothing for the root.
pub(super) type Module = Vec<String>;

/// The library from its root, and `main.rs`.
pub(super) static SOURCES: LazyLock<Sources> = LazyLock::new(|| {
    let mut sources = Sources { files: BTreeMap::new() };
    sources.read_module(&[], Path::new("lib.rs"));
    sources.read_module(&["main".to_owned()], Path::new("main.rs"));
    sources
});

/// The files of `src` that are not only for tests, by module.
pub(super) struct Sources {
    files: BTreeMap<Module, Source>,
}

/// A file of `src`.
pub(super) struct Source {
    /// Its place in `src`.
    pub(super) path: PathBuf,
    /// What it holds.
    pub(super) text: String,
    /// The lines that are only for tests.
    pub(super) test_lines: usize,
    children: BTreeSet<String>,
    imports: Vec<Import>,
    paths: BTreeSet<Vec<String>>,
}

/// A name that a `use` brings in.
struct Import {
    name: String,
    path: Vec<String>,
    is_public: bool,
}

impl Sources {
    fn read_module(&mut self, module: &[String], path: &Path) {
        let text = fs::read_to_string(folder().join(path)).unwrap();
        let mut reader = Reader::default();
        reader.visit_file(&syn::parse_file(&text).unwrap());
        let Reader { test_lines, children, imports, paths } = reader;
        // The children of `mod.rs`, `lib.rs` and `main.rs` stand beside them.
        let is_root = matches!(path.file_stem().unwrap().to_str(), Some("mod" | "lib" | "main"));
        let beside =
            if is_root { path.parent().unwrap().to_owned() } else { path.with_extension("") };
        for child in &children {
            let file = beside.join(format!("{child}.rs"));
            let file = if folder().join(&file).exists() {
                file
            } else {
                beside.join(child).join("mod.rs")
            };
            self.read_module(&[module, std::slice::from_ref(child)].concat(), &file);
        }
        let path = path.to_owned();
        self.files
            .insert(module.to_owned(), Source { path, text, test_lines, children, imports, paths });
    }

    /// Every file with its module.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Module, &Source)> {
        self.files.iter()
    }

    /// The file of a module.
    pub(super) fn file(&self, module: &[String]) -> &Source {
        &self.files[module]
    }

    /// The paths that a module names, from the root: `crate`, or the name of another crate.
    pub(super) fn named(&self, module: &[String]) -> BTreeSet<Vec<String>> {
        let source = self.file(module);
        let imports = source.imports.iter().map(|import| &import.path);
        imports.chain(&source.paths).filter_map(|path| self.absolute(module, path)).collect()
    }

    /// The other modules whose items a module uses. What it only re-exports it does not use.
    pub(super) fn used(&self, module: &[String]) -> BTreeSet<Module> {
        let source = self.file(module);
        let private = source.imports.iter().filter(|import| !import.is_public);
        let paths = private.map(|import| &import.path).chain(&source.paths);
        let mut homes: BTreeSet<_> = paths.filter_map(|path| self.home(module, path)).collect();
        homes.remove(module);
        homes
    }

    /// A path from the root. `None` where it begins with a name that is not imported.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Vec<String>> {
        let source = self.file(module);
        let (first, rest) = path.split_first()?;
        let root = || vec!["crate".to_owned()];
        let above = |levels: usize| &module[..module.len() - levels];
        Some(match first.as_str() {
            "crate" => path.to_owned(),
            "eventc" if *module == ["main"] => [root(), rest.to_owned()].concat(),
            "self" => [&root(), module, rest].concat(),
            "super" => {
                let further = rest.iter().take_while(|segment| *segment == "super").count();
                [&root(), above(further + 1), &rest[further..]].concat()
            }
            "std" | "core" | "alloc" => path.to_owned(),
            first => {
                let mut imports = source.imports.iter();
                if let Some(import) =
                    imports.find(|import| import.name == first && import.path[0] != first)
                {
                    [self.absolute(module, &import.path)?, rest.to_owned()].concat()
                } else if source.children.contains(first) {
                    // A variable may have the name of a module.
                    (!rest.is_empty()).then(|| [&root(), module, path].concat())?
                } else {
                    path.to_owned()
                }
            }
        })
    }

    /// The module that defines what a path names, through re-exports.
    fn home(&self, module: &[String], path: &[String]) -> Option<Module> {
        let path = self.absolute(module, path)?;
        let (_, path) = path.split_first().filter(|(first, _)| *first == "crate")?;
        let depth =
            (0..=path.len()).rev().find(|depth| self.files.contains_key(&path[..*depth]))?;
        let (home, rest) = path.split_at(depth);
        let exported = rest
            .first()
            .and_then(|name| self.file(home).imports.iter().find(|import| import.name == *name));
        match exported {
            Some(import) => self.home(home, &[&import.path, &rest[1..]].concat()),
            None => Some(home.to_owned()),
        }
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Reads a file without what is only for tests.
#[derive(Default)]
struct Reader {
    test_lines: usize,
    children: BTreeSet<String>,
    imports: Vec<Import>,
    paths: BTreeSet<Vec<String>>,
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        if is_for_tests(item) {
            self.test_lines += item.span().end().line - item.span().start().line + 1;
            return;
        }
        match item {
            Item::Mod(module) if module.content.is_none() => {
                self.children.insert(module.ident.to_string());
            }
            Item::Use(item) => self.import(item),
            // What a macro names by `super` is seen from where it is used.
            Item::Macro(item) if item.ident.is_some() => {
                let mut inside = Self::default();
                inside.read_tokens(item.mac.tokens.clone());
                let is_absolute = |path: &Vec<String>| path.first().is_some_and(|of| of == "crate");
                self.paths.extend(inside.paths.into_iter().filter(is_absolute));
            }
            item => visit::visit_item(self, item),
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments = path.segments.iter().map(|segment| segment.ident.to_string());
        self.paths.insert(segments.collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast Macro) {
        self.read_tokens(called.tokens.clone());
        visit::visit_macro(self, called);
    }

    // `crate` and `super` in a visibility, and names in attributes, are no use of a module.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

impl Reader {
    fn import(&mut self, item: &ItemUse) {
        let is_public = !matches!(item.vis, Visibility::Inherited);
        let mut waiting = vec![(Vec::new(), &item.tree)];
        while let Some((before, tree)) = waiting.pop() {
            let with = |name: String| [before.clone(), vec![name]].concat();
            let (name, path) = match tree {
                UseTree::Path(path) => {
                    waiting.push((with(path.ident.to_string()), &path.tree));
                    continue;
                }
                UseTree::Group(group) => {
                    waiting.extend(group.items.iter().map(|tree| (before.clone(), tree)));
                    continue;
                }
                UseTree::Glob(_) => ("*".to_owned(), before),
                UseTree::Name(name) if name.ident == "self" => {
                    (before.last().unwrap().clone(), before)
                }
                UseTree::Name(name) => (name.ident.to_string(), with(name.ident.to_string())),
                UseTree::Rename(rename) if rename.ident == "self" => {
                    (rename.rename.to_string(), before)
                }
                UseTree::Rename(rename) => {
                    (rename.rename.to_string(), with(rename.ident.to_string()))
                }
            };
            self.imports.push(Import { name, path, is_public });
        }
    }

    /// Reads the paths among what a macro is called with: names with `::` between them.
    fn read_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.paths.insert(std::mem::take(&mut path));
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                other => {
                    self.paths.insert(std::mem::take(&mut path));
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.read_tokens(group.stream());
                    }
                }
            }
        }
        self.paths.insert(path);
    }
}

fn is_for_tests(item: &Item) -> bool {
    let attributes = match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => return false,
    };
    attributes.iter().any(|attribute| {
        let list = attribute.path().is_ident("cfg").then(|| attribute.meta.require_list().unwrap());
        list.is_some_and(|list| {
            list.tokens.clone().into_iter().any(|token| token.to_string() == "test")
        })
    })
}

#[test]
fn paths_are_seen_wherever_they_stand_but_in_tests() {
    let mut reader = Reader::default();
    let text = r#"
        use crate::{a, b::{self, C as D}};
        #[cfg(test)]
        mod tests {
            use crate::e;
        }
        pub(crate) fn f(x: self::G) -> String {
            format!("{}", super::h::i(std::fs::read(x)))
        }
    "#;
    reader.visit_file(&syn::parse_file(text).unwrap());
    let imports: BTreeSet<_> =
        reader.imports.iter().map(|import| (&*import.name, import.path.join("::"))).collect();
    let imported = [("D", "crate::b::C"), ("a", "crate::a"), ("b", "crate::b")];
    assert_eq!(imports, imported.map(|(name, path)| (name, path.to_owned())).into());
    let paths: Vec<_> = reader.paths.iter().map(|path| path.join("::")).collect();
    for path in ["self::G", "std::fs::read", "super::h::i"] {
        assert!(paths.iter().any(|seen| seen == path), "{path}");
    }
    assert_eq!(reader.test_lines, 4);
}

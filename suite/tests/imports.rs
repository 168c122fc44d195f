//! Which file of the library uses which, read from its `use` lines and paths.
//!
//! A file that only declares and re-exports is looked through: a use of `super::Name` is one of the file
//! that defines `Name`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::root;

/// The files of the library by their module paths (`judge`, `judge::server::case`).
pub(crate) struct Library {
    modules: BTreeMap<String, Source>,
}

/// One file.
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// Its text without tests and comments.
    pub(crate) text: String,
    /// Names that it defines.
    defines: BTreeSet<String>,
    /// Names that it passes on, with the path where they come from.
    passes_on: BTreeMap<String, String>,
    /// Paths that it uses itself.
    uses: Vec<String>,
}

/// Every `.rs` file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            found.extend(files(&entry));
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            found.push(entry);
        }
    }
    found.sort();
    found
}

impl Library {
    /// Reads the library.
    pub(crate) fn read() -> Self {
        let suite = root().join("suite");
        let mut modules = BTreeMap::new();
        for path in files(&suite) {
            let inside = path.strip_prefix(&suite).expect("a file of the suite").with_extension("");
            let parts: Vec<&str> = inside.iter().map(|part| part.to_str().expect("a name")).collect();
            if ["tests", "benches", "examples", "main"].contains(&parts[0]) {
                continue;
            }
            let module = parts.iter().copied().filter(|part| !["mod", "lib"].contains(part));
            let module = module.collect::<Vec<_>>().join("::");
            let source = Source::of(path, &module);
            modules.insert(module, source);
        }
        Self { modules }
    }

    /// Every file.
    pub(crate) fn sources(&self) -> impl Iterator<Item = (&str, &Source)> {
        self.modules.iter().map(|(module, source)| (module.as_str(), source))
    }

    /// The module whose file defines what a path names.
    fn definer(&self, path: &str) -> Option<String> {
        let mut module = String::new();
        let mut rest = path;
        loop {
            let (first, more) = rest.split_once("::").map_or((rest, ""), |(first, more)| (first, more));
            let child = if module.is_empty() { first.to_owned() } else { format!("{module}::{first}") };
            if self.modules.contains_key(&child) {
                if more.is_empty() {
                    return Some(child);
                }
                (module, rest) = (child, more);
                continue;
            }
            let source = self.modules.get(&module)?;
            return match source.passes_on.get(first) {
                Some(from) if *from != path => self.definer(from),
                _ if source.defines.contains(first) => Some(module),
                _ => None,
            };
        }
    }

    /// The files that a file uses, by module path.
    pub(crate) fn used_by(&self, module: &str) -> BTreeSet<String> {
        let uses = self.modules[module].uses.iter();
        uses.filter_map(|path| self.definer(path)).filter(|used| used != module).collect()
    }

    /// Circles: sets of files of which each uses each, directly or through others.
    pub(crate) fn circles(&self) -> Vec<Vec<String>> {
        let edges: BTreeMap<&str, BTreeSet<String>> =
            self.modules.keys().map(|module| (module.as_str(), self.used_by(module))).collect();
        let reach = |from: &str| {
            let mut reached = BTreeSet::new();
            let mut waiting: Vec<&str> = vec![from];
            while let Some(next) = waiting.pop() {
                for used in &edges[next] {
                    if reached.insert(used.as_str()) {
                        waiting.push(used);
                    }
                }
            }
            reached
        };
        let reached: BTreeMap<&str, BTreeSet<&str>> = edges.keys().map(|&from| (from, reach(from))).collect();
        let mut circles = BTreeSet::new();
        for (&module, seen) in reached.iter().filter(|(module, seen)| seen.contains(*module)) {
            let circle = seen.iter().filter(|other| reached[*other].contains(module));
            circles.insert(circle.map(|other| (*other).to_owned()).collect::<Vec<_>>());
        }
        circles.into_iter().collect()
    }
}

impl Source {
    fn of(path: PathBuf, module: &str) -> Self {
        let whole = fs::read_to_string(&path).expect("a source file");
        let code = whole.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let text = lines.collect::<Vec<_>>().join("\n");
        let mut source =
            Self { path, defines: defined(&text), passes_on: BTreeMap::new(), uses: Vec::new(), text };
        let mut code = String::new();
        for statement in source.text.split_inclusive(';') {
            // The last thing before the semicolon, on a line of its own.
            let import = statement.rsplit_once("use ").filter(|(before, _)| {
                let visibility = before.rsplit('\n').next().unwrap_or_default().trim();
                visibility.is_empty() || visibility.starts_with("pub")
            });
            let Some((before, tree)) = import else {
                code.push_str(statement);
                continue;
            };
            code.push_str(before);
            let visibility = before.rsplit('\n').next().unwrap_or_default().trim();
            for leaf in leaves(tree.trim_end_matches(';')) {
                let (leaf, name) =
                    leaf.split_once(" as ").map_or((&*leaf, None), |(leaf, name)| (leaf, Some(name)));
                let Some(target) = absolute(leaf, module) else { continue };
                let name = name.unwrap_or_else(|| target.rsplit("::").next().unwrap_or_default());
                if visibility.starts_with("pub") {
                    source.passes_on.insert(name.to_owned(), target.clone());
                } else {
                    source.uses.push(target);
                }
            }
        }
        source.uses.extend(inline(&code, module));
        source
    }
}

/// Names that a file defines at its top.
fn defined(text: &str) -> BTreeSet<String> {
    const WORDS: [&str; 9] =
        ["fn ", "struct ", "enum ", "trait ", "const ", "static ", "type ", "union ", "macro_rules! "];
    let name = |line: &str| {
        let mut rest = line;
        for skipped in ["pub(crate) ", "pub(super) ", "pub ", "async "] {
            rest = rest.strip_prefix(skipped).unwrap_or(rest);
        }
        rest = rest
            .strip_prefix("pub(in ")
            .and_then(|rest| rest.split_once(") "))
            .map_or(rest, |(_, rest)| rest);
        rest = if rest.starts_with("const fn ") { &rest["const ".len()..] } else { rest };
        let after = WORDS.iter().find_map(|word| rest.strip_prefix(word))?;
        Some(after.split(|c: char| !(c.is_alphanumeric() || c == '_')).next()?.to_owned())
    };
    // What a macro of the file defines is indented there.
    let in_macro = |line: &&str| line.trim_start().starts_with("pub ") && text.contains("macro_rules!");
    let at_top = |line: &&str| !line.starts_with(' ') || in_macro(line);
    text.lines().filter(at_top).map(str::trim_start).filter_map(name).collect()
}

/// The paths of a tree of imports.
fn leaves(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((head, rest)) = tree.split_once('{') else {
        return vec![tree.trim_end_matches("::self").to_owned()];
    };
    let inside = rest.rsplit_once('}').map_or(rest, |(inside, _)| inside);
    let (mut depth, mut parts, mut part) = (0, Vec::new(), String::new());
    for c in inside.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if c == ',' && depth == 0 {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(c);
        }
    }
    parts.push(part);
    parts
        .iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .flat_map(leaves)
        .map(|leaf| match leaf.as_str() {
            "self" => head.trim_end_matches("::").to_owned(),
            leaf => format!("{head}{leaf}"),
        })
        .collect()
}

/// A path from the root of the library; none for one into another crate.
fn absolute(path: &str, module: &str) -> Option<String> {
    let mut base: Vec<&str> = module.split("::").filter(|part| !part.is_empty()).collect();
    if let Some(rest) = path.strip_prefix("crate::").or_else(|| path.strip_prefix("umspec::")) {
        return Some(rest.to_owned());
    }
    let mut rest = path;
    let mut relative = false;
    while let Some(up) = rest.strip_prefix("super::") {
        base.pop();
        (rest, relative) = (up, true);
    }
    if let Some(here) = rest.strip_prefix("self::") {
        (rest, relative) = (here, true);
    }
    // In a file that declares modules, the first word may be one of them; what is none resolves to nothing.
    let is_child = !relative && rest.contains("::");
    (relative || is_child).then(|| base.iter().copied().chain([rest]).collect::<Vec<_>>().join("::"))
}

/// Paths in the code that say by themselves where they lead.
fn inline(text: &str, module: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("::") {
        let start =
            text[..at].rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).map_or(0, |i| i + 1);
        let end = text[at..]
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
            .map_or(text.len(), |i| at + i);
        let path = text[start..end].trim_end_matches(':');
        if !path.contains("::") {
            continue;
        }
        found.extend(absolute(path, module));
    }
    found
}

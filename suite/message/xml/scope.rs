//! Which binding a prefix stands for, and which bindings name the same namespace. Neither takes longer
//! because a message declares many prefixes, or long names for them.

use std::borrow::Cow;
use std::collections::HashMap;

use super::outline::Binding;

/// Up to so many bindings in scope are looked through one by one: below it that is quicker than hashing
/// (an ordinary message has four).
const FEW: usize = 16;

/// The bindings in scope.
#[derive(Default)]
pub(super) struct Scope<'a> {
    /// Innermost last.
    stack: Vec<Bound<'a>>,
    /// The innermost binding of each prefix, once there were more than [`FEW`].
    innermost: Option<HashMap<&'a str, u32>>,
    /// The first binding that was asked about for each namespace.
    firsts: HashMap<Cow<'a, str>, u32>,
    /// For each binding that was asked about, the first of the same namespace.
    first_of: HashMap<u32, u32>,
}

struct Bound<'a> {
    prefix: &'a str,
    binding: u32,
    /// What the prefix stood for outside.
    outer: Option<u32>,
}

impl<'a> Scope<'a> {
    /// How many bindings are in scope.
    pub(super) fn len(&self) -> usize {
        self.stack.len()
    }

    /// From here on a prefix (empty for the default namespace) stands for this binding.
    pub(super) fn bind(&mut self, prefix: &'a str, binding: u32) {
        let outer = self.lookup(prefix);
        self.stack.push(Bound { prefix, binding, outer });
        if let Some(innermost) = &mut self.innermost {
            innermost.insert(prefix, binding);
        } else if self.stack.len() > FEW {
            // Inner ones come later and replace outer ones.
            self.innermost = Some(self.stack.iter().map(|bound| (bound.prefix, bound.binding)).collect());
        }
    }

    /// Leaves only the outermost `len` bindings in scope.
    pub(super) fn truncate(&mut self, len: usize) {
        let Some(innermost) = &mut self.innermost else {
            return self.stack.truncate(len);
        };
        while self.stack.len() > len
            && let Some(Bound { prefix, outer, .. }) = self.stack.pop()
        {
            match outer {
                Some(outer) => innermost.insert(prefix, outer),
                None => innermost.remove(prefix),
            };
        }
    }

    /// The binding that a prefix stands for here.
    pub(super) fn lookup(&self, prefix: &str) -> Option<u32> {
        match &self.innermost {
            Some(innermost) => innermost.get(prefix).copied(),
            None => self.stack.iter().rev().find(|bound| bound.prefix == prefix).map(|bound| bound.binding),
        }
    }

    /// The same number for each binding of one namespace.
    pub(super) fn namespace(&mut self, binding: u32, bindings: &[Binding<'a>]) -> u32 {
        let Self { firsts, first_of, .. } = self;
        *first_of
            .entry(binding)
            .or_insert_with(|| *firsts.entry(bindings[binding as usize].namespace.clone()).or_insert(binding))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same as looking through all of them, before and after there are many.
    #[test]
    fn the_innermost_binding_is_found_however_many_there_are() {
        let prefixes: Vec<String> = (0..FEW * 2).map(|n| format!("p{}", n % (FEW + 5))).collect();
        let mut scope = Scope::default();
        for (n, prefix) in prefixes.iter().enumerate() {
            scope.bind(prefix, u32::try_from(n).expect("few"));
        }
        for len in (0..=prefixes.len()).rev() {
            scope.truncate(len);
            for prefix in &prefixes {
                let plain = prefixes[..len].iter().rposition(|other| other == prefix);
                assert_eq!(scope.lookup(prefix).map(|binding| binding as usize), plain, "{prefix} of {len}");
            }
        }
        assert_eq!(scope.len(), 0);
    }
}

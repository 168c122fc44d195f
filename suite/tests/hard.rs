//! What `docs/hard-mutants.md` lists is what there is. It is written anew by
//!
//! ```sh
//! UPDATE_README=1 cargo test --test main hard
//! ```

use umspec::proof::hard_markdown;

use crate::support::root;

const LIST: &str = "<!-- list -->\n";
const END: &str = "<!-- end -->";

#[test]
fn the_list_of_hard_mutants_is_what_there_is() {
    let path = root().join("docs/hard-mutants.md");
    let page = std::fs::read_to_string(&path).expect("the page");
    let (before, rest) = page.split_once(LIST).expect("a list");
    let (shown, after) = rest.split_once(END).expect("its end");
    let listed = hard_markdown();
    if std::env::var_os("UPDATE_README").is_some_and(|value| !value.is_empty()) {
        std::fs::write(&path, format!("{before}{LIST}{listed}{END}{after}")).expect("the page");
    } else {
        assert_eq!(shown, listed, "UPDATE_README=1 cargo test --test main hard");
    }
}

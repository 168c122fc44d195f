#!/bin/bash -eu
# Builds every fuzz target with its seeds, dictionary and options into $OUT, as OSS-Fuzz and
# ClusterFuzzLite ask: https://google.github.io/oss-fuzz/getting-started/new-project-guide/
# .ci/check-clusterfuzzlite runs it outside a container.

fail() { echo "build.sh: $1" >&2; exit 1; }

cd "$SRC/umspec"
[ "${FUZZING_ENGINE:-libfuzzer}" = libfuzzer ] || fail "only libfuzzer is known, not $FUZZING_ENGINE"
case ${SANITIZER:-address} in
  address) sanitizer=address ;;
  # The image's flags ask rustc for coverage; no sanitizer stands beside it.
  coverage | none) sanitizer=none ;;
  *) fail "only address, coverage and none are known, not $SANITIZER" ;;
esac
# The engine of the image, where it has one that can be linked; else the one that libfuzzer-sys brings.
if [ -f "${LIB_FUZZING_ENGINE:-}" ]; then
  export CUSTOM_LIBFUZZER_PATH=$LIB_FUZZING_ENGINE
fi
# The shipped profile inlines everything into everything: slow to build, and edges run together.
export CARGO_PROFILE_RELEASE_LTO=false CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16

target_dir=${CARGO_TARGET_DIR:-$PWD/target}
# Without -O: debug assertions stay on, so that an overflow is a finding.
cargo fuzz build --sanitizer "$sanitizer" --target-dir "$target_dir"
triple=$(rustc -vV | sed -n 's/^host: //p')

. fuzz/targets.sh
for target in $(every_target); do
  cp "$target_dir/$triple/release/$target" "$OUT/"
  staged=$(mktemp -d)
  # One folder, flat: engines do not look into folders inside the archive.
  seeds_of "$target" | while read -r folder; do find "$folder" -type f; done |
    while read -r file; do cp "$file" "$staged/$(tr / _ <<<"$file")"; done
  # A target without seeds starts from one byte: an archive must not be empty.
  [ -n "$(ls -A "$staged")" ] || printf '\0' >"$staged/zero"
  rm -f "$OUT/${target}_seed_corpus.zip"
  (cd "$staged" && python3 -m zipfile -c "$OUT/${target}_seed_corpus.zip" ./*)
  rm -rf "$staged"
  cp corpus/umspec.dict "$OUT/$target.dict"
  cp fuzz/libfuzzer.options "$OUT/$target.options"
done

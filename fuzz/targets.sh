# shellcheck shell=bash
# The fuzz targets and the folders that each starts from, in one place: sourced by whatever builds, runs
# or ships them, and read by suite/tests/fuzzing.rs. A folder that is not there is left out. `drain` is
# not among them: it is a yardstick, see fuzz/speed.
targets_and_seeds() {
  cat <<'TARGETS'
request       corpus/documented corpus/request corpus/found/request
reply         corpus/documented corpus/reply corpus/found/reply
differential  corpus/documented corpus/request corpus/reply corpus/found/differential
edits         corpus/found/edits
http          fuzz/seeds/http corpus/found/http
exchange      fuzz/seeds/exchange corpus/found/exchange
wire          fuzz/seeds/wire corpus/found/wire
record        corpus/found/record
frames        fuzz/seeds/frames corpus/found/frames
secrets       fuzz/seeds/secrets corpus/found/secrets
TARGETS
}

# The names of all targets.
every_target() { targets_and_seeds | cut -d ' ' -f 1; }

# The folders of one target that are there, from the root of the repository.
seeds_of() {
  local name folders folder
  while read -r name folders; do
    [ "$name" = "$1" ] || continue
    for folder in $folders; do [ ! -d "$folder" ] || echo "$folder"; done
  done < <(targets_and_seeds)
}

# shellcheck shell=bash
# Copies the journal of an engine that runs. Sourced by the commands that back up; what sends runs beside the journal:
#   … bash -c "$(sender_of DIRECTORY)" | receive_journal DIRECTORY
# Each piece of a file is a line of name, offset in MiB and length, and then that many bytes.

segments() { printf '%s\n' * | grep -E '^journal-[0-9]{10}$'; }

# Opened before it is measured, so that one that is removed meanwhile is sent whole or not at all.
send_file() {
  exec 3<"$1" || return
  local bytes
  bytes=$(stat -L -c %s /proc/self/fd/3)
  printf '%s 0 %d\n' "$1" "$bytes"
  head -c "$bytes" <&3
}

send_backwards() {
  local block bytes mib=$((1 << 20)) size
  size=$(stat -c %s "$1")
  for ((block = (size - 1) / mib; block >= 0; --block)); do
    bytes=$((size - block * mib))
    printf '%s %d %d\n' "$1" "$block" $((bytes < mib ? bytes : mib))
    dd if="$1" bs=1M count=1 skip="$block" status=none
  done
}

# "head" comes first: where it says that the journal begins it still begins later, unless somebody compacts meanwhile, which the
# check of the copy tells. The newest segment is read from its end to its beginning: what comes meanwhile can then only be missing
# at the end, where recovery cuts a frame that is not whole, and never in the middle. It must still be the newest one afterwards,
# or the next one is read so, too. The others come after it: a segment gets frames only when the one before it is complete.
send_journal() {
  local file newest=
  cd "$1" || return
  [[ ! -e head ]] || send_file head
  for file in $(printf '%s\n' * | grep -E '^snapshot-[0-9]{20}$'); do
    # The engine removes one when it has a newer one.
    send_file "$file" 2>/dev/null || [[ ! -e $file ]]
  done
  until [[ $newest == "$(segments | tail -n 1)" ]]; do
    newest=$(segments | tail -n 1)
    send_backwards "$newest"
  done
  for file in $(segments); do
    [[ ! $file < $newest ]] || send_file "$file"
  done
  echo 'end 0 0'
}

sender_of() {
  declare -f segments send_file send_backwards send_journal
  printf 'set -euo pipefail; send_journal %q' "$1"
}

receive_journal() {
  local name block bytes
  while read -r name block bytes; do
    [[ $name != end ]] || return 0
    head -c "$bytes" | dd of="$1/$name" bs=1M seek="$block" conv=notrunc iflag=fullblock status=none
  done
  fail "the copy of the journal broke off"
}

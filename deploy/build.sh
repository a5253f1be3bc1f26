# shellcheck shell=bash
# Builds what a venue runs, when its sources changed, and runs it. Sourced by the commands beside it, which set checkout.

built_modules=http-api,engine-cpp,deploy/standalone
built_files=(
  engine-cpp/target/outcry-engine
  http-api/target/outcry-api.jar
  deploy/standalone/target/outcry-standalone.jar
)
sources=(pom.xml deploy/testing core-domain engine-client persistence cache http-api engine-cpp deploy/standalone deploy/nginx)

# One line that changes with any source's name, size or time.
source_fingerprint() {
  find "${sources[@]}" \( -name target -o -name build \) -prune -o -type f -printf '%p %s %T@\n' | sort | sha256sum
}

# Whether built_files are there and stem from the sources of that fingerprint, as the stamp tells.
is_built() {
  local file
  for file in "${built_files[@]}"; do
    [[ -e $file ]] || return 1
  done
  [[ $(cat "$2" 2>/dev/null) == "$1" ]]
}

# Whether a venue runs from the checkout's own data directory.
is_running() {
  local supervisor started
  supervisor=$(sed -n 's/^supervisor=\([0-9]*\) .*/\1/p' data/run/state.properties 2>/dev/null) || return 1
  started=$(sed -n 's/^supervisor=[0-9]* \([0-9]*\).*/\1/p' data/run/state.properties)
  [[ -n $supervisor && -r /proc/$supervisor/stat && $(cut -d ' ' -f 22 "/proc/$supervisor/stat") == "$started" ]]
}

build_venue() (
  cd "${checkout:?}" || exit
  fingerprint=$(source_fingerprint)
  if is_built "$fingerprint" target/built-from; then
    return
  fi
  ! is_running || fail "the sources changed, and a venue runs what was built before: stop it first with deploy/down"
  mkdir -p target
  log=target/build.log
  say "Building (the first time takes some minutes; output in $log)"
  mvn -B -pl "$built_modules" -am -DskipTests -Dmaven.test.skip -Dspotless.check.skip -Dmaven.javadoc.skip \
    -Dformat.skip=true -Dnative.target=outcry-engine package >"$log" 2>&1 || {
    grep -E '^\[ERROR\]|error:' "$log" | head -n 20 >&2
    fail "the build failed: see $log"
  }
  say "$fingerprint" >target/built-from
)

# Becomes the standalone command with the arguments given.
run_standalone() {
  local jar=${checkout:?}/deploy/standalone/target/outcry-standalone.jar
  [[ -e $jar ]] || fail "$jar is missing, so nothing was started from here"
  exec "${JAVA_HOME:?}/bin/java" -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "$jar" "$@" --home "$checkout"
}

# shellcheck shell=bash
# What backup and restore of a venue in a cluster have in common. Sourced by the commands beside it, which set checkout.

namespace=${NAMESPACE:-outcry}
in_venue() { kubectl -n "$namespace" "$@"; }

# Of CloudNativePG's members the one that writes, or the only one of the overlay "local".
find_database() {
  database_pod=$(in_venue get pods -o name -l cnpg.io/cluster=postgres,cnpg.io/instanceRole=primary)
  database_user=postgres
  if [[ -z $database_pod ]]; then
    database_pod=pod/postgres-0
    database_user=outcry
  fi
}

# in_database PROGRAM ARGUMENT...: as the user who may do all.
in_database() {
  local program=$1
  shift
  in_venue exec -i "$database_pod" -c postgres -- "$program" -U "$database_user" "$@"
}

in_copy() { in_venue exec -i job/journal-copy -- "$@"; }

# start_copy VOLUME: the Job of journal-copy with that volume, a line of YAML, and the image of the engine that is deployed.
start_copy() {
  local image started=$SECONDS
  image=$(in_venue get statefulset/engine -o 'jsonpath={.spec.template.spec.containers[?(@.name=="engine")].image}')
  kubectl kustomize "${checkout:?}/deploy/k8s/journal-copy" |
    sed -E "s#^( *(- )?image:) .*#\1 $image#; s#^( *(- )?)emptyDir: \{\}#\1$1#; s#^( *namespace:) .*#\1 $namespace#" |
    in_venue apply -f - >/dev/null
  trap end_copy EXIT
  until in_copy true >/dev/null 2>&1; do
    (( SECONDS - started < 300 )) || fail "the Job journal-copy does not run: kubectl -n $namespace describe job/journal-copy"
    sleep 1
  done
}

end_copy() {
  in_venue delete job/journal-copy --ignore-not-found --cascade=foreground >/dev/null
  trap - EXIT
}

# send_copy LOCAL_DIRECTORY DIRECTORY
send_copy() {
  in_copy mkdir "$2"
  tar -C "$1" -cf - . | in_copy tar -C "$2" --no-same-permissions -xf -
}

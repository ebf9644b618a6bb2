#!/usr/bin/env bash
# Installs the chart into the cluster that kubectl points at and shows that nothing is lost while a pod is
# deleted, all pods are rolled, and the release is scaled from three to five and back to three.
set -euo pipefail

usage() {
  cat <<'END'
Usage: helm/e2e.sh --image REPOSITORY:TAG [options]

Needs kubectl and helm 3.12 or newer on the PATH, a current context whose cluster can pull the image,
five pods' worth of room (each 500m CPU, 1 GiB) and a default storage class.

  --image REPOSITORY:TAG  the image of Trefoil
  --namespace NAME        made for the run and deleted after it; default trefoil-e2e
  --context NAME          another context than the current one
  --values FILE           more values for the chart
  --records N             how many records are loaded; default 2000
  --timeout DURATION      for each step, such as 10m; default 10m
  --keep                  leave everything there afterwards
  --help

Exit code 0: nothing was lost. 1: something was, or a step failed. 2: it cannot be run like this.
END
}

refuse() {
  echo "e2e: $1" >&2
  echo "Try 'helm/e2e.sh --help'." >&2
  exit 2
}

image='' namespace=trefoil-e2e context='' values='' records=2000 timeout=10m keep=false
while [ $# -gt 0 ]; do
  case $1 in
    --help) usage; exit 0 ;;
    --keep) keep=true; shift; continue ;;
    --image | --namespace | --context | --values | --records | --timeout)
      [ $# -ge 2 ] || refuse "$1 wants a value"
      printf -v "${1#--}" '%s' "$2"
      shift 2 ;;
    *) refuse "'$1' is no option" ;;
  esac
done

[ -n "$image" ] || refuse "--image is missing: there is no public image of Trefoil"
[[ $image =~ ^.+:[A-Za-z0-9_.-]+$ ]] || refuse "'$image' is no REPOSITORY:TAG"
[[ $namespace =~ ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$ ]] || refuse "'$namespace' is no name of a namespace"
[[ $records =~ ^[1-9][0-9]{0,6}$ ]] || refuse "--records is '$records'; it is a number from 1 to 9999999"
[[ $timeout =~ ^[1-9][0-9]*[smh]$ ]] || refuse "--timeout is '$timeout'; it is a time such as 10m"
[ -z "$values" ] || [ -r "$values" ] || refuse "--values names '$values', which cannot be read"
for program in kubectl helm; do
  command -v "$program" >/dev/null || refuse "$program is not on the PATH"
done

chart=$(cd "$(dirname "${BASH_SOURCE[0]}")/trefoil" && pwd)
release=e2e
set_name=e2e-trefoil
in_context=()
helm_context=()
if [ -n "$context" ]; then
  in_context=(--context "$context")
  helm_context=(--kube-context "$context")
fi
scratch=$(mktemp -d)

k() { kubectl "${in_context[@]}" -n "$namespace" "$@"; }
h() { helm "${helm_context[@]}" -n "$namespace" "$@"; }

kubectl "${in_context[@]}" version --request-timeout=10s >/dev/null 2>&1 ||
  refuse "no cluster answers: look at 'kubectl config current-context'"
if kubectl "${in_context[@]}" get namespace "$namespace" >/dev/null 2>&1; then
  refuse "the namespace '$namespace' is there already: it would be deleted; name another"
fi

made=false
cleanup() {
  local code=$?
  rm -rf "$scratch"
  if ! $made; then
    exit "$code"
  fi
  if [ "$code" -ne 0 ]; then
    echo "e2e: FAILED; how things stand:" >&2
    k get pods,pvc -o wide >&2 || true
    k logs -l app.kubernetes.io/component=node --tail=20 --prefix >&2 || true
  fi
  if $keep; then
    echo "e2e: left in the namespace $namespace"
  else
    kubectl "${in_context[@]}" delete namespace "$namespace" --wait=false >/dev/null || true
  fi
  exit "$code"
}
trap cleanup EXIT

step() { echo "e2e: $(date -u +%H:%M:%S) $*"; }

# The chart with its values, and those given here.
upgrade() {
  local more=()
  [ -z "$values" ] || more=(-f "$values")
  h upgrade --install "$release" "$chart" "${more[@]}" \
    --set "image.repository=${image%:*},image.tag=${image##*:}" --timeout "$timeout" "$@" >/dev/null
}

# Every pod of the set's present template is ready.
settle() { k rollout status "statefulset/$set_name" --timeout="$timeout"; }

# The command line in a pod, which finds the records on standard input. Where the program is in the
# image stands in the safe stop, before its own three words.
trefoil() {
  local pod=$1 words
  shift
  mapfile -t words < <(k get statefulset "$set_name" -o 'jsonpath={range
    .spec.template.spec.containers[0].lifecycle.preStop.exec.command[*]}{@}{"\n"}{end}')
  k exec -i "$pod" -c trefoil -- "${words[@]:0:${#words[@]}-3}" "$@" <"$scratch/records.tsv"
}

# Through every pod: each record is there, byte by byte, and the cluster is whole.
check() {
  local pods i
  pods=$(k get statefulset "$set_name" -o 'jsonpath={.spec.replicas}')
  trefoil "$set_name-0" await-stable --wait 600
  for ((i = 0; i < pods; i++)); do
    trefoil "$set_name-$i" load - --verify-only
  done
}

kubectl "${in_context[@]}" create namespace "$namespace" >/dev/null
made=true

step "installs three pods"
upgrade --set replicas=3
settle
h test "$release" --timeout "$timeout"

step "loads $records records"
for ((i = 0; i < records; i++)); do
  printf 'e2e/%d\tvalue %d %d\n' "$i" "$i" "$RANDOM"
done >"$scratch/records.tsv"
trefoil "$set_name-0" load - --repeat-unknown
check

step "deletes a pod"
k delete pod "$set_name-1" --wait=true >/dev/null
sleep 2 # until the controller has counted
settle
check

step "rolls all pods"
upgrade --set replicas=3 --set-string "podAnnotations.e2e=$(date +%s)"
settle
check
annotation=$(k get statefulset "$set_name" -o 'jsonpath={.spec.template.metadata.annotations.e2e}')

step "scales to five; nothing may restart"
before=$(k get pods -l app.kubernetes.io/component=node -o 'jsonpath={.items[*].metadata.uid}')
upgrade --set replicas=5 --set-string "podAnnotations.e2e=$annotation"
settle
after=$(k get pods -l app.kubernetes.io/component=node -o 'jsonpath={.items[*].metadata.uid}')
for uid in $before; do
  [[ " $after " == *" $uid "* ]] || { echo "e2e: a pod was restarted by scaling" >&2; exit 1; }
done
check

step "scales back to three; the two last ones hand over first"
upgrade --set replicas=3 --set-string "podAnnotations.e2e=$annotation"
k wait --for=delete "pod/$set_name-3" "pod/$set_name-4" --timeout="$timeout"
settle
check

step "nothing was lost"

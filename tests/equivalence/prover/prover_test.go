package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
)

const chartPath = "testdata/chart"

const sampleNotes = "r-sample listens on 8080."

func sampleText(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("testdata/sample.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func sampleRequest(manifests string) map[string]any {
	return map[string]any{
		"op": "render", "chart": chartPath, "release": "r", "namespace": "n",
		"kubeVersion": "1.36", "manifests": manifests, "notes": sampleNotes,
	}
}

type bothResults[T any] struct {
	ID    any     `json:"id"`
	Error *string `json:"error"`
	Helm3 T       `json:"helm3"`
	Helm4 T       `json:"helm4"`
}

func (b bothResults[T]) each(t *testing.T, check func(t *testing.T, result T)) {
	t.Helper()
	if b.Error != nil {
		t.Fatal(*b.Error)
	}
	t.Run("helm3", func(t *testing.T) { check(t, b.Helm3) })
	t.Run("helm4", func(t *testing.T) { check(t, b.Helm4) })
}

// ask goes through the same lines of JSON as the users of the program.
func ask[T any](t testing.TB, request map[string]any) bothResults[T] {
	t.Helper()
	line, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := serve(bytes.NewReader(line), &out); err != nil {
		t.Fatal(err)
	}
	var result bothResults[T]
	if err := json.Unmarshal(out.Bytes(), &result); err != nil {
		t.Fatalf("%v in %s", err, out.String())
	}
	return result
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func TestEqualRenderingsPass(t *testing.T) {
	result := ask[renderResult](t, sampleRequest(sampleText(t)))
	result.each(t, func(t *testing.T, r renderResult) {
		if r.Error != nil || !r.Rendered || len(r.Differences) != 0 || r.Objects != 5 {
			t.Errorf("got %+v, error %s", r, text(r.Error))
		}
	})
}

func TestEveryKindOfDifferenceIsFound(t *testing.T) {
	const deployment = "apps/v1/Deployment n/r-sample"
	cases := []struct {
		name     string
		old, new string   // the edit of our rendering
		set      []string // or what makes Helm's another one
		notes    string
		want     []string
	}{
		{name: "missing object",
			old: "kind: Service\napiVersion: v1\nmetadata: {name: cache}\nspec: {size: 1.0}\n", new: "",
			want: []string{"v1/Service cache||missing in ours|helm|"}},
		{name: "extra object",
			old: "--- # hooks", new: "---\n{apiVersion: v1, kind: Pod, metadata: {name: extra}}\n---",
			want: []string{"v1/Pod extra||missing in helm||ours"}},
		{name: "string for a number",
			old: "replicas: 2", new: `replicas: "2"`,
			want: []string{deployment + `|spec.replicas|differs|2|"2"`}},
		{name: "number for a string",
			old: `value: "8080"`, new: "value: 8080",
			want: []string{deployment + `|spec.template.spec.containers[0].env[0].value|differs|"8080"|8080`}},
		{name: "boolean for a string",
			old: `example.com/upgrade: "false"`, new: "example.com/upgrade: false",
			want: []string{deployment + `|metadata.annotations["example.com/upgrade"]|differs|"false"|false`}},
		{name: "absent for null",
			old: "      hostname: null\n", new: "",
			want: []string{deployment + "|spec.template.spec.hostname|absent in ours|null|"}},
		{name: "null for absent",
			old: "image: example", new: "image: example\n          command: null",
			want: []string{deployment + "|spec.template.spec.containers[0].command|absent in helm||null"}},
		{name: "empty map for an empty list",
			old: "containers: []", new: "containers: {}",
			want: []string{"v1/Pod probe|spec.containers|differs|[]|{}"}},
		{name: "order of a list",
			old: "args: [a, b]", new: "args: [b, a]",
			want: []string{
				deployment + `|spec.template.spec.containers[0].args[0]|differs|"a"|"b"`,
				deployment + `|spec.template.spec.containers[0].args[1]|differs|"b"|"a"`,
			}},
		{name: "shorter list",
			old: "args: [a, b]", new: "args: [a]",
			want: []string{deployment + `|spec.template.spec.containers[0].args[1]|absent in ours|"b"|`}},
		{name: "text",
			old: "not a boundary\\n", new: "not a boundary \\n",
			want: []string{`v1/ConfigMap text|data.script|differs|"a\n --- not a boundary\nb\n"|"a\n --- not a boundary \nb\n"`}},
		{name: "namespace given by one side only",
			old: "metadata: {name: cache}", new: "metadata: {name: cache, namespace: \"n\"}",
			want: []string{
				"v1/Service cache||missing in ours|helm|",
				"v1/Service n/cache||missing in helm||ours",
			}},
		{name: "a namespace that YAML reads as false",
			old: `namespace: "n"`, new: "namespace: n",
			want: []string{
				"document 3||in ours: metadata.namespace is not a string: false||",
				deployment + "||missing in ours|helm|",
			}},
		{name: "notes", notes: "r-sample  listens on 8080.",
			want: []string{`NOTES.txt||differs|"r-sample listens on 8080."|"r-sample  listens on 8080."`}},
		{name: "duplicate object in ours",
			old: "--- # hooks", new: "---\n{apiVersion: v1, kind: Service, metadata: {name: cache}}\n---",
			want: []string{"v1/Service cache||in ours: duplicate object||"}},
		{name: "duplicate object in Helm's", set: []string{"duplicate=object"},
			want: []string{"v1/ConfigMap text||in helm: duplicate object||"}},
		{name: "duplicate key in ours",
			old: "  replicas: 2", new: "  replicas: 2\n  replicas: 2",
			want: []string{
				`document 3||in ours: yaml: unmarshal errors: line 10: key "replicas" already set in map||`,
				deployment + "||missing in ours|helm|",
			}},
		{name: "duplicate key in Helm's", set: []string{"duplicate=key"},
			want: []string{
				`sample/templates/deployment.yaml||in helm: yaml: unmarshal errors: line 12: key "replicas" already set in map||`,
				deployment + "||missing in helm||ours",
			}},
		{name: "no name",
			old: "metadata: {name: cache}", new: "metadata: {}",
			want: []string{
				`document 1||in ours: no apiVersion, kind or metadata.name, or not a string: {"apiVersion":"v1","kind":"Service","metadata":{},"spec":{"size":1}}||`,
				"v1/Service cache||missing in ours|helm|",
			}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			ours := sampleText(t)
			if c.old != "" && strings.Count(ours, c.old) != 1 {
				t.Fatalf("%q is not once in the sample", c.old)
			}
			r := sampleRequest(strings.Replace(ours, c.old, c.new, 1))
			r["set"] = c.set
			if c.notes != "" {
				r["notes"] = c.notes
			}
			ask[renderResult](t, r).each(t, func(t *testing.T, r renderResult) {
				if r.Error != nil {
					t.Fatal(*r.Error)
				}
				if got := shorten(r.Differences); !reflect.DeepEqual(got, c.want) {
					t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
				}
			})
		})
	}
}

// shorten writes a difference in a line, a whole object as the side it is on.
func shorten(differences []difference) []string {
	var lines []string
	for _, d := range differences {
		helm, ours := string(d.Helm), string(d.Ours)
		if strings.HasPrefix(d.Problem, "missing") {
			if helm != "" {
				helm = "helm"
			}
			if ours != "" {
				ours = "ours"
			}
		}
		problem := strings.Join(strings.Fields(d.Problem), " ")
		lines = append(lines, strings.Join([]string{d.Object, d.Path, problem, helm, ours}, "|"))
	}
	return lines
}

func TestDifferencesAreCutAtTwenty(t *testing.T) {
	var many strings.Builder
	for i := range 30 {
		fmt.Fprintf(&many, "---\n{apiVersion: v1, kind: Pod, metadata: {name: p%d}}\n", i)
	}
	ask[renderResult](t, sampleRequest(many.String())).each(t, func(t *testing.T, r renderResult) {
		if len(r.Differences) != 20 || !r.Truncated {
			t.Errorf("%d differences, truncated %v", len(r.Differences), r.Truncated)
		}
	})
}

func TestUpgrade(t *testing.T) {
	r := sampleRequest(strings.Replace(sampleText(t), `upgrade: "false"`, `upgrade: "true"`, 1))
	r["upgrade"] = true
	ask[renderResult](t, r).each(t, func(t *testing.T, r renderResult) {
		if len(r.Differences) != 0 {
			t.Error(shorten(r.Differences))
		}
	})
}

func TestRefusals(t *testing.T) {
	cases := []struct {
		name string
		edit map[string]any
		want []string // all in the message of both Helms
	}{
		{"schema", map[string]any{"set": []string{"replicas=0"}},
			[]string{"at '/replicas': minimum: got 0, want 1"}},
		{"schema, type", map[string]any{"files": []string{"port: 8080"}},
			[]string{"at '/port': got number, want string"}},
		{"Kubernetes too old", map[string]any{"kubeVersion": "1.27"},
			[]string{"chart requires kubeVersion: >=1.28.0-0", "v1.27"}},
		{"no version of Kubernetes", map[string]any{"kubeVersion": "new"},
			[]string{"invalid kube version 'new'"}},
		{"values file", map[string]any{"files": []string{"a: 1", "a: ["}},
			[]string{"failed to parse values-2.yaml: "}},
		{"set", map[string]any{"set": []string{"a[-1]=1"}},
			[]string{"failed parsing --set data"}},
		{"release name", map[string]any{"release": "Not_A_Name"},
			[]string{"invalid release name"}},
		{"no such chart", map[string]any{"chart": "testdata/none"},
			[]string{"no such file or directory"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := sampleRequest("")
			r["manifests"] = nil
			for key, value := range c.edit {
				r[key] = value
			}
			ask[renderResult](t, r).each(t, func(t *testing.T, r renderResult) {
				for _, want := range c.want {
					if !strings.Contains(text(r.Error), want) {
						t.Errorf("%q is not in %q", want, text(r.Error))
					}
				}
				if r.Rendered {
					t.Error("rendered in spite of it")
				}
			})
		})
	}
}

func TestOnlyErrorsMatterWithoutManifests(t *testing.T) {
	r := sampleRequest("")
	r["manifests"], r["notes"] = nil, nil
	ask[renderResult](t, r).each(t, func(t *testing.T, r renderResult) {
		if !r.Rendered || r.Error != nil || len(r.Differences) != 0 {
			t.Errorf("got %+v, error %s", r, text(r.Error))
		}
	})
}

func TestValues(t *testing.T) {
	result := ask[valuesResult](t, map[string]any{
		"op": "values", "chart": chartPath,
		"files":     []string{"port: null\nhosts: [c]\nnested: {added: 1}\n---\nsecond: true\n", "nested: {kept: null}"},
		"set":       []string{"replicas=0", "both=1", "exact=9007199254740993"},
		"setString": []string{"both=2"},
	})
	common := map[string]any{
		"replicas": 0.0, "big": 9007199254740992.0, "exact": 9007199254740992.0, "both": "2",
		"hosts": []any{"c"}, "duplicate": "none",
		"cache": map[string]any{"enabled": true, "size": 1.0, "global": map[string]any{}},
	}
	with := func(more map[string]any) map[string]any {
		out := copyMap(common)
		for key, value := range more {
			out[key] = value
		}
		return out
	}
	// A null in the chart's own values survives Helm 3 only; a second document is
	// read by Helm 4 only.
	want3 := with(map[string]any{"nothing": nil, "nested": map[string]any{"added": 1.0, "empty": nil}})
	want4 := with(map[string]any{"second": true, "nested": map[string]any{"added": 1.0}})
	if !reflect.DeepEqual(result.Helm3.Values, want3) {
		t.Errorf("helm3: %s, error %s", compact(result.Helm3.Values), text(result.Helm3.Error))
	}
	if !reflect.DeepEqual(result.Helm4.Values, want4) {
		t.Errorf("helm4: %s, error %s", compact(result.Helm4.Values), text(result.Helm4.Error))
	}
}

func TestValuesSkipTheSchema(t *testing.T) {
	ask[valuesResult](t, map[string]any{
		"op": "values", "chart": chartPath, "set": []string{"replicas=none"},
	}).each(t, func(t *testing.T, r valuesResult) {
		if r.Values["replicas"] != "none" {
			t.Errorf("got %v, error %s", r.Values, text(r.Error))
		}
	})
}

func TestTemplate(t *testing.T) {
	cases := []struct {
		name, source, want string
		values             map[string]any
		set                []string
	}{
		{name: "helpers of the chart", source: `{{ include "sample.name" . }}`, want: "r-sample"},
		{name: "helpers of a subchart", source: `{{ include "store.greeting" .Values.to }}`, want: "hello <&>",
			values: map[string]any{"to": "<&>"}},
		{name: "numbers are floats, as from a file", source: `{{ printf "%T %v" .Values.n .Values.n }}`, want: "float64 1e+06",
			values: map[string]any{"n": 1000000}},
		{name: "numbers are integers, as from --set", source: `{{ printf "%T %v" .Values.n .Values.n }}`, want: "int64 1000000",
			values: map[string]any{"n": 5}, set: []string{"n=1000000"}},
		{name: "none of the chart's own values", source: `{{ .Values | toJson }}`, want: `{"only":["\u2028 \ud83d\ude00"]}`,
			values: map[string]any{"only": []any{"\u2028 😀"}}},
		{name: "release", source: `{{ .Release.Namespace }} {{ .Capabilities.KubeVersion }}`, want: "n v1.36"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			ask[templateResult](t, map[string]any{
				"op": "template", "chart": chartPath, "release": "r", "namespace": "n", "kubeVersion": "1.36",
				"source": c.source, "values": c.values, "set": c.set,
			}).each(t, func(t *testing.T, r templateResult) {
				want := strings.ReplaceAll(c.want, `\ud83d\ude00`, "😀") // Go escapes U+2028 only
				if r.Error != nil || text(r.Text) != want {
					t.Errorf("got %q, want %q, error %s", text(r.Text), want, text(r.Error))
				}
			})
		})
	}
}

func TestTheNamespaceIsDefaultWhenNoneIsGiven(t *testing.T) {
	ask[templateResult](t, map[string]any{
		"op": "template", "chart": chartPath, "source": `{{ .Release.Namespace }}`,
	}).each(t, func(t *testing.T, r templateResult) {
		if text(r.Text) != "default" {
			t.Errorf("got %q, error %s", text(r.Text), text(r.Error))
		}
	})
}

func TestTemplateErrors(t *testing.T) {
	ask[templateResult](t, map[string]any{
		"op": "template", "chart": chartPath, "source": `{{ fail "on purpose" }}`,
	}).each(t, func(t *testing.T, r templateResult) {
		if r.Text != nil || !strings.Contains(text(r.Error), "on purpose") {
			t.Errorf("got %q, error %s", text(r.Text), text(r.Error))
		}
	})
}

func TestMalformedRequestsDoNotStopTheProgram(t *testing.T) {
	lines := []string{
		`{"id":"cut","op":`,
		`{"id":2,"op":"render","chart":"c","filse":[]}`,
		`{"id":3,"op":"render","chart":"c","files":"text"}`,
		`{"id":4,"op":"dance","chart":"c"}`,
		`{"id":5,"op":"render"}`,
		`{"id":6,"op":"render","chart":"c"} {}`,
		``,
		`{"id":7,"op":"values","chart":"` + chartPath + `"}`,
	}
	var out bytes.Buffer
	if err := serve(strings.NewReader(strings.Join(lines, "\n")), &out); err != nil {
		t.Fatal(err)
	}
	errorOf := map[string]string{}
	for line := range strings.Lines(out.String()) {
		var a answer
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		errorOf[string(a.ID)] = text(a.Error)
	}
	want := map[string]string{
		"null": "malformed request: unexpected EOF",
		"2":    `malformed request: json: unknown field "filse"`,
		"3":    "malformed request: json: cannot unmarshal string into Go struct field request.files of type []string",
		"4":    `malformed request: unknown op "dance"`,
		"5":    "malformed request: no chart",
		"6":    "malformed request: more than one JSON value on the line",
		"7":    "",
	}
	if !reflect.DeepEqual(errorOf, want) {
		t.Errorf("got %q", errorOf)
	}
}

type panickingHelm struct{ helm }

func (panickingHelm) render(request, []string) (rendering, error) { panic("on purpose") }

func TestPanicsAreErrors(t *testing.T) {
	r := newProver(t.TempDir()).render(panickingHelm{}, request{}, valueFiles{}, expected{})
	if text(r.Error) != "panic: on purpose" || r.Rendered {
		t.Errorf("got %+v", r)
	}
}

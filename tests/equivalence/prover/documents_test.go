package main

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestSplitDocuments(t *testing.T) {
	text := "a: 1\n---\nb: |\n  ---\n  ...\n--- # comment\nc: --- d\n---\r\ne: 1\n...\n----: 1\n--- {f: 1}"
	want := []string{"a: 1\n", "\nb: |\n  ---\n  ...\n", " # comment\nc: --- d\n", "\r\ne: 1\n", "\n----: 1\n", " {f: 1}"}
	if got := splitDocuments(text); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestCommentsAreNoObjects(t *testing.T) {
	set := readDocuments("# nothing\n---\n\n---\nnull\n---\n", parseDocument)
	if len(set.objects) != 0 || len(set.faults) != 0 {
		t.Errorf("got %+v", set)
	}
}

func TestScalars(t *testing.T) {
	cases := []struct {
		helm, ours any
		equal      bool
	}{
		{json.Number("1"), json.Number("1.0"), true},
		{json.Number("1000000"), json.Number("1e+06"), true},
		{json.Number("0"), json.Number("-0"), true},
		{json.Number("9007199254740993"), json.Number("9007199254740992"), false},
		{json.Number("18446744073709551615"), json.Number("18446744073709551614"), false},
		{json.Number("0.1"), json.Number("0.10000000000000001"), false},
		{json.Number("5"), "5", false},
		{"5", json.Number("5"), false},
		{true, "true", false},
		{false, nil, false},
		{nil, nil, true},
		{"", nil, false},
		{nil, map[string]any{}, false},
		{nil, []any{}, false},
		{"a", "a", true},
	}
	for _, c := range cases {
		if equalScalars(c.helm, c.ours) != c.equal {
			t.Errorf("%#v and %#v: want equal %v", c.helm, c.ours, c.equal)
		}
	}
}

func TestBigIntegersAreNotRounded(t *testing.T) {
	value, err := parseDocument("[9007199254740993, -9223372036854775808, 18446744073709551615]")
	if err != nil {
		t.Fatal(err)
	}
	if got := compact(value); got != "[9007199254740993,-9223372036854775808,18446744073709551615]" {
		t.Error(got)
	}
}

func TestMemoForgetsAndParsesAgain(t *testing.T) {
	m := memo{most: 10}
	for range 3 {
		for _, text := range []string{"a: 1", "b: 2", "c: 3", "d: ["} {
			want, wantErr := parseDocument(text)
			got, err := m.parse(text)
			if !reflect.DeepEqual(got, want) || (err == nil) != (wantErr == nil) {
				t.Errorf("%q: got %v, %v", text, got, err)
			}
		}
	}
	if m.size > 10 {
		t.Errorf("%d bytes kept", m.size)
	}
}

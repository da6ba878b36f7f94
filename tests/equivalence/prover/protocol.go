package main

import "encoding/json"

type request struct {
	ID    json.RawMessage `json:"id"`
	Op    string          `json:"op"`
	Chart string          `json:"chart"`

	Release     string   `json:"release"`
	Namespace   string   `json:"namespace"`
	KubeVersion string   `json:"kubeVersion"`
	APIVersions []string `json:"apiVersions"`
	Upgrade     bool     `json:"upgrade"`

	Files     []string `json:"files"`
	Set       []string `json:"set"`
	SetString []string `json:"setString"`

	// Op "render": nil is not compared.
	Manifests *string `json:"manifests"`
	Notes     *string `json:"notes"`

	// Op "template".
	Source string         `json:"source"`
	Values map[string]any `json:"values"`
}

type answer struct {
	ID    json.RawMessage `json:"id"`
	Error *string         `json:"error,omitempty"`
	Helm3 any             `json:"helm3,omitempty"`
	Helm4 any             `json:"helm4,omitempty"`
}

type renderResult struct {
	Error       *string      `json:"error"`
	Rendered    bool         `json:"rendered"`
	Differences []difference `json:"differences"`
	Truncated   bool         `json:"truncated,omitempty"`
	Objects     int          `json:"objects"`
	Millis      float64      `json:"ms"`
}

type valuesResult struct {
	Error  *string        `json:"error"`
	Values map[string]any `json:"values"`
}

type templateResult struct {
	Error *string `json:"error"`
	Text  *string `json:"text"`
}

// A side that has no such value leaves its field out, so that absent and null
// stay apart.
type difference struct {
	Object  string          `json:"object"`
	Path    string          `json:"path"`
	Problem string          `json:"problem"`
	Helm    json.RawMessage `json:"helm,omitempty"`
	Ours    json.RawMessage `json:"ours,omitempty"`
}

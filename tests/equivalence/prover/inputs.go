package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// helm is what both libraries can do for us. They share no Go type.
type helm interface {
	render(r request, valueFiles []string) (rendering, error)
	values(r request, valueFiles []string) (map[string]any, error)
	template(r request, valueFiles []string) (string, error)
}

// rendering is what `helm template` prints, and the notes, which it does not.
type rendering struct {
	manifests string
	notes     string
}

// The name of the ad-hoc template of op "template". It is no YAML file and no
// partial, so neither Helm treats its text in a special way.
const expressionFile = "templates/expression.txt"

// valueFiles are real files, since only the code that reads `-f` files merges
// them as each Helm does.
type valueFiles struct {
	dir   string
	paths []string
}

func writeValues(scratch string, texts []string) (valueFiles, error) {
	if len(texts) == 0 {
		return valueFiles{}, nil
	}
	dir, err := os.MkdirTemp(scratch, "")
	if err != nil {
		return valueFiles{}, err
	}
	files := valueFiles{dir: dir}
	for i, text := range texts {
		path := filepath.Join(dir, fmt.Sprintf("values-%d.yaml", i+1))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			files.remove()
			return valueFiles{}, err
		}
		files.paths = append(files.paths, path)
	}
	return files, nil
}

func (f valueFiles) remove() {
	if f.dir != "" {
		os.RemoveAll(f.dir)
	}
}

func (f valueFiles) anonymous(err error) error {
	if f.dir == "" {
		return err
	}
	return errors.New(strings.ReplaceAll(err.Error(), f.dir+string(filepath.Separator), ""))
}

// chartCache loads each chart once, also when many requests ask at the same
// time. Whoever takes a chart out must copy it before rendering: both Helms
// write into the chart that they render.
type chartCache[C any] struct {
	load   func(path string) (C, error)
	mu     sync.Mutex
	charts map[string]func() (C, error)
}

func newChartCache[C any](load func(string) (C, error)) *chartCache[C] {
	return &chartCache[C]{load: load, charts: map[string]func() (C, error){}}
}

func (c *chartCache[C]) get(path string) (C, error) {
	c.mu.Lock()
	once, ok := c.charts[path]
	if !ok {
		once = sync.OnceValues(func() (C, error) { return c.load(path) })
		c.charts[path] = once
	}
	c.mu.Unlock()
	return once()
}

func copyValue(value any) any {
	switch v := value.(type) {
	case map[string]any:
		return copyMap(v)
	case []any:
		out := make([]any, len(v))
		for i, element := range v {
			out[i] = copyValue(element)
		}
		return out
	default:
		return value
	}
}

func copyMap(m map[string]any) map[string]any {
	if m == nil {
		return nil
	}
	out := make(map[string]any, len(m))
	for key, value := range m {
		out[key] = copyValue(value)
	}
	return out
}

func isHelper(name string) bool {
	return strings.HasPrefix(filepath.Base(name), "_") && strings.HasSuffix(name, ".tpl")
}

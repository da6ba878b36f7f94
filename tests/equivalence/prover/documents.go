package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"sigs.k8s.io/yaml"
)

// documents are the objects of a rendering, each under its identity, and what
// is wrong with the text by itself.
type documents struct {
	objects map[string]any
	faults  []fault
}

type fault struct {
	object  string
	problem string
}

func readDocuments(text string, parse func(string) (any, error)) *documents {
	set := &documents{objects: map[string]any{}}
	for i, text := range splitDocuments(text) {
		object, err := parse(text)
		if err != nil {
			set.faults = append(set.faults, fault{label(text, i), err.Error()})
			continue
		}
		if object == nil {
			continue // nothing but comments
		}
		id, err := identity(object)
		if err != nil {
			set.faults = append(set.faults, fault{label(text, i), err.Error()})
			continue
		}
		if _, twice := set.objects[id]; twice {
			set.faults = append(set.faults, fault{id, "duplicate object"})
			continue
		}
		set.objects[id] = object
	}
	return set
}

func splitDocuments(text string) []string {
	var parts []string
	start, line := 0, 0
	for line < len(text) {
		end := len(text)
		if length := strings.IndexByte(text[line:], '\n'); length >= 0 {
			end = line + length
		}
		if endsDocument(text[line:end]) {
			parts = append(parts, text[start:line])
			start = line + len("---")
		}
		line = end + 1
	}
	return append(parts, text[start:])
}

// YAML lets no scalar hold a line that begins with --- or ... in its first
// column, so the line alone is enough to tell.
func endsDocument(line string) bool {
	if !strings.HasPrefix(line, "---") && !strings.HasPrefix(line, "...") {
		return false
	}
	return len(line) == len("---") || strings.ContainsRune(" \t\r", rune(line[len("---")]))
}

var sourceComment = regexp.MustCompile(`(?m)^# Source: (.+)$`)

func label(text string, index int) string {
	if match := sourceComment.FindStringSubmatch(text); match != nil {
		return match[1]
	}
	return fmt.Sprintf("document %d", index+1)
}

// parseDocument keeps numbers as their digits: a float64 would round them.
func parseDocument(text string) (any, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	asJSON, err := yaml.YAMLToJSONStrict([]byte(text))
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(asJSON))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return value, nil
}

// identity is "apiVersion/Kind namespace/name", without "namespace/" for an
// object that names none: which namespace it gets is not in the text.
func identity(object any) (string, error) {
	body, ok := object.(map[string]any)
	if !ok {
		return "", fmt.Errorf("not an object: %s", compact(object))
	}
	metadata, _ := body["metadata"].(map[string]any)
	apiVersion, _ := body["apiVersion"].(string)
	kind, _ := body["kind"].(string)
	name, _ := metadata["name"].(string)
	if apiVersion == "" || kind == "" || name == "" {
		return "", fmt.Errorf("no apiVersion, kind or metadata.name, or not a string: %s", compact(object))
	}
	id := apiVersion + "/" + kind + " "
	if namespace, given := metadata["namespace"]; given {
		text, ok := namespace.(string)
		if !ok {
			return "", fmt.Errorf("metadata.namespace is not a string: %s", compact(namespace))
		}
		id += text + "/"
	}
	return id + name, nil
}

func compact(value any) string {
	const most = 200
	text := string(raw(value))
	if len(text) > most {
		return text[:most] + "…"
	}
	return text
}

func raw(value any) json.RawMessage {
	text, err := encode(value)
	if err != nil {
		panic(err) // it came out of a JSON decoder
	}
	return bytes.TrimSpace(text)
}

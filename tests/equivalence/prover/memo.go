package main

import (
	"strings"
	"sync"
)

// memo remembers what documents parse to. Two Helms print nearly the same
// documents, and one value changes few of them; without it parsing takes half
// of the time. Nobody may write into what it returns.
type memo struct {
	most    int
	mu      sync.Mutex
	size    int
	entries map[string]parsedDocument
}

type parsedDocument struct {
	value any
	err   error
}

func (m *memo) parse(text string) (any, error) {
	m.mu.Lock()
	known, ok := m.entries[text]
	m.mu.Unlock()
	if ok {
		return known.value, known.err
	}
	value, err := parseDocument(text)
	m.keep(text, parsedDocument{value, err})
	return value, err
}

func (m *memo) keep(text string, document parsedDocument) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.entries == nil || m.size+len(text) > m.most {
		m.entries, m.size = map[string]parsedDocument{}, 0
	}
	if _, twice := m.entries[text]; !twice && len(text) <= m.most {
		// A clone, since the text is a piece of a whole rendering.
		m.entries[strings.Clone(text)] = document
		m.size += len(text)
	}
}

package main

import (
	"encoding/json"
	"testing"
)

func BenchmarkRenderAndCompare(b *testing.B) {
	line, err := json.Marshal(sampleRequest(sampleText(b)))
	if err != nil {
		b.Fatal(err)
	}
	p := newProver(b.TempDir())
	for b.Loop() {
		if a := p.answer(line); a.Error != nil {
			b.Fatal(*a.Error)
		}
	}
}

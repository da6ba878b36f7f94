package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"time"
)

// serve answers until the input ends. As many requests run at once as Go has
// processors; the answers come in any order.
func serve(in io.Reader, out io.Writer) error {
	scratch, err := os.MkdirTemp("", "prover-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)

	lines := make(chan []byte)
	var output lockedWriter
	output.to = out
	p := newProver(scratch)

	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for line := range lines {
				output.write(p.answer(line))
			}
		})
	}

	readErr := eachLine(in, lines)
	close(lines)
	workers.Wait()
	return errors.Join(readErr, output.err)
}

// A request holds whole renderings, so there is no limit on a line's length.
func eachLine(in io.Reader, lines chan<- []byte) error {
	reader := bufio.NewReaderSize(in, 1<<20)
	for {
		line, err := reader.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			lines <- line
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

type lockedWriter struct {
	mu  sync.Mutex
	to  io.Writer
	err error
}

func (w *lockedWriter) write(a answer) {
	line, err := encode(a)
	if err != nil {
		line, err = encode(answer{ID: a.ID, Error: message(err)})
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err == nil {
		_, err = w.to.Write(line)
	}
	w.err = errors.Join(w.err, err)
}

// encode leaves <, > and & as they are: people read the answers.
func encode(value any) ([]byte, error) {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return line.Bytes(), err
}

type prover struct {
	scratch string
	helm3   helm
	helm4   helm
	parsed  memo
}

func newProver(scratch string) *prover {
	const remembered = 8 << 20 // bytes of text, some 100 MB once parsed
	return &prover{scratch: scratch, helm3: newHelm3(), helm4: newHelm4(), parsed: memo{most: remembered}}
}

func (p *prover) answer(line []byte) (a answer) {
	r, err := parse(line)
	a.ID = r.ID
	if a.ID == nil {
		a.ID = json.RawMessage("null")
	}
	defer func() {
		if cause := recover(); cause != nil {
			a = answer{ID: a.ID, Error: message(panicked(cause))}
		}
	}()
	if err == nil {
		a.Helm3, a.Helm4, err = p.run(r)
	}
	if err != nil {
		a.Error = message(err)
	}
	return a
}

// parse returns the id even of a request that is refused.
func parse(line []byte) (request, error) {
	var r request
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(&r)
	if err == nil && decoder.More() {
		err = errors.New("more than one JSON value on the line")
	}
	if err != nil {
		var only struct {
			ID json.RawMessage `json:"id"`
		}
		_ = json.NewDecoder(bytes.NewReader(line)).Decode(&only)
		return request{ID: only.ID}, fmt.Errorf("malformed request: %w", err)
	}
	if r.Chart == "" {
		return r, errors.New("malformed request: no chart")
	}
	if r.Namespace == "" {
		r.Namespace = "default" // as without -n
	}
	return r, nil
}

func (p *prover) run(r request) (helm3, helm4 any, err error) {
	texts := r.Files
	if r.Op == "template" && r.Values != nil {
		text, err := json.Marshal(r.Values)
		if err != nil {
			return nil, nil, err
		}
		texts = append([]string{string(text)}, texts...)
	}
	files, err := writeValues(p.scratch, texts)
	if err != nil {
		return nil, nil, err
	}
	defer files.remove()

	switch r.Op {
	case "render":
		ours := expected{notes: r.Notes}
		if r.Manifests != nil {
			ours.documents = readDocuments(*r.Manifests, p.parsed.parse)
		}
		return p.render(p.helm3, r, files, ours), p.render(p.helm4, r, files, ours), nil
	case "values":
		return values(p.helm3, r, files), values(p.helm4, r, files), nil
	case "template":
		return template(p.helm3, r, files), template(p.helm4, r, files), nil
	}
	return nil, nil, fmt.Errorf("malformed request: unknown op %q", r.Op)
}

func (p *prover) render(h helm, r request, files valueFiles, ours expected) renderResult {
	start := time.Now()
	result := renderResult{Differences: []difference{}}
	rendered, err := guarded(files, func() (rendering, error) { return h.render(r, files.paths) })
	if err != nil {
		result.Error = message(err)
	} else {
		result.Rendered = true
		p.compare(rendered, ours, &result)
	}
	result.Millis = float64(time.Since(start).Microseconds()) / 1000
	return result
}

func values(h helm, r request, files valueFiles) valuesResult {
	final, err := guarded(files, func() (map[string]any, error) { return h.values(r, files.paths) })
	if err != nil {
		return valuesResult{Error: message(err)}
	}
	return valuesResult{Values: final}
}

func template(h helm, r request, files valueFiles) templateResult {
	text, err := guarded(files, func() (string, error) { return h.template(r, files.paths) })
	if err != nil {
		return templateResult{Error: message(err)}
	}
	return templateResult{Text: &text}
}

// guarded turns a panic into an error and takes the scratch folder out of
// messages, which would differ from run to run.
func guarded[T any](files valueFiles, call func() (T, error)) (result T, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = panicked(cause)
		}
		if err != nil {
			err = files.anonymous(err)
		}
	}()
	return call()
}

func panicked(cause any) error {
	return fmt.Errorf("panic: %v", cause)
}

func message(err error) *string {
	text := err.Error()
	return &text
}

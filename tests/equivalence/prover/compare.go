package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

const mostDifferences = 20

// expected is our rendering. What is nil is not compared.
type expected struct {
	documents *documents
	notes     *string
}

func (p *prover) compare(helm rendering, ours expected, result *renderResult) {
	found := &findings{}
	if ours.documents != nil {
		theirs := readDocuments(helm.manifests, p.parsed.parse)
		result.Objects = len(theirs.objects)
		compareDocuments(theirs, ours.documents, found)
	}
	if ours.notes != nil {
		// Helm prints notes without the white space around them.
		theirs, own := strings.TrimSpace(helm.notes), strings.TrimSpace(*ours.notes)
		if theirs != own {
			found.add(difference{Object: "NOTES.txt", Problem: "differs", Helm: raw(theirs), Ours: raw(own)})
		}
	}
	result.Differences = append(result.Differences, found.list...)
	result.Truncated = found.truncated
}

type findings struct {
	list      []difference
	truncated bool
}

func (f *findings) add(d difference) {
	if len(f.list) == mostDifferences {
		f.truncated = true
		return
	}
	f.list = append(f.list, d)
}

func compareDocuments(helm, ours *documents, found *findings) {
	for _, fault := range helm.faults {
		found.add(difference{Object: fault.object, Problem: "in helm: " + fault.problem})
	}
	for _, fault := range ours.faults {
		found.add(difference{Object: fault.object, Problem: "in ours: " + fault.problem})
	}
	ids := keysOfBoth(helm.objects, ours.objects)
	for _, id := range ids {
		theirs, inHelm := helm.objects[id]
		own, inOurs := ours.objects[id]
		switch {
		case !inOurs:
			found.add(difference{Object: id, Problem: "missing in ours", Helm: raw(theirs)})
		case !inHelm:
			found.add(difference{Object: id, Problem: "missing in helm", Ours: raw(own)})
		}
	}
	for _, id := range ids {
		theirs, inHelm := helm.objects[id]
		own, inOurs := ours.objects[id]
		if inHelm && inOurs {
			compareValues(theirs, own, place{object: id}, found)
		}
	}
}

type place struct {
	object string
	path   string
}

var plainKey = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

func (p place) key(key string) place {
	switch {
	case !plainKey.MatchString(key):
		p.path += "[" + string(raw(key)) + "]"
	case p.path == "":
		p.path = key
	default:
		p.path += "." + key
	}
	return p
}

func (p place) index(i int) place {
	p.path += fmt.Sprintf("[%d]", i)
	return p
}

func (p place) absent(in string, helm, ours json.RawMessage) difference {
	return difference{Object: p.object, Path: p.path, Problem: "absent in " + in, Helm: helm, Ours: ours}
}

func compareValues(helm, ours any, at place, found *findings) {
	switch theirs := helm.(type) {
	case map[string]any:
		if own, ok := ours.(map[string]any); ok {
			compareMaps(theirs, own, at, found)
			return
		}
	case []any:
		if own, ok := ours.([]any); ok {
			compareLists(theirs, own, at, found)
			return
		}
	default:
		if equalScalars(helm, ours) {
			return
		}
	}
	found.add(difference{Object: at.object, Path: at.path, Problem: "differs", Helm: raw(helm), Ours: raw(ours)})
}

func compareMaps(helm, ours map[string]any, at place, found *findings) {
	for _, key := range keysOfBoth(helm, ours) {
		theirs, inHelm := helm[key]
		own, inOurs := ours[key]
		switch {
		case !inOurs:
			found.add(at.key(key).absent("ours", raw(theirs), nil))
		case !inHelm:
			found.add(at.key(key).absent("helm", nil, raw(own)))
		default:
			compareValues(theirs, own, at.key(key), found)
		}
	}
}

func compareLists(helm, ours []any, at place, found *findings) {
	for i := range max(len(helm), len(ours)) {
		switch {
		case i >= len(ours):
			found.add(at.index(i).absent("ours", raw(helm[i]), nil))
		case i >= len(helm):
			found.add(at.index(i).absent("helm", nil, raw(ours[i])))
		default:
			compareValues(helm[i], ours[i], at.index(i), found)
		}
	}
}

// equalScalars takes numbers by their exact value: 1 is 1.0, and two integers
// that only a float64 could take for one are not equal.
func equalScalars(helm, ours any) bool {
	theirs, isNumber := helm.(json.Number)
	own, alsoNumber := ours.(json.Number)
	if !isNumber || !alsoNumber {
		switch ours.(type) {
		case map[string]any, []any:
			return false
		}
		return helm == ours
	}
	if theirs == own {
		return true
	}
	x, ok := new(big.Rat).SetString(string(theirs))
	y, alsoOK := new(big.Rat).SetString(string(own))
	return ok && alsoOK && x.Cmp(y) == 0
}

func keysOfBoth(a, b map[string]any) []string {
	keys := slices.Collect(maps.Keys(a))
	for key := range b {
		if _, both := a[key]; !both {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

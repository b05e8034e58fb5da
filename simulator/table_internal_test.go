package simulator

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// description is the machine-readable Bot API, as far as it is compared.
type description struct {
	Methods map[string]described `json:"methods"`
	Types   map[string]described `json:"types"`
}

type described struct {
	Fields   []describedField `json:"fields"`
	Subtypes []string         `json:"subtypes"`
}

type describedField struct {
	Name        string   `json:"name"`
	Types       []string `json:"types"`
	Required    bool     `json:"required"`
	Description string   `json:"description"`
	Enum        []string `json:"enum"`
	Limits      *struct {
		MinLen   int    `json:"min_len"`
		MaxLen   int    `json:"max_len"`
		Unit     string `json:"unit"`
		Parsed   bool   `json:"after_entities"`
		MinItems int    `json:"min_items"`
		MaxItems int    `json:"max_items"`
		MaxMB    int    `json:"max_mb"`
		Min      int    `json:"min"`
		Max      int    `json:"max"`
	} `json:"limits"`
}

func readDescription(t *testing.T) description {
	t.Helper()
	name := os.Getenv("BOTAPI_SPEC")
	if name == "" {
		t.Skip("BOTAPI_SPEC names no machine-readable description of the Bot API")
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var d description
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// line writes a field as one comparable line.
func (f describedField) line() string {
	var types []string
	for _, t := range f.Types {
		elem := strings.ReplaceAll(t, "Array of ", "")
		types = append(types, strings.Repeat("[]", strings.Count(t, "Array of "))+elem)
	}
	var l limit
	if x := f.Limits; x != nil {
		switch {
		case x.Unit != "":
			l = limit{x.Unit, x.Parsed, x.MinLen, x.MaxLen}
		case x.MaxItems > 0:
			l = limit{"items", false, x.MinItems, x.MaxItems}
		case x.MaxMB > 0:
			l = limit{"MB", false, 0, x.MaxMB}
		default:
			l = limit{"number", false, x.Min, x.Max}
		}
	}
	return fmt.Sprintf("%s required=%t %v %+v %v", f.Name, f.Required, types, l, f.Enum)
}

func (f *field) line() string {
	return fmt.Sprintf("%s required=%t %v %+v %v", f.name, f.required, f.types, f.limit, f.enum)
}

func tableLines(fields map[string]*field) []string {
	var out []string
	for _, f := range fields {
		out = append(out, f.line())
	}
	slices.Sort(out)
	return out
}

func describedLines(fields []describedField) []string {
	var out []string
	for _, f := range fields {
		out = append(out, f.line())
	}
	slices.Sort(out)
	return out
}

func TestTableAgreesWithDescription(t *testing.T) {
	d := readDescription(t)
	api := botAPI()
	for name, fields := range api.methods {
		m, ok := d.Methods[name]
		if !ok {
			t.Errorf("method %s is not in the description", name)
		}
		if diff := cmp.Diff(describedLines(m.Fields), tableLines(fields)); diff != "" {
			t.Errorf("method %s (-description +table):\n%s", name, diff)
		}
	}
	for name, fields := range api.types {
		m, ok := d.Types[name]
		if !ok {
			t.Errorf("type %s is not in the description", name)
		}
		if diff := cmp.Diff(describedLines(m.Fields), tableLines(fields)); diff != "" {
			t.Errorf("type %s (-description +table):\n%s", name, diff)
		}
	}
	for name, members := range api.unions {
		if diff := cmp.Diff(d.Types[name].Subtypes, members); diff != "" {
			t.Errorf("union %s (-description +table):\n%s", name, diff)
		}
	}
}

func TestEveryMethodIsKnown(t *testing.T) {
	d := readDescription(t)
	api := botAPI()
	known := slices.Collect(maps.Values(api.names))
	known = append(known, slices.Collect(maps.Values(api.other))...)
	slices.Sort(known)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(d.Methods)), known); diff != "" {
		t.Errorf("methods (-description +table):\n%s", diff)
	}
	var kinds []string
	for _, f := range d.Types["Update"].Fields {
		if f.Name != "update_id" {
			kinds = append(kinds, f.Name)
		}
	}
	slices.Sort(kinds)
	if diff := cmp.Diff(kinds, slices.Sorted(maps.Keys(api.kinds))); diff != "" {
		t.Errorf("kinds of update (-description +table):\n%s", diff)
	}
	var emoji []string
	for _, f := range d.Types["ReactionTypeEmoji"].Fields {
		for _, m := range regexp.MustCompile(`"!([^"]+)"`).FindAllStringSubmatch(f.Description, -1) {
			emoji = append(emoji, m[1])
		}
	}
	slices.Sort(emoji)
	if diff := cmp.Diff(emoji, slices.Sorted(maps.Keys(api.emoji))); diff != "" {
		t.Errorf("reactions (-description +table):\n%s", diff)
	}
}

// What a table says is checked must be checked by somebody: the generic check,
// or the method for lengths after entity parsing and for files.
func TestEveryMethodHasBehaviour(t *testing.T) {
	got := slices.Sorted(maps.Keys(methods()))
	got = append(got, "getUpdates")
	slices.Sort(got)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(botAPI().methods)), got); diff != "" {
		t.Errorf("methods (-table +behaviour):\n%s", diff)
	}
}

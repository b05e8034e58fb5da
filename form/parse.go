package form

import (
	"embed"
	"errors"
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	yamlparser "github.com/goccy/go-yaml/parser"
)

//go:embed household.yaml enterprise.yaml organization.yaml call.yaml raise.yaml open.yaml problem.yaml
var files embed.FS

// maxSource bounds the size of a form in YAML, in bytes.
const maxSource = 256 << 10

// source is a form as it is written: a definition, and the names of the parts
// that it includes.
type source struct {
	Definition `yaml:",inline"`
	Include    []string `yaml:"include"`
	// Before is, in a part, the number of the item before which its items go; 0
	// puts them behind all others.
	Before int `yaml:"before"`
}

// Defaults returns the forms that come with the program: the visits to a
// household, enterprise and organization, the call, and the problem that came
// by neither.
func Defaults() ([]Definition, error) {
	var out []Definition
	for _, name := range [...]string{"household", "enterprise", "organization", "call", "raise"} {
		data, err := files.ReadFile(name + ".yaml")
		if err != nil {
			return nil, fmt.Errorf("read form %s: %w", name, err)
		}
		d, err := Parse(data)
		if err != nil {
			return nil, fmt.Errorf("form %s: %w", name, err)
		}
		out = append(out, d)
	}
	return out, nil
}

// Parse reads a form from YAML and checks it whole. Its error joins one for every
// fault found; each names the line, the item and what would be right. A form may
// include: [problem], the part that records problems, and [open], the part that
// asks about those known before. A repeat that the form writes itself takes the
// place of the part's repeat with that id.
func Parse(data []byte) (Definition, error) {
	if len(data) > maxSource {
		return Definition{}, fmt.Errorf("form is longer than %d bytes; leave out what it does not need", maxSource)
	}
	src, file, err := decode(data)
	if err != nil {
		return Definition{}, err
	}
	m := merge(src, file)
	for _, f := range validate(&m.d) {
		at := f
		if f.list == "items" {
			at.i = m.written[f.i]
		}
		m.faults = append(m.faults, fmt.Errorf("line %d: %s: %s", lineOf(file, at.paths()...), f.where(&m.d), f.text))
	}
	if len(m.faults) > 0 {
		return Definition{}, errors.Join(m.faults...)
	}
	return m.d, nil
}

// merged is a form with its parts put in.
type merged struct {
	d Definition
	// written is the place of each item in the list as it was written, or one
	// beyond that list for an item of a part.
	written []int
	faults  []error
}

func merge(src source, file *ast.File) merged {
	m := merged{d: src.Definition}
	for i := range m.d.Items {
		m.written = append(m.written, i)
	}
	outside := len(src.Items)
	for i, name := range src.Include {
		part, err := included(name)
		if err != nil {
			m.faults = append(m.faults, fmt.Errorf("line %d: %w", lineOf(file, fmt.Sprintf("$.include[%d]", i)), err))
			continue
		}
		at := len(m.d.Items)
		if n := slices.IndexFunc(m.d.Items, func(it Item) bool { return it.No > 0 && it.No == part.Before }); n >= 0 {
			at = n
		}
		m.d.Items = slices.Insert(m.d.Items, at, part.Items...)
		m.written = slices.Insert(m.written, at, slices.Repeat([]int{outside}, len(part.Items))...)
		for _, r := range part.Repeats {
			if _, own := m.d.repeat(r.ID); !own {
				m.d.Repeats = append(m.d.Repeats, r)
			}
		}
	}
	return m
}

// included reads a part that the program brings along.
func included(name string) (source, error) {
	if name != "problem" && name != "open" {
		return source{}, fmt.Errorf("there is no part %q to include; there are problem and open", name)
	}
	data, err := files.ReadFile(name + ".yaml")
	if err != nil {
		return source{}, fmt.Errorf("read part %s: %w", name, err)
	}
	part, _, err := decode(data)
	if err != nil {
		return source{}, fmt.Errorf("part %s: %w", name, err)
	}
	return part, nil
}

// decode reads YAML into a source, and keeps the tree that knows the lines.
func decode(data []byte) (src source, file *ast.File, err error) {
	// The library panics on some documents that are no YAML (v1.19.2).
	defer func() {
		if recover() != nil {
			err = errors.New("the form is no YAML; check indentation, brackets and quotes")
		}
	}()
	file, err = yamlparser.ParseBytes(data, 0)
	if err != nil {
		return source{}, nil, located(err)
	}
	for _, doc := range file.Docs {
		if doc.Body == nil { // an empty document, which the library cannot walk
			continue
		}
		// A few aliases of aliases could swell into more than memory holds.
		if aliases := ast.Filter(ast.AliasType, doc); len(aliases) > 0 {
			return source{}, nil, fmt.Errorf("line %d: a form cannot use aliases; write out what *%s stands for",
				aliases[0].GetToken().Position.Line, aliases[0].(*ast.AliasNode).Value)
		}
	}
	if err := yaml.UnmarshalWithOptions(data, &src, yaml.Strict()); err != nil {
		return source{}, nil, located(err)
	}
	return src, file, nil
}

// located puts the line in front of an error of the YAML library.
func located(err error) error {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		return fmt.Errorf("line %d: %s; compare it with the forms that come with the program",
			at.GetToken().Position.Line, at.GetMessage())
	}
	return fmt.Errorf("read YAML: %w", err)
}

// lineOf returns the line of the first of the paths that exists, or 1. Going from
// the exact place outwards finds the item where a key is missing.
func lineOf(file *ast.File, paths ...string) int {
	for _, p := range paths {
		if line := nodeLine(file, p); line > 0 {
			return line
		}
	}
	return 1
}

func nodeLine(file *ast.File, at string) int {
	path, err := yaml.PathString(at)
	if err != nil {
		return 0
	}
	node, err := path.FilterFile(file)
	if err != nil || node == nil || node.GetToken() == nil {
		return 0
	}
	return node.GetToken().Position.Line
}

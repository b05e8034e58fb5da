package form

import (
	"cmp"
	"slices"
	"strings"
)

// Migrate moves answers from one version of a form to another, by item id. An
// answer is kept if its item still exists with the same type, in the same
// repeat, and every option chosen still exists. The others come back as dropped,
// in the order of the form, so that nothing is lost in silence. What is kept may
// still be against a rule of the later version: its sheet says so.
func Migrate(from, to *Definition, a Answers) (kept Answers, dropped []Step) {
	kept = Answers{}
	for path, answer := range a {
		if survives(from, to, path, answer) {
			kept[path] = answer.clone()
		} else {
			dropped = append(dropped, from.step(path))
		}
	}
	place := func(s Step) int {
		return slices.IndexFunc(from.Items, func(it Item) bool { return s.Item != nil && it.ID == s.Item.ID })
	}
	slices.SortFunc(dropped, func(a, b Step) int {
		return cmp.Or(cmp.Compare(a.N, b.N), cmp.Compare(place(a), place(b)), cmp.Compare(a.Path, b.Path))
	})
	return kept, dropped
}

// step returns what a path names, relevant or not. Of a path that the definition
// lacks only the path is known.
func (d *Definition) step(path string) Step {
	it, r, n, ok := d.split(path)
	switch {
	case !ok:
		return Step{Path: path}
	case strings.HasSuffix(path, gateSuffix):
		return Step{Path: path, Repeat: r}
	}
	return Step{Path: path, Item: it, Repeat: r, N: n}
}

func survives(from, to *Definition, path string, a Answer) bool {
	was, is := from.step(path), to.step(path)
	switch {
	case was.Item == nil:
		return was.Repeat != nil && is.Repeat != nil
	case is.Item == nil || is.Item.Type != was.Item.Type:
		return false
	case a.voice() && !is.Item.Voice:
		return false
	case is.Item.Type == SelectOne || is.Item.Type == SelectMultiple:
		return !slices.ContainsFunc(a.Values, func(id string) bool {
			_, ok := is.Item.option(id)
			return !ok
		})
	}
	return true
}

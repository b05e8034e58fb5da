package dialog

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxUnits is the longest text Telegram takes, in UTF-16 units to be on the
// safe side.
const maxUnits = 4096

// prose is a text in the making, with its entities. Offsets are counted in
// UTF-16 units as it grows, so nothing is ever parsed as markup.
type prose struct {
	b        strings.Builder
	units    int
	entities []Entity
}

// add appends plain words.
func (p *prose) add(s string) {
	p.b.WriteString(s)
	p.units += width(s)
}

// line appends words and ends the line. Empty words leave nothing.
func (p *prose) line(s string) {
	if s == "" {
		return
	}
	p.add(s)
	p.add("\n")
}

// gap leaves an empty line, unless nothing was said.
func (p *prose) gap() {
	if p.units > 0 {
		p.add("\n")
	}
}

// bold appends words that stand out.
func (p *prose) bold(s string) {
	if s == "" {
		return
	}
	p.entities = append(p.entities, Entity{Type: "bold", Offset: p.units, Length: width(s)})
	p.add(s)
}

// title appends a line in bold.
func (p *prose) title(s string) {
	p.bold(s)
	p.add("\n")
}

// text is the whole, cut to what Telegram takes: at the end of a line, with no
// entity reaching beyond the cut.
func (p *prose) text() (string, []Entity) {
	s := strings.TrimRight(p.b.String(), "\n")
	if width(s) > maxUnits {
		s = cut(s, maxUnits-2) + "\n…"
	}
	limit := width(s)
	var kept []Entity
	for _, e := range p.entities {
		if e.Offset+e.Length <= limit {
			kept = append(kept, e)
		}
	}
	return s, kept
}

// width is the length of s in UTF-16 units.
func width(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// cut shortens s to at most n UTF-16 units, at the last end of a line if there
// is one.
func cut(s string, n int) string {
	units := 0
	for i, r := range s {
		units += max(1, utf16.RuneLen(r))
		if units > n {
			if end := strings.LastIndexByte(s[:i], '\n'); end > 0 {
				return s[:end]
			}
			return s[:i]
		}
	}
	return s
}

// clip shortens s to n characters, the last being an ellipsis.
func clip(s string, n int) string {
	s = strings.ReplaceAll(s, "\n", " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

package simulator

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// utf16Len is the length of a text in UTF-16 units.
func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// checkEntities says what is wrong with explicit entities, or "".
func checkEntities(text string, entities []Entity) string {
	if len(entities) == 0 {
		return ""
	}
	starts, total := boundaries(text)
	for _, e := range entities {
		end := e.Offset + e.Length
		switch {
		case e.Offset < 0:
			return fmt.Sprintf("receive an entity with incorrect offset %d", e.Offset)
		case e.Length <= 0:
			return fmt.Sprintf("receive an entity with incorrect length %d", e.Length)
		case end > total:
			return fmt.Sprintf("entity beginning at UTF-16 offset %d ends after the end of the text at UTF-16 offset %d", e.Offset, end)
		case !starts[e.Offset]:
			return fmt.Sprintf("entity begins in a middle of a UTF-16 symbol at UTF-16 offset %d", e.Offset)
		case !starts[end]:
			return fmt.Sprintf("entity beginning at UTF-16 offset %d ends in a middle of a UTF-16 symbol at UTF-16 offset %d", e.Offset, end)
		case e.Type == "text_link" && e.URL == "":
			return "entity text_link has no url"
		}
	}
	return ""
}

// boundaries marks the UTF-16 offsets at which a character begins or the text
// ends.
func boundaries(text string) (starts map[int]bool, total int) {
	starts = make(map[int]bool, len(text))
	for _, r := range text {
		starts[total] = true
		total++
		if r > 0xFFFF {
			total++
		}
	}
	starts[total] = true
	return starts, total
}

// patterns find what Telegram marks in a text by itself.
var patterns = sync.OnceValue(func() []struct {
	kind string
	re   *regexp.Regexp
} {
	return []struct {
		kind string
		re   *regexp.Regexp
	}{
		{"url", regexp.MustCompile(`https?://[^\s<>"，。；）】]+`)},
		{"bot_command", regexp.MustCompile(`/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?`)},
		{"mention", regexp.MustCompile(`@[A-Za-z0-9_]{3,32}`)},
		{"hashtag", regexp.MustCompile(`#[\p{L}\p{N}_]{1,255}`)},
	}
})

// detect adds to the explicit entities of a text those that Telegram finds.
func detect(text string, explicit []Entity) []Entity {
	if !strings.ContainsAny(text, "/@#") {
		return explicit
	}
	out := slices.Clone(explicit)
	for _, p := range patterns() {
		for _, at := range p.re.FindAllStringIndex(text, -1) {
			if !standsAlone(text, at[0], at[1]) {
				continue
			}
			e := Entity{Type: p.kind, Offset: utf16Len(text[:at[0]]), Length: utf16Len(text[at[0]:at[1]])}
			if !slices.ContainsFunc(out, func(o Entity) bool {
				return e.Offset < o.Offset+o.Length && o.Offset < e.Offset+e.Length
			}) {
				out = append(out, e)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Entity) int { return a.Offset - b.Offset })
	return out
}

// standsAlone tells whether no ASCII word or slash touches text[from:to].
func standsAlone(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	return !wordy(before) && !wordy(after)
}

func wordy(r rune) bool {
	return r == '_' || r == '/' || r == '@' ||
		'0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

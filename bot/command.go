package bot

import (
	"strings"
	"unicode/utf16"

	"zoufang/dialog"
)

// command finds the first command in a text. It returns its name in lower case
// and the text after it, or foreign for a command meant for another bot. A
// command with words before it counts: "请 /visit" is what people write.
func command(text string, entities []dialog.Entity, username string) (name, args string, foreign bool) {
	first := -1
	for i, e := range entities {
		if e.Type == "bot_command" && (first < 0 || e.Offset < entities[first].Offset) {
			first = i
		}
	}
	if first < 0 {
		return "", "", false
	}
	begin, end, ok := stretch(text, entities[first])
	if !ok {
		return "", "", false
	}
	name, bot, addressed := strings.Cut(text[begin:end], "@")
	name, ok = strings.CutPrefix(strings.ToLower(name), "/")
	if !ok || !isCommand(name) {
		return "", "", false
	}
	if addressed && (username == "" || !strings.EqualFold(bot, username)) {
		return "", "", true
	}
	return name, strings.TrimSpace(text[end:]), false
}

// isCommand reports whether the name has the form that Telegram demands.
func isCommand(name string) bool {
	if name == "" || len(name) > 32 {
		return false
	}
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' {
			return false
		}
	}
	return true
}

// stretch turns the units of UTF-16 that an entity counts in into bytes. It is
// not ok if the entity leaves the text or cuts a character.
func stretch(text string, e dialog.Entity) (begin, end int, ok bool) {
	if e.Offset < 0 || e.Length <= 0 || e.Length > len(text) || e.Offset > len(text) {
		return 0, 0, false
	}
	begin, end = -1, -1
	units := 0
	for i, r := range text {
		if units == e.Offset {
			begin = i
		}
		if units == e.Offset+e.Length {
			end = i
		}
		units += utf16.RuneLen(r)
	}
	if units == e.Offset+e.Length {
		end = len(text)
	}
	return begin, end, begin >= 0 && end > begin
}

// units is the length of a text as Telegram counts it.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

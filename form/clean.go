package form

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	joiner    = '\u200d' // zero-width joiner, which builds one emoji from several
	emojiForm = '\ufe0f' // the variation selector that asks for the coloured form
	maxMarks  = 4        // combining marks on one base
)

// Clean returns the text as it may be stored and shown: in Unicode's form NFC,
// without invisible, direction-changing, control and tag characters (line feeds
// and the joiners inside emoji stay), with at most four combining marks on a
// base, and without white space around it. Clean of a clean text is the same
// text.
func Clean(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ").Replace(s)
	s = strings.Map(func(r rune) rune {
		if r != '\n' && r != joiner && invisible(r) {
			return -1
		}
		return r
	}, s)
	// Composing comes after the invisible has gone, since that may stand between
	// a base and its mark, or between two marks.
	return strings.TrimSpace(thin(norm.NFC.String(unjoin(s))))
}

// Fold returns the text for matching what was typed: full-width and other
// compatibility forms made plain (NFKC), in lower case.
func Fold(s string) string { return strings.ToLower(norm.NFKC.String(s)) }

// unjoin drops joiners and variation selectors that belong to no emoji.
func unjoin(s string) string {
	runes := []rune(s)
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		switch before := last(out); {
		case r == joiner && (!emoji(before) && before != emojiForm || i+1 == len(runes) || !emoji(runes[i+1])):
		case r == emojiForm && !emoji(before):
		default:
			out = append(out, r)
		}
	}
	return string(out)
}

// thin drops the marks beyond maxMarks.
func thin(s string) string {
	marks := 0
	return strings.Map(func(r rune) rune {
		switch {
		case r == emojiForm:
		case !unicode.Is(unicode.M, r):
			marks = 0
		default:
			if marks++; marks > maxMarks {
				return -1
			}
		}
		return r
	}, s)
}

func last(runes []rune) rune {
	if len(runes) == 0 {
		return 0
	}
	return runes[len(runes)-1]
}

// invisible reports whether a character takes no part in what a reader sees:
// controls, formats (directions, zero-width, tags), variation selectors but the
// one of emoji, fillers and noncharacters.
func invisible(r rune) bool {
	switch {
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r):
		return true
	case r == 0x034f, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5, r == 0x3164, r == 0xffa0, r == 0x2800:
		return true
	case 0x180b <= r && r <= 0x180f, 0xfe00 <= r && r < emojiForm, 0xe0000 <= r && r <= 0xe0fff:
		return true
	}
	return 0xfdd0 <= r && r <= 0xfdef || r&0xfffe == 0xfffe
}

// emoji reports whether a character can be part of an emoji sequence, roughly:
// the blocks that hold them, skin tones included.
func emoji(r rune) bool {
	switch {
	case 0x1f000 <= r && r <= 0x1faff, 0x2300 <= r && r <= 0x23ff, 0x25a0 <= r && r <= 0x27bf, 0x2b00 <= r && r <= 0x2bff:
		return true
	case 0x2190 <= r && r <= 0x21ff:
		return true
	}
	return r == 0xa9 || r == 0xae || r == 0x203c || r == 0x2049 || r == 0x2122 || r == 0x2139
}

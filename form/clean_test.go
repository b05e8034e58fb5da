package form_test

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"zoufang/form"
)

func TestClean(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"trims", " \t村口的路\n\u3000", "村口的路"},
		{"keeps line feeds", "一\r\n二\r三\u2028四", "一\n二\n三\n四"},
		{"tabs are spaces", "a\tb", "a b"},
		{"controls", "a\x00b\x1bc\u0085d", "abcd"},
		{"directions", "a\u202eb\u2066c\u2069\u200f", "abc"},
		{"zero width", "a\u200bb\u200cc\u200dd\u2060e\ufefff", "abcdef"},
		{"soft hyphen", "a\u00adb", "ab"},
		{"tags", "a\U000e0041\U000e007fb", "ab"},
		{"noncharacters", "a\ufffe\ufdd0\U0001ffffb", "ab"},
		{"fillers", "a\u3164\u115f\u2800b", "ab"},
		{"variation selectors", "a\ufe0fb\ufe00c\U000e0100", "abc"},
		{"NFC", "e\u0301", "é"},
		{"NFC over what was between", "e\u200b\u0301", "é"},
		{"marks", "a" + strings.Repeat("\u0332", 1000) + "b", "a" + strings.Repeat("\u0332", 4) + "b"},
		{"emoji family", "👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"},
		{"emoji form", "☀\ufe0f", "☀\ufe0f"},
		{"loose joiner", "👨\u200d", "👨"},
		{"doubled joiner", "👨\u200d\u200d👩", "👨\u200d👩"},
		{"full width stays", "１２，（路）", "１２，（路）"},
		{"broken UTF-8", "a\xffb", "ab"},
		{"nothing left", "\u200b \u202e", ""},
	} {
		if got := form.Clean(tt.text); got != tt.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, text := range []string{"e\u200b\u0301", "👨\u200d\ufe0f\u200d👩", "\u1100\u1160\u11a8", "a\u0332\u0301\u0323\u0345\u0334", "\xff\ufe0f☀", "\u0344\u0344\u0344"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := form.Clean(text)
		if again := form.Clean(got); again != got {
			t.Errorf("Clean(%q) = %q, and once more = %q", text, got, again)
		}
		if !norm.NFC.IsNormalString(got) {
			t.Errorf("Clean(%q) = %q is not NFC", text, got)
		}
		if len(got) > 3*len(text) {
			t.Errorf("Clean(%q) grew to %d bytes", text, len(got))
		}
		if strings.ContainsFunc(got, unwelcome) {
			t.Errorf("Clean(%q) = %q holds what nobody sees", text, got)
		}
		if most := mostMarks(got); most > 4 {
			t.Errorf("Clean(%q) = %q has %d marks on a base", text, got, most)
		}
	})
}

func unwelcome(r rune) bool {
	return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Noncharacter_Code_Point, r))
}

func mostMarks(s string) int {
	most, marks := 0, 0
	for _, r := range s {
		if marks++; !unicode.Is(unicode.M, r) || r == '\ufe0f' {
			marks = 0
		}
		most = max(most, marks)
	}
	return most
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{"ＡＢＣ１２": "abc12", "①": "1", "Apr 5": "apr 5", "，": ",", "路": "路"} {
		if got := form.Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

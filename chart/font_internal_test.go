package chart

import "testing"

func TestTypefaceHasAllCommonCharacters(t *testing.T) {
	face, err := typeface()
	if err != nil {
		t.Fatalf("typeface() = %v, want no error", err)
	}
	has := func(r rune) {
		if face.Font.Index(r) == 0 {
			t.Errorf("the typeface has no glyph for %c (%U)", r, r)
		}
	}
	for r := rune(' '); r <= '~'; r++ {
		has(r)
	}
	for r := rune(0x4e00); r <= 0x9fa5; r++ { // what GBK knows: rare surnames too
		has(r)
	}
	for _, r := range "　、。·ˉ—～…‘’“”〔〕〈〉《》「」【】！（），．／：；？％＋－×÷°℃①②③④⑤⑥⑦⑧⑨⑩→↑↓●○■□★☆²³¥€•✓" {
		has(r)
	}
}

package chart_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/chart"
)

var (
	days     = []string{"周一", "周二", "周三", "周四", "周五", "周六", "周日"}
	families = []string{"群众思想困惑", "群众生活困难", "项目建设障碍", "企业发展瓶颈", "影响社会稳定", "基层党建薄弱"}
	long     = strings.Repeat("很长的村庄名字", 20)

	paper = color.RGBA{R: 241, G: 244, B: 248, A: 255}
	white = color.RGBA{R: 255, G: 255, B: 255, A: 255}
	blue  = color.RGBA{R: 58, G: 110, B: 165, A: 255}
)

func week() chart.Panel {
	return chart.Panel{
		Title:  "本周走访与电话",
		Labels: days,
		Series: []chart.Series{
			{Name: "走访", Values: []float64{12, 9, 15, 7, 18, 0, 2}},
			{Name: "电话", Values: []float64{20, 14, 11, 23, 16, 3, 0}},
		},
	}
}

func problems() chart.Panel {
	return chart.Panel{
		Title:  "六类问题",
		Labels: families,
		Series: []chart.Series{
			{Name: "新增", Values: []float64{6, 14, 3, 2, 1, 0}},
			{Name: "办结", Values: []float64{4, 9, 3, 0, 1, 2}},
		},
		Horizontal: true,
	}
}

func digest() chart.Picture {
	return chart.Picture{
		Title:  "第三工作组 · 11月17日—11月23日",
		Note:   "截至11月23日17:30；补报计入实际走访日。",
		Panels: []chart.Panel{week(), problems()},
	}
}

// full is a panel of n labels and as many series as there are, with values that go up to
// the top.
func full(label string, n int, top float64) chart.Panel {
	p := chart.Panel{Title: label, Labels: slices.Repeat([]string{label}, n)}
	for i := range 4 {
		s := chart.Series{Name: label, Values: make([]float64, n)}
		for j := range n {
			s.Values[j] = math.Floor(top / float64(1+(i+j)%n))
		}
		p.Series = append(p.Series, s)
	}
	return p
}

// poses are the four ways to draw a panel.
func poses(p chart.Panel) []chart.Panel {
	all := slices.Repeat([]chart.Panel{p}, 4)
	for i := range all {
		all[i].Stacked, all[i].Horizontal = i%2 == 1, i >= 2
	}
	return all
}

func draw(t testing.TB, p chart.Picture) ([]byte, *image.RGBA) {
	t.Helper()
	b, err := chart.Draw(p)
	if err != nil {
		t.Fatalf("Draw(%q) = %v, want no error", p.Title, err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatalf("decode the picture %q: %v", p.Title, err)
	}
	opaque, ok := img.(*image.RGBA)
	if !ok {
		t.Fatalf("the picture %q is a %T, want one of plain colours", p.Title, img)
	}
	return b, opaque
}

// count counts the pixels of a colour in a part of a picture.
func count(img *image.RGBA, part image.Rectangle, c color.RGBA) int {
	n := 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if img.RGBAAt(x, y) == c {
				n++
			}
		}
	}
	return n
}

func TestDrawKeepsToItsSizeAndMargins(t *testing.T) {
	zero := week()
	zero.Series = []chart.Series{{Name: "走访", Values: make([]float64, len(days))}}
	only := chart.Panel{Labels: []string{"唯一"}, Series: []chart.Series{{Values: []float64{3}}}}
	tests := map[string]chart.Panel{
		"week":        week(),
		"problems":    problems(),
		"all zero":    zero,
		"only one":    only,
		"month":       full("10月28日", 31, 300),
		"long":        full(long, 7, 1e9),
		"long, many":  full(long, 31, 12345),
		"latin":       full("Sant Cugat del Vallès, Barcelona", 12, 99),
		"no fitting":  full("😀𠮷\n\t\x00\xff", 3, 7),
		"tiny values": full("村", 5, 0.3),
		"no labels":   full("", 4, 50),
	}
	for name, panel := range tests {
		t.Run(name, func(t *testing.T) {
			p := poses(panel)
			for _, panels := range [][]chart.Panel{p[:1], p[1:]} {
				b, img := draw(t, chart.Picture{Title: panel.Title, Note: panel.Title, Panels: panels})
				if len(b) > 200_000 {
					t.Errorf("Draw() = %d bytes, want at most 200000", len(b))
				}
				w, h := img.Bounds().Dx(), img.Bounds().Dy()
				if w != 960 || h < 720 || h > 1280 {
					t.Errorf("Draw() = a picture of %d by %d, want 960 by 720 to 1280", w, h)
				}
				checkSides(t, img)
			}
		})
	}
}

// checkSides checks that nothing stands out of the cards, which end 28 from the sides, nor
// in their padding.
func checkSides(t *testing.T, img *image.RGBA) {
	t.Helper()
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	empty := bytes.Repeat([]byte{paper.R, paper.G, paper.B, paper.A}, 28)
	for y := range h {
		row := img.Pix[y*img.Stride:][:4*w]
		if !bytes.HasPrefix(row, empty) || !bytes.HasSuffix(row, empty) {
			t.Fatalf("the sides are not empty in line %d", y)
		}
		if y < 110 || y >= h-80 {
			continue // the title and the note have no padding
		}
		for x := range 20 {
			if left, right := row[4*(28+x)], row[4*(w-28-20+x)]; min(left, right) < paper.R {
				t.Fatalf("the padding is not empty in line %d", y)
			}
		}
	}
}

func TestDrawIsDeterministic(t *testing.T) {
	first, _ := draw(t, digest())
	for range 2 {
		if again, _ := draw(t, digest()); !bytes.Equal(again, first) {
			t.Fatal("Draw() of an equal picture gives other bytes, want the same")
		}
	}
}

func TestDrawIsSafeForConcurrentUse(t *testing.T) {
	want, _ := draw(t, digest())
	got := make([][]byte, 4)
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() {
			// A rune that only a font of the library has makes it load that one.
			if _, err := chart.Draw(chart.Picture{Title: "Ẁ😀", Panels: []chart.Panel{week()}}); err != nil {
				t.Errorf("Draw() = %v, want no error", err)
			}
			b, err := chart.Draw(digest())
			if err != nil {
				t.Errorf("Draw() = %v, want no error", err)
			}
			got[i] = b
		})
	}
	wg.Wait()
	for i := range got {
		if !bytes.Equal(got[i], want) {
			t.Errorf("Draw() beside others gives other bytes (picture %d), want the same", i)
		}
	}
}

func TestDrawLeavesItsInputAlone(t *testing.T) {
	for i, pose := range poses(problems()) {
		draw(t, chart.Picture{Panels: []chart.Panel{pose}})
		want := poses(problems())[i]
		if diff := cmp.Diff(want, pose); diff != "" {
			t.Errorf("Draw() changed pose %d (-want +got):\n%s", i, diff)
		}
	}
}

func TestDrawRefuses(t *testing.T) {
	values := func(v ...float64) []chart.Panel {
		return []chart.Panel{week(), {Labels: []string{"甲", "乙"}, Series: []chart.Series{{Values: v}}}}
	}
	tests := []struct {
		name   string
		panels []chart.Panel
		want   string
	}{
		{"no panel", nil, "picture with 0 panels, want 1 to 3"},
		{"too many panels", poses(week()), "picture with 4 panels, want 1 to 3"},
		{"no labels", []chart.Panel{{Series: week().Series}}, "panel 1: 0 labels, want 1 to 31"},
		{"too many labels", []chart.Panel{full("村", 32, 1)}, "panel 1: 32 labels, want 1 to 31"},
		{"no series", []chart.Panel{{Labels: days}}, "panel 1: 0 series, want 1 to 4"},
		{"too many series", []chart.Panel{{Labels: days, Series: make([]chart.Series, 5)}}, "panel 1: 5 series, want 1 to 4"},
		{"too few values", values(1), "panel 2: series 1: 1 values for 2 labels"},
		{"too many values", values(1, 2, 3), "panel 2: series 1: 3 values for 2 labels"},
		{"negative", values(0, -1), "panel 2: series 1: value 2 is -1, want 0 to 1000000000"},
		{"not a number", values(math.NaN(), 0), "panel 2: series 1: value 1 is NaN, want 0 to 1000000000"},
		{"infinite", values(0, math.Inf(1)), "panel 2: series 1: value 2 is +Inf, want 0 to 1000000000"},
		{"too much", values(0, 2e9), "panel 2: series 1: value 2 is 2e+09, want 0 to 1000000000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := chart.Draw(chart.Picture{Panels: tt.panels})
			if err == nil || err.Error() != tt.want || b != nil {
				t.Errorf("Draw() = %d bytes, %v, want none, %s", len(b), err, tt.want)
			}
		})
	}
}

func TestBarsAreAsLongAsTheirValues(t *testing.T) {
	p := chart.Panel{Labels: []string{"甲", "乙"}, Series: []chart.Series{{Values: []float64{10, 40}}}}
	for i, pose := range poses(p) {
		_, img := draw(t, chart.Picture{Panels: []chart.Panel{pose}})
		b := img.Bounds()
		first, second := b, b
		if pose.Horizontal { // the first label is on top
			first.Max.Y, second.Min.Y = b.Max.Y/2-14, b.Max.Y/2-14
		} else {
			first.Max.X, second.Min.X = b.Max.X/2+14, b.Max.X/2+14
		}
		small, great := count(img, first, blue), count(img, second, blue)
		if ratio := float64(great) / float64(small); ratio < 3.8 || ratio > 4.2 || great < 10_000 {
			t.Errorf("pose %d: the bar of 40 has %d pixels, that of 10 has %d: %.2f times, want 4, and far more than 10000 pixels", i, great, small, ratio)
		}
	}
}

func TestFirstLabelIsOnTop(t *testing.T) {
	p := chart.Panel{Labels: []string{"一", "麟"}, Series: week().Series[:1], Horizontal: true}
	p.Series[0].Values = []float64{0, 0}
	_, img := draw(t, chart.Picture{Panels: []chart.Panel{p}})
	middle := img.Bounds().Dy()/2 - 14
	top := image.Rect(52, 110, 80, middle)
	bottom := image.Rect(52, middle, 80, img.Bounds().Dy()-80)
	few := top.Dx()*top.Dy() - count(img, top, white)
	many := bottom.Dx()*bottom.Dy() - count(img, bottom, white)
	if few == 0 || many < 3*few {
		t.Errorf("the label on top has %d pixels, that at the bottom %d: want 一 and 麟", few, many)
	}
}

func TestLabelsStandBelowTheirBars(t *testing.T) {
	for _, n := range []int{1, 2, 7, 16, 31} {
		p := chart.Panel{Labels: make([]string, n), Series: []chart.Series{{Values: make([]float64, n)}}}
		p.Labels[n-1], p.Series[0].Values[n-1] = "口", 10
		_, img := draw(t, chart.Picture{Panels: []chart.Panel{p}})
		bar, label := middle(img, 100, 500), middle(img, 650, 690)
		if bar == 0 || max(bar-label, label-bar) > 2 {
			t.Errorf("of %d bars, the last has its middle at %d and its label at %d, want the same", n, bar, label)
		}
	}
}

// middle is halfway between the first and the last dark column in a band of a card, to the
// right of the value axis.
func middle(img *image.RGBA, top, bottom int) int {
	first, last := 0, 0
	for x := 120; x < img.Bounds().Dx()-28; x++ {
		for y := top; y < bottom; y++ {
			if c := img.RGBAAt(x, y); c.R < 100 {
				if first == 0 {
					first = x
				}
				last = x
			}
		}
	}
	return (first + last) / 2
}

func TestDrawShowsChineseEverywhere(t *testing.T) {
	tests := map[string]func(p *chart.Picture, text string){
		"title":       func(p *chart.Picture, text string) { p.Title = text },
		"note":        func(p *chart.Picture, text string) { p.Note = text },
		"panel":       func(p *chart.Picture, text string) { p.Panels[0].Title = text },
		"legend":      func(p *chart.Picture, text string) { p.Panels[0].Series[1].Name = text },
		"below bars":  func(p *chart.Picture, text string) { p.Panels[0].Labels = slices.Repeat([]string{text}, 7) },
		"beside bars": func(p *chart.Picture, text string) { p.Panels[1].Labels = slices.Repeat([]string{text}, 6) },
	}
	for place, set := range tests {
		t.Run(place, func(t *testing.T) {
			// What a font lacks is an empty box, always the same.
			with := func(text string) []byte {
				p := digest()
				set(&p, text)
				b, err := chart.Draw(p)
				if err != nil {
					t.Fatalf("Draw() with %s = %v, want no error", text, err)
				}
				return b
			}
			if bytes.Equal(with("群众"), with("困难")) {
				t.Error("Draw() with 群众 and with 困难 give the same picture, want different shapes")
			}
		})
	}
}

func FuzzDraw(f *testing.F) {
	f.Add("周报", "走访", "周一", uint8(7), uint32(12), false, false)
	f.Add(long, "😀𠮷", "\x00\xff\n", uint8(31), uint32(1e9), true, true)
	f.Add("", "", "", uint8(1), uint32(0), true, false)
	f.Add("e\u0301\u202e", "Ẁ", "    ", uint8(4), uint32(4321), false, true)
	f.Fuzz(func(t *testing.T, title, name, label string, n uint8, value uint32, stacked, horizontal bool) {
		p := full(label, 1+int(n)%31, float64(min(value, 1e9)))
		p.Title, p.Stacked, p.Horizontal = title, stacked, horizontal
		p.Series = p.Series[:1+int(value)%4]
		p.Series[0].Name = name
		panels := []chart.Panel{p, week(), p}[:1+int(n)%3]
		_, img := draw(t, chart.Picture{Title: title, Note: name, Panels: panels})
		if w := img.Bounds().Dx(); w != 960 {
			t.Errorf("Draw() = a picture %d wide, want 960", w)
		}
	})
}

func BenchmarkDraw(b *testing.B) {
	p := digest()
	for b.Loop() {
		if _, err := chart.Draw(p); err != nil {
			b.Fatal(err)
		}
	}
}

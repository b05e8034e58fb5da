package chart

import (
	"image"
	"sort"
	"strings"
	"unicode"

	"github.com/go-analyze/charts"
)

// Sizes in pixels. On a phone the picture is shown at two fifths of its width, so that 24
// here is small print there. Telegram shrinks what is higher than 1280.
const (
	across    = 960
	leastTall = 720
	mostTall  = 1280
	margin    = 28 // around and between the cards
	padding   = 24 // within a card
	corner    = 16 // radius of a card's corners

	titleSize, titleLeast   = 42, 30
	headSize, headLeast     = 32, 24
	legendSize, legendLeast = 26, 20
	labelSize, labelLeast   = 30, 20
	figureSize, figureLeast = 28, 15
	axisSize                = 22
	noteSize, noteLeast     = 24, 20
)

var (
	paper = charts.ColorRGB(241, 244, 248)
	card  = charts.ColorRGB(255, 255, 255)
	ink   = charts.ColorRGB(38, 50, 66)
	faded = charts.ColorRGB(104, 117, 134)
	rule  = charts.ColorRGB(228, 233, 240)

	// hues are the colours of the series, in order. They differ in lightness too, for
	// people who do not see the difference in colour.
	hues = [maxSeries]charts.Color{
		charts.ColorRGB(58, 110, 165),
		charts.ColorRGB(126, 190, 170),
		charts.ColorRGB(236, 178, 92),
		charts.ColorRGB(190, 98, 98),
	}
	// onHues are colours of figures that stand on a bar of each hue.
	onHues = [maxSeries]charts.Color{card, ink, ink, card}
)

// canvas is the sheet a picture is drawn on.
type canvas struct {
	painter *charts.Painter
	face    charts.FontStyle
}

// newCanvas makes a sheet as high as the picture needs, with its title and its note, and
// returns the room that is left for panels.
func newCanvas(face charts.FontStyle, p Picture) (canvas, image.Rectangle) {
	top, bottom := margin, margin
	if p.Title != "" {
		top += titleSize + margin - 4
	}
	if p.Note != "" {
		bottom += noteSize + margin - 8
	}
	needs := 0
	for _, panel := range p.Panels {
		needs += around + panel.need()
	}
	tall := top + bottom + needs + margin*(len(p.Panels)-1)
	tall = min(max(tall, leastTall), mostTall)
	c := canvas{face: face, painter: charts.NewPainter(charts.PainterOptions{
		OutputFormat: charts.ChartOutputPNG,
		Width:        across,
		Height:       tall,
	})}
	c.painter.FilledRect(0, 0, across, tall, paper, paper, 0)
	room := image.Rect(margin, top, across-margin, tall-bottom)
	size, title := c.fit(room.Dx(), titleSize, titleLeast, p.Title)
	c.painter.Text(title[0], margin, margin+titleSize-4, 0, c.style(size, ink))
	size, note := c.fit(room.Dx(), noteSize, noteLeast, p.Note)
	c.painter.Text(note[0], margin, tall-margin, 0, c.style(size, faded))
	return c, room
}

// around is the height of a card without its bars: padding, title and legend.
const around = 2*padding + headSize + 12 + legendSize + 28

// need is the height at which a panel's bars look well.
func (p Panel) need() int {
	if !p.Horizontal {
		return 300
	}
	return min(max(len(p.Labels)*(28*p.lanes()+18), 200), 1000)
}

// places divides the room among the panels, from top to bottom. What their titles do not
// take goes to each as its bars need it.
func places(room image.Rectangle, panels []Panel) []image.Rectangle {
	all := 0
	for _, p := range panels {
		all += p.need()
	}
	free := room.Dy() - around*len(panels) - margin*(len(panels)-1)
	places := make([]image.Rectangle, len(panels))
	for i, p := range panels {
		places[i] = room
		places[i].Max.Y = room.Min.Y + around + p.need()*free/all
		room.Min.Y = places[i].Max.Y + margin
	}
	return places
}

// style is our typeface in a size of pixels. Every text that is handed to the library
// carries it: what has none is set in the library's own font, which knows no Chinese.
func (c canvas) style(size int, color charts.Color) charts.FontStyle {
	s := c.face
	s.FontSize = float64(size) * 72 / 96 // points, at the library's 96 dots an inch
	s.FontColor = color
	return s
}

func (c canvas) textWidth(text string, size int) int {
	return c.painter.MeasureText(text, 0, c.style(size, ink)).Width()
}

// back draws an empty card.
func (c canvas) back(r image.Rectangle) {
	p := c.painter
	p.FilledRect(r.Min.X+corner, r.Min.Y, r.Max.X-corner, r.Max.Y, card, card, 0)
	p.FilledRect(r.Min.X, r.Min.Y+corner, r.Max.X, r.Max.Y-corner, card, card, 0)
	round := r.Inset(corner)
	for _, x := range []int{round.Min.X, round.Max.X} {
		for _, y := range []int{round.Min.Y, round.Max.Y} {
			p.Circle(corner, x, y, card, card, 0)
		}
	}
}

// head draws a panel's title and legend, and returns the room that is left for the bars.
func (c canvas) head(p Panel, room image.Rectangle) image.Rectangle {
	if p.Title != "" {
		size, cut := c.fit(room.Dx(), headSize, headLeast, p.Title)
		c.painter.Text(cut[0], room.Min.X, room.Min.Y+headSize-4, 0, c.style(size, ink))
		room.Min.Y += headSize + 12
	}
	names := make([]string, len(p.Series))
	for i, s := range p.Series {
		names[i] = s.Name
	}
	if strings.Join(names, "") == "" {
		return room
	}
	const swatch, gap = 24, 10
	slot := room.Dx() / len(names)
	size, names := c.fit(slot-swatch-3*gap, legendSize, legendLeast, names...)
	x, bottom := room.Min.X, room.Min.Y+legendSize
	for i, name := range names {
		if name == "" {
			continue
		}
		c.painter.FilledRect(x, bottom-swatch+2, x+swatch, bottom+2, hues[i], hues[i], 0)
		x += swatch + gap
		c.painter.Text(name, x, bottom, 0, c.style(size, faded))
		x += c.textWidth(name, size) + 2*gap
	}
	room.Min.Y += legendSize + 28
	return room
}

// fit returns the texts as they can stand in a width of pixels, and their common size:
// the greatest from most down to least at which all of them fit, and if none does, the
// least, with the long ones cut.
func (c canvas) fit(width, most, least int, texts ...string) (int, []string) {
	clean := plain(texts)
	size := most
	if w := c.widest(clean, most); w > width {
		size = most * width / w // the width grows with the size, but for rounding
	}
	for size > least && c.widest(clean, size) > width {
		size--
	}
	size = max(size, least)
	for i, t := range clean {
		clean[i] = c.cut(t, width, size)
	}
	return size, clean
}

func (c canvas) widest(texts []string, size int) int {
	w := 0
	for _, t := range texts {
		w = max(w, c.textWidth(t, size))
	}
	return w
}

// cut shortens a text to a width, with an ellipsis in place of what is gone.
func (c canvas) cut(text string, width, size int) string {
	if c.textWidth(text, size) <= width {
		return text
	}
	runes := []rune(text)
	short := func(n int) string { return strings.TrimRight(string(runes[:n]), " ") + "…" }
	n := sort.Search(len(runes), func(n int) bool { return c.textWidth(short(n), size) > width })
	if n == 0 {
		return ""
	}
	return short(n - 1)
}

// plain makes one line of each text: no breaks, nothing invisible, no marks that belong on
// the letter before (the library would set them beside it), and no longer than could ever
// be shown.
func plain(texts []string) []string {
	const longest = 120
	lines := make([]string, len(texts))
	for i, text := range texts {
		var line []rune
		for _, r := range text {
			if len(line) == longest {
				break
			}
			if unicode.IsSpace(r) {
				line = append(line, ' ')
			} else if unicode.IsPrint(r) && !unicode.Is(unicode.Mn, r) {
				line = append(line, r)
			}
		}
		lines[i] = strings.TrimSpace(string(line))
	}
	return lines
}

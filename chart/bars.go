package chart

import (
	"image"
	"math"
	"slices"
	"strconv"

	"github.com/go-analyze/charts"
)

const (
	gap        = 3  // between the bars of one label
	thickest   = 64 // of a bar, where there is room
	breath     = 8  // beyond the figure at a bar's end
	distance   = 5  // between a bar's end and its figure; the library's own
	axisWidth  = 10 // that the library takes beside the labels left of the bars
	axisHeight = 7  // that it takes above those below
)

// panel draws one panel on its card.
func (c canvas) panel(p Panel, place image.Rectangle) error {
	c.back(place)
	room := c.head(p, place.Inset(padding))
	arrange := c.standing
	if p.Horizontal {
		// The axis below, often empty, is margin enough.
		room.Max.Y += padding / 2
		arrange = c.lying
	}
	area := c.painter.Child(charts.PainterBoxOption(
		charts.NewBox(room.Min.X, room.Min.Y, room.Max.X, room.Max.Y)))
	return area.BarChart(arrange(p, room.Size()))
}

// standing are the options for bars that grow upwards, in a room of that size.
func (c canvas) standing(p Panel, room image.Point) charts.BarChartOption {
	along := max(room.Y-labelSize-axisHeight, 1)
	end := figureSize + distance + breath
	if p.Stacked {
		end = breath // the figures are within
	}
	scale := newScale(p, along, end)
	slot, thick := p.divide(room.X - c.textWidth(figure(scale.top), axisSize) - axisWidth)
	opt := c.bars(p, scale, slot, thick)
	c.nameSlots(&opt.CategoryAxis, p.Labels, slot)

	figures := p.figures()
	size := figureSize
	for size > 0 && c.widest(figures, size) > thick+gap {
		size--
	}
	for i := range opt.SeriesList {
		opt.SeriesList[i].Label = c.atEnd(size)
		if p.Stacked {
			opt.SeriesList[i].Label = c.within(i, size, scale.part(size+breath, along))
			opt.SeriesList[i].Label.Offset.Top = size + distance
		}
	}
	return opt
}

// nameSlots puts the labels below standing bars. Where they are too long even in small
// type, either each is cut, or, if that would leave next to nothing of it, only as many
// are shown as have room.
func (c canvas) nameSlots(axis *charts.CategoryAxisOption, labels []string, slot int) {
	const air, readable = 6, 3 * labelLeast
	size, cut := c.fit(slot-air, labelSize, labelLeast, labels...)
	if whole := c.widest(plain(labels), labelLeast) + air; slot < min(whole, readable) {
		every := min((min(whole, 2*readable)+slot-1)/slot, len(labels))
		size, cut = c.fit(every*slot-air, labelLeast, labelLeast, labels...)
		for i := range cut {
			// Each stands in the middle of as many slots, and these are all there.
			if i%every != every/2 || 2*i+1+every > 2*len(cut) {
				cut[i] = ""
			}
		}
	}
	axis.Labels = cut
	axis.LabelCount = len(cut)
	// Without it the library moves the labels of narrow slots away from their bars.
	axis.BoundaryGap = new(true)
	axis.LabelFontStyle = c.style(size, ink)
	if len(cut) == 1 {
		// The library sets an only label to the left of its slot.
		axis.LabelOffset.Left = (slot - c.textWidth(cut[0], size)) / 2
	}
}

// lying are the options for bars that grow to the right, in a room of that size.
func (c canvas) lying(p Panel, room image.Point) charts.BarChartOption {
	slot, thick := p.divide(room.Y - axisSize - axisHeight)
	most := max(min(labelSize, slot*4/5), 1)
	labelSize, labels := c.fit(room.X*2/5, most, min(most, labelLeast), p.Labels...)
	size := min(figureSize, thick+gap)
	wide := c.widest(p.figures(), size) + distance + breath
	along := room.X - c.widest(labels, labelSize) - axisWidth

	scale := newScale(p, along, wide)
	opt := c.bars(p, scale, slot, thick)
	slices.Reverse(labels) // the library begins at the bottom
	opt.CategoryAxis.Labels = labels
	opt.CategoryAxis.LabelCount = len(labels)
	opt.CategoryAxis.LabelFontStyle = c.style(labelSize, ink)
	for i := range opt.SeriesList {
		slices.Reverse(opt.SeriesList[i].Values)
		opt.SeriesList[i].Label = c.atEnd(size)
		if p.Stacked {
			opt.SeriesList[i].Label = c.within(i, size, scale.part(wide, along))
			opt.SeriesList[i].Label.Offset.Left = -wide
		}
	}
	if size >= figureLeast {
		// The library sets the numbers of this axis beside their lines. The figures at
		// the bars say it better.
		opt.ValueAxis[0].ValueFormatter = func(float64) string { return "" }
	}
	return opt
}

// bars are the options that standing and lying bars have in common. Slot and thick are
// pixels for one label and for one bar.
func (c canvas) bars(p Panel, s scale, slot, thick int) charts.BarChartOption {
	series := make(charts.BarSeriesList, len(p.Series))
	for i := range series {
		// No names are given: the legend is ours.
		series[i] = charts.BarSeries{Values: slices.Clone(p.Series[i].Values)}
	}
	return charts.BarChartOption{
		Theme: charts.MakeTheme(charts.ThemeOption{
			AxisStrokeColor:    rule,
			AxisSplitLineColor: rule,
			BackgroundColor:    card,
			TextColor:          ink,
			SeriesColors:       hues[:],
		}),
		Horizontal:  p.Horizontal,
		SeriesList:  series,
		StackSeries: new(p.Stacked),
		// Half a pixel more, for the library rounds down.
		BarSize:   (float64(thick*p.lanes()) + 0.5) / float64(slot),
		BarMargin: new(float64(gap) / float64(slot)),
		Title:     charts.TitleOption{Show: new(false)},
		Legend:    charts.LegendOption{Show: new(false)},
		ValueAxis: []charts.ValueAxisOption{{
			Min:            new(0.0),
			Max:            new(s.top),
			LabelCount:     s.steps + 1,
			LabelFontStyle: c.style(axisSize, faded),
			ValueFormatter: figure,
		}},
	}
}

// atEnd shows each figure beyond the end of its bar, unless the size is too small to read.
func (c canvas) atEnd(size int) charts.SeriesLabel {
	return charts.SeriesLabel{
		Show:           new(size >= figureLeast),
		FontStyle:      c.style(size, ink),
		ValueFormatter: figure,
	}
}

// within shows the figures of the i-th series on their parts of the stack, if they are
// not less than the value whose part has room for one.
func (c canvas) within(i, size int, least float64) charts.SeriesLabel {
	label := c.atEnd(size)
	label.FontStyle.FontColor = onHues[i]
	label.ValueFormatter = func(v float64) string {
		if v < least {
			return ""
		}
		return figure(v)
	}
	return label
}

// lanes are the bars that a label has beside each other.
func (p Panel) lanes() int {
	if p.Stacked {
		return 1
	}
	return len(p.Series)
}

// divide divides a length among the labels: pixels for each, and for each of its bars.
func (p Panel) divide(length int) (slot, thick int) {
	slot = max(length/len(p.Labels), 1)
	side := 10 // the margin of a slot is the library's
	if slot < 20 {
		side = 2
	} else if slot < 50 {
		side = 5
	}
	n := p.lanes()
	return slot, min(max((slot-2*side-gap*(n-1))/n, 1), thickest)
}

// figures are the values of a panel as they are written.
func (p Panel) figures() []string {
	var all []string
	for _, s := range p.Series {
		for _, v := range s.Values {
			all = append(all, figure(v))
		}
	}
	return all
}

// scale is a value axis from zero to the top, in equal steps of a whole number.
type scale struct {
	top   float64
	steps int
}

// newScale finds the scale with at most five steps on which the panel's longest bar, with
// so many pixels at its end, is not longer than the plot.
func newScale(p Panel, plot, end int) scale {
	most := 0.0
	for j := range p.Labels {
		sum := 0.0
		for _, s := range p.Series {
			if p.Stacked {
				sum += s.Values[j]
			} else {
				sum = max(sum, s.Values[j])
			}
		}
		most = max(most, sum)
	}
	// Where there is no room for figures anyway, the bars get half of it.
	need := max(most*float64(plot)/float64(max(plot-end, plot/2, 1)), 1)
	for power := 1.0; ; power *= 10 {
		for _, digit := range []float64{1, 2, 5} {
			if step := digit * power; step*5 >= need {
				n := math.Ceil(need / step)
				return scale{top: n * step, steps: int(n)}
			}
		}
	}
}

// part is the value whose bar is so many pixels long.
func (s scale) part(pixels, plot int) float64 {
	return s.top * float64(pixels) / float64(plot)
}

// figure writes a value as a count, and one that is none with one decimal.
func figure(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}

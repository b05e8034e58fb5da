// Package chart draws figures as pictures: a few panels of bars on one PNG, made to be
// read on a phone, with Chinese text.
//
// A picture is described by values and drawn by one function. The same description gives
// the same bytes, on any machine: the typeface is part of the program, and nothing is
// taken from the system.
//
// The package knows no visit and no problem. It is given names and numbers that are to be
// shown as they are, and says nothing about their meaning.
package chart

import "fmt"

// Picture is one image: panels of bars under a common title.
type Picture struct {
	Title  string  // above all panels; may be empty
	Note   string  // one line in small print below them; may be empty
	Panels []Panel // one to three, one below the other
}

// Panel is one bar chart: for each label, one bar of each series.
type Panel struct {
	Title  string   // may be empty
	Labels []string // one to 31
	Series []Series // one to four, told apart by colour
	// Stacked puts the bars of a label on top of each other, to be read as one sum.
	// Otherwise they stand beside each other.
	Stacked bool
	// Horizontal gives each label a line of its own, the first on top. Choose it when
	// labels are longer than a date.
	Horizontal bool
}

// Series is one kind of figure, with its value for each label of the panel.
type Series struct {
	Name string // for the legend; may be empty
	// Values are counts, from zero to a billion, as many as the panel has labels.
	Values []float64
}

const (
	maxPanels = 3
	maxSeries = 4
	maxLabels = 31
	maxValue  = 1e9
)

// Draw draws the picture as a PNG for a phone held upright: 960 pixels wide, and 720 to
// 1280 high, as its panels need. Draw refuses a picture without panels, a panel without
// figures, more of anything than [Picture] and [Panel] allow, a series whose values do not
// match the labels, and a value that is no count. Text too long for its place is cut, and
// what the typeface lacks is shown as an empty box: no text makes Draw fail. Equal pictures
// give equal bytes. Draw is safe for concurrent use.
func Draw(p Picture) ([]byte, error) {
	if err := check(p); err != nil {
		return nil, err
	}
	face, err := typeface()
	if err != nil {
		return nil, err
	}
	c, room := newCanvas(face, p)
	for i, place := range places(room, p.Panels) {
		if err := c.panel(p.Panels[i], place); err != nil {
			return nil, fmt.Errorf("draw panel %d: %w", i+1, err)
		}
	}
	picture, err := c.painter.Bytes()
	if err != nil {
		return nil, fmt.Errorf("write the picture: %w", err)
	}
	return picture, nil
}

func check(p Picture) error {
	if n := len(p.Panels); n < 1 || n > maxPanels {
		return fmt.Errorf("picture with %d panels, want 1 to %d", n, maxPanels)
	}
	for i, panel := range p.Panels {
		if err := panel.check(); err != nil {
			return fmt.Errorf("panel %d: %w", i+1, err)
		}
	}
	return nil
}

func (p Panel) check() error {
	if n := len(p.Labels); n < 1 || n > maxLabels {
		return fmt.Errorf("%d labels, want 1 to %d", n, maxLabels)
	}
	if n := len(p.Series); n < 1 || n > maxSeries {
		return fmt.Errorf("%d series, want 1 to %d", n, maxSeries)
	}
	for i, s := range p.Series {
		if len(s.Values) != len(p.Labels) {
			return fmt.Errorf("series %d: %d values for %d labels", i+1, len(s.Values), len(p.Labels))
		}
		for j, v := range s.Values {
			// Written so that it is false for a NaN.
			if !(v >= 0 && v <= maxValue) {
				return fmt.Errorf("series %d: value %d is %v, want 0 to %.0f", i+1, j+1, v, maxValue)
			}
		}
	}
	return nil
}

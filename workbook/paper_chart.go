package workbook

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"zoufang/paper"
)

// run is the first unbroken run of rows that are no totals.
type run struct{ from, to int }

func (r *run) see(row int, total bool) {
	switch {
	case total:
	case r.from == 0:
		r.from, r.to = row, row
	case r.to == row-1:
		r.to = row
	}
}

// The size of a chart in pixels; a row of a sheet has 20.
const (
	chartWidth  = 680
	chartHeight = 280
	chartRows   = chartHeight/20 + 2
	leastWidth  = 320
)

// charts draws the sheet's charts from the row at on, two side by side where the table
// is wide enough.
func (p *press) charts(name string, s paper.Sheet, widths []float64, drawn run, at int) error {
	if drawn.from == 0 {
		return nil
	}
	abreast, size := 1, chartWidth
	if half := pixels(widths)/2 - 10; half >= leastWidth {
		abreast, size = 2, min(chartWidth, half)
	}
	for i, c := range s.Charts {
		rows := drawn
		if c.First > 0 {
			rows.to = min(rows.to, rows.from+c.First-1)
		}
		chart, err := nativeChart(name, s.Columns, c, rows)
		if err != nil {
			return err
		}
		chart.Dimension = excelize.ChartDimension{Width: uint(size), Height: chartHeight}
		col, left := columnAt(widths, i%abreast*(size+10))
		chart.Format.OffsetX = left
		if err := p.file.AddChart(name, cellName(col, at+i/abreast*chartRows), chart); err != nil {
			return fmt.Errorf("chart %s: %w", c.Title, err)
		}
	}
	return nil
}

// pixels is how wide the columns are in the library's reckoning, by which it finds the
// cells where a chart ends.
func pixels(widths []float64) int {
	const digit, sides = 7, 5
	sum := 0
	for _, w := range widths {
		sum += int(digit*units(w)) + sides
	}
	return sum
}

// columnAt is the column that lies so many pixels from the left, and how far into it:
// Excel counts from the column's edge, and not beyond the column.
func columnAt(widths []float64, left int) (col, into int) {
	for i := range widths {
		if next := pixels(widths[:i+1]); next > left {
			return i + 1, left - pixels(widths[:i])
		}
	}
	return len(widths) + 1, 0
}

func nativeChart(sheet string, columns []paper.Column, c paper.Chart, rows run) (*excelize.Chart, error) {
	labels, _, err := columnRange(sheet, columns, c.Labels, rows)
	if err != nil {
		return nil, fmt.Errorf("chart %s: %w", c.Title, err)
	}
	out := &excelize.Chart{
		Type: excelize.Col, Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title}}},
		Legend:   excelize.ChartLegend{Position: "bottom"},
		PlotArea: excelize.ChartPlotArea{ShowVal: true},
	}
	out.XAxis.Font.Color, out.YAxis.Font.Color = "595959", "595959" // the library's grey is too light to print
	if c.Bars {
		out.Type = excelize.Bar
		out.XAxis.ReverseOrder = true // the first row stands on top
	}
	if len(c.Values) == 1 {
		out.Legend.Position = "none"
	}
	for _, id := range c.Values {
		values, head, err := columnRange(sheet, columns, id, rows)
		if err != nil {
			return nil, fmt.Errorf("chart %s: %w", c.Title, err)
		}
		out.Series = append(out.Series, excelize.ChartSeries{Name: head, Categories: labels, Values: values})
	}
	return out, nil
}

// columnRange is where the column's rows are, and its heading.
func columnRange(sheet string, columns []paper.Column, id string, rows run) (cells, head string, err error) {
	i := slices.IndexFunc(columns, func(c paper.Column) bool { return c.ID == id })
	if i < 0 {
		return "", "", fmt.Errorf("no column %q", id)
	}
	letter, err := excelize.ColumnNumberToName(i + 1)
	if err != nil {
		return "", "", err
	}
	return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted(sheet), letter, rows.from, letter, rows.to),
		fmt.Sprintf("%s!$%s$%d", quoted(sheet), letter, headRow), nil
}

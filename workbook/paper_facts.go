package workbook

import (
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"

	"zoufang/paper"
)

// facts writes the last sheet: what is to be known of the document.
func (p *press) facts(d paper.Document, t Tally) error {
	const labels, values = 9, 34 // in Chinese characters
	name, err := p.add(guideSheet)
	if err != nil {
		return err
	}
	if err := p.setUp(name, false, true); err != nil {
		return err
	}
	sw, err := p.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	title, err := p.words(d.Title, titlePart)
	err = errors.Join(err,
		sw.SetColWidth(1, 1, units(labels)), sw.SetColWidth(2, 2, units(values)),
		sw.SetRow(cellName(1, 1), []any{title}, excelize.RowOpts{Height: 30}),
		sw.MergeCell(cellName(1, 1), cellName(2, 1)))
	if err != nil {
		return err
	}
	for i, fact := range p.allFacts(d, t) {
		label, err := p.words(fact.Label, labelPart)
		value, more := p.words(fact.Value, valuePart)
		tall := height(max(lines(fact.Label, labels), lines(fact.Value, values))) + rowPadding
		err = errors.Join(err, more, sw.SetRow(cellName(1, i+2), []any{label, value}, excelize.RowOpts{Height: tall}))
		if err != nil {
			return err
		}
	}
	return sw.Flush()
}

func (p *press) allFacts(d paper.Document, t Tally) []paper.Fact {
	out := append([]paper.Fact{}, d.Facts...)
	out = append(out, paper.Fact{Label: "行数", Value: fmt.Sprint(t.Rows)}, paper.Fact{Label: "SHA-256", Value: t.SHA256})
	if p.options.Watermark != "" {
		out = append(out, paper.Fact{Label: "水印", Value: p.options.Watermark})
	}
	if p.cut > 0 {
		out = append(out, paper.Fact{
			Label: "截断", Value: fmt.Sprintf("%d 个单元格的文字超过 Excel 的 %d 字上限，末尾以“…”截断。", p.cut, maxCell),
		})
	}
	return out
}

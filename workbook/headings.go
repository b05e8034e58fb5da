package workbook

import "strings"

// ReadHeadings gives the words of the first row that has any, on the first sheet: the
// headings of another system's table. It fails with a [FileError] for a file that is no
// workbook, or has none.
func ReadHeadings(data []byte) ([]string, error) {
	var out []string
	err := open(data, func(r *reader) error {
		return r.lines(r.f.GetSheetName(0), func(l line) bool {
			for _, text := range l.raw {
				if text = strings.TrimSpace(text); text != "" {
					out = append(out, text)
				}
			}
			return len(out) == 0
		})
	})
	if err == nil && len(out) == 0 {
		err = refuse(NotARoster, nil, "第一张表是空的，没有表头。", "The first sheet is empty: it has no headings.")
	}
	return out, err
}

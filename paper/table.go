package paper

import (
	"iter"

	"zoufang/casework"
)

// column is a column, and what stands in it for an entry.
type column[T any] struct {
	Column
	cell func(T) Cell
}

func textColumn[T any](id, heading string, width int, of func(T) string) column[T] {
	return column[T]{Column{ID: id, Heading: heading, Kind: TextCell, Width: width}, func(v T) Cell { return Text(of(v)) }}
}

func numberColumn[T any](id, heading string, of func(T) int) column[T] {
	return column[T]{Column{ID: id, Heading: heading, Kind: NumberCell}, func(v T) Cell { return Number(of(v)) }}
}

func dateColumn[T any](id, heading string, of func(T) casework.Date) column[T] {
	return column[T]{Column{ID: id, Heading: heading, Kind: DateCell}, func(v T) Cell { return Day(of(v)) }}
}

func shareColumn[T any](id, heading string, of func(T) (part, whole int)) column[T] {
	return column[T]{Column{ID: id, Heading: heading, Kind: ShareCell}, func(v T) Cell { return rate(of(v)) }}
}

// table makes a sheet of entries, each with its key. An entry without a key is a total.
func table[T any](id, name string, columns []column[T], entries iter.Seq2[string, T]) Sheet {
	s := Sheet{ID: id, Name: name, Title: name, Wide: true}
	for _, c := range columns {
		s.Columns = append(s.Columns, c.Column)
	}
	s.Rows = func(yield func(Row) bool) {
		for key, v := range entries {
			row := Row{Key: key, Cells: make([]Cell, len(columns)), Total: key == ""}
			for i, c := range columns {
				row.Cells[i] = c.cell(v)
			}
			if !yield(row) {
				return
			}
		}
	}
	return s
}

// privately are the columns with what is masked elsewhere; none unless all is shown.
func privately[T any](m *maker, of func(T) casework.Target) []column[T] {
	if !m.q.Export.Full {
		return nil
	}
	return []column[T]{
		textColumn("target_name", "名称(户主姓名)", 10, func(v T) string { return of(v).Name() }),
		textColumn("target_phone", "联系电话", 14, func(v T) string { return of(v).Phone() }),
		textColumn("target_address", "地址", 24, func(v T) string { return addressOf(of(v)) }),
	}
}

package paper_test

import (
	"path/filepath"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/paper"
	"zoufang/sample"
	"zoufang/store"
)

// shanghai is where the people are.
var shanghai = time.FixedZone("CST", 8*60*60)

// today is the last day of the sample's ledger.
var today = casework.Date{Year: 2017, Month: time.September, Day: 5}

// look shows a campaign's records; those of an empty file if there are no events.
func look(t testing.TB, o *sample.Options, f func(r casework.Records)) {
	t.Helper()
	s, err := store.Open(filepath.Join(t.TempDir(), "paper.db"), store.Options{Key: []byte("0123456789abcdef0123456789abcdef")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if o != nil {
		if err := s.Load(o.Each); err != nil {
			t.Fatal(err)
		}
	}
	err = s.View(func(v dialog.View) error {
		f(v)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// ask asks for a kind of paper at the end of today.
func ask(kind casework.PaperKind) paper.Request {
	return paper.Request{Export: casework.Export{Kind: kind, Day: today, Code: "DC-2017-0001"}, Zone: shanghai}
}

func mustMake(t testing.TB, r casework.Records, q paper.Request) paper.Document {
	t.Helper()
	d, err := paper.Make(r, q)
	if err != nil {
		t.Fatalf("Make(%s): %v", q.Export.Kind, err)
	}
	return d
}

// headings are those of the table.
func headings(s paper.Sheet) []string {
	var out []string
	for _, c := range s.Columns {
		out = append(out, c.Heading)
	}
	return out
}

// rows reads a table whole: the text of each cell by the id of its column.
func rows(s paper.Sheet) []map[string]string {
	var out []map[string]string
	for row := range s.Rows {
		cells := map[string]string{"KEY": row.Key}
		for i, c := range row.Cells {
			cells[s.Columns[i].ID] = c.String()
		}
		out = append(out, cells)
	}
	return out
}

// each gives every text that a document says, with where it stands.
func each(d paper.Document, yield func(where, text string)) {
	for _, f := range d.Facts {
		yield("facts", f.Value)
	}
	for _, s := range d.Sheets {
		yield(s.Name, s.Title+" "+s.Note)
		if s.Rows != nil {
			for row := range s.Rows {
				yield(s.Name, row.Key)
				for i, c := range row.Cells {
					yield(s.Name+"/"+s.Columns[i].ID, c.String())
				}
			}
		}
		if s.Pages != nil {
			for p := range s.Pages {
				eachOfPage(p, func(text string) { yield(s.Name+"/"+p.Key, text) })
			}
		}
	}
}

func eachOfPage(p paper.Page, yield func(text string)) {
	yield(p.Name + " " + p.Title + " " + p.Sub + " " + p.Foot)
	for _, b := range p.Blocks {
		for _, f := range b.Fields {
			yield(f.Label + " " + f.Value.String())
		}
		if b.Table == nil {
			continue
		}
		for _, row := range b.Table.Rows {
			for _, c := range row {
				yield(c.String())
			}
		}
	}
}

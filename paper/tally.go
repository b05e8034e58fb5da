package paper

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"
	"iter"
)

// Tally counts what is written of a document, and makes the sum by which anybody can
// prove that the same was written again. The sum is of the cells alone: it depends
// neither on the format, nor on the order in which sheets are written, nor on notes and
// facts. It is not safe for concurrent use.
type Tally struct {
	sheets []*sheetTally
}

// sheetTally is the tally of one sheet.
type sheetTally struct {
	id   string
	rows int
	sum  hash.Hash
}

// NewTally returns a tally of nothing.
func NewTally() *Tally { return &Tally{} }

// Watch returns the document with every sequence watched: what goes by is counted and
// hashed. A sequence that is begun again is counted anew.
func (t *Tally) Watch(d Document) Document {
	sheets := make([]Sheet, len(d.Sheets))
	for i, s := range d.Sheets {
		own := &sheetTally{id: s.ID, sum: sha256.New()}
		t.sheets = append(t.sheets, own)
		if s.Rows != nil {
			s.Rows = watch(own, s.Rows, own.row)
		}
		if s.Pages != nil {
			s.Pages = watch(own, s.Pages, own.page)
		}
		sheets[i] = s
	}
	d.Sheets = sheets
	return d
}

func watch[T any](t *sheetTally, seq iter.Seq[T], note func(T)) iter.Seq[T] {
	return func(yield func(T) bool) {
		t.rows = 0
		t.sum.Reset()
		t.words(t.id)
		for v := range seq {
			note(v)
			if !yield(v) {
				return
			}
		}
	}
}

// Rows is how many rows of tables have gone by. A page is no row: what it shows has one
// in the table before it.
func (t *Tally) Rows() int {
	n := 0
	for _, s := range t.sheets {
		n += s.rows
	}
	return n
}

// Sum is the SHA-256 of all cells that have gone by, in hexadecimal.
func (t *Tally) Sum() string {
	all := sha256.New()
	for _, s := range t.sheets {
		all.Write(s.sum.Sum(nil))
	}
	return hex.EncodeToString(all.Sum(nil))
}

func (t *sheetTally) row(r Row) {
	t.rows++
	t.size(len(r.Cells))
	t.words(r.Key)
	t.cells(r.Cells)
}

func (t *sheetTally) page(p Page) {
	t.words(p.Key, p.Name, p.Title, p.Sub, p.Foot)
	t.size(len(p.Blocks))
	for _, b := range p.Blocks {
		t.size(len(b.Fields))
		for _, f := range b.Fields {
			t.words(f.Label, f.Value.String())
		}
		if b.Table == nil {
			continue
		}
		t.words(b.Table.Heads...)
		t.size(len(b.Table.Rows))
		for _, row := range b.Table.Rows {
			t.size(len(row))
			t.cells(row)
		}
	}
}

func (t *sheetTally) cells(list []Cell) {
	for _, c := range list {
		t.words(c.String())
	}
}

// words hashes each text after its length, so that no two lists hash alike.
func (t *sheetTally) words(list ...string) {
	for _, s := range list {
		t.size(len(s))
		// A hash never returns an error.
		_, _ = io.WriteString(t.sum, s)
	}
}

func (t *sheetTally) size(n int) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(n))
	t.sum.Write(b[:])
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/paper"
	"zoufang/store"
	"zoufang/workbook"
)

// press prints papers: it brings the records back as they stood, and writes what
// follows from them.
type press struct {
	store *store.Store
	key   []byte
	zone  *time.Location
	// The records of one instant, if they are at hand.
	folded   *store.Store
	foldedTo time.Time
}

// job is one paper to print.
type job struct {
	export          casework.Export
	asked, approved string // names
	mapping         *paper.Mapping
	progress        func(rows int)
}

// printed is what was written.
type printed struct {
	rows   int
	sum    string
	handed casework.RecordsHandedOver // if it has another system's columns
}

// past gives the records as they stood just before the instant.
func (p press) past(ctx context.Context, before time.Time, do func(dialog.View) error) (err error) {
	if p.folded != nil && p.foldedTo.Equal(before) {
		return p.folded.View(do)
	}
	return p.fold(ctx, before, func(past *store.Store) error { return past.View(do) })
}

// at is a press that has the records of the instant at hand, for several papers.
func (p press) at(ctx context.Context, before time.Time, do func(press) error) error {
	return p.fold(ctx, before, func(past *store.Store) error {
		p.folded, p.foldedTo = past, before
		return do(p)
	})
}

// fold folds the ledger up to the instant into a sealed file of its own, which is gone
// afterwards.
func (p press) fold(ctx context.Context, before time.Time, do func(*store.Store) error) (err error) {
	dir, err := os.MkdirTemp("", "zoufang")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	past, err := store.Open(filepath.Join(dir, "past.db"), store.Options{Key: p.key})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, past.Close()) }()
	err = past.Load(func(yield func(casework.Event) error) error {
		return p.store.EachEvent(1, func(e casework.Event) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if !e.ReachedAt.Before(before) {
				return nil
			}
			return yield(e)
		})
	})
	if err != nil {
		return err
	}
	return do(past)
}

// print writes the paper.
func (p press) print(ctx context.Context, w io.Writer, j job) (out printed, err error) {
	err = p.past(ctx, j.export.AsOf, func(v dialog.View) error {
		doc, err := p.document(v, j)
		if err != nil {
			return err
		}
		if j.export.Since == 0 {
			if out, err = write(w, doc, j); err == nil && j.mapping != nil {
				out.handed, err = paper.HandedOver(v, p.request(j))
			}
			return err
		}
		since, ok := p.exported(j.export.Since)
		if !ok {
			return errors.New("the export to compare with is not on record")
		}
		return p.past(ctx, since.AsOf, func(older dialog.View) error {
			was := j
			was.export.AsOf, was.export.Day = since.AsOf, since.Day
			old, err := p.document(older, was)
			if err != nil {
				return err
			}
			out, err = write(w, compared(old, doc, since.Code), j)
			return err
		})
	})
	return out, err
}

// document asks for the paper.
func (p press) document(r casework.Records, j job) (paper.Document, error) {
	return paper.Make(r, p.request(j))
}

func (p press) request(j job) paper.Request {
	return paper.Request{Export: j.export, Zone: p.zone, Asked: j.asked, Approved: j.approved, Mapping: j.mapping}
}

// exported finds an export.
func (p press) exported(id casework.ExportID) (x casework.Export, ok bool) {
	err := p.store.View(func(v dialog.View) error {
		x, ok = v.Export(id)
		return nil
	})
	return x, ok && err == nil
}

// compared puts a sheet of what changed behind each table.
func compared(older, newer paper.Document, since string) paper.Document {
	was := map[string]paper.Sheet{}
	for _, s := range older.Sheets {
		was[s.ID] = s
	}
	doc := newer
	doc.Sheets = nil
	for _, s := range newer.Sheets {
		doc.Sheets = append(doc.Sheets, s)
		if old, ok := was[s.ID]; ok && s.Rows != nil && old.Rows != nil {
			doc.Sheets = append(doc.Sheets, paper.Compare(old, s, since))
		}
	}
	return doc
}

// write writes the document in the format that is asked for.
func write(w io.Writer, doc paper.Document, j job) (printed, error) {
	var out printed
	var err error
	switch j.export.Format {
	case casework.CSV:
		out.rows, out.sum, err = paper.WriteCSV(w, doc)
	case casework.JSONL:
		out.rows, out.sum, err = paper.WriteJSONL(w, doc)
	case casework.XLSX:
		var t workbook.Tally
		t, err = workbook.WritePaper(w, doc, workbook.PaperOptions{Progress: j.progress, Watermark: watermark(j)})
		out.rows, out.sum = t.Rows, t.SHA256
	default:
		err = fmt.Errorf("format %q is unknown", j.export.Format)
	}
	if err != nil {
		return printed{}, fmt.Errorf("write %s: %w", j.export.Kind, err)
	}
	return out, nil
}

// watermark stands on every printed page of a paper that shows all.
func watermark(j job) string {
	if !j.export.Full {
		return j.export.Code
	}
	return fmt.Sprintf("%s 未脱敏 %s %s", j.export.Code, j.asked, j.export.At.Format("2006-01-02 15:04"))
}

// paperName is what the file is called: nothing personal.
func paperName(x casework.Export) string {
	ext := string(x.Format)
	return fmt.Sprintf("%s-%s-%s.%s", casework.PaperKinds().Label(string(x.Kind), dialog.Chinese), x.Day, x.Code, ext)
}

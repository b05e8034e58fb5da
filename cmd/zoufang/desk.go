package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"zoufang/bot"
	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/form"
	"zoufang/paper"
	"zoufang/workbook"
)

// paper makes the file of an export that was asked for in the chat. It is in memory
// alone.
func (s *service) paper(ctx context.Context, id casework.ExportID, progress func(rows int)) (bot.Paper, error) {
	p := press{store: s.store, key: s.key, zone: s.zone}
	j := job{progress: progress}
	err := s.store.View(func(v dialog.View) error {
		x, ok := v.Export(id)
		if !ok {
			return fmt.Errorf("export %d is not on record", id)
		}
		j.export = x
		asked, _ := v.Staff(x.By)
		approved, _ := v.Staff(x.ApprovedBy)
		j.asked, j.approved = asked.Name, approved.Name
		return nil
	})
	if err != nil {
		return bot.Paper{}, err
	}
	var b bytes.Buffer
	out, err := p.print(ctx, &b, j)
	if err != nil {
		return bot.Paper{}, err
	}
	return bot.Paper{Name: paperName(j.export), Data: b.Bytes(), Rows: out.rows, SHA256: out.sum}, nil
}

// read makes sense of a workbook that somebody sent: a roster, or a problem list that
// was exported. What is wrong with it is told to the sender.
func (s *service) read(ctx context.Context, e dialog.Errand, data []byte) (dialog.Reading, error) {
	sum := sha256.Sum256(data)
	out := dialog.Reading{Errand: e, SHA256: hex.EncodeToString(sum[:])}
	err := s.readInto(ctx, &out, data)
	if f, ok := errors.AsType[*workbook.FileError](err); ok {
		out.Fault = f.Text
		return out, nil
	}
	return out, err
}

func (s *service) readInto(ctx context.Context, out *dialog.Reading, data []byte) error {
	kind, _, err := workbook.Recognize(data)
	if err != nil {
		return err
	}
	if kind == workbook.RosterFile {
		r, err := workbook.ReadRoster(data)
		if err != nil {
			return err
		}
		out.Roster, out.Notes, out.Faults = r.Roster, r.Notes, r.Faults
		return nil
	}
	list, err := workbook.ReadReturn(data)
	if err != nil {
		return err
	}
	return s.compare(ctx, out, list)
}

// compare finds what was edited in a list that comes back: what differs from the same
// export, made again.
func (s *service) compare(ctx context.Context, out *dialog.Reading, list workbook.Return) error {
	var x casework.Export
	err := s.store.View(func(v dialog.View) error {
		x, _ = v.ExportByCode(list.Export)
		return nil
	})
	switch {
	case err != nil:
		return err
	case x.ID == 0 || x.Kind != casework.PaperProblems || x.System != "":
		out.Fault = form.Label{
			Zh: "没有找到这份清单的导出记录。请用 /export 重新导出问题清单，在新表里改好再传。",
			En: "No export of this list is on record. Export the problem list again, and edit that one.",
		}
		return nil
	}
	p := press{store: s.store, key: s.key, zone: s.zone}
	return p.past(ctx, x.AsOf, func(v dialog.View) error {
		doc, err := p.document(v, job{export: x})
		if err != nil {
			return err
		}
		out.Export = x.ID
		out.Edits, out.Faults = workbook.EditsOf(listOf(doc), list)
		return nil
	})
}

// listOf is the document's first table.
func listOf(doc paper.Document) paper.Sheet {
	for _, s := range doc.Sheets {
		if s.Rows != nil {
			return s
		}
	}
	return paper.Sheet{Rows: func(func(paper.Row) bool) {}}
}

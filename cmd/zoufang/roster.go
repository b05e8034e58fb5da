package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/store"
	"zoufang/workbook"
)

// templateCmd writes an empty roster workbook.
type templateCmd struct {
	File string `arg:"" default:"roster.xlsx" type:"path" help:"Workbook to write."`
}

// Run writes the workbook, and overwrites none.
func (c *templateCmd) Run(w world) (err error) {
	f, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write the template: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := workbook.WriteTemplate(f); err != nil {
		return fmt.Errorf("write the template: %w", err)
	}
	fmt.Fprintln(w.out, "wrote", c.File)
	return nil
}

// importCmd reads a roster workbook.
type importCmd struct {
	File   string `arg:"" type:"existingfile" help:"Roster workbook, as zoufang template writes it."`
	DryRun bool   `help:"Only show what would change."`
	Lang   string `enum:"zh,en" default:"zh" help:"Language of the report: zh or en."`
}

// errFaults says that the workbook has wrong cells, which were listed.
var errFaults = errors.New("the workbook has wrong cells, listed above; nothing was changed. Correct them and import again")

// maxWorkbook is more than any roster that can be read is, in bytes.
const maxWorkbook = 64 << 20

// Run shows every wrong cell, or what changes, and then makes the changes.
func (c *importCmd) Run(w world, all *cli) error {
	if info, err := os.Stat(c.File); err != nil || info.Size() > maxWorkbook {
		return errors.Join(err, fmt.Errorf("%s: it is no workbook of a roster: those are far smaller than 64 MB", c.File))
	}
	data, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("read the workbook: %w", err)
	}
	reading, err := workbook.ReadRoster(data)
	if err != nil {
		if f, ok := errors.AsType[*workbook.FileError](err); ok {
			return fmt.Errorf("%s: %s", c.File, f.Text.In(c.lang()))
		}
		return fmt.Errorf("%s: %w", c.File, err)
	}
	c.list(w, reading.Notes)
	return withStore(all.Config, func(conf config, s *store.Store) error {
		return c.apply(w, conf, s, reading)
	})
}

// list shows cells and what is wrong with them.
func (c *importCmd) list(w world, faults []casework.RowFault) {
	for _, f := range faults {
		fmt.Fprintf(w.out, "%s!%s\t%s\n", f.Cell.Sheet, f.Cell.Ref, f.Text.In(c.lang()))
	}
}

// lang is the language of the report.
func (c *importCmd) lang() string {
	return map[string]string{"zh": dialog.Chinese, "en": dialog.English}[c.Lang]
}

// apply plans the import against the records and keeps it in one commit.
func (c *importCmd) apply(w world, conf config, s *store.Store, reading workbook.Reading) error {
	now := w.now()
	var plan casework.Plan
	faults := reading.Faults
	err := s.View(func(v dialog.View) error {
		m := &minters{input: v.Inputs() + 1}
		var more []casework.RowFault
		plan, more = casework.PlanRoster(v, reading.Roster, m.next, casework.DateOf(now, conf.zone))
		faults = append(faults, more...)
		return nil
	})
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		c.list(w, faults)
		return errFaults
	}
	c.show(w, plan)
	if c.DryRun || len(plan.Facts) == 0 {
		return nil
	}
	d, err := conf.talk()
	if err != nil {
		return err
	}
	if _, err := s.Apply(inputs(plan, now), d); err != nil {
		return fmt.Errorf("apply the roster: %w", err)
	}
	fmt.Fprintln(w.errs, "applied.")
	return publishForms(s, d, now)
}

// show says what a plan changes, by sheet.
func (c *importCmd) show(w world, p casework.Plan) {
	row, ended := "%s\t新增 %d\t变更 %d\t不变 %d\n", "结束的结对\t%d\n"
	if c.Lang == "en" {
		row, ended = "%s\tnew %d\tchanged %d\tunchanged %d\n", "pairings ended\t%d\n"
	}
	for _, t := range casework.RosterTables() {
		if added, changed, same := p.Added[t.ID], p.Changed[t.ID], p.Unchanged[t.ID]; added+changed+same > 0 {
			fmt.Fprintf(w.out, row, t.Label.In(c.lang()), added, changed, same)
		}
	}
	if p.Ended > 0 {
		fmt.Fprintf(w.out, ended, p.Ended)
	}
}

// minters give identities for more records than one input can make: those of
// the inputs that are to come next.
type minters struct {
	input uint64
	now   *casework.Minter
	left  int
}

func (m *minters) next() uint64 {
	if m.left == 0 {
		m.now, m.left = casework.NewMinter(m.input), casework.MaxRecords
		m.input++
	}
	m.left--
	return m.now.Next()
}

// inputs spread a plan over as many inputs as its identities were taken from.
func inputs(p casework.Plan, now time.Time) []dialog.Input {
	n := max(1, (p.IDs+casework.MaxRecords-1)/casework.MaxRecords)
	out := make([]dialog.Input, n)
	share := (len(p.Facts) + n - 1) / n
	for i := range out {
		facts := p.Facts[min(i*share, len(p.Facts)):min((i+1)*share, len(p.Facts))]
		out[i] = dialog.Input{
			Kind: dialog.Office, Cause: fmt.Sprintf("import:%d:%d", now.UnixNano(), i), Reached: now, Facts: facts,
		}
	}
	return out
}

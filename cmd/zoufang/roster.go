package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
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
	File    string `arg:"" type:"existingfile" help:"Roster workbook, as zoufang template writes it."`
	DryRun  bool   `help:"Only show what would change."`
	Details bool   `help:"Name each change, with its sheet and cells."`
	Lang    string `enum:"zh,en" default:"zh" help:"Language of the report: zh or en."`
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
		sum := sha256.Sum256(data)
		return c.apply(w, conf, s, reading, hex.EncodeToString(sum[:]))
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
func (c *importCmd) apply(w world, conf config, s *store.Store, reading workbook.Reading, sum string) error {
	now := w.now()
	var plan casework.Plan
	var facts []casework.Fact
	faults := reading.Faults
	err := s.View(func(v dialog.View) error {
		m := &minters{input: v.Inputs() + 1}
		today := casework.DateOf(now, conf.zone)
		var more []casework.RowFault
		plan, more = casework.PlanRoster(v, reading.Roster, m.next, today)
		if faults = append(faults, more...); len(faults) == 0 {
			facts = casework.ApplyRoster(v, 0, plan, sum, casework.Moment{Today: today, At: now}, m.next)
		}
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
	if c.DryRun || len(facts) == 0 {
		return nil
	}
	d, err := conf.talk()
	if err != nil {
		return err
	}
	if _, err := s.Apply(inputs(facts, plan.IDs+1, now), d); err != nil {
		return fmt.Errorf("apply the roster: %w", err)
	}
	if applied, ok := facts[0].(casework.ImportApplied); ok {
		fmt.Fprintf(w.errs, "applied as %s; zoufang undo %s takes it back, for %d days\n",
			applied.Import.Code, applied.Import.Code, casework.UndoDays)
	}
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
	for _, x := range p.Changes {
		if c.Details {
			var columns []string
			for _, l := range x.Columns {
				columns = append(columns, l.In(c.lang()))
			}
			fmt.Fprintf(w.out, "%s\t%s\t%s\t%s\n", casework.Where(x), x.Kind, x.Key, strings.Join(columns, ", "))
		}
	}
	for _, x := range p.Twins {
		fmt.Fprintf(w.out, "%s!%s\t%s ≈ %s\t%s\n", x.Cell.Sheet, x.Cell.Ref, x.Key, x.Like, x.Why.In(c.lang()))
	}
}

// undoCmd takes an import back.
type undoCmd struct {
	Code string `arg:"" help:"Code of the import, such as DR-2017-0003; or last."`
}

// operator is whoever has the machine, and so key and file: there is no right that the
// command line could withhold.
func operator() casework.Staff {
	return casework.Staff{ID: math.MaxUint64, Binding: casework.Bound, Roles: []casework.Role{casework.Office}}
}

// Run puts back what the import changed, but for what was worked on since.
func (c *undoCmd) Run(w world, all *cli) error {
	return withStore(all.Config, func(conf config, s *store.Store) error {
		now := w.now()
		var plan casework.UndoPlan
		err := s.View(func(v dialog.View) (err error) {
			plan, err = c.plan(v, casework.Moment{Today: casework.DateOf(now, conf.zone), At: now})
			return err
		})
		if err != nil {
			return err
		}
		d, err := conf.talk()
		if err != nil {
			return err
		}
		if err := keep(s, d, "undo:"+c.Code, now, plan.Fact); err != nil {
			return fmt.Errorf("undo: %w", err)
		}
		for _, k := range plan.Kept {
			fmt.Fprintf(w.out, "%s\t%s\n", k.Key, k.Why.Zh)
		}
		fmt.Fprintf(w.errs, "%d records are as before, %d stay as they are\n", len(plan.Back), len(plan.Kept))
		return nil
	})
}

func (c *undoCmd) plan(v dialog.View, m casework.Moment) (casework.UndoPlan, error) {
	for _, i := range v.Imports(math.MaxInt) {
		if c.Code != "last" && i.Code != strings.ToUpper(c.Code) {
			continue
		}
		plan, why := casework.PlanUndo(v, operator(), i.ID, m)
		switch why {
		case "":
			return plan, nil
		case casework.TooLate:
			return plan, fmt.Errorf("%s is older than %d days: import a corrected workbook instead", i.Code, casework.UndoDays)
		case casework.NotNow:
			return plan, fmt.Errorf("%s was undone already", i.Code)
		default:
			return plan, fmt.Errorf("%s: everything it changed was worked on since, so nothing can be put back", i.Code)
		}
	}
	return casework.UndoPlan{}, fmt.Errorf("no import has the code %s", c.Code)
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

// inputs spread facts over as many inputs as their identities were taken from.
func inputs(facts []casework.Fact, ids int, now time.Time) []dialog.Input {
	n := max(1, (ids+casework.MaxRecords-1)/casework.MaxRecords)
	out := make([]dialog.Input, n)
	share := (len(facts) + n - 1) / n
	for i := range out {
		out[i] = dialog.Input{
			Kind: dialog.Office, Cause: fmt.Sprintf("import:%d:%d", now.UnixNano(), i), Reached: now,
			Facts: facts[min(i*share, len(facts)):min((i+1)*share, len(facts))],
		}
	}
	return out
}

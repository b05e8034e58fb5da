package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/paper"
	"zoufang/store"
	"zoufang/workbook"
)

// exportCmd writes ledgers, reports and print forms.
type exportCmd struct {
	Kind   string `arg:"" help:"all, or one of: problems, task_books, visits, work, daily, weekly, rounds, trademarks, issues, haves, follow_ups, diary, plan, roster."`
	AsOf   string `help:"Day (its end) such as 2017-09-06, or instant such as \"2017-09-06 17:30\"; now if left out." placeholder:"DATE"`
	Out    string `default:"." type:"path" help:"Folder to write to."`
	Format string `enum:"xlsx,csv,jsonl" default:"xlsx" help:"xlsx, csv (with several tables: a ZIP) or jsonl."`
	Since  string `help:"Compare with an earlier export of the same kind: a sheet says what changed." placeholder:"CODE"`
	Group  string `help:"Only one working group, such as G1."`
	Branch string `help:"Only one branch, by name."`
	Round  int    `help:"Only one round, by number."`
	Map    string `type:"existingfile" help:"Another system's columns: a YAML mapping, or a workbook whose first row holds its headings."`
	System string `help:"The other system's name, for a workbook with headings."`
	New    bool   `name:"only-new" help:"With --map: leave out what was handed over to that system before."`
	Full   bool   `help:"Show names and telephone numbers. Needs --reason and --approved-by, and is logged."`
	Reason string `help:"Why names and numbers are needed."`
	Second string `name:"approved-by" help:"Roster code of the second person who approves, such as R012."`
}

// Run writes a file for each kind, and notes each in the ledger.
func (c *exportCmd) Run(ctx context.Context, w world, all *cli) error {
	kinds, err := c.kinds()
	if err != nil {
		return err
	}
	return withStore(all.Config, func(conf config, s *store.Store) error {
		key, err := conf.readKey()
		if err != nil {
			return err
		}
		d, err := conf.talk()
		if err != nil {
			return err
		}
		if err := os.MkdirAll(c.Out, 0o700); err != nil {
			return fmt.Errorf("make folder: %w", err)
		}
		now := w.now()
		asOf, err := c.instant(now, conf.zone)
		if err != nil {
			return err
		}
		p := press{store: s, key: key, zone: conf.zone}
		return p.at(ctx, asOf, func(p press) error { return c.printAll(ctx, w, p, d, kinds, asOf, now) })
	})
}

// printAll prints one paper after the other. Of all kinds, those are left out that
// cannot be limited as it is asked.
func (c *exportCmd) printAll(ctx context.Context, w world, p press, d *dialog.Dialog, kinds []casework.PaperKind, asOf, now time.Time) error {
	for _, k := range kinds {
		j, err := c.job(w, p, k, asOf, now)
		if len(kinds) > 1 && errors.Is(err, errUnfit) {
			fmt.Fprintf(w.errs, "%s: left out, because it cannot be limited like this\n", k)
			continue
		}
		if err != nil {
			return err
		}
		if err := c.print(ctx, w, p, d, j); err != nil {
			return err
		}
	}
	return nil
}

// kinds are the papers to print.
func (c *exportCmd) kinds() ([]casework.PaperKind, error) {
	var out []casework.PaperKind
	for _, o := range casework.PaperKinds() {
		if c.Kind == "all" || c.Kind == o.ID {
			out = append(out, casework.PaperKind(o.ID))
		}
	}
	switch {
	case len(out) == 0:
		return nil, &usageError{fmt.Errorf("%q is no kind of paper", c.Kind)}
	case len(out) > 1 && (c.Map != "" || c.Since != ""):
		return nil, &usageError{errors.New("--map and --since go with one kind of paper")}
	case c.Full && (strings.TrimSpace(c.Reason) == "" || c.Second == ""):
		return nil, &usageError{errors.New("--full needs --reason and --approved-by: a second person has to agree")}
	}
	return out, nil
}

// job is the export, with a code that is not taken yet.
func (c *exportCmd) job(w world, p press, k casework.PaperKind, asOf, now time.Time) (job, error) {
	x := casework.Export{Kind: k, AsOf: asOf, Format: casework.PaperFormat(c.Format), Full: c.Full, Reason: c.Reason, OnlyNew: c.New}
	var j job
	if c.Map != "" {
		m, err := c.mapping(w, k)
		if err != nil {
			return job{}, err
		}
		x.System, j.mapping = m.System, &m
	}
	err := p.store.View(func(v dialog.View) error {
		if err := c.limits(v, &x, casework.DateOf(asOf, p.zone)); err != nil {
			return err
		}
		if c.Full {
			second, ok := v.StaffByCode(strings.ToUpper(c.Second))
			if !ok || !casework.May(v, second, casework.Approve, casework.Subject{}) {
				return fmt.Errorf("--approved-by %s: nobody of that code may approve it: name somebody of the office or a bureau leader who has an account", c.Second)
			}
			x.ApprovedBy, j.approved = second.ID, second.Name
		}
		begun, why := casework.PrepareExport(v, x, casework.Moment{Today: casework.DateOf(now, p.zone), At: now},
			casework.NewMinter(v.Inputs()+1), p.zone)
		if why != "" {
			return refused(k, why)
		}
		j.export = begun.Export
		return nil
	})
	if err != nil {
		return job{}, err
	}
	j.progress = func(rows int) { fmt.Fprintf(w.errs, "%s: %d rows\n", j.export.Code, rows) }
	return j, nil
}

var errUnfit = errors.New("it cannot be limited like this: leave out --group, --branch or --round")

// refused says what to do about a question that does not fit its paper.
func refused(k casework.PaperKind, why casework.Refusal) error {
	switch why {
	case casework.NeedsDay:
		return &usageError{fmt.Errorf("--as-of lies in the future")}
	case casework.NeedsOther:
		return &usageError{errors.New("--since names an export with other limits, or of a later instant: repeat the limits it had")}
	case casework.NeedsWhy:
		return &usageError{fmt.Errorf("%s needs --round", k)}
	default:
		return &usageError{fmt.Errorf("%s: %w", k, errUnfit)}
	}
}

// instant reads --as-of: a day means its end.
func (c *exportCmd) instant(now time.Time, zone *time.Location) (time.Time, error) {
	if c.AsOf == "" {
		return now.UTC(), nil
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", c.AsOf, zone)
	if err != nil {
		var day casework.Date
		if err := day.UnmarshalText([]byte(c.AsOf)); err != nil {
			return at, &usageError{fmt.Errorf("--as-of is %q: it must be a day such as 2017-09-06, or \"2017-09-06 17:30\"", c.AsOf)}
		}
		if at = day.AddDays(1).In(zone).Add(-time.Nanosecond); day == casework.DateOf(now, zone) {
			at = now // its end is to come
		}
	}
	return at.UTC(), nil
}

// limits reads what the paper is limited to, and compared with.
func (c *exportCmd) limits(v dialog.View, x *casework.Export, day casework.Date) error {
	if i := slices.IndexFunc(v.Groups(), func(g casework.Group) bool { return strings.EqualFold(g.Code, c.Group) }); i >= 0 {
		x.GroupID = v.Groups()[i].ID
	}
	if i := slices.IndexFunc(v.Units(), func(u casework.Unit) bool { return u.Name == c.Branch && u.Kind == casework.Branch }); i >= 0 {
		x.UnitID = v.Units()[i].ID
	}
	for _, r := range v.Rounds() {
		newest := x.Kind == casework.PaperPlan && c.Round == 0 && !r.StartOn.After(day)
		if r.No == c.Round || newest {
			x.RoundID = r.ID
		}
	}
	switch {
	case c.Group != "" && x.GroupID == 0:
		return fmt.Errorf("--group %s: there is no such group", c.Group)
	case c.Branch != "" && x.UnitID == 0:
		return fmt.Errorf("--branch %s: there is no such branch", c.Branch)
	case c.Round != 0 && x.RoundID == 0:
		return fmt.Errorf("--round %d: there is no such round", c.Round)
	}
	if c.Since != "" {
		since, ok := v.ExportByCode(strings.ToUpper(c.Since))
		if !ok || since.Kind != x.Kind {
			return fmt.Errorf("--since %s: there is no export of %s with that code", c.Since, x.Kind)
		}
		x.Since = since.ID
	}
	return nil
}

// mapping reads --map.
func (c *exportCmd) mapping(w world, k casework.PaperKind) (paper.Mapping, error) {
	data, err := os.ReadFile(c.Map)
	if err != nil {
		return paper.Mapping{}, fmt.Errorf("read the mapping: %w", err)
	}
	if !bytes.HasPrefix(data, []byte("PK")) {
		m, err := paper.ReadMapping(data)
		if err != nil {
			return m, fmt.Errorf("%s: %w", c.Map, err)
		}
		if m.Kind != k {
			return m, fmt.Errorf("%s is a mapping of %s, and not of %s", c.Map, m.Kind, k)
		}
		return m, nil
	}
	if c.System == "" {
		return paper.Mapping{}, &usageError{errors.New("a workbook with headings needs --system NAME")}
	}
	headings, err := workbook.ReadHeadings(data)
	if err != nil {
		return paper.Mapping{}, fmt.Errorf("%s: %w", c.Map, err)
	}
	m, unknown := paper.MappingOf(c.System, k, headings)
	if len(unknown) > 0 {
		fmt.Fprintf(w.errs, "left empty, because no column of ours is called so: %s\n", strings.Join(unknown, ", "))
	}
	return m, nil
}

// print writes the file, and then the ledger: a number without a file is worse than
// a file without a number.
func (c *exportCmd) print(ctx context.Context, w world, p press, d *dialog.Dialog, j job) (err error) {
	path := filepath.Join(c.Out, paperName(j.export))
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write the export: %w", err)
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			err = errors.Join(err, os.Remove(path))
		}
	}()
	out, err := p.print(ctx, f, j)
	if err != nil {
		return err
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return fmt.Errorf("write the export: %w", err)
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("write the export: %w", err)
	}
	x := j.export
	facts := []casework.Fact{
		casework.ExportBegun{Export: x},
		casework.ExportEnded{ExportID: x.ID, Status: casework.ExportDone, Rows: out.rows, SHA256: out.sum, Size: size},
	}
	if j.mapping != nil {
		facts = append(facts, out.handed)
	}
	if err := keep(p.store, d, "export:"+x.Code, x.At, facts...); err != nil {
		return fmt.Errorf("note the export: %w", err)
	}
	fmt.Fprintf(w.out, "%s\t%d\t%s\t%s\n", x.Code, out.rows, out.sum, path)
	return nil
}

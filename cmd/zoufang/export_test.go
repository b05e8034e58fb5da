package main

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/store"
)

// bureau is a folder with a configuration, a key and the demo campaign's file, for the
// commands.
type bureau struct {
	t   *testing.T
	dir string
	now time.Time
}

func newBureau(t *testing.T) *bureau {
	t.Helper()
	c, err := campaign()
	if err != nil {
		t.Fatal(err)
	}
	b := &bureau{t: t, dir: t.TempDir(), now: c.set.Start}
	for name, data := range map[string][]byte{
		"config.yaml": exampleConfig, "zoufang.key": []byte(hex.EncodeToString(testKey())), "zoufang.db": c.file,
	} {
		if err := os.WriteFile(filepath.Join(b.dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// run runs a command and gives what it printed.
func (b *bureau) run(args ...string) (string, error) {
	b.t.Helper()
	var out, errs bytes.Buffer
	args = append(args, "--config", filepath.Join(b.dir, "config.yaml"))
	err := run(b.t.Context(), args, world{out: &out, errs: &errs, now: func() time.Time { return b.now }})
	return out.String(), err
}

// export prints papers and gives their files, by kind of paper.
func (b *bureau) export(args ...string) map[string]string {
	b.t.Helper()
	out, err := b.run(append([]string{"export", "--out", b.t.TempDir()}, args...)...)
	if err != nil {
		b.t.Fatalf("export %v: %v", args, err)
	}
	files := map[string]string{}
	for line := range strings.Lines(out) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		kind, _, _ := strings.Cut(filepath.Base(fields[3]), "-")
		files[kind] = fields[3]
	}
	return files
}

// keep appends facts to the ledger.
func (b *bureau) keep(facts ...casework.Fact) {
	b.t.Helper()
	d, err := dialog.New(dialog.Options{Zone: shanghai(b.t)})
	if err != nil {
		b.t.Fatal(err)
	}
	b.now = b.now.Add(time.Hour)
	b.store(func(s *store.Store) error { return keep(s, d, "test:"+b.now.String(), b.now, facts...) })
	b.now = b.now.Add(time.Hour) // as of now is before now
}

func (b *bureau) store(do func(*store.Store) error) {
	b.t.Helper()
	s, err := store.Open(filepath.Join(b.dir, "zoufang.db"), store.Options{Key: testKey()})
	if err != nil {
		b.t.Fatal(err)
	}
	if err := do(s); err != nil {
		b.t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.t.Fatal(err)
	}
}

// cells reads a workbook: the rows of each sheet as they are stored.
func cells(t *testing.T, path string) map[string][][]string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatalf("open %s: %v", filepath.Base(path), err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	out := map[string][][]string{}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		out[sheet] = rows
	}
	return out
}

// ledgers are the sheets without the one that speaks of the export itself.
func ledgers(sheets map[string][][]string) map[string][][]string {
	out := maps.Clone(sheets)
	delete(out, "说明")
	return out
}

// TestExportAll prints every paper of the demo campaign, and reads all of them again.
func TestExportAll(t *testing.T) {
	oneHand(t)
	t.Parallel()
	b := newBureau(t)
	files := b.export("all", "--as-of", "2017-09-05")
	if len(files) != len(casework.PaperKinds()) {
		t.Fatalf("export all wrote %d files, want %d: %v", len(files), len(casework.PaperKinds()), slices.Sorted(maps.Keys(files)))
	}
	secrets := b.secrets()
	for kind, path := range files {
		sheets := cells(t, path)
		if len(sheets) < 2 {
			t.Errorf("%s has %d sheets, want its own and 说明", kind, len(sheets))
		}
		for sheet, rows := range sheets {
			for i, row := range rows {
				for _, cell := range row {
					if secret, found := holds(cell, secrets); found {
						t.Fatalf("%s, sheet %s, row %d shows %q: masked papers show neither names nor numbers", kind, sheet, i+1, secret)
					}
				}
			}
		}
		noFormulas(t, path)
	}
	t.Run("in LibreOffice", func(t *testing.T) { sameInOffice(t, files) })
}

// oneHand leaves a test to the run without the race detector: papers are printed in one
// goroutine, and a thousand pages take minutes under it.
func oneHand(t *testing.T) {
	t.Helper()
	if underRace {
		t.Skip("nothing is done at the same time here; it runs without the race detector")
	}
}

// secrets are what no masked paper may show: the names of the people who are helped,
// but those of staff of the same name, and telephone numbers.
func (b *bureau) secrets() map[string]bool {
	out := map[string]bool{}
	b.store(func(s *store.Store) error {
		return s.View(func(v dialog.View) error {
			for x := range v.AllTargets() {
				if h := x.Household; h != nil {
					out[h.HeadName], out[h.Phone], out[h.Address] = true, true, true
				}
			}
			for p := range v.AllStaff() {
				delete(out, p.Name)
			}
			delete(out, "")
			return nil
		})
	})
	return out
}

func holds(cell string, secrets map[string]bool) (string, bool) {
	for s := range secrets {
		if strings.Contains(cell, s) {
			return s, true
		}
	}
	return "", false
}

// noFormulas looks into the parts of the file.
func noFormulas(t *testing.T, path string) {
	t.Helper()
	for name, part := range unzip(t, path) {
		bad := []string{"<hyperlink", "externalLink", "ddeLink"}
		if strings.HasPrefix(name, "xl/worksheets/") { // charts name their cells in such a way
			bad = append(bad, "<f>", "<f ")
		}
		for _, bad := range bad {
			if bytes.Contains(part, []byte(bad)) {
				t.Errorf("%s holds %s in %s", filepath.Base(path), bad, name)
			}
		}
	}
}

// sameInOffice has LibreOffice write the workbooks anew, and compares the cells.
func sameInOffice(t *testing.T, files map[string]string) {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("REQUIRE_OFFICE") != "" {
			t.Fatal("LibreOffice is not there, and REQUIRE_OFFICE asks for it")
		}
		t.Skip("LibreOffice is not installed")
	}
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", "xlsx", "--outdir", dir}
	out, err := exec.CommandContext(t.Context(), office, append(args, slices.Collect(maps.Values(files))...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, out)
	}
	for kind, path := range files {
		want, got := cells(t, path), cells(t, filepath.Join(dir, filepath.Base(path)))
		if diff := cmp.Diff(tidied(want), tidied(got)); diff != "" {
			t.Errorf("%s in LibreOffice (-want +got)\n%.2000s", kind, diff)
		}
	}
}

// tidied drops what has no meaning: empty cells at the end of rows and empty rows at
// the end of sheets, and the digits beyond those that a number is exact to.
func tidied(sheets map[string][][]string) map[string][]string {
	out := map[string][]string{}
	for name, rows := range sheets {
		var lines []string
		for _, row := range rows {
			for i, cell := range row {
				if n, err := strconv.ParseFloat(cell, 64); err == nil && strings.Contains(cell, ".") {
					row[i] = fmt.Sprintf("%.9f", n)
				}
			}
			lines = append(lines, strings.TrimRight(strings.Join(row, "|"), "|"))
		}
		for len(lines) > 0 && lines[len(lines)-1] == "" {
			lines = lines[:len(lines)-1]
		}
		out[name] = lines
	}
	return out
}

// TestExportStandsForEver prints papers on a day, and again when much has happened
// since: the cells are the same.
func TestExportStandsForEver(t *testing.T) {
	oneHand(t)
	t.Parallel()
	day := casework.Date{Year: 2017, Month: time.June, Day: 30}
	then := newBureau(t)
	end := day.AddDays(1).In(shanghai(t))
	then.turnBack(end)
	now := newBureau(t)
	later := 0
	now.store(func(s *store.Store) error {
		return s.EachEvent(1, func(e casework.Event) error {
			if !e.ReachedAt.Before(end) {
				later++
			}
			return nil
		})
	})
	if later < 500 {
		t.Fatalf("%d events since, want 500 at least", later)
	}
	was, is := then.export("all"), now.export("all", "--as-of", day.String())
	for kind := range was {
		if diff := cmp.Diff(ledgers(cells(t, was[kind])), ledgers(cells(t, is[kind]))); diff != "" {
			t.Errorf("%s of %v, then and %d events later (-then +later)\n%.2000s", kind, day, later, diff)
		}
	}
}

// turnBack takes everything out of the file that happened at the instant or later, and
// the clock to it.
func (b *bureau) turnBack(to time.Time) {
	b.t.Helper()
	c, err := campaign()
	if err != nil {
		b.t.Fatal(err)
	}
	path := filepath.Join(b.dir, "zoufang.db")
	if err := os.Remove(path); err != nil {
		b.t.Fatal(err)
	}
	set := c.set
	set.Events = slices.DeleteFunc(slices.Clone(set.Events), func(e casework.Event) bool { return !e.ReachedAt.Before(to) })
	if err := fill(path, testKey(), set); err != nil {
		b.t.Fatal(err)
	}
	b.now = to.Add(-time.Nanosecond)
}

// TestExportTellsWhatChanged compares with an earlier export: exactly what was changed
// since is listed.
func TestExportTellsWhatChanged(t *testing.T) {
	t.Parallel()
	b := newBureau(t)
	since := regexp.MustCompile(`DC-\d{4}-\d{4}`).FindString(b.export("problems")["问题清单"])
	remark := "镇里已排进十月计划"
	var first, second casework.Problem
	b.store(func(s *store.Store) error {
		return s.View(func(v dialog.View) error {
			for p := range v.AllProblems() {
				first, second = second, p
			}
			return nil
		})
	})
	b.keep(
		casework.ProblemAmended{ProblemID: first.ID, Remark: &remark},
		casework.ProblemAmended{ProblemID: second.ID, DueOn: casework.Date{Year: 2017, Month: time.December, Day: 1}},
	)
	sheets := cells(t, b.export("problems", "--since", since)["问题清单"])
	var got []string
	for name, rows := range sheets {
		if !strings.HasSuffix(name, "变化") {
			continue
		}
		for _, row := range rows {
			if len(row) > 1 && strings.HasPrefix(row[1], "WT-") {
				got = append(got, strings.Join(row[:3], " "))
			}
		}
	}
	slices.Sort(got)
	want := []string{"变更 " + first.Code + " 备注", "变更 " + second.Code + " 办结时限"}
	slices.Sort(want)
	if diff := cmp.Diff(want, withoutProgress(got)); diff != "" {
		t.Errorf("what changed since (-want +got)\n%s\nsheets %v", diff, slices.Sorted(maps.Keys(sheets)))
	}
}

// withoutProgress leaves out the column of the newest step: each change is one.
func withoutProgress(lines []string) []string {
	return slices.DeleteFunc(lines, func(l string) bool { return strings.Contains(l, "最新进展") })
}

// unzip gives the parts of a workbook.
func unzip(t *testing.T, path string) map[string][]byte {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := z.Close(); err != nil {
			t.Error(err)
		}
	}()
	out := map[string][]byte{}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[part.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// TestExportForAnotherSystem hands the problem list over in the columns of another
// system, once each, by the mapping that the operator's guide shows and by a workbook with
// their headings.
func TestExportForAnotherSystem(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/operating.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(guide), "`--map city.yaml`,\n\n")
	example, _, _ := strings.Cut(rest, "\n\n")
	b := newBureau(t)
	mapping := filepath.Join(b.dir, "city.yaml")
	if err := os.WriteFile(mapping, []byte(strings.ReplaceAll(example, "\n    ", "\n")[4:]), 0o600); err != nil {
		t.Fatal(err)
	}
	rows := func(args ...string) [][]string {
		t.Helper()
		for name, rows := range cells(t, b.export(append([]string{"problems"}, args...)...)["问题清单"]) {
			if name != "说明" {
				return rows
			}
		}
		return nil
	}
	first := rows("--map", mapping)
	if got, want := strings.Join(first[2], " "), "诉求编号 来源 办理情况 期限"; got != want {
		t.Errorf("the headings are %q, want %q", got, want)
	}
	if len(first) != 3+35 || first[3][1] != "走访" || !strings.HasPrefix(first[3][0], "WT-") {
		t.Errorf("%d rows, the first %q, want 35 problems below the header", len(first), first[3])
	}
	b.now = b.now.Add(time.Minute)
	if again := rows("--map", mapping, "--only-new"); len(again) != 3 {
		t.Errorf("the second time %d rows are handed over, want none: %q", len(again)-3, again[3:])
	}
	b.store(func(s *store.Store) error {
		return s.View(func(v dialog.View) error {
			for p := range v.AllProblems() {
				if p.Synced["市民情系统"].IsZero() {
					t.Errorf("%s does not know that it was handed over", p.Code)
				}
			}
			return nil
		})
	})
	theirs := excelize.NewFile()
	if err := theirs.SetSheetRow("Sheet1", "A1", &[]string{"问题编号", "责任人", "我们没有的一列"}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(b.dir, "theirs.xlsx")
	if err := theirs.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	other := rows("--map", path, "--system", "区平台")
	if got := strings.Join(other[2], " "); got != "问题编号 责任人 我们没有的一列" || len(other) != 3+35 {
		t.Errorf("with their headings %q and %d rows, want theirs and 35", got, len(other)-3)
	}
}

package main

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/store"
	"zoufang/workbook"
)

// The test binary is the program as well, for scripts and for children that are
// killed.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"zoufang": main})
}

// TestScripts runs the command line as people do. Beside the program the scripts
// have:
//
//	campaign              writes zoufang.db with the synthetic campaign, and its key
//	roster FILE [CELL…]   writes the campaign's roster; SHEET.LINE.FIELD=TEXT spoils a cell
//	hold, letgo           opens zoufang.db in another process, and closes it
//	flip BUCKET           flips a bit of a value in a bucket of zoufang.db
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"campaign": scriptCampaign,
			"roster":   scriptRoster,
			"hold":     scriptHold,
			"letgo":    scriptLetGo,
			"flip":     scriptFlip,
		},
	})
}

func scriptCampaign(ts *testscript.TestScript, _ bool, _ []string) {
	c, err := campaign()
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("zoufang.db"), c.file, 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("zoufang.key"), []byte(hex.EncodeToString(testKey())), 0o600))
}

func scriptRoster(ts *testscript.TestScript, _ bool, args []string) {
	c, err := campaign()
	ts.Check(err)
	file := ts.MkAbs("roster.db")
	ts.Check(os.WriteFile(file, c.file, 0o600))
	s, err := store.Open(file, store.Options{Key: testKey()})
	ts.Check(err)
	var r casework.Roster
	err = s.View(func(v dialog.View) error { r = casework.RosterOf(v); return nil })
	ts.Check(errors.Join(err, s.Close(), os.Remove(file)))
	for _, spoil := range args[1:] {
		cell, text, _ := strings.Cut(spoil, "=")
		at := strings.Split(cell, ".")
		line, err := strconv.Atoi(at[1])
		ts.Check(err)
		r[casework.SheetID(at[0])][line].Fields[at[2]] = casework.Field{Text: text}
	}
	var b bytes.Buffer
	ts.Check(workbook.WriteRoster(&b, r))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o600))
}

// holding is where a script keeps the store it holds.
type holding struct{}

func scriptHold(ts *testscript.TestScript, _ bool, _ []string) {
	s, err := store.Open(ts.MkAbs("zoufang.db"), store.Options{Key: testKey()})
	ts.Check(err)
	ts.Setenv("HELD", "yes")
	held := make(chan *store.Store, 1)
	held <- s
	ts.Defer(func() {
		select {
		case s := <-held:
			ts.Check(s.Close())
		default:
		}
	})
	setHeld(ts, held)
}

package main

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"os"
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
//	hold                  keeps zoufang.db open in another process until the end
//	flip BUCKET           flips a bit of a value in a bucket of zoufang.db
//	secret LINKS FILE     fails if a code of the links stands in the file or in zoufang.db
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"campaign": scriptCampaign,
			"roster":   scriptRoster,
			"hold":     scriptHold,
			"flip":     scriptFlip,
			"secret":   scriptSecret,
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

// scriptHold keeps the file open, as the running service does, until the script
// ends.
func scriptHold(ts *testscript.TestScript, _ bool, _ []string) {
	s, err := store.Open(ts.MkAbs("zoufang.db"), store.Options{Key: testKey()})
	ts.Check(err)
	ts.Defer(func() { ts.Check(s.Close()) })
}

func scriptFlip(ts *testscript.TestScript, _ bool, args []string) {
	file := ts.MkAbs("zoufang.db")
	data, err := os.ReadFile(file)
	ts.Check(err)
	places := lastBytes(data)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
	for _, at := range places {
		bad := bytes.Clone(data) // opening moves pages, so each try begins anew
		bad[at] ^= 0x10
		ts.Check(os.WriteFile(file, bad, 0o600))
		s, err := store.Open(file, store.Options{Key: testKey()})
		if err != nil {
			continue
		}
		r, err := s.Check()
		ts.Check(errors.Join(err, s.Close()))
		if len(r.Faults) > 0 && strings.HasPrefix(r.Faults[0], args[0]+":") {
			return
		}
	}
	ts.Fatalf("no byte of %s was found", args[0])
}

// lastBytes are the places of the last byte of the last value of each leaf page:
// part of a seal, and of nothing that the engine itself reads.
func lastBytes(data []byte) (out []int) {
	const page, header, element = 4096, 16, 16
	for p := 0; p+page <= len(data); p += page {
		flags := binary.LittleEndian.Uint16(data[p+8:])
		n := int(binary.LittleEndian.Uint16(data[p+10:]))
		if flags != 2 || n == 0 {
			continue
		}
		e := p + header + (n-1)*element
		field := func(i int) int { return int(binary.LittleEndian.Uint32(data[e+4*i:])) }
		if end := e + field(1) + field(2) + field(3); field(0) == 0 && field(3) > 40 && end <= len(data) {
			out = append(out, end-1)
		}
	}
	return out
}

func scriptSecret(ts *testscript.TestScript, _ bool, args []string) {
	links, file, db := ts.ReadFile(args[0]), ts.ReadFile(args[1]), ts.ReadFile("zoufang.db")
	n := 0
	for l := range strings.Lines(links) {
		_, code, ok := strings.Cut(strings.TrimSpace(l), "?start=")
		if !ok {
			continue
		}
		n++
		if strings.Contains(file, code) || strings.Contains(db, code) {
			ts.Fatalf("the code of a link is kept")
		}
	}
	if n == 0 {
		ts.Fatalf("no link in %s", args[0])
	}
}

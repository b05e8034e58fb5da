package bot_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/bot"
	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/simulator"
)

var file = []byte("PK " + canary)

// peruse is a reader that knows one file alone.
func peruse(_ context.Context, e dialog.Errand, data []byte) (dialog.Reading, error) {
	if !bytes.Equal(data, file) {
		return dialog.Reading{}, errors.New("it is another file")
	}
	return dialog.Reading{Export: 17, Errand: dialog.Errand{Card: e.Card + 1}}, nil
}

func fetch(id string, size int64) dialog.Letter {
	return dialog.Letter{Kind: dialog.Fetch, Chat: 7, Errand: &dialog.Errand{
		File: casework.Attachment{Kind: casework.Document, FileID: id, Size: size}, Card: 5,
	}}
}

func TestFileIsFetched(t *testing.T) {
	cut := simulator.Fault{Method: simulator.Download, Kind: simulator.Drop, Times: 1}
	for _, fault := range []simulator.Fault{
		{Method: "no fault"},
		{Method: "getFile", Kind: simulator.Answer, Status: 500},
		{Method: "getFile", Kind: simulator.Answer, Status: 429, RetryAfter: 1},
		{Method: simulator.Download, Kind: simulator.Answer, Status: 502, Bare: true},
		cut,
	} {
		t.Run(fault.Method, func(t *testing.T) {
			t.Parallel() // some wait for a second
			sim, url := newSimulator(t)
			anna(sim).Document("表.xlsx", "", file)
			sim.Fail(fault)
			d := open(t, sim, url, func(c *bot.Config) { c.Read = peruse }, fetch(fileID(t, sim), int64(len(file))))
			in := d.next(t, 1)[0]
			d.stop()
			sum := sha256.Sum256(file)
			want := dialog.Input{
				Kind: dialog.Fetched, Cause: "fetch:1", Chat: 7, ChatKind: dialog.PrivateChat, User: 7, Reached: in.Reached,
				Reading: &dialog.Reading{Errand: *fetch(fileID(t, sim), int64(len(file))).Errand, SHA256: hex.EncodeToString(sum[:]), Export: 17},
			}
			if diff := cmp.Diff(want, in); diff != "" {
				t.Errorf("report (-want +got):\n%s", diff)
			}
			if sent := len(sim.Chat(7).Messages); sent != 2 {
				t.Errorf("%d messages, want the person's two alone", sent)
			}
		})
	}
}

// fileID is the id of the first file that the simulator keeps.
func fileID(t *testing.T, sim *simulator.Simulator) string {
	t.Helper()
	for _, m := range sim.Chat(7).Messages {
		if m.Document != nil {
			return "AgACAgUAAxD00000001"
		}
	}
	t.Fatal("nobody sent a document")
	return ""
}

func TestFileThatIsOfNoUse(t *testing.T) {
	const (
		large = "The file is larger than 20 MB, which the bot cannot get. Please split it and send it again."
		more  = "The file is larger than it was when it was sent, so it was not read. Please send it again."
		gone  = "Telegram does not give this file out any more. Please send it again."
		blur  = "This file cannot be read; nothing of it was used. Please check it and send it again."
	)
	panics := func(context.Context, dialog.Errand, []byte) (dialog.Reading, error) { panic(canary) }
	tests := []struct {
		name string
		data []byte
		size int64 // as announced
		id   string
		read func(context.Context, dialog.Errand, []byte) (dialog.Reading, error)
		path string // that getFile gives; empty leaves it
		gets int32  // downloads
		want string
	}{
		{"announced too large", file, 20<<20 + 1, "AgACAgUAAxD00000001", peruse, "", 0, large},
		{"too large", make([]byte, 20<<20+1), 0, "AgACAgUAAxD00000001", peruse, "", 0, large},
		{"more than announced", file, 3, "AgACAgUAAxD00000001", peruse, "", 0, more},
		{"unknown", file, 0, "AgAC", peruse, "", 0, gone},
		{"another", []byte("PK other"), 0, "AgACAgUAAxD00000001", peruse, "", 1, blur},
		{"a reader that panics", file, 0, "AgACAgUAAxD00000001", panics, "", 1, blur},
		{"nobody reads", file, 0, "AgACAgUAAxD00000001", nil, "", 1, blur},
		{"a way out", file, 0, "AgACAgUAAxD00000001", peruse, "documents/../../bot/getMe", 0, gone},
		{"a file of the server's", file, 0, "AgACAgUAAxD00000001", peruse, "/etc/passwd", 0, gone},
		{"another host", file, 0, "AgACAgUAAxD00000001", peruse, "@evil.example/a", 0, gone},
		{"not there", file, 0, "AgACAgUAAxD00000001", peruse, "documents/file_9.xlsx", 1, gone},
		{"redirected", file, 0, "AgACAgUAAxD00000001", peruse, "away/file", 1, gone},
		{"larger than it says", file, 0, "AgACAgUAAxD00000001", peruse, "huge/file", 1, large},
		{"larger than announced", file, 5, "AgACAgUAAxD00000001", peruse, "huge/file", 1, more},
		{"without an end", file, 0, "AgACAgUAAxD00000001", peruse, "endless/file", 1, large},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sim, _ := newSimulator(t)
			anna(sim).Document("表.xlsx", "", tt.data)
			if tt.path != "" {
				sim.Fail(simulator.Fault{
					Method: "getFile", Kind: simulator.Answer, Status: 200, Body: `{"ok":true,"result":{"file_path":"` + tt.path + `"}}`,
				})
			}
			var away, gets atomic.Int32
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !strings.HasPrefix(r.URL.Path, "/bot") {
					gets.Add(1)
				}
				switch base, name, _ := strings.Cut(r.URL.Path, sim.Token()+"/"); {
				case base == "/file/bot" && name == "away/file":
					http.Redirect(w, r, "/elsewhere", http.StatusFound)
				case base == "/file/bot" && strings.HasSuffix(name, "/file"):
					if name == "huge/file" {
						w.Header().Set("Content-Length", "20971521")
					}
					chunk := make([]byte, 1<<20)
					for range 21 {
						if _, err := w.Write(chunk); err != nil {
							return
						}
					}
				case r.URL.Path == "/elsewhere":
					away.Add(1)
				default:
					sim.ServeHTTP(w, r)
				}
			}))
			t.Cleanup(srv.Close)
			d := open(t, sim, srv.URL, func(c *bot.Config) { c.Read = tt.read }, fetch(tt.id, tt.size))
			in := d.next(t, 1)[0]
			d.stop()
			if got, want := told(in), "fetch:1 fetched 7 "+tt.want; got != want {
				t.Errorf("report = %s, want %s", got, want)
			}
			if in.Reading.Fault.Zh == "" || away.Load() != 0 || gets.Load() != tt.gets {
				t.Errorf("Chinese fault = %q, %d downloads and %d calls elsewhere, want one, %d and none", in.Reading.Fault.Zh, gets.Load(), away.Load(), tt.gets)
			}
			if d.log.count("AgAC")+d.log.count(secret) != 0 {
				t.Error("the log holds the file's id or the token, want neither")
			}
		})
	}
}

func TestFetchWithoutAnErrandIsDropped(t *testing.T) {
	sim, url := newSimulator(t)
	anna(sim)
	d := open(t, sim, url, func(*bot.Config) {}, dialog.Letter{Kind: dialog.Fetch, Chat: 7}, show(7, "next"))
	<-d.box.empty
	d.stop()
	if d.log.count("a letter is dropped") != 1 {
		t.Error("nothing in the log, want a letter dropped")
	}
}

// sorted are lines in their order.
func sorted(lines []string) []string { return slices.Sorted(slices.Values(lines)) }

package dialog_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the transcripts")

// TestTranscripts replays what people say in testdata/transcripts and compares
// what the bot answers. The lines of a transcript:
//
//	# a remark
//	@ member            who speaks from here on: member, leader, office, stranger,
//	                    or partner, a colleague of the member's, see bindPartner
//	> words             says words; "> [label]" taps the button that begins so
//	> (photo a)         sends a file: photo, voice, document, workbook or image-file
//	> ~ old => new      edits the newest message that said old
//	> +2h               lets time pass
//	> @08:00            lets time pass until the clock next shows this, and does what
//	                    falls due by then; also "> @2017-09-07 08:00"
//	< …                 what the bot answers, made by -update and read like code
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/transcripts/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := replay(t, string(data))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(data), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("transcript (-want +got):\n%s", diff)
			}
		})
	}
}

// replay plays the lines of a transcript that people said, and writes it anew
// with what was answered.
func replay(t *testing.T, script string) string {
	t.Helper()
	w := newWorld(t)
	var out strings.Builder
	who := w.phone("member")
	for line := range strings.Lines(script) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "<"):
			continue
		case strings.HasPrefix(line, "@ "):
			who = w.phone(strings.TrimPrefix(line, "@ "))
			fmt.Fprintln(&out, line)
		case strings.HasPrefix(line, "> "):
			fmt.Fprintln(&out, line)
			who.do(t, strings.TrimPrefix(line, "> "))
			for _, l := range w.heard() {
				fmt.Fprintln(&out, strings.TrimRight("< "+l, " "))
			}
		default:
			fmt.Fprintln(&out, line)
		}
	}
	return out.String()
}

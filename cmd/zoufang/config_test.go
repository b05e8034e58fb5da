package main

import (
	"bytes"
	"os"
	"testing"
)

func TestTheExampleIsTheDefault(t *testing.T) {
	example, err := os.ReadFile("../../config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(example, exampleConfig) {
		t.Error("config.example.yaml and cmd/zoufang/config.yaml differ: copy one over the other")
	}
}

// FuzzConfig reads anything as a configuration: it is refused with words, or
// usable.
func FuzzConfig(f *testing.F) {
	for _, text := range []string{"", "# nothing\n", "telegram: ! ", "log: [", "pace: {per_second: -1}", "time_zone: Local", "store: {file: \"\"}", string(exampleConfig)} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := parseConfig(data)
		if err == nil && (c.zone == nil || c.Store.File == "") {
			t.Errorf("parseConfig(%q) = %+v, want what can be used or an error", data, c)
		}
	})
}

package chart

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the typeface is part of the program
	"fmt"
	"io"
	"sync"

	"github.com/go-analyze/charts"
)

//go:embed font/wqy-microhei-gbk.ttf.gz
var packedFont []byte

// family is the name our typeface has in the registry of the chart library. It is never
// made that library's default: other users of the library keep theirs.
const family = "wqy-microhei-gbk"

// typeface returns a style with nothing but our font in it. The font is unpacked and
// parsed at the first call, and shared from then on: drawing only reads it.
var typeface = sync.OnceValues(func() (charts.FontStyle, error) {
	unpacked, err := gzip.NewReader(bytes.NewReader(packedFont))
	if err != nil {
		return charts.FontStyle{}, fmt.Errorf("unpack the font: %w", err)
	}
	data, err := io.ReadAll(unpacked)
	if err != nil {
		return charts.FontStyle{}, fmt.Errorf("unpack the font: %w", err)
	}
	if err := charts.InstallFont(family, data); err != nil {
		return charts.FontStyle{}, fmt.Errorf("parse the font: %w", err)
	}
	return charts.FontStyle{Font: charts.GetFont(family)}, nil
})

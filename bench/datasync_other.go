//go:build !linux

package bench

import "os"

// datasync makes the file's content durable. Where there is no cheaper call,
// its other properties, too.
func datasync(f *os.File) error { return f.Sync() }

package bench

import (
	"os"
	"syscall"
)

// datasync makes the file's content durable, as the store's engine does here.
func datasync(f *os.File) error {
	for {
		if err := syscall.Fdatasync(int(f.Fd())); err != syscall.EINTR {
			return err
		}
	}
}

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// stopTime is how long a bot may take to end when it is asked to.
const stopTime = 10 * time.Second

// child is a bot at work, as a process of its own.
type child struct {
	cmd   *exec.Cmd
	errs  bytes.Buffer
	end   context.CancelFunc
	ended chan error
}

// usage is what a process has taken from the machine.
type usage struct {
	cpu  time.Duration
	peak int64 // bytes resident, at most; 0 where the system does not say
}

// start starts a bot. The context it returns ends when the bot does, so that
// nobody waits for one that is gone. The bot must be stopped.
func start(ctx context.Context, args []string) (*child, context.Context, error) {
	ctx, end := context.WithCancel(ctx)
	c := &child{cmd: exec.CommandContext(ctx, args[0], args[1:]...), end: end, ended: make(chan error, 1)}
	c.cmd.Stderr = &c.errs
	c.cmd.Cancel = func() error { return c.cmd.Process.Signal(os.Interrupt) }
	c.cmd.WaitDelay = stopTime
	if err := c.cmd.Start(); err != nil {
		end()
		return nil, nil, fmt.Errorf("start the bot: %w", err)
	}
	go func() {
		c.ended <- c.cmd.Wait()
		end()
	}()
	return c, ctx, nil
}

// stop asks the bot to end, waits, and returns what the process took. It is an
// error if the bot had ended before, or did not end well.
func (c *child) stop() (usage, error) {
	peak := c.peak()
	c.end()
	err := <-c.ended
	if c.cmd.ProcessState == nil {
		return usage{}, fmt.Errorf("wait for the bot: %w", err)
	}
	if !c.cmd.ProcessState.Success() || err != nil && !errors.Is(err, context.Canceled) {
		return usage{}, fmt.Errorf("the bot ended with %v: %s", c.cmd.ProcessState, bytes.TrimSpace(c.errs.Bytes()))
	}
	return usage{cpu: c.cmd.ProcessState.UserTime() + c.cmd.ProcessState.SystemTime(), peak: peak}, nil
}

// peak is the process's highest resident size in bytes, 0 where the system
// does not say. The resource usage of Linux does not serve: a child's begins
// with that of the process it was forked from.
func (c *child) peak() int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if size, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			var kib int64
			if _, err := fmt.Sscan(size, &kib); err == nil {
				return kib * 1024
			}
		}
	}
	return 0
}

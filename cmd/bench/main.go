// Command bench puts the service beside a bare echo bot, on the same simulated
// Telegram, in turn, and prints what it measured as a Markdown table or as JSON.
// Package bench holds the load and the figures; here programs are built, started
// and stopped. Run it from within the module: it builds with the go command.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	var usage *usageError
	switch {
	case err == nil || errors.Is(err, flag.ErrHelp):
	case errors.As(err, &usage):
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// usageError says that the command was called wrongly.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }

func (e *usageError) Unwrap() error { return e.err }

// options are the command line.
type options struct {
	rounds int
	people []int
	warmup time.Duration
	window time.Duration
	turns  int
	json   bool
}

// run measures and prints results to out; progress and words go to errs.
func run(ctx context.Context, args []string, out, errs io.Writer) error {
	o, err := parse(args, errs)
	if err != nil {
		return err
	}
	r, err := measure(ctx, o, errs)
	if err != nil {
		return err
	}
	if o.json {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	_, err = io.WriteString(out, r.markdown())
	return err
}

func parse(args []string, errs io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.SetOutput(errs)
	f.IntVar(&o.rounds, "rounds", 3, "how often each bot is measured, in turn")
	people := f.String("people", "1,50,500", "how many people talk at once")
	f.DurationVar(&o.window, "for", 3*time.Second, "how long each measurement lasts")
	f.DurationVar(&o.warmup, "warmup", 500*time.Millisecond, "how long people talk before it")
	f.IntVar(&o.turns, "turns", 0, "measure so many turns instead, from the first on")
	f.BoolVar(&o.json, "json", false, "print JSON")
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return options{}, err
		}
		return options{}, &usageError{err}
	}
	for word := range strings.SplitSeq(*people, ",") {
		n, err := strconv.Atoi(word)
		if err != nil {
			return options{}, &usageError{fmt.Errorf("--people %q: give numbers and commas", *people)}
		}
		o.people = append(o.people, n)
	}
	if f.NArg() > 0 || o.rounds < 1 || o.turns < 0 || o.window <= 0 || o.warmup < 0 {
		return options{}, &usageError{errors.New("rounds and times must be positive, and nothing may follow the flags")}
	}
	return o, nil
}

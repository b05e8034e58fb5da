// Command zoufang is a Telegram bot for people who visit households, firms and
// village organisations, with an embedded store and a clock. Each file holds a
// subcommand; what they share is opened, wired and closed in open.go and serve.go.
// No rule lives here.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // the zone must be there on a machine without its own

	"github.com/alecthomas/kong"
)

func main() {
	os.Exit(program())
}

// program runs the command line and returns the exit code: 0, 1 for a failure,
// 2 for wrong use.
func program() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	syscall.Umask(0o077)
	err := run(ctx, os.Args[1:], world{out: os.Stdout, errs: os.Stderr, now: time.Now})
	var usage *usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &usage):
		fmt.Fprintln(os.Stderr, "zoufang:", err)
		return 2
	default:
		fmt.Fprintln(os.Stderr, "zoufang:", err)
		return 1
	}
}

// world is what a command may touch besides its files.
type world struct {
	out, errs io.Writer
	now       func() time.Time
}

// usageError says that the command was called wrongly.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() + "; see zoufang --help" }

func (e *usageError) Unwrap() error { return e.err }

// cli is the command line.
type cli struct {
	Config string `short:"c" default:"config.yaml" env:"ZOUFANG_CONFIG" type:"path" help:"Configuration file."`

	Demo     demoCmd     `cmd:"" help:"Everything on this machine, with no token: simulated Telegram, bot, web page."`
	Init     initCmd     `cmd:"" help:"Write a configuration and a key."`
	Run      runCmd      `cmd:"" help:"The service."`
	Template templateCmd `cmd:"" help:"Write an empty roster workbook with notes."`
	Import   importCmd   `cmd:"" help:"Read a roster workbook: show what would change, then apply it."`
	Undo     undoCmd     `cmd:"" help:"Undo an import of the last days."`
	Invite   inviteCmd   `cmd:"" help:"Make one-time links for named people of the roster."`
	Summary  summaryCmd  `cmd:"" help:"Print the campaign's figures, as of a date."`
	Export   exportCmd   `cmd:"" help:"Write ledgers, reports and print forms, as of an instant."`
	Events   eventsCmd   `cmd:"" help:"Print the ledger as JSON lines."`
	Rebuild  rebuildCmd  `cmd:"" help:"Make all records anew from the ledger."`
	Check    checkCmd    `cmd:"" help:"Verify the file: every value, every index, every record."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

// run runs the command that args name.
func run(ctx context.Context, args []string, w world) error {
	var c cli
	exit := -1
	parser, err := kong.New(&c,
		kong.Name("zoufang"),
		kong.Description("走访 — visits reported by chat, records that stand."),
		kong.UsageOnError(),
		kong.Writers(w.out, w.errs),
		kong.Exit(func(code int) { exit = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(w),
	)
	if err != nil {
		return fmt.Errorf("command line: %w", err)
	}
	parsed, err := parser.Parse(args)
	if exit == 0 {
		return nil // help was asked for
	}
	if err != nil {
		return &usageError{err}
	}
	return parsed.Run(&c)
}

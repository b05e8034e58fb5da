// Package store keeps everything in one file.
//
// Three ideas carry it. Whatever an input leads to is written in one
// transaction, with the input's cause, so that it happens once or not at all
// ([Store.Apply]). What happened is a ledger; the records are projections of
// it, which [Store.Rebuild] makes again, byte for byte. Every value is sealed
// and bound to its place, and no key says anything about a person.
//
// One file of this package, engine.go, touches the engine below (bbolt). The
// rest speaks in ordered keys and transactions. The package does not know
// Telegram, the clock, or the rules of the casework: time comes in with the
// input, and the rules fold the events.
//
// # The map
//
// Numbers in keys are eight bytes (an instant has two of them), big-endian, so
// that byte order is the order meant; ^ marks an inverted one (newest first), # a keyed hash of 16 bytes.
// Values are sealed JSON. A bucket with several parts in its key and "nothing"
// as value is an index; the last part is the key of the row it points to.
//
//	bucket               key                        value
//	meta                 name                       "seal": the wrapped keys (not sealed); version; running; alive
//	counters             name                       highest number given: input, event, letter, trouble; strangers
//	causes               #cause                     when, and which answer the message became
//	attempts             #cause                     how often it was begun after an unclean stop
//	sessions             #chat                      chat and what is remembered of it
//	strangers            #chat                      nothing: sessions of unknown people
//	ledger               event                      the event with its fact
//	quarantine           trouble                    an input that could not be turned, and why
//	outbox               letter                     a letter not yet delivered
//	outbox_by_card       card letter                nothing: Show letters
//	posted               card                       the message that shows the card
//	cards                card                       what its buttons mean
//	cards_by_name        #chat #name ^card card     nothing: the first of a name is the live one
//	drafts               visit                      a form being filled in
//	drafts_by_owner      staff ^touched visit       nothing
//
// The projections, which follow from the ledger alone:
//
//	campaign             0                          the campaign
//	rounds               round                      a round
//	units                unit                       a unit
//	groups               group                      a group
//	areas                area                       an area
//	staff                staff                      a person of the roster
//	staff_by_user        #user staff                nothing
//	staff_by_code        #code staff                nothing
//	staff_by_group       group staff                nothing
//	targets              target                     a target
//	targets_by_code      #code target               nothing
//	targets_by_group     group target               nothing
//	targets_by_due       day target                 nothing: targets with a contact booked
//	pairings             target staff               a pairing
//	pairings_by_staff    staff target staff         nothing
//	visits               visit                      a visit
//	visits_by_code       #code visit                nothing
//	visits_by_target     target ^day ^visit visit   nothing
//	visits_by_staff      staff ^day ^visit visit    nothing: by who reported
//	visits_by_reporter   staff ^instant ^visit visit  nothing: by when it was reported
//	calls                call                       a telephone check-in
//	calls_by_target      target ^instant ^call call  nothing
//	calls_by_staff       staff ^instant ^call call  nothing: by who called
//	problems             problem                    a problem
//	problems_by_target   target problem             nothing
//	problems_by_owner    staff problem              nothing
//	workdays             day                        the office's word on a day
//	handovers            handover                   a handover
//	handovers_by_staff   staff handover             nothing: by giver and by taker
//	hold                 0                          whether sending is held
//	forms                #id version                a published version of a form
//	invites              invite                     an invitation
//	invites_by_hash      #hash invite               nothing
//	invites_by_staff     staff invite               nothing
//	lasts                #prefix                    highest number given under a prefix of codes
package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"zoufang/dialog"
)

var (
	// ErrLocked is returned by [Open] when another process has the file.
	ErrLocked = errors.New("the file is in use by another process")
	// ErrNewer is returned by [Open] when a newer program wrote the file.
	ErrNewer = errors.New("the file was written by a newer zoufang: use that version, or a newer one")
	// ErrKey is returned by [Open] when the key does not fit the file. A new
	// key is never made for a file that exists.
	ErrKey = errors.New("the key does not fit the file: use the key it was made with")
	// ErrBroken is returned, by [Open] and by everything that reads, when
	// the file is damaged or is no file of zoufang.
	ErrBroken = errors.New("the file is damaged: run `zoufang check`, or restore a backup")
)

// Options says how to open a store.
type Options struct {
	// Key is the secret that seals the file: 32 bytes.
	Key []byte
	// Timeout is how long to wait for a locked file; zero is one second.
	Timeout time.Duration
	// Fault, if set, is asked before each step at the engine, such as "get
	// targets", "put ledger" or "commit"; an error makes the step fail. It is
	// how tests reach every place where a disk can fail.
	Fault func(op string) error
}

// Store is an open file. It is safe for concurrent use; writing waits for its
// turn, reading sees a snapshot.
type Store struct {
	engine *engine
	forms  formCache

	writing sync.Mutex
	// wary counts down the inputs that are still taken one by one because
	// the program did not stop cleanly. Guarded by writing.
	wary int
}

// Turns decides what an input leads to. Both methods see the effects of
// earlier inputs and must not keep the view.
type Turns interface {
	// Turn takes one input.
	Turn(dialog.View, dialog.Session, dialog.Input) dialog.Outcome
	// Sorry answers an input whose Turn panicked or read damaged records.
	Sorry(dialog.View, dialog.Session, dialog.Input) dialog.Outcome
}

// Open opens the file at path, or makes one that is complete before it has
// that name. It brings an older file up to date, after copying it aside as
// path.v1.bak (with the older version's number). It returns [ErrLocked],
// [ErrNewer], [ErrKey] or [ErrBroken] where they apply. Close it after use.
func Open(path string, o Options) (*Store, error) { return open(path, o, steps()) }

func open(path string, o Options, steps []step) (*Store, error) {
	if len(o.Key) != keySize {
		return nil, fmt.Errorf("open %s: the key has %d bytes, want %d", path, len(o.Key), keySize)
	}
	if o.Timeout == 0 {
		o.Timeout = time.Second
	}
	s, err := openFile(path, o, steps)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return s, nil
}

func openFile(path string, o Options, steps []step) (*Store, error) {
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		if err := create(path, o, steps); err != nil {
			return nil, fmt.Errorf("create: %w", err)
		}
	case err != nil:
		return nil, err
	case info.Size() == 0:
		// The engine would make an empty file its own.
		return nil, fmt.Errorf("empty: %w", ErrBroken)
	}
	e, err := openEngine(path, o)
	if err != nil {
		return nil, err
	}
	s := &Store{engine: e}
	if err := s.begin(o, steps); err != nil {
		return nil, errors.Join(err, e.close())
	}
	return s, nil
}

// begin unseals the file, brings it up to date and marks it as running.
func (s *Store) begin(o Options, steps []step) error {
	if err := s.engine.unseal(o.Key); err != nil {
		return err
	}
	if err := s.engine.upgrade(steps); err != nil {
		return err
	}
	return s.engine.update(func(t *tx) error {
		if running, _ := getAs[bool](t, metaBucket, []byte(runningKey)); running {
			s.wary = waryInputs
		}
		putAs(t, metaBucket, []byte(runningKey), true)
		return nil
	})
}

// create makes the file under another name first: the engine does not survive a
// power cut during its first write.
func create(path string, o Options, steps []step) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.new")
	if err != nil {
		return err
	}
	temp := f.Name()
	defer func() { err = errors.Join(err, os.Remove(temp)) }()
	if err := f.Close(); err != nil {
		return err
	}
	e, err := openEngine(temp, o)
	if err != nil {
		return err
	}
	err = errors.Join(e.initialize(o.Key, steps), e.close())
	if err != nil {
		return err
	}
	// A link, unlike a rename, does not replace what another process made
	// in the meantime.
	if err := os.Link(temp, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes new names in the folder survive a power cut.
func syncDir(dir string) (err error) {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	return d.Sync()
}

// Close marks a clean stop and closes the file. It waits for what is under way.
func (s *Store) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	err := s.engine.update(func(t *tx) error {
		putAs(t, metaBucket, []byte(runningKey), false)
		return nil
	})
	return errors.Join(err, s.engine.close())
}

// View calls f with the records as of one instant. The view dies when f
// returns. Keep it short: the file grows while it lasts. If anything f read is
// damaged, the error is an [ErrBroken], whatever f says.
func (s *Store) View(f func(dialog.View) error) error {
	return s.engine.view(func(t *tx) error { return f(&view{t: t, forms: &s.forms}) })
}

// Alive returns the instant last given to [Store.SetAlive]; zero if there was
// none.
func (s *Store) Alive() (time.Time, error) {
	var at time.Time
	err := s.engine.view(func(t *tx) error {
		at, _ = getAs[time.Time](t, metaBucket, []byte(aliveKey))
		return nil
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("read when the program was alive: %w", err)
	}
	return at, nil
}

// SetAlive notes when the program last heard from Telegram. It waits for the
// disk, so it is for now and then.
func (s *Store) SetAlive(at time.Time) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	err := s.engine.update(func(t *tx) error {
		putAs(t, metaBucket, []byte(aliveKey), at.UTC())
		return nil
	})
	if err != nil {
		return fmt.Errorf("note that the program is alive: %w", err)
	}
	return nil
}

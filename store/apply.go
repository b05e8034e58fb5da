package store

import (
	"errors"
	"fmt"
	"runtime/debug"

	"zoufang/dialog"
)

const (
	// waryInputs is how many inputs are taken one by one after an unclean
	// stop: more than one batch, since another source may come first.
	waryInputs = 128
	// maxAttempts is the attempt at which an input is put into quarantine
	// instead of being turned.
	maxAttempts = 3
)

// failure says why an input is not turned.
type failure struct {
	why, stack string
	// silent is set when even Sorry failed.
	silent bool
}

// turnError is how a transaction ends whose i-th input failed.
type turnError struct {
	i int
	failure
}

func (f *turnError) Error() string { return fmt.Sprintf("input %d of the batch failed", f.i+1) }

// Apply turns a batch of inputs, in order, and keeps what follows in one
// transaction. It returns the notices for taps, in the same order.
//
// An input whose cause was applied before changes nothing and is not an error;
// if it is a tap, its notice is empty. If a turn panics, reads damaged records
// or gives events that do not fit, that input alone is undone and put into
// quarantine, and what Sorry says is kept instead. After an unclean stop the
// first inputs are each taken in a transaction of their own, and one that was
// begun twice before is put into quarantine unturned.
//
// An input whose outcome is Undone leaves no trace: with the same cause it can
// be given again.
//
// On an error the inputs are not applied, and must not be confirmed; they can
// be given again.
func (s *Store) Apply(batch []dialog.Input, turns Turns) ([]dialog.Toast, error) {
	if len(batch) == 0 {
		return nil, nil
	}
	for i, in := range batch {
		if in.Cause == "" {
			return nil, fmt.Errorf("apply: input %d of the batch has no cause", i+1)
		}
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	var toasts []dialog.Toast
	var err error
	if s.wary > 0 {
		toasts, err = s.applyWarily(batch, turns)
	} else {
		toasts, err = s.applyAll(batch, turns, make(map[int]failure))
	}
	if err != nil {
		return nil, fmt.Errorf("apply: %w", err)
	}
	return toasts, nil
}

// applyWarily takes the inputs one by one, and notes each before it is begun,
// so that one that ends the program cannot do so for ever.
func (s *Store) applyWarily(batch []dialog.Input, turns Turns) ([]dialog.Toast, error) {
	var toasts []dialog.Toast
	for i := range batch {
		attempt, err := s.attempt(batch[i])
		if err != nil {
			return nil, err
		}
		failed := make(map[int]failure)
		if attempt >= maxAttempts {
			failed[0] = failure{
				why: fmt.Sprintf("the program ended %d times while it was turned", attempt-1),
				// Sorry was tried as well by then.
				silent: attempt > maxAttempts,
			}
		}
		more, err := s.applyAll(batch[i:i+1], turns, failed)
		if err != nil {
			return nil, err
		}
		toasts = append(toasts, more...)
		s.wary = max(0, s.wary-1)
	}
	return toasts, nil
}

// attempt notes that the input is begun, and returns how often it was: 0 if it
// was applied before.
func (s *Store) attempt(in dialog.Input) (n int, err error) {
	key := s.engine.seal.cause(in.Cause)
	known := false
	err = s.engine.view(func(t *tx) error {
		known = t.has(causesBucket, key)
		return nil
	})
	if known || err != nil {
		return 0, err
	}
	err = s.engine.update(func(t *tx) error {
		row, _ := getAs[attemptRow](t, attemptsBucket, key)
		n = row.N + 1
		putAs(t, attemptsBucket, key, attemptRow{At: in.Reached, N: n})
		return nil
	})
	return n, err
}

// applyAll tries the batch until every input that fails is known to.
func (s *Store) applyAll(batch []dialog.Input, turns Turns, failed map[int]failure) ([]dialog.Toast, error) {
	for {
		var toasts []dialog.Toast
		err := s.engine.update(func(t *tx) (err error) {
			toasts, err = s.applyIn(t, batch, turns, failed)
			return err
		})
		f, ok := errors.AsType[*turnError](err)
		if !ok {
			return toasts, err
		}
		first, again := failed[f.i]
		if again { // Sorry failed too; what Turn said is worth more
			f.failure = first
			f.silent = true
		}
		failed[f.i] = f.failure
	}
}

// applyIn applies the batch in the transaction.
func (s *Store) applyIn(t *tx, batch []dialog.Input, turns Turns, failed map[int]failure) ([]dialog.Toast, error) {
	var toasts []dialog.Toast
	for i, in := range batch {
		a := application{s: s, t: t, turns: turns, in: in}
		f, bad := failed[i]
		toast, err := a.apply(f, bad)
		if t.broken != nil {
			return nil, t.broken
		}
		if err != nil {
			if f, ok := errors.AsType[*turnError](err); ok {
				f.i = i
			}
			return nil, err
		}
		if toast != nil {
			toasts = append(toasts, *toast)
		}
	}
	return toasts, nil
}

// application is one input on its way into the file.
type application struct {
	s     *Store
	t     *tx
	turns Turns
	in    dialog.Input
}

// apply applies the input; f says why not, if it failed before.
func (a *application) apply(f failure, failed bool) (*dialog.Toast, error) {
	key := a.t.seal.cause(a.in.Cause)
	if a.t.has(causesBucket, key) {
		return a.toast(nil), nil
	}
	a.in.N = a.t.next(inputCounter)
	if a.t.has(attemptsBucket, key) {
		a.t.delete(attemptsBucket, key)
	}
	putAs(a.t, causesBucket, key, causeRow{At: a.in.Reached, N: a.in.N})
	switch {
	case failed:
		if err := a.quarantine(f.why, f.stack); err != nil {
			return nil, err
		}
	case a.in.Kind == dialog.Garbled:
		return nil, a.quarantine("the update could not be decoded", "")
	}
	// Damage up to here is of the store's own rows, and nobody's turn.
	if a.t.damage != nil {
		return nil, a.t.damage
	}
	if f.silent {
		return a.toast(nil), nil
	}
	out, err := a.turn(failed)
	if err != nil {
		return nil, err
	}
	if out.Undone {
		a.undo(failed)
		return a.toast(nil), nil
	}
	return a.toast(out.Toast), nil
}

// undo forgets the input, and gives its number to the next. One that failed is
// in quarantine, and must not come again and again.
func (a *application) undo(failed bool) {
	if failed {
		return
	}
	a.t.delete(causesBucket, a.t.seal.cause(a.in.Cause))
	putAs(a.t, countersBucket, []byte(inputCounter), a.in.N-1)
}

// toast is the notice for the input: every tap gets one, or its button would
// go on spinning.
func (a *application) toast(t *dialog.Toast) *dialog.Toast {
	if t == nil && a.in.Kind == dialog.Pressed {
		return &dialog.Toast{Query: a.in.Query}
	}
	return t
}

func (a *application) quarantine(why, stack string) error {
	row, err := newTrouble(a.in, why, stack)
	if err != nil {
		return err
	}
	putAs(a.t, quarantineBucket, number(a.t.next(troubleCounter)), row)
	return nil
}

// turn asks what follows from the input and writes it. Whatever goes wrong is
// a turnError.
func (a *application) turn(failed bool) (out dialog.Outcome, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &turnError{failure: failure{why: fmt.Sprint(r), stack: string(debug.Stack())}}
		}
	}()
	session := a.session(failed)
	decide := a.turns.Turn
	if failed {
		decide = a.turns.Sorry
	}
	if a.t.damage == nil {
		out = decide(&view{a.t, &a.s.forms}, session, a.in)
	}
	if a.t.damage == nil {
		err = a.keep(out)
	}
	if err = errors.Join(err, a.t.damage); err != nil {
		return out, &turnError{failure: failure{why: err.Error()}}
	}
	return out, nil
}

// session is what is remembered of the chat. If it was what made the turn fail,
// it is forgotten, or nobody could speak in that chat again.
func (a *application) session(failed bool) dialog.Session {
	key := a.t.seal.chat(a.in.Chat)
	row, _ := sessions.get(a.t, key)
	if a.t.damage != nil && failed {
		a.t.damage = nil
		a.t.delete(sessions.bucket, key)
		if a.t.has(strangersBucket, key) {
			a.t.delete(strangersBucket, key)
			countStrangers(a.t, -1)
		}
	}
	return row.Session
}

// keep writes an outcome.
func (a *application) keep(out dialog.Outcome) error {
	if out.Undone {
		return nil
	}
	for _, e := range out.Events {
		if err := a.s.record(a.t, e); err != nil {
			return err
		}
	}
	if out.Session != nil {
		a.remember(a.in.Chat, *out.Session)
	}
	for _, d := range out.Drafts {
		drafts.put(a.t, d)
	}
	for _, id := range out.Discard {
		drafts.drop(a.t, number(id))
	}
	for _, c := range out.Cards {
		cards.put(a.t, c)
	}
	for _, l := range out.Letters {
		l.ID = dialog.LetterID(a.t.next(letterCounter))
		outbox.put(a.t, l)
	}
	if out.Landed != nil {
		putAs(a.t, causesBucket, a.t.seal.cause(a.in.Cause), causeRow{At: a.in.Reached, N: a.in.N, Landed: out.Landed})
	}
	if out.MovedTo != 0 && out.MovedTo != a.in.Chat {
		a.move(out.MovedTo)
	}
	return nil
}

// remember writes a session and counts strangers.
func (a *application) remember(chat dialog.ChatID, s dialog.Session) {
	key := a.t.seal.chat(chat)
	before := a.t.has(strangersBucket, key)
	sessions.put(a.t, sessionRow{Chat: chat, Touched: a.in.Reached, Session: s})
	switch after := s.Staff == 0; {
	case after && !before:
		countStrangers(a.t, +1)
	case before && !after:
		countStrangers(a.t, -1)
	}
}

func countStrangers(t *tx, by int) {
	n, _ := getAs[int](t, countersBucket, []byte(strangersCount))
	putAs(t, countersBucket, []byte(strangersCount), n+by)
}

// move gives everything of the input's chat to another: a group that became a
// supergroup has a new number. What is remembered of the new one already is
// newer, and stays.
func (a *application) move(to dialog.ChatID) {
	from := a.t.seal.chat(a.in.Chat)
	if row, ok := sessions.get(a.t, from); ok {
		if !a.t.has(sessions.bucket, a.t.seal.chat(to)) {
			a.remember(to, row.Session)
		}
		if a.t.has(strangersBucket, from) {
			countStrangers(a.t, -1)
		}
		sessions.drop(a.t, from)
	}
	for c := range cards.by(a.t, "cards_by_name", from) {
		c.Chat = to
		cards.put(a.t, c)
	}
	for l := range outbox.all(a.t) {
		if l.Chat == a.in.Chat {
			l.Chat = to
			outbox.put(a.t, l)
		}
	}
}

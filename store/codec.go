package store

import (
	"encoding/json"
	"fmt"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
)

// The codec: JSON with explicit tags. The same value always gives the same
// bytes: maps are written in the order of their keys.

// encode writes a value. Types of the store can all be written; one that
// cannot is a fault of the program.
func encode[T any](v T) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return data, nil
}

// decode reads a value. The error names no content.
func decode[T any](data []byte) (T, error) {
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		return v, fmt.Errorf("decode %T: %w", v, ErrBroken)
	}
	return v, nil
}

// getAs reads a value; one that cannot be read is noted as damage.
func getAs[T any](t *tx, bucket string, key []byte) (T, bool) {
	var none T
	data, ok := t.get(bucket, key)
	if !ok {
		return none, false
	}
	v, err := decode[T](data)
	if err != nil {
		t.unread(fmt.Errorf("%s: %w", bucket, err))
		return none, false
	}
	return v, true
}

// putAs writes a value.
func putAs[T any](t *tx, bucket string, key []byte, v T) {
	data, err := encode(v)
	if err != nil {
		t.unwritten(err)
		return
	}
	t.put(bucket, key, data)
}

// next returns one more than it did last time under that name, from 1. The
// engine has such numbers too, but does not notice when one is damaged.
func (t *tx) next(name string) uint64 {
	n, _ := getAs[uint64](t, countersBucket, []byte(name))
	putAs(t, countersBucket, []byte(name), n+1)
	return n + 1
}

// fact is a [casework.Fact] beside its kind.
type fact struct {
	Kind casework.FactKind `json:"kind"`
	Fact json.RawMessage   `json:"fact"`
}

func newFact(f casework.Fact) (fact, error) {
	if f == nil {
		return fact{}, fmt.Errorf("encode fact: there is none")
	}
	data, err := encode(f)
	return fact{f.Kind(), data}, err
}

func (f fact) read() (casework.Fact, error) {
	return casework.ReadFact(f.Kind, func(p any) error {
		if err := json.Unmarshal(f.Fact, p); err != nil {
			return fmt.Errorf("decode %T: %w", p, ErrBroken)
		}
		return nil
	})
}

// entry is an event in the ledger.
type entry struct {
	casework.Event
	fact
}

func encodeEvent(e casework.Event) ([]byte, error) {
	f, err := newFact(e.Fact)
	if err != nil {
		return nil, err
	}
	return encode(entry{e, f})
}

func decodeEvent(data []byte) (casework.Event, error) {
	en, err := decode[entry](data)
	if err != nil {
		return casework.Event{}, err
	}
	if en.Event.Fact, err = en.read(); err != nil {
		return casework.Event{}, fmt.Errorf("event %d: %w", en.Seq, err)
	}
	return en.Event, nil
}

// causeRow says that an input was applied.
type causeRow struct {
	At     time.Time       `json:"at"`
	N      uint64          `json:"n"`
	Landed *dialog.Landing `json:"landed,omitempty"`
}

// attemptRow counts how often an input was begun after an unclean stop.
type attemptRow struct {
	At time.Time `json:"at"`
	N  int       `json:"n"`
}

// sessionRow is what is remembered of a chat. The key only hashes the chat.
type sessionRow struct {
	Chat    dialog.ChatID  `json:"chat"`
	Touched time.Time      `json:"touched"`
	Session dialog.Session `json:"session"`
}

// troubleRow is an input that could not be turned. It is for a person to look at.
type troubleRow struct {
	At      time.Time        `json:"at"`
	Error   string           `json:"error,omitempty"`
	Stack   string           `json:"stack,omitempty"`
	N       uint64           `json:"n"`
	Cause   string           `json:"cause"`
	Kind    dialog.InputKind `json:"kind"`
	Typed   time.Time        `json:"typed,omitzero"`
	Chat    dialog.ChatID    `json:"chat,omitempty"`
	User    casework.UserID  `json:"user,omitempty"`
	Message dialog.MessageID `json:"message,omitempty"`
	ReplyTo dialog.MessageID `json:"reply_to,omitempty"`
	Text    string           `json:"text,omitempty"`
	Data    string           `json:"data,omitempty"`
	FileID  string           `json:"file,omitempty"`
	NewChat dialog.ChatID    `json:"new_chat,omitempty"`
	Raw     []byte           `json:"raw,omitempty"`
	Facts   []fact           `json:"facts,omitempty"`
}

func newTrouble(in dialog.Input, why, stack string) (troubleRow, error) {
	row := troubleRow{
		At: in.Reached, Error: why, Stack: stack,
		N: in.N, Cause: in.Cause, Kind: in.Kind, Typed: in.Typed,
		Chat: in.Chat, User: in.User, Message: in.Message, ReplyTo: in.ReplyTo,
		Text: in.Text, Data: in.Data, NewChat: in.NewChat, Raw: in.Raw,
	}
	if in.File != nil {
		row.FileID = in.File.FileID
	}
	for _, f := range in.Facts {
		encoded, err := newFact(f)
		if err != nil {
			return troubleRow{}, err
		}
		row.Facts = append(row.Facts, encoded)
	}
	return row, nil
}

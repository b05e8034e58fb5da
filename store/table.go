package store

import (
	"fmt"
	"iter"
	"slices"
)

// table is a bucket of records with the indexes that follow from them.
type table[T any] struct {
	bucket string
	size   int // of keys
	key    func(*sealer, T) []byte
	// indexes say for each record under which parts it can be found; the
	// record's own key is appended to each.
	indexes []index[T]
}

type index[T any] struct {
	bucket string
	parts  func(*sealer, T) [][]byte
}

// one is the usual answer of an index: the joined parts, once.
func one(parts ...[]byte) [][]byte { return [][]byte{slices.Concat(parts...)} }

// coded is the answer of an index of codes: a record without one is not in it.
func coded(s *sealer, field, code string) [][]byte {
	if code == "" {
		return nil
	}
	return one(s.hash(field, code))
}

func (tb *table[T]) get(t *tx, key []byte) (T, bool) { return getAs[T](t, tb.bucket, key) }

// put writes the record in place of the one with the same key, and keeps the
// indexes in step.
func (tb *table[T]) put(t *tx, v T) {
	key := tb.key(t.seal, v)
	if len(tb.indexes) > 0 {
		old, had := tb.get(t, key)
		for _, ix := range tb.indexes {
			var before [][]byte
			if had {
				before = ix.parts(t.seal, old)
			}
			ix.turn(t, key, before, ix.parts(t.seal, v))
		}
	}
	putAs(t, tb.bucket, key, v)
}

// drop takes the record away; that there is none is no fault.
func (tb *table[T]) drop(t *tx, key []byte) {
	old, ok := tb.get(t, key)
	if !ok {
		return
	}
	for _, ix := range tb.indexes {
		ix.turn(t, key, ix.parts(t.seal, old), nil)
	}
	t.delete(tb.bucket, key)
}

// turn replaces the entries of a record.
func (ix *index[T]) turn(t *tx, key []byte, before, after [][]byte) {
	for _, part := range before {
		if !contains(after, part) {
			t.delete(ix.bucket, slices.Concat(part, key))
		}
	}
	for _, part := range after {
		if !contains(before, part) {
			t.put(ix.bucket, slices.Concat(part, key), nil)
		}
	}
}

func contains(parts [][]byte, part []byte) bool {
	return slices.ContainsFunc(parts, func(p []byte) bool { return slices.Equal(p, part) })
}

// all gives every record in order of keys.
func (tb *table[T]) all(t *tx) iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, data := range t.scan(tb.bucket, nil) {
			v, err := decode[T](data)
			if err != nil {
				t.unread(fmt.Errorf("%s: %w", tb.bucket, err))
			} else if !yield(v) {
				return
			}
		}
	}
}

// by gives the records that the index has under the prefix, in its order.
func (tb *table[T]) by(t *tx, bucket string, prefix []byte) iter.Seq[T] {
	return func(yield func(T) bool) {
		for key := range t.scan(bucket, prefix) {
			v, ok := tb.get(t, tb.target(key))
			if !ok {
				t.unread(fmt.Errorf("%s points to nothing: %w", bucket, ErrBroken))
			} else if !yield(v) {
				return
			}
		}
	}
}

// first gives the first record that the index has under the prefix.
func (tb *table[T]) first(t *tx, bucket string, prefix []byte) (T, bool) {
	for v := range tb.by(t, bucket, prefix) {
		return v, true
	}
	var none T
	return none, false
}

// target is the key of the row that an index entry points to.
func (tb *table[T]) target(entry []byte) []byte { return entry[max(0, len(entry)-tb.size):] }

// anyTable is a table whatever it holds.
type anyTable interface {
	// buckets are the table's own and its indexes'.
	buckets() []string
	// check reads every row and compares the indexes with what follows from
	// the rows.
	check(*tx, *Report)
}

func (tb *table[T]) buckets() []string {
	out := []string{tb.bucket}
	for _, ix := range tb.indexes {
		out = append(out, ix.bucket)
	}
	return out
}

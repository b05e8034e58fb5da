package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"runtime/debug"
	"sync/atomic"
	"syscall"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// The door to the engine: nothing outside this file touches bbolt. Sealing and
// fault injection sit here, so that nothing can go round them.

const (
	// mmapSize is address space, not memory: a writer need not wait for
	// readers until the file is larger.
	mmapSize = 256 << 20
	// growBytes is by how much the file grows when it is full: bbolt's own
	// 16 MiB would be most of a small campaign's file.
	growBytes = 1 << 20
	// pageRows is how many rows a scan copies out at a time.
	pageRows = 256
)

// engine is the open file.
type engine struct {
	db    *bbolt.DB
	seal  *sealer // nil until the keys are there
	fault func(op string) error
	// dead is set when the disk refused to confirm a write: what is in the
	// file is then unknown until it is opened again.
	dead atomic.Pointer[error]
}

// tx is a transaction. Its methods do not return errors: the first of each
// sort is kept, and the transaction cannot end well with one.
type tx struct {
	*engine
	b *bbolt.Tx
	// damage is the first value that could not be read: it fails whatever
	// was decided on it.
	damage error
	// broken is the first failure to write: it fails the transaction.
	broken error
}

// row is a key and its opened value, both the holder's own. err says that the
// value could not be opened.
type row struct {
	key, value []byte
	err        error
}

func openEngine(path string, o Options) (e *engine, err error) {
	defer caught("open", &err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{
		Timeout:         o.Timeout,
		FreelistType:    bbolt.FreelistMapType,
		InitialMmapSize: mmapSize,
	})
	var system *fs.PathError
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return nil, ErrLocked
	case errors.As(err, &system):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%w (%w)", ErrBroken, err)
	}
	db.AllocSize = growBytes
	return &engine{db: db, fault: o.Fault}, nil
}

func (e *engine) close() error { return e.db.Close() }

// caught turns a panic of the engine into an error: on a damaged file it may
// read past the end of it.
func caught(op string, err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%s: %w (%v)", op, ErrBroken, r)
	}
}

// hit asks the fault seam.
func (e *engine) hit(op, bucket string) error {
	if e.fault == nil {
		return nil
	}
	if bucket != "" {
		op += " " + bucket
	}
	if err := e.fault(op); err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	return nil
}

// update runs f in a transaction that is kept only if f and everything it
// wrote succeed.
func (e *engine) update(f func(*tx) error) error { return e.run(true, f) }

// view runs f on a snapshot.
func (e *engine) view(f func(*tx) error) error { return e.run(false, f) }

func (e *engine) run(writable bool, f func(*tx) error) (err error) {
	if dead := e.dead.Load(); dead != nil {
		return fmt.Errorf("the store has stopped, start again: %w", *dead)
	}
	if err := e.hit("begin", ""); err != nil {
		return err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	b, err := e.db.Begin(writable)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	t := &tx{engine: e, b: b}
	defer func() {
		// After a commit there is nothing to roll back, and bbolt says so.
		if end := b.Rollback(); end != nil && !errors.Is(end, berrors.ErrTxClosed) {
			err = errors.Join(err, end)
		}
	}()
	if err := f(t); err != nil {
		return err
	}
	if err := errors.Join(t.broken, t.damage); err != nil {
		return err
	}
	if !writable {
		return nil
	}
	return t.commit()
}

func (t *tx) commit() (err error) {
	defer caught("commit", &err)
	err = t.hit("commit", "")
	if err == nil {
		err = t.b.Commit()
	}
	// After EIO the system may hold pages for clean that never reached the
	// disk; trying again would succeed without having written them.
	if errors.Is(err, syscall.EIO) {
		t.dead.CompareAndSwap(nil, &err)
	}
	if err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// unread keeps the first damage, unwritten the first failure to write.
func (t *tx) unread(err error) {
	if t.damage == nil {
		t.damage = err
	}
}

func (t *tx) unwritten(err error) {
	if t.broken == nil {
		t.broken = err
	}
}

func (t *tx) bucket(name string) (*bbolt.Bucket, error) {
	b := t.b.Bucket([]byte(name))
	if b == nil {
		return nil, fmt.Errorf("no bucket %s: %w", name, ErrBroken)
	}
	return b, nil
}

// get returns a copy of the value, and whether there is one.
func (t *tx) get(bucket string, key []byte) ([]byte, bool) {
	value, err := t.read(bucket, key)
	if err != nil {
		t.unread(err)
		return nil, false
	}
	return value, value != nil
}

// read returns the opened value; nil, as against empty, if there is none.
func (t *tx) read(bucket string, key []byte) (value []byte, err error) {
	defer caught("get "+bucket, &err)
	sealed, err := t.sealed("get", bucket, key)
	if err != nil || sealed == nil {
		return nil, err
	}
	return t.seal.open(bucket, key, sealed)
}

// has reports whether there is a value, without opening it.
func (t *tx) has(bucket string, key []byte) bool {
	sealed, err := t.sealed("has", bucket, key)
	if err != nil {
		t.unread(err)
	}
	return sealed != nil
}

// glimpse returns the value as it lies in the file, nil if there is none. It dies
// with the transaction.
func (t *tx) glimpse(bucket string, key []byte) []byte {
	value, err := t.sealed("get", bucket, key)
	if err != nil {
		t.unread(err)
	}
	return value
}

// sealed returns the value as it lies in the file, nil if there is none. It
// dies with the transaction.
func (t *tx) sealed(op, bucket string, key []byte) (value []byte, err error) {
	defer caught(op+" "+bucket, &err)
	if err := t.hit(op, bucket); err != nil {
		return nil, err
	}
	b, err := t.bucket(bucket)
	if err != nil {
		return nil, err
	}
	return b.Get(key), nil
}

// put seals and writes a value.
func (t *tx) put(bucket string, key, value []byte) {
	t.write("put", bucket, func(b *bbolt.Bucket) error {
		return b.Put(key, t.seal.seal(bucket, key, value))
	})
}

// putRaw writes a value that is sealed already, or needs no seal.
func (t *tx) putRaw(bucket string, key, value []byte) {
	t.write("put", bucket, func(b *bbolt.Bucket) error { return b.Put(key, value) })
}

// delete removes a value; that there is none is no fault.
func (t *tx) delete(bucket string, key []byte) {
	t.write("delete", bucket, func(b *bbolt.Bucket) error { return b.Delete(key) })
}

func (t *tx) write(op, bucket string, f func(*bbolt.Bucket) error) {
	if t.broken != nil {
		return
	}
	err := func() (err error) {
		defer caught(op+" "+bucket, &err)
		if err := t.hit(op, bucket); err != nil {
			return err
		}
		b, err := t.bucket(bucket)
		if err != nil {
			return err
		}
		if bucket == ledgerBucket {
			b.FillPercent = 0.95 // keys only ever come at the end
		}
		return f(b)
	}()
	if err != nil {
		t.unwritten(fmt.Errorf("%s %s: %w", op, bucket, err))
	}
}

// empty makes the bucket, or takes everything out of it.
func (t *tx) empty(bucket string) {
	if t.broken != nil {
		return
	}
	err := func() (err error) {
		defer caught("empty "+bucket, &err)
		if err := t.hit("empty", bucket); err != nil {
			return err
		}
		err = t.b.DeleteBucket([]byte(bucket))
		if err != nil && !errors.Is(err, berrors.ErrBucketNotFound) {
			return err
		}
		_, err = t.b.CreateBucket([]byte(bucket))
		return err
	}()
	if err != nil {
		t.unwritten(fmt.Errorf("empty %s: %w", bucket, err))
	}
}

// last returns the greatest key that begins with prefix, nil if there is none.
func (t *tx) last(bucket string, prefix []byte) (key []byte) {
	key, err := t.lastKey(bucket, prefix)
	if err != nil {
		t.unread(err)
	}
	return key
}

func (t *tx) lastKey(bucket string, prefix []byte) (key []byte, err error) {
	defer caught("scan "+bucket, &err)
	if err := t.hit("scan", bucket); err != nil {
		return nil, err
	}
	b, err := t.bucket(bucket)
	if err != nil {
		return nil, err
	}
	c := b.Cursor()
	// No key is longer than its prefix and 64 bytes.
	k, _ := c.Seek(append(bytes.Clone(prefix), bytes.Repeat([]byte{0xff}, 64)...))
	if k == nil {
		k, _ = c.Last()
	} else {
		k, _ = c.Prev()
	}
	if !bytes.HasPrefix(k, prefix) {
		return nil, nil
	}
	return bytes.Clone(k), nil
}

// page copies out at most n rows whose keys begin with prefix and are greater
// than after, in order of keys.
func (t *tx) page(bucket string, prefix, after []byte, n int) []row {
	rows, err := t.rows(bucket, prefix, after, n)
	if err != nil {
		t.unread(err)
	}
	return rows
}

func (t *tx) rows(bucket string, prefix, after []byte, n int) (rows []row, err error) {
	defer caught("scan "+bucket, &err)
	if err := t.hit("scan", bucket); err != nil {
		return nil, err
	}
	b, err := t.bucket(bucket)
	if err != nil {
		return nil, err
	}
	c := b.Cursor()
	k, v := c.Seek(later(prefix, after))
	if after != nil && bytes.Equal(k, after) {
		k, v = c.Next()
	}
	for ; k != nil && bytes.HasPrefix(k, prefix) && len(rows) < n; k, v = c.Next() {
		r := row{key: bytes.Clone(k)}
		r.value, r.err = t.seal.open(bucket, k, v)
		rows = append(rows, r)
	}
	return rows, nil
}

// scan gives the rows whose keys begin with prefix, in order of keys. A value
// that cannot be opened is noted and passed over. Writing while it runs is
// allowed: rows are copied out a page at a time.
func (t *tx) scan(bucket string, prefix []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func([]byte, []byte) bool) {
		// Most scans take a few rows; the first page is small.
		size := 16
		var after []byte
		for {
			rows := t.page(bucket, prefix, after, size)
			for _, r := range rows {
				if r.err != nil {
					t.unread(r.err)
				} else if !yield(r.key, r.value) {
					return
				}
			}
			if len(rows) < size {
				return
			}
			after, size = rows[len(rows)-1].key, pageRows
		}
	}
}

// each calls f with every row, also with those that cannot be opened, and with
// an error if the bucket itself cannot be read.
func (t *tx) each(bucket string, f func(row)) error {
	var after []byte
	for {
		rows, err := t.rows(bucket, nil, after, pageRows)
		if err != nil {
			return err
		}
		for _, r := range rows {
			f(r)
		}
		if len(rows) < pageRows {
			return nil
		}
		after = rows[len(rows)-1].key
	}
}

// names lists the buckets in order.
func (t *tx) names() (names []string, err error) {
	defer caught("list buckets", &err)
	err = t.b.ForEach(func(name []byte, _ *bbolt.Bucket) error {
		names = append(names, string(name))
		return nil
	})
	return names, err
}

// verify runs the engine's own check of its pages.
func (t *tx) verify() []error {
	var faults []error
	for err := range t.b.Check() {
		faults = append(faults, err)
	}
	return faults
}

// writeTo writes a copy of the whole file as of the transaction.
func (t *tx) writeTo(w io.Writer) error {
	_, err := t.b.WriteTo(w)
	return err
}

func later(a, b []byte) []byte {
	if bytes.Compare(a, b) < 0 {
		return b
	}
	return a
}

package casework

import (
	"cmp"
	"iter"
	"slices"
)

// layer is what an [Ahead] knows of one sort of record: those that were written
// since, by identity. It lies over the records below.
type layer[K comparable, V any] struct {
	id func(V) K
	// order compares by identity, as the records do.
	order func(a, b V) int
	rows  map[K]*V // nil: taken away
}

// newLayer makes a layer of records whose identity is a number.
func newLayer[K cmp.Ordered, V any](id func(V) K) layer[K, V] {
	return layer[K, V]{id: id, order: func(a, b V) int { return cmp.Compare(id(a), id(b)) }}
}

// newest compares by identity, the greatest first.
func (l *layer[K, V]) newest(a, b V) int { return l.order(b, a) }

func (l *layer[K, V]) set(k K, v *V) {
	if l.rows == nil {
		l.rows = make(map[K]*V)
	}
	l.rows[k] = v
}

func (l *layer[K, V]) put(v V) { l.set(l.id(v), &v) }

func (l *layer[K, V]) drop(k K) { l.set(k, nil) }

// get is the record with the identity.
func (l *layer[K, V]) get(k K, below func(K) (V, bool)) (V, bool) {
	v, ok := l.rows[k]
	switch {
	case !ok:
		return below(k)
	case v == nil:
		var none V
		return none, false
	}
	return *v, true
}

// over lays the written records that belong in a sequence over it. Both are in
// the order given. A record that was written is never taken from below: what it
// was there may not belong in the sequence any more.
func (l *layer[K, V]) over(below iter.Seq[V], in func(V) bool, order func(a, b V) int) iter.Seq[V] {
	if len(l.rows) == 0 {
		return below
	}
	return merge(l.untouched(below), l.written(in, order), order)
}

// untouched are those of the records below that were not written since.
func (l *layer[K, V]) untouched(below iter.Seq[V]) iter.Seq[V] {
	return func(yield func(V) bool) {
		for v := range below {
			if _, ok := l.rows[l.id(v)]; !ok && !yield(v) {
				return
			}
		}
	}
}

// merge gives both in order; each is in order already.
func merge[V any](seq iter.Seq[V], list []V, order func(a, b V) int) iter.Seq[V] {
	return func(yield func(V) bool) {
		rest := list
		for v := range seq {
			for len(rest) > 0 && order(rest[0], v) < 0 {
				if !yield(rest[0]) {
					return
				}
				rest = rest[1:]
			}
			if !yield(v) {
				return
			}
		}
		for _, v := range rest {
			if !yield(v) {
				return
			}
		}
	}
}

// written are the written records that belong in a sequence, in its order.
func (l *layer[K, V]) written(in func(V) bool, order func(a, b V) int) []V {
	var own []V
	for _, v := range l.rows {
		if v != nil && in(*v) {
			own = append(own, *v)
		}
	}
	slices.SortFunc(own, order)
	return own
}

// all gives every record.
func (l *layer[K, V]) all(below iter.Seq[V]) iter.Seq[V] {
	return l.over(below, anyOf[V], l.order)
}

// list is [layer.over] for a list.
func (l *layer[K, V]) list(below []V, in func(V) bool, order func(a, b V) int) []V {
	if len(l.rows) == 0 {
		return below
	}
	return slices.Collect(l.over(slices.Values(below), in, order))
}

// most is [layer.list] for the first n. Below is asked for as many more as can
// have been replaced.
func (l *layer[K, V]) most(n int, below func(n int) []V, in func(V) bool, order func(a, b V) int) []V {
	if len(l.rows) == 0 || n <= 0 {
		return below(n)
	}
	out := l.list(below(n+len(l.rows)), in, order)
	return out[:min(n, len(out))]
}

// find is the one record of which in is true, if there is one.
func (l *layer[K, V]) find(below V, ok bool, in func(V) bool) (V, bool) {
	if len(l.rows) == 0 {
		return below, ok
	}
	if own := l.written(in, l.order); len(own) > 0 {
		return own[0], true
	}
	if _, replaced := l.rows[l.id(below)]; !ok || replaced {
		var none V
		return none, false
	}
	return below, true
}

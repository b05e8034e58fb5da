package sample

import (
	"iter"
	"maps"
	"slices"
)

// shelf holds records of one sort in memory, by number, with lists of those that
// belong to something else.
type shelf[V any] struct {
	id    func(V) uint64
	rows  map[uint64]V
	ids   []uint64 // ascending
	lists []list[V]
}

// list says to which things a record belongs, and has the records of each.
type list[V any] struct {
	of  func(V) []uint64
	ids map[uint64][]uint64
}

// newShelf makes an empty shelf with a list for each way of belonging.
func newShelf[V any](id func(V) uint64, of ...func(V) []uint64) *shelf[V] {
	s := &shelf[V]{id: id, rows: map[uint64]V{}}
	for _, f := range of {
		s.lists = append(s.lists, list[V]{of: f, ids: map[uint64][]uint64{}})
	}
	return s
}

// put takes the record in place of the one with the same number.
func (s *shelf[V]) put(v V) {
	id := s.id(v)
	old, had := s.rows[id]
	for _, l := range s.lists {
		if had {
			for _, k := range l.of(old) {
				l.ids[k] = without(l.ids[k], id)
			}
		}
		for _, k := range l.of(v) {
			l.ids[k] = with(l.ids[k], id)
		}
	}
	if !had {
		s.ids = with(s.ids, id)
	}
	s.rows[id] = v
}

// drop takes the record away.
func (s *shelf[V]) drop(id uint64) {
	old, had := s.rows[id]
	if !had {
		return
	}
	for _, l := range s.lists {
		for _, k := range l.of(old) {
			l.ids[k] = without(l.ids[k], id)
		}
	}
	s.ids = without(s.ids, id)
	delete(s.rows, id)
}

// with and without keep a list of numbers ascending.
func with(ids []uint64, id uint64) []uint64 {
	i, found := slices.BinarySearch(ids, id)
	if found {
		return ids
	}
	return slices.Insert(ids, i, id)
}

func without(ids []uint64, id uint64) []uint64 {
	if i, found := slices.BinarySearch(ids, id); found {
		return slices.Delete(ids, i, i+1)
	}
	return ids
}

func (s *shelf[V]) get(id uint64) (V, bool) {
	v, ok := s.rows[id]
	return v, ok
}

// all gives the records by number. The shelf must not change meanwhile.
func (s *shelf[V]) all() iter.Seq[V] { return s.each(s.ids) }

func (s *shelf[V]) each(ids []uint64) iter.Seq[V] {
	return func(yield func(V) bool) {
		for _, id := range ids {
			if !yield(s.rows[id]) {
				return
			}
		}
	}
}

// in gives the records of the n-th list that belong to k, by number.
func (s *shelf[V]) in(n int, k uint64) iter.Seq[V] { return s.each(s.lists[n].ids[k]) }

// under gives the records of the n-th list that belong to k, or of all k where it
// is zero, in their order and then by number.
func (s *shelf[V]) under(n int, k uint64) iter.Seq[V] {
	if k != 0 {
		return s.in(n, k)
	}
	return func(yield func(V) bool) {
		for _, k := range slices.Sorted(maps.Keys(s.lists[n].ids)) {
			for v := range s.in(n, k) {
				if !yield(v) {
					return
				}
			}
		}
	}
}

// find gives the first record of which yes is true.
func (s *shelf[V]) find(yes func(V) bool) (V, bool) {
	for v := range s.all() {
		if yes(v) {
			return v, true
		}
	}
	var none V
	return none, false
}

// first gives the first n of the sequence, in the order.
func first[V any](seq iter.Seq[V], n int, order func(a, b V) int) []V {
	out := slices.SortedFunc(seq, order)
	return out[:min(n, len(out))]
}

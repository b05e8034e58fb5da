package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
)

// printHistories prints every step of the problems, task books and trademark matters
// that the events moved.
func (d *demo) printHistories(w world, v dialog.View, made []casework.Event) error {
	var problems []casework.ProblemID
	var books []casework.TaskBookID
	var matters []casework.MatterID
	for _, e := range made {
		switch f := e.Fact.(type) {
		case casework.ProblemMoved:
			problems = append(problems, f.ProblemID)
		case casework.TaskBookMoved:
			books = append(books, f.TaskBookID)
		case casework.MatterMoved:
			matters = append(matters, f.MatterID)
		default:
		}
	}
	h := historian{v: v, zone: d.service.zone, seen: map[string]bool{}}
	for _, id := range problems {
		p, _ := v.Problem(id)
		h.begin(p.Code, casework.ProblemStatuses().Label(string(p.Status), dialog.Chinese))
		for _, s := range p.History {
			h.line(s.At, s.By, string(s.Act), casework.ProblemStatuses(), string(s.From), string(s.To), s.Why, s.Text, string(s.Satisfaction))
		}
	}
	for _, id := range books {
		b, _ := v.TaskBook(id)
		h.begin(b.Code, casework.TaskStatuses().Label(string(b.Status), dialog.Chinese))
		for _, s := range b.History {
			h.line(s.At, s.By, string(s.Act), casework.TaskStatuses(), string(s.From), string(s.To), s.Text)
		}
	}
	for _, id := range matters {
		m, _ := v.Matter(id)
		h.begin(m.Code, casework.MatterStatuses().Label(string(m.Status), dialog.Chinese))
		for _, s := range m.History {
			h.line(s.At, s.By, "stage", nil, s.From, s.Stage, s.Result, s.Refusal, s.Text)
		}
	}
	_, err := w.out.Write([]byte(h.out.String()))
	return err
}

// historian writes histories, each once.
type historian struct {
	v    dialog.View
	zone *time.Location
	seen map[string]bool
	skip bool
	out  strings.Builder
}

func (h *historian) begin(code, state string) {
	h.skip = h.seen[code]
	h.seen[code] = true
	if !h.skip {
		fmt.Fprintf(&h.out, "\nhistory of %s (%s):\n", code, state)
	}
}

// line is one step: when, who, what, from where to where, and what was said.
func (h *historian) line(at time.Time, by casework.StaffID, act string, states casework.Dictionary, from, to string, words ...string) {
	if h.skip {
		return
	}
	who := "zoufang"
	if s, ok := h.v.Staff(by); ok {
		who = s.Name
	}
	words = slices.DeleteFunc(words, func(s string) bool { return s == "" })
	move := ""
	if to != "" && to != from {
		move = fmt.Sprintf("%s → %s", states.Label(from, dialog.Chinese), states.Label(to, dialog.Chinese))
	}
	fmt.Fprintln(&h.out, strings.TrimRight(fmt.Sprintf("%s  %s  %-10s %s  %s",
		at.In(h.zone).Format("01-02 15:04"), who, act, move, strings.Join(words, "；")), " "))
}

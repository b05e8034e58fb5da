package sample

import (
	"fmt"
	"math/rand/v2"
	"time"

	"zoufang/casework"
	"zoufang/form"
)

// visitor fills in the form of one outing.
type visitor struct {
	c      *campaign
	rng    *rand.Rand
	outing outing
	place  *place
	issues []issue // that come up
	begun  int     // how many of them are on the form
	today  casework.Date
}

// maxSteps is more than the repeats of any form ask here.
const maxSteps = 100

// fill answers the form, and puts it into the report. The single items are
// answered before the sheet is opened, which is much faster than one by one;
// the sheet keeps those that are relevant, asks for the repeats, and refuses
// what is not right.
func (v *visitor) fill(rep *casework.Report, c casework.Campaign) error {
	d := v.c.form(v.place.Kind)
	if d == nil {
		return fmt.Errorf("no form for a %s", v.place.Kind)
	}
	v.today = rep.Today
	s := form.Open(d, v.singles(d), form.Context{
		Today: rep.Today, Earliest: c.StartOn, BackfillDays: c.Params.Backfill,
	})
	at := ""
	for range maxSteps {
		step, open := s.Next(at)
		if !open {
			rep.Form, rep.FormVersion, rep.Answers = d.ID, d.Version, s.Prune()
			return nil
		}
		a := v.repeated(step)
		if err := s.Check(step, a); err != nil {
			return fmt.Errorf("form %s: %s: %w", d.ID, step.Path, err)
		}
		s.Set(step.Path, a)
		at = step.Path
	}
	return fmt.Errorf("form %s: not filled in after %d answers", d.ID, maxSteps)
}

// singles answers every item outside of repeats, relevant or not.
func (v *visitor) singles(d *form.Definition) form.Answers {
	answers := form.Answers{}
	for i := range d.Items {
		if it := &d.Items[i]; it.Repeat == "" && !it.Auto {
			answers[it.ID] = v.single(it)
		}
	}
	if v.outing.lag > 0 {
		answers["visited_on"] = typed(v.c.days[v.outing.day].String())
	}
	return answers
}

func typed(words string) form.Answer { return form.Answer{Values: []string{words}, Via: form.Typed} }

func tapped(options ...string) form.Answer { return form.Answer{Values: options, Via: form.Tapped} }

func skipped() form.Answer { return form.Answer{Skipped: true, Via: form.Tapped} }

// optional is the words, or the item skipped where there are none.
func optional(words string) form.Answer {
	if words == "" {
		return skipped()
	}
	return typed(words)
}

func (v *visitor) single(it *form.Item) form.Answer {
	for _, x := range v.issues {
		if x.item == it.ID {
			return tapped(x.option)
		}
	}
	switch it.ID {
	case "outcome":
		return v.outcome()
	case "next_on":
		return typed(v.appointment().String())
	case "late_reason":
		return typed(one(v.rng, lateReasons))
	case "profile_change":
		return typed(one(v.rng, changes))
	case "brand":
		if _, ok := v.mark(); ok {
			return tapped("pending")
		}
		return tapped("none")
	case "free":
		return v.free()
	}
	if len(it.Options) > 0 {
		return v.choose(it)
	}
	return skipped()
}

func (v *visitor) repeated(step form.Step) form.Answer {
	switch {
	case step.Gate():
		return v.gate(step)
	case step.Repeat != nil && step.Repeat.ID == "problem":
		return v.problem(step)
	case step.Repeat != nil && step.Repeat.ID == "trademark":
		return v.trademark(step)
	}
	// Either the item is unknown here, or what was answered is not right.
	return form.Answer{}
}

// gate begins an instance for every problem there is, and one trademark.
func (v *visitor) gate(step form.Step) form.Answer {
	if step.Repeat.ID == "problem" && v.begun < len(v.issues) {
		v.begun++
		return tapped("more")
	}
	return tapped("done")
}

// misses are why nobody was met. Somebody is met at a later visit, so the
// target has not gone for good.
var misses = map[casework.Kind][]string{
	casework.HouseholdKind:  {"nobody", "nobody", "nobody", "away", "away", "refused"},
	casework.EnterpriseKind: {"refused"},
}

func (v *visitor) outcome() form.Answer {
	if v.outing.met {
		return tapped(string(casework.Met))
	}
	return tapped(one(v.rng, misses[v.place.Kind]))
}

// appointment is when it is tried again: on no Sunday.
func (v *visitor) appointment() casework.Date {
	d := v.today.AddDays(3 + v.rng.IntN(5))
	if d.Weekday() == time.Sunday {
		return d.AddDays(1)
	}
	return d
}

// free is what somebody said: the first problem, or a remark, or nothing.
func (v *visitor) free() form.Answer {
	switch {
	case len(v.issues) > 0:
		return typed(v.issues[0].words)
	case v.rng.IntN(3) == 0:
		return typed(one(v.rng, remarks[v.place.Kind]))
	}
	return skipped()
}

// choose answers a select: mostly with its default, or with what is the usual
// answer where it has none. A state that lasts is the same at every visit.
func (v *visitor) choose(it *form.Item) form.Answer {
	rng := v.rng
	if it.Carry {
		rng = rngFor(v.c.o.Seed, habitStream+uint64(v.outing.place)*16+uint64(it.No))
	}
	usual := it.Options[0].ID
	for _, o := range it.Options {
		if o.Exclusive || o.ID == it.Default {
			usual = o.ID
		}
	}
	// Who has a problem is less cheerful.
	if it.Carry && rng.IntN(10) < 8 || !it.Carry && len(v.issues) == 0 && rng.IntN(10) < 7 {
		if it.ID == checklist {
			return v.lacking(rng, it, usual)
		}
		return tapped(usual)
	}
	// The options after the first two are for bad cases.
	n := rng.IntN(min(2, len(it.Options)))
	if rng.IntN(4) == 0 {
		n = rng.IntN(len(it.Options))
	}
	return tapped(it.Options[n].ID)
}

// checklist is the item that asks which of the eight things are missing.
const checklist = "utilities"

// lacking is what a village or, less often, a household lacks beside the roads and
// the water that most of the others name.
func (v *visitor) lacking(rng *rand.Rand, it *form.Item, none string) form.Answer {
	odds := 8
	if v.place.Kind == casework.OrganizationKind {
		odds = 3
	}
	n := 2 + rng.IntN(len(it.Options)-2)
	if rng.IntN(odds) > 0 || it.Options[n].Exclusive {
		return tapped(none)
	}
	return tapped(it.Options[n].ID)
}

func (v *visitor) problem(step form.Step) form.Answer {
	x := v.issues[step.N-1]
	switch step.Item.ID {
	case "family":
		return tapped(x.family)
	case "category":
		return tapped(x.category)
	case "urgency":
		return tapped(string(x.urgency))
	case "disposal":
		return tapped(string(x.disposal))
	case "on_spot_note":
		return typed(x.note)
	}
	return typed(x.words)
}

// one draws one of the list.
func one[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

package sample

import (
	"fmt"
	"slices"
	"strings"

	"zoufang/casework"
)

// book is the newest task book of the problem.
func (d *desk) book(p casework.ProblemID) (casework.TaskBook, error) {
	books := d.b.TaskBooksOfProblem(p)
	if len(books) == 0 {
		return casework.TaskBook{}, fmt.Errorf("problem %d has no task book", p)
	}
	return books[len(books)-1], nil
}

// draft writes the task book as it makes itself.
func draft(d *desk, t tale) error {
	b := casework.DraftTaskBook(d.b, t.Problem, d.now, d.ids)
	facts, why := casework.WriteTaskBook(d.b, d.person(t.OwnerID), b, d.now)
	return d.enter(t.OwnerID, facts, why)
}

// edit changes the draft before it is issued.
func edit(change func(*desk, *casework.TaskBook)) deed {
	return func(d *desk, t tale) error {
		b, err := d.book(t.ID)
		if err != nil {
			return err
		}
		b.Measures = slices.Clone(b.Measures)
		change(d, &b)
		facts, why := casework.WriteTaskBook(d.b, d.person(t.OwnerID), b, d.now)
		return d.enter(t.OwnerID, facts, why)
	}
}

// longer gives a task book until the day.
func longer(until casework.Date) deed {
	return edit(func(_ *desk, b *casework.TaskBook) {
		b.Goal = strings.Replace(b.Goal, b.DueOn.String(), until.String(), 1)
		b.DueOn = until
		for i := range b.Measures {
			b.Measures[i].DueOn = until
		}
	})
}

// withPartner gives the first measure to the demo's partner, due shortly before the
// demo.
func withPartner(d *desk, t tale) error {
	return edit(func(d *desk, b *casework.TaskBook) {
		b.Measures[0].OwnerID, b.Measures[0].DueOn = d.c.partner().ID, september(1)
	})(d, t)
}

// moveBook is a step of the problem's newest task book.
func (d *desk) moveBook(by casework.StaffID, b casework.TaskBook, m casework.TaskBookMoved) error {
	m.TaskBookID = b.ID
	facts, why := casework.MoveTaskBook(d.b, d.person(by), m, d.now)
	if err := d.enter(by, facts, why); err != nil {
		return fmt.Errorf("%s (%s): %s: %w", b.Code, b.Status, m.Act, err)
	}
	return nil
}

// onBook is a step that somebody takes with the task book.
func onBook(who func(*desk, casework.TaskBook) casework.StaffID, m casework.TaskBookMoved) deed {
	return func(d *desk, t tale) error {
		b, err := d.book(t.ID)
		if err != nil {
			return err
		}
		return d.moveBook(who(d, b), b, m)
	}
}

func lead(_ *desk, b casework.TaskBook) casework.StaffID { return b.LeadID }

func issuer(d *desk, b casework.TaskBook) casework.StaffID {
	if s := d.secretaries[b.BranchID]; s != 0 {
		return s
	}
	return d.office()
}

func judge(d *desk, b casework.TaskBook) casework.StaffID { return d.leader(b.TargetID, b.LeadID) }

// measures takes all measures that are not settled to the state.
func measures(to casework.MeasureStatus) deed {
	return func(d *desk, t tale) error {
		b, err := d.book(t.ID)
		if err != nil {
			return err
		}
		text := t.issue.progress
		if to == casework.MeasureDone {
			text = t.issue.solved
		}
		for _, m := range b.Measures {
			if m.Status.Settled() {
				continue
			}
			step := casework.TaskBookMoved{Act: casework.TaskMeasure, Measure: m.No, Status: to, Text: text}
			if err := d.moveBook(m.OwnerID, b, step); err != nil {
				return err
			}
		}
		return nil
	}
}

func handIn(d *desk, t tale) error {
	return onBook(lead, casework.TaskBookMoved{Act: casework.TaskHandIn, Text: t.issue.solved, Opinion: casework.Satisfied})(d, t)
}

// acceptBook accepts what was handed in; so does the office where it has to.
func acceptBook(d *desk, t tale) error {
	m := casework.TaskBookMoved{Act: casework.TaskAccept, Text: "措施已落实，同意验收"}
	if err := onBook(judge, m)(d, t); err != nil {
		return err
	}
	b, err := d.book(t.ID)
	if err != nil || b.Status == casework.TaskAccepted {
		return err
	}
	d.begin()
	return d.moveBook(d.office(), b, m)
}

func readBook(d *desk, t tale) error {
	return onBook(lead, casework.TaskBookMoved{Act: casework.TaskRead})(d, t)
}

func agree(d *desk, t tale) error {
	return onBook(lead, casework.TaskBookMoved{Act: casework.TaskAgree})(d, t)
}

func issueBook(d *desk, t tale) error {
	return onBook(issuer, casework.TaskBookMoved{Act: casework.TaskIssue})(d, t)
}

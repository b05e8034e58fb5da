package dialog

import (
	"iter"

	"zoufang/casework"
)

// ahead is the view of a turn that sees what it did itself: events recorded so
// far are folded into the records.
type ahead struct {
	*casework.Ahead
	view View
}

var _ View = (*ahead)(nil)

func lookAhead(v View) *ahead { return &ahead{Ahead: casework.NewAhead(v), view: v} }

// Draft implements [View], and so do the methods below: what is no record is as
// it was before the turn.
func (a *ahead) Draft(id casework.VisitID) (Draft, bool) { return a.view.Draft(id) }

// DraftsOf implements [View].
func (a *ahead) DraftsOf(s casework.StaffID) []Draft { return a.view.DraftsOf(s) }

// AllDrafts implements [View].
func (a *ahead) AllDrafts() iter.Seq[Draft] { return a.view.AllDrafts() }

// Card implements [View].
func (a *ahead) Card(id CardID) (Card, bool) { return a.view.Card(id) }

// Live implements [View].
func (a *ahead) Live(chat ChatID, name string) (Card, bool) { return a.view.Live(chat, name) }

// Landed implements [View].
func (a *ahead) Landed(cause string) (Landing, bool) { return a.view.Landed(cause) }

// Applied implements [View].
func (a *ahead) Applied(cause string) bool { return a.view.Applied(cause) }

// Session implements [View].
func (a *ahead) Session(c ChatID) (Session, bool) { return a.view.Session(c) }

// Strangers implements [View].
func (a *ahead) Strangers() int { return a.view.Strangers() }

// Inputs implements [View].
func (a *ahead) Inputs() uint64 { return a.view.Inputs() }

package paper

import (
	"fmt"
	"time"

	"zoufang/casework"
)

// Make answers the question from the records, which are those as of its instant. The
// sequences of the document read r: they must be used up while it can be read.
//
// It fails for a kind that it does not know, and for a question that does not fit its
// kind; the error says what to ask instead.
func Make(r casework.Records, q Request) (Document, error) {
	m, err := newMaker(r, q)
	if err != nil {
		return Document{}, err
	}
	if err := m.check(); err != nil {
		return Document{}, fmt.Errorf("make %s: %w", q.Export.Kind, err)
	}
	d := Document{Kind: q.Export.Kind, Title: m.title(), Facts: m.facts(), Sheets: m.sheets()}
	for i := range d.Sheets {
		d.Sheets[i].Note = m.note(d.Sheets[i].Note)
	}
	if q.Mapping == nil {
		return d, nil
	}
	d.Sheets, err = q.Mapping.applyAll(d.Sheets)
	if err != nil {
		return Document{}, fmt.Errorf("make %s: %w", q.Export.Kind, err)
	}
	return d, nil
}

// sheets are those of the kind, which check has found to be one of ours.
func (m *maker) sheets() []Sheet {
	switch m.q.Export.Kind {
	case casework.PaperProblems:
		return []Sheet{m.problemList()}
	case casework.PaperTaskBooks:
		return []Sheet{m.bookList(), bookPages(m.r, m.q)}
	case casework.PaperVisits:
		return append(m.answerTables(), visitPages(m.r, m.q))
	case casework.PaperWork:
		return []Sheet{m.workLedger()}
	case casework.PaperDaily:
		return []Sheet{m.dailyReport()}
	case casework.PaperWeekly:
		return []Sheet{m.weeklyReport()}
	case casework.PaperRounds:
		return []Sheet{m.roundTable()}
	case casework.PaperTrademarks:
		return []Sheet{m.markTable()}
	case casework.PaperIssues:
		return []Sheet{m.issueTable()}
	case casework.PaperHaves:
		return []Sheet{m.haveTable()}
	case casework.PaperFollowUps:
		return []Sheet{m.followUps()}
	case casework.PaperDiary:
		return []Sheet{m.diaryList(), diaryPages(m.r, m.q)}
	case casework.PaperPlan:
		return []Sheet{m.planTable()}
	case casework.PaperRoster:
		return m.rosterTables()
	}
	return nil
}

// newMaker reads what every table needs. An instant that is not given is the end of
// the day.
func newMaker(r casework.Records, q Request) (*maker, error) {
	e := &q.Export
	switch {
	case q.Zone == nil:
		return nil, fmt.Errorf("make %s: the question has no time zone", e.Kind)
	case e.AsOf.IsZero() && e.Day.IsZero():
		return nil, fmt.Errorf("make %s: the question has no instant; say as of when", e.Kind)
	case e.AsOf.IsZero():
		e.AsOf = e.Day.AddDays(1).In(q.Zone).Add(-time.Second)
	case e.Day.IsZero():
		e.Day = casework.DateOf(e.AsOf, q.Zone)
	}
	m := &maker{r: r, q: q}
	m.campaign, _ = r.Campaign()
	for _, round := range r.Rounds() {
		if round.ID == e.RoundID {
			m.round = round
		}
	}
	m.families, m.categories = problemWords(r)
	return m, nil
}

// title is the paper's name.
func (m *maker) title() string { return word(casework.PaperKinds(), m.q.Export.Kind) }

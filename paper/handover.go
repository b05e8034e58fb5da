package paper

import "zoufang/casework"

// HandedOver are the records that the paper hands over to the other system of the export:
// those it has a row for. Of kinds whose rows are no records there are none. It fails as
// [Make] does.
func HandedOver(r casework.Records, q Request) (casework.RecordsHandedOver, error) {
	out := casework.RecordsHandedOver{System: q.Export.System, ExportID: q.Export.ID}
	m, err := newMaker(r, q)
	if err != nil {
		return out, err
	}
	if err := m.check(); err != nil {
		return out, err
	}
	switch q.Export.Kind {
	case casework.PaperProblems:
		for _, p := range m.problems() {
			out.Problems = append(out.Problems, p.ID)
		}
	case casework.PaperVisits:
		for v := range m.visits() {
			out.Visits = append(out.Visits, v.ID)
		}
	case casework.PaperHaves:
		for _, h := range m.haves(nil) {
			if h.ID != 0 {
				out.Targets = append(out.Targets, h.ID)
			}
		}
	case casework.PaperTaskBooks, casework.PaperWork, casework.PaperDaily, casework.PaperWeekly, casework.PaperRounds,
		casework.PaperTrademarks, casework.PaperIssues, casework.PaperFollowUps, casework.PaperDiary, casework.PaperPlan,
		casework.PaperRoster:
	}
	return out, nil
}

package dialog

import "zoufang/casework"

// The screens and verbs of the diary. Stored by name: never rename.
const (
	diaryScreen   Screen = "diary"    // of one visit; Query is what was typed instead
	diariesScreen Screen = "diaries"  // of one's own visits, by month
	writeDiary    Verb   = "diary"    // confirm it
	nextDiary     Verb   = "diary_on" // confirm it, and go on with the next
)

// diaryRoom is where visits are told in one's own words.
func diaryRoom() room {
	return room{
		screens: map[Screen]func(*turn, *face) bool{diaryScreen: (*turn).drawDiary, diariesScreen: (*turn).drawDiaries},
		verbs: map[Verb]func(*turn, Card, Action){
			writeDiary: func(t *turn, _ Card, a Action) { t.writeDiary(a.Place, false) },
			nextDiary:  func(t *turn, _ Card, a Action) { t.writeDiary(a.Place, true) },
		},
		texts:    map[Screen]func(*turn, string){diaryScreen: (*turn).diaryTyped},
		commands: map[string]func(*turn){"diary": func(t *turn) { t.goTo(Place{Screen: diariesScreen}) }},
		offers:   []offer{{"diary", allowed(casework.WriteDiary)}},
	}
}

// diaryText is what the diary of the visit says: what was typed, was confirmed, or
// follows from the record.
func (t *turn) diaryText(v casework.Visit, typed string) string {
	switch {
	case typed != "":
		return typed
	case v.Diary != nil:
		return v.Diary.Text
	}
	return casework.DraftDiary(t.v, v)
}

func (t *turn) mayWriteDiary(v casework.Visit) bool {
	x, _ := t.v.Target(v.TargetID)
	return casework.May(t.v, t.staff, casework.WriteDiary, casework.Subject{Visit: v, Target: x, Today: t.today})
}

// diaryButtons lead to the diary of a visit: to write it, or to read it once it is
// confirmed.
func (t *turn) diaryButtons(v casework.Visit) []choice {
	switch {
	case v.Diary != nil:
		return []choice{{t.w.say("button.diary_done"), Plain, to(Place{Screen: diaryScreen, Visit: v.ID})}}
	case v.Outcome == casework.Met && t.mayWriteDiary(v):
		return []choice{{t.w.say("button.diary"), Plain, to(Place{Screen: diaryScreen, Visit: v.ID})}}
	}
	return nil
}

// drawDiary shows the diary of a visit, to be confirmed or typed anew.
func (t *turn) drawDiary(f *face) bool {
	at := t.s.At
	v, ok := t.v.Visit(at.Visit)
	if !ok || !t.maySee(v) {
		return false
	}
	x, _ := t.v.Target(v.TargetID)
	f.title(t.w.say("diary.title", "Code", v.Code))
	f.line(x.Code + " " + x.DisplayName() + " · " + t.day(v.VisitedOn))
	f.gap()
	f.line(t.diaryText(v, at.Query))
	f.gap()
	if !t.mayWriteDiary(v) {
		f.row(t.recordButton(v))
		return true
	}
	switch {
	case at.Query != "":
		f.line(t.w.say("diary.typed"))
	case v.Diary != nil:
		f.line(t.w.say("diary.confirmed", "Date", t.day(v.Diary.On)))
	default:
		f.line(t.w.say("diary.draft"))
	}
	confirm := Place{Visit: v.ID, Query: at.Query}
	if v.Diary == nil || at.Query != "" {
		row := []choice{{t.w.say("button.diary_ok"), Good, Action{Verb: writeDiary, Place: confirm}}}
		if _, more := t.diaryAfter(v.ID); more {
			row = append(row, choice{t.w.say("button.diary_next"), Good, Action{Verb: nextDiary, Place: confirm}})
		}
		f.row(row...)
	}
	if at.Query != "" {
		f.row(choice{t.w.say("button.diary_back"), Plain, to(Place{Screen: diaryScreen, Visit: v.ID})})
	}
	f.row(t.recordButton(v), choice{t.w.say("button.diaries"), Plain, to(Place{Screen: diariesScreen, Month: monthOf(v.VisitedOn)})})
	return true
}

func (t *turn) recordButton(v casework.Visit) choice {
	return choice{t.w.say("button.record", "Code", v.Code), Plain, to(Place{Screen: visitScreen, Visit: v.ID})}
}

// diaryTyped takes the whole text anew; it is confirmed by a tap.
func (t *turn) diaryTyped(words string) {
	v, ok := t.v.Visit(t.s.At.Visit)
	if !ok || !t.mayWriteDiary(v) {
		t.notice = t.w.say("diary.forbidden")
		t.draw()
		return
	}
	if _, why := casework.KeepDiary(t.v, t.staff, v.ID, words, t.now()); why != "" {
		t.notice = t.diaryRefusal(why)
		t.draw()
		return
	}
	t.s.At.Query = words
	t.draw()
}

// diaryRefusal says what is wrong with a text.
func (t *turn) diaryRefusal(why casework.Refusal) string {
	if why == casework.NeedsText {
		return t.w.say("diary.unfit")
	}
	return t.w.say("refused.step." + string(why))
}

// writeDiary confirms the text that was shown.
func (t *turn) writeDiary(at Place, on bool) {
	v, ok := t.v.Visit(at.Visit)
	if !ok {
		t.toast("gone")
		return
	}
	text := t.diaryText(v, at.Query)
	if v.Diary == nil || v.Diary.Text != text {
		fact, why := casework.KeepDiary(t.v, t.staff, v.ID, text, t.now())
		if why != "" {
			t.notice = t.diaryRefusal(why)
			t.draw()
			return
		}
		t.record(fact, t.today, "")
	}
	t.notice = t.w.say("diary.done", "Code", v.Code)
	next := Place{Screen: diaryScreen, Visit: v.ID}
	if id, more := t.diaryAfter(v.ID); on && more {
		next.Visit = id
	}
	t.goTo(next)
}

// diaryAfter is another visit of one's own without a diary, the newest first.
func (t *turn) diaryAfter(but casework.VisitID) (casework.VisitID, bool) {
	for _, v := range t.v.VisitsOfStaff(t.staff.ID, maxRecords) {
		if v.Diary == nil && v.ID != but && v.Outcome == casework.Met {
			return v.ID, true
		}
	}
	return 0, false
}

// drawDiaries lists one's own visits of a month with somebody met, and whether their
// diary is confirmed.
func (t *turn) drawDiaries(f *face) bool {
	if !casework.Allowed(t.staff, casework.WriteDiary) {
		return false
	}
	month := t.s.At.Month
	if month.IsZero() {
		month = monthOf(t.today)
	}
	var list []casework.Visit
	done := 0
	for _, v := range t.v.VisitsOfStaff(t.staff.ID, 10*maxRecords) {
		if v.VisitedOn.Year != month.Year || v.VisitedOn.Month != month.Month || v.Outcome != casework.Met {
			continue
		}
		list = append(list, v)
		if v.Diary != nil {
			done++
		}
	}
	f.title(t.w.say("diary.month", "Year", month.Year, "Month", int(month.Month), "MonthName", month.Month.String()[:3]))
	f.line(t.w.say("diary.count", "Done", done, "Count", len(list)))
	pages := max(1, (len(list)+perPage-1)/perPage)
	page := min(max(0, t.s.At.Page), pages-1)
	for _, v := range list[page*perPage : min(len(list), (page+1)*perPage)] {
		x, _ := t.v.Target(v.TargetID)
		mark := "○ "
		if v.Diary != nil {
			mark = "✓ "
		}
		f.row(choice{mark + t.day(v.VisitedOn) + " " + x.DisplayName(), Plain, to(Place{Screen: diaryScreen, Visit: v.ID})})
	}
	at := t.s.At
	at.Month = month
	f.arrows(at, page, pages)
	row := []choice{{t.w.say("button.month_before"), Plain, to(Place{Screen: diariesScreen, Month: monthAfter(month, -1)})}}
	if next := monthAfter(month, 1); !next.After(t.today) {
		row = append(row, choice{t.w.say("button.month_after"), Plain, to(Place{Screen: diariesScreen, Month: next})})
	}
	f.row(row...)
	f.row(t.homeButton())
	return true
}

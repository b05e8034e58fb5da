package casework

import (
	"cmp"
	"regexp"
	"slices"

	"zoufang/form"
)

// How long the words of trademarks and matters may be, in characters.
const (
	maxMarkName = 60
	maxGoods    = 100
	maxResult   = 200
	maxNextStep = 200
	maxSection  = 30
	maxRemark   = 300
)

const (
	// fileDays are the working days in which the local office has to send up the whole
	// file of a case about protection as a well-known trademark.
	fileDays = 15
	// fileStep is the next step from there.
	fileStep = "15 个工作日内上报全部案卷"
	// markYears are the years for which a trademark is registered or renewed, and
	// knownYears those of a recognition by the city.
	markYears  = 10
	knownYears = 3
)

// tidied cleans the words and reports whether they are as long as they may be and hold
// no private number.
func tidied(s *string, least, most int) bool {
	*s = form.Clean(*s)
	return fits(*s, least, most)
}

// MoveMatter says what the step makes, or why it cannot be taken. The first fact is
// the step with From, Status and what follows by rule filled in: the days that a
// recognition lasts, the deadline for the file of a case. A registration that says
// when the trademark runs out makes a second fact. Status is MatterDropped to give up
// a matter and else is not asked. A From that is set must be where the matter is.
func MoveMatter(r Records, who Staff, m MatterMoved, now Moment) ([]Fact, Refusal) {
	old, ok := r.Matter(m.MatterID)
	if !ok {
		return nil, NotFound
	}
	if !mayServe(r, who, old.FirmID, now.Today) {
		return nil, NotYours
	}
	if m.From != "" && m.From != old.Stage {
		return nil, NotNow
	}
	m.From = old.Stage
	if why := settleStage(r, old, &m); why != "" {
		return nil, why
	}
	if why := checkStep(r, old.FirmID, &m, now.Today); why != "" {
		return nil, why
	}
	var extra []Fact
	if m.Stage != "" {
		mark, _ := r.Trademark(old.TrademarkID)
		extra = follow(r, mark, old, m.Stage, &m, now.Today)
	}
	if !m.changes(old) && m.Text == "" {
		return nil, NoChange
	}
	return append([]Fact{m}, extra...), ""
}

// mayServe reports whether the person may serve the firm's trademarks.
func mayServe(r Records, who Staff, firm TargetID, today Date) bool {
	x, ok := r.Target(firm)
	return ok && x.Kind == EnterpriseKind && May(r, who, ServeMarks, Subject{Target: x, Today: today})
}

// settleStage finds out which stage and status the step leads to.
func settleStage(r Records, old Matter, f *MatterMoved) Refusal {
	drop := f.Status == MatterDropped
	f.Status = ""
	if drop && slices.Contains(Stages(r, old.Kind), stageDropped) {
		f.Stage = stageDropped
	} else if drop {
		if old.Status == MatterDropped || old.Status == MatterWon {
			return NotNow
		}
		f.Stage, f.Status = "", MatterDropped
		return ""
	}
	if f.Stage == old.Stage && old.Status == statusAt(old.Stage) {
		f.Stage = ""
	}
	if f.Stage == "" {
		return ""
	}
	f.Status = statusAt(f.Stage)
	again := f.Status == MatterOpen && old.Status != MatterOpen
	if !slices.Contains(NextStages(r, old), f.Stage) || again && openMatter(r, old) {
		return NotNow
	}
	return ""
}

// checkStep cleans and judges what is filled in.
func checkStep(r Records, firm TargetID, f *MatterMoved, today Date) Refusal {
	if f.NextStep != nil {
		words := *f.NextStep
		f.NextStep = &words
		if !tidied(f.NextStep, 0, maxNextStep) {
			return NeedsText
		}
	}
	if !tidied(&f.Result, 0, maxResult) || !tidied(&f.Text, 0, maxRemark) || !tidied(&f.Section, 0, maxSection) {
		return NeedsText
	}
	if f.ResultOn.After(today) || f.NextOn != nil && !f.NextOn.IsZero() && f.NextOn.Before(today) {
		return NeedsDay
	}
	if f.Result != "" && f.ResultOn.IsZero() {
		f.ResultOn = today
	}
	if f.needsReason() && f.Refusal == "" || f.Refusal != "" && !RefusalReasons(r).has(f.Refusal) {
		return NeedsWhy
	}
	if f.Evidence != nil {
		list := evidence(*f.Evidence)
		if len(list) != len(*f.Evidence) {
			return NotFound
		}
		f.Evidence = &list
	}
	if f.OwnerID != 0 && !canServe(r, f.OwnerID, firm, today) {
		return NeedsOwner
	}
	return ""
}

// needsReason reports whether the step leads to where somebody has refused.
func (f MatterMoved) needsReason() bool {
	return f.Stage == stageRefused || f.Stage == stageNotRecognised
}

// canServe reports whether the person is there and may serve the firm's trademarks.
func canServe(r Records, id StaffID, firm TargetID, today Date) bool {
	s, ok := r.Staff(id)
	return ok && mayServe(r, s, firm, today)
}

// follow fills in what reaching the stage brings with it by rule, unless the step
// says otherwise, and gives what it means for the trademark.
func follow(r Records, mark Trademark, m Matter, stage string, f *MatterMoved, today Date) []Fact {
	on := cmp.Or(f.ResultOn, today)
	switch {
	case stage == stageCaseFiled:
		if f.NextOn == nil {
			f.NextOn = new(AddWorkdays(r, on, fileDays))
			f.NextStep = cmp.Or(f.NextStep, new(fileStep))
		}
	case statusAt(stage) != MatterOpen:
		// What was planned for the stage before is over.
		if f.NextStep == nil && m.NextStep != "" {
			f.NextStep = new("")
		}
		if f.NextOn == nil && !m.NextOn.IsZero() {
			f.NextOn = new(Date)
		}
	}
	if stage == stageRecognised && m.Kind == "city_known" && f.ExpiresOn.IsZero() {
		f.ExpiresOn = lastDay(on, knownYears)
	}
	if stage != stageRegistered {
		return nil
	}
	switch {
	case m.Kind == "registration" && mark.ValidUntil.IsZero():
		mark.ValidUntil = lastDay(on, markYears)
	case m.Kind == "renewal" && !mark.ValidUntil.IsZero() && m.Stage != stageRegistered:
		mark.ValidUntil = yearsOn(mark.ValidUntil, markYears)
	default:
		return nil
	}
	return []Fact{TrademarkRecorded{Trademark: mark}}
}

// lastDay is the last day of so many years that begin on the day.
func lastDay(from Date, years int) Date { return yearsOn(from, years).AddDays(-1) }

// markNumber is what the number of an application or registration looks like.
var markNumber = regexp.MustCompile(`^[0-9]{1,10}[A-Z]?$`)

// RecordTrademark says what adding or changing a trademark makes, or why it cannot
// be done. A zero ID is a new one; a trademark stays with its firm. A second one of
// the firm with the number, or with the name and no number, would change nothing.
func RecordTrademark(r Records, who Staff, m Trademark, now Moment, ids *Minter) ([]Fact, Refusal) {
	known, ok := r.Trademark(m.ID)
	if m.ID != 0 && !ok {
		return nil, NotFound
	}
	if ok {
		m.FirmID = known.FirmID
	}
	if !mayServe(r, who, m.FirmID, now.Today) {
		return nil, NotYours
	}
	if !tidied(&m.Name, 1, maxMarkName) || !tidied(&m.Goods, 0, maxGoods) || m.Number != "" && !markNumber.MatchString(m.Number) {
		return nil, NeedsText
	}
	if m.MarkKind != "" && !MarkKinds().has(m.MarkKind) {
		return nil, NotFound
	}
	m.Classes = slices.Compact(slices.Sorted(slices.Values(m.Classes)))
	if len(m.Classes) > 0 && (m.Classes[0] < 1 || m.Classes[len(m.Classes)-1] > 45) {
		return nil, NeedsText
	}
	others := slices.DeleteFunc(r.TrademarksOfFirm(m.FirmID), func(o Trademark) bool { return o.ID == m.ID })
	if _, double := sameMark(others, m.Name, m.Number); double || ok && m.same(known) {
		return nil, NoChange
	}
	if !ok {
		m.ID = TrademarkID(ids.Next())
	}
	return []Fact{TrademarkRecorded{Trademark: m}}, ""
}

// OpenMatter says what opening a matter about a trademark makes, or why it cannot be
// opened: there is one open matter of a kind about a trademark. Without a stage it
// begins at the first. One with an ID corrects what was written down wrong; its
// trademark and kind stay, and any stage of the kind is right.
func OpenMatter(r Records, who Staff, m Matter, now Moment, ids *Minter) ([]Fact, Refusal) {
	known, ok := r.Matter(m.ID)
	if m.ID != 0 && !ok {
		return nil, NotFound
	}
	if ok {
		m.TrademarkID, m.Kind, m.Code, m.StageOn, m.VisitID = known.TrademarkID, known.Kind, known.Code, known.StageOn, known.VisitID
	}
	mark, there := r.Trademark(m.TrademarkID)
	stages := Stages(r, m.Kind)
	if !there || len(stages) == 0 || !MatterKinds(r).has(m.Kind) {
		return nil, NotFound
	}
	m.FirmID, m.History = mark.FirmID, nil
	m.Stage = cmp.Or(m.Stage, stages[0])
	if !mayServe(r, who, m.FirmID, now.Today) {
		return nil, NotYours
	}
	if !slices.Contains(stages, m.Stage) {
		return nil, NotNow
	}
	if m.Status = statusAt(m.Stage); ok && m.Stage == known.Stage {
		m.Status = known.Status
	}
	if m.Status == MatterOpen && known.Status != MatterOpen && openMatter(r, m) {
		return nil, NoChange
	}
	step := m.asStep(known)
	if why := checkStep(r, m.FirmID, &step, now.Today); why != "" {
		return nil, why
	}
	var extra []Fact
	if !ok {
		m.ID, m.Code = MatterID(ids.Next()), nextMatterCode(r)
		extra = follow(r, mark, m, m.Stage, &step, now.Today)
	}
	if m.Stage != known.Stage {
		m.StageOn = now.Today
	}
	fresh := m.after(step)
	if fresh.same(known) {
		return nil, NoChange
	}
	return append([]Fact{MatterRecorded{Matter: fresh}}, extra...), ""
}

// openMatter reports whether another matter of the kind about the trademark is open.
func openMatter(r Records, m Matter) bool {
	return slices.ContainsFunc(r.MattersOfFirm(m.FirmID), func(o Matter) bool {
		return o.ID != m.ID && o.TrademarkID == m.TrademarkID && o.Kind == m.Kind && o.Status == MatterOpen
	})
}

// asStep is the step that leads from the known matter to this one.
func (m Matter) asStep(known Matter) MatterMoved {
	f := MatterMoved{
		Result: m.LastResult, ResultOn: m.LastResultOn, Refusal: m.Refusal, Section: m.Section, OwnerID: m.OwnerID, ExpiresOn: m.ExpiresOn,
	}
	if m.Stage != known.Stage {
		f.Stage = m.Stage
	}
	if !slices.Equal(m.Evidence, known.Evidence) {
		f.Evidence = &m.Evidence
	}
	if m.NextStep != known.NextStep {
		f.NextStep = &m.NextStep
	}
	if m.NextOn != known.NextOn {
		f.NextOn = &m.NextOn
	}
	return f
}

package casework

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zoufang/form"
)

// PlanEdits says what the edits of a problem list would do if s sent them. The columns
// owner, status, due and remark can be changed, each as far as s may do so in the chat,
// and the status along the table of moves; keys and all others are refused. What was
// changed in the records since the export is refused as well, and the reason says so.
// Edits of one row are taken together: a remark is the word that a step needs, and a
// new owner takes up what nobody had. ids are for the task book of such a problem.
func PlanEdits(r Records, s Staff, edits []Edit, m Moment, ids *Minter) EditPlan {
	p := editor{r: r, ahead: NewAhead(r), who: s, now: m, ids: ids}
	rows := map[string][]Edit{}
	var order []string
	for _, e := range edits {
		e.Key = strings.ToUpper(plain(e.Key))
		if rows[e.Key] == nil {
			order = append(order, e.Key)
		}
		rows[e.Key] = append(rows[e.Key], e)
	}
	found := map[string]Problem{}
	for x := range r.AllProblems() {
		if rows[x.Code] != nil {
			found[x.Code] = x
		}
	}
	for _, key := range order {
		p.row(found[key], rows[key])
	}
	return p.plan
}

// editColumns are those that can be changed in a list and sent back.
func editColumns() []Column {
	return []Column{
		{ID: "owner", Label: form.Label{Zh: "责任人", En: "Owner"}},
		{ID: "status", Label: form.Label{Zh: "办理状态", En: "Status"}},
		{ID: "due", Label: form.Label{Zh: "办结时限", En: "Due"}},
		{ID: "remark", Label: form.Label{Zh: "备注", En: "Remark"}},
	}
}

// editor is a list of edits that is being looked at.
type editor struct {
	r     Records // as they are
	ahead *Ahead  // with the edits so far
	who   Staff
	now   Moment
	ids   *Minter
	plan  EditPlan
}

// row takes the edits of one row in the order of [editColumns].
func (p *editor) row(x Problem, edits []Edit) {
	rank := func(e Edit) int {
		return slices.IndexFunc(editColumns(), func(c Column) bool { return c.ID == e.Column })
	}
	slices.SortStableFunc(edits, func(a, b Edit) int { return cmp.Compare(rank(a), rank(b)) })
	var remark string
	if n := len(edits) - 1; edits[n].Column == "remark" {
		remark = form.Clean(edits[n].After)
	}
	image := imageOf(p.r, imageKey{sheet: ProblemSheet, id: uint64(x.ID)})
	begun := len(p.plan.Facts)
	for _, e := range edits {
		facts, why := p.edit(x, e, remark)
		if why != (form.Label{}) {
			p.plan.Refused = append(p.plan.Refused, RefusedEdit{Edit: e, Why: why})
			continue
		}
		p.plan.Applied = append(p.plan.Applied, e)
		p.plan.Facts = append(p.plan.Facts, facts...)
		for _, f := range facts {
			if d, ok := f.(TaskBookDrafted); ok {
				image.Drafted = d.TaskBook.ID
			}
		}
	}
	if len(p.plan.Facts) > begun {
		image.After = imageOf(p.ahead, image.key()).digest()
		p.plan.Images = append(p.plan.Images, image)
	}
}

// edit is what one edit does; the records ahead have it then.
func (p *editor) edit(x Problem, e Edit, remark string) ([]Fact, form.Label) {
	target, _ := p.r.Target(x.TargetID)
	switch {
	case x.ID == 0:
		return nil, form.Label{Zh: "清单里没有这个编号的问题，编号不能改", En: "There is no problem with this code; codes cannot be changed"}
	case !May(p.r, p.who, SeeProblem, Subject{Target: target, Problem: x, Today: p.now.Today}):
		return nil, sayNo(NotYours)
	case !slices.ContainsFunc(editColumns(), func(c Column) bool { return c.ID == e.Column }):
		return nil, form.Label{Zh: "这一列不能在表里改", En: "This column cannot be changed in the list"}
	case !p.unchanged(x, e):
		return nil, form.Label{Zh: "导出以后系统里已经改过，请重新导出再改", En: "It was changed in the records since: export it again"}
	}
	var facts []Fact
	var why form.Label
	switch e.Column {
	case "owner":
		facts, why = p.owner(x, e)
	case "status":
		facts, why = p.status(x, e, remark)
	case "due":
		facts, why = p.due(x, e, remark)
	default:
		facts, why = p.remark(x, remark)
	}
	if why != (form.Label{}) {
		return nil, why
	}
	for _, f := range facts {
		err := Project(p.ahead, Event{By: p.who.ID, HappenedOn: p.now.Today, ReachedAt: p.now.At, Fact: f})
		if err != nil {
			panic(fmt.Errorf("casework: edit %s: %w", e.Key, err)) // the rules make no such fact
		}
	}
	return facts, form.Label{}
}

// unchanged reports whether the records hold what the list was exported with.
func (p *editor) unchanged(x Problem, e Edit) bool {
	before := tidy(e.Before)
	switch e.Column {
	case "owner":
		o, _ := p.r.Staff(x.OwnerID)
		return before == o.Name || before == MaskName(o.Name) || slices.Contains(p.named(before), o.ID) || before == "" && o.ID == 0
	case "status":
		token, _ := ProblemStatuses().Token(before)
		return ProblemStatus(token) == x.Status
	case "due":
		d, ok := readDate(before)
		return ok && d == x.DueOn || before == "" && x.DueOn.IsZero()
	}
	target, _ := p.r.Target(x.TargetID)
	return before == tidy(x.Remark) || before == tidy(target.maskedIn(x.Remark))
}

// maskedIn is the text with the names of the target's people masked, as it is exported.
func (t Target) maskedIn(text string) string {
	var names []string
	switch {
	case t.Household != nil:
		names = []string{t.Household.HeadName}
	case t.Enterprise != nil:
		names = []string{t.Enterprise.LegalRep, t.Enterprise.ContactName}
	case t.Organization != nil:
		names = []string{t.Organization.Secretary}
	}
	for _, n := range names {
		if utf8.RuneCountInString(n) > 1 {
			text = strings.ReplaceAll(text, n, MaskName(n))
		}
	}
	return text
}

// named are the people whom a cell can mean: by code, by name, or by both.
func (p *editor) named(text string) []StaffID {
	key := nameKey(text)
	var coded, called []StaffID
	for s := range p.r.AllStaff() {
		code, name := nameKey(s.Code), nameKey(s.Name)
		if slices.Contains([]string{code, code + name, name + code, name + "(" + code + ")"}, key) {
			coded = append(coded, s.ID)
		} else if key == name {
			called = append(called, s.ID)
		}
	}
	if len(coded) > 0 {
		return coded
	}
	return called
}

func (p *editor) owner(x Problem, e Edit) ([]Fact, form.Label) {
	list := p.named(e.After)
	switch len(list) {
	case 0:
		return nil, form.Label{
			Zh: fmt.Sprintf("没有“%s”这个人，请写花名册里的姓名或编号", shown(e.After)),
			En: fmt.Sprintf("There is nobody called %q: write a name or code of the roster", shown(e.After)),
		}
	case 1:
	default:
		return nil, form.Label{
			Zh: fmt.Sprintf("叫“%s”的不止一人，请写编号", shown(e.After)), En: fmt.Sprintf("Several people are called %q: write the code", shown(e.After)),
		}
	}
	act := Hand
	if x.Status == ProblemRegistered {
		act = Triage
	}
	return p.move(ProblemMoved{ProblemID: x.ID, Act: act, OwnerID: list[0], Text: edited})
}

// status takes the first step from here to there for which the row says enough.
func (p *editor) status(x Problem, e Edit, remark string) ([]Fact, form.Label) {
	token, ok := ProblemStatuses().Token(e.After)
	if !ok {
		return nil, form.Label{
			Zh: fmt.Sprintf("“%s”不是办理状态，可以写：%s", shown(e.After), ProblemStatuses().all("zh-Hans")),
			En: fmt.Sprintf("%q is no status; there are: %s", shown(e.After), ProblemStatuses().all("en")),
		}
	}
	x, _ = p.ahead.Problem(x.ID)
	to := ProblemStatus(token)
	if x.Status == to {
		return nil, form.Label{} // with the owner
	}
	why := form.Label{
		Zh: fmt.Sprintf("不能从“%s”直接改为“%s”", word(ProblemStatuses(), x.Status), word(ProblemStatuses(), to)),
		En: fmt.Sprintf("It cannot go from %q to %q", ProblemStatuses().Label(string(x.Status), "en"), ProblemStatuses().Label(token, "en")),
	}
	for _, row := range ProblemMoves() {
		if row.To != to || row.To == "" || row.By == "" || !slices.Contains(row.From, x.Status) {
			continue
		}
		if !tellable(row) {
			return nil, form.Label{
				Zh: "这一步还要填别的内容，请在聊天里的问题卡片上办理", En: "This step needs more than the list has: take it on the problem's card in the chat",
			}
		}
		var facts []Fact
		facts, why = p.move(ProblemMoved{ProblemID: x.ID, Act: row.Act, OwnerID: x.OwnerID, Text: remark})
		if why == (form.Label{}) {
			return facts, why
		}
	}
	return nil, why
}

// tellable reports whether a row of the list says all that the step needs, and says
// which step is meant.
func tellable(row Move) bool {
	switch row.Act {
	case TakeUp, Answer: // both go to the same state
		return false
	case StrikeUnreached, Merge:
		return false
	default:
	}
	return !slices.ContainsFunc(row.Needs, func(n Refusal) bool { return n != NeedsText && n != NeedsOwner })
}

func (p *editor) due(x Problem, e Edit, remark string) ([]Fact, form.Label) {
	day, ok := readDate(e.After)
	if !ok {
		return nil, form.Label{
			Zh: fmt.Sprintf("“%s”不是日期，请写成 2017-04-05", shown(e.After)), En: fmt.Sprintf("%q is no date: write it as 2017-04-05", shown(e.After)),
		}
	}
	return p.move(ProblemMoved{ProblemID: x.ID, Act: GrantTime, Until: day, Text: cmp.Or(remark, edited)})
}

// longestRemark is how long a remark can be.
const longestRemark = longestWord

func (p *editor) remark(x Problem, text string) ([]Fact, form.Label) {
	target, _ := p.r.Target(x.TargetID)
	x, _ = p.ahead.Problem(x.ID)
	switch {
	case !May(p.r, p.who, ManageProblem, Subject{Target: target, Problem: x, Today: p.now.Today}):
		return nil, sayNo(NotYours)
	case utf8.RuneCountInString(text) > longestRemark:
		return nil, form.Label{
			Zh: fmt.Sprintf("备注最多 %d 个字", longestRemark), En: fmt.Sprintf("A remark has at most %d characters", longestRemark),
		}
	case form.FindPrivate(text) != "":
		return nil, form.Label{Zh: "备注里不能有身份证号或电话号码", En: "A remark must hold no identity card or telephone number"}
	}
	return []Fact{ProblemAmended{ProblemID: x.ID, Remark: &text}}, form.Label{}
}

// move takes a step. One that concerns more than the problem and its first task book
// could not be undone with the list, and belongs into the chat.
func (p *editor) move(m ProblemMoved) ([]Fact, form.Label) {
	facts, why := MoveProblem(p.ahead, p.who, m, p.now, p.ids)
	if why != "" {
		return nil, sayNo(why)
	}
	for _, f := range facts[1:] {
		if _, ok := f.(TaskBookDrafted); !ok {
			return nil, form.Label{Zh: "任务书也会跟着变，请在聊天里的问题卡片上办理", En: "Its task book would change as well: do it on the problem's card in the chat"}
		}
	}
	return facts, form.Label{}
}

// sayNo is why a step cannot be taken in a list.
func sayNo(why Refusal) form.Label {
	switch why {
	case NotYours:
		return form.Label{Zh: "您没有这项权限", En: "You may not do this"}
	case NotNow:
		return form.Label{Zh: "现在的办理状态不能这样改", En: "The problem's status does not allow it"}
	case NeedsOwner:
		return form.Label{Zh: "这个人不能做责任人（没有绑定、已停用或角色不符）", En: "This person cannot be the owner: no account, suspended, or without a fitting role"}
	case NoChange:
		return form.Label{Zh: "和系统里的一样，没有变化", En: "It is so already"}
	case NeedsText:
		return form.Label{
			Zh: "请在同一行的备注里写明情况（2 到 300 字，不含证件号和电话）",
			En: "Say why in the remark of the same row: 2 to 300 characters, without identity card and telephone numbers",
		}
	case NeedsDay:
		return form.Label{
			Zh: fmt.Sprintf("新时限要晚于今天和原时限，最多 %d 天以内", longestDays),
			En: fmt.Sprintf("The new day must be after today and after the old one, at most %d days ahead", longestDays),
		}
	case TooOften:
		return form.Label{Zh: "延期次数已满", En: "The day was moved as often as it may be"}
	case OwnAsking:
		return form.Label{Zh: "自己负责的问题不能自己延期", En: "Nobody moves the day of a problem of their own"}
	case TooLate:
		return form.Label{Zh: "销号太久，不能重开", En: "It was struck off too long ago"}
	default:
		return form.Label{Zh: "请在聊天里的问题卡片上办理", En: "Do it on the problem's card in the chat"}
	}
}

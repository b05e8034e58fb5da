package casework

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zoufang/form"
)

// DraftDiary proposes the diary of a visit, at most 1000 characters of Chinese, from
// its answers, words and problems. What was not answered is not mentioned, names of
// households are masked, and what looks like somebody's number is left out.
func DraftDiary(r Records, v Visit) string {
	x, _ := r.Target(v.TargetID)
	d := diarist{r: r, v: v, x: x, phrases: diaryPhrases()}
	d.form, _ = r.Form(v.Form, v.FormVersion)
	d.say(d.opening())
	if v.Outcome != Met {
		d.say(d.label("outcome", string(v.Outcome)) + "，没有见到人。")
	} else {
		d.say(d.findings())
		d.say(d.words())
		d.told()
		for n, id := range v.ProblemIDs {
			d.say(d.raised(n+1, id))
		}
		d.known()
	}
	if !v.NextContact.IsZero() {
		d.say(fmt.Sprintf("约定%d月%d日再联系。", int(v.NextContact.Month), v.NextContact.Day))
	}
	return d.text.String()
}

// diarist writes one diary.
type diarist struct {
	r    Records
	v    Visit
	x    Target
	form form.Definition
	text strings.Builder

	phrases map[string]string
}

// say adds a sentence while there is room.
func (d *diarist) say(sentence string) {
	if h := d.x.Household; h != nil && h.HeadName != "" {
		sentence = strings.ReplaceAll(sentence, h.HeadName, MaskName(h.HeadName))
	}
	n := utf8.RuneCountInString(d.text.String()) + utf8.RuneCountInString(sentence)
	if n <= maxAnnouncement && form.FindPrivate(sentence) == "" {
		d.text.WriteString(sentence)
	}
}

// label is the word for an option of the form; empty if there is none.
func (d *diarist) label(item, option string) string {
	it, ok := d.form.Item(item)
	if !ok || option == "" {
		return ""
	}
	i := slices.IndexFunc(it.Options, func(o form.Option) bool { return o.ID == option })
	if i < 0 {
		return ""
	}
	return it.Options[i].Label.Zh
}

// opening says when, who, where and whom.
func (d *diarist) opening() string {
	on := d.v.VisitedOn
	day := fmt.Sprintf("%d年%d月%d日（周%c）", on.Year, int(on.Month), on.Day, []rune("日一二三四五六")[on.Weekday()])
	var along []string
	for _, id := range d.v.Participants[min(1, len(d.v.Participants)):] {
		if s, ok := d.r.Staff(id); ok {
			along = append(along, s.Name)
		}
	}
	with := "，"
	if len(along) > 0 {
		with = "，与" + strings.Join(along, "、") + "一起"
	}
	whom := d.x.DisplayName()
	if d.x.Kind == HouseholdKind {
		whom += "家"
	}
	place := AreaShort(d.r, d.x.AreaID)
	if place != "" {
		place = "到" + place
	}
	out := day + with + place + "走访" + whom + "（" + d.x.Code + "）"
	if d.v.Outcome == Met {
		if who := d.label("met_who", one(d.v.Answers, "met_who")); who != "" {
			out += "，与" + who + "交谈"
		}
	}
	out += "。"
	if mood := d.label("mood", d.v.Mood); mood != "" {
		out += "民情晴雨：" + mood + "。"
	}
	return out
}

// findings are the answers to the numbered items, in one sentence.
func (d *diarist) findings() string {
	var parts []string
	for _, it := range d.form.Items {
		a := d.v.Answers[it.ID]
		if it.No < 2 || it.Repeat != "" || it.ID == "mood" || a.Skipped || len(a.Values) == 0 ||
			it.Type != form.SelectOne && it.Type != form.SelectMultiple {
			continue
		}
		if part := d.finding(it, a.Values); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "，") + "。"
}

// finding is one answer in prose.
func (d *diarist) finding(it form.Item, values []string) string {
	if it.ID == "change" && values[0] == "changed" {
		if what := one(d.v.Answers, "profile_change"); what != "" {
			return "家里有变化：" + strings.TrimRight(what, "。，")
		}
	}
	if p, ok := d.phrases[d.v.Form+"/"+it.ID+"/"+values[0]]; ok {
		return p
	}
	var words []string
	for _, id := range values {
		if w := d.label(it.ID, id); w != "" {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return strings.ReplaceAll(cmp.Or(d.phrases[d.v.Form+"/"+it.ID], it.Label.Zh+"：%"), "%", strings.Join(words, "、"))
}

// words are what the people said themselves.
func (d *diarist) words() string {
	a := d.v.Answers["free"]
	if a.Skipped || len(a.Values) == 0 {
		return ""
	}
	if a.Via == form.Spoken {
		return "对方的话已录音。"
	}
	return "对方说：“" + strings.TrimRight(strings.ReplaceAll(a.Values[0], "\n", "，"), "。，") + "。”"
}

// raised tells of a problem that the visit raised, and what was done about it.
func (d *diarist) raised(n int, id ProblemID) string {
	p, ok := d.r.Problem(id)
	if !ok {
		return ""
	}
	out := "反映" + cmp.Or(d.label("category", p.Category), "问题") + "（" + p.Code + "）"
	if said := one(d.v.Answers, "free"); p.Description != "" && p.Description != said {
		out += "：" + strings.TrimRight(p.Description, "。，")
	}
	done := map[Disposal]string{OnSpot: "，当场作了答复", InProgress: "，正在办理", Escalated: "，已提交上一级"}
	out += done[Disposal(one(d.v.Answers, problemPath(n, "disposal")))]
	if note := one(d.v.Answers, problemPath(n, "on_spot_note")); note != "" {
		out += "：" + strings.TrimRight(note, "。，")
	}
	return out + "。"
}

// told tells which policies were explained and which measures were used.
func (d *diarist) told() {
	var titles, measures []string
	for _, e := range d.x.Explained {
		if p, ok := d.r.Policy(e.PolicyID); ok && e.VisitID == d.v.ID {
			titles = append(titles, "《"+p.Title+"》")
		}
	}
	c, _ := d.r.Campaign()
	services := Services(c)
	for _, g := range d.x.Given {
		i := slices.IndexFunc(services, func(s Service) bool { return s.Key == g.Key })
		if i >= 0 && g.VisitID == d.v.ID {
			measures = append(measures, services[i].Label)
		}
	}
	if len(titles) > 0 {
		d.say("讲解了" + strings.Join(titles, "") + "。")
	}
	if len(measures) > 0 {
		d.say("提供了" + strings.Join(measures, "、") + "服务。")
	}
}

// known tells what was heard of the problems known before.
func (d *diarist) known() {
	for n := 1; ; n++ {
		path := fmt.Sprintf("open/%d/", n)
		code := one(d.v.Answers, path+"code")
		if code == "" {
			return
		}
		if w := d.label("state", one(d.v.Answers, path+"state")); w != "" {
			d.say("原有问题" + code + "：" + w + "。")
		}
		if w := d.label("content", one(d.v.Answers, path+"content")); w != "" {
			d.say("问题" + code + "办结后，对方" + w + "。")
		}
	}
}

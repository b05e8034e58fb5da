package casework

import (
	"cmp"
	"fmt"
	"slices"
)

const (
	maxServiceLabel = 60
	maxServices     = 60
	maxGivenNote    = 200
)

// DefaultServices are the fifteen measures that a campaign begins with.
func DefaultServices() []Service {
	return []Service{
		{Key: "green_lane", For: ForFirms, Label: "登记注册绿色通道"},
		{Key: "annual_report", For: ForFirms, Label: "年报公示提醒和指导"},
		{Key: "bank_link", For: ForFirms, Label: "银企对接"},
		{Key: "pledge", For: ForFirms, Label: "动产抵押、股权出质和商标质押融资指导"},
		{Key: "contracts", For: ForFirms, Label: "合同示范文本和守合同重信用指导"},
		{Key: "abnormal_list", For: ForFirms, Label: "经营异常名录移出和信用修复指导"},
		{Key: "rights", For: ForFirms, Label: "打假维权和公平竞争保护"},
		{Key: "advertising", For: ForFirms, Label: "广告合规指导"},
		{Key: "mark_filing", For: ForMarks, Label: "商标注册辅导"},
		{Key: "mark_renewal", For: ForMarks, Label: "商标续展、变更和转让提醒"},
		{Key: "mark_strategy", For: ForMarks, Label: "商标品牌规划一企一策"},
		{Key: "known_mark", For: ForMarks, Label: "知名、著名商标申报辅导"},
		{Key: "well_known_evidence", For: ForMarks, Label: "驰名商标保护证据整理指导"},
		{Key: "gi_collective", For: ForMarks, Label: "地理标志和集体商标培育"},
		{Key: "madrid", For: ForMarks, Label: "马德里国际注册指导"},
	}
}

// Services is the catalogue in force, those that are off included.
func Services(c Campaign) []Service {
	if c.Services == nil {
		return DefaultServices()
	}
	return c.Services
}

// SetServices says what another catalogue makes, or why it cannot be set. Every
// measure there is stays in it with its key and direction, because its use is counted
// under them; one that is not offered any more is off. A measure without a key gets
// one.
func SetServices(r Records, who Staff, list []Service) ([]Fact, Refusal) {
	c, ok := r.Campaign()
	switch {
	case !ok:
		return nil, NotFound
	case !May(r, who, EditServices, Subject{}):
		return nil, NotYours
	}
	old := Services(c)
	list = slices.Clone(list)
	keys, labels := map[string]ServiceFor{}, map[string]bool{}
	for i := range list {
		s := &list[i]
		// Measures are never taken out, so the number is free.
		s.Key = cmp.Or(s.Key, fmt.Sprintf("own_%d", i+1))
		if !tidied(&s.Label, 2, maxServiceLabel) || labels[string(s.For)+s.Label] {
			return nil, NeedsText
		}
		if _, twice := keys[s.Key]; twice || !ServiceDirections().has(string(s.For)) {
			return nil, NotFound
		}
		keys[s.Key], labels[string(s.For)+s.Label] = s.For, true
	}
	lost := slices.ContainsFunc(old, func(s Service) bool { return keys[s.Key] != s.For })
	switch {
	case lost || len(list) > maxServices:
		return nil, NotFound
	case slices.Equal(list, old):
		return nil, NoChange
	}
	return []Fact{ServicesSet{Services: list}}, ""
}

// GiveService says what noting that a measure was used for a firm makes. The same one
// by the same person on the same day is the same.
func GiveService(r Records, who Staff, firm TargetID, key, note string, now Moment) ([]Fact, Refusal) {
	c, _ := r.Campaign()
	x, ok := r.Target(firm)
	known := slices.ContainsFunc(Services(c), func(s Service) bool { return s.Key == key && !s.Off })
	switch {
	case !ok || x.Kind != EnterpriseKind || !known:
		return nil, NotFound
	case !May(r, who, ServeFirm, Subject{Target: x, Today: now.Today}):
		return nil, NotYours
	case !tidied(&note, 0, maxGivenNote):
		return nil, NeedsText
	case slices.ContainsFunc(x.Given, func(g Given) bool { return g.Key == key && g.By == who.ID && g.On == now.Today }):
		return nil, NoChange
	}
	return []Fact{ServiceGiven{TargetID: firm, Given: Given{Key: key, On: now.Today, By: who.ID, Note: note}}}, ""
}

// CountServices counts the use of every measure of the catalogue, in its order.
func CountServices(r Records) []ServiceCount {
	c, _ := r.Campaign()
	var out []ServiceCount
	place := map[string]int{}
	for i, s := range Services(c) {
		out, place[s.Key] = append(out, ServiceCount{Service: s}), i
	}
	for x := range r.AllTargets() {
		seen := map[string]bool{}
		for _, g := range x.Given {
			i, ok := place[g.Key]
			if !ok {
				continue
			}
			out[i].Times++
			if !seen[g.Key] {
				seen[g.Key] = true
				out[i].Firms++
			}
		}
	}
	return out
}

package form

// fillAuto gives every relevant auto item without an answer its default, and
// every open problem its instance, and has the steps laid out afresh.
func (s *Sheet) fillAuto() {
	s.steps, s.index = nil, nil
	s.fillOpen()
	for i := range s.d.Items {
		it := &s.d.Items[i]
		if !it.Auto {
			continue
		}
		if r, ok := s.d.repeat(it.Repeat); ok {
			for n := 1; n <= s.count(r); n++ {
				s.fillDefault(memberPath(r, n, it))
			}
		} else {
			s.fillDefault(it.ID)
		}
	}
}

// fillDefault answers a relevant step with its default, if it has one and no
// answer.
func (s *Sheet) fillDefault(path string) {
	if s.answers[path].given() {
		return
	}
	step, relevant := s.Step(path)
	if !relevant {
		return
	}
	if a, ok := s.Default(step); ok {
		s.answers[path] = a
		s.steps, s.index = nil, nil
	}
}

// forgetDefaults takes away what the auto items behind an item took by themselves
// in an instance of its repeat, so that they take it anew. This waits for an
// answer: a record that is merely opened stays as it is, even if the program has
// other defaults by then.
func (s *Sheet) forgetDefaults(item *Item, r *Repeat, n int) {
	behind := false
	for i := range s.d.Items {
		it := &s.d.Items[i]
		if path := memberPath(r, n, it); behind && it.Auto && it.Repeat == r.ID && s.answers[path].Via == Defaulted {
			delete(s.answers, path)
		}
		behind = behind || it == item
	}
}

// lack is what a problem of the category lacks, as an option of the problem
// part's item "lacks"; "other" where it is nothing in particular.
func lack(category string) string {
	switch category {
	case "":
		return ""
	case "water", "power", "network", "schooling", "venue":
		return category
	case "road_bridge", "transport":
		return "road"
	case "medical":
		return "medicine"
	case "disability_care", "elder_care", "worry", "mediation_wish":
		return "care"
	case "housing":
		return "house"
	case "jobs":
		return "job"
	case "farming", "market", "collective_income":
		return "sales"
	case "wage", "fund":
		return "money"
	case "welfare", "policy_unclear", "land", "approval", "registration", "tax_fee", "consumer", "petition_lead":
		return "policy"
	case "financing":
		return "loan"
	case "staffing":
		return "labor"
	case "land_site":
		return "venue"
	case "trademark", "ip_dispute":
		return "brand"
	case "tech":
		return "technique"
	case "power_cost":
		return "power"
	case "team", "members", "life_meeting":
		return "team"
	}
	return "other"
}

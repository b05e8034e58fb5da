package casework

import (
	"fmt"
	"unicode/utf8"

	"zoufang/form"
)

// policies reads the policy cards, which are known by their titles. A card that
// was withdrawn stays so, and its row makes a new one.
func (p *planner) policies() {
	if len(p.in[PolicySheet]) == 0 {
		return
	}
	known, seen, last := map[string]Policy{}, map[string]string{}, p.r.Last(policyPrefix)
	for _, x := range p.r.Policies() {
		if !x.Off {
			known[nameKey(x.Title)] = x
		}
	}
	for _, row := range p.in[PolicySheet] {
		var title string
		key := p.reader(PolicySheet, row, nil, true)
		key.text("title", &title)
		if !key.sound() {
			continue
		}
		if first, dup := seen[nameKey(title)]; dup {
			p.duplicate(PolicySheet, row, "title", title, first)
			continue
		}
		seen[nameKey(title)] = p.cell(PolicySheet, row, "title").Ref
		card, there := known[nameKey(title)]
		if !there {
			last++
			card = Policy{ID: PolicyID(p.mint()), Code: policyCode(last)}
		}
		p.policy(row, card, there)
	}
}

func (p *planner) policy(row Row, card Policy, there bool) {
	x := p.reader(PolicySheet, row, p.show.policy(card), !there)
	x.text("title", &card.Title)
	choices(x, "for", &card.For)
	x.date("valid_to", &card.ValidTo)
	choice(x, "category", &card.Category)
	x.prose("text", &card.Text)
	card.On = p.today
	p.settle(x, card.Title, p.show.policy(card), PolicyIssued{Policy: card})
}

// prose reads a text that keeps its lines.
func (x *rowReader) prose(col string, dst *string) {
	_, c, ok := x.value(col)
	if !ok {
		return
	}
	text := form.Clean(x.row.Fields[col].Text)
	if n := utf8.RuneCountInString(text); n > c.Max {
		x.fault(col, FaultTooLong, fmt.Sprintf("%s有 %d 个字，最多 %d 个。", c.Label.Zh, n, c.Max),
			fmt.Sprintf("%s has %d characters, %d at most.", c.Label.En, n, c.Max))
		return
	}
	*dst = text
}

func (s shower) policy(x Policy) map[string]string {
	return map[string]string{
		"title": x.Title, "for": policyFor().labels(x.For), "valid_to": x.ValidTo.String(),
		"category": word(categoryWords(), x.Category), "text": x.Text,
	}
}

// policyPrefix is what the codes of policy cards begin with: ZC-001.
const policyPrefix = "ZC"

func policyCode(n int) string { return fmt.Sprintf("%s-%03d", policyPrefix, n) }

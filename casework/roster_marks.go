package casework

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// knownMarks finds trademarks, there already or new with this roster.
type knownMarks struct {
	ofFirm   map[TargetID][]Trademark
	numbered map[string]Trademark
}

// marks reads the trademarks. A row is known by its number, and otherwise by its
// firm and name.
func (p *planner) marks() {
	if len(p.in[TrademarkSheet]) == 0 {
		return
	}
	known := knownMarks{ofFirm: map[TargetID][]Trademark{}, numbered: map[string]Trademark{}}
	for m := range p.r.AllTrademarks() {
		known.note(m)
	}
	seen := map[TrademarkID]string{}
	for _, row := range p.in[TrademarkSheet] {
		var key Trademark
		x := p.reader(TrademarkSheet, row, nil, true)
		ref(x, "firm", &key.FirmID, p.targetsCoded)
		x.text("name", &key.Name)
		x.markNumber(&key.Number)
		if !x.sound() || !p.isFirm(x, key.FirmID) || !p.freeNumber(x, key, known) {
			continue
		}
		m, there := sameMark(known.ofFirm[key.FirmID], key.Name, key.Number)
		if first, dup := seen[m.ID]; dup && there {
			p.duplicate(TrademarkSheet, row, "name", key.Name, first)
			continue
		}
		m = p.mark(row, m, key)
		seen[m.ID] = p.cell(TrademarkSheet, row, "name").Ref
		known.note(m)
	}
}

func (k knownMarks) note(m Trademark) {
	list := slices.DeleteFunc(k.ofFirm[m.FirmID], func(o Trademark) bool { return o.ID == m.ID })
	k.ofFirm[m.FirmID] = append(list, m)
	if m.Number != "" {
		k.numbered[m.Number] = m
	}
}

func (p *planner) isFirm(x *rowReader, id TargetID) bool {
	kind, ok := p.kinds[id]
	if !ok {
		t, _ := p.r.Target(id)
		kind = t.Kind
	}
	if kind == EnterpriseKind {
		return true
	}
	x.fault("firm", FaultKind, "商标只能记在企业名下，请填企业的编号。", "A trademark belongs to an enterprise: write an enterprise's code.")
	return false
}

// freeNumber wants each number with one firm alone.
func (p *planner) freeNumber(x *rowReader, key Trademark, known knownMarks) bool {
	other, taken := known.numbered[key.Number]
	if !taken || other.FirmID == key.FirmID {
		return true
	}
	code := p.codeOf(other.FirmID)
	x.fault("number", FaultDuplicate, fmt.Sprintf("这个号已记在企业 %s 名下，请核对。", code),
		fmt.Sprintf("The enterprise %s has this number already.", code))
	return false
}

// mark reads one row over the trademark it is about, which may be new.
func (p *planner) mark(row Row, m, key Trademark) Trademark {
	fresh := m.ID == 0
	x := p.reader(TrademarkSheet, row, p.show.mark(m, p.codeOf(m.FirmID)), fresh)
	m.FirmID, m.Name = key.FirmID, key.Name
	if fresh {
		m.ID = TrademarkID(p.mint())
	}
	x.markNumber(&m.Number)
	x.classes(&m.Classes)
	x.text("goods", &m.Goods)
	choice(x, "kind", &m.MarkKind)
	x.date("valid_until", &m.ValidUntil)
	x.flag("top100", &m.Top100)
	p.settle(x, m.Name, p.show.mark(m, p.codeOf(m.FirmID)), TrademarkRecorded{Trademark: m})
	return m
}

func (x *rowReader) markNumber(dst *string) {
	text, c, ok := x.value("number")
	if !ok {
		return
	}
	number := strings.ToUpper(plain(text))
	if number != "" && !markNumber.MatchString(number) {
		x.fault("number", FaultBadCode, c.Label.Zh+"不对：请填 1 到 10 位数字，后面可以带一个字母。",
			c.Label.En+" is wrong: 1 to 10 digits, with a letter behind them or not.")
		return
	}
	*dst = number
}

// classes reads Nice classes.
func (x *rowReader) classes(dst *[]int) {
	text, c, ok := x.value("classes")
	if !ok {
		return
	}
	var out []int
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,;； ", r) }) {
		n, err := strconv.Atoi(strings.Trim(plain(w), "第类"))
		if err != nil || n < 1 || n > 45 {
			x.fault("classes", FaultNotANumber, fmt.Sprintf("%s“%s”不对：请填 1 到 45 的类别号，用、隔开。", c.Label.Zh, shown(w)),
				fmt.Sprintf("%s %q is wrong: class numbers from 1 to 45, parted by commas.", c.Label.En, shown(w)))
			return
		}
		out = append(out, n)
	}
	slices.Sort(out)
	*dst = slices.Compact(out)
}

func (s shower) mark(m Trademark, firm string) map[string]string {
	kind := m.MarkKind
	if kind == "" {
		kind = MarkKinds()[0].ID
	}
	classes := make([]string, len(m.Classes))
	for i, n := range m.Classes {
		classes[i] = strconv.Itoa(n)
	}
	return map[string]string{
		"firm": firm, "name": m.Name, "number": m.Number, "classes": strings.Join(classes, "、"), "goods": m.Goods,
		"kind": word(MarkKinds(), kind), "valid_until": m.ValidUntil.String(), "top100": flagWord(m.Top100),
	}
}

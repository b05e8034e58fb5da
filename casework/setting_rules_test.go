package casework_test

import (
	"encoding/json"
	"strings"
	"testing"

	"zoufang/casework"
	"zoufang/form"
)

// Every number has its words, and Get and With mean the field of that name.
func TestParamsByName(t *testing.T) {
	p := casework.DefaultParams()
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]int
	if err := json.Unmarshal(text, &fields); err != nil {
		t.Fatal(err)
	}
	for i, info := range casework.ParamInfos() {
		want, ok := fields[info.Name]
		delete(fields, info.Name)
		if got, known := p.Get(info.Name); !ok || !known || got != want {
			t.Errorf("Get(%s) = %d, %v, want %d", info.Name, got, known, want)
		}
		if info.Min < 1 || want < info.Min || want > info.Max || info.Label.Zh == "" || info.Label.En == "" || info.Unit == "" {
			t.Errorf("%+v does not describe %d", info, want)
		}
		p, _ = p.With(info.Name, 1000+i)
	}
	if len(fields) > 0 {
		t.Errorf("ParamInfos leaves out %v", fields)
	}
	text, _ = json.Marshal(p)
	_ = json.Unmarshal(text, &fields)
	for i, info := range casework.ParamInfos() {
		if fields[info.Name] != 1000+i {
			t.Errorf("With(%s, %d) makes it %d", info.Name, 1000+i, fields[info.Name])
		}
	}
	if _, ok := p.Get("rain"); ok {
		t.Error("Get(rain) finds a number")
	}
	if _, ok := p.With("rain", 1); ok {
		t.Error("With(rain, 1) finds a number")
	}
}

func TestSetParam(t *testing.T) {
	l := newLedger(t, officeCampaign(t)...)
	for _, tt := range []struct {
		name  string
		who   casework.StaffID
		param string
		value int
		want  casework.Refusal
	}{
		{"by the office", desk, "key_visit", 20, ""},
		{"by the administrator", admin, "key_call", 10, ""},
		{"by the leader", lee, "key_visit", 21, casework.NotYours},
		{"as it is", desk, "key_visit", 20, casework.NoChange},
		{"none", desk, "key_visit", 0, casework.OutOfBounds},
		{"too many", desk, "key_visit", 366, casework.OutOfBounds},
		{"as many as may be", desk, "key_visit", 365, ""},
		{"unknown", desk, "rain", 1, casework.NotFound},
		{"the office before the leader", desk, "leader_wait", 60, casework.OutOfBounds},
	} {
		_, got := l.asks(tt.who, func(r casework.Records, s casework.Staff, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
			return alone(casework.SetParam(r, s, tt.param, tt.value, servingNow(), ids))
		})
		if got != tt.want {
			t.Errorf("%s: SetParam = %q, want %q", tt.name, got, tt.want)
		}
	}
	l.view(func(r casework.Records) {
		c, _ := r.Campaign()
		if c.Params.KeyVisit != 365 || c.Params.KeyCall != 10 {
			t.Errorf("the numbers are %d and %d, want 365 and 10", c.Params.KeyVisit, c.Params.KeyCall)
		}
		list := r.Settings(9)
		if len(list) != 3 || list[0].Key != "key_visit" || list[0].Before != "20" || list[0].After != "365" || list[0].By != desk || list[0].On != today {
			t.Errorf("Settings = %+v, want three, the newest first", list)
		}
	})
}

func TestRelabel(t *testing.T) {
	l := newLedger(t, officeCampaign(t)...)
	word := func(f, item, option string) casework.Word {
		return casework.Word{Form: f, Item: item, Option: option}
	}
	sunny := word("household", "mood", "sunny")
	for _, tt := range []struct {
		name  string
		who   casework.StaffID
		w     casework.Word
		label form.Label
		want  casework.Refusal
	}{
		{"another word", desk, sunny, form.Label{Zh: "晴朗"}, ""},
		{"the same", desk, sunny, form.Label{Zh: "晴朗"}, casework.NoChange},
		{"in English as well", desk, sunny, form.Label{Zh: "晴朗", En: "Bright"}, ""},
		{"another's word", desk, sunny, form.Label{Zh: "多云"}, casework.Taken},
		{"another's other word", desk, sunny, form.Label{Zh: "下雨"}, casework.Taken},
		{"no word", desk, sunny, form.Label{Zh: " "}, casework.NeedsText},
		{"two words", desk, sunny, form.Label{Zh: "晴、好"}, casework.NeedsText},
		{"too long", desk, sunny, form.Label{Zh: strings.Repeat("晴", 21)}, casework.NeedsText},
		{"by the administrator", admin, sunny, form.Label{Zh: "大晴天"}, casework.NotYours},
		{"of the checklist", desk, word("household", "utilities", "road"), form.Label{Zh: "大路"}, casework.NotFound},
		{"of a text", desk, word("household", "free", "road"), form.Label{Zh: "大路"}, casework.NotFound},
		{"of no form", desk, word("letter", "mood", "sunny"), form.Label{Zh: "大路"}, casework.NotFound},
		{"of a part that forms share", desk, word("enterprise", "urgency", "urgent"), form.Label{Zh: "紧要"}, ""},
	} {
		_, got := l.asks(tt.who, func(r casework.Records, s casework.Staff, ids *casework.Minter) ([]casework.Fact, casework.Refusal) {
			return casework.Relabel(r, s, tt.w, tt.label, servingNow(), ids)
		})
		if got != tt.want {
			t.Errorf("%s: Relabel = %q, want %q", tt.name, got, tt.want)
		}
	}
	labels := func(d form.Definition, item string) string {
		it, _ := d.Item(item)
		var out []string
		for _, o := range it.Options {
			out = append(out, o.Label.Zh+"/"+o.Label.En)
		}
		return strings.Join(out, " ")
	}
	l.view(func(r casework.Records) {
		d, _ := r.Form("household", 0)
		if got, want := labels(d, "mood"), "晴朗/Bright 多云/Cloudy 阴/Overcast 雨/Rain"; got != want {
			t.Errorf("the moods are %s, want %s", got, want)
		}
		for _, name := range []string{"household", "enterprise", "organization", "raise"} {
			d, _ := r.Form(name, 0)
			if got, want := labels(d, "urgency"), "一般/Normal 紧要/Urgent 特急/Emergency"; got != want {
				t.Errorf("the urgencies of %s are %s, want %s", name, got, want)
			}
		}
		it, _ := d.Item("mood")
		if id, ok := casework.Dictionary(it.Options).Token("晴"); !ok || id != "sunny" {
			t.Errorf("the old word means %q", id)
		}
		if got := r.Settings(1)[0]; got.Key != "enterprise/urgency/urgent" || got.Before != "急" || got.After != "紧要" {
			t.Errorf("the newest setting is %+v", got)
		}
		// A form of a newer program keeps the word.
		own, _ := r.Form("household", 2)
		own.Version = 9
		next, ok := casework.NewerForm(d, own)
		if got, want := labels(next, "mood"), "晴朗/Bright 多云/Cloudy 阴/Overcast 雨/Rain"; !ok || got != want {
			t.Errorf("the newer form's moods are %s, want %s", got, want)
		}
	})
}

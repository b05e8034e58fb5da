package form_test

import (
	"errors"
	"strings"
	"testing"

	"zoufang/form"
)

// readable has an item of every type. Today is 2017-04-05.
const readable = `
id: readable
version: 1
title: {zh: 试}
items:
  - {id: one, no: 1, type: select_one, label: {zh: 一}, question: {zh: 一}, required: "yes", options: [
      {id: up, label: {zh: 增, en: Up}, aliases: [多了]},
      {id: flat, label: {zh: 没变化, en: No change}, aliases: [没法]},
      {id: unsure, label: {zh: 没法说, en: Not sure}},
      {id: ten, label: {zh: 10人以下, en: Under 10}}]}
  - {id: many, no: 2, type: select_multiple, label: {zh: 二}, question: {zh: 二}, options: [
      {id: road, label: {zh: 路, en: Road}},
      {id: water, label: {zh: 水, en: Water}, aliases: [自来水]},
      {id: power, label: {zh: 电, en: Power}},
      {id: peace, label: {zh: 和睦, en: Peace and quiet}},
      {id: none, label: {zh: 无, en: None}, exclusive: true}]}
  - {id: past, no: 3, type: date, label: {zh: 三}, question: {zh: 三}, required: "yes",
     constraint: . <= today() and . >= earliest()}
  - {id: future, no: 4, type: date, label: {zh: 四}, question: {zh: 四}, required: "yes",
     constraint: . > today() and . <= today() + 180}
  - {id: number, no: 5, type: integer, label: {zh: 五}, question: {zh: 五}, min: 0, max: 100000}
  - {id: words, no: 6, type: text, label: {zh: 六}, question: {zh: 六}, required: "yes", min: 5, max: 20}
  - {id: said, no: 7, type: text, label: {zh: 七}, question: {zh: 七}, voice: true, max: 500}
  - {id: code, no: 8, type: text, label: {zh: 八}, question: {zh: 八}, max: 11, code: true,
     constraint: "regex(., '[0-9]{1,10}[A-Z]?')", constraint_message: {zh: 请填数字, en: Use digits}}
  - {id: day, no: 9, type: date, label: {zh: 九}, question: {zh: 九}}
  - {id: stop, no: 10, type: note, label: {zh: 十}, question: {zh: 十}, stop: true}
  - {id: last, no: 11, type: text, label: {zh: 完}, question: {zh: 完}, max: 5}
`

func readSheet(tb testing.TB) *form.Sheet {
	tb.Helper()
	d, err := form.Parse([]byte(readable))
	if err != nil {
		tb.Fatal(err)
	}
	return form.Open(&d, nil, testContext())
}

func TestRead(t *testing.T) {
	s := readSheet(t)
	for _, tt := range []struct{ path, text, want string }{
		// One choice.
		{"one", "增", "up"},
		{"one", " 增 。", "up"},
		{"one", "多了", "up"},
		{"one", "UP", "up"},
		{"one", "Ｕｐ", "up"},
		{"one", "no change", "flat"},
		{"one", "没变", "flat"},
		{"one", "not", "unsure"},
		{"one", "没法", "flat"},
		{"one", "1", "up"},
		{"one", "１", "up"},
		{"one", "一", "up"},
		{"one", "②", "flat"},
		{"one", "第二个", "flat"},
		{"one", "(3)", "unsure"},
		{"one", "4.", "ten"},
		{"one", "10", "ten"},
		// Several choices.
		{"many", "路", "road"},
		{"many", "水 路", "road water"},
		{"many", "水，路", "road water"},
		{"many", "水、路", "road water"},
		{"many", "水和路", "road water"},
		{"many", "水/路", "road water"},
		{"many", "自来水,road", "road water"},
		{"many", "water and power", "water power"},
		{"many", "1、3", "road power"},
		{"many", "１ ３", "road power"},
		{"many", "水电", "water power"},
		{"many", "水，水", "water"},
		{"many", "和睦", "peace"},
		{"many", "peace and quiet", "peace"},
		{"many", "无", "none"},
		// Days, the past being right.
		{"past", "今天", "2017-04-05"},
		{"past", "今日", "2017-04-05"},
		{"past", "今天上午", "2017-04-05"},
		{"past", "昨天", "2017-04-04"},
		{"past", "前天", "2017-04-03"},
		{"past", "大前天", "2017-04-02"},
		{"past", "三天前", "2017-04-02"},
		{"past", "today", "2017-04-05"},
		{"past", "Yesterday", "2017-04-04"},
		{"past", "4月5日", "2017-04-05"},
		{"past", "４月５日", "2017-04-05"},
		{"past", "4月5号", "2017-04-05"},
		{"past", "4月5", "2017-04-05"},
		{"past", "四月五日", "2017-04-05"},
		{"past", "三月二十一号", "2017-03-21"},
		{"past", "4月5日 周三", "2017-04-05"},
		{"past", "4.5", "2017-04-05"},
		{"past", "4/5", "2017-04-05"},
		{"past", "4-5", "2017-04-05"},
		{"past", "3.31", "2017-03-31"},
		{"past", "2017-04-05", "2017-04-05"},
		{"past", "2017.4.5", "2017-04-05"},
		{"past", "2017/4/5", "2017-04-05"},
		{"past", "2017年4月5日", "2017-04-05"},
		{"past", "二〇一七年四月五日", "2017-04-05"},
		{"past", "17年4月5日", "2017-04-05"},
		{"past", "今年4月5日", "2017-04-05"},
		{"past", "17.4.5", "2017-04-05"},
		{"past", "20170405", "2017-04-05"},
		{"past", "２０１７０４０５", "2017-04-05"},
		{"past", "5号", "2017-04-05"},
		{"past", "6号", "2017-03-06"},
		{"past", "31号", "2017-03-31"},
		{"past", "上月5号", "2017-03-05"},
		{"past", "周三", "2017-04-05"},
		{"past", "星期四", "2017-03-30"},
		{"past", "周日", "2017-04-02"},
		{"past", "上周三", "2017-03-29"},
		{"past", "上个星期天", "2017-04-02"},
		{"past", "上上周一", "2017-03-20"},
		{"past", "本周一", "2017-04-03"},
		{"past", "这周二", "2017-04-04"},
		{"past", "Apr 5", "2017-04-05"},
		{"past", "5 april", "2017-04-05"},
		{"past", "5th of April 2017", "2017-04-05"},
		{"past", "Wed 5 Apr", "2017-04-05"},
		{"past", "last Friday", "2017-03-31"},
		{"past", "Monday", "2017-04-03"},
		// Days, the future being right.
		{"future", "明天", "2017-04-06"},
		{"future", "后天", "2017-04-07"},
		{"future", "大后天", "2017-04-08"},
		{"future", "10天后", "2017-04-15"},
		{"future", "tomorrow", "2017-04-06"},
		{"future", "5号", "2017-05-05"},
		{"future", "4.6", "2017-04-06"},
		{"future", "周三", "2017-04-12"},
		{"future", "周四", "2017-04-06"},
		{"future", "下周一", "2017-04-10"},
		{"future", "next Wednesday", "2017-04-12"},
		{"future", "下个月1号", "2017-05-01"},
		// Days without a constraint: the nearest.
		{"day", "12月30日", "2016-12-30"},
		{"day", "2月29日", "2016-02-29"},
		{"day", "去年12月3号", "2016-12-03"},
		{"day", "31号", "2017-03-31"},
		// Numbers.
		{"number", "12", "12"},
		{"number", "１２", "12"},
		{"number", "十二", "12"},
		{"number", "二十", "20"},
		{"number", "一百零五", "105"},
		{"number", "一百五", "150"},
		{"number", "两千三", "2300"},
		{"number", "一万二", "12000"},
		{"number", "三千零五十", "3050"},
		{"number", "两", "2"},
		{"number", "十五", "15"},
		{"number", "三万零五十", "30050"},
		{"number", "三千零五", "3005"},
		{"number", "九万九千九百九十九", "99999"},
		{"number", "一二三", "123"},
		{"number", "贰佰", "200"},
		{"number", "零", "0"},
		{"number", "3人", "3"},
		{"number", "三 口", "3"},
		{"number", "1,200", "1200"},
		{"number", "12 people", "12"},
		{"number", "007", "7"},
		// Texts.
		{"code", "１２３４a", "1234A"},
		{"words", " 村口的路坏了 ", "村口的路坏了"},
		{"words", "路坏\u200b了,不\u202e好走", "路坏了,不好走"},
		{"said", "voice:abc", "voice:abc"},
		{"code", "123", "123"},
	} {
		step, _ := s.Step(tt.path)
		a, err := s.Read(step, tt.text)
		if got := strings.Join(a.Values, " "); got != tt.want || err != nil || a.Via != form.Typed {
			t.Errorf("Read(%s, %q) = %q by %q, %v, want %q", tt.path, tt.text, got, a.Via, err, tt.want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	s := readSheet(t)
	for _, tt := range []struct {
		path, text string
		want       form.RefusalCode
		got        string
	}{
		{"one", "", form.Empty, ""},
		{"one", "\u200b", form.Empty, ""},
		{"one", "什么", form.NotAChoice, "什么"},
		{"one", "9", form.NotAChoice, "9"},
		{"one", "0", form.NotAChoice, "0"},
		{"one", "没", form.Ambiguous, "没"},
		{"one", "no", form.Ambiguous, "no"},
		{"one", "增，10人", form.TooMany, "增，10人"},
		{"one", "11010519491231002X", form.NotAChoice, ""},
		{"many", "路、桥", form.NotAChoice, "桥"},
		{"many", "路 9", form.NotAChoice, "9"},
		{"many", "、", form.NotAChoice, " "},
		{"many", "路、无", form.TooMany, ""},
		{"past", "明天", form.DateFuture, "2017-04-06"},
		{"past", "2018-01-01", form.DateFuture, "2018-01-01"},
		{"past", "2016-12-30", form.DateTooOld, "2016-12-30"},
		{"past", "12月30日", form.DateTooOld, "2016-12-30"},
		{"past", "2月30日", form.NotADate, "2月30日"},
		{"past", "13月1日", form.NotADate, "13月1日"},
		{"past", "2017-02-29", form.NotADate, "2017-02-29"},
		{"past", "改天", form.NotADate, "改天"},
		{"past", "4月", form.NotADate, "4月"},
		{"past", "5", form.NotADate, "5"},
		{"past", "0.5", form.NotADate, "0.5"},
		{"past", "周八", form.NotADate, "周八"},
		{"past", "上下周三", form.NotADate, "上下周三"},
		{"past", "无", form.NotADate, "无"},
		{"past", "1.2.3.4", form.NotADate, "1.2.3.4"},
		{"future", "今天", form.DatePast, "2017-04-05"},
		{"future", "昨天", form.DatePast, "2017-04-04"},
		{"future", "4月5日", form.DatePast, "2017-04-05"},
		{"future", "2018-01-01", form.OutOfRange, "2018-01-01"},
		{"number", "几个", form.NotANumber, "几个"},
		{"number", "十几", form.NotANumber, "十几"},
		{"number", "3.5", form.NotANumber, "3.5"},
		{"number", "2-3", form.NotANumber, "2-3"},
		{"number", "1,20", form.NotANumber, "1,20"},
		{"number", "99999999999999999999", form.NotANumber, "99999999999999999999"},
		{"number", "-1", form.OutOfRange, "-1"},
		{"number", "万", form.NotANumber, "万"},
		{"number", "五六十", form.NotANumber, "五六十"},
		{"number", "一万亿", form.NotANumber, "一万亿"},
		{"number", "九九九九九九九九九九九九九", form.NotANumber, "九九九九九九九九九九九九九"},
		{"number", "一千零一亿零二万", form.OutOfRange, "100100020000"},
		{"number", "二千万亿", form.NotANumber, "二千万亿"},
		{"past", "前年4月5日", form.DateTooOld, "2015-04-05"},
		{"past", "明年4月5日", form.DateFuture, "2018-04-05"},
		{"past", "某年4月5日", form.NotADate, "某年4月5日"},
		{"past", "5天", form.NotADate, "5天"},
		{"number", "一亿", form.OutOfRange, "100000000"},
		{"words", "路坏了", form.TooShort, "3"},
		{"words", strings.Repeat("路", 21), form.TooLong, "21"},
		{"words", "他的号是11010519491231002X", form.IDNumber, ""},
		{"words", "打１３８００１３８０００找他", form.Phone, ""},
		{"words", "无", form.TooShort, "1"},
		{"code", "abc", form.Constraint, ""},
	} {
		step, _ := s.Step(tt.path)
		a, err := s.Read(step, tt.text)
		var r *form.Refusal
		if !errors.As(err, &r) {
			t.Errorf("Read(%s, %q) = %v, %v, want a refusal %s", tt.path, tt.text, a, err, tt.want)
			continue
		}
		if r.Code != tt.want || r.Got != tt.got || r.Item != tt.path {
			t.Errorf("Read(%s, %q) refused as %s (got %q), want %s (got %q)", tt.path, tt.text, r.Code, r.Got, tt.want, tt.got)
		}
		if tt.text != "" && strings.Contains(r.Error(), tt.text) && len(tt.text) > 3 {
			t.Errorf("Error() of %q holds the person's text: %s", tt.text, r)
		}
	}
}

func TestReadNamesWhatWouldBeRight(t *testing.T) {
	s := readSheet(t)
	for _, tt := range []struct{ path, text, want string }{
		{"one", "没", "flat unsure"},
		{"one", "什么", "up flat unsure ten"},
		{"many", "路、无", "none"},
	} {
		step, _ := s.Step(tt.path)
		_, err := s.Read(step, tt.text)
		var r *form.Refusal
		if !errors.As(err, &r) {
			t.Fatalf("Read(%s, %q) was not refused", tt.path, tt.text)
		}
		var ids []string
		for _, o := range r.Options {
			ids = append(ids, o.ID)
		}
		if got := strings.Join(ids, " "); got != tt.want {
			t.Errorf("Read(%s, %q) offers %q, want %q", tt.path, tt.text, got, tt.want)
		}
	}
	step, _ := s.Step("code")
	_, err := s.Read(step, "abc")
	var r *form.Refusal
	if !errors.As(err, &r) || r.Message.En != "Use digits" {
		t.Errorf("Read(code, abc) = %v, want the constraint's message", err)
	}
}

func TestReadNothingSkipsOptional(t *testing.T) {
	s := readSheet(t)
	for _, path := range []string{"said", "number", "day", "last"} {
		step, _ := s.Step(path)
		for _, text := range []string{"无", "没有。", "無", "None", "－"} {
			if a, err := s.Read(step, text); err != nil || !a.Skipped {
				t.Errorf("Read(%s, %q) = %v, %v, want it skipped", path, text, a, err)
			}
		}
	}
}

func TestCheckTapped(t *testing.T) {
	s := readSheet(t)
	for _, tt := range []struct {
		path string
		a    form.Answer
		want form.RefusalCode
	}{
		{"one", form.Answer{Values: []string{"up"}}, ""},
		{"one", form.Answer{Values: []string{"forged"}}, form.NotAChoice},
		{"one", form.Answer{Values: []string{"up", "flat"}}, form.TooMany},
		{"one", form.Answer{}, form.Empty},
		{"one", form.Answer{Skipped: true}, form.Empty},
		{"many", form.Answer{Values: []string{"road", "road"}}, form.NotAChoice},
		{"many", form.Answer{Values: []string{"road", "none"}}, form.TooMany},
		{"many", form.Answer{Skipped: true}, ""},
		{"past", form.Answer{Values: []string{"2017-04-05"}}, ""},
		{"past", form.Answer{Values: []string{""}}, form.NotADate},
		{"past", form.Answer{Values: []string{"4.5"}}, form.NotADate},
		{"past", form.Answer{Values: []string{"2017-04-05", "2017-04-05"}}, form.TooMany},
		{"number", form.Answer{Values: []string{"+5"}}, form.NotANumber},
		{"number", form.Answer{Values: []string{"5", "6"}}, form.TooMany},
		{"said", form.Answer{Values: []string{"voice:AgAD"}, Via: form.Spoken}, ""},
		{"said", form.Answer{Values: []string{"AgAD"}, Via: form.Spoken}, form.Constraint},
		{"said", form.Answer{Values: []string{""}}, form.Empty},
		{"said", form.Answer{Values: []string{"a", "b"}}, form.TooMany},
		{"last", form.Answer{Values: []string{"voice:AgAD"}, Via: form.Spoken}, form.Constraint},
		{"stop", form.Answer{Skipped: true}, ""},
		{"stop", form.Answer{Values: []string{"x"}}, form.NotAChoice},
	} {
		step, _ := s.Step(tt.path)
		err := s.Check(step, tt.a)
		var r *form.Refusal
		if errors.As(err, &r); err == nil != (tt.want == "") || err != nil && r.Code != tt.want {
			t.Errorf("Check(%s, %+v) = %v, want %q", tt.path, tt.a, err, tt.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{"今天", "4月5日", "一百零五", "水、电", "上周三", "2017-04-05", "Apr 5", "无", "年月日", "天后", "()", "第个"} {
		f.Add(text)
	}
	s := readSheet(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, step := range s.Steps() {
			a, err := s.Read(step, text)
			if err != nil {
				if _, ok := errors.AsType[*form.Refusal](err); !ok {
					t.Fatalf("Read(%s, %q) fails with %T", step.Path, text, err)
				}
				continue
			}
			if err := s.Check(step, a); err != nil {
				t.Errorf("Read(%s, %q) = %v, which Check refuses: %v", step.Path, text, a, err)
			}
		}
	})
}

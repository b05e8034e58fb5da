package dialog_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/form"
)

// visits are the visits recorded since the world began, by code.
func (w *world) visits(tb testing.TB) []casework.Visit {
	tb.Helper()
	var out []casework.Visit
	err := w.store.EachEvent(uint64(len(w.set.Events))+1, func(e casework.Event) error {
		if f, ok := e.Fact.(casework.VisitReported); ok {
			out = append(out, f.Visit)
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// events is how many events the ledger has.
func (w *world) events(tb testing.TB) (n int) {
	tb.Helper()
	if err := w.store.EachEvent(1, func(casework.Event) error { n++; return nil }); err != nil {
		tb.Fatal(err)
	}
	return n
}

// play does the lines in turn.
func (p *phone) play(tb testing.TB, lines ...string) {
	tb.Helper()
	for _, l := range lines {
		p.do(tb, l)
	}
}

func TestTapsOfANoChangeRevisit(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	p.play(t, "/visit")
	p.taps = 0
	p.play(t, "[薛*]", "[访成]", "[其余无变化]", "[晴]", "[🙂 无诉求]", "[✅ 提交]")
	if len(w.visits(t)) != 1 || p.taps > 6 {
		t.Errorf("a no-change revisit took %d taps for %d records, want at most 6 for 1", p.taps, len(w.visits(t)))
	}
}

func TestTapsOfAFirstVisitWithAProblem(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	p.play(t, "/register", "[家庭]", "[柳溪村]", "滕大有", "[✅ 登记]")
	p.taps = 0
	p.play(t, "[▶ 打开]", "[访成]", "[无变化]", "[平]", "[无困难]", "[安全]", "[正常]", "[☐ 路]", "[选好了]", "[☐ 技术]", "[选好了]", "[不清楚]", "[晴]",
		"村口的路一下雨就没法走", "[记为问题]", "[群众生活]", "[修路]", "[一般]", "[正在办理]")
	p.play(t, "[✅ 提交]")
	visits := w.visits(t)
	if len(visits) != 1 || len(visits[0].ProblemIDs) != 1 {
		t.Fatalf("recorded %v, want one visit with one problem", visits)
	}
	if p.taps > 20 {
		t.Errorf("a first visit with a problem took %d taps and texts, want at most 20", p.taps)
	}
}

func TestALongReviewTurnsItsPages(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	p.play(t, "/visit", "[薛*]", "[访成]", "[其余无变化]", "[晴]", "村里的路灯坏了好几盏", "[记为问题]")
	for i := range 6 {
		if i > 0 {
			p.play(t, "[➕ 再记一个问题]")
		}
		p.play(t, "[群众生活]", "[用电]")
		if i > 0 {
			p.play(t, fmt.Sprintf("第%d处的电线老化了", i))
		}
		p.play(t, "[一般]", "[正在办理]")
	}
	p.play(t, "[›]", "[✎ 问题6·紧急程度]", "[特急]", "[✅ 提交]")
	visits := w.visits(t)
	if len(visits) != 1 || len(visits[0].ProblemIDs) != 6 || visits[0].Answers["problem/6/urgency"].Values[0] != "emergency" {
		t.Errorf("recorded %+v, want one visit with six problems, the last an emergency", visits)
	}
}

func TestEightAnswersInOneBurst(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	p.play(t, "/visit", "[薛*]", "[访成]")
	burst := []string{"有变化", "添了一个孙子", "增", "负担重", "有隐患", "有困难", "路、水", "就业"}
	var batch []dialog.Input
	for _, words := range burst {
		batch = append(batch, p.text(words))
	}
	w.apply(batch...)
	w.apply(batch...) // and all of them delivered again
	p.play(t, "[其余无变化]", "[雨]", "[🙂 无诉求]", "[✅ 提交]")
	visits := w.visits(t)
	if len(visits) != 1 {
		t.Fatalf("%d records, want 1", len(visits))
	}
	got := map[string]string{}
	for _, path := range []string{"change", "profile_change", "income", "medical", "housing", "schooling", "utilities", "work"} {
		got[path] = strings.Join(visits[0].Answers[path].Values, " ")
	}
	want := map[string]string{
		"change": "changed", "profile_change": "添了一个孙子", "income": "up", "medical": "burden",
		"housing": "hazard", "schooling": "hard", "utilities": "road water", "work": "job",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("answers of the burst (-want +got):\n%s", diff)
	}
}

func TestTheSameTapTwentyTimes(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	p.play(t, "/visit", "[薛*]", "[访成]", "[其余无变化]", "[晴]", "[🙂 无诉求]")
	tap := p.tap(t, "✅ 提交")
	shown := len(p.shown)
	for range 20 {
		again := p.press(tap.Message, tap.Data)
		w.apply(again)
	}
	if n := len(w.visits(t)); n != 1 {
		t.Errorf("the same tap 20 times made %d records, want 1", n)
	}
	if n := len(p.shown) - shown; n > 1 {
		t.Errorf("the same tap 20 times sent %d new messages, want at most 1", n)
	}
}

func TestAnAlbumBetweenTexts(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	p.play(t, "/visit", "[薛*]", "[访成]")
	batch := []dialog.Input{p.text("无变化")}
	for i := range 10 {
		batch = append(batch, p.file(casework.Photo, fmt.Sprint("p", i), "album"))
		if i == 4 {
			batch = append(batch, p.text("平"))
		}
	}
	w.heard()
	w.apply(batch...)
	receipts := 0
	for _, l := range w.heard() {
		if strings.Contains(l, "👍") {
			receipts++
		}
	}
	p.play(t, "[其余无变化]", "[晴]", "[🙂 无诉求]", "[✅ 提交]")
	visits := w.visits(t)
	if len(visits) != 1 || len(visits[0].Attachments) != 10 || visits[0].Answers["income"].Values[0] != "flat" {
		t.Fatalf("recorded %v, want one visit with ten photos and the answers between them", visits)
	}
	if receipts != 1 {
		t.Errorf("an album got %d receipts, want 1", receipts)
	}
}

// publish puts a further version of the household form into the ledger: one
// item is new, and one option of another is gone.
func (w *world) publish(tb testing.TB) {
	tb.Helper()
	var def form.Definition
	err := w.store.View(func(v dialog.View) error {
		def, _ = v.Form("household", 0)
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	def.Version++
	def.Items = slices.Clone(def.Items)
	for i, it := range def.Items {
		if it.ID == "income" {
			def.Items[i].Options = slices.DeleteFunc(slices.Clone(it.Options), func(o form.Option) bool { return o.ID == "up" })
		}
	}
	fresh := form.Item{
		ID: "heating", Type: form.SelectOne, Label: form.Label{Zh: "取暖", En: "Heating"}, Question: form.Label{Zh: "冬天取暖怎么样？"},
		Required: "yes", Relevant: "${outcome} = 'met'",
		Options: []form.Option{{ID: "good", Label: form.Label{Zh: "够暖"}}, {ID: "bad", Label: form.Label{Zh: "挨冻"}}},
	}
	def.Items = append(slices.Clip(def.Items), fresh)
	w.apply(dialog.Input{Kind: dialog.Office, Cause: fmt.Sprint("publish:", def.Version), Reached: w.now, Facts: []casework.Fact{casework.FormPublished{Form: def}}})
}

func TestADraftSurvivesANewForm(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	p.play(t, "/visit", "[薛*]", "[访成]", "[无变化]", "[增]", "[无困难]", "/cancel", "[💾 保留]")
	w.restart()
	w.publish(t)
	w.heard()
	p.play(t, "/visit", "[▶ 继续]")
	heard := strings.Join(w.heard(), "\n")
	if !strings.Contains(heard, "收入变化") || !strings.Contains(heard, "表单更新了") {
		t.Errorf("the answer that could not be kept was not told:\n%s", heard)
	}
	p.play(t, "[平]", "[其余无变化]", "[晴]", "[🙂 无诉求]", "[挨冻]", "[✅ 提交]")
	visits := w.visits(t)
	if len(visits) != 1 || visits[0].FormVersion != 3 || visits[0].Answers["medical"].Values[0] != "none" || visits[0].Answers["heating"].Values[0] != "bad" {
		t.Errorf("recorded %v, want one visit on version 3 with the answers of both", visits)
	}
}

func TestEveryButtonEverSentAnswersSensibly(t *testing.T) {
	w := newWorld(t)
	p := w.phone("member")
	p.play(t, "/start", "[📝 记一次走访]", "[薛*]", "[📅 补记]", "[📆 其他日期]", "[↩ 回去继续填]", "[今天]", "[访成]", "[无变化]", "增", "[◀ 上一题]",
		"[其余无变化]", "[晴]", "坡上的路灯坏了好几盏", "[记为问题]", "[群众生活]", "[用电]", "[一般]", "[正在办理]", "[✎ 民情晴雨]", "[雨]", "[✅ 提交]",
		"[📄 查看]", "[✎ 更正]", "[✎ 上学]", "[正常]", "[✅ 保存]", "[↩ 回到核对]", "/lang", "/lang", "/register", "[家庭]", "[柳溪村]", "史小花", "/visit", "[新的走访]", "[安*]", "[访成]")
	old := p.everSent
	w.restart()
	w.publish(t)
	before := len(w.visits(t))
	for _, b := range old {
		w.heard()
		toasts, err := w.store.Apply([]dialog.Input{p.press(b.message, b.data)}, w.dialog)
		if err != nil || len(toasts) != 1 {
			t.Fatalf("button %q: %v, %v, want one answer", b.label, toasts, err)
		}
		w.deliver()
	}
	if len(w.visits(t)) != before {
		t.Errorf("old buttons made %d records, want none", len(w.visits(t))-before)
	}
}

func TestForeignAndForgedButtonsDoNothing(t *testing.T) {
	w := newWorld(t)
	p, other := w.phone("member"), w.phone("leader")
	p.play(t, "/start")
	started := w.events(t)
	w.apply(other.press(1, p.tap(t, "English").Data)) // of another person's live card
	if n := w.events(t) - started; n != 0 {
		t.Errorf("a button of another person's card made %d events, want none", n)
	}
	p.play(t, "/visit", "[薛*]", "[访成]", "[其余无变化]", "[晴]", "[🙂 无诉求]")
	data := p.tap(t, "✅ 提交").Data
	before := w.events(t)
	for _, forged := range []string{data, "", ".", "..", "0.0.0", "zzzzzzzzzzzzzzzzzzzzzzzz", data + "0", strings.Replace(data, ".", "..", 1), "-1.0.0", strings.ToUpper(data), "\xff.0.0"} {
		w.apply(other.press(1, forged))
	}
	if n := len(w.visits(t)); n != 0 {
		t.Errorf("forged buttons made %d records, want none", n)
	}
	if n := w.events(t) - before; n != 0 {
		t.Errorf("forged buttons made %d events, want none", n)
	}
}

func TestABurstBeyondTheAllowanceIsHeldBack(t *testing.T) {
	w := newWorld(t)
	d, err := dialog.New(dialog.Options{Zone: shanghai, PerSecond: 2, Burst: 5})
	if err != nil {
		t.Fatal(err)
	}
	w.dialog = d
	p := w.phone("member")
	var batch []dialog.Input
	for range 20 {
		in := p.text("/start")
		in.Reached = w.now
		batch = append(batch, in)
	}
	for i := range batch {
		batch[i].Reached = w.now
	}
	w.apply(batch...)
	told := 0
	for _, l := range w.heard() {
		if strings.Contains(l, "有点快") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("a flood was told to slow down %d times, want once", told)
	}
	w.now = w.now.Add(time.Minute)
	p.play(t, "/help")
	if heard := strings.Join(w.heard(), "\n"); !strings.Contains(heard, "怎么用") {
		t.Errorf("after a minute the person is not answered: %q", heard)
	}
}

// catalogue is everything the bot can say in a language. No key stands in two
// files.
func catalogue(t *testing.T, lang string) map[string]any {
	t.Helper()
	files, err := filepath.Glob("locale/*." + lang + ".yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no catalogue: %v", err)
	}
	all := map[string]any{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := yaml.Unmarshal(data, &m); err != nil {
			t.Fatal(err)
		}
		for k, v := range m {
			if all[k] != nil {
				t.Errorf("%s says %q, which another file says too", name, k)
			}
			all[k] = v
		}
	}
	return all
}

var placeholder = regexp.MustCompile(`\{\{(?:if )?\.(\w+)`)

func TestCataloguesHaveEqualKeysAndPlaceholders(t *testing.T) {
	read := func(lang string) map[string][]string {
		m := catalogue(t, lang)
		out := map[string][]string{}
		for k, v := range m {
			seen := map[string]bool{}
			for _, found := range placeholder.FindAllStringSubmatch(fmt.Sprint(v), -1) {
				seen[strings.TrimSuffix(found[1], "Name")] = true // a month is a name in English
			}
			out[k] = slices.Sorted(maps.Keys(seen))
		}
		return out
	}
	if diff := cmp.Diff(read("zh-Hans"), read("en")); diff != "" {
		t.Errorf("catalogues differ (-Chinese +English):\n%s", diff)
	}
}

var spoken = regexp.MustCompile(`say\("([a-z_.0-9]+)"[,)]|toast\("([a-z_.0-9]+)"[,)]`)

func TestEverySentenceIsInTheCatalogue(t *testing.T) {
	have := catalogue(t, "en")
	files, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		code, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range spoken.FindAllStringSubmatch(string(code), -1) {
			if key := found[1] + found[2]; have[key] == nil {
				t.Errorf("%s says %q, which is in no catalogue", name, key)
			}
		}
	}
}

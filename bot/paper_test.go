package bot_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/bot"
	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/simulator"
)

// canary stands for what papers and files hold, and nobody else may see.
const canary = "canary-of-the-household"

func paperFor(chat dialog.ChatID, once bool) dialog.Letter {
	return dialog.Letter{Kind: dialog.Paper, Chat: chat, Export: 17, Text: "问题清单", Protect: true, Once: once}
}

func press(_ context.Context, id casework.ExportID, progress func(int)) (bot.Paper, error) {
	progress(35)
	return bot.Paper{Name: fmt.Sprintf("问题清单 %d.xlsx", id), Data: []byte("PK " + canary), Rows: 35, SHA256: "ab12"}, nil
}

// told shows an input that tells of a letter.
func told(in dialog.Input) string {
	line := fmt.Sprintf("%s %s %d", in.Cause, in.Kind, in.Chat)
	if d := in.Delivery; d != nil {
		line += " " + string(d.Status)
		if d.TooLarge {
			line += " too large"
		}
	}
	if r := in.Reading; r != nil {
		line += " " + r.Fault.En
	}
	return line
}

// desk is a bot's sender on the simulator, with what it reports.
type desk struct {
	sim   *simulator.Simulator
	box   *outbox
	heard chan dialog.Input
	log   *journal
	stop  func()
}

// open starts a sender at the address of a simulator.
func open(t *testing.T, sim *simulator.Simulator, url string, change func(*bot.Config), letters ...dialog.Letter) *desk {
	t.Helper()
	d := &desk{sim: sim, box: newOutbox(), heard: make(chan dialog.Input, 16), log: &journal{}}
	c := bot.Config{
		Token: sim.Token(), APIURL: url, Now: sim.Now, Limits: bot.Limits{Off: true}, Paper: press,
		Log: slog.New(slog.NewTextHandler(d.log, nil)),
	}
	change(&c)
	b, err := bot.New(c)
	if err != nil {
		t.Fatal(err)
	}
	d.box.put(letters...)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- b.Send(ctx, d.box, func(_ context.Context, in dialog.Input) error {
			d.heard <- in
			return nil
		})
	}()
	d.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Send() = %v, want nil", err)
		}
		if n := d.log.count(canary); n != 0 {
			t.Errorf("%d lines of the log hold what a file holds, want 0", n)
		}
		if left := d.box.left(); len(left) != 0 {
			t.Errorf("left = %v, want none", left)
		}
	}
	return d
}

// next waits for n reports.
func (d *desk) next(t *testing.T, n int) []dialog.Input {
	t.Helper()
	late := time.After(20 * time.Second)
	var out []dialog.Input
	for range n {
		select {
		case in := <-d.heard:
			out = append(out, in)
		case <-late:
			t.Fatalf("reports = %v, want %d", out, n)
		}
	}
	return out
}

// papers are the documents that the bot sent to the chat.
func (d *desk) papers(chat int64) (out []*simulator.Message) {
	for _, m := range d.sim.Chat(chat).Messages {
		if m.From == "bot" && m.Document != nil {
			out = append(out, m)
		}
	}
	return out
}

// anna has written to the bot, so that it may write to her.
func anna(sim *simulator.Simulator) *simulator.Phone {
	p := sim.AddPerson(simulator.Person{ID: 7, FirstName: "安娜"})
	p.Start("")
	return p
}

func TestPaperArrives(t *testing.T) {
	sim, url := newSimulator(t)
	anna(sim)
	d := open(t, sim, url, func(*bot.Config) {}, paperFor(7, false))
	in := d.next(t, 1)[0]
	d.stop()
	got := d.papers(7)
	if len(got) != 1 {
		t.Fatalf("%d documents, want 1", len(got))
	}
	m := got[0]
	data, _ := sim.File(m.Document.File)
	if m.Document.Name != "问题清单 17.xlsx" || m.Text != "问题清单" || !m.Protected || !bytes.Equal(data, []byte("PK "+canary)) {
		t.Errorf("message = %+v with %q, want the paper with its caption, protected", m, data)
	}
	want := dialog.Input{
		Kind: dialog.Delivered, Cause: "paper:1", Chat: 7, ChatKind: dialog.PrivateChat, User: 7, Reached: in.Reached,
		Delivery: &dialog.Delivery{
			Export: 17, Message: dialog.MessageID(m.ID), Status: casework.ExportDone, Rows: 35, SHA256: "ab12", Size: int64(len(data)),
		},
	}
	if diff := cmp.Diff(want, in); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	var methods []string
	for _, c := range sim.Calls() {
		methods = append(methods, c.Method+" "+c.Params["action"])
	}
	if diff := cmp.Diff([]string{"sendChatAction upload_document", "sendDocument "}, methods); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	if v := sim.Violations(); len(v) != 0 {
		t.Errorf("violations = %q, want none", v)
	}
}

func TestPaperMeetsFaults(t *testing.T) {
	fault := func(k simulator.FaultKind, status int) simulator.Fault {
		return simulator.Fault{Method: "sendDocument", Kind: k, Status: status, RetryAfter: 1}
	}
	const try = "paper:1:try delivered 7 uncertain"
	tests := []struct {
		name  string
		once  bool
		fault simulator.Fault
		times int // documents in the chat
		want  []string
	}{
		{"cut before", false, fault(simulator.Refuse, 0), 1, []string{"paper:1 delivered 7 done"}},
		{"cut before, once", true, fault(simulator.Refuse, 0), 0, []string{try, "paper:1 delivered 7 uncertain"}},
		{"cut after", false, fault(simulator.Drop, 0), 2, []string{"paper:1 delivered 7 done"}},
		{"cut after, once", true, fault(simulator.Drop, 0), 1, []string{try, "paper:1 delivered 7 uncertain"}},
		{"too many", false, fault(simulator.Answer, 429), 1, []string{"paper:1 delivered 7 done"}},
		{"too many, once", true, fault(simulator.Answer, 429), 1, []string{try, "paper:1 delivered 7 done"}},
		{"server fault", false, fault(simulator.Answer, 500), 1, []string{"paper:1 delivered 7 done"}},
		{"server fault, once", true, fault(simulator.Answer, 500), 0, []string{try, "paper:1 delivered 7 uncertain"}},
		{"nonsense, once", true, fault(simulator.Garbage, 0), 0, []string{try, "paper:1 delivered 7 uncertain"}},
		{"too large", false, fault(simulator.Answer, 413), 0, []string{"paper:1 delivered 7 failed too large"}},
		{"too large, once", true, fault(simulator.Answer, 413), 0, []string{try, "paper:1 delivered 7 failed too large"}},
		{"not taken", false, fault(simulator.Answer, 400), 0, []string{"paper:1 delivered 7 failed"}},
		{"not taken, once", true, fault(simulator.Answer, 400), 0, []string{try, "paper:1 delivered 7 failed"}},
		{"blocked", false, fault(simulator.Answer, 403), 0, []string{"paper:1 delivered 7 failed", "r:1 refused 7"}},
		{"blocked, once", true, fault(simulator.Answer, 403), 0, []string{try, "paper:1 delivered 7 failed", "r:1 refused 7"}},
		{"no way to the chat", false, simulator.Fault{Method: "sendChatAction", Kind: simulator.Answer, Status: 403}, 0, []string{"paper:1 delivered 7 failed", "r:1 refused 7"}},
		{"the action alone", true, simulator.Fault{Method: "sendChatAction", Kind: simulator.Answer, Status: 400}, 1, []string{try, "paper:1 delivered 7 done"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel() // some wait for a second
			sim, url := newSimulator(t)
			anna(sim)
			sim.Fail(tt.fault)
			d := open(t, sim, url, func(*bot.Config) {}, paperFor(7, tt.once))
			var got []string
			for _, in := range d.next(t, len(tt.want)) {
				got = append(got, told(in))
			}
			d.stop()
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("reports (-want +got):\n%s", diff)
			}
			if n := len(d.papers(7)); n != tt.times {
				t.Errorf("%d documents, want %d", n, tt.times)
			}
			if n := sim.EarlyCalls(); n != 0 {
				t.Errorf("early calls = %d, want 0", n)
			}
		})
	}
}

func TestPaperThatCannotBeMade(t *testing.T) {
	makes := func(p bot.Paper, err error) func(context.Context, casework.ExportID, func(int)) (bot.Paper, error) {
		return func(context.Context, casework.ExportID, func(int)) (bot.Paper, error) { return p, err }
	}
	tests := []struct {
		name string
		make func(context.Context, casework.ExportID, func(int)) (bot.Paper, error)
		want string
	}{
		{"nobody makes it", nil, "paper:1 delivered 7 failed"},
		{"a fault", makes(bot.Paper{}, errors.New("no such export")), "paper:1 delivered 7 failed"},
		{"a panic", func(context.Context, casework.ExportID, func(int)) (bot.Paper, error) { panic(canary) }, "paper:1 delivered 7 failed"},
		{"too large", makes(bot.Paper{Name: "a.xlsx", Data: make([]byte, 50<<20)}, nil), "paper:1 delivered 7 failed too large"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sim, url := newSimulator(t)
			anna(sim)
			d := open(t, sim, url, func(c *bot.Config) { c.Paper = tt.make }, paperFor(7, true))
			if got := told(d.next(t, 1)[0]); got != tt.want {
				t.Errorf("report = %s, want %s", got, tt.want)
			}
			d.stop()
			if more := len(d.heard); more != 0 || len(d.papers(7)) != 0 {
				t.Errorf("%d more reports and %d documents, want none: nothing was sent", more, len(d.papers(7)))
			}
		})
	}
}

// tell shows a call with the second it came in.
func tell(since time.Time, c call) string {
	line := fmt.Sprintf("%d %s", c.at.Sub(since)/time.Second, c.method)
	for _, p := range []string{"text", "caption", "disable_notification"} {
		if c.params[p] != "" {
			line += " " + c.params[p]
		}
	}
	return line
}

// slowPress takes nine seconds and tells of a thousand rows in each.
func slowPress(ctx context.Context, _ casework.ExportID, progress func(int)) (bot.Paper, error) {
	wait := time.Second / 4 // so that nothing else happens at the same instant
	for n := range 10 {
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return bot.Paper{}, ctx.Err()
		}
		progress(1000 * n)
		wait = time.Second
	}
	return bot.Paper{Name: "a.xlsx", Data: []byte("PK")}, nil
}

func TestPapersShowProgressAndHoldNothingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o, r := newTelegram(), newOutbox(), &reports{}
		o.put(paperFor(7, false), show(7, "next"))
		b, _ := newBot(t, tg, func(c *bot.Config) { c.Paper = slowPress })
		began := time.Now()
		stop := send(t, b, o, r)
		pass(time.Second)
		o.put(paperFor(8, false), show(8, "next"))
		b.Wake()
		pass(time.Minute)
		mustStop(t, stop)
		got := map[dialog.ChatID][]string{}
		for _, c := range tg.seen("") {
			got[c.chat()] = append(got[c.chat()], tell(began, c))
		}
		for chat, want := range map[dialog.ChatID][]string{
			7: {
				"0 sendMessage next", "0 sendChatAction", "2 sendMessage ⏳ 1000 true", "4 sendChatAction", "5 editMessageText ⏳ 4000",
				"8 sendChatAction", "8 editMessageText ⏳ 7000", "9 sendDocument 问题清单", "9 deleteMessage",
			},
			8: {
				"1 sendMessage next", "1 sendChatAction", "3 sendMessage ⏳ true", "5 sendChatAction", "9 sendChatAction",
				"12 editMessageText ⏳ 2000", "13 sendChatAction", "15 editMessageText ⏳ 5000", "17 sendChatAction",
				"18 editMessageText ⏳ 8000", "18 sendDocument 问题清单", "18 deleteMessage",
			},
		} {
			if diff := cmp.Diff(sorted(want), sorted(got[chat])); diff != "" {
				t.Errorf("calls to %d (-want +got):\n%s", chat, diff)
			}
		}
		if diff := cmp.Diff([]string{"paper:1 delivered 7 private 0", "paper:3 delivered 8 private 0"}, r.lines()); diff != "" {
			t.Errorf("reports (-want +got):\n%s", diff)
		}
	})
}

// TestPaperLeavesTheChatAlone refuses the message of progress, and asks to wait
// until after the paper is made.
func TestPaperLeavesTheChatAlone(t *testing.T) {
	for _, wait := range []int{10, 100} {
		synctest.Test(t, func(t *testing.T) {
			tg, o, r := newTelegram(), newOutbox(), &reports{}
			var mu sync.Mutex
			var until time.Time
			tg.answer = func(_ context.Context, c call) (int, string, error) {
				mu.Lock()
				defer mu.Unlock()
				if c.at.Before(until) {
					t.Errorf("%s comes %v too early", c.method, until.Sub(c.at))
				}
				if c.params["text"] == "⏳ 1000" && until.IsZero() {
					until = c.at.Add(time.Duration(wait) * time.Second)
					o.put(show(7, "next"))
					return no(429, "Too Many Requests", fmt.Sprintf(`"retry_after":%d`, wait))
				}
				return 0, "", nil
			}
			o.put(paperFor(7, false))
			b, _ := newBot(t, tg, func(c *bot.Config) { c.Paper = slowPress })
			stop := send(t, b, o, r)
			pass(3 * time.Second)
			b.Wake()
			pass(5 * time.Minute)
			mustStop(t, stop)
			if diff := cmp.Diff([]string{"paper:1 delivered 7 private 0"}, r.lines()); diff != "" {
				t.Errorf("reports (-want +got):\n%s", diff)
			}
			if n := len(tg.seen("sendDocument")); n != 1 || len(o.left()) != 0 {
				t.Errorf("%d documents and left = %v, want one and none", n, o.left())
			}
		})
	}
}

// TestPaperStandsStillAtAStop stops while a paper is made: it is made again after
// the next start, and no message of progress stays.
func TestPaperStandsStillAtAStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o, r := newTelegram(), newOutbox(), &reports{}
		var deleted atomic.Int32
		tg.answer = func(ctx context.Context, c call) (int, string, error) {
			if c.method == "deleteMessage" && ctx.Err() == nil {
				deleted.Add(1)
			}
			return 0, "", ctx.Err()
		}
		o.put(paperFor(7, true))
		b, _ := newBot(t, tg, func(c *bot.Config) { c.Paper = slowPress })
		stop := send(t, b, o, r)
		pass(3 * time.Second)
		mustStop(t, stop)
		if lines := r.lines(); len(lines) != 0 || len(o.left()) != 1 || deleted.Load() != 1 {
			t.Errorf("reports = %v, left = %v, calls = %v, want the letter left and progress gone", lines, o.left(), tg.seen(""))
		}
		stop = send(t, b, o, r)
		pass(time.Minute)
		mustStop(t, stop)
		if n := len(tg.seen("sendDocument")); n != 1 || len(o.left()) != 0 {
			t.Errorf("%d documents and left = %v, want one and none", n, o.left())
		}
	})
}

// TestOncePaperIsSettledBeforeItGoes looks at what is saved when the file is on its
// way, which is all that a crash would leave.
func TestOncePaperIsSettledBeforeItGoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o, r := newTelegram(), newOutbox(), &reports{}
		tg.answer = func(ctx context.Context, c call) (int, string, error) {
			if c.method != "sendDocument" {
				return 0, "", nil
			}
			if left, lines := o.left(), r.lines(); len(left) != 0 || len(lines) != 1 || !strings.HasPrefix(lines[0], "paper:1:try") {
				t.Errorf("left = %v and reports = %v while the file is on its way, want none and one", left, lines)
			}
			<-ctx.Done()
			return 0, "", ctx.Err()
		}
		o.put(paperFor(7, true))
		b, _ := newBot(t, tg, func(c *bot.Config) { c.Paper = press })
		stop := send(t, b, o, r)
		pass(time.Second)
		mustStop(t, stop)
		pass(time.Minute)
		stop = send(t, b, o, r)
		pass(time.Minute)
		mustStop(t, stop)
		if n := len(tg.seen("sendDocument")); n != 1 {
			t.Errorf("%d documents, want 1", n)
		}
		if last := r.inputs[len(r.inputs)-1]; told(last) != "paper:1 delivered 7 uncertain" {
			t.Errorf("last report = %s, want uncertain", told(last))
		}
	})
}

// TestOncePaperIsTriedWhileItDidNotLeave refuses connections, so that nothing can
// have arrived.
func TestOncePaperIsTriedWhileItDidNotLeave(t *testing.T) {
	for _, tt := range []struct {
		refused, calls int
		want           string
	}{
		{2, 3, "paper:1 delivered 7 done"},
		{9, 5, "paper:1 delivered 7 failed"},
	} {
		synctest.Test(t, func(t *testing.T) {
			tg, o, r := newTelegram(), newOutbox(), &reports{}
			tg.answer = func(_ context.Context, c call) (int, string, error) {
				if c.method == "sendDocument" && len(tg.seen("sendDocument")) <= tt.refused {
					return 0, "", &net.OpError{Op: "dial", Err: errors.New("connection refused")}
				}
				return 0, "", nil
			}
			o.put(paperFor(7, true))
			b, _ := newBot(t, tg, func(c *bot.Config) { c.Paper = press })
			stop := send(t, b, o, r)
			pass(5 * time.Minute)
			mustStop(t, stop)
			if n := len(tg.seen("sendDocument")); n != tt.calls {
				t.Errorf("%d calls, want %d", n, tt.calls)
			}
			if got := told(r.inputs[len(r.inputs)-1]); got != tt.want {
				t.Errorf("last report = %s, want %s", got, tt.want)
			}
		})
	}
}

func TestPaperIsNotSentAgainForAReport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o, r := newTelegram(), newOutbox(), &reports{}
		r.fail(errors.New("disk full"))
		o.put(paperFor(7, false))
		b, _ := newBot(t, tg, func(c *bot.Config) { c.Paper = press })
		stop := send(t, b, o, r)
		pass(time.Minute)
		if n := len(o.left()); n != 1 {
			t.Errorf("%d letters left while nothing can be saved, want 1", n)
		}
		r.fail(nil)
		pass(2 * time.Minute)
		mustStop(t, stop)
		if n := len(tg.seen("sendDocument")); n != 1 || len(o.left()) != 0 || len(r.lines()) != 1 {
			t.Errorf("%d documents, left = %v, reports = %v, want one, none, one", n, o.left(), r.lines())
		}
	})
}

// TestRefusedPaperLeavesTheOthersTheirReports has two papers for a person who
// blocked the bot.
func TestRefusedPaperLeavesTheOthersTheirReports(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o, r := newTelegram(), newOutbox(), &reports{}
		tg.answer = func(context.Context, call) (int, string, error) {
			return no(403, "Forbidden: bot was blocked by the user")
		}
		o.put(paperFor(7, false), paperFor(7, true))
		b, _ := newBot(t, tg, func(c *bot.Config) { c.Paper = press })
		stop := send(t, b, o, r)
		pass(time.Minute)
		mustStop(t, stop)
		want := []string{
			"paper:1 delivered 7 private 0", "r:1 refused 7 private 0", "paper:2 delivered 7 private 0", "r:2 refused 7 private 0",
		}
		if diff := cmp.Diff(want, r.lines()); diff != "" || len(o.left()) != 0 {
			t.Errorf("left = %v, reports (-want +got):\n%s", o.left(), diff)
		}
	})
}

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"zoufang/casework"
	"zoufang/sample"
)

// chromium finds the browser of the system, or skips the test.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("REQUIRE_BROWSER") != "" {
		t.Fatal("REQUIRE_BROWSER is set, and there is no chromium")
	}
	t.Skip("there is no chromium on this machine")
	return ""
}

// page is the demo's page in a browser.
type page struct {
	t   *testing.T
	ctx context.Context //nolint:containedctx // chromedp keeps the browser in its context
}

// openPage starts a browser that looks at the address.
func openPage(t *testing.T, url string) *page {
	t.Helper()
	flags := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1440, 900),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("force-prefers-reduced-motion", true), // a picture shows where things end
	)
	ctx, cancel := context.WithTimeout(t.Context(), 3*patience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, flags...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(cancel)
	p := &page{t, ctx}
	var mu sync.Mutex
	var thrown []string
	if err := chromedp.Do(ctx); err != nil { // starts the browser
		t.Fatalf("start chromium: %v", err)
	}
	err := chromedp.Listen(ctx, func(e any) {
		if x, ok := e.(*runtime.EventExceptionThrown); ok {
			mu.Lock()
			defer mu.Unlock()
			thrown = append(thrown, x.ExceptionDetails.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		if len(thrown) > 0 {
			t.Errorf("the page threw %q", thrown)
		}
	})
	p.do(chromedp.EmulateViewport(1440, 900), chromedp.Navigate(url))
	return p
}

// do runs actions in the browser.
func (p *page) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.t.Fatalf("browser: %v\n%s", err, p.text())
	}
}

// text is everything that the phones show.
func (p *page) text() string {
	s, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](`document.querySelector("main")?.innerText ?? ""`))
	if err != nil {
		return err.Error()
	}
	return s
}

// phone is the selector of a person's phone.
func phone(user casework.UserID) string { return fmt.Sprintf(`section.phone[data-user="%d"]`, user) }

// see waits until a message on the phone, the bot's or the person's, holds the
// words.
func (p *page) see(user casework.UserID, words string) {
	p.t.Helper()
	p.poll(fmt.Sprintf(`[...document.querySelectorAll(%q)].some(e => e.textContent.includes(%q))`,
		phone(user)+" article[data-message] .text", words), words)
}

func (p *page) poll(js, what string) {
	p.t.Helper()
	if _, err := chromedp.Run(p.ctx, chromedp.Poll[bool](js, chromedp.WithPollingTimeout(patience))); err != nil {
		p.t.Fatalf("wait for %s: %v\n%s", what, err, p.text())
	}
}

// tap clicks the button that begins so, on the newest message that has one, once
// it is there.
func (p *page) tap(user casework.UserID, label string) {
	p.t.Helper()
	const mark = "data-test-target"
	p.poll(fmt.Sprintf(`(() => {
		const found = [...document.querySelectorAll(%q)].filter(b => b.textContent.startsWith(%q)).at(-1);
		if (!found) return false;
		document.querySelectorAll("[%[3]s]").forEach(e => e.removeAttribute("%[3]s"));
		found.setAttribute("%[3]s", "");
		found.scrollIntoView({block: "center"});
		return true;
	})()`, phone(user)+" article[data-message] button[data-row][data-col]", label, mark), label)
	p.do(chromedp.Click("[" + mark + "]"))
}

// say types words into the composer and sends them.
func (p *page) say(user casework.UserID, words string) {
	p.t.Helper()
	p.do(
		chromedp.SendKeys(phone(user)+" textarea[name=text]", words),
		chromedp.Click(phone(user)+" [data-action=send]"),
	)
	p.see(user, words)
}

// shoot takes a picture of the page for the README, if somebody asks for it: the
// folder is named by SCREENSHOTS.
func (p *page) shoot(name string) {
	p.t.Helper()
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), png, 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// startDemo runs the demo on a free port and returns it.
func startDemo(t *testing.T) *demo {
	t.Helper()
	d, err := openDemo(t.Context(), t.TempDir(), &demoCmd{}, world{out: new(bytes.Buffer), errs: new(bytes.Buffer), now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan error, 1)
	go func() { done <- d.service.run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("service: %v", err)
		}
		if err := d.close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return d
}

// TestDemoPageInABrowser reports a household visit by clicking on the page.
func TestDemoPageInABrowser(t *testing.T) {
	const member, leader = sample.MemberUser, sample.LeaderUser
	chromium(t)
	d := startDemo(t)
	p := openPage(t, d.server.URL)

	p.see(member, "您好，")
	p.tap(member, "📝 记一次走访")
	p.see(member, "走访谁？")
	p.tap(member, "❗")
	p.see(member, "还没办完的问题")
	p.tap(member, "访成")
	p.see(member, "现在怎么样了")
	p.tap(member, "还在")
	p.see(member, "2. 家里")
	p.tap(member, "其余无变化")
	p.see(member, "10. 今天这户")
	p.shoot("form.png")
	p.tap(member, "多云")
	p.see(member, "11. 乡亲")

	photo := filepath.Join(t.TempDir(), "bridge.png")
	if err := os.WriteFile(photo, picture(), 0o600); err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.SetUploadFiles(phone(member)+" input[type=file][data-action=upload]", []string{photo}))
	p.see(member, "照片 1 张")
	p.say(member, "村东头的桥坏了，孩子上学要绕两里路")
	p.tap(member, "记为问题")
	p.tap(member, "群众生活困难")
	p.tap(member, "修路搭桥")
	p.tap(member, "急")
	p.tap(member, "正在办理")
	p.see(member, "核对一遍")
	p.tap(member, "✎ 收入变化")
	p.see(member, "现在填的：平")
	p.tap(member, "减")
	p.see(member, "收入变化：减")
	p.shoot("review.png")
	p.tap(member, "✅ 提交")
	p.see(member, "已记下：ZF-170906-001")
	p.see(leader, "急问题 WT-2017-0036")
	p.shoot("demo.png")

	// The clock moves by its buttons.
	p.do(chromedp.Click(`[data-advance="15m"]`))
	p.poll(`document.querySelector("[data-clock]").textContent.includes("09:15")`, "a quarter past nine")
	p.do(chromedp.Click(`[data-set="17:30"]`))
	p.poll(`document.querySelector("[data-clock]").textContent.includes("17:30")`, "half past five")
	now := d.sim.Now().In(shanghai(t)).Format("2006-01-02 15:04")
	if want := d.set.Today.String() + " 17:30"; now != want {
		t.Errorf("the clock stands at %s, want %s", now, want)
	}

	// What the clock brings: the leader's evening, and the member's mornings.
	p.see(leader, "第1工作组日报")
	p.poll(fmt.Sprintf(`[...document.querySelectorAll(%q)].some(i => i.complete && i.naturalWidth > 0)`,
		phone(leader)+" article[data-message] img"), "the leader's picture")
	p.do(chromedp.Click(`[data-set="tomorrow 08:00"]`))
	p.see(member, "今日清单 · 9月7日")
	p.tap(member, "✓ 打通，都好")
	p.see(member, "HF-170907-001")
	p.shoot("morning.png")
	p.do(chromedp.Click(`[data-set="monday 08:00"]`))
	p.see(member, "今日清单 · 9月11日")

	var visit casework.Visit
	err := d.store.EachEvent(uint64(len(d.set.Events))+1, func(e casework.Event) error {
		if f, ok := e.Fact.(casework.VisitReported); ok {
			visit = f.Visit
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got := plain(visit.Answers)
	if got["income"] != "down" || got["mood"] != "cloudy" || !strings.HasPrefix(got["free"], "村东头") || len(visit.Attachments) != 1 {
		t.Errorf("record = %+v, want what was clicked", visit)
	}
}

package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/form"
	"zoufang/sample"
	"zoufang/simulator"
	"zoufang/store"
)

// zoufang is the program as a process of its own.
func zoufang(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), self, args...)
	cmd.Args[0] = "zoufang"
	return cmd
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	nowhere := filepath.Join(t.TempDir(), "config.yaml")
	for _, tt := range []struct {
		args string
		want int
	}{
		{"version", 0},
		{"--help", 0},
		{"--config " + nowhere + " summary", 1},
		{"--config " + nowhere + " run", 1},
		{"", 2},
		{"bogus", 2},
		{"run --bogus", 2},
		{"invite", 2},
		{"invite --valid 169h R001", 2},
		{"import " + nowhere, 2},
		{"events --from many", 2},
	} {
		cmd := zoufang(t, strings.Fields(tt.args)...)
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		if got := cmd.ProcessState.ExitCode(); got != tt.want {
			t.Errorf("zoufang %s = %d, want %d\n%s", tt.args, got, tt.want, out)
		}
	}
}

// child is a zoufang run that can be killed.
type child struct {
	t      *testing.T
	h      *house
	config string
	log    bytes.Buffer // of all its lives
	cmd    *exec.Cmd
}

// secretToken is in one file and nowhere else.
const secretToken = "7000000007:AAcanary-of-the-token-0123456789abcdef"

// newChild lays the files of a service that talks to the house's Telegram.
func newChild(t *testing.T, h *house) *child {
	t.Helper()
	c := &child{t: t, h: h, config: filepath.Join(filepath.Dir(h.path), "config.yaml")}
	for name, text := range map[string]string{
		"token.txt":   secretToken + "\n",
		"zoufang.key": hex.EncodeToString(testKey()),
		"config.yaml": "telegram: {api_url: '" + h.server.URL + "', obey_limits: false}\n" +
			"pace: {per_second: 0}\nlog: {level: debug}\n",
	} {
		if err := os.WriteFile(filepath.Join(filepath.Dir(h.path), name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		if c.cmd != nil {
			c.kill()
		}
	})
	return c
}

func (c *child) start() {
	c.t.Helper()
	c.cmd = zoufang(c.t, "run", "--config", c.config)
	c.cmd.Stdout, c.cmd.Stderr = &c.log, &c.log
	if err := c.cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
}

// kill ends the process as a power cut does.
func (c *child) kill() {
	c.t.Helper()
	if err := c.cmd.Process.Kill(); err != nil {
		c.t.Error(err)
	}
	var exit *exec.ExitError
	if err := c.cmd.Wait(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		c.t.Errorf("the service ended with %v before it was killed\n%s", err, c.log.String())
	}
	c.cmd = nil
}

// quit asks the process to stop, which is a success.
func (c *child) quit() {
	c.t.Helper()
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		c.t.Error(err)
	}
	if err := c.cmd.Wait(); err != nil {
		c.t.Errorf("stop: %v\n%s", err, c.log.String())
	}
	c.cmd = nil
}

// wounds are the moments at which the service is killed while it deals with
// something a person did. Each returns once the process is dead.
func (c *child) wounds() []func(act func()) {
	at := func(f simulator.Fault) func(func()) {
		return func(act func()) {
			x := c.h.sim.Fail(f)
			act()
			c.h.wait(fmt.Sprintf("%+v", f), func() bool { return x.Hits() > 0 })
			c.kill()
			x.Release()
		}
	}
	return []func(func()){
		func(act func()) { act(); c.kill() },
		func(act func()) { c.kill(); act() },
		// Saved, and not confirmed.
		at(simulator.Fault{Method: "getUpdates", Kind: simulator.Refuse, Times: -1}),
		// Saved, and nothing said.
		at(simulator.Fault{Method: "*message*", Kind: simulator.Refuse, Times: -1}),
		// Said, and not crossed off.
		at(simulator.Fault{Method: "*message*", Kind: simulator.Drop, Times: -1}),
		at(simulator.Fault{Kind: simulator.Refuse, Times: -1}),
		at(simulator.Fault{After: 1, Kind: simulator.Drop, Times: -1}),
	}
}

// TestKillAnywhere kills the service at every answer of a form, each time at
// another moment, and starts it again.
func TestKillAnywhere(t *testing.T) {
	for seed := range uint64(2) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			wound(t, seed)
		})
	}
}

// wound fills in one form under kills in the order of the seed.
func wound(t *testing.T, seed uint64) {
	t.Helper()
	const free, problem = "村西的老井塌了半边，孩子们总去那里玩", "老井塌了半边，要赶紧填掉或者围起来"
	h := newHouse(t, simulator.Options{Token: secretToken})
	c := newChild(t, h)
	c.start()
	h.step("? 您好")
	r := rand.New(rand.NewPCG(17, seed))
	wounds := c.wounds()
	var order []int
	kills := 0
	for line := range strings.Lines(`
> JT-0007
? 这次见到人了吗
> [访成]
? 2. 家里
> 没变
? 3. 家里收入
> [增]
? 4. 看病
> ４
? 5. 房子
> [有隐患]
? 6. 孩子
> 正常
? 7. 
> 水、电
? 8. 想就业
> [☐ 技术]
> [✔ 选好了（1）]
? 9. 该享受
> [跳过]
? 10. 今天
> 阴
? 11. 乡亲
> (photo)
? 照片 1 张
> ` + free + `
? 要记成问题吗
> [记为问题]
? 哪一类
> 生活困难
? 哪方面
> [环境卫生]
? 有多急
> [特急]
? 怎么处置
> 上报
? 核对一遍
> [✎ 问题1·问题描述]
? 大白话
> ` + problem + `
? 问题描述：` + problem + `
> [✎ 住房安全]
? 现在填的：有隐患
> [危房]
? 住房安全：危房
> [✅ 提交]
? 已记下
@ leader
? 特急问题
@ member
> ~ ` + free + ` => ` + free + `，很危险
? 已按您的编辑更正
`) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case strings.HasPrefix(line, ">"):
			if len(order) == 0 {
				order = r.Perm(len(wounds))
			}
			h.ready(line)
			wounds[order[0]](func() { h.step(line) })
			order = order[1:]
			kills++
			c.start()
		default:
			h.step(line)
		}
	}
	c.quit()
	t.Logf("%d kills", kills)

	visits := facts[casework.VisitReported](h)
	if len(visits) != 1 {
		t.Fatalf("%d records, want 1", len(visits))
	}
	want := map[string]string{
		"outcome": "met", "visited_on": visits[0].Visit.VisitedOn.String(), "mode": "door", "met_who": "head", "notice_given": "yes",
		"change": "unchanged", "income": "up", "medical": "poverty", "housing": "danger", "schooling": "normal",
		"utilities": "water power", "work": "technique", "policy": "-", "mood": "overcast", "free": free,
		"problem/?": "done", "problem/1/family": "life", "problem/1/category": "environment", "problem/1/words": problem,
		"problem/1/urgency": "emergency", "problem/1/disposal": "escalated", "problem/1/lacks": "other", "problem/1/scope": "individual",
	}
	if diff := cmp.Diff(want, plain(visits[0].Visit.Answers)); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	if n := len(visits[0].Visit.Attachments); n != 1 {
		t.Errorf("the record has %d photos, want 1", n)
	}
	if n := len(facts[casework.ProblemRaised](h)); n != 1 {
		t.Errorf("%d problems, want 1", n)
	}
	corrected := facts[casework.VisitCorrected](h)
	if len(corrected) != 1 {
		t.Errorf("%d corrections, want 1", len(corrected))
	}
	c.silent(free, problem, free[:12], h.name(sample.MemberUser), h.name(sample.LeaderUser))
}

// plain are the values of answers; a skipped item is a dash.
func plain(a form.Answers) map[string]string {
	out := map[string]string{}
	for path, answer := range a {
		out[path] = strings.Join(answer.Values, " ")
		if answer.Skipped {
			out[path] = "-"
		}
	}
	return out
}

// name is what a person of the roster is called.
func (h *house) name(user casework.UserID) (name string) {
	h.t.Helper()
	h.view(func(v casework.Records) {
		s, _ := v.StaffByUser(user)
		name = s.Name
	})
	return name
}

// silent checks that neither the token nor any of the words is in the log.
func (c *child) silent(words ...string) {
	c.t.Helper()
	log := c.log.String()
	if !strings.Contains(log, "serving") {
		c.t.Errorf("the log does not say that the service began:\n%s", log)
	}
	_, secret, _ := strings.Cut(secretToken, ":")
	for _, w := range append(words, secret) {
		if strings.Contains(log, w) {
			c.t.Errorf("the log holds %q:\n%s", w, log)
		}
	}
}

// TestLockedFile says within about a second that the file is in use.
func TestLockedFile(t *testing.T) {
	h := newHouse(t, frozen(t))
	c := newChild(t, h)
	h.read(func(*store.Store) {
		began := time.Now()
		out, err := zoufang(t, "summary", "--config", c.config).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "the service is running and has the file") {
			t.Errorf("summary = %v, want that the file is in use\n%s", err, out)
		}
		if d := time.Since(began); d > 5*time.Second {
			t.Errorf("it took %v to say so, want about a second", d)
		}
	})
}

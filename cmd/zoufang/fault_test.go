package main

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoufang/sample"
	"zoufang/simulator"
)

// TestStoreFails confirms and claims nothing while the file cannot be written,
// and takes everything once when it can.
func TestStoreFails(t *testing.T) {
	t.Parallel()
	h := running(t)
	h.play(toSecond)
	acknowledged := h.sim.Acknowledged()
	before := len(h.sim.Chat(int64(sample.MemberUser)).Messages)

	full := make(chan struct{}, 100)
	fail := func(op string) error {
		if op != "commit" {
			return nil
		}
		select {
		case full <- struct{}{}:
		default:
		}
		return errors.New("no space left on device")
	}
	h.fault.Store(&fail)
	h.phone(sample.MemberUser).Send("没变")
	h.phone(sample.MemberUser).Send("增")
	for range 2 { // it is tried again
		select {
		case <-full:
		case <-t.Context().Done():
			t.Fatal("nothing was tried")
		}
	}
	if got := h.sim.Acknowledged(); got > acknowledged+1 {
		t.Errorf("Acknowledged() = %d, but nothing after %d was saved", got, acknowledged+1)
	}
	if n := len(h.sim.Chat(int64(sample.MemberUser)).Messages); n != before+2 {
		t.Errorf("the bot said something that it did not save:\n%s", h.screen(int64(sample.MemberUser)))
	}
	h.fault.Store(nil)
	h.step("? 4. 看病")
	h.barrier(sample.MemberUser)
	drafts := h.drafts(h.set.Member)
	if len(drafts) != 1 {
		t.Fatalf("%d drafts, want 1", len(drafts))
	}
	if got := plain(drafts[0].Answers); got["change"] != "unchanged" || got["income"] != "up" {
		t.Errorf("change, income = %q, %q, want what was said meanwhile", got["change"], got["income"])
	}
	if log := h.log.String(); !strings.Contains(log, "updates are not saved; they will be asked for again") {
		t.Errorf("the log does not tell the operator:\n%s", log)
	}
}

// TestPanicQuarantine undoes a turn that panics, apologises, and goes on.
func TestPanicQuarantine(t *testing.T) {
	t.Parallel()
	h := running(t)
	h.dirty = true
	h.play(toSecond)
	var struck atomic.Bool
	strike := func(op string) error {
		if strings.HasPrefix(op, "get targets") && struck.CompareAndSwap(false, true) {
			panic("a fault of the program")
		}
		return nil
	}
	h.fault.Store(&strike)
	h.phone(sample.MemberUser).Send("没变")
	h.said(sample.MemberUser, "刚才那一步出了点问题，没有记下")
	h.fault.Store(nil)
	if d := h.drafts(h.set.Member)[0]; d.At != "change" {
		t.Errorf("the form stands at %q, want the question that was not answered", d.At)
	}
	h.play("> 没变\n? 3. 家里收入")
	if strings.Contains(h.log.String(), "没变") {
		t.Errorf("the log holds what a person said:\n%s", h.log.String())
	}
}

// TestUndecodableUpdate is put aside, and holds nobody up.
func TestUndecodableUpdate(t *testing.T) {
	t.Parallel()
	h := running(t)
	h.dirty = true
	h.step("? 您好")
	for _, raw := range []string{
		`{"message":{"message_id":"seven","text":"秘密的话"}}`,
		`{"message":7}`,
		`{"callback_query":{"id":true}}`,
		`{"brand_new_kind":{"text":"秘密的话"}}`,
		`{}`,
	} {
		if _, err := h.sim.RawUpdate(raw); err != nil {
			t.Fatal(err)
		}
	}
	h.phone(sample.MemberUser).Send("/mine")
	h.said(sample.MemberUser, "走访谁")
	if strings.Contains(h.log.String(), "秘密的话") {
		t.Errorf("the log holds what a person said:\n%s", h.log.String())
	}
}

// TestSameBatchAgain does nothing twice when a batch that was saved comes again
// and again, because nothing could be confirmed.
func TestSameBatchAgain(t *testing.T) {
	t.Parallel()
	h := running(t)
	h.play(toSecond + toReview)
	// The poll that brings the tap must be waiting already.
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := h.sim.Idle(ctx); err != nil {
		t.Fatal(err)
	}
	deaf := simulator.Fault{Method: "getUpdates", Kind: simulator.Refuse, Times: -1}
	x := h.sim.Fail(deaf)
	h.play("> [✅ 提交]\n? 已记下")
	h.wait("a confirmation that was refused", func() bool { return x.Hits() > 0 })
	before := h.digest()
	for range 3 {
		h.stop()
		x.Release()
		if h.sim.Pending() == 0 {
			t.Fatal("the tap was confirmed; it is to come again")
		}
		deaf.After = 1 // the first poll brings the batch, the second would confirm it
		x = h.sim.Fail(deaf)
		h.start()
		h.wait("a confirmation that was refused", func() bool { return x.Hits() > 0 })
	}
	x.Release()
	h.barrier(sample.MemberUser)
	if diff := cmp.Diff(before, h.digest()); diff != "" {
		t.Errorf("the same batch changed the records (-before +after):\n%s", diff)
	}
}

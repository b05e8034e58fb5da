package bench

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"zoufang/simulator"
)

// Step is one turn of a person: something said, or a button tapped, and what
// the bot's newest message shows when the reply has come.
type Step struct {
	Say  string // what is said; "" for a tap
	Tap  string // the button's whole label; "" is the first button
	Want string // what the reply holds; "" is content with any reply
}

// Talk is what a person goes through from beginning to end, again and again.
type Talk struct {
	Steps []Step
	// Each is how often one person can go through it; 0 means without end.
	Each int
}

// VisitTalk fills in the household form, as a member of staff with targets from
// [Prepare] does: ten taps and five texts to a saved record.
func VisitTalk() Talk {
	return Talk{Each: TargetsEach, Steps: []Step{
		{Say: "/start", Want: "您好"},
		{Tap: "📝 记一次走访", Want: "走访谁"},
		{Tap: "", Want: "这次见到人了吗"},
		{Tap: "访成", Want: "\n2. "},
		{Tap: "无变化", Want: "\n3. "},
		{Say: "增", Want: "\n4. "},
		{Tap: "无困难", Want: "\n5. "},
		{Say: "1", Want: "\n6. "},
		{Tap: "无", Want: "\n7. "},
		{Say: "路、网", Want: "\n8. "},
		{Say: "无", Want: "\n9. "},
		{Tap: "清楚", Want: "\n10. "},
		{Tap: "晴", Want: "\n11. "},
		{Tap: "🙂 无诉求", Want: "核对一遍"},
		{Tap: "✅ 提交", Want: "已记下"},
	}}
}

// EchoTalk has the same taps and texts in the same order, for a bot that
// understands nothing and always offers a button.
func EchoTalk() Talk {
	var steps []Step
	for _, s := range VisitTalk().Steps {
		steps = append(steps, Step{Say: s.Say})
	}
	return Talk{Steps: steps}
}

// patience is how long a reply may take before the measurement is given up.
const patience = 20 * time.Second

// take takes one turn and returns how long the reply took, counted from when
// the update was there for the bot until the reply was there for the person.
func (s Step) take(ctx context.Context, p *simulator.Phone, last *simulator.Message) (time.Duration, *simulator.Message, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	began := time.Now()
	if s.Say != "" {
		p.Send(s.Say)
	} else if err := s.press(p, last); err != nil {
		return 0, nil, err
	}
	var reply *simulator.Message
	var took time.Duration
	err := p.Wait(ctx, func(c simulator.Chat) bool {
		reply = newest(c)
		took = time.Since(began)
		return s.answered(reply, last)
	})
	if err != nil {
		return 0, nil, fmt.Errorf("no reply with %q within %v; the newest message is %s: %w", s.Want, patience, words(reply), err)
	}
	return took, reply, nil
}

// answered reports whether reply is another message than last, or the same one
// edited, and what was waited for.
func (s Step) answered(reply, last *simulator.Message) bool {
	if reply == nil || last != nil && reply.ID == last.ID && reply.Text == last.Text {
		return false
	}
	return strings.Contains(reply.Text, s.Want)
}

// press taps the button on the message.
func (s Step) press(p *simulator.Phone, m *simulator.Message) error {
	if m == nil {
		return errors.New("there is no message to tap on")
	}
	for row, buttons := range m.Buttons {
		for col, b := range buttons {
			if s.Tap == "" || b.Text == s.Tap {
				return p.Press(m.ID, row, col)
			}
		}
	}
	return fmt.Errorf("no button %q on the newest message, which is %s", s.Tap, words(m))
}

// newest is the bot's last message.
func newest(c simulator.Chat) *simulator.Message {
	for _, m := range slices.Backward(c.Messages) {
		if m.From == "bot" {
			return m
		}
	}
	return nil
}

// words quotes a message for an error.
func words(m *simulator.Message) string {
	if m == nil {
		return "none"
	}
	return fmt.Sprintf("%q", m.Text)
}

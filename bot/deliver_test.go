package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/casework"
	"zoufang/dialog"
)

func TestSendDropsWhatTelegramDoesNotDeliver(t *testing.T) {
	tests := []struct {
		code        int
		description string
	}{
		{403, "Forbidden: bot was blocked by the user"},
		{403, "Forbidden: user is deactivated"},
		{400, "Bad Request: chat not found"},
		{400, "Bad Request: PEER_ID_INVALID"},
	}
	for _, tt := range tests {
		t.Run(tt.description, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tg, o, r := newTelegram(), newOutbox(), &reports{}
				tg.answer = func(_ context.Context, c call) (int, string, error) {
					if c.chat() == 1 {
						return no(tt.code, tt.description)
					}
					return 0, "", nil
				}
				r.fail(errors.New("disk full")) // the fact must be saved before anything is dropped
				o.put(show(1, "a"), show(1, "b"), show(2, "c"))
				b, _ := newBot(t, tg)
				stop := send(t, b, o, r)
				pass(time.Second / 2)
				if diff := cmp.Diff([]dialog.LetterID{1, 2}, o.left()); diff != "" {
					t.Errorf("left while nothing can be saved (-want +got):\n%s", diff)
				}
				r.fail(nil)
				pass(time.Minute)
				mustStop(t, stop)
				if diff := cmp.Diff([]string{"r:1 refused 1 private 0"}, r.lines()); diff != "" {
					t.Errorf("reports (-want +got):\n%s", diff)
				}
				if left := o.left(); len(left) != 0 {
					t.Errorf("left = %v, want none", left)
				}
				if diff := cmp.Diff([]string{"a", "a"}, texts(tg.seen(""), 1)); diff != "" {
					t.Errorf("calls (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestSendFollowsAGroupToItsNewNumber(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o, r := newTelegram(), newOutbox(), &reports{}
		tg.answer = func(_ context.Context, c call) (int, string, error) {
			if c.chat() == -1 {
				return no(400, "Bad Request: group chat was upgraded to a supergroup chat", `"migrate_to_chat_id":-100`)
			}
			return 0, "", nil
		}
		o.put(show(-1, "a"), show(-1, "b"))
		b, _ := newBot(t, tg)
		stop := send(t, b, o, r)
		pass(time.Minute)
		mustStop(t, stop)
		if diff := cmp.Diff([]string{"v:1 moved -1 group -100"}, r.lines()); diff != "" {
			t.Errorf("reports (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"a", "b"}, texts(tg.seen(""), -100)); diff != "" {
			t.Errorf("calls in the new group (-want +got):\n%s", diff)
		}
	})
}

func TestSendEditsCards(t *testing.T) {
	tests := []struct {
		name     string
		code     int // of an edit; 0 succeeds
		says     string
		entities []dialog.Entity
		want     []string
		shown    dialog.MessageID
		bold     bool // the last call has the entities
	}{
		{"in place", 0, "", nil, []string{"sendMessage", "editMessageText"}, 1, false},
		{
			"the same text", 400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
			nil, []string{"sendMessage", "editMessageText"}, 1, false,
		},
		{
			"message deleted", 400, "Bad Request: message to edit not found", []dialog.Entity{{Type: "bold", Length: 1}},
			[]string{"sendMessage", "editMessageText", "sendMessage"}, 2, true,
		},
		{"not editable", 400, "Bad Request: message can't be edited", nil, []string{"sendMessage", "editMessageText", "sendMessage"}, 2, false},
		{"unknown number", 400, "Bad Request: MESSAGE_ID_INVALID", nil, []string{"sendMessage", "editMessageText", "sendMessage"}, 2, false},
		{
			"bad entities", 400, "Bad Request: entity begins in a middle of a character", []dialog.Entity{{Type: "bold", Length: 1}},
			[]string{"sendMessage", "editMessageText", "editMessageText"}, 1, false,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tg, o := newTelegram(), newOutbox()
				tg.answer = func(_ context.Context, c call) (int, string, error) {
					if tt.code != 0 && c.method == "editMessageText" && len(tg.seen("")) == 2 {
						return no(tt.code, tt.says)
					}
					return 0, "", nil
				}
				edit := card(5, true, "two")
				edit.Entities = tt.entities
				o.put(card(5, false, "one"), edit)
				b, log := newBot(t, tg)
				stop := send(t, b, o, &reports{})
				pass(time.Minute)
				mustStop(t, stop)
				var methods []string
				for _, c := range tg.seen("") {
					methods = append(methods, c.method)
				}
				if diff := cmp.Diff(tt.want, methods); diff != "" {
					t.Errorf("calls (-want +got):\n%s", diff)
				}
				calls := tg.seen("")
				if bold := calls[len(calls)-1].params["entities"] != ""; bold != tt.bold {
					t.Errorf("last call has entities: %v, want %v", bold, tt.bold)
				}
				if n := log.count("is dropped"); n != 0 {
					t.Errorf("%d letters dropped, want 0", n)
				}
				if m := o.cards[5]; (m == 1) != (tt.shown == 1) || m == 0 {
					t.Errorf("card is shown by message %d, want %d", m, tt.shown)
				}
			})
		})
	}
}

func TestSendAsksTheOutboxForACardSentByAnEarlierRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		o.cards[5] = 77
		o.put(card(5, true, "two"), dialog.Letter{Kind: dialog.Unbutton, Chat: 7, Card: 5},
			dialog.Letter{Kind: dialog.Unbutton, Chat: 7, Card: 6}, card(6, true, "new"))
		b, _ := newBot(t, tg)
		stop := send(t, b, o, &reports{})
		pass(time.Minute)
		mustStop(t, stop)
		var got []string
		for _, c := range tg.seen("") {
			got = append(got, c.method+" "+c.params["message_id"]+" "+c.params["reply_markup"])
		}
		buttons := `{"inline_keyboard":[[{"text":"好","callback_data":"1.1.1"}]]}`
		want := []string{"editMessageText 77 " + buttons, "editMessageReplyMarkup 77 ", "sendMessage  " + buttons}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
	})
}

func TestSendGivesUpWhatTelegramWillNotTake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		tg.answer = func(_ context.Context, c call) (int, string, error) {
			if strings.HasPrefix(c.params["text"], "bad") {
				return no(400, "Bad Request: BUTTON_DATA_INVALID")
			}
			return 0, "", nil
		}
		long := show(1, strings.Repeat("好", 4094)+"👍")
		o.put(long, show(1, long.Text+"!"), show(1, " \n"), show(1, "bad secret words"), show(1, "last"),
			dialog.Letter{Kind: "unheard of", Chat: 1})
		b, log := newBot(t, tg)
		stop := send(t, b, o, &reports{})
		pass(time.Minute)
		mustStop(t, stop)
		if diff := cmp.Diff([]string{long.Text, "bad secret words", "last"}, texts(tg.seen(""), 1)); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
		if n := log.count("level=ERROR"); n != 4 {
			t.Errorf("%d errors in the log, want 4", n)
		}
		if n := log.count("secret words"); n != 0 {
			t.Errorf("the log repeats the text %d times, want 0", n)
		}
		if left := o.left(); len(left) != 0 {
			t.Errorf("left = %v, want none", left)
		}
	})
}

func TestSendSpeaksTheBotAPI(t *testing.T) {
	file := func(k casework.AttachmentKind, id string) casework.Attachment {
		return casework.Attachment{Kind: k, FileID: id}
	}
	tests := []struct {
		letter dialog.Letter
		want   []string
	}{
		{
			dialog.Letter{
				Kind: dialog.Show, Text: "您好", Entities: []dialog.Entity{{Type: "bold", Offset: 0, Length: 2}}, ReplyTo: 9,
				Silent: true, Protect: true,
				Rows: [][]dialog.Button{{{Text: "拨号", Copy: "010", Style: dialog.Primary}}, {{Text: "好", Data: "1.1.1"}}},
			},
			[]string{`sendMessage disable_notification=true entities=[{"type":"bold","offset":0,"length":2}] ` +
				`link_preview_options={"is_disabled":true} protect_content=true ` +
				`reply_markup={"inline_keyboard":[[{"text":"拨号","style":"primary","copy_text":{"text":"010"}}],[{"text":"好","callback_data":"1.1.1"}]]} ` +
				`reply_parameters={"message_id":9,"allow_sending_without_reply":true} text=您好`},
		},
		{dialog.Letter{Kind: dialog.Erase, Message: 9}, []string{`deleteMessage message_id=9`}},
		{dialog.Letter{Kind: dialog.React, Message: 9, Emoji: "👍"}, []string{`setMessageReaction message_id=9 reaction=[{"type":"emoji","emoji":"👍"}]`}},
		{
			dialog.Letter{Kind: dialog.Menu, Commands: []dialog.Command{{Name: "visit", About: "走访"}}},
			[]string{`setMyCommands commands=[{"command":"visit","description":"走访"}] scope={"chat_id":7,"type":"chat"}`},
		},
		{dialog.Letter{Kind: dialog.Menu}, []string{`deleteMyCommands scope={"chat_id":7,"type":"chat"}`}},
		{dialog.Letter{Kind: dialog.Leave}, []string{`leaveChat`}},
		{
			dialog.Letter{Kind: dialog.Resend, Text: "附件", Protect: true, Files: []casework.Attachment{
				file(casework.Photo, "p1"), file(casework.Photo, "p2"), file(casework.Voice, "v1"), file(casework.Voice, "v2"),
				file(casework.Document, "d1"),
			}},
			[]string{
				`sendMediaGroup media=[{"caption":"附件","media":"p1","type":"photo"},{"media":"p2","type":"photo"}] protect_content=true`,
				`sendVoice protect_content=true voice=v1`,
				`sendVoice protect_content=true voice=v2`,
				`sendVoice protect_content=true voice=v2`, // the first try failed
				`sendDocument document=d1 protect_content=true`,
			},
		},
	}
	for _, tt := range tests {
		t.Run(string(tt.letter.Kind), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tg, o := newTelegram(), newOutbox()
				tg.answer = func(_ context.Context, c call) (int, string, error) {
					if c.params["voice"] == "v2" && len(tg.seen("sendVoice")) == 2 {
						return 0, "", errReset
					}
					return 0, "", nil
				}
				tt.letter.Chat = 7
				o.put(tt.letter)
				b, _ := newBot(t, tg)
				stop := send(t, b, o, &reports{})
				pass(time.Minute)
				mustStop(t, stop)
				var got []string
				for _, c := range tg.seen("") {
					line := c.method
					delete(c.params, "chat_id")
					for _, k := range sortedKeys(c.params) {
						line += " " + k + "=" + c.params[k]
					}
					got = append(got, line)
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("calls (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func TestSendToleratesWhatNobodyWaitsFor(t *testing.T) {
	tests := []struct {
		kind dialog.LetterKind
		code int
		says string
	}{
		{dialog.Erase, 400, "Bad Request: message to delete not found"},
		{dialog.React, 400, "Bad Request: message to react not found"},
		{dialog.Unbutton, 400, "Bad Request: message to edit not found"},
		{dialog.Unbutton, 400, "Bad Request: message is not modified"},
		{dialog.Leave, 403, "Forbidden: bot is not a member of the group chat"},
		{dialog.Leave, 400, "Bad Request: chat not found"},
	}
	for _, tt := range tests {
		t.Run(string(tt.kind)+" "+tt.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tg, o, r := newTelegram(), newOutbox(), &reports{}
				tg.answer = func(context.Context, call) (int, string, error) { return no(tt.code, tt.says) }
				o.cards[5] = 50
				o.put(dialog.Letter{Kind: tt.kind, Chat: -7, Card: 5, Message: 3, Emoji: "👍"})
				b, log := newBot(t, tg)
				stop := send(t, b, o, r)
				pass(time.Second)
				mustStop(t, stop)
				if len(tg.seen("")) != 1 || len(o.left()) != 0 || len(r.lines()) != 0 || log.count("level=ERROR") != 0 {
					t.Errorf("%d calls, left %v, reports %q, log %q, want one call alone", len(tg.seen("")), o.left(), r.lines(), log.lines)
				}
			})
		})
	}
}

func TestSendAnewTakesTheButtonsOffTheOlderMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		button := [][]dialog.Button{{{Text: "好", Data: "1.1.1"}}}
		o.put(dialog.Letter{Kind: dialog.Show, Chat: 7, Card: 5, Text: "一", Rows: button})
		b, _ := newBot(t, tg)
		stop := send(t, b, o, &reports{})
		pass(time.Minute)
		o.put(dialog.Letter{Kind: dialog.Show, Chat: 7, Card: 5, Text: "二", Rows: button})
		b.Wake()
		pass(time.Minute)
		mustStop(t, stop)
		var got []string
		for _, c := range tg.seen("") {
			got = append(got, c.method+" "+c.params["message_id"]+c.params["text"])
		}
		first, _, _ := o.Posted(5)
		want := []string{"sendMessage 一", "sendMessage 二", fmt.Sprintf("editMessageReplyMarkup %d", first-1)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
	})
}

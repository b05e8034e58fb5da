package bot_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoufang/bot"
	"zoufang/dialog"
)

func picture(chat dialog.ChatID, caption string) dialog.Letter {
	return dialog.Letter{
		Kind: dialog.Picture, Chat: chat, Text: caption, Silent: true, Protect: true,
		Entities: []dialog.Entity{{Type: "bold", Length: 1}}, Chart: &dialog.Chart{Title: "本周"},
	}
}

func draw(c dialog.Chart) ([]byte, error) { return []byte("PNG of " + c.Title), nil }

func TestSendUploadsPictures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tg, o := newTelegram(), newOutbox()
		tries := 0
		tg.answer = func(context.Context, call) (int, string, error) {
			switch tries++; tries {
			case 1:
				return no(429, "Too Many Requests: retry after 3", `"retry_after":3`)
			case 2:
				return 0, "", errReset
			}
			return 0, "", nil
		}
		o.put(picture(7, "本周情况"), show(7, "next"))
		b, _ := newBot(t, tg, func(c *bot.Config) { c.Draw = draw })
		stop := send(t, b, o, &reports{})
		pass(time.Minute)
		mustStop(t, stop)
		calls := tg.seen("")
		if len(calls) != 4 || calls[3].params["text"] != "next" || calls[1].at.Sub(calls[0].at) < 3*time.Second {
			t.Fatalf("calls = %v, want a picture refused, lost and delivered, and what follows", calls)
		}
		want := map[string]string{
			"chat_id": "7", "photo": "PNG of 本周", "caption": "本周情况", "disable_notification": "true", "protect_content": "true",
			"caption_entities": `[{"type":"bold","offset":0,"length":1}]`,
		}
		for _, c := range calls[:3] {
			if diff := cmp.Diff(want, c.params); diff != "" || c.method != "sendPhoto" {
				t.Errorf("%s (-want +got):\n%s", c.method, diff)
			}
		}
	})
}

func TestPicturesThatCannotBeGoOutAsWords(t *testing.T) {
	broken := func(dialog.Chart) ([]byte, error) { return nil, errors.New("no font") }
	panics := func(dialog.Chart) ([]byte, error) { panic("index out of range") }
	tests := []struct {
		name    string
		draw    func(dialog.Chart) ([]byte, error)
		refused int // so many photos
		letter  dialog.Letter
		want    []string
	}{
		{"drawn", draw, 0, picture(7, "words"), []string{"sendPhoto words"}},
		{"without a caption", draw, 0, picture(7, ""), []string{"sendPhoto "}},
		{"nobody draws", nil, 0, picture(7, "words"), []string{"sendMessage words"}},
		{"a fault", broken, 0, picture(7, "words"), []string{"sendMessage words"}},
		{"a panic", panics, 0, picture(7, "words"), []string{"sendMessage words"}},
		{"a fault without words", broken, 0, picture(7, ""), nil},
		{"no chart", draw, 0, dialog.Letter{Kind: dialog.Picture, Chat: 7, Text: "words"}, []string{"sendMessage words"}},
		{"a long caption", draw, 0, picture(7, strings.Repeat("字", 1025)), []string{"sendMessage " + strings.Repeat("字", 1025)}},
		{"bad entities", draw, 1, picture(7, "words"), []string{"sendPhoto words", "sendPhoto words"}},
		{"a bad picture", draw, 2, picture(7, "words"), []string{"sendPhoto words", "sendPhoto words", "sendMessage words"}},
		{"a bad picture without words", draw, 2, picture(7, ""), []string{"sendPhoto ", "sendPhoto "}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tg, o := newTelegram(), newOutbox()
				tg.answer = func(_ context.Context, c call) (int, string, error) {
					if c.method == "sendPhoto" && len(tg.seen("sendPhoto")) <= tt.refused {
						return no(400, "Bad Request: IMAGE_PROCESS_FAILED")
					}
					return 0, "", nil
				}
				o.put(tt.letter)
				b, log := newBot(t, tg, func(c *bot.Config) { c.Draw = tt.draw })
				stop := send(t, b, o, &reports{})
				pass(time.Minute)
				mustStop(t, stop)
				var got []string
				for _, c := range tg.seen("") {
					got = append(got, c.method+" "+c.params["text"]+c.params["caption"])
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("calls (-want +got):\n%s", diff)
				}
				if well := len(tt.want) == 1 && strings.HasPrefix(tt.want[0], "sendPhoto"); well != (log.count("level=ERROR") == 0) {
					t.Errorf("%d errors in the log, want some exactly if it was not delivered as it stands", log.count("level=ERROR"))
				}
				if left := o.left(); len(left) != 0 {
					t.Errorf("left = %v, want none", left)
				}
			})
		})
	}
}

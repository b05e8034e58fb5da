package simulator

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// What Telegram takes in a keyboard; these limits are not in its description.
const (
	maxButtons    = 100
	maxRow        = 8
	maxMarkupSize = 10 << 10
)

// inlineMarkup is an inline keyboard: its buttons as people see them, and the
// JSON the bot sent. It is never changed after it was made.
type inlineMarkup struct {
	rows [][]Button
	raw  json.RawMessage
}

type inlineButton struct {
	Text     string  `json:"text"`
	Style    string  `json:"style"`
	URL      string  `json:"url"`
	Data     *string `json:"callback_data"`
	CopyText *struct {
		Text string `json:"text"`
	} `json:"copy_text"`
	WebApp        json.RawMessage `json:"web_app"`
	LoginURL      json.RawMessage `json:"login_url"`
	Switch        *string         `json:"switch_inline_query"`
	SwitchCurrent *string         `json:"switch_inline_query_current_chat"`
	SwitchChosen  json.RawMessage `json:"switch_inline_query_chosen_chat"`
	Game          json.RawMessage `json:"callback_game"`
	Pay           *bool           `json:"pay"`
	Disabled      json.RawMessage `json:"disabled"`
}

func (b inlineButton) picture() Button {
	p := Button{Text: b.Text, Style: b.Style, URL: b.URL}
	if b.CopyText != nil {
		p.Copy = b.CopyText.Text
	}
	if b.Data != nil {
		p.Data = *b.Data
	}
	return p
}

// actions counts the kinds of action a button has.
func (b inlineButton) actions() int {
	n := 0
	for _, has := range []bool{
		b.URL != "", b.Data != nil, b.CopyText != nil, b.WebApp != nil, b.LoginURL != nil, b.Switch != nil,
		b.SwitchCurrent != nil, b.SwitchChosen != nil, b.Game != nil, b.Pay != nil, b.Disabled != nil,
	} {
		if has {
			n++
		}
	}
	return n
}

func (b inlineButton) check() error {
	switch {
	case strings.TrimSpace(b.Text) == "":
		return badRequest("inline keyboard button text must be non-empty")
	case b.actions() == 0:
		return badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case b.actions() > 1:
		return badRequest("can't parse inline keyboard button: exactly one kind of action is allowed")
	case b.Data != nil && (*b.Data == "" || len(*b.Data) > 64):
		return badRequest("BUTTON_DATA_INVALID")
	case b.URL != "" && !linkable(b.URL):
		return badRequest("inline keyboard button URL '" + b.URL + "' is invalid: Wrong HTTP URL")
	}
	return nil
}

func linkable(link string) bool {
	u, err := url.Parse(link)
	return err == nil && slices.Contains([]string{"http", "https", "tg"}, u.Scheme) && u.Host != ""
}

// replyMarkup is any of the four markups a sent message may have.
type replyMarkup struct {
	inline *inlineMarkup
	keys   [][]string // of a reply keyboard
	other  bool       // not inline: the message cannot be edited
	remove bool
}

// readMarkup takes reply_markup from the parameters.
func readMarkup(a *args) (replyMarkup, error) {
	text, ok := a.values["reply_markup"]
	if !ok {
		return replyMarkup{}, nil
	}
	var kinds struct {
		Inline   json.RawMessage `json:"inline_keyboard"`
		Keyboard [][]struct {
			Text string `json:"text"`
		} `json:"keyboard"`
		Remove bool `json:"remove_keyboard"`
	}
	if err := json.Unmarshal([]byte(text), &kinds); err != nil {
		return replyMarkup{}, badRequest("can't parse reply keyboard markup JSON object")
	}
	if kinds.Inline != nil {
		m, err := readInline(text)
		return replyMarkup{inline: m}, err
	}
	r := replyMarkup{other: true, remove: kinds.Remove}
	for _, row := range kinds.Keyboard {
		keys := make([]string, 0, len(row))
		for _, k := range row {
			if strings.TrimSpace(k.Text) == "" {
				return r, badRequest("keyboard button text must be non-empty")
			}
			keys = append(keys, k.Text)
		}
		r.keys = append(r.keys, keys)
	}
	return r, nil
}

// readInline decodes and checks an inline keyboard; an empty one is none.
func readInline(text string) (*inlineMarkup, error) {
	var sent struct {
		Rows [][]inlineButton `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(text), &sent); err != nil {
		return nil, badRequest("can't parse inline keyboard markup JSON object")
	}
	m := &inlineMarkup{rows: make([][]Button, 0, len(sent.Rows))}
	count := 0
	for _, row := range sent.Rows {
		count += len(row)
		if len(row) > maxRow {
			return nil, badRequest("reply markup is too long")
		}
		shown := make([]Button, 0, len(row))
		for _, b := range row {
			if err := b.check(); err != nil {
				return nil, err
			}
			shown = append(shown, b.picture())
		}
		if len(row) > 0 {
			m.rows = append(m.rows, shown)
		}
	}
	if count == 0 {
		return nil, nil
	}
	var raw bytes.Buffer
	if err := json.Compact(&raw, []byte(text)); err != nil {
		return nil, badRequest("can't parse inline keyboard markup JSON object")
	}
	m.raw = raw.Bytes()
	if count > maxButtons || len(m.raw) > maxMarkupSize {
		return nil, badRequest("reply markup is too long")
	}
	return m, nil
}

// same tells whether two keyboards are equal; nil is a keyboard like others.
func (m *inlineMarkup) same(o *inlineMarkup) bool {
	if m == nil || o == nil {
		return m == o
	}
	return bytes.Equal(m.raw, o.raw)
}

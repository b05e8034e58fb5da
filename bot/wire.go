package bot

import (
	"encoding/json"

	"github.com/go-telegram/bot/models"

	"zoufang/dialog"
)

// The types of this file are the parts of an update that matter here. The
// library's whole types are not used for decoding: they refuse a message for an
// unknown variant in a part of it that nobody reads.

type update struct {
	ID       *int64      `json:"update_id"`
	Message  *message    `json:"message"`
	Edited   *message    `json:"edited_message"`
	Callback *callback   `json:"callback_query"`
	MyMember *membership `json:"my_chat_member"`
}

type message struct {
	ID             int64            `json:"message_id"`
	From           *models.User     `json:"from"`
	SenderChat     seen             `json:"sender_chat"`
	SenderBusiness seen             `json:"sender_business_bot"`
	ViaBot         seen             `json:"via_bot"`
	Business       string           `json:"business_connection_id"`
	Date           int64            `json:"date"`
	EditDate       int64            `json:"edit_date"`
	Chat           models.Chat      `json:"chat"`
	ReplyTo        *messageRef      `json:"reply_to_message"`
	Album          string           `json:"media_group_id"`
	Text           string           `json:"text"`
	Entities       []dialog.Entity  `json:"entities"`
	Caption        string           `json:"caption"`
	Photo          []photoSize      `json:"photo"`
	Animation      seen             `json:"animation"`
	Document       *models.Document `json:"document"`
	Voice          *models.Voice    `json:"voice"`
	MigrateTo      int64            `json:"migrate_to_chat_id"`
}

type messageRef struct {
	ID   int64       `json:"message_id"`
	Chat models.Chat `json:"chat"`
}

type photoSize struct {
	FileID   string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Width    int64  `json:"width"`
	Height   int64  `json:"height"`
	Size     int64  `json:"file_size"`
}

type callback struct {
	ID   string      `json:"id"`
	From models.User `json:"from"`
	// Message has no more than these fields if it is too old to be accessible.
	Message *messageRef `json:"message"`
	Data    string      `json:"data"`
}

type membership struct {
	Chat models.Chat `json:"chat"`
	From models.User `json:"from"`
	Date int64       `json:"date"`
	Old  memberState `json:"old_chat_member"`
	New  memberState `json:"new_chat_member"`
}

type memberState struct {
	Status   string `json:"status"`
	IsMember bool   `json:"is_member"` // of the restricted
}

// in reports whether somebody in this state is part of the chat.
func (m memberState) in() bool {
	switch m.Status {
	case "creator", "administrator", "member":
		return true
	}
	return m.Status == "restricted" && m.IsMember
}

// seen is a field of which only its presence matters.
type seen bool

// UnmarshalJSON implements [json.Unmarshaler].
func (s *seen) UnmarshalJSON(b []byte) error {
	*s = string(b) != "null"
	return nil
}

// sort names what a message without text, photo, voice or document is, or
// returns an empty string for service messages, to which nobody expects an
// answer.
func sort(raw []byte) string {
	var u struct {
		Message map[string]json.RawMessage `json:"message"`
	}
	if json.Unmarshal(raw, &u) != nil {
		return ""
	}
	for _, s := range [...]string{
		// A venue has a location as well, and an animation a document.
		"animation", "audio", "checklist", "contact", "dice", "game", "invoice", "venue", "location",
		"paid_media", "poll", "rich_message", "sticker", "story", "video", "video_note",
	} {
		if _, ok := u.Message[s]; ok {
			return s
		}
	}
	return ""
}

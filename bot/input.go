package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/go-telegram/bot/models"

	"zoufang/casework"
	"zoufang/dialog"
)

// The largest file a bot can fetch, the longest cause and the longest name.
const (
	fileLimit  = 20 << 20
	causeLimit = 128
	nameLimit  = 64
)

// updateID reads the number of an update that may make no sense otherwise.
func updateID(raw []byte) (int64, bool) {
	var u struct {
		ID *int64 `json:"update_id"`
	}
	if json.Unmarshal(raw, &u) != nil || u.ID == nil {
		return 0, false
	}
	return *u.ID, true
}

// input makes an Input of an update. It never fails: what cannot be decoded is
// an input of its own kind. Equal updates give equal inputs.
func input(raw []byte, username string, now time.Time) dialog.Input {
	var u update
	if err := json.Unmarshal(raw, &u); err != nil || u.ID == nil {
		id, _ := updateID(raw)
		return dialog.Input{Kind: dialog.Garbled, Cause: rawCause(id, raw), Reached: now, Raw: raw}
	}
	var in dialog.Input
	switch {
	case u.Message != nil:
		in = messageInput(u.Message, raw, username)
	case u.Edited != nil:
		in = editInput(u.Edited)
	case u.Callback != nil:
		in = callbackInput(u.Callback)
	case u.MyMember != nil:
		in = memberInput(u.MyMember)
	default:
		in = dialog.Input{Kind: dialog.Ignored}
	}
	in.Reached = now
	if in.Cause == "" {
		in.Cause = rawCause(*u.ID, raw)
	}
	if len(in.Cause) > causeLimit {
		sum := sha256.Sum256([]byte(in.Cause))
		in.Cause = in.Cause[:2] + hex.EncodeToString(sum[:])
	}
	return in
}

// rawCause is the cause of an update without a natural key. The number alone
// would not do: Telegram begins anew at random after a quiet week.
func rawCause(id int64, raw []byte) string { return fmt.Sprintf("u:%d:%s", id, digest(raw)) }

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:4])
}

// from fills in where a message came from.
func from(m *message) dialog.Input {
	in := dialog.Input{Kind: dialog.Ignored}
	in.Chat, in.ChatKind = dialog.ChatID(m.Chat.ID), chatKind(m.Chat.Type)
	if m.ID <= 0 || m.Chat.ID == 0 {
		return in // without a natural key
	}
	in.Message = dialog.MessageID(m.ID)
	in.Cause = dialog.MessageCause(in.Chat, in.Message)
	in.Typed = time.Unix(m.Date, 0).UTC()
	if m.ReplyTo != nil {
		in.ReplyTo = dialog.MessageID(m.ReplyTo.ID)
	}
	if m.From != nil {
		in.Lang, in.Name = strings.ToLower(m.From.LanguageCode), displayName(m.From)
	}
	// Somebody who speaks as a chat, through another bot or on behalf of a
	// business is not the person the account belongs to.
	if m.From != nil && !m.From.IsBot && !bool(m.SenderChat || m.ViaBot || m.SenderBusiness) && m.Business == "" {
		in.User = casework.UserID(m.From.ID)
	}
	return in
}

func messageInput(m *message, raw []byte, username string) dialog.Input {
	in := from(m)
	switch {
	case in.Cause == "":
	case m.MigrateTo != 0:
		in.Kind, in.NewChat = dialog.Moved, dialog.ChatID(m.MigrateTo)
	case m.Text != "":
		in.Kind, in.Text = dialog.Said, m.Text
		name, args, foreign := command(m.Text, m.Entities, username)
		in.Command, in.Args = name, args
		if foreign && in.ChatKind != dialog.PrivateChat {
			in.Kind, in.Text = dialog.Ignored, ""
		}
	default:
		in.File = file(m)
		if in.File != nil {
			in.Kind, in.Text = dialog.Sent, m.Caption
		} else if in.Text = sort(raw); in.Text != "" {
			in.Kind = dialog.Other
		}
	}
	return in
}

func editInput(m *message) dialog.Input {
	in := from(m)
	text := m.Text
	if text == "" {
		text = m.Caption
	}
	if in.Cause == "" || text == "" {
		// A live location, for one, is edited every few seconds.
		in.Cause = ""
		return in
	}
	in.Kind, in.Text = dialog.Edited, text
	in.Typed = time.Unix(m.EditDate, 0).UTC()
	in.Cause = fmt.Sprintf("e:%d:%d:%d:%s", in.Chat, in.Message, m.EditDate, digest([]byte(text)))
	return in
}

func callbackInput(c *callback) dialog.Input {
	in := dialog.Input{Kind: dialog.Ignored, Query: c.ID, Data: c.Data}
	if c.ID == "" {
		return in
	}
	in.Cause = "c:" + c.ID
	in.Lang, in.Name = strings.ToLower(c.From.LanguageCode), displayName(&c.From)
	if !c.From.IsBot {
		in.User = casework.UserID(c.From.ID)
	}
	if c.Message == nil || c.Message.Chat.ID == 0 {
		return in // a message sent through inline mode, which is not ours
	}
	in.Kind, in.Message = dialog.Pressed, dialog.MessageID(c.Message.ID)
	in.Chat, in.ChatKind = dialog.ChatID(c.Message.Chat.ID), chatKind(c.Message.Chat.Type)
	return in
}

func memberInput(m *membership) dialog.Input {
	in := dialog.Input{Kind: dialog.Ignored, Typed: time.Unix(m.Date, 0).UTC()}
	in.Chat, in.ChatKind = dialog.ChatID(m.Chat.ID), chatKind(m.Chat.Type)
	in.Lang, in.Name = strings.ToLower(m.From.LanguageCode), displayName(&m.From)
	if !m.From.IsBot {
		in.User = casework.UserID(m.From.ID)
	}
	in.Cause = fmt.Sprintf("s:%d:my_chat_member:%d:%s", m.Chat.ID, m.Date, m.New.Status)
	switch {
	case m.New.in() == m.Old.in(): // other rights in the same chat
	case m.New.in():
		in.Kind = dialog.Joined
	default:
		in.Kind = dialog.Left
	}
	return in
}

func chatKind(t models.ChatType) dialog.ChatKind {
	switch t {
	case models.ChatTypePrivate:
		return dialog.PrivateChat
	case models.ChatTypeGroup, models.ChatTypeSupergroup:
		return dialog.GroupChat
	case models.ChatTypeChannel:
		return dialog.ChannelChat
	}
	return dialog.ChannelChat // an unknown sort gets the fewest rights
}

// file is the file of a message, or nil. An animation comes with a document for
// old programs, and a live photo with a photo.
func file(m *message) *dialog.File {
	switch {
	case bool(m.Animation):
		return nil
	case len(m.Photo) > 0:
		p := largest(m.Photo)
		return &dialog.File{Kind: casework.Photo, FileID: p.FileID, UniqueID: p.UniqueID, Size: p.Size, Album: m.Album}
	case m.Voice != nil:
		v := m.Voice
		return &dialog.File{
			Kind: casework.Voice, FileID: v.FileID, UniqueID: v.FileUniqueID,
			MIME: v.MimeType, Size: v.FileSize, Seconds: v.Duration, Album: m.Album,
		}
	case m.Document != nil:
		d := m.Document
		return &dialog.File{
			Kind: casework.Document, FileID: d.FileID, UniqueID: d.FileUniqueID,
			Name: clean(d.FileName, 4*nameLimit), MIME: d.MimeType, Size: d.FileSize, Album: m.Album,
		}
	}
	return nil
}

// largest is the largest size of a photo that can be fetched, else the first.
func largest(sizes []photoSize) photoSize {
	best := sizes[0]
	for _, p := range sizes[1:] {
		if p.Size <= fileLimit && (p.Width*p.Height > best.Width*best.Height || best.Size > fileLimit) {
			best = p
		}
	}
	return best
}

func displayName(u *models.User) string { return clean(u.FirstName+" "+u.LastName, nameLimit) }

// clean takes out what is not seen or turns the direction of writing, and
// shortens to a number of characters.
func clean(s string, limit int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.C, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	r := []rune(strings.Join(strings.Fields(s), " "))
	return strings.TrimSpace(string(r[:min(len(r), limit)]))
}

package simulator

import (
	"fmt"
	"path"
)

// Photo sends one picture and returns the message's id.
func (p *Phone) Photo(data []byte, caption string) (int, error) {
	ids, err := p.photos([][]byte{data}, caption)
	if err != nil {
		return 0, err
	}
	return ids[0], nil
}

// Album sends pictures as one album: each is a message of its own.
func (p *Phone) Album(pictures ...[]byte) ([]int, error) {
	return p.photos(pictures, "")
}

// photos puts the caption on the first picture.
func (p *Phone) photos(pictures [][]byte, caption string) ([]int, error) {
	s := p.sim
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]*media, 0, len(pictures))
	for i, data := range pictures {
		sizes, err := s.keepPhoto(data)
		if err != nil {
			return nil, fmt.Errorf("photo %d: %w", i+1, err)
		}
		all = append(all, &media{kind: "photo", files: sizes})
	}
	album := ""
	if len(all) > 1 {
		album = s.number()
	}
	var ids []int
	for i, m := range all {
		text := ""
		if i == 0 {
			text = caption
		}
		ids = append(ids, p.say(s.privateChat(p.who), &message{text: text, media: m, album: album}))
	}
	return ids, nil
}

// Document sends a file as it is.
func (p *Phone) Document(name, mime string, data []byte) int {
	return p.sendFile("document", file{name: name, mime: mime, data: data}, "")
}

// Voice sends a voice note.
func (p *Phone) Voice(seconds int, data []byte) int {
	return p.sendFile("voice", file{name: "voice.oga", mime: "audio/ogg", data: data, seconds: seconds}, "")
}

func (p *Phone) sendFile(kind string, f file, caption string) int {
	s := p.sim
	s.mu.Lock()
	defer s.mu.Unlock()
	f.name = path.Base(f.name)
	if f.mime == "" {
		f.mime = guessType(f.name, f.data)
	}
	m := &media{kind: kind, files: []*file{s.keep(f, kind)}}
	return p.say(s.privateChat(p.who), &message{text: caption, media: m})
}

// special sends content without text, given in the Bot API's form.
func (p *Phone) special(kind, label string, content map[string]any) int {
	return p.tell(&message{label: label, extra: map[string]any{kind: content}})
}

// Sticker sends a sticker.
func (p *Phone) Sticker(emoji string) int {
	return p.special("sticker", "sticker "+emoji, map[string]any{
		"file_id": "CAACAgUAAxSticker", "file_unique_id": "AgADSticker", "type": "regular",
		"width": 512, "height": 512, "is_animated": false, "is_video": false, "emoji": emoji,
	})
}

// Location sends a place.
func (p *Phone) Location(latitude, longitude float64) int {
	return p.special("location", "location", map[string]any{
		"latitude": latitude, "longitude": longitude, "horizontal_accuracy": 12.5,
	})
}

// Contact sends a contact; user is its account, which may be the person's own
// or 0 for none.
func (p *Phone) Contact(phone, name string, account int64) int {
	c := map[string]any{"phone_number": phone, "first_name": name}
	if account != 0 {
		c["user_id"] = account
	}
	return p.special("contact", "contact "+name, c)
}

// Dice throws a die that shows value.
func (p *Phone) Dice(value int) int {
	return p.special("dice", "dice", map[string]any{"emoji": "🎲", "value": value})
}

// Poll sends a poll.
func (p *Phone) Poll(question string, options ...string) int {
	list := make([]map[string]any, 0, len(options))
	for i, o := range options {
		list = append(list, map[string]any{"persistent_id": fmt.Sprint(i), "text": o, "voter_count": 0})
	}
	return p.special("poll", "poll "+question, map[string]any{
		"id": "5300000000000000001", "question": question, "options": list, "total_voter_count": 0,
		"is_closed": false, "is_anonymous": true, "type": "regular", "allows_multiple_answers": false,
		"allows_revoting": false, "members_only": false,
	})
}

// Forward sends a message of a chat on to the bot.
func (p *Phone) Forward(chatID int64, id int) (int, error) {
	s := p.sim
	s.mu.Lock()
	defer s.mu.Unlock()
	in, ok := s.chats[chatID]
	if !ok || in.byID[id] == nil {
		return 0, fmt.Errorf("forward message %d: %w", id, ErrNoMessage)
	}
	src := in.byID[id]
	if src.protected {
		return 0, fmt.Errorf("forward message %d: %w", id, ErrProtected)
	}
	return p.say(s.privateChat(p.who), &message{
		text: src.text, entities: src.entities, media: src.media, extra: src.extra, label: src.label,
		origin: src.forwardOrigin(),
	}), nil
}

package simulator

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// AddGroup makes a group to which a person has added the bot. An id that begins
// with -100 is a supergroup's. Anybody may write in a group.
func (s *Simulator) AddGroup(id int64, title string, by int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.group(id)
	c.title = title
	adder := user{ID: by}
	if p, ok := s.people[by]; ok {
		adder = p.user()
	}
	s.membership(c, adder, "left", "member")
	s.touchChat(c)
}

// group returns a group, made at the first use.
func (s *Simulator) group(id int64) *chat {
	c, ok := s.chats[id]
	if !ok {
		c = &chat{id: id, kind: "group", byID: map[int]*message{}}
		if strings.HasPrefix(strconv.FormatInt(id, 10), "-100") {
			c.kind = "supergroup"
		}
		s.chats[id] = c
	}
	return c
}

// MigrateGroup turns a group into a supergroup: both get the service message,
// and calls to the old id are refused with the new one.
func (s *Simulator) MigrateGroup(old, next int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	from, to := s.group(old), s.group(next)
	to.kind, to.title = "supergroup", from.title
	from.migrated = next
	for _, m := range []*message{
		{chat: from, from: groupAnonymousBot, service: "migrated", extra: map[string]any{"migrate_to_chat_id": next}},
		{chat: to, from: groupAnonymousBot, service: "migrated", extra: map[string]any{"migrate_from_chat_id": old}},
	} {
		s.add(m)
		s.queue.push("message", m.api(true), messageLife)
	}
}

// RawUpdate queues any JSON object as the next update, whatever kinds the bot
// asked for, and returns its number. An update_id in the object is replaced.
func (s *Simulator) RawUpdate(body string) (int64, error) {
	var update map[string]json.RawMessage
	if err := json.Unmarshal([]byte(body), &update); err != nil {
		return 0, fmt.Errorf("raw update: %w", err)
	}
	q := s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	id := q.tail
	update["update_id"] = strconv.AppendInt(nil, id, 10)
	raw, err := json.Marshal(update)
	if err != nil {
		return 0, fmt.Errorf("raw update: %w", err)
	}
	q.append(raw, messageLife)
	return id, nil
}

package simulator

import (
	"regexp"
	"strings"
	"sync"
	"time"
)

// commandKey is a scope with a language.
type commandKey struct {
	scope string
	chat  int64
	user  int64
	lang  string
}

type botCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

func (c *call) getMe() (any, error) {
	return map[string]any{
		"id": c.bot.ID, "is_bot": true, "first_name": c.bot.FirstName, "username": c.bot.Username,
		"can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": false,
		"can_connect_to_business": false, "has_main_web_app": false,
	}, nil
}

func (c *call) setWebhook() (any, error) {
	kinds, err := object[[]string](c.args, "allowed_updates")
	if err != nil {
		return nil, err
	}
	q := c.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	q.webhook = c.values["url"]
	if c.has("allowed_updates") {
		q.allow(kinds)
	}
	if c.bool("drop_pending_updates") {
		q.drop()
	}
	if q.webhook != "" {
		q.abort(conflictWebhook)
	}
	return true, nil
}

func (c *call) deleteWebhook() (any, error) {
	q := c.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	q.webhook = ""
	if c.bool("drop_pending_updates") {
		q.drop()
	}
	return true, nil
}

func (c *call) getWebhookInfo() (any, error) {
	q := c.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	q.expire()
	info := map[string]any{
		"url": q.webhook, "has_custom_certificate": false, "pending_update_count": len(q.entries),
	}
	if len(q.listed) > 0 {
		info["allowed_updates"] = q.listed
	}
	return info, nil
}

const queryTooOld = "query is too old and response timeout expired or query ID is invalid"

func (c *call) answerCallbackQuery() (any, error) {
	q, ok := c.queries[c.values["callback_query_id"]]
	if !ok || c.Now().Sub(q.made) > callbackLife {
		return nil, badRequest(queryTooOld)
	}
	delete(c.queries, q.id)
	p := c.people[q.person]
	t := Toast{User: q.person, Query: q.id, Text: c.values["text"], Alert: c.bool("show_alert"), URL: c.values["url"]}
	p.toasts = append(p.toasts, t)
	c.watch.publish(event{toast: &t})
	return true, nil
}

// typingTime is how long a chat action is shown.
const typingTime = 5 * time.Second

func (c *call) sendChatAction() (any, error) {
	to, err := c.target("chat_id")
	if err != nil {
		return nil, err
	}
	to.typing = wall().Add(typingTime)
	c.touchChat(to)
	c.watch.publish(event{chat: to.id, typing: true})
	return true, nil
}

// key reads scope and language_code.
func (c *call) key() (commandKey, error) {
	scope, err := object[struct {
		Type   string `json:"type"`
		ChatID int64  `json:"chat_id"`
		UserID int64  `json:"user_id"`
	}](c.args, "scope")
	if err != nil {
		return commandKey{}, c.mistake("chat not found")
	}
	k := commandKey{scope.Type, scope.ChatID, scope.UserID, c.values["language_code"]}
	if k.scope == "" {
		k.scope = "default"
	}
	if k.lang != "" && !namePatterns().lang.MatchString(k.lang) {
		return k, c.mistake("LANG_CODE_INVALID")
	}
	if k.chat != 0 && c.people[k.chat] == nil && c.chats[k.chat] == nil {
		return k, badRequest("chat not found")
	}
	return k, nil
}

var namePatterns = sync.OnceValue(func() (p struct{ command, lang *regexp.Regexp }) {
	p.command = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	p.lang = regexp.MustCompile(`^[a-z]{2}$`)
	return p
})

const maxCommands = 100

func (c *call) setMyCommands() (any, error) {
	k, err := c.key()
	if err != nil {
		return nil, err
	}
	list, err := object[[]botCommand](c.args, "commands")
	if err != nil {
		return nil, err
	}
	if len(list) > maxCommands {
		return nil, c.mistake("BOT_COMMANDS_TOO_MUCH")
	}
	for _, b := range list {
		if !namePatterns().command.MatchString(b.Command) {
			return nil, c.mistake("BOT_COMMAND_INVALID")
		}
	}
	c.commands[k] = list
	c.touchPeople()
	return true, nil
}

func (c *call) getMyCommands() (any, error) {
	k, err := c.key()
	if err != nil {
		return nil, err
	}
	return append([]botCommand{}, c.commands[k]...), nil
}

func (c *call) deleteMyCommands() (any, error) {
	k, err := c.key()
	if err != nil {
		return nil, err
	}
	delete(c.commands, k)
	c.touchPeople()
	return true, nil
}

// touchPeople lets the page ask again for what is not in a chat's messages.
func (s *Simulator) touchPeople() {
	for _, p := range s.people {
		s.touchChat(s.privateChat(p))
	}
}

// commandsFor are the commands in force in a person's private chat: the first
// list in Telegram's order that is set and not empty.
func (s *Simulator) commandsFor(p *person) []botCommand {
	lang, _, _ := strings.Cut(p.Lang, "-")
	for _, k := range []commandKey{
		{scope: "chat", chat: p.ID, lang: lang}, {scope: "chat", chat: p.ID},
		{scope: "all_private_chats", lang: lang}, {scope: "all_private_chats"},
		{scope: "default", lang: lang}, {scope: "default"},
	} {
		if list := s.commands[k]; len(list) > 0 {
			return list
		}
	}
	return []botCommand{}
}

// setMyName keeps the name, which people see.
func (c *call) setMyName() (any, error) {
	if c.has("name") && !c.has("language_code") {
		c.bot.FirstName = c.values["name"]
	}
	return true, nil
}

// setProfileText keeps a description under its field and language.
func (c *call) setProfileText() (any, error) {
	field := profileField(c.method)
	c.profile[field+" "+c.values["language_code"]] = c.values[field]
	return true, nil
}

func (c *call) getProfileText() (any, error) {
	field := profileField(c.method)
	return map[string]string{field: c.profile[field+" "+c.values["language_code"]]}, nil
}

// profileField is the parameter, and field of the answer, that holds the text.
func profileField(method string) string {
	if strings.HasSuffix(method, "ShortDescription") {
		return "short_description"
	}
	return "description"
}

// setChatMenuButton only checks: the page always shows the commands.
func (c *call) setChatMenuButton() (any, error) {
	if !c.has("chat_id") {
		return true, nil
	}
	to, err := c.target("chat_id")
	if err == nil && to.kind != "private" {
		err = badRequest("chat not found")
	}
	return true, err
}

func (c *call) getChat() (any, error) {
	in, err := c.target("chat_id")
	if err != nil {
		return nil, err
	}
	full := map[string]any{
		"id": in.id, "type": in.kind, "accent_color_id": 0, "max_reaction_count": 11,
		"accepted_gift_types": map[string]bool{
			"unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false,
			"premium_subscription": false, "gifts_from_channels": false,
		},
	}
	a := in.api()
	for k, v := range map[string]string{
		"title": a.Title, "username": a.Username, "first_name": a.FirstName, "last_name": a.LastName,
	} {
		if v != "" {
			full[k] = v
		}
	}
	return full, nil
}

func (c *call) leaveChat() (any, error) {
	in, err := c.target("chat_id")
	if err != nil {
		return nil, err
	}
	if in.kind == "private" {
		return nil, badRequest("chat member status can't be changed in private chats")
	}
	in.gone = true
	c.touchChat(in)
	return true, nil
}

// logOut is final: every later call is refused.
func (c *call) logOut() (any, error) {
	c.closed.Store(true)
	return true, nil
}

// closeBot only says yes: there is no other server the bot could move to.
func (c *call) closeBot() (any, error) {
	return true, nil
}

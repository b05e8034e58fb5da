package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/sample"
	"zoufang/simulator"
	"zoufang/store"
)

//go:embed scripts/*.txt
var scripts embed.FS

// stepTimeout is how long the bot may take to answer a step of a script.
const stepTimeout = 20 * time.Second

// play plays a script of embedded scripts: it does what its lines say, waits for
// what they expect, and prints what the phones show, the record made, and its
// events. The lines:
//
//	@ member        whose phone from here on: member, partner, leader, secretary,
//	                officer, director or office
//	> words         says words
//	> [label]       taps the button of the newest card that begins so
//	> (photo)       sends a photo
//	> ~ old => new  edits the message that said old
//	? words         waits until the newest card holds the words, and prints it
//	? (picture)     waits for a picture, and prints its caption and size
//	? (document)    waits for a document, and prints its name, size and caption
//	= 08:00         moves the clock to that time, today or tomorrow
//	= 2017-09-11 08:00   or on that day
func (d *demo) play(ctx context.Context, name string, w world) error {
	data, err := scripts.ReadFile("scripts/" + name + ".txt")
	if err != nil {
		return fmt.Errorf("script %s: %w", name, err)
	}
	before, err := d.events()
	if err != nil {
		return err
	}
	p := &player{d: d, w: w}
	p.take("member", sample.MemberUser)
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := p.play(ctx, line); err != nil {
			return fmt.Errorf("script %s, line %d, %q: %w", name, i+1, line, err)
		}
	}
	return d.printRecord(w, before)
}

// player acts for the people of a script.
type player struct {
	d     *demo
	w     world
	phone *simulator.Phone
	user  int64
	name  string
	seen  map[int]bool // files looked at
	// before are the bot's messages as they were when the person last did
	// something, by number.
	before map[int]string
}

// play does a step when the bot has said all that it has to say. A person looks at
// the card before they tap; a script that does not would tap a card that is about to
// change.
func (p *player) play(ctx context.Context, line string) error {
	if !strings.HasPrefix(line, "?") {
		if err := p.d.quiet(ctx); err != nil {
			return err
		}
	}
	return p.step(ctx, line)
}

func (p *player) step(ctx context.Context, line string) error {
	ctx, cancel := context.WithTimeout(ctx, stepTimeout)
	defer cancel()
	kind, rest, _ := strings.Cut(line, " ")
	switch kind {
	case "@":
		id, ok := map[string]casework.UserID{
			"member": sample.MemberUser, "partner": sample.PartnerUser, "leader": sample.LeaderUser,
			"secretary": sample.SecretaryUser, "officer": sample.OfficerUser, "office": sample.OfficeUser, "director": sample.DirectorUser,
		}[rest]
		if !ok {
			return errors.New("nobody is called so")
		}
		p.take(rest, id)
		return nil
	case "?":
		if rest == "(picture)" || rest == "(document)" {
			return p.expectFile(ctx, rest == "(picture)")
		}
		return p.expect(ctx, rest)
	case "=":
		return p.wait(rest)
	case ">":
		p.note()
		p.d.sim.Advance(10 * time.Second)
		fmt.Fprintf(p.w.out, "%s> %s\n", p.name, rest)
		return p.do(ctx, rest)
	}
	return errors.New("a line begins with @, >, ? or =")
}

// quiet waits until the bot has dealt with all that was said and has delivered its
// letters, at most stepTimeout.
func (d *demo) quiet(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, stepTimeout)
	defer cancel()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for {
		if err := d.sim.Idle(ctx); err != nil {
			return fmt.Errorf("the bot is not done with what was said: %w", err)
		}
		if letters, err := dueLetters(d.store, d.sim.Now()); err != nil || len(letters) == 0 {
			return err
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return fmt.Errorf("the bot has not delivered its letters: %w", ctx.Err())
		}
	}
}

// dueLetters are some of those that may leave now.
func dueLetters(s *store.Store, now time.Time) ([]dialog.Letter, error) {
	letters, err := s.Pending(0, 100)
	return slices.DeleteFunc(letters, func(l dialog.Letter) bool { return l.NotBefore.After(now) }), err
}

// wait moves the clock forward to a time of day in the campaign's zone.
func (p *player) wait(to string) error {
	zone, now := p.d.service.zone, p.d.sim.Now()
	at, err := time.ParseInLocation("2006-01-02 15:04", to, zone)
	if err != nil {
		hour, err := time.Parse("15:04", to)
		if err != nil {
			return fmt.Errorf("%q is no time such as 08:00", to)
		}
		local := now.In(zone)
		at = time.Date(local.Year(), local.Month(), local.Day(), hour.Hour(), hour.Minute(), 0, 0, zone)
		if !at.After(now) {
			at = at.AddDate(0, 0, 1)
		}
	}
	if !at.After(now) {
		return fmt.Errorf("%s has passed", to)
	}
	p.note()
	p.d.sim.SetNow(at)
	fmt.Fprintf(p.w.out, "\n== %s\n", at.Format("Mon 2006-01-02 15:04"))
	return nil
}

// expectFile waits for a picture or document that nobody looked at, and says what it is.
func (p *player) expectFile(ctx context.Context, picture bool) error {
	var found *simulator.Message
	err := p.phone.Wait(ctx, func(c simulator.Chat) bool {
		for _, m := range slices.Backward(c.Messages) {
			fits := picture && m.Photo != nil || !picture && m.Document != nil
			if m.From == "bot" && fits && !p.seen[m.ID] {
				found = m
				return true
			}
		}
		return false
	})
	if err != nil {
		return fmt.Errorf("no file came: %w", err)
	}
	if p.seen == nil {
		p.seen = map[int]bool{}
	}
	p.seen[found.ID] = true
	if picture {
		fmt.Fprintf(p.w.out, "    (picture, %d × %d) %s\n", found.Photo.Width, found.Photo.Height, found.Text)
		return nil
	}
	caption := strings.ReplaceAll(found.Text, "\n", "\n    ")
	fmt.Fprintf(p.w.out, "    (document %s, %d bytes)\n    %s\n", found.Document.Name, found.Document.Size, caption)
	return nil
}

// take takes somebody's phone.
func (p *player) take(name string, id casework.UserID) {
	p.user, p.name, p.phone, p.before = int64(id), name, p.d.sim.Person(int64(id)), nil
}

// note remembers what the bot's messages say, to tell later what is new.
func (p *player) note() {
	p.before = map[int]string{}
	for _, m := range p.d.sim.Chat(p.user).Messages {
		p.before[m.ID] = looks(m)
	}
}

// looks is how a message looks on the phone.
func looks(m *simulator.Message) string { return fmt.Sprint(m.Text, m.Buttons) }

// changed reports whether there is something new to see. Losing its buttons is
// nothing new.
func changed(m *simulator.Message, before string) bool {
	bare := len(m.Buttons) == 0 && before != "" && strings.HasPrefix(before, m.Text)
	return looks(m) != before && !bare
}

// newest finds the newest message of the bot that fits, among those that the last
// step brought or changed.
func (p *player) newest(c simulator.Chat, fits func(*simulator.Message) bool) *simulator.Message {
	for _, m := range slices.Backward(c.Messages) {
		if m.From == "bot" && changed(m, p.before[m.ID]) && fits(m) {
			return m
		}
	}
	return nil
}

// do does what a person does.
func (p *player) do(ctx context.Context, what string) error {
	switch {
	case strings.HasPrefix(what, "["):
		return p.tap(ctx, strings.Trim(what, "[]"))
	case what == "(photo)":
		_, err := p.phone.Photo(picture(), "")
		return err
	case strings.HasPrefix(what, "~ "):
		old, words, _ := strings.Cut(what[2:], " => ")
		for _, m := range p.d.sim.Chat(p.user).Messages {
			if m.From == "user" && m.Text == old {
				return p.phone.Edit(m.ID, words)
			}
		}
		return errors.New("nothing like that was said")
	default:
		p.phone.Send(what)
		return nil
	}
}

// tap presses the button, once it is there.
func (p *player) tap(ctx context.Context, label string) error {
	row, col, id := -1, -1, 0
	err := p.phone.Wait(ctx, func(c simulator.Chat) bool {
		for _, m := range slices.Backward(c.Messages) {
			for r, buttons := range m.Buttons {
				for i, b := range buttons {
					if strings.HasPrefix(b.Text, label) {
						row, col, id = r, i, m.ID
						return true
					}
				}
			}
		}
		return false
	})
	if err != nil {
		return fmt.Errorf("no such button: %w", err)
	}
	return p.phone.Press(id, row, col)
}

// expect waits for words on a card that is new, and prints it.
func (p *player) expect(ctx context.Context, words string) error {
	var card *simulator.Message
	err := p.phone.Wait(ctx, func(c simulator.Chat) bool {
		card = p.newest(c, func(m *simulator.Message) bool { return strings.Contains(m.Text, words) })
		return card != nil
	})
	if err != nil {
		return fmt.Errorf("the bot did not say it: %w", err)
	}
	for l := range strings.SplitSeq(card.Text, "\n") {
		fmt.Fprintf(p.w.out, "    %s\n", l)
	}
	for _, row := range card.Buttons {
		var labels []string
		for _, b := range row {
			labels = append(labels, "["+b.Text+"]")
		}
		fmt.Fprintf(p.w.out, "    %s\n", strings.Join(labels, " "))
	}
	return nil
}

// newestCard is the last message of the bot.
func newestCard(c simulator.Chat) *simulator.Message {
	for _, m := range slices.Backward(c.Messages) {
		if m.From == "bot" {
			return m
		}
	}
	return nil
}

// picture is a small synthetic photo.
func picture() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for y := range 240 {
		for x := range 320 {
			img.Set(x, y, color.RGBA{uint8(x * 255 / 320), uint8(y), 120, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil
	}
	return b.Bytes()
}

// events is the number of the last event.
func (d *demo) events() (n uint64, err error) {
	err = d.store.EachEvent(1, func(e casework.Event) error { n = e.Seq; return nil })
	return n, err
}

// printRecord prints the visit that the script made, if it made one, and its events.
func (d *demo) printRecord(w world, before uint64) error {
	var made []casework.Event
	var id casework.VisitID
	err := d.store.EachEvent(before+1, func(e casework.Event) error {
		made = append(made, e)
		if f, ok := e.Fact.(casework.VisitReported); ok {
			id = f.Visit.ID
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = d.store.View(func(v dialog.View) error {
		if visit, ok := v.Visit(id); ok {
			fmt.Fprintf(w.out, "\nrecord %s:\n", visit.Code)
			e := json.NewEncoder(w.out)
			e.SetIndent("", "  ")
			e.SetEscapeHTML(false)
			if err := e.Encode(visit); err != nil {
				return err
			}
		}
		return d.printHistories(w, v, made)
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w.out, "\nevents:\n")
	e := json.NewEncoder(w.out)
	e.SetEscapeHTML(false)
	for _, ev := range made {
		if err := e.Encode(line(ev)); err != nil {
			return err
		}
	}
	return nil
}

package form

import (
	"fmt"
	"strings"
	"time"
)

// Line is one line of a review.
type Line struct {
	Step   Step
	Answer Answer
	// Answered says that there is an answer, or that the step was skipped, and
	// that this is still right.
	Answered bool
}

// Review returns a line for every relevant step that takes an answer, in order.
// Gates, notes and hidden items have no line.
func (s *Sheet) Review() []Line {
	var out []Line
	for _, step := range s.Steps() {
		if !step.Gate() && step.Item.Type != Note && !step.Item.Hidden {
			out = append(out, Line{step, s.answers[step.Path].clone(), s.answered(step)})
		}
	}
	return out
}

// Missing returns the relevant steps that keep the form from being submitted:
// those that are required and unanswered, and those whose answer is no longer
// right. A gate never does.
func (s *Sheet) Missing() []Step {
	var out []Step
	for _, step := range s.Steps() {
		if !step.Gate() && !s.answered(step) && (s.Required(step) || s.answers[step.Path].given()) {
			out = append(out, step)
		}
	}
	return out
}

// Show returns the answer in words of the language "zh-Hans" or "en". A date
// carries its weekday, and its year if that is not the current one.
func (s *Sheet) Show(step Step, a Answer, lang string) string {
	switch {
	case a.Skipped || len(a.Values) == 0:
		return Label{"未填", "not filled in"}.In(lang)
	case a.voice():
		return Label{"语音", "voice note"}.In(lang)
	case !step.Gate() && step.Item.Type == DateType:
		var d Date
		if d.UnmarshalText([]byte(a.Values[0])) == nil && !d.IsZero() {
			return showDate(d, s.c.Today.Year, lang)
		}
	case step.Gate() || len(step.Item.Options) > 0:
		return s.showChoices(step, a.Values, lang)
	}
	return a.Values[0]
}

func (s *Sheet) showChoices(step Step, ids []string, lang string) string {
	options := s.Options(step)
	if !step.Gate() {
		// An answer that is no longer offered still has a name.
		options = step.Item.Options
	}
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = id
		for _, o := range options {
			if o.ID == id {
				words[i] = o.Label.In(lang)
			}
		}
	}
	return strings.Join(words, Label{"、", ", "}.In(lang))
}

func showDate(d Date, thisYear int, lang string) string {
	if lang == "en" {
		layout := "Mon 2 Jan"
		if d.Year != thisYear {
			layout = "Mon 2 Jan 2006"
		}
		return d.In(time.UTC).Format(layout)
	}
	day := fmt.Sprintf("%d月%d日 周%s", int(d.Month), d.Day, weekdayChar(d.Weekday()))
	if d.Year != thisYear {
		return fmt.Sprintf("%d年%s", d.Year, day)
	}
	return day
}

// weekdayChar returns what follows 周 in the name of the day.
func weekdayChar(d time.Weekday) string { return string([]rune("日一二三四五六")[d]) }

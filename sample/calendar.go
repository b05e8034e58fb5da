package sample

import (
	"fmt"
	"time"

	"zoufang/casework"
)

var (
	opened = casework.Date{Year: 2017, Month: time.February, Day: 6}
	today  = casework.Date{Year: 2017, Month: time.September, Day: 6}

	firstRound = casework.Date{Year: 2017, Month: time.February, Day: 13} // a Monday
	lastRound  = casework.Date{Year: 2017, Month: time.August, Day: 21}   // a Monday
	lastDay    = casework.Date{Year: 2017, Month: time.September, Day: 22}
)

const (
	maxRounds = 27 // one a week between firstRound and lastRound
	zone      = 8 * time.Hour
)

// clock is the time at which that many minutes of the day have passed in the
// campaign's zone.
func clock(d casework.Date, minutes int) time.Time {
	return d.In(time.UTC).Add(time.Duration(minutes)*time.Minute - zone)
}

// holiday reports whether the weekday d was a public holiday in 2017, in the
// months of the campaign.
func holiday(d casework.Date) bool {
	return d.Month == time.April && (d.Day == 3 || d.Day == 4) ||
		d.Month == time.May && (d.Day == 1 || d.Day == 29 || d.Day == 30)
}

// makeRounds spreads n rounds over the campaign: four weeks each, with a pause
// between them, and the last one still open on the day the demo begins.
func makeRounds(n int) ([]casework.Round, error) {
	if n < 1 || n > maxRounds {
		return nil, fmt.Errorf("sample: %d rounds, want 1 to %d", n, maxRounds)
	}
	weeks := lastRound.DaysSince(firstRound) / 7
	at := func(i int) casework.Date { return firstRound.AddDays(i * weeks / max(n-1, 1) * 7) }
	rounds := make([]casework.Round, n)
	for i := range rounds {
		end := lastDay
		if i+1 < n {
			end = at(i).AddDays(min(25, at(i+1).DaysSince(at(i))-3))
		}
		rounds[i] = casework.Round{
			No: i + 1, Title: fmt.Sprintf("第%d轮集中走访", i+1),
			StartOn: at(i), EndOn: end, Focus: focuses[i%len(focuses)],
		}
	}
	return rounds, nil
}

var focuses = []string{"春耕备耕与节后返岗", "摸清底数、建档立卡", "问题交办与政策宣讲", "防汛防暑与小微企业", "回头看与销号验收"}

// visitDays are the days before the demo on which people go out: the working
// days of the rounds, and every other Saturday.
func visitDays(rounds []casework.Round) []casework.Date {
	var days []casework.Date
	for _, r := range rounds {
		for d := r.StartOn; r.Covers(d) && d.Before(today); d = d.AddDays(1) {
			saturday := d.Weekday() == time.Saturday && d.Day%2 == 0
			if saturday || d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && !holiday(d) {
				days = append(days, d)
			}
		}
	}
	return days
}

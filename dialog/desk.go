package dialog

import "zoufang/casework"

// The screens of the desk. Stored by name: never rename.
const (
	settingsScreen Screen = "settings" // which notices, and when none
	calendarScreen Screen = "calendar" // a month of working days
	staffScreen    Screen = "staff"    // a person of the roster, for the office
	holdScreen     Screen = "hold"     // a board: is the clock right?
)

// The verbs of the desk. Stored by name: never rename.
const (
	mute     Verb = "mute"    // turn the notice of the option on or off
	rest24   Verb = "quiet"   // the option is the quiet stretch of the day
	suspend  Verb = "suspend" // take the person's rights
	restore  Verb = "restore" // give them back
	trustNow Verb = "trust"   // the clock is right
	workday  Verb = "workday" // turn the day of the option on or off
)

// deskRoom is where everybody sets what they want to hear, and where the office
// keeps the calendar and the people.
func deskRoom() room {
	return room{
		screens: map[Screen]func(*turn, *face) bool{
			settingsScreen: (*turn).drawSettings, calendarScreen: (*turn).drawCalendar, staffScreen: (*turn).drawStaff,
		},
		boards: map[Screen]board{holdScreen: {named("hold"), (*turn).drawHold}},
		verbs: map[Verb]func(*turn, Card, Action){
			mute: (*turn).mute, rest24: (*turn).chooseQuiet, suspend: (*turn).suspend, restore: (*turn).suspend,
			trustNow: (*turn).trust, workday: (*turn).turnWorkday,
		},
		texts: map[Screen]func(*turn, string){calendarScreen: (*turn).calendarTyped},
		commands: map[string]func(*turn){
			"settings": func(t *turn) { t.goTo(Place{Screen: settingsScreen}) },
			"calendar": func(t *turn) { t.goTo(Place{Screen: calendarScreen, Month: monthOf(t.today)}) },
			"staff":    (*turn).findStaff,
		},
		offers: []offer{
			{"settings", func(casework.Staff) bool { return true }},
			{"calendar", func(casework.Staff) bool { return true }},
			{"staff", allowed(casework.Suspend)},
		},
		jobs: map[Job]clockwork{
			CalendarJob: {subjects: calendarSubjects, once: calendarOnce, turn: (*turn).askForCalendar},
			DownJob:     {turn: (*turn).tellDown},
			JumpJob:     {turn: (*turn).holdAll},
		},
	}
}

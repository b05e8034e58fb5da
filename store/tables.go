package store

import (
	"slices"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/form"
)

// The tables. They are values that never change.

var sessions = table[sessionRow]{
	bucket: "sessions", size: hashSize,
	key: func(s *sealer, v sessionRow) []byte { return s.chat(v.Chat) },
	indexes: []index[sessionRow]{
		{strangersBucket, func(_ *sealer, v sessionRow) [][]byte {
			if v.Session.Staff != 0 {
				return nil
			}
			return one(nil)
		}},
	},
}

var outbox = table[dialog.Letter]{
	bucket: "outbox", size: 8,
	key: func(_ *sealer, v dialog.Letter) []byte { return number(v.ID) },
	indexes: []index[dialog.Letter]{
		{"outbox_by_card", func(_ *sealer, v dialog.Letter) [][]byte {
			if v.Kind != dialog.Show || v.Card == 0 {
				return nil
			}
			return one(number(v.Card))
		}},
	},
}

var cards = table[dialog.Card]{
	bucket: "cards", size: 8,
	key: func(_ *sealer, v dialog.Card) []byte { return number(v.ID) },
	indexes: []index[dialog.Card]{
		{"cards_by_name", func(s *sealer, v dialog.Card) [][]byte {
			return one(s.named(v.Chat, v.Name), newest(v.ID))
		}},
	},
}

var drafts = table[dialog.Draft]{
	bucket: "drafts", size: 8,
	key: func(_ *sealer, v dialog.Draft) []byte { return number(v.ID) },
	indexes: []index[dialog.Draft]{
		{"drafts_by_owner", func(_ *sealer, v dialog.Draft) [][]byte {
			return one(number(v.Owner), newestTime(v.Touched))
		}},
	},
}

var campaigns = table[casework.Campaign]{
	bucket: "campaign", size: 1,
	key: func(*sealer, casework.Campaign) []byte { return []byte{0} },
}

var rounds = table[casework.Round]{
	bucket: "rounds", size: 8,
	key: func(_ *sealer, v casework.Round) []byte { return number(v.ID) },
}

var units = table[casework.Unit]{
	bucket: "units", size: 8,
	key: func(_ *sealer, v casework.Unit) []byte { return number(v.ID) },
}

var groups = table[casework.Group]{
	bucket: "groups", size: 8,
	key: func(_ *sealer, v casework.Group) []byte { return number(v.ID) },
}

var areas = table[casework.Area]{
	bucket: "areas", size: 8,
	key: func(_ *sealer, v casework.Area) []byte { return number(v.ID) },
}

var staff = table[casework.Staff]{
	bucket: "staff", size: 8,
	key: func(_ *sealer, v casework.Staff) []byte { return number(v.ID) },
	indexes: []index[casework.Staff]{
		{"staff_by_user", func(s *sealer, v casework.Staff) [][]byte {
			if v.User == 0 {
				return nil
			}
			return one(s.user(v.User))
		}},
		{"staff_by_code", func(s *sealer, v casework.Staff) [][]byte { return coded(s, "staff", v.Code) }},
		{"staff_by_group", func(_ *sealer, v casework.Staff) [][]byte {
			var parts [][]byte
			for _, g := range v.Groups {
				parts = append(parts, number(g))
			}
			return parts
		}},
	},
}

var targets = table[casework.Target]{
	bucket: "targets", size: 8,
	key: func(_ *sealer, v casework.Target) []byte { return number(v.ID) },
	indexes: []index[casework.Target]{
		{"targets_by_code", func(s *sealer, v casework.Target) [][]byte { return coded(s, "target", v.Code) }},
		{"targets_by_group", func(_ *sealer, v casework.Target) [][]byte { return one(number(v.GroupID)) }},
		{"targets_by_due", func(_ *sealer, v casework.Target) [][]byte {
			if v.Next.On.IsZero() {
				return nil
			}
			return one(day(v.Next.On))
		}},
	},
}

var pairings = table[casework.Pairing]{
	bucket: "pairings", size: 16,
	key: func(_ *sealer, v casework.Pairing) []byte {
		return slices.Concat(number(v.TargetID), number(v.StaffID))
	},
	indexes: []index[casework.Pairing]{
		{"pairings_by_staff", func(_ *sealer, v casework.Pairing) [][]byte { return one(number(v.StaffID)) }},
	},
}

var visits = table[casework.Visit]{
	bucket: "visits", size: 8,
	key: func(_ *sealer, v casework.Visit) []byte { return number(v.ID) },
	indexes: []index[casework.Visit]{
		{"visits_by_code", func(s *sealer, v casework.Visit) [][]byte { return coded(s, "visit", v.Code) }},
		{"visits_by_target", func(_ *sealer, v casework.Visit) [][]byte {
			return one(number(v.TargetID), newestDay(v.VisitedOn), newest(v.ID))
		}},
		{"visits_by_staff", func(_ *sealer, v casework.Visit) [][]byte {
			return one(number(v.Reporter()), newestDay(v.VisitedOn), newest(v.ID))
		}},
		{"visits_by_reporter", func(_ *sealer, v casework.Visit) [][]byte {
			return one(number(v.Reporter()), newestInstant(v.SubmittedAt), newest(v.ID))
		}},
	},
}

var calls = table[casework.Call]{
	bucket: "calls", size: 8,
	key: func(_ *sealer, v casework.Call) []byte { return number(v.ID) },
	indexes: []index[casework.Call]{
		{"calls_by_target", func(_ *sealer, v casework.Call) [][]byte {
			return one(number(v.TargetID), newestInstant(v.At), newest(v.ID))
		}},
		{"calls_by_staff", func(_ *sealer, v casework.Call) [][]byte {
			return one(number(v.By), newestInstant(v.At), newest(v.ID))
		}},
	},
}

var problems = table[casework.Problem]{
	bucket: "problems", size: 8,
	key: func(_ *sealer, v casework.Problem) []byte { return number(v.ID) },
	indexes: []index[casework.Problem]{
		{"problems_by_target", func(_ *sealer, v casework.Problem) [][]byte { return one(number(v.TargetID)) }},
		{"problems_by_owner", func(_ *sealer, v casework.Problem) [][]byte { return one(number(v.OwnerID)) }},
		{"problems_open", func(_ *sealer, v casework.Problem) [][]byte {
			if !v.Status.Open() {
				return nil
			}
			return one(number(v.UnitID))
		}},
	},
}

var taskBooks = table[casework.TaskBook]{
	bucket: "task_books", size: 8,
	key: func(_ *sealer, v casework.TaskBook) []byte { return number(v.ID) },
	indexes: []index[casework.TaskBook]{
		{"task_books_by_problem", func(_ *sealer, v casework.TaskBook) [][]byte {
			var parts [][]byte
			for _, p := range v.ProblemIDs {
				parts = append(parts, number(p))
			}
			return parts
		}},
		{"task_books_by_staff", func(_ *sealer, v casework.TaskBook) [][]byte {
			var parts [][]byte
			for _, s := range v.Busy() {
				parts = append(parts, number(s))
			}
			return parts
		}},
		{"task_books_open", func(_ *sealer, v casework.TaskBook) [][]byte {
			if !v.Status.Open() {
				return nil
			}
			return one(number(v.BranchID))
		}},
	},
}

var issues = table[casework.CommonIssue]{
	bucket: "issues", size: 8,
	key: func(_ *sealer, v casework.CommonIssue) []byte { return number(v.ID) },
}

var trademarks = table[casework.Trademark]{
	bucket: "trademarks", size: 8,
	key: func(_ *sealer, v casework.Trademark) []byte { return number(v.ID) },
	indexes: []index[casework.Trademark]{
		{"trademarks_by_firm", func(_ *sealer, v casework.Trademark) [][]byte { return one(number(v.FirmID)) }},
	},
}

var matters = table[casework.Matter]{
	bucket: "matters", size: 8,
	key: func(_ *sealer, v casework.Matter) []byte { return number(v.ID) },
	indexes: []index[casework.Matter]{
		{"matters_by_code", func(s *sealer, v casework.Matter) [][]byte { return coded(s, "matter", v.Code) }},
		{"matters_by_firm", func(_ *sealer, v casework.Matter) [][]byte { return one(number(v.FirmID)) }},
	},
}

var policies = table[casework.Policy]{
	bucket: "policies", size: 8,
	key: func(_ *sealer, v casework.Policy) []byte { return number(v.ID) },
}

var workdays = table[casework.Workday]{
	bucket: "workdays", size: 8,
	key: func(_ *sealer, v casework.Workday) []byte { return day(v.On) },
}

var handovers = table[casework.Handover]{
	bucket: "handovers", size: 8,
	key: func(_ *sealer, v casework.Handover) []byte { return number(v.ID) },
	indexes: []index[casework.Handover]{
		{"handovers_by_staff", func(_ *sealer, v casework.Handover) [][]byte {
			return [][]byte{number(v.Giver), number(v.Taker)}
		}},
	},
}

var holds = table[casework.Hold]{
	bucket: "hold", size: 1,
	key: func(*sealer, casework.Hold) []byte { return []byte{0} },
}

var forms = table[form.Definition]{
	bucket: "forms", size: hashSize + 8,
	key: func(s *sealer, v form.Definition) []byte {
		return slices.Concat(s.form(v.ID), number(uint64(v.Version)))
	},
}

var invites = table[casework.Invite]{
	bucket: "invites", size: 8,
	key: func(_ *sealer, v casework.Invite) []byte { return number(v.ID) },
	indexes: []index[casework.Invite]{
		{"invites_by_hash", func(s *sealer, v casework.Invite) [][]byte { return coded(s, "invite", v.Hash) }},
		{"invites_by_staff", func(_ *sealer, v casework.Invite) [][]byte { return one(number(v.StaffID)) }},
	},
}

// projected lists the tables that follow from the ledger.
func projected() []anyTable {
	return []anyTable{
		&campaigns, &rounds, &units, &groups, &areas, &staff, &targets, &pairings,
		&visits, &calls, &problems, &workdays, &handovers, &holds, &forms, &invites,
		&taskBooks, &issues, &trademarks, &matters, &policies,
		&exports, &approvals, &imports, &announcements, &settings, &looks, &roundPlans,
	}
}

// remembered lists the tables that do not.
func remembered() []anyTable { return []anyTable{&sessions, &outbox, &cards, &drafts} }

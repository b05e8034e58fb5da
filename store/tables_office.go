package store

import (
	"slices"

	"zoufang/casework"
)

// The tables of the office.

var exports = table[casework.Export]{
	bucket: "exports", size: 8,
	key: func(_ *sealer, v casework.Export) []byte { return number(v.ID) },
	indexes: []index[casework.Export]{
		{"exports_newest", func(_ *sealer, v casework.Export) [][]byte { return one(newest(v.ID)) }},
		{"exports_by_code", func(s *sealer, v casework.Export) [][]byte { return coded(s, "export", v.Code) }},
	},
}

var approvals = table[casework.Approval]{
	bucket: "approvals", size: 8,
	key: func(_ *sealer, v casework.Approval) []byte { return number(v.ID) },
	indexes: []index[casework.Approval]{
		{"approvals_open", func(_ *sealer, v casework.Approval) [][]byte {
			if v.State != casework.ApprovalOpen {
				return nil
			}
			return one(nil)
		}},
	},
}

var imports = table[casework.Import]{
	bucket: "imports", size: 8,
	key: func(_ *sealer, v casework.Import) []byte { return number(v.ID) },
	indexes: []index[casework.Import]{
		{"imports_newest", func(_ *sealer, v casework.Import) [][]byte { return one(newest(v.ID)) }},
	},
}

var announcements = table[casework.Announcement]{
	bucket: "announcements", size: 8,
	key: func(_ *sealer, v casework.Announcement) []byte { return number(v.ID) },
	indexes: []index[casework.Announcement]{
		{"announcements_newest", func(_ *sealer, v casework.Announcement) [][]byte { return one(newest(v.ID)) }},
	},
}

var settings = table[casework.Setting]{
	bucket: "settings", size: 8,
	key: func(_ *sealer, v casework.Setting) []byte { return number(v.ID) },
	indexes: []index[casework.Setting]{
		{"settings_newest", func(_ *sealer, v casework.Setting) [][]byte { return one(newest(v.ID)) }},
	},
}

var looks = table[casework.Look]{
	bucket: "looks", size: 8,
	key: func(_ *sealer, v casework.Look) []byte { return number(v.ID) },
	indexes: []index[casework.Look]{
		{"looks_newest", func(_ *sealer, v casework.Look) [][]byte { return one(newest(v.ID)) }},
		{"looks_by_target", func(_ *sealer, v casework.Look) [][]byte {
			if v.TargetID == 0 {
				return nil
			}
			return one(number(v.TargetID), newest(v.ID))
		}},
		{"looks_by_staff", func(_ *sealer, v casework.Look) [][]byte { return one(number(v.By), newest(v.ID)) }},
	},
}

var roundPlans = table[casework.RoundPlan]{
	bucket: "round_plans", size: 16,
	key: func(_ *sealer, v casework.RoundPlan) []byte {
		return slices.Concat(number(v.RoundID), number(v.TargetID))
	},
}

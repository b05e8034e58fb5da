package paper

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"zoufang/casework"
	"zoufang/form"
)

// digitRuns are digits that could be a telephone number.
var digitRuns = regexp.MustCompile(`[0-9][0-9-]{5,}[0-9]`)

// maskText hides the names and whatever looks like a telephone or identity number.
func maskText(s string, names ...string) string {
	if s == "" {
		return ""
	}
	for _, n := range names {
		if utf8.RuneCountInString(n) > 1 {
			s = strings.ReplaceAll(s, n, casework.MaskName(n))
		}
	}
	if form.FindPrivate(s) == "" {
		return s
	}
	s = digitRuns.ReplaceAllStringFunc(s, func(run string) string {
		found := form.FindPrivate(run)
		if found == form.Phone {
			return maskPhone(run)
		}
		if found != "" {
			return hideDigits(run)
		}
		return run
	})
	if form.FindPrivate(s) != "" { // written with gaps, or in full width
		s = hideDigits(s)
	}
	return s
}

// maskPhone hides the middle of a telephone number: 138****5678.
func maskPhone(s string) string {
	const shown = 7 // three in front and four behind
	if len(s) <= shown {
		return hideDigits(s)
	}
	return s[:3] + strings.Repeat("*", len(s)-shown) + s[len(s)-4:]
}

func hideDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '*'
		}
		return r
	}, s)
}

// names are the personal names that belong to the target, the longest first: one can
// begin another.
func names(x casework.Target) []string {
	var out []string
	switch {
	case x.Household != nil:
		out = []string{x.Household.HeadName}
	case x.Enterprise != nil:
		out = []string{x.Enterprise.LegalRep, x.Enterprise.ContactName}
	case x.Organization != nil:
		out = []string{x.Organization.Secretary}
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

func addressOf(x casework.Target) string {
	switch {
	case x.Household != nil:
		return x.Household.Address
	case x.Enterprise != nil:
		return x.Enterprise.Address
	}
	return ""
}

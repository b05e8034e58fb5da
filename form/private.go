package form

import (
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// FindPrivate returns [IDNumber] if the text holds what looks like an identity
// card number, [Phone] for a mobile or landline number, and "" otherwise. Full
// width, and spaces or dashes between the digits, hide neither. Amounts, dates,
// record numbers and the registration numbers of firms pass.
func FindPrivate(s string) RefusalCode {
	groups := digitGroups(norm.NFKC.String(strings.ToValidUTF8(s, "")))
	code := RefusalCode("")
	for i := range groups {
		switch {
		case startsIdentity(groups[i:]):
			return IDNumber
		case startsPhone(groups[i:]):
			code = Phone
		}
	}
	return code
}

// digitGroup is a run of digits; the last may be an X, as in identity numbers.
type digitGroup struct {
	digits string
	gap    string // what stands between it and the group before
	linked bool   // gap can stand inside one number
	amount bool   // a unit of money follows
}

// gaps are the characters that people put between the digits of one number.
const gaps = " -.()_‐‑–—·\u3000\n"

func digitGroups(s string) []digitGroup {
	var out []digitGroup
	runes := []rune(s)
	gap := 0 // where the gap before the next group begins
	for i := 0; i < len(runes); i++ {
		end := i
		for end < len(runes) && plainDigit(runes[end]) {
			end++
		}
		g := digitGroup{digits: string(runes[i:end]), gap: string(runes[gap:i])}
		// An X alone can be the end of a number written with gaps.
		if end < len(runes) && (runes[end] == 'x' || runes[end] == 'X') {
			g.digits += "X"
			end++
		}
		if end == i {
			continue
		}
		g.linked = len(out) > 0 && i-gap <= 3 && strings.Trim(g.gap, gaps) == ""
		g.amount = end < len(runes) && strings.ContainsRune("元万亿块", runes[end])
		out = append(out, g)
		gap, i = end, end-1
	}
	return out
}

func plainDigit(r rune) bool { return '0' <= r && r <= '9' }

// startsIdentity reports whether an identity number begins with the first group.
func startsIdentity(groups []digitGroup) bool {
	var number []byte
	for i, g := range groups {
		if i > 0 && !g.linked {
			return false
		}
		number = append(number, g.digits...)
		switch n := len(number); {
		case n < 18:
			continue
		case n == 18:
			return identity(string(number))
		}
		return i == 0 && hidesIdentity(string(number))
	}
	return false
}

// hidesIdentity looks into an unbroken run of more than 18 digits.
func hidesIdentity(run string) bool {
	for i := 0; i+18 <= len(run); i++ {
		if number := run[i : i+18]; identity(number) && identityCheck(number) {
			return true
		}
	}
	return false
}

// identity judges 18 characters. They are refused even with a slip of the pen in
// the check character. The code of a civil organisation (5…) in digits only is
// told by its own check character, unless that of a person fits as well.
func identity(number string) bool {
	if strings.IndexByte(number[:17], 'X') >= 0 || !birthday(number) {
		return false
	}
	_, coded := CheckUSCC(number)
	return !coded || number[0] != '5' || identityCheck(number)
}

// birthday reports whether the number has a province and a date of birth.
func birthday(number string) bool {
	province := number[:2]
	if province < "11" || province > "83" {
		return false
	}
	_, err := time.Parse("20060102", number[6:14])
	return err == nil && (number[6:8] == "18" || number[6:8] == "19" || number[6:8] == "20")
}

// identityCheck applies the check character of GB 11643 (ISO 7064, MOD 11-2).
func identityCheck(number string) bool {
	sum := 0
	for i := range 17 {
		sum = (sum + int(number[i]-'0')) * 2 % 11
	}
	return number[17] == "10X98765432"[sum%11]
}

// startsPhone reports whether a telephone number begins with the first group.
func startsPhone(groups []digitGroup) bool {
	if groups[0].amount || strings.HasSuffix(groups[0].gap, "¥") {
		return false
	}
	number, shape := "", ""
	for i, g := range groups {
		if i > 0 && !g.linked || i > 11 || strings.HasSuffix(g.digits, "X") {
			return false
		}
		number += g.digits
		shape += string(rune('a' + min(len(g.digits), 25)))
		if phoneNumber(number, shape, strings.Contains(g.gap, "-")) {
			return true
		}
	}
	return false
}

// phoneNumber judges digits together with the lengths of their groups (b for
// one digit, c for two …): digits that are spaced in another way are more likely
// amounts or dates. China's 86 may stand before a mobile number; apart from it
// it is a group of its own.
func phoneNumber(number, shape string, dashed bool) bool {
	if rest, ok := strings.CutPrefix(strings.TrimPrefix(number, "00"), "86"); ok && len(shape) == 1 && len(rest) == 11 {
		number, shape = rest, "l"
	}
	switch len(number) {
	case 11:
		if number[0] == '1' && '3' <= number[1] && number[1] <= '9' {
			_, err := time.Parse("20060102", number[3:])
			return shape == "l" || shape == "dee" || shape == "bbbbbbbbbbb" ||
				shape == "di" && err != nil || shape == "eed" && dashed
		}
	case 10, 12:
	default:
		return false
	}
	return landline(number, shape)
}

// landline reports whether the number is an area code and seven or eight digits,
// in one piece, after the area code a gap, and perhaps one in the middle.
func landline(number, shape string) bool {
	if number[0] != '0' || number[1] == '0' {
		return false
	}
	area := 4
	if number[1] == '1' || number[1] == '2' {
		area = 3
	}
	if local := len(number) - area; local != 7 && local != 8 {
		return false
	}
	first := rune('a' + area)
	return len(shape) == 1 || rune(shape[0]) == first && len(shape) <= 3
}

// usccAlphabet are the characters of GB 32100: no I, O, S, V and Z.
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// CheckUSCC returns the unified social credit code of a firm in its normal form
// (plain width, upper case, without spaces) and whether its check character is
// right.
func CheckUSCC(s string) (string, bool) {
	code := strings.ToUpper(strings.Join(strings.Fields(norm.NFKC.String(Clean(s))), ""))
	if len(code) != 18 {
		return code, false
	}
	sum, weight := 0, 1
	for i := range 17 {
		v := strings.IndexByte(usccAlphabet, code[i])
		if v < 0 {
			return code, false
		}
		sum += v * weight
		weight = weight * 3 % 31
	}
	return code, code[17] == usccAlphabet[(31-sum%31)%31]
}

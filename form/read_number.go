package form

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxInteger bounds what is read as a number.
const maxInteger = 1_000_000_000_000

// readInteger reads a whole number: 12, １２, 1,200, 十二, 两千三, with a unit of
// counting behind it or not.
func readInteger(text string) (int, bool) {
	text = strings.TrimSpace(Fold(text))
	for _, unit := range [...]string{"people", "persons", "days", "years"} {
		text = strings.TrimSpace(strings.TrimSuffix(text, unit))
	}
	if unit, size := utf8.DecodeLastRuneInString(text); strings.ContainsRune("人户个名元块天岁口次家件亩台位条项只头间笔", unit) {
		text = strings.TrimSpace(text[:len(text)-size])
	}
	return readNumeral(text)
}

// readNumeral reads a folded number without a unit.
func readNumeral(text string) (int, bool) {
	if plain := withoutCommas(text); plain != "" {
		n, err := strconv.Atoi(plain)
		return n, err == nil && -maxInteger < n && n < maxInteger
	}
	runes := []rune(text)
	if len(runes) == 0 || len(runes) > 20 {
		return 0, false
	}
	for _, r := range runes {
		if _, ok := numeral(r); !ok {
			return 0, false
		}
	}
	if !strings.ContainsAny(text, "十拾百佰千仟万萬亿億") {
		return digitByDigit(runes)
	}
	return byPlace(runes)
}

// withoutCommas returns a number in plain digits without its thousands commas,
// or "" if the text is no such number.
func withoutCommas(text string) string {
	digits := strings.TrimPrefix(strings.TrimPrefix(text, "-"), "+")
	for i, group := range strings.Split(digits, ",") {
		if group == "" || span(group, digit) != len(group) || i > 0 && len(group) != 3 {
			return ""
		}
	}
	return strings.ReplaceAll(text, ",", "")
}

// numeral returns the worth of a Chinese numeral; 10 and more are places.
func numeral(r rune) (int, bool) {
	switch r {
	case '零', '〇', '○':
		return 0, true
	case '两', '兩':
		return 2, true
	case '十', '拾':
		return 10, true
	case '百', '佰':
		return 100, true
	case '千', '仟':
		return 1000, true
	case '万', '萬':
		return 10_000, true
	case '亿', '億':
		return 100_000_000, true
	}
	for _, series := range [...]string{"一二三四五六七八九", "壹贰叁肆伍陆柒捌玖"} {
		if i := strings.IndexRune(series, r); i >= 0 {
			return i/len("一") + 1, true
		}
	}
	return 0, false
}

// digitByDigit reads 二〇一七 as 2017.
func digitByDigit(runes []rune) (int, bool) {
	n := 0
	for _, r := range runes {
		d, _ := numeral(r)
		if n = n*10 + d; n >= maxInteger {
			return 0, false
		}
	}
	return n, true
}

// byPlace reads 一千零五十万三百. A last digit right behind a place above ten
// stands for the next lower place, as in 一百五 for 150.
func byPlace(runes []rune) (int, bool) {
	// The total is of closed sections (万, 亿); the section is of closed places
	// (十, 百, 千); the pending digit waits for its place.
	total, section, pending, place := 0, 0, -1, 0
	for _, r := range runes {
		v, _ := numeral(r)
		if pending > 0 && v < 10 {
			return 0, false
		}
		switch {
		case v == 0:
			place = 0
		case v < 10:
			pending = v
		case v < 10_000:
			section += max(pending, 1) * v
			pending, place = -1, v
		default:
			// 亿 multiplies all before it, as in 一万亿; 万 its own section.
			if section += max(pending, 0); section == 0 {
				return 0, false
			}
			if v > 10_000 {
				section, total = section+total, 0
			}
			total += section * v
			section, pending, place = 0, -1, v
		}
		if total+section >= maxInteger {
			return 0, false
		}
	}
	if place > 10 {
		pending *= place / 10
	}
	return total + section + max(pending, 0), true
}

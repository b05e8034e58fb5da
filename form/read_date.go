package form

import (
	"strconv"
	"strings"
	"time"
)

// readDays returns the days that a text may mean: one, or several if it leaves
// the year, the month or the week open. It returns none if the text is no date.
func readDays(text string, today Date) []Date {
	text = strings.Trim(Fold(text), " 。!")
	if days := englishDays(text, today); len(days) > 0 {
		return days
	}
	text = strings.Join(strings.Fields(text), "")
	for _, part := range [...]string{"上午", "下午", "中午", "早上", "晚上", "傍晚", "夜里"} {
		text = strings.TrimSuffix(text, part)
	}
	if day, ok := relativeDay(text, today); ok {
		return []Date{day}
	}
	if days := chineseWeekday(text, today); len(days) > 0 {
		return days
	}
	if day, ok := chineseDay(withoutWeekday(text), today); ok {
		return day.days(today)
	}
	if day, ok := numericDay(text); ok {
		return day.days(today)
	}
	return nil
}

// partialDate is a date whose year, or year and month, may be unknown (0).
type partialDate struct{ year, month, day int }

// days returns the days near today that fit.
func (p partialDate) days(today Date) []Date {
	var out []Date
	try := func(year, month int) {
		d := Date{year, time.Month(month), p.day}
		// AddDays brings a day that the month lacks into the next one.
		if p.day >= 1 && month >= 1 && month <= 12 && year >= 1 && year <= 9999 && d.AddDays(0) == d {
			out = append(out, d)
		}
	}
	switch {
	case p.year != 0:
		try(p.year, p.month)
	case p.month != 0:
		// Eight years hold a 29 February wherever they begin.
		for year := today.Year - 8; year <= today.Year+8; year++ {
			try(year, p.month)
		}
	default:
		for shift := -2; shift <= 2; shift++ {
			months := today.Year*12 + int(today.Month) - 1 + shift
			try(months/12, months%12+1)
		}
	}
	return out
}

// relativeDay reads 今天, yesterday, 3天前.
func relativeDay(text string, today Date) (Date, bool) {
	switch text {
	case "今天", "今日", "今", "today":
		return today, true
	case "昨天", "昨日", "昨", "yesterday":
		return today.AddDays(-1), true
	case "前天", "前日":
		return today.AddDays(-2), true
	case "大前天":
		return today.AddDays(-3), true
	case "明天", "明日", "tomorrow":
		return today.AddDays(1), true
	case "后天", "後天":
		return today.AddDays(2), true
	case "大后天", "大後天":
		return today.AddDays(3), true
	}
	number, tail, ok := strings.Cut(text, "天")
	n, isNumber := readNumeral(number)
	if !ok || !isNumber || n < 0 || n > maxShift {
		return Date{}, false
	}
	switch tail {
	case "前", "以前", "之前":
		return today.AddDays(-n), true
	case "后", "後", "以后", "之后":
		return today.AddDays(n), true
	}
	return Date{}, false
}

// chineseWeekday reads 周三, 星期天, 上周三, 下下周一. Without a word for the week it
// may be the one before or the one after.
func chineseWeekday(text string, today Date) []Date {
	last := strings.Count(text, "上")
	next := strings.Count(text, "下")
	rest := strings.TrimLeft(text, "上下")
	this := strings.HasPrefix(rest, "本") || strings.HasPrefix(rest, "这") || strings.HasPrefix(rest, "這")
	if this {
		rest = strings.TrimLeft(rest, "本这這")
	}
	weekday, ok := weekdayName(strings.TrimPrefix(strings.TrimPrefix(rest, "个"), "個"))
	if !ok || last+next > 2 || last > 0 && next > 0 {
		return nil
	}
	// Weeks begin on Monday.
	day := today.AddDays((int(weekday)+6)%7 - (int(today.Weekday())+6)%7)
	if last+next == 0 && !this {
		return []Date{day, day.AddDays(-7), day.AddDays(7)}
	}
	return []Date{day.AddDays(7 * (next - last))}
}

func weekdayName(text string) (time.Weekday, bool) {
	for _, week := range [...]string{"周", "週", "星期", "礼拜", "禮拜"} {
		name, ok := strings.CutPrefix(text, week)
		if !ok {
			continue
		}
		if name == "天" || name == "7" {
			return time.Sunday, true
		}
		for i := range 7 {
			if name == weekdayChar(time.Weekday(i)) || i > 0 && name == strconv.Itoa(i) {
				return time.Weekday(i), true
			}
		}
	}
	return 0, false
}

// withoutWeekday takes the weekday from 4月5日周三.
func withoutWeekday(text string) string {
	for _, week := range [...]string{"周", "星期"} {
		if i := strings.LastIndex(text, week); i > 0 {
			if _, ok := weekdayName(text[i:]); ok {
				return text[:i]
			}
		}
	}
	return text
}

// chineseDay reads 2017年4月5日, 去年12月3号, 四月五日, 上月5号, 5号.
func chineseDay(text string, today Date) (partialDate, bool) {
	var p partialDate
	rest, isDay := text, false
	for _, mark := range [...]string{"日", "号", "號"} {
		if head, ok := strings.CutSuffix(rest, mark); ok {
			rest, isDay = head, true
			break
		}
	}
	year, afterYear, hasYear := strings.Cut(rest, "年")
	if hasYear {
		rest = afterYear
		if p.year = yearName(year, today); p.year == 0 {
			return p, false
		}
	}
	month, day, hasMonth := strings.Cut(rest, "月")
	if hasMonth {
		var ok bool
		if p, ok = monthName(p, month, today); !ok {
			return p, false
		}
		rest = day
	}
	n, ok := readNumeral(rest)
	p.day = n
	return p, ok && n > 0 && (hasMonth || isDay && !hasYear)
}

func yearName(text string, today Date) int {
	switch text {
	case "今":
		return today.Year
	case "去":
		return today.Year - 1
	case "前":
		return today.Year - 2
	case "明":
		return today.Year + 1
	}
	n, ok := readNumeral(text)
	if ok && 10 <= n && n < 100 {
		return 2000 + n
	}
	if !ok || n < 1900 || n > 2999 {
		return 0
	}
	return n
}

func monthName(p partialDate, text string, today Date) (partialDate, bool) {
	shift := 0
	switch strings.TrimSuffix(text, "个") {
	case "本", "这":
	case "上":
		shift = -1
	case "下":
		shift = 1
	default:
		n, ok := readNumeral(text)
		p.month = n
		return p, ok && 1 <= n && n <= 12
	}
	months := today.Year*12 + int(today.Month) - 1 + shift
	p.year, p.month = months/12, months%12+1
	return p, true
}

// numericDay reads 2017-04-05, 2017.4.5, 17/4/5, 20170405, 4-5, 4.5, 4/5.
func numericDay(text string) (partialDate, bool) {
	if len(text) == 8 && span(text, digit) == 8 {
		text = text[:4] + "-" + text[4:6] + "-" + text[6:]
	}
	var parts []string
	for _, mark := range [...]string{"-", ".", "/"} {
		if strings.Contains(text, mark) {
			parts = strings.Split(text, mark)
			break
		}
	}
	numbers := make([]int, len(parts))
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || span(part, digit) != len(part) || len(part) > 4 || i > 0 && len(part) > 2 {
			return partialDate{}, false
		}
		numbers[i] = n
	}
	switch {
	case len(numbers) == 2 && 1 <= numbers[0] && numbers[0] <= 12:
		return partialDate{0, numbers[0], numbers[1]}, true
	case len(numbers) == 3 && len(parts[0]) == 4:
		return partialDate{numbers[0], numbers[1], numbers[2]}, numbers[0] > 0
	case len(numbers) == 3 && len(parts[0]) == 2:
		return partialDate{2000 + numbers[0], numbers[1], numbers[2]}, true
	}
	return partialDate{}, false
}

// englishDays reads apr 5, 5th april 2017, wed 5 apr, last wednesday.
func englishDays(text string, today Date) []Date {
	var p partialDate
	var weekday time.Weekday
	var hasWeekday bool
	side := 0
	for field := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == ',' || r == '.' }) {
		month, isMonth := englishName(field, 12, func(i int) string { return time.Month(i).String() })
		day, isDay := englishName(field, 7, func(i int) string { return time.Weekday(i % 7).String() })
		n, isNumber := ordinal(field)
		switch {
		case isMonth && p.month == 0:
			p.month = month
		case isDay && !hasWeekday:
			weekday, hasWeekday = time.Weekday(day%7), true
		case isNumber && n <= 31 && p.day == 0:
			p.day = n
		case isNumber && n >= 1900 && n <= 2999 && p.year == 0:
			p.year = n
		case field == "last" && side == 0:
			side = -1
		case field == "next" && side == 0:
			side = 1
		case field != "of" && field != "on" && field != "this":
			return nil
		}
	}
	switch {
	case p.month > 0 && p.day > 0 && side == 0:
		return p.days(today)
	case hasWeekday && p == partialDate{}:
		return weekdayAround(weekday, side, today)
	}
	return nil
}

// weekdayAround returns the weekday before today (side -1) or after it (1), or
// all three that may be meant.
func weekdayAround(weekday time.Weekday, side int, today Date) []Date {
	ahead := (int(weekday) - int(today.Weekday()) + 7) % 7
	before, after := today.AddDays(ahead-7), today.AddDays(ahead)
	if ahead == 0 {
		after = today.AddDays(7)
	}
	switch side {
	case -1:
		return []Date{before}
	case 1:
		return []Date{after}
	}
	return []Date{today.AddDays(ahead), before, after}
}

// englishName returns the number from 1 to n of the name that the field is, or
// begins with at least three letters.
func englishName(field string, n int, name func(int) string) (int, bool) {
	for i := 1; i <= n; i++ {
		if len(field) >= 3 && strings.HasPrefix(strings.ToLower(name(i)), field) {
			return i, true
		}
	}
	return 0, false
}

func ordinal(field string) (int, bool) {
	for _, suffix := range [...]string{"st", "nd", "rd", "th"} {
		field = strings.TrimSuffix(field, suffix)
	}
	if field == "" || len(field) > 4 || span(field, digit) != len(field) {
		return 0, false
	}
	n, err := strconv.Atoi(field)
	return n, err == nil && n > 0
}

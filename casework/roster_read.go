package casework

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"zoufang/form"
)

// rowReader reads one row over the record it is about. A field whose text is
// the record's own is left alone, so that what is there already is never
// refused.
type rowReader struct {
	p      *planner
	sheet  SheetID
	row    Row
	old    map[string]string // the record's texts; empty for a new one
	fresh  bool
	faults int // how many there were before the row
}

// cell is where the column stands, or would stand, in the row.
func (x *rowReader) cell(col string) Cell { return x.p.cell(x.sheet, x.row, col) }

func (x *rowReader) fault(col string, code FaultCode, zh, en string) {
	x.p.fault(x.cell(col), code, zh, en)
}

// tidy is a cell's text as it is kept: clean, and on one line.
func tidy(s string) string { return strings.Join(strings.Fields(form.Clean(s)), " ") }

// plain is a text in which widths and white space do not matter, such as a
// code, a number or a date.
func plain(s string) string { return strings.Join(strings.Fields(form.Fold(form.Clean(s))), "") }

// longDigits is what a sentence never repeats: it could be a telephone or an
// identity card number.
var longDigits = regexp.MustCompile(`[0-9][0-9 -]{5,}[0-9xX]`)

// shown is a text as a sentence may repeat it.
func shown(s string) string {
	s = longDigits.ReplaceAllString(form.Fold(tidy(s)), "***")
	if runes := []rune(s); len(runes) > 20 {
		s = string(runes[:20]) + "…"
	}
	return s
}

// value is the text of the column and whether it must be read: a text that is
// not there, that is the record's own, or that is wrong is not.
func (x *rowReader) value(col string) (string, Column, bool) {
	c := x.p.column(x.sheet, col)
	field, given := x.row.Fields[col]
	text := tidy(field.Text)
	if field.Bad || !x.fresh && (!given || text == tidy(x.old[col])) {
		return "", c, false
	}
	if text == "" {
		if c.Required && (x.fresh || x.old[col] != "") {
			x.fault(col, FaultMissing, c.Label.Zh+"必填。"+c.Hint.Zh, "Fill in "+c.Label.En+". "+c.Hint.En)
			return "", c, false
		}
		return "", c, true
	}
	return text, c, x.private(c, text)
}

// private refuses what no cell may hold, and reports whether the text is free
// of it.
func (x *rowReader) private(c Column, text string) bool {
	switch c.Kind {
	case USCCColumn:
		if _, ok := form.CheckUSCC(text); ok {
			return true
		}
	case RegNoColumn, PhoneColumn, DateColumn, NumberColumn:
		if len(plain(text)) < 18 {
			return true
		}
	case TextColumn, CodeColumn, ContactColumn, ChoiceColumn, ChoicesColumn, RefColumn, RefsColumn:
	}
	private := form.FindPrivate(text)
	if private == form.IDNumber {
		x.fault(c.ID, FaultIDNumber, "这里像是身份证号。本系统不收集身份证号，请删除。",
			"This looks like an identity card number. None is collected: delete it.")
		return false
	}
	if private == form.Phone && c.Kind == TextColumn {
		x.fault(c.ID, FaultPhone, c.Label.Zh+"里有电话号码。请删除，电话只填在“联系电话”一列。",
			c.Label.En+" holds a telephone number. Delete it: numbers belong in the phone column alone.")
		return false
	}
	return true
}

func (x *rowReader) text(col string, dst *string) {
	text, c, ok := x.value(col)
	if !ok {
		return
	}
	n := utf8.RuneCountInString(text)
	switch {
	case c.Max > 0 && n > c.Max:
		x.fault(col, FaultTooLong, fmt.Sprintf("%s有 %d 个字，最多 %d 个。", c.Label.Zh, n, c.Max),
			fmt.Sprintf("%s has %d characters, %d at most.", c.Label.En, n, c.Max))
	case text != "" && n < c.Min:
		x.fault(col, FaultTooShort, fmt.Sprintf("%s至少 %d 个字。", c.Label.Zh, c.Min),
			fmt.Sprintf("%s needs %d characters at least.", c.Label.En, c.Min))
	default:
		*dst = text
	}
}

var codePattern = regexp.MustCompile(`^[A-Z0-9]+(-[A-Z0-9]+)*$`)

// code reads the column of that name. A code that is wrong is not kept.
func (x *rowReader) code(dst *string) {
	const col = "code"
	text, c, ok := x.value(col)
	if !ok {
		return
	}
	code := strings.ToUpper(plain(text))
	if code != "" && (!codePattern.MatchString(code) || len(code) > c.Max) {
		x.fault(col, FaultBadCode, fmt.Sprintf("%s“%s”不对：只用字母、数字和连字符，最多 %d 位。", c.Label.Zh, shown(text), c.Max),
			fmt.Sprintf("%s %q is wrong: letters, digits and hyphens only, %d at most.", c.Label.En, shown(text), c.Max))
		return
	}
	*dst = code
}

// choice reads one word of a dictionary.
func choice[T ~string](x *rowReader, col string, dst *T) {
	text, c, ok := x.value(col)
	if !ok {
		return
	}
	if text == "" {
		*dst = ""
		return
	}
	token, ok := c.Choices.Token(text)
	if !ok {
		x.notAChoice(c, text)
		return
	}
	*dst = T(token)
}

func (x *rowReader) notAChoice(c Column, word string) {
	x.fault(c.ID, FaultNotAChoice, fmt.Sprintf("%s“%s”不在选项里，可填：%s。", c.Label.Zh, shown(word), c.Choices.all("zh-Hans")),
		fmt.Sprintf("%s %q is not a choice. Use one of: %s.", c.Label.En, shown(word), c.Choices.all("en")))
}

// pieces parts the text of a cell that can hold several.
func pieces(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,;；\n", r) })
}

// choices reads several words of a dictionary, and keeps them in its order.
func choices[T ~string](x *rowReader, col string, dst *[]T) {
	text, c, ok := x.value(col)
	if !ok {
		return
	}
	var given []string
	for _, w := range pieces(text) {
		token, known := c.Choices.Token(w)
		if !known {
			x.notAChoice(c, w)
			return
		}
		given = append(given, token)
	}
	var out []T
	for _, o := range c.Choices {
		if slices.Contains(given, o.ID) {
			out = append(out, T(o.ID))
		}
	}
	if c.Max > 0 && len(out) > c.Max {
		x.fault(col, FaultTooLong, fmt.Sprintf("%s最多 %d 项。", c.Label.Zh, c.Max), fmt.Sprintf("%s: %d at most.", c.Label.En, c.Max))
		return
	}
	*dst = out
}

func (x *rowReader) flag(col string, dst *bool) {
	word := "no"
	if *dst {
		word = "yes"
	}
	choice(x, col, &word)
	*dst = word == "yes"
}

func (x *rowReader) number(col string, dst *int) {
	text, c, ok := x.value(col)
	if !ok {
		return
	}
	if text == "" {
		*dst = 0
		return
	}
	n, err := strconv.Atoi(strings.TrimRight(strings.TrimSuffix(plain(text), ".0"), "人户名"))
	if err != nil || n < c.Min || c.Max > 0 && n > c.Max {
		x.fault(col, FaultNotANumber, fmt.Sprintf("%s“%s”不对：请填 %d 到 %d 的整数。", c.Label.Zh, shown(text), c.Min, c.Max),
			fmt.Sprintf("%s %q is wrong: write a whole number from %d to %d.", c.Label.En, shown(text), c.Min, c.Max))
		return
	}
	*dst = n
}

var datePattern = regexp.MustCompile(`^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$`)

func (x *rowReader) date(col string, dst *Date) {
	text, c, ok := x.value(col)
	if !ok {
		return
	}
	if text == "" {
		*dst = Date{}
		return
	}
	d, ok := readDate(text)
	if !ok {
		x.fault(col, FaultNotADate, fmt.Sprintf("%s“%s”不是日期，请写成 2017-04-05。", c.Label.Zh, shown(text)),
			fmt.Sprintf("%s %q is no date: write it as 2017-04-05.", c.Label.En, shown(text)))
		return
	}
	*dst = d
}

// readDate reads 2017-04-05, 2017/4/5, 2017.4.5, 2017年4月5日 and 20170405.
func readDate(text string) (Date, bool) {
	text = plain(text)
	m := datePattern.FindStringSubmatch(text)
	if m == nil || isDigits(text) && len(text) != 8 {
		return Date{}, false
	}
	year, _ := strconv.Atoi(m[1]) // the pattern lets digits alone through
	month, _ := strconv.Atoi(m[2])
	day, _ := strconv.Atoi(m[3])
	d := Date{Year: year, Month: time.Month(month), Day: day}
	return d, year >= 1900 && d.AddDays(0) == d
}

var phonePattern = regexp.MustCompile(`^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$`)

// plainPhone is a telephone number without the spaces and hyphens of a mobile
// number, or the country's prefix.
func plainPhone(text string) string {
	s := plain(text)
	if bare := strings.ReplaceAll(strings.TrimPrefix(s, "+86"), "-", ""); len(bare) == 11 && bare[0] == '1' {
		return bare
	}
	return s
}

func (x *rowReader) phone(col string, dst *string) {
	text, c, ok := x.value(col)
	if !ok {
		return
	}
	s := plainPhone(text)
	if s != "" && !phonePattern.MatchString(s) {
		x.fault(col, FaultBadPhone, c.Label.Zh+"不对：请填一个 11 位手机号，或带区号的座机号（如 0516-1234567）。",
			c.Label.En+" is wrong: write one mobile number of 11 digits, or a landline with its area code.")
		return
	}
	*dst = s
}

func (x *rowReader) uscc(col string, dst *string) {
	text, _, ok := x.value(col)
	if !ok {
		return
	}
	if text == "" {
		*dst = ""
		return
	}
	code, ok := form.CheckUSCC(text)
	if !ok {
		x.fault(col, FaultBadUSCC, "统一社会信用代码不对：要 18 位，且校验码相符。请对照营业执照；旧的 15 位号码填在“注册号”。",
			"The unified social credit code is wrong: 18 characters with a fitting check character. An older number of 15 digits belongs under registration number.")
		return
	}
	*dst = code
}

func (x *rowReader) regNo(col string, dst *string) {
	text, _, ok := x.value(col)
	if !ok {
		return
	}
	s := plain(text)
	if s != "" && (len(s) != 15 || !isDigits(s)) {
		x.fault(col, FaultBadRegNo, "注册号不对：要 15 位数字。", "The registration number is wrong: 15 digits.")
		return
	}
	*dst = s
}

// ref reads what another row is called.
func ref[ID ~uint64](x *rowReader, col string, dst *ID, named func(string) []ID) {
	text, c, ok := x.value(col)
	if !ok {
		return
	}
	if text == "" {
		*dst = 0
		return
	}
	if id, ok := single(x, c, text, named(text)); ok {
		*dst = id
	}
}

// refs reads what several other rows are called.
func refs[ID ~uint64](x *rowReader, col string, dst *[]ID, named func(string) []ID) {
	text, c, ok := x.value(col)
	if !ok {
		return
	}
	var out []ID
	for _, w := range pieces(text) {
		id, ok := single(x, c, w, named(w))
		if !ok {
			return
		}
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	*dst = out
}

// single takes the one record that the word names.
func single[ID ~uint64](x *rowReader, c Column, word string, found []ID) (ID, bool) {
	switch len(found) {
	case 1:
		return found[0], true
	case 0:
		x.fault(c.ID, FaultUnknown, fmt.Sprintf("找不到%s“%s”。请填：%s。", c.Label.Zh, shown(word), wanted(c, "zh-Hans")),
			fmt.Sprintf("%s %q is not known. Write %s.", c.Label.En, shown(word), wanted(c, "en")))
	default:
		x.fault(c.ID, FaultAmbiguous, fmt.Sprintf("%s“%s”有 %d 个，请写全，如 贾汪区/塔山镇/李庄村。", c.Label.Zh, shown(word), len(found)),
			fmt.Sprintf("%s %q names %d places: write it in full, district/town/village.", c.Label.En, shown(word), len(found)))
	}
	return 0, false
}

func wanted(c Column, lang string) string {
	if s := c.Hint.In(lang); s != "" {
		return s
	}
	return c.Example
}

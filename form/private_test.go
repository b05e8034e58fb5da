package form_test

import (
	"strings"
	"testing"

	"zoufang/form"
)

func TestFindPrivate(t *testing.T) {
	for _, text := range []string{
		"11010519491231002X",
		"11010519491231002x",
		"身份证11010519491231002X，请查收",
		"身份证１１０１０５１９４９１２３１００２Ｘ",
		"110105 19491231 002X",
		"110105-19491231-002X",
		"1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
		"110105\u3000194912310021",
		"320305198001011234", // a slip in the check character
		"1 320305198001011234",
		"号11010519491231002X电话13800138000",
		"0011010519491231002X99",
		"ID11010519491231002X",
	} {
		if got := form.FindPrivate(text); got != form.IDNumber {
			t.Errorf("FindPrivate(%q) = %q, want %q", text, got, form.IDNumber)
		}
	}
	for _, text := range []string{
		"13800138000",
		"请打13800138000找他",
		"１３８００１３８０００",
		"138 0013 8000",
		"138-0013-8000",
		"138.0013.8000",
		"138 00138000",
		"1380-0138-000",
		"1 3 8 0 0 1 3 8 0 0 0",
		"+86 138 0013 8000",
		"+8613800138000",
		"008613800138000",
		"0516-83912345",
		"051683912345",
		"0516 8391 2345",
		"(0516)83912345",
		"（0516）83912345",
		"010-12345678",
		"02112345678",
		"0379-6391234",
		"第1户 13800138000",
	} {
		if got := form.FindPrivate(text); got != form.Phone {
			t.Errorf("FindPrivate(%q) = %q, want %q", text, got, form.Phone)
		}
	}
	for _, text := range []string{
		"",
		"村口的路坏了",
		"ZF-170405-012",
		"WT-2017-0035",
		"RW-2017-0035，WT-2017-0036，WT-2017-0037",
		"JT-0001 QY-001 ZZ-01 SB-001",
		"ZF-170405-012 12户",
		"2017年4月5日",
		"2017-04-05 2017-04-06 12",
		"20170405 20170406",
		"2017-04-05 14:30:00",
		"4月5日、4月6日、4月7日",
		"收入15000元，去年14000元",
		"15000 20000 30000",
		"贷款 1,380,013,800 元",
		"投资15000000000元",
		"投资¥15000000000",
		"13800138000元",
		"男3人 女4人 60岁以上2人",
		"138****5678",
		"91350100M000100Y43",
		"徐州某某公司 91320305MA1MXXXX5X",
		"注册号320305000012345",
		"商标注册号 1234567890",
		"12345678901234567890123",
		"123456789012345678",
		"100-200-300-400",
		"报销比例 0.65，自付 0.35",
		"1 2 3 4 5 6 7 8 9 10 11 12",
		"GB/T 19001-2016",
		"6228480402564890018",
	} {
		if got := form.FindPrivate(text); got != "" {
			t.Errorf("FindPrivate(%q) = %q, want it to pass", text, got)
		}
	}
}

// A firm's code in digits only can look like a person's number. It passes if its
// own check character is right and a person's is not.
func TestFindPrivateTellsFirmFromPerson(t *testing.T) {
	const body = "51010519491231002" // 51 is both Sichuan and a civil organisation
	firms, persons := 0, 0
	for _, check := range "0123456789" {
		number := body + string(check)
		code, firm := form.CheckUSCC(number)
		if code != number {
			t.Fatalf("CheckUSCC(%q) changed it to %q", number, code)
		}
		switch got := form.FindPrivate(number); {
		case firm && got == "":
			firms++
		case !firm && got == form.IDNumber:
			persons++
		default:
			t.Errorf("FindPrivate(%q) = %q, a firm's: %v", number, got, firm)
		}
	}
	if firms+persons != 10 {
		t.Errorf("%d firms and %d persons", firms, persons)
	}
}

func TestCheckUSCC(t *testing.T) {
	for _, tt := range []struct {
		text, want string
		ok         bool
	}{
		{"91350100M000100Y43", "91350100M000100Y43", true},
		{" ９１３５０１００ｍ０００１００ｙ４３ ", "91350100M000100Y43", true},
		{"9135 0100 M000 100Y 43", "91350100M000100Y43", true},
		{"91350100M000100Y44", "91350100M000100Y44", false},
		{"91350100M000100I43", "91350100M000100I43", false},
		{"91350100M000100Y4", "91350100M000100Y4", false},
		{"", "", false},
		{strings.Repeat("路", 6), strings.Repeat("路", 6), false},
	} {
		if got, ok := form.CheckUSCC(tt.text); got != tt.want || ok != tt.ok {
			t.Errorf("CheckUSCC(%q) = %q, %v, want %q, %v", tt.text, got, ok, tt.want, tt.ok)
		}
	}
}

func FuzzFindPrivate(f *testing.F) {
	for _, text := range []string{"11010519491231002X", "138 0013 8000", "0516-83912345", "1x2x3X", "\xff1", "0000000000"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		form.FindPrivate(text)
		form.CheckUSCC(text)
		// What is around a number hides it only if it is digits or links to some.
		if got := form.FindPrivate("。" + text + "，13800138000。"); got == "" {
			t.Errorf("FindPrivate of %q before a phone number finds nothing", text)
		}
	})
}

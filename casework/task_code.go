package casework

import (
	"fmt"
	"strings"
)

// A task book is numbered with its first problem: RW-2017-0035 is the first one
// about WT-2017-0035, RW-2017-0035-2 the next. So people see from the number what
// it is about, and no two books can have the same one: [Records.Last] knows how
// many have been numbered with a problem, whatever became of them.

// taskBookPrefix is the number of the first task book about the problem.
func taskBookPrefix(p Problem) string {
	_, number, _ := strings.Cut(p.Code, "-")
	return "RW-" + number
}

// taskBookCode is the number that the next task book about the problem gets.
func taskBookCode(r Records, p Problem) string {
	prefix := taskBookPrefix(p)
	if n := r.Last(prefix); n > 0 {
		return fmt.Sprintf("%s-%d", prefix, n+1)
	}
	return prefix
}

// countTaskBook notes that the number is taken.
func countTaskBook(t Tables, code string) {
	prefix, n := code, 1
	if strings.Count(code, "-") > 2 {
		prefix, n = splitCode(code)
	}
	if n > t.Last(prefix) {
		t.PutLast(prefix, n)
	}
}

// issuePrefix is what the codes of common issues begin with: GX-01.
const issuePrefix = "GX"

func issueCode(n int) string { return fmt.Sprintf("%s-%02d", issuePrefix, n) }

// reportPrefix is what the numbers of reports on common issues begin with in a year.
func reportPrefix(year int) string { return fmt.Sprintf("GXZB-%04d", year) }

func reportNumber(year, n int) string { return fmt.Sprintf("%s-%02d", reportPrefix(year), n) }

package casework

import "fmt"

// The codes that people read are numbered without gaps under a prefix and are
// never reused; [Records.Last] knows the highest.

// VisitPrefix is what the codes of visits made on that day begin with.
func VisitPrefix(on Date) string {
	return fmt.Sprintf("ZF-%02d%02d%02d", on.Year%100, int(on.Month), on.Day)
}

// VisitCode is the code of the n-th visit of the day: ZF-170405-012.
func VisitCode(on Date, n int) string { return fmt.Sprintf("%s-%03d", VisitPrefix(on), n) }

// ProblemPrefix is what the codes of problems raised in that year begin with.
func ProblemPrefix(year int) string { return fmt.Sprintf("WT-%04d", year) }

// ProblemCode is the code of the n-th problem of the year: WT-2017-0035.
func ProblemCode(year, n int) string { return fmt.Sprintf("%s-%04d", ProblemPrefix(year), n) }

// TargetCode is the code of the n-th target of that kind: JT-0001, QY-001, ZZ-01.
func TargetCode(k Kind, n int) string {
	return fmt.Sprintf("%s-%0*d", k.CodePrefix(), k.codeDigits(), n)
}

// splitCode parts a code into prefix and number. The number is zero if the
// code was not made here.
func splitCode(code string) (string, int) {
	for i := len(code) - 1; i > 0; i-- {
		if code[i] == '-' {
			n := 0
			for _, c := range []byte(code[i+1:]) {
				if c < '0' || c > '9' || n > 1e9 {
					return code, 0
				}
				n = n*10 + int(c-'0')
			}
			return code[:i], n
		}
	}
	return code, 0
}

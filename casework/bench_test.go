package casework_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"zoufang/casework"
	"zoufang/sample"
	"zoufang/store"
)

// visitsVariable names the environment variable that says how many visits the
// file of [BenchmarkDigest] holds. A million take some minutes to load.
const visitsVariable = "ZOUFANG_BENCH_VISITS"

// BenchmarkDigest makes the digest of a group of thirty among more and more
// visits, by index, and beside it counts the same visits by reading all of
// them. Set ZOUFANG_BENCH_VISITS=1000000 for a file of that size.
func BenchmarkDigest(b *testing.B) {
	sizes := []int{10_000, 100_000}
	if s := os.Getenv(visitsVariable); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			b.Fatalf("%s: %v", visitsVariable, err)
		}
		sizes = []int{n}
	}
	day := casework.Date{Year: 2017, Month: time.September, Day: 5}
	to := time.Date(2017, time.September, 5, 17, 30, 0, 0, shanghai)
	from := to.AddDate(0, 0, -1)
	for _, n := range sizes {
		b.Run(fmt.Sprint("visits=", n), func(b *testing.B) {
			l := largeLedger(b, n)
			l.view(func(r casework.Records) {
				g := r.Groups()[0]
				count := 0
				b.Run("index", func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						d := casework.DigestOf(r, g, day, from, to)
						count = len(d.Visits) + len(d.LateOnes)
					}
					b.ReportMetric(float64(count), "visits/digest")
				})
				b.Run("scan", func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						if got := scanned(r, g, from, to); got != count {
							b.Fatalf("the scan counts %d visits, the digest %d", got, count)
						}
					}
				})
			})
		})
	}
}

// scanned counts the visits of the group's targets that were reported in the
// window, by reading every visit there is.
func scanned(r casework.Records, g casework.Group, from, to time.Time) int {
	n := 0
	for v := range r.AllVisits() {
		if !v.SubmittedAt.After(from) || v.SubmittedAt.After(to) {
			continue
		}
		if x, _ := r.Target(v.TargetID); x.GroupID == g.ID {
			n++
		}
	}
	return n
}

// largeLedger is a campaign of n visits, in groups of about thirty whatever n.
func largeLedger(b *testing.B, n int) *ledger {
	b.Helper()
	s, err := store.Open(filepath.Join(b.TempDir(), "large.db"), store.Options{Key: []byte("0123456789abcdef0123456789abcdef")})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	staff := n / 50
	o := sample.Options{Seed: 1, Visits: n, Households: n / 10, Staff: staff, Groups: staff / 30, Problems: n / 200}
	if err := s.Load(o.Each); err != nil {
		b.Fatal(err)
	}
	return &ledger{t: b, store: s}
}

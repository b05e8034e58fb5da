package bench

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// Percentile is the value that p in a hundred of the values do not exceed, by
// nearest rank; zero if there are none. The values need no order and keep
// theirs.
func Percentile(values []time.Duration, p float64) time.Duration {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	rank := int(math.Ceil(p / 100 * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}

// Spread is what repeated measurements say together.
type Spread struct {
	Median float64 `json:"median"`
	Min    float64 `json:"min"`
	Max    float64 `json:"max"`
}

// Summarize is the spread of the values; zero if there are none. The median of
// an even number is the mean of the two in the middle.
func Summarize(values []float64) Spread {
	n := len(values)
	if n == 0 {
		return Spread{}
	}
	s := slices.Sorted(slices.Values(values))
	return Spread{Median: (s[(n-1)/2] + s[n/2]) / 2, Min: s[0], Max: s[n-1]}
}

// Ratio is the spread of a[i]/b[i]: each measurement is set against the one
// taken next to it, so that what slows the machine for a while slows both. Pairs
// with a zero divisor are left out. It panics if the lengths differ.
func Ratio(a, b []float64) Spread {
	if len(a) != len(b) {
		panic(fmt.Sprintf("bench: %d measurements cannot be paired with %d", len(a), len(b)))
	}
	var ratios []float64
	for i := range a {
		if b[i] != 0 {
			ratios = append(ratios, a[i]/b[i])
		}
	}
	return Summarize(ratios)
}

package sample_test

import (
	"testing"

	"zoufang/casework"
	"zoufang/sample"
)

// BenchmarkEach makes a campaign of 20,000 visits in each op.
func BenchmarkEach(b *testing.B) {
	o := sample.Options{Seed: 1, Households: 4000, Staff: 1000, Visits: 20_000}
	b.ReportAllocs()
	for b.Loop() {
		err := o.Each(func(casework.Event) error { return nil })
		if err != nil {
			b.Fatal(err)
		}
	}
}

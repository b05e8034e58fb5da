// Package bench puts the service under load beside a floor that is known, for
// `make bench` alone.
//
// The service and the comparison bots in the folders below are programs of their
// own. They talk to the same simulated Telegram with the same [Load]: people who
// take turns, each next one only after the reply to the last was seen. Absolute
// figures say little on a machine that is shared, so runs are paired, and what
// counts is their [Ratio]. What the machine allows is measured in the same run,
// see [MeasureYardsticks].
//
// The package starts no program and prints nothing: cmd/bench does.
package bench

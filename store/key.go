package store

import (
	"encoding/binary"
	"slices"
	"strconv"
	"time"

	"zoufang/casework"
	"zoufang/dialog"
)

// Parts of keys. Joined with [slices.Concat].

func number[N ~uint64](n N) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// newest is a number whose order is turned round.
func newest[N ~uint64](n N) []byte { return number(^uint64(n)) }

// day orders dates, the earliest first.
func day(d casework.Date) []byte { return number(dayNumber(d)) }

// newestDay orders dates, the latest first.
func newestDay(d casework.Date) []byte { return newest(dayNumber(d)) }

func dayNumber(d casework.Date) uint64 {
	return uint64(d.Year)<<9 | uint64(d.Month)<<5 | uint64(d.Day)
}

// newestTime orders instants to the microsecond, the latest first. The sign bit
// is turned so that instants before 1970 come in order too.
func newestTime(t time.Time) []byte { return newest(uint64(t.UnixMicro()) ^ 1<<63) }

// newestInstant orders instants to the last digit, the latest first.
func newestInstant(t time.Time) []byte {
	return slices.Concat(newest(uint64(t.Unix())^1<<63), newest(uint64(t.Nanosecond())))
}

func (s *sealer) chat(c dialog.ChatID) []byte {
	return s.hash("chat", strconv.FormatInt(int64(c), 10))
}

func (s *sealer) user(u casework.UserID) []byte {
	return s.hash("user", strconv.FormatInt(int64(u), 10))
}

func (s *sealer) cause(cause string) []byte { return s.hash("cause", cause) }

func (s *sealer) form(id string) []byte { return s.hash("form", id) }

func (s *sealer) named(c dialog.ChatID, name string) []byte {
	return slices.Concat(s.chat(c), s.hash("card", name))
}

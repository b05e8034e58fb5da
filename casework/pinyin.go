package casework

import (
	"slices"
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// sound is how a character can be read, without tones, the usual way first: 长
// is zhang or chang. A character without readings stands for itself.
type sound []string

// sounds are the sounds of the text, character by character.
func sounds(s string) []sound {
	args := pinyin.NewArgs()
	args.Heteronym = true
	out := make([]sound, 0, len(s)/3)
	for _, c := range s {
		readings := pinyin.SinglePinyin(c, args)
		if len(readings) == 0 {
			readings = []string{string(c)}
		}
		out = append(out, readings)
	}
	return out
}

// usual leaves each character its usual reading.
func usual(list []sound) []sound {
	out := make([]sound, len(list))
	for i, s := range list {
		out[i] = s[:1]
	}
	return out
}

// alike reports whether the characters can be read in the same way.
func alike(a, b sound) bool {
	return slices.ContainsFunc(a, func(reading string) bool { return slices.Contains(b, reading) })
}

// beginAlike reports whether the sounds begin with the others.
func beginAlike(list, part []sound) bool {
	return len(part) > 0 && len(part) <= len(list) && slices.EqualFunc(list[:len(part)], part, alike)
}

// initialed reports whether the letters are the initials of the first sounds: zs
// of 张三.
func initialed(list []sound, letters string) bool {
	for i, c := range []byte(letters) {
		if i >= len(list) || !slices.ContainsFunc(list[i], func(reading string) bool { return reading[0] == c }) {
			return false
		}
	}
	return true
}

// spelled reports whether the letters spell out the first sounds, the last of
// which may be cut short if short is set.
func spelled(list []sound, letters string, short bool) bool {
	if len(list) == 0 || letters == "" {
		return letters == ""
	}
	return slices.ContainsFunc(list[0], func(reading string) bool {
		rest, whole := strings.CutPrefix(letters, reading)
		return whole && spelled(list[1:], rest, short) || short && strings.HasPrefix(reading, letters)
	})
}

package form

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// tokenKind tells the parser what a token is; operators, brackets and the comma
// are symbols.
type tokenKind int

const (
	endToken tokenKind = iota
	itemToken
	textToken
	numberToken
	nameToken
	symbolToken
)

type token struct {
	kind tokenKind
	text string
}

// lex splits the source of an expression into tokens, ending with an endToken.
func lex(src string) ([]token, error) {
	var out []token
	for rest := strings.TrimLeft(src, " \t\n"); rest != ""; rest = strings.TrimLeft(rest, " \t\n") {
		t, size, err := lexOne(rest)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
		rest = rest[size:]
	}
	return append(out, token{kind: endToken}), nil
}

// lexOne reads the token at the beginning of s and returns the bytes it takes.
func lexOne(s string) (token, int, error) {
	switch c := s[0]; {
	case strings.HasPrefix(s, "${"):
		end := strings.IndexByte(s, '}')
		if end < 0 || !word(s[2:end]) {
			return token{}, 0, fmt.Errorf("a reference is written ${item}")
		}
		return token{itemToken, s[2:end]}, end + 1, nil
	case c == '\'' || c == '"':
		end := strings.IndexByte(s[1:], c)
		if end < 0 {
			return token{}, 0, fmt.Errorf("the text that begins at %s is not closed", s)
		}
		return token{textToken, s[1 : 1+end]}, end + 2, nil
	case digit(c):
		n := span(s, digit)
		return token{numberToken, s[:n]}, n, nil
	case letter(c):
		n := span(s, func(c byte) bool { return letter(c) || digit(c) || c == '-' })
		return token{nameToken, s[:n]}, n, nil
	}
	// The longer symbols come first.
	for _, symbol := range [...]string{"!=", "<=", ">=", "..", "=", "<", ">", "+", "-", "(", ")", ",", "."} {
		if strings.HasPrefix(s, symbol) {
			return token{symbolToken, symbol}, len(symbol), nil
		}
	}
	r, _ := utf8.DecodeRuneInString(s)
	return token{}, 0, fmt.Errorf("%q has no meaning here", r)
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

func letter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' }

// span returns the length of the longest beginning of s of bytes that are in.
func span(s string, in func(byte) bool) int {
	n := 0
	for n < len(s) && in(s[n]) {
		n++
	}
	return n
}

// word reports whether s is an id: lower-case snake_case beginning with a letter.
func word(s string) bool {
	return s != "" && 'a' <= s[0] && s[0] <= 'z' &&
		span(s, func(c byte) bool { return 'a' <= c && c <= 'z' || digit(c) || c == '_' }) == len(s)
}

package form

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The bounds keep a hostile definition from costing more than a glance.
const (
	maxExpression = 1000 // bytes
	maxDepth      = 32   // brackets and calls inside one another
)

// expression is a parsed expression of XLSForm's subset: ${item}, 'text',
// numbers, the comparisons, + and -, and, or, and the functions of call.
type expression struct {
	run   eval
	items []string // ids of the items it reads
}

// eval computes a value in a scope. It never fails: what makes no sense, such as
// the sum of two texts, is the empty text, as an unanswered item is.
type eval func(*scope) value

// scope is what an expression can see.
type scope struct {
	item    func(id string) value
	skipped func(id string) bool
	self    value // the answer that a constraint judges
	n       int   // the instance of the repeat
	c       Context
}

// parseExpression parses the source of an expression.
func parseExpression(src string) (expression, error) {
	if len(src) > maxExpression {
		return expression{}, fmt.Errorf("expression is longer than %d bytes", maxExpression)
	}
	tokens, err := lex(src)
	if err != nil {
		return expression{}, err
	}
	p := &parser{tokens: tokens}
	run, err := p.or()
	if err != nil {
		return expression{}, err
	}
	if p.peek().kind != endToken {
		return expression{}, p.unexpected("an operator or the end")
	}
	return expression{run, p.items}, nil
}

// parseDefault parses a default, where a bare word is an option's id.
func parseDefault(src string) (expression, error) {
	if word(src) {
		return expression{run: constant(textOf(src))}, nil
	}
	return parseExpression(src)
}

// parseRequired parses a required, where XLSForm writes yes.
func parseRequired(src string) (expression, error) {
	switch src {
	case "yes", "true":
		return expression{run: constant(truth(true))}, nil
	case "no", "false":
		return expression{run: constant(truth(false))}, nil
	}
	return parseExpression(src)
}

type parser struct {
	tokens []token
	at     int
	depth  int
	items  []string
}

func (p *parser) peek() token { return p.tokens[p.at] }

// take consumes the next token if it is the symbol or the name.
func (p *parser) take(kind tokenKind, text string) bool {
	if t := p.peek(); t.kind != kind || t.text != text {
		return false
	}
	p.at++
	return true
}

func (p *parser) expect(symbol string) error {
	if !p.take(symbolToken, symbol) {
		return p.unexpected(symbol)
	}
	return nil
}

func (p *parser) unexpected(want string) error {
	if t := p.peek(); t.kind != endToken {
		return fmt.Errorf("found %q, want %s", t.text, want)
	}
	return fmt.Errorf("found the end, want %s", want)
}

func (p *parser) or() (eval, error) {
	return p.chain("or", p.and, func(a, b eval) eval {
		return func(s *scope) value { return truth(a(s).holds() || b(s).holds()) }
	})
}

func (p *parser) and() (eval, error) {
	return p.chain("and", p.comparison, func(a, b eval) eval {
		return func(s *scope) value { return truth(a(s).holds() && b(s).holds()) }
	})
}

// chain parses operands joined by the named operator.
func (p *parser) chain(name string, operand func() (eval, error), join func(a, b eval) eval) (eval, error) {
	left, err := operand()
	for err == nil && p.take(nameToken, name) {
		var right eval
		if right, err = operand(); err == nil {
			left = join(left, right)
		}
	}
	return left, err
}

func (p *parser) comparison() (eval, error) {
	left, err := p.sum()
	if err != nil {
		return nil, err
	}
	for _, op := range [...]string{"=", "!=", "<", "<=", ">", ">="} {
		if p.take(symbolToken, op) {
			right, err := p.sum()
			return func(s *scope) value { return truth(compare(op, left(s), right(s))) }, err
		}
	}
	return left, nil
}

func (p *parser) sum() (eval, error) {
	left, err := p.primary()
	for err == nil {
		sign := 1
		if p.take(symbolToken, "-") {
			sign = -1
		} else if !p.take(symbolToken, "+") {
			break
		}
		var right eval
		if right, err = p.primary(); err == nil {
			before := left
			left = func(s *scope) value { return add(before(s), right(s), sign) }
		}
	}
	return left, err
}

func (p *parser) primary() (eval, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, fmt.Errorf("brackets are more than %d deep", maxDepth)
	}
	defer func() { p.depth-- }()
	t := p.peek()
	switch {
	case t.kind == itemToken:
		p.at++
		p.items = append(p.items, t.text)
		return func(s *scope) value { return s.item(t.text) }, nil
	case t.kind == textToken:
		p.at++
		return constant(textOf(t.text)), nil
	case t.kind == numberToken:
		p.at++
		n, err := strconv.Atoi(t.text)
		return constant(numberOf(n)), err
	case t.kind == nameToken:
		p.at++
		return p.call(t.text)
	case p.take(symbolToken, "."):
		return func(s *scope) value { return s.self }, nil
	case p.take(symbolToken, "-"):
		operand, err := p.primary()
		return func(s *scope) value { return add(numberOf(0), operand(s), -1) }, err
	case p.take(symbolToken, "("):
		inner, err := p.or()
		if err != nil {
			return nil, err
		}
		return inner, p.expect(")")
	}
	return nil, p.unexpected("a value")
}

// call parses the arguments of a function. Those that name an item or a pattern
// take it literally, so that it can be checked when the form is read.
func (p *parser) call(name string) (eval, error) {
	if err := p.expect("("); err != nil {
		return nil, fmt.Errorf("%w after %s (a text is written in quotes)", err, name)
	}
	switch name {
	case "skipped":
		return p.skipped()
	case "position":
		if err := p.expect(".."); err != nil {
			return nil, err
		}
		return func(s *scope) value { return numberOf(s.n) }, p.expect(")")
	case "regex":
		return p.regex()
	}
	f, ok := function(name)
	if !ok {
		return nil, fmt.Errorf("there is no function %s()", name)
	}
	args, err := p.arguments()
	if err != nil {
		return nil, err
	}
	if len(args) != f.arity {
		return nil, fmt.Errorf("%s() takes %d arguments, not %d", name, f.arity, len(args))
	}
	return func(s *scope) value {
		values := make([]value, len(args))
		for i, arg := range args {
			values[i] = arg(s)
		}
		return f.call(s, values)
	}, nil
}

func (p *parser) arguments() ([]eval, error) {
	var args []eval
	if p.take(symbolToken, ")") {
		return nil, nil
	}
	for {
		arg, err := p.or()
		if err != nil {
			return nil, err
		}
		args = append(args, arg)
		if !p.take(symbolToken, ",") {
			return args, p.expect(")")
		}
	}
}

func (p *parser) skipped() (eval, error) {
	t := p.peek()
	if t.kind != itemToken {
		return nil, p.unexpected("${item}")
	}
	p.at++
	p.items = append(p.items, t.text)
	return func(s *scope) value { return truth(s.skipped(t.text)) }, p.expect(")")
}

// regex matches the whole text, as ODK does.
func (p *parser) regex() (eval, error) {
	subject, err := p.or()
	if err != nil {
		return nil, err
	}
	if err := p.expect(","); err != nil {
		return nil, err
	}
	t := p.peek()
	if t.kind != textToken {
		return nil, p.unexpected("a pattern in quotes")
	}
	p.at++
	pattern, err := regexp.Compile("^(?:" + t.text + ")$")
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", t.text, err)
	}
	return func(s *scope) value { return truth(pattern.MatchString(subject(s).String())) }, p.expect(")")
}

// builtin is a function whose arguments are all values.
type builtin struct {
	arity int
	call  func(*scope, []value) value
}

func function(name string) (builtin, bool) {
	switch name {
	case "not":
		return builtin{1, func(_ *scope, v []value) value { return truth(!v[0].holds()) }}, true
	case "true":
		return builtin{0, func(*scope, []value) value { return truth(true) }}, true
	case "false":
		return builtin{0, func(*scope, []value) value { return truth(false) }}, true
	case "if":
		return builtin{3, func(_ *scope, v []value) value {
			if v[0].holds() {
				return v[1]
			}
			return v[2]
		}}, true
	case "selected":
		return builtin{2, func(_ *scope, v []value) value {
			for id := range strings.FieldsSeq(v[0].String()) {
				if id == v[1].String() {
					return truth(true)
				}
			}
			return truth(false)
		}}, true
	case "count-selected":
		return builtin{1, func(_ *scope, v []value) value {
			return numberOf(len(strings.Fields(v[0].String())))
		}}, true
	case "string-length":
		return builtin{1, func(_ *scope, v []value) value {
			return numberOf(utf8.RuneCountInString(v[0].String()))
		}}, true
	case "lack":
		return builtin{1, func(_ *scope, v []value) value { return textOf(lack(v[0].String())) }}, true
	case "today":
		return builtin{0, func(s *scope, _ []value) value { return dateOf(s.c.Today) }}, true
	case "earliest":
		return builtin{0, func(s *scope, _ []value) value { return dateOf(s.c.Earliest) }}, true
	case "backfill":
		return builtin{0, func(s *scope, _ []value) value { return numberOf(s.c.BackfillDays) }}, true
	}
	return builtin{}, false
}

func constant(v value) eval { return func(*scope) value { return v } }

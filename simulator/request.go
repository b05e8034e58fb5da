package simulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// Sizes a request may have, as the official server has them.
const (
	maxUpload    = 50 << 20
	maxFieldSize = 1 << 20
)

// An upload is a file that came with a request.
type upload struct {
	name string
	mime string
	data []byte
}

// args are the parameters of one call. Every value is the text the form field
// would have: a JSON string stands for its content, other JSON values for
// their JSON text.
type args struct {
	values map[string]string
	files  map[string]upload
}

var errTooLarge = errors.New("request entity too large")

// readArgs takes the parameters from the query and the body. Later ones win.
func readArgs(r *http.Request) (*args, error) {
	a := &args{values: map[string]string{}}
	if r.URL.RawQuery != "" {
		q, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			return a, fmt.Errorf("query: %w", err)
		}
		a.addForm(q)
	}
	if r.Method != http.MethodPost || r.Body == nil || r.Body == http.NoBody {
		return a, nil
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		// The official server takes a body of unknown type for none at all.
		return a, nil //nolint:nilerr // as the comment says
	}
	switch kind {
	case "application/json":
		return a, a.addJSON(r.Body)
	case "application/x-www-form-urlencoded":
		body, err := readLimited(r.Body, maxFieldSize)
		if err != nil {
			return a, err
		}
		q, err := url.ParseQuery(string(body))
		if err != nil {
			return a, fmt.Errorf("body: %w", err)
		}
		a.addForm(q)
		return a, nil
	case "multipart/form-data":
		return a, a.addParts(multipart.NewReader(r.Body, params["boundary"]))
	}
	return a, nil
}

func (a *args) addForm(q url.Values) {
	for name, v := range q {
		a.values[name] = v[len(v)-1]
	}
}

func (a *args) addJSON(r io.Reader) error {
	body, err := readLimited(r, maxFieldSize)
	if err != nil || len(body) == 0 {
		return err
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(body, &object); err != nil {
		return fmt.Errorf("object expected: %w", err)
	}
	for name, raw := range object {
		text := string(raw)
		if text == "null" {
			continue
		}
		if text[0] == '"' {
			if err := json.Unmarshal(raw, &text); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		a.values[name] = text
	}
	return nil
}

// addParts reads a multipart body. A body without parts is no error: the Go
// library sends one with every call that has no parameters.
func (a *args) addParts(mr *multipart.Reader) error {
	left := maxUpload
	for {
		part, err := mr.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("multipart: %w", err)
		}
		data, err := readLimited(part, left)
		if err != nil {
			return err
		}
		left -= len(data)
		if part.FileName() == "" {
			a.values[part.FormName()] = string(data)
			continue
		}
		if a.files == nil {
			a.files = map[string]upload{}
		}
		a.files[part.FormName()] = upload{name: part.FileName(), mime: part.Header.Get("Content-Type"), data: data}
	}
}

func readLimited(r io.Reader, limit int) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if err != nil {
		return nil, fmt.Errorf("read body: %w", err)
	}
	if len(data) > limit {
		return nil, errTooLarge
	}
	return data, nil
}

// check compares the parameters with the table. It changes values only to bring
// numbers into their range, as the official server does silently; notes says
// so. A non-empty fault refuses the call.
func (s *schema) check(method string, a *args) (notes []string, fault string) {
	fields := s.methods[method]
	for name, text := range a.values {
		f, ok := fields[name]
		if !ok {
			if isAttachment(a, name) {
				continue
			}
			return notes, "unknown parameter " + name
		}
		if text == "null" && f.types[0] != "String" || text == "" && !f.required {
			delete(a.values, name)
			continue
		}
		note, fault := s.checkText(f, a, text)
		if fault != "" {
			return notes, fault
		}
		if note != "" {
			notes = append(notes, note)
		}
	}
	for name := range a.files {
		if f, ok := fields[name]; ok && !takesFile(f) {
			return notes, "parameter " + name + " is no file"
		}
	}
	return notes, ""
}

// isAttachment tells whether a field is referred to as attach://name.
func isAttachment(a *args, name string) bool {
	for _, v := range a.values {
		if strings.Contains(v, "attach://"+name) {
			return true
		}
	}
	return false
}

func takesFile(f *field) bool {
	return f.types[0] == "InputFile"
}

// checkText checks one parameter in its text form.
func (s *schema) checkText(f *field, a *args, text string) (note, fault string) {
	switch f.types[0] {
	case "String", "InputFile":
		if f.limit.unit == "MB" || f.limit.parsed {
			return "", ""
		}
		if fault := checkLimits(text, f); fault != "" {
			return "", f.name + fault
		}
		return "", ""
	case "Boolean":
		_, ok := parseBool(text)
		if !ok {
			return "", f.name + " must be true or false"
		}
		return "", ""
	case "Integer":
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			if len(f.types) > 1 && strings.HasPrefix(text, "@") {
				return "", ""
			}
			return "", f.name + " must be an integer"
		}
		if l := f.limit; l.unit == "number" && (n < int64(l.min) || n > int64(l.max)) {
			a.values[f.name] = strconv.FormatInt(min(max(n, int64(l.min)), int64(l.max)), 10)
			return fmt.Sprintf("%s is %d, allowed are %d-%d", f.name, n, l.min, l.max), ""
		}
		return "", ""
	}
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return "", fmt.Sprintf("can't parse %s JSON object", strings.ReplaceAll(f.name, "_", " "))
	}
	if fault := s.checkValue(v, f); fault != "" {
		return "", f.name + fault
	}
	return "", ""
}

func parseBool(s string) (value, ok bool) {
	switch strings.ToLower(s) {
	case "true", "yes", "1":
		return true, true
	case "false", "no", "0", "":
		return false, true
	}
	return false, false
}

func (a *args) bool(name string) bool {
	v, _ := parseBool(a.values[name])
	return v
}

func (a *args) int(name string) int64 {
	n, err := strconv.ParseInt(a.values[name], 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func (a *args) has(name string) bool {
	_, ok := a.values[name]
	return ok
}

// object decodes a parameter that check has found well formed.
func object[T any](a *args, name string) (v T, err error) {
	text, ok := a.values[name]
	if !ok {
		return v, nil
	}
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return v, badRequest("can't parse " + name + ": " + err.Error())
	}
	return v, nil
}

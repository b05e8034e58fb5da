package dialog

import (
	"embed"
	"fmt"
	"io/fs"

	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// The languages the bot speaks. Chinese is the default.
const (
	Chinese = "zh-Hans"
	English = "en"
)

//go:embed locale/*.yaml
var locales embed.FS

// catalogues reads everything the bot can say.
func catalogues() (*i18n.Bundle, error) {
	b := i18n.NewBundle(language.SimplifiedChinese)
	b.RegisterUnmarshalFunc("yaml", func(data []byte, v any) error { return yaml.Unmarshal(data, v) })
	files, err := fs.Glob(locales, "locale/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("find catalogues: %w", err)
	}
	for _, name := range files {
		if _, err := b.LoadMessageFileFS(locales, name); err != nil {
			return nil, fmt.Errorf("read catalogue %s: %w", name, err)
		}
	}
	return b, nil
}

// words says sentences of the catalogues in one language.
type words struct {
	lang string
	l    *i18n.Localizer
}

// say is the sentence under key. The rest are names and values for its
// placeholders; "Count" also chooses the plural. A key that is not in the
// catalogue comes back as it is; a test keeps that from happening.
func (w words) say(key string, named ...any) string {
	c := i18n.LocalizeConfig{MessageID: key}
	if len(named) > 0 {
		data := make(map[string]any, len(named)/2)
		for i := 0; i+1 < len(named); i += 2 {
			data[named[i].(string)] = named[i+1]
		}
		c.TemplateData = data
		if n, ok := data["Count"]; ok {
			c.PluralCount = n
		}
	}
	s, err := w.l.Localize(&c)
	if err != nil && s == "" {
		return key
	}
	return s
}

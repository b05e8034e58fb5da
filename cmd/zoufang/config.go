package main

import (
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"zoufang/scheduler"
)

// exampleConfig is config.example.yaml of the repository, which a test compares.
//
//go:embed config.yaml
var exampleConfig []byte

// config is the configuration file. Secrets are named by file, never given.
type config struct {
	Telegram struct {
		TokenFile string `yaml:"token_file"`
		APIURL    string `yaml:"api_url"`
		TakeOver  bool   `yaml:"take_over"`
		Obey      bool   `yaml:"obey_limits"`
	} `yaml:"telegram"`
	Pace struct {
		PerSecond int `yaml:"per_second"`
		Burst     int `yaml:"burst"`
	} `yaml:"pace"`
	Store struct {
		File    string `yaml:"file"`
		KeyFile string `yaml:"key_file"`
	} `yaml:"store"`
	TimeZone string `yaml:"time_zone"`
	Log      struct {
		Level  slog.Level `yaml:"-"`
		Words  string     `yaml:"level"`
		Format string     `yaml:"format"`
	} `yaml:"log"`
	Sweep    string    `yaml:"sweep"`
	Schedule timetable `yaml:"schedule"`

	zone *time.Location
}

// readConfig reads and checks the whole file. An error shows the line and the
// cure. Relative paths count from the folder of the file.
func readConfig(path string) (config, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return config{}, fmt.Errorf("%s is not there: `zoufang init` writes one, or name yours with --config", path)
	}
	if err != nil {
		return config{}, fmt.Errorf("read configuration: %w", err)
	}
	c, err := parseConfig(data)
	if err != nil {
		return config{}, fmt.Errorf("%s: %w", path, err)
	}
	for _, p := range []*string{&c.Telegram.TokenFile, &c.Store.File, &c.Store.KeyFile} {
		if !filepath.IsAbs(*p) {
			*p = filepath.Join(filepath.Dir(path), *p)
		}
	}
	return c, nil
}

// parseConfig reads the text of a configuration over the defaults.
func parseConfig(data []byte) (c config, err error) {
	// The library panics on some documents that are no YAML (v1.19.2).
	defer func() {
		if recover() != nil {
			err = errors.New("it is no YAML: check indentation, brackets and quotes; the settings and their defaults stand in config.example.yaml")
		}
	}()
	if err := yaml.Unmarshal(exampleConfig, &c); err != nil {
		return config{}, fmt.Errorf("built-in defaults: %w", err)
	}
	// A document without settings would wipe out the defaults.
	var some any
	if err := yaml.Unmarshal(data, &some); err != nil || some != nil {
		if err := yaml.UnmarshalWithOptions(data, &c, yaml.Strict()); err != nil {
			return config{}, fmt.Errorf("%s\nthe settings and their defaults stand in config.example.yaml", yaml.FormatError(err, false, true))
		}
	}
	if err := c.Log.Level.UnmarshalText([]byte(c.Log.Words)); err != nil {
		return config{}, fmt.Errorf("log.level is %q: it must be debug, info, warn or error", c.Log.Words)
	}
	for setting, value := range map[string]string{
		"telegram.token_file": c.Telegram.TokenFile, "store.file": c.Store.File, "store.key_file": c.Store.KeyFile,
	} {
		if value == "" {
			return config{}, fmt.Errorf("%s is empty: name a file, or leave the setting out", setting)
		}
	}
	if c.Pace.PerSecond < 0 || c.Pace.PerSecond > 1000 || c.Pace.Burst < 0 || c.Pace.Burst > 10_000 {
		return config{}, fmt.Errorf("pace is %d a second after %d: use 0 to 1000, and 0 to 10000", c.Pace.PerSecond, c.Pace.Burst)
	}
	if c.Log.Format != "text" && c.Log.Format != "json" {
		return config{}, fmt.Errorf("log.format is %q: it must be text or json", c.Log.Format)
	}
	for _, job := range append(c.Schedule.dialogJobs(), scheduler.Job{Name: "sweep", Spec: c.Sweep}) {
		if _, err := scheduler.Parse(job.Spec); err != nil {
			return config{}, fmt.Errorf("schedule of %s: %w; write five fields such as 30 17 * * *", job.Name, err)
		}
	}
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil || c.TimeZone == "" || c.TimeZone == "Local" {
		return config{}, fmt.Errorf("time_zone is %q: it must be a name such as Asia/Shanghai", c.TimeZone)
	}
	c.zone = zone
	return c, nil
}

// readSecret reads a file that holds one secret. What it holds is in no error.
func readSecret(what, path string) (string, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s: %s is not there; put it into that file (mode 0600), or name another in the configuration", what, path)
	}
	if err != nil {
		return "", fmt.Errorf("read %s: %w", what, err)
	}
	secret := strings.TrimSpace(string(data))
	if secret == "" {
		return "", fmt.Errorf("%s: %s is empty", what, path)
	}
	return secret, nil
}

// readKey reads the key that seals the file.
func (c config) readKey() ([]byte, error) {
	secret, err := readSecret("the key of the store", c.Store.KeyFile)
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(secret)
	if err != nil || len(key) != 32 {
		return nil, fmt.Errorf("the key in %s must be 64 hexadecimal digits: use the file that `zoufang init` wrote", c.Store.KeyFile)
	}
	return key, nil
}

// logger writes to errs as the configuration says.
func (c config) logger(w world) *slog.Logger {
	o := &slog.HandlerOptions{Level: c.Log.Level}
	if c.Log.Format == "json" {
		return slog.New(slog.NewJSONHandler(w.errs, o))
	}
	return slog.New(slog.NewTextHandler(w.errs, o))
}

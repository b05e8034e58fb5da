package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"

	"zoufang/dialog"
)

// unfit is why a file is of no use, in both languages: whoever sent it is told.
type unfit struct{ zh, en string }

func (u *unfit) Error() string { return u.en }

var (
	errLargeFile = &unfit{"文件超过 20 MB，机器人取不到。请拆小后再发。", "The file is larger than 20 MB, which the bot cannot get. Please split it and send it again."}
	errMoreFile  = &unfit{"文件比发送时大，没有读取。请重新发送。", "The file is larger than it was when it was sent, so it was not read. Please send it again."}
	errGoneFile  = &unfit{"Telegram 已取不到这个文件。请重新发送。", "Telegram does not give this file out any more. Please send it again."}
	errBlurFile  = &unfit{"这个文件读不出来，内容没有采用。请检查后重新发送。", "This file cannot be read; nothing of it was used. Please check it and send it again."}
)

// errStrangePath is a path that the Bot API would never give.
var errStrangePath = errors.New("the server names a path that is none")

// fetch gets a file, has it read, and reports what it holds.
func (d *delivery) fetch(ctx context.Context) error {
	e := d.letter.Errand
	if e == nil {
		return fmt.Errorf("%w: no errand", errUnfit)
	}
	reading, err := d.perused(ctx, *e)
	if why, ok := errors.AsType[*unfit](err); ok {
		reading.Fault.Zh, reading.Fault.En = why.zh, why.en
		err = nil
	}
	if err != nil {
		return err
	}
	reading.Errand = *e
	in := d.news(dialog.Fetched, "fetch:%d")
	in.Reading = &reading
	return d.announce(ctx, in)
}

// perused gets the file and has it read. It fails with an [unfit] if the file is
// of no use, and otherwise with what may pass.
func (d *delivery) perused(ctx context.Context, e dialog.Errand) (dialog.Reading, error) {
	data, err := d.bot.download(ctx, e.File.FileID, e.File.Size)
	if errors.Is(err, errStrangePath) {
		d.bot.log.ErrorContext(ctx, "a file is not fetched", "letter", d.letter.ID, "err", err)
		err = errGoneFile
	}
	if err != nil {
		return dialog.Reading{}, err
	}
	select {
	case d.lens <- struct{}{}:
	case <-ctx.Done():
		return dialog.Reading{}, fmt.Errorf("wait to read a file: %w", ctx.Err())
	}
	defer func() { <-d.lens }()
	reading, err := d.peruse(ctx, e, data)
	if ctx.Err() != nil {
		return dialog.Reading{}, fmt.Errorf("read a file: %w", ctx.Err())
	}
	if err != nil {
		d.bot.log.ErrorContext(ctx, "a file cannot be read", "letter", d.letter.ID, "err", err)
		reading, err = dialog.Reading{}, errBlurFile
	}
	sum := sha256.Sum256(data)
	reading.SHA256 = hex.EncodeToString(sum[:])
	return reading, err
}

// peruse reads a file. One that makes the reader panic would otherwise end the
// program at each start.
func (d *delivery) peruse(ctx context.Context, e dialog.Errand, data []byte) (reading dialog.Reading, err error) {
	if d.bot.reader == nil {
		return dialog.Reading{}, errors.New("no way to read files is configured")
	}
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %T", v) // its value may hold a cell
		}
	}()
	return d.bot.reader(ctx, e, data)
}

// download gets a file that somebody sent. It is at most as large as Telegram said
// when it came, where that is known.
func (b *Bot) download(ctx context.Context, id string, size int64) ([]byte, error) {
	if size > fileLimit {
		return nil, errLargeFile
	}
	var f struct {
		Path string `json:"file_path"`
		Size int64  `json:"file_size"`
	}
	if err := b.call(ctx, "getFile", map[string]string{"file_id": id}, &f); err != nil {
		return nil, noFile(err)
	}
	limit, tooMuch := int64(fileLimit), errLargeFile
	if size > 0 {
		limit, tooMuch = size, errMoreFile
	}
	if f.Size > limit {
		return nil, tooMuch
	}
	if !validPath(f.Path) {
		return nil, fmt.Errorf("getFile: %w", errStrangePath)
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout+wayTime(int(limit)))
	defer cancel()
	data, err := b.get(ctx, f.Path, limit)
	if errors.Is(err, errMuch) {
		err = tooMuch
	}
	return data, err
}

// noFile tells a file that cannot be had from a fault that may pass.
func noFile(err error) error {
	no, ok := errors.AsType[*apiError](err)
	switch {
	case !ok || errors.Is(err, ErrUnauthorized) || no.code == http.StatusTooManyRequests || no.code >= http.StatusInternalServerError:
		return err
	case no.says("too big"):
		return errLargeFile
	}
	return errGoneFile
}

// validPath reports whether a path leads to a file of the bot's and nowhere else.
func validPath(path string) bool {
	return regexp.MustCompile(`^[a-z_]+/[A-Za-z0-9_./-]{1,200}$`).MatchString(path) && !strings.Contains(path, "..")
}

// errMuch is a file that is larger than allowed.
var errMuch = errors.New("more bytes than allowed")

// get downloads what stands at a valid path. Its errors name neither.
func (b *Bot) get(ctx context.Context, path string, limit int64) ([]byte, error) {
	const method = "download"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, b.files+path, nil)
	if err != nil {
		return nil, b.lost(method, err)
	}
	resp, err := b.calls.Do(req)
	if err != nil {
		return nil, b.lost(method, err)
	}
	defer func() { _ = resp.Body.Close() }() // it was read; closing tells nothing more
	switch {
	case resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode >= http.StatusInternalServerError:
		return nil, &wayError{method: method, text: fmt.Sprintf("status %d", resp.StatusCode)}
	case resp.StatusCode != http.StatusOK: // a redirect too: it is not followed
		b.log.WarnContext(ctx, "a file is not given out", "status", resp.StatusCode)
		return nil, errGoneFile
	case resp.ContentLength > limit:
		return nil, errMuch
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return nil, b.lost(method, err)
	}
	if int64(len(data)) > limit {
		return nil, errMuch
	}
	return data, nil
}

package simulator

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	_ "image/gif" // for image.DecodeConfig
	_ "image/jpeg"
	_ "image/png"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Sizes of files in Telegram.
const (
	maxPhoto    = 10 << 20
	maxDownload = 20 << 20
	maxSide     = 1280 // of the largest size a photo is offered in
	thumbSide   = 320
)

// A file is one stored upload, or one size of a photo. It never changes.
type file struct {
	id, unique    string
	path          string // below the file address of the Bot API
	name, mime    string
	data          []byte
	width, height int
	seconds       int
}

// keep stores a file under new ids.
func (s *Simulator) keep(f file, kind string) *file {
	s.lastFile++
	n := s.lastFile
	f.id = fmt.Sprintf("AgACAgUAAx%s%08d", strings.ToUpper(kind[:1]), n)
	f.unique = fmt.Sprintf("AQAD%08d", n)
	ext := path.Ext(f.name)
	if kind == "photo" {
		ext = ".jpg"
	}
	if kind == "voice" {
		ext = ".oga"
	}
	f.path = fmt.Sprintf("%ss/file_%d%s", kind, n, strings.ToLower(cleanExt(ext)))
	s.uploads[f.id], s.shown[f.unique], s.paths[f.path] = &f, &f, &f
	return &f
}

// cleanExt drops an extension that does not belong into a path.
func cleanExt(ext string) string {
	for _, r := range strings.TrimPrefix(ext, ".") {
		if r > 'z' || r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a' {
			return ""
		}
	}
	return ext
}

// keepPhoto measures a picture without decoding it and stores a small and the
// full size.
func (s *Simulator) keepPhoto(data []byte) ([]*file, error) {
	cfg, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, badRequest("IMAGE_PROCESS_FAILED")
	}
	w, h := cfg.Width, cfg.Height
	switch {
	case len(data) > maxPhoto:
		return nil, badRequest(fmt.Sprintf("file of size %d bytes is too big for a photo; the maximum size is %d bytes", len(data), maxPhoto))
	case w <= 0 || h <= 0 || w+h > 10_000 || max(w, h) > 20*min(w, h):
		return nil, badRequest("PHOTO_INVALID_DIMENSIONS")
	}
	var sizes []*file
	if max(w, h) > thumbSide {
		sizes = append(sizes, s.keep(scaled(data, w, h, thumbSide), "photo"))
	}
	return append(sizes, s.keep(scaled(data, w, h, maxSide), "photo")), nil
}

func scaled(data []byte, w, h, side int) file {
	if longest := max(w, h); longest > side {
		w, h = max(1, w*side/longest), max(1, h*side/longest)
	}
	return file{mime: http.DetectContentType(data), data: data, width: w, height: h}
}

// media finds the file that ref names: an upload of this request, or a file
// known by its id.
func (c *call) media(kind, ref string) (*media, error) {
	if name, ok := strings.CutPrefix(ref, "attach://"); ok {
		up, ok := c.files[name]
		if !ok {
			return nil, c.mistake("there is no file " + name + " in the request")
		}
		return c.uploaded(kind, up)
	}
	if strings.HasPrefix(ref, "http://") || strings.HasPrefix(ref, "https://") {
		return nil, badRequest("failed to get HTTP URL content")
	}
	f, ok := c.uploads[ref]
	if !ok {
		return nil, badRequest("wrong file identifier/HTTP URL specified")
	}
	if (kind == "photo") != strings.HasPrefix(f.path, "photos/") {
		return nil, badRequest("can't use file of type " + strings.TrimSuffix(path.Dir(f.path), "s") + " as " + kind)
	}
	return &media{kind: kind, files: []*file{f}}, nil
}

func (c *call) uploaded(kind string, up upload) (*media, error) {
	if len(up.data) == 0 {
		return nil, badRequest("file must be non-empty")
	}
	if kind == "photo" {
		sizes, err := c.keepPhoto(up.data)
		return &media{kind: kind, files: sizes}, err
	}
	f := file{name: path.Base(up.name), mime: up.mime, data: up.data}
	if f.mime == "" || f.mime == "application/octet-stream" {
		f.mime = guessType(f.name, f.data)
	}
	if kind == "voice" {
		f.seconds = int(c.int("duration"))
		if f.seconds == 0 {
			f.seconds = oggSeconds(up.data)
		}
	}
	return &media{kind: kind, files: []*file{c.keep(f, kind)}}, nil
}

// guessType names a file's type where the sender did not.
func guessType(name string, data []byte) string {
	if strings.EqualFold(path.Ext(name), ".xlsx") {
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return http.DetectContentType(data)
}

// oggSeconds is the length of an Opus file, which stands in its last page as a
// count of samples at 48 kHz. Other bytes last a second.
func oggSeconds(data []byte) int {
	at := bytes.LastIndex(data, []byte("OggS"))
	if at < 0 || len(data) < at+14 {
		return 1
	}
	samples := binary.LittleEndian.Uint64(data[at+6:])
	return int(min(max(samples/48_000, 1), 24*60*60))
}

func (c *call) getFile() (any, error) {
	f, ok := c.uploads[c.values["file_id"]]
	switch {
	case !ok:
		return nil, badRequest("wrong file_id or the file is temporarily unavailable")
	case len(f.data) > maxDownload:
		return nil, badRequest("file is too big")
	}
	return map[string]any{
		"file_id": f.id, "file_unique_id": f.unique, "file_size": len(f.data), "file_path": f.path,
	}, nil
}

// File returns the bytes of what a message shows, by the unique id that
// [FileInfo], [PhotoInfo] and [VoiceInfo] carry. They must not be changed.
func (s *Simulator) File(unique string) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.shown[unique]
	if !ok {
		return nil, false
	}
	return f.data, true
}

// serveFile serves a download of the bot. Faults and the log know it as the
// method [Download].
func (s *Simulator) serveFile(w http.ResponseWriter, r *http.Request, name string) {
	entry := Call{Method: Download, Params: map[string]string{"file_path": name}, At: s.Now()}
	defer func() {
		s.log.add(entry)
		s.watch.changed()
	}()
	fault := s.faults.match(Download, 0)
	if fault != nil {
		s.watch.changed()
	}
	if fault != nil && fault.instead(s, w, r, &args{}) {
		entry.Status = fault.status()
		return
	}
	s.mu.Lock()
	found, ok := s.paths[name]
	s.mu.Unlock()
	if !ok {
		entry.Status, entry.Description = http.StatusNotFound, "Not Found"
		writeAnswer(w, nil, &callError{code: entry.Status, description: entry.Description})
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.Itoa(len(found.data)))
	if fault != nil && fault.Kind == Drop {
		send(w, found.data[:len(found.data)/2])
		_ = http.NewResponseController(w).Flush() // a listener that has gone away is its own affair
		panic(http.ErrAbortHandler)
	}
	entry.Status = http.StatusOK
	send(w, found.data)
}

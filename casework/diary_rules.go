package casework

// KeepDiary says what confirming the diary of a visit makes. Who took part can write it,
// and write it anew.
func KeepDiary(r Records, s Staff, id VisitID, text string, m Moment) (DiaryWritten, Refusal) {
	v, ok := r.Visit(id)
	switch {
	case !ok:
		return DiaryWritten{}, NotFound
	case !May(r, s, WriteDiary, Subject{Visit: v, Today: m.Today}):
		return DiaryWritten{}, NotYours
	case !tidied(&text, 1, maxAnnouncement):
		return DiaryWritten{}, NeedsText
	case v.Diary != nil && v.Diary.Text == text && v.Diary.By == s.ID:
		return DiaryWritten{}, NoChange
	}
	return DiaryWritten{VisitID: id, Diary: Diary{Text: text, By: s.ID, At: m.At.UTC(), On: m.Today}}, ""
}

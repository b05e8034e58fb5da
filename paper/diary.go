package paper

import (
	"iter"

	"zoufang/casework"
)

// diaryList has a row for each visit with a confirmed diary. The key is the visit's code.
func (m *maker) diaryList() Sheet {
	return table("diary_list", "日记目录", m.diaryColumns(), m.diaries())
}

func (m *maker) diaryColumns() []column[visitRow] {
	return []column[visitRow]{
		textColumn("code", "走访编号", 10, func(v visitRow) string { return v.Code }),
		dateColumn("visited_on", "走访日期", func(v visitRow) casework.Date { return v.VisitedOn }),
		textColumn("writer", "走访人", 8, func(v visitRow) string { return m.person(v.Reporter()) }),
		textColumn("kind", "对象类别", 5, func(v visitRow) string { return kindWord(v.x.Kind) }),
		textColumn("target", "对象编号(名称脱敏)", 10, func(v visitRow) string { return m.targetName(v.x) }),
		textColumn("place", "镇村", 9, func(v visitRow) string { return m.place(v.x) }),
		textColumn("diary", "走访日记", 50, func(v visitRow) string { return m.diaryText(v) }),
		dateColumn("confirmed_on", "确认日期", func(v visitRow) casework.Date { return v.Diary.On }),
	}
}

func (m *maker) diaries() iter.Seq2[string, visitRow] {
	return func(yield func(string, visitRow) bool) {
		for v := range m.visits() {
			if v.Diary != nil && !yield(v.Code, v) {
				return
			}
		}
	}
}

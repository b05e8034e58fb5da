package dialog_test

import (
	"fmt"
	"slices"
	"strings"

	"zoufang/casework"
	"zoufang/dialog"
	"zoufang/form"
)

// books plays the outside that reads workbooks.
type books struct {
	asked []dialog.Letter // not answered yet
	slow  bool            // answers wait until the test has them given
	made  map[string]dialog.Reading
}

// readBooks answers the letters that asked for files.
func (w *world) readBooks() {
	w.t.Helper()
	if !w.books.slow {
		w.answerBooks()
	}
}

func (w *world) answerBooks() {
	w.t.Helper()
	var batch []dialog.Input
	for _, l := range w.books.asked {
		batch = append(batch, w.fetched(l))
	}
	w.books.asked = nil
	if len(batch) > 0 {
		w.apply(batch...)
	}
}

// fetched is the input that answers the letter. What a file holds is made up when it is
// read first, and stays.
func (w *world) fetched(l dialog.Letter) dialog.Input {
	w.t.Helper()
	name := strings.TrimPrefix(l.Errand.File.FileID, "file-")
	r, ok := w.books.made[name]
	if !ok {
		r = dialog.Reading{Fault: form.Label{Zh: "文件已经不在了，请重新发。", En: "The file is gone: send it again."}}
		if prepare, known := workbooks()[name]; known {
			r = prepare(w)
		}
		if w.books.made == nil {
			w.books.made = map[string]dialog.Reading{}
		}
		w.books.made[name] = r
	}
	r.Errand, r.SHA256 = *l.Errand, fmt.Sprintf("%064x", len(name))
	return dialog.Input{
		Kind: dialog.Fetched, Cause: fmt.Sprintf("fetch:%d", l.ID), Reached: w.now, Chat: l.Chat,
		ChatKind: dialog.PrivateChat, User: casework.UserID(l.Chat), Reading: &r,
	}
}

// workbooks say what the workbooks hold that tests send, by name.
func workbooks() map[string]func(*world) dialog.Reading {
	return map[string]func(*world) dialog.Reading{
		"roster": func(*world) dialog.Reading {
			return rosterReading(newRows(2), noted("JT-0007", "门前修路，走后门"))
		},
		"more": func(*world) dialog.Reading { return rosterReading(newRows(14)) },
		"huge": func(*world) dialog.Reading { return rosterReading(newRows(3600)) },
		"twin": func(w *world) dialog.Reading {
			head := w.target("JT-0001").Household.HeadName
			return rosterReading([]casework.Row{household(4, "head", head, "area", "柳溪村", "types", "一般户", "members", "3")})
		},
		"wrong": func(*world) dialog.Reading {
			bad := household(5, "code", "JT-0008", "members", "很多")
			r := rosterReading(newRows(1), []casework.Row{bad})
			r.Faults = []casework.RowFault{{
				Cell: casework.Cell{Sheet: "家庭", Ref: "C9"}, Code: casework.FaultFormula,
				Text: form.Label{Zh: "这里是公式，请改成数值。", En: "A formula: put the value instead."},
			}}
			r.Notes = []casework.RowFault{{
				Cell: casework.Cell{Sheet: "家庭", Ref: "E4"},
				Text: form.Label{Zh: "日期 20170901 读作 2017-09-01。", En: "20170901 is read as 2017-09-01."},
			}}
			return r
		},
		"edits":  editsReading,
		"handed": handedReading,
	}
}

func rosterReading(rows ...[]casework.Row) dialog.Reading {
	return dialog.Reading{Roster: casework.Roster{casework.HouseholdSheet: slices.Concat(rows...)}}
}

// household is a row: the columns and their texts.
func household(line int, fields ...string) casework.Row {
	row := casework.Row{Line: line, Fields: map[string]casework.Field{}}
	for i := 0; i < len(fields); i += 2 {
		row.Fields[fields[i]] = casework.Field{Text: fields[i+1], Ref: fmt.Sprintf("%c%d", 'A'+i/2, line)}
	}
	return row
}

// newRows are households that are on no roster.
func newRows(n int) []casework.Row {
	var rows []casework.Row
	for i := range n {
		head := "令狐" + string([]rune("甲乙丙丁戊己庚辛壬癸")[i%10]) + string([]rune("山水风云")[i/10%4])
		if n > 40 {
			head += string(rune('一' + i))
		}
		rows = append(rows, household(10+i, "head", head, "area", "柳溪村", "types", "一般户", "members", "3"))
	}
	return rows
}

func noted(code, note string) []casework.Row {
	return []casework.Row{household(4, "code", code, "note", note)}
}

// editsReading are ten changed cells of the newest export, three of which nobody may
// change like this.
func editsReading(w *world) dialog.Reading {
	w.t.Helper()
	r := dialog.Reading{}
	err := w.store.View(func(v dialog.View) error {
		for _, x := range v.Exports(1) {
			r.Export = x.ID
		}
		member, _ := v.Staff(w.set.Member)
		for p := range v.AllProblems() {
			if p.OwnerID == 0 || p.OwnerID == member.ID || !p.Status.Open() || len(r.Edits) == 10 {
				continue
			}
			owner, _ := v.Staff(p.OwnerID)
			e := casework.Edit{Cell: casework.Cell{Sheet: "问题清单", Ref: fmt.Sprintf("L%d", len(r.Edits)+5)}, Key: p.Code}
			set := func(column, zh, en, before, after string) {
				e.Column, e.Label, e.Before, e.After = column, form.Label{Zh: zh, En: en}, before, after
			}
			switch len(r.Edits) {
			case 0, 3, 6:
				set("owner", "责任人", "Owner", owner.Name, member.Code)
			case 1:
				set("due", "办结时限", "Due", p.DueOn.String(), p.DueOn.AddDays(10).String())
			case 2:
				set("owner", "责任人", "Owner", owner.Name, "查无此人")
			case 4:
				set("remark", "备注", "Remark", p.Remark, "电话 13812345678")
			case 5, 7, 9:
				set("remark", "备注", "Remark", p.Remark, "已电话催办")
			case 8:
				set("raised", "登记日期", "Raised on", p.RaisedOn.String(), "2017-01-01")
			}
			r.Edits = append(r.Edits, e)
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// handedReading gives five problems to the member.
func handedReading(w *world) dialog.Reading {
	w.t.Helper()
	r := dialog.Reading{Export: 1}
	err := w.store.View(func(v dialog.View) error {
		member, _ := v.Staff(w.set.Member)
		for p := range v.AllProblems() {
			owner, ok := v.Staff(p.OwnerID)
			if ok && owner.ID != member.ID && p.Status == casework.ProblemDoing && len(r.Edits) < 5 {
				r.Edits = append(r.Edits, casework.Edit{
					Key: p.Code, Column: "owner", Label: form.Label{Zh: "责任人", En: "Owner"}, Before: owner.Name, After: member.Code,
				})
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

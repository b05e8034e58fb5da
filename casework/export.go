package casework

import (
	"fmt"
	"time"
)

// ExportID names an export.
type ExportID uint64

// PaperKind 台账种类 says which ledger or form is printed.
type PaperKind string

// The kinds of paper. Stored by name: never rename.
const (
	// PaperProblems 问题清单 has a row for each problem.
	PaperProblems PaperKind = "problems"
	// PaperTaskBooks 帮扶任务书 has a sheet for each task book.
	PaperTaskBooks PaperKind = "task_books"
	// PaperVisits “10+1”走访记实表 has a page for each visit, and one table with all answers.
	PaperVisits PaperKind = "visits"
	// PaperWork 工作台账 has a row for each visit and call.
	PaperWork PaperKind = "work"
	// PaperDaily 日报 has a row for each group, of one day.
	PaperDaily PaperKind = "daily"
	// PaperWeekly 周汇总 has a row for each branch.
	PaperWeekly PaperKind = "weekly"
	// PaperRounds 轮次总表 has a row for each round and one for the campaign.
	PaperRounds PaperKind = "rounds"
	// PaperTrademarks 商标服务表 has a row for each matter, and one for a mark without any.
	PaperTrademarks PaperKind = "trademarks"
	// PaperIssues 共性问题专报 has a row for each common issue.
	PaperIssues PaperKind = "issues"
	// PaperHaves 四通四有 has a row for each village and assisted household.
	PaperHaves PaperKind = "haves"
	// PaperFollowUps 回访计划 has a row for each target with a contact booked.
	PaperFollowUps PaperKind = "follow_ups"
	// PaperDiary 走访日记 has a page for each visit with a diary entry, by person and month.
	PaperDiary PaperKind = "diary"
	// PaperPlan 轮次走访计划 has a row for each target planned in a round.
	PaperPlan PaperKind = "plan"
	// PaperRoster 花名册 is the roster, in the sheets that import reads.
	PaperRoster PaperKind = "roster"
)

// PaperKinds lists them in the order of the menu, with their titles.
func PaperKinds() Dictionary {
	return Dictionary{
		option("problems", "问题清单", "Problem list"),
		option("task_books", "帮扶任务书", "Task books"),
		option("visits", "走访记实表", "Visit record forms"),
		option("work", "工作台账", "Work ledger"),
		option("daily", "日报", "Daily report"),
		option("weekly", "周汇总", "Weekly summary"),
		option("rounds", "轮次总表", "Rounds"),
		option("trademarks", "商标服务表", "Trademarks"),
		option("issues", "共性问题专报", "Common issues"),
		option("haves", "四通四有", "Checklist"),
		option("follow_ups", "回访计划", "Follow-up plan"),
		option("diary", "走访日记", "Diary"),
		option("plan", "轮次走访计划", "Plan of a round"),
		option("roster", "花名册", "Roster"),
	}
}

// PaperFormat is what sort of file it is.
type PaperFormat string

// The formats. Stored by name: never rename.
const (
	// XLSX is an Excel workbook.
	XLSX PaperFormat = "xlsx"
	// CSV is the tables alone, as UTF-8 with a byte order mark; several of them in a ZIP.
	CSV PaperFormat = "csv"
	// JSONL is an object a row.
	JSONL PaperFormat = "jsonl"
)

// ExportStatus says how far an export has come.
type ExportStatus string

// The states of an export. Stored by name: never rename.
const (
	// ExportAsked 生成中.
	ExportAsked ExportStatus = "asked"
	// ExportDone 已完成: the file was delivered or written.
	ExportDone ExportStatus = "done"
	// ExportFailed 失败: no file came about.
	ExportFailed ExportStatus = "failed"
	// ExportUncertain 不确定: it may have been delivered; it is not sent again by itself.
	ExportUncertain ExportStatus = "uncertain"
)

// Export 导出 is one paper that was printed: what was asked, and what came of it. The
// same question about the same instant gives the same cells for ever.
type Export struct {
	ID   ExportID  `json:"id"`
	Code string    `json:"code"` // DC-2017-0017
	Kind PaperKind `json:"kind"`
	// AsOf is the instant: what reached us later is left out. Day is its day where the
	// people are.
	AsOf   time.Time   `json:"as_of"`
	Day    Date        `json:"day"`
	Format PaperFormat `json:"format"`
	// What it is limited to; zero is everything.
	GroupID  GroupID    `json:"group,omitempty"`
	UnitID   UnitID     `json:"unit,omitempty"` // a branch
	RoundID  RoundID    `json:"round,omitempty"`
	StaffID  StaffID    `json:"staff,omitempty"`  // PaperDiary: whose
	Month    Date       `json:"month,omitzero"`   // PaperDiary: its first day; zero is all
	TargetID TargetID   `json:"target,omitempty"` // PaperVisits: of one target
	VisitID  VisitID    `json:"visit,omitempty"`  // PaperVisits, PaperDiary: one alone
	BookID   TaskBookID `json:"book,omitempty"`   // PaperTaskBooks: one alone
	// Since is the export it is compared with: a sheet says what changed. Zero is none.
	Since ExportID `json:"since,omitempty"`
	// System names the other system whose columns it has; empty: our own. OnlyNew
	// leaves out what was handed over to it before.
	System  string `json:"system,omitempty"`
	OnlyNew bool   `json:"only_new,omitempty"`
	// Full shows names and telephone numbers. It needs a reason and a second person.
	Full       bool    `json:"full,omitempty"`
	Reason     string  `json:"reason,omitempty"`
	ApprovedBy StaffID `json:"approved_by,omitempty"`

	By StaffID   `json:"by,omitempty"` // zero: the command line
	At time.Time `json:"at"`

	Status ExportStatus `json:"status"`
	Rows   int          `json:"rows,omitempty"`
	// SHA256 is of the cells, in hexadecimal: see package paper.
	SHA256 string `json:"sha256,omitempty"`
	Size   int64  `json:"size,omitempty"` // of the file, in bytes
}

// ExportPrefix is what the codes of exports made in that year begin with.
func ExportPrefix(year int) string { return fmt.Sprintf("DC-%04d", year) }

// ExportCode is the code of the n-th export of the year: DC-2017-0017.
func ExportCode(year, n int) string { return fmt.Sprintf("%s-%04d", ExportPrefix(year), n) }

// ExportBegun says that a paper is to be printed; a code is taken.
type ExportBegun struct {
	Export Export `json:"export"`
}

// ExportEnded says what came of it.
type ExportEnded struct {
	ExportID ExportID     `json:"export"`
	Status   ExportStatus `json:"status"`
	Rows     int          `json:"rows,omitempty"`
	SHA256   string       `json:"sha256,omitempty"`
	Size     int64        `json:"size,omitempty"`
}

// RecordsHandedOver 已同步 says that records went to another system in an export.
type RecordsHandedOver struct {
	System   string      `json:"system"`
	ExportID ExportID    `json:"export"`
	Problems []ProblemID `json:"problems,omitempty"`
	Visits   []VisitID   `json:"visits,omitempty"`
	Targets  []TargetID  `json:"targets,omitempty"`
}

// Kind implements [Fact], and so do the others of the office.
func (ExportBegun) Kind() FactKind { return "ExportBegun" }

// Kind implements [Fact].
func (ExportEnded) Kind() FactKind { return "ExportEnded" }

// Kind implements [Fact].
func (RecordsHandedOver) Kind() FactKind { return "RecordsHandedOver" }

// LookKind says what was looked at.
type LookKind string

// The kinds of look. Stored by name: never rename.
const (
	// LookedAtPhone 电话号码.
	LookedAtPhone LookKind = "phone"
	// LookedAtExport 未脱敏导出.
	LookedAtExport LookKind = "export"
)

// LookID names a look.
type LookID uint64

// Look 查看记录 says that somebody saw personal data that is masked elsewhere.
type Look struct {
	ID       LookID    `json:"id"` // made of the event's number
	At       time.Time `json:"at"`
	On       Date      `json:"on"`
	By       StaffID   `json:"by"`
	What     LookKind  `json:"what"`
	TargetID TargetID  `json:"target,omitempty"` // zero: all of an export
	ExportID ExportID  `json:"export,omitempty"`
	Reason   string    `json:"reason,omitempty"`
}

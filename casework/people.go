package casework

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Role is what a member of staff is in the campaign. Several are possible.
type Role string

// The roles. Stored by name: never rename.
const (
	// Visitor 走访党员 goes out and reports.
	Visitor Role = "visitor"
	// GroupLeader 组长 leads a working group.
	GroupLeader Role = "group_leader"
	// BranchSecretary 支部书记 issues task books.
	BranchSecretary Role = "branch_secretary"
	// Office 活动办公室 keeps the rosters and ledgers.
	Office Role = "office"
	// BureauLeader 局领导 reads figures, and may visit.
	BureauLeader Role = "bureau_leader"
	// TrademarkOfficer 商标科 looks after the firms' trademarks.
	TrademarkOfficer Role = "trademark_officer"
	// Auditor 纪检/督查 reads without personal data.
	Auditor Role = "auditor"
	// Admin 系统管理 runs the program.
	Admin Role = "admin"
)

// Roles lists every role, in the order of the rights table.
func Roles() []Role {
	return []Role{Visitor, GroupLeader, BranchSecretary, Office, BureauLeader, TrademarkOfficer, Auditor, Admin}
}

// Binding says whether a member of staff can use the bot.
type Binding string

// The states of a binding. Stored by name: never rename.
const (
	// Unbound 未绑定 is a person of the roster without a Telegram account.
	Unbound Binding = "unbound"
	// Bound 已绑定 may work.
	Bound Binding = "bound"
	// Suspended 已停用 has an account but no rights.
	Suspended Binding = "suspended"
)

// Staff 人员 is a person of the roster.
type Staff struct {
	ID   StaffID `json:"id"`
	Code string  `json:"code"` // number in the roster, such as "R001"
	// Name is personal inside the bureau: shown to colleagues in private
	// chats, never in a group chat.
	Name        string    `json:"name"`
	BranchID    UnitID    `json:"branch,omitempty"`
	Title       string    `json:"title,omitempty"`
	PartyMember bool      `json:"party_member,omitempty"` // counts as a participant
	Roles       []Role    `json:"roles,omitempty"`
	Groups      []GroupID `json:"groups,omitempty"`
	User        UserID    `json:"user,omitempty"` // zero while unbound; unique
	Binding     Binding   `json:"binding,omitempty"`
	Lang        string    `json:"lang,omitempty"` // "zh-Hans" or "en"; empty is Chinese
	// Unreachable is set while Telegram refuses to deliver to this person.
	Unreachable bool `json:"unreachable,omitempty"`
	// Muted are the notices the person does not want; Quiet, if set, replaces
	// [DefaultQuiet].
	Muted []Notice `json:"muted,omitempty"`
	Quiet *Hours   `json:"quiet,omitempty"`
}

// Wants reports whether s wants notices of the kind.
func (s Staff) Wants(n Notice) bool { return !slices.Contains(s.Muted, n) }

// Has reports whether s has the role.
func (s Staff) Has(r Role) bool { return slices.Contains(s.Roles, r) }

// In reports whether s belongs to the group.
func (s Staff) In(g GroupID) bool { return g != 0 && slices.Contains(s.Groups, g) }

// UnitKind says what sort of body a [Unit] is.
type UnitKind string

// The kinds of unit. Stored by name: never rename.
const (
	// Branch 支部 is a party branch of the bureau.
	Branch UnitKind = "branch"
	// Bureau 局 is the bureau itself.
	Bureau UnitKind = "bureau"
	// DistrictBureau 区局 is a district's bureau.
	DistrictBureau UnitKind = "district_bureau"
	// OfficeUnit 活动办公室 is the campaign's office.
	OfficeUnit UnitKind = "office"
	// External 外单位 is a town government, village committee and the like.
	External UnitKind = "external"
)

// Unit 单位 is a branch, the bureau, or a body outside it.
type Unit struct {
	ID       UnitID   `json:"id"`
	Kind     UnitKind `json:"kind"`
	Name     string   `json:"name"`
	ParentID UnitID   `json:"parent,omitempty"`
	Contact  string   `json:"contact,omitempty"`
}

// Group 工作组 is a team of visitors.
type Group struct {
	ID       GroupID  `json:"id"`
	Code     string   `json:"code"` // "G1"
	Name     string   `json:"name"`
	LeaderID StaffID  `json:"leader,omitempty"`
	DeputyID StaffID  `json:"deputy,omitempty"`
	AreaIDs  []AreaID `json:"areas,omitempty"`
	// Chat is the Telegram group that gets codes and counts each evening;
	// zero for none. The roster cannot change it.
	Chat int64 `json:"chat,omitempty"`
}

// AreaLevel says how large an [Area] is.
type AreaLevel string

// The levels of area. Stored by name: never rename.
const (
	// District 区.
	District AreaLevel = "district"
	// Town 镇街.
	Town AreaLevel = "town"
	// Village 村社区.
	Village AreaLevel = "village"
	// Park 园区.
	Park AreaLevel = "park"
	// VillageGroup 村民组.
	VillageGroup AreaLevel = "group"
)

// Area 区域 is a place in the tree of districts, towns and villages.
type Area struct {
	ID       AreaID    `json:"id"`
	Code     string    `json:"code,omitempty"`
	Name     string    `json:"name"`
	Level    AreaLevel `json:"level"`
	ParentID AreaID    `json:"parent,omitempty"`
}

// InviteState says how far an invitation has come.
type InviteState string

// The states of an invitation. Stored by name: never rename.
const (
	// Issued: the link is out and nobody has used it.
	Issued InviteState = "issued"
	// Claimed: somebody opened the link; the leader has not confirmed.
	Claimed InviteState = "claimed"
	// Confirmed: the leader said this is the person.
	Confirmed InviteState = "confirmed"
	// Refused: the leader said it is not.
	Refused InviteState = "refused"
	// Replaced: a newer link was made for the same person.
	Replaced InviteState = "replaced"
)

// Invite 邀请 is a one-time link for a named person of the roster.
type Invite struct {
	ID InviteID `json:"id"`
	// Hash is the SHA-256 of the code, in hexadecimal. The code itself is
	// shown once and kept nowhere.
	Hash      string      `json:"hash"`
	StaffID   StaffID     `json:"staff"`
	ExpiresAt time.Time   `json:"expires"`
	State     InviteState `json:"state"`
	// Vouched is set for a link that the operator hands over in person: while
	// there is nobody yet who could confirm, opening it is enough.
	Vouched bool `json:"vouched,omitempty"`
	// By is who made the link in the chat; zero is the command line.
	By   StaffID `json:"by,omitempty"`
	User UserID  `json:"user,omitempty"` // who opened the link
	// ClaimedName is the name Telegram shows for that person, cleaned: for
	// the leader's eyes only, never for rights.
	ClaimedName string `json:"claimed_name,omitempty"`
}

// MaskName hides a personal name but for its first character: 李*.
func MaskName(name string) string {
	_, n := utf8.DecodeRuneInString(name)
	if n == 0 {
		return ""
	}
	return name[:n] + "*"
}

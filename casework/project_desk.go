package casework

import (
	"fmt"
	"slices"
	"strconv"
)

// projectDesk folds what the office does.
func projectDesk(t Tables, e Event) error {
	switch f := e.Fact.(type) {
	case ExportBegun:
		projectExport(t, f.Export, e)
	case ExportEnded:
		return changeExport(t, f)
	case RecordsHandedOver:
		return projectHandedOver(t, f, e.day())
	case ApprovalAsked:
		t.PutApproval(f.Approval)
	case ApprovalDecided:
		return decide(t, f, e)
	case ImportApplied:
		count(t, f.Import.Code)
		t.PutImport(f.Import)
	case ImportUndone:
		return projectUndo(t, f, e)
	case ProblemAmended:
		return projectAmended(t, f, e)
	case TargetsMerged:
		return projectMerger(t, f)
	default:
		return projectNews(t, e)
	}
	return nil
}

// projectNews folds what the office tells and sets.
func projectNews(t Tables, e Event) error {
	switch f := e.Fact.(type) {
	case Announced:
		t.PutAnnouncement(f.Announcement)
	case AnnouncementRead:
		return readBy(t, f, e)
	case RoundPlanned:
		for _, p := range f.Plans {
			if p.StaffID == 0 {
				t.DropRoundPlan(p.RoundID, p.TargetID)
			} else {
				t.PutRoundPlan(p)
			}
		}
	case RoundClosed:
		i := slices.IndexFunc(t.Rounds(), func(r Round) bool { return r.ID == f.RoundID })
		if i < 0 {
			return fmt.Errorf("round %d is not there", f.RoundID)
		}
		r := t.Rounds()[i]
		r.ClosedOn = f.On
		t.PutRound(r)
	case SettingChanged:
		return projectSetting(t, f.Setting)
	case DiaryWritten:
		v, ok := t.Visit(f.VisitID)
		if !ok {
			return fmt.Errorf("visit %d is not there", f.VisitID)
		}
		v.Diary = &f.Diary
		t.PutVisit(v)
	default:
		return fmt.Errorf("event %d: no rule for fact %T", e.Seq, e.Fact)
	}
	return nil
}

func projectExport(t Tables, x Export, e Event) {
	count(t, x.Code)
	t.PutExport(x)
	if x.Full {
		t.PutLook(Look{
			ID: LookID(e.Seq), At: e.ReachedAt, On: x.Day, By: x.By, What: LookedAtExport,
			TargetID: x.TargetID, ExportID: x.ID, Reason: x.Reason,
		})
	}
}

func changeExport(t Tables, f ExportEnded) error {
	x, ok := t.Export(f.ExportID)
	if !ok {
		return fmt.Errorf("export %d is not there", f.ExportID)
	}
	x.Status, x.Rows, x.SHA256, x.Size = f.Status, f.Rows, f.SHA256, f.Size
	t.PutExport(x)
	return nil
}

func projectHandedOver(t Tables, f RecordsHandedOver, on Date) error {
	for _, id := range f.Problems {
		if p, ok := t.Problem(id); ok {
			p.Synced = noted(p.Synced, f.System, on)
			t.PutProblem(p)
		}
	}
	for _, id := range f.Visits {
		if v, ok := t.Visit(id); ok {
			v.Synced = noted(v.Synced, f.System, on)
			t.PutVisit(v)
		}
	}
	for _, id := range f.Targets {
		if x, ok := t.Target(id); ok {
			x.Synced = noted(x.Synced, f.System, on)
			t.PutTarget(x)
		}
	}
	return nil
}

// noted is the map with one more entry; what others hold of it stays as it is.
func noted(m map[string]Date, system string, on Date) map[string]Date {
	out := map[string]Date{system: on}
	for k, v := range m {
		if k != system {
			out[k] = v
		}
	}
	return out
}

func decide(t Tables, f ApprovalDecided, e Event) error {
	a, ok := t.Approval(f.ApprovalID)
	if !ok || a.State != ApprovalOpen {
		return fmt.Errorf("request %d is not open", f.ApprovalID)
	}
	a.State, a.DecidedBy, a.DecidedAt = f.State, e.By, e.ReachedAt
	t.PutApproval(a)
	return nil
}

func readBy(t Tables, f AnnouncementRead, e Event) error {
	a, ok := t.Announcement(f.AnnouncementID)
	if !ok {
		return fmt.Errorf("announcement %d is not there", f.AnnouncementID)
	}
	if !slices.ContainsFunc(a.Read, func(r ReadMark) bool { return r.By == e.By }) {
		a.Read = append(slices.Clone(a.Read), ReadMark{By: e.By, At: e.ReachedAt})
		t.PutAnnouncement(a)
	}
	return nil
}

// projectSetting changes a number of the parameters, and books every contact anew
// with it.
func projectSetting(t Tables, s Setting) error {
	t.PutSetting(s)
	if s.Kind != "param" {
		return nil
	}
	n, err := strconv.Atoi(s.After)
	if err != nil {
		return fmt.Errorf("parameter %s: %w", s.Key, err)
	}
	c, _ := t.Campaign()
	next, ok := c.Params.With(s.Key, n)
	if !ok {
		return fmt.Errorf("parameter %q is unknown", s.Key)
	}
	c.Params = next
	t.PutCampaign(c)
	for _, x := range slices.Collect(t.AllTargets()) {
		refresh(t, x)
	}
	return nil
}

package casework

import "slices"

// ImageRoster gives the records that the plan's facts change, as they are before, in
// the order of the facts and each once.
func ImageRoster(r Records, p Plan) []Image {
	after := NewAhead(r)
	ties := map[TargetID][]Pairing{}
	var out []Image
	seen := map[imageKey]bool{}
	for _, f := range p.Facts {
		k, ok := keyOf(f)
		if !ok {
			continue
		}
		if !seen[k] {
			seen[k] = true
			out = append(out, imageOf(r, k))
		}
		if k.sheet == PairingSheet {
			x := TargetID(k.id)
			if _, there := ties[x]; !there {
				ties[x] = r.PairingsOfTarget(x)
			}
			ties[x] = paired(ties[x], f)
		} else if err := Project(after, Event{Fact: f}); err != nil {
			panic(err) // the plan was made for other records
		}
	}
	for i := range out {
		if out[i].Sheet == PairingSheet {
			out[i].After = digestTies(ties[TargetID(out[i].ID)])
		} else {
			out[i].After = imageOf(after, out[i].key()).digest()
		}
	}
	return out
}

// paired are the pairings of a target after the fact.
func paired(list []Pairing, f Fact) []Pairing {
	var who StaffID
	var fresh []Pairing
	switch f := f.(type) {
	case PairingMade:
		who, fresh = f.Pairing.StaffID, []Pairing{f.Pairing}
	case PairingEnded:
		who = f.StaffID
	}
	list = slices.DeleteFunc(slices.Clone(list), func(p Pairing) bool { return p.StaffID == who })
	return append(list, fresh...)
}

// ApplyRoster gives the facts that apply a plan of [PlanRoster]: [ImportApplied], with
// a code of its own, and then the plan's. All of them belong into one commit. Zero is
// the command line. It does not ask whether the person may: [May] does, with
// [ImportRecords] and no subject. A plan without facts gives none.
func ApplyRoster(r Records, by StaffID, p Plan, sha256 string, m Moment, mint func() uint64) []Fact {
	if len(p.Facts) == 0 {
		return nil
	}
	sum := func(counts map[SheetID]int) (n int) {
		for _, k := range counts {
			n += k
		}
		return n
	}
	return applied(r, Import{
		Kind: ImportRosters, By: by, SHA256: sha256, Added: sum(p.Added), Changed: sum(p.Changed), Unchanged: sum(p.Unchanged),
		Ended: p.Ended, Images: ImageRoster(r, p),
	}, p.Facts, m, mint)
}

// ApplyEdits gives the facts that apply a plan of [PlanEdits]: [ImportApplied], which
// names the export that was edited, and then the plan's. All of them belong into one
// commit. A plan without facts gives none.
func ApplyEdits(r Records, by StaffID, p EditPlan, export ExportID, sha256 string, m Moment, mint func() uint64) []Fact {
	if len(p.Facts) == 0 {
		return nil
	}
	return applied(r, Import{
		Kind: ImportEdits, By: by, SHA256: sha256, Export: export, Changed: len(p.Applied), Refused: len(p.Refused), Images: p.Images,
	}, p.Facts, m, mint)
}

// applied numbers the import, and puts it before its facts, which then name it.
func applied(r Records, imp Import, facts []Fact, m Moment, mint func() uint64) []Fact {
	imp.ID, imp.At, imp.On = ImportID(mint()), m.At, m.Today
	imp.Code = ImportCode(m.Today.Year, r.Last(ImportPrefix(m.Today.Year))+1)
	out := []Fact{ImportApplied{Import: imp}}
	for _, f := range facts {
		if a, ok := f.(ProblemAmended); ok {
			a.ImportID = imp.ID
			f = a
		}
		out = append(out, f)
	}
	return out
}

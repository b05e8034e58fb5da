package casework

import (
	"slices"

	"zoufang/form"
)

// has reports whether the token is in the dictionary.
func (d Dictionary) has(token string) bool {
	return slices.ContainsFunc(d, func(o form.Option) bool { return o.ID == token })
}

// MarkKinds 商标种类.
func MarkKinds() Dictionary {
	return Dictionary{
		option("ordinary", "普通商标", "Ordinary", "普通"),
		option("collective", "集体商标", "Collective", "集体"),
		option("certification_gi", "证明商标（地理标志）", "Certification (geographical indication)", "证明商标", "证明"),
	}
}

// MatterStatuses 商标事项状态 has the words for every [MatterStatus].
func MatterStatuses() Dictionary {
	return Dictionary{
		option(MatterOpen, "办理中", "Under way"),
		option(MatterWon, "已获批", "Granted"),
		option(MatterLost, "未获批", "Not granted"),
		option(MatterDropped, "放弃", "Dropped"),
	}
}

// ServiceDirections 服务方向 has the words for every [ServiceFor].
func ServiceDirections() Dictionary {
	return Dictionary{
		option(ForFirms, "服务百家企业", "For the 100 firms", "企业"),
		option(ForMarks, "服务百件商标", "For the 100 trademarks", "商标"),
	}
}

// HaveStates 四通四有状态 has the words for every [HaveState].
func HaveStates() Dictionary {
	return Dictionary{
		option(Has, "已有", "Has it"),
		option(Lacking, "欠缺", "Lacks it"),
	}
}

// MatterKinds 事项类型 are the kinds of matter, by the newest enterprise form.
func MatterKinds(r Records) Dictionary { return optionsOf(r, firmForm, "matter") }

// MatterStages 阶段 are the stages of all kinds, by the newest enterprise form.
func MatterStages(r Records) Dictionary { return optionsOf(r, firmForm, "stage") }

// RefusalReasons 未获批原因, by the newest enterprise form.
func RefusalReasons(r Records) Dictionary { return optionsOf(r, firmForm, "refusal_reason") }

// EvidenceNames 证据清单 has the words for [EvidenceGroups], by the newest enterprise form.
func EvidenceNames(r Records) Dictionary {
	return slices.DeleteFunc(optionsOf(r, firmForm, "evidence_groups"), func(o form.Option) bool { return o.Exclusive })
}

// OpStates 经营状态 has the words for [History].OpState, by the newest enterprise form.
func OpStates(r Records) Dictionary {
	d := optionsOf(r, firmForm, "operation")
	if d.has(opCancelled) {
		return d
	}
	return append(d, option(opCancelled, "停业/注销", "Closed down"))
}

// optionsOf are the options of an item of the newest version of a form.
func optionsOf(r Records, name, item string) Dictionary {
	d, ok := r.Form(name, 0)
	if !ok {
		return nil
	}
	it, ok := d.Item(item)
	if !ok {
		return nil
	}
	return slices.Clone(Dictionary(it.Options))
}

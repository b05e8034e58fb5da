package sample

import (
	"time"

	"zoufang/casework"
)

// The stories. What happens in the last days before the demo has a day of its own;
// the rest follows what came before.

// opening takes a problem up: its leader gives it to its owner on the next working
// day, with the task book that makes itself then.
// The edits are made to the task book before it is issued.
func opening(edits ...deed) story {
	s := story{on(1, 9, 10, triage), on(0, 10, 30, accept)}
	for _, edit := range edits {
		s = s.then(on(0, 14, 0, edit))
	}
	return s.then(on(0, 16, 20, issueBook), on(1, 9, 0, readBook), on(0, 9, 5, agree))
}

func september(day int) casework.Date {
	return casework.Date{Year: 2017, Month: time.September, Day: day}
}

// then appends to a story.
func (s story) then(more ...beat) story { return append(s, more...) }

// carriedOut does what the task book says.
func carriedOut() story {
	return story{
		on(1, 10, 0, measures(casework.MeasureDoing)), on(2, 15, 0, measures(casework.MeasureDone)),
		on(0, 16, 0, handIn), on(1, 9, 40, acceptBook),
	}
}

// solved ends well, and is struck off.
func solved() story {
	return opening().then(on(1, 11, 0, progress)).then(carriedOut()...).
		then(on(0, 14, 0, resolve), on(2, 19, 15, askBack(casework.Connected, casework.Satisfied)))
}

// answeredByBureau began at the branch, and needs a word from the bureau first.
func answeredByBureau() story {
	up := escalate(secretary, casework.LevelBureau, "cross_dept", 7)
	reply := move(office, casework.ProblemMoved{Act: casework.Answer, Text: "局活动办已发函协调，请按回函要求抓紧落实"})
	return opening().then(on(1, 11, 0, up), on(5, 10, 0, reply)).then(carriedOut()...).
		then(on(0, 14, 0, resolve), on(2, 19, 15, askBack(casework.Connected, casework.Satisfied)))
}

// handedOver is with an outside body, which has not answered since.
func handedOver() story {
	return opening(longer(september(30))).then(on(0, 15, 0, moveOut))
}

// handedOverAndBack was with an outside body, and is solved.
func handedOverAndBack() story {
	receipt := move(owner, casework.ProblemMoved{Act: casework.Receipt, Text: "收到回函，已列入修复计划并安排施工队进场"})
	return opening().then(on(1, 15, 0, moveOut), on(9, 10, 0, receipt)).then(carriedOut()...).
		then(on(0, 14, 0, resolve), on(2, 19, 15, askBack(casework.Connected, casework.Satisfied)))
}

// resting waits for a day.
func resting() story {
	autumn := casework.Date{Year: 2017, Month: time.October, Day: 31}
	return opening(longer(autumn)).then(
		on(1, 11, 0, progress), on(1, 15, 0, rest(autumn, "等秋收结束、资金下达后再动工，已向对方说明")).not(time.May, 15),
	)
}

// active is being worked on, with more time than at first.
func active() story {
	return opening(longer(september(20))).then(
		on(1, 10, 0, measures(casework.MeasureDoing)), on(1, 11, 0, progress),
		on(0, 15, 0, grant(september(20))).not(time.August, 1), on(1, 11, 30, progress).not(time.August, 30),
	)
}

// returned was handed in, and sent back for more.
func returned() story {
	back := onBook(judge, casework.TaskBookMoved{Act: casework.TaskReturn, Text: "请补充用工协议，再提交验收"})
	return active().then(
		on(1, 15, 0, measures(casework.MeasureDone)).not(time.September, 1), on(0, 16, 0, handIn), on(1, 9, 30, back),
	)
}

// rewritten got another task book, because the first one missed the point.
func rewritten() story {
	cancel := onBook(issuer, casework.TaskBookMoved{Act: casework.TaskCancel, Text: "目标不够具体，重新拟写"})
	return opening().then(
		on(0, 11, 0, cancel), on(0, 15, 0, draft), on(0, 16, 0, issueBook), on(1, 9, 0, readBook), on(0, 9, 5, agree),
	).then(carriedOut()...).then(on(0, 14, 0, resolve), on(2, 19, 15, askBack(casework.Connected, casework.Satisfied)))
}

// silent was worked on, and nobody has said anything of it for weeks.
func silent() story {
	return opening().then(on(1, 10, 0, measures(casework.MeasureDoing)), on(1, 11, 0, progress))
}

// asking waits for more time.
func asking() story {
	return opening().then(on(0, 11, 0, askTime(10)).not(time.September, 5))
}

// untaken has an owner who has not taken it up.
func untaken() story { return story{on(1, 9, 10, triage), on(0, 16, 20, issueBook)} }

// atBureau waits for the bureau's answer.
func atBureau() story {
	up := escalate(secretary, casework.LevelBureau, "needs_fund", 3)
	return opening().then(on(0, 14, 30, up).not(time.September, 5))
}

// fresh was raised just before the demo: nobody has given it to anybody yet, but its
// task book is there, because everybody concerned was at hand.
func fresh() story { return story{on(0, 19, 10, draft), on(0, 19, 35, issueBook)} }

// mine is the problem of the demo's member.
func mine() story {
	return opening(longer(september(15))).then(
		on(1, 10, 0, measures(casework.MeasureDoing)).not(time.August, 31),
		on(0, 11, 0, askTime(11)).not(time.September, 1), on(0, 15, 0, grant(september(15))),
		on(1, 11, 0, progress).not(time.September, 4),
	)
}

// rested lets a problem of spring rest until late in August.
func rested(why string) story {
	until := casework.Date{Year: 2017, Month: time.August, Day: 21}
	resume := move(leader, casework.ProblemMoved{Act: casework.Resume})
	return story{on(1, 11, 0, progress), on(0, 15, 0, rest(until, why)).not(time.March, 6), on(1, 9, 20, resume).not(time.August, 21)}
}

// reopened was solved, and the people were not content; the second task book waits
// for the secretary.
func reopened() story {
	return opening(longer(september(15))).then(rested("要等年度结算以后才能申请，已向对方说明")...).then(
		on(0, 10, 0, measures(casework.MeasureDoing)), on(2, 15, 0, measures(casework.MeasureDone)),
		on(0, 16, 0, handIn), on(1, 9, 40, acceptBook),
		on(0, 14, 0, resolve), on(2, 19, 15, askBack(casework.Connected, casework.NotSatisfied)),
		on(2, 10, 0, progress), on(1, 15, 0, draft).not(time.September, 5),
	)
}

// waiting waits for its branch's answer.
func waiting() story {
	up := escalate(asker, casework.LevelBranch, "cross_dept", 2)
	return opening(longer(september(30))).then(rested("要等实施细则出台以后才能申报，已向对方说明")...).then(
		on(1, 10, 0, measures(casework.MeasureDoing)), on(1, 11, 0, progress), on(1, 10, 0, up).not(time.September, 4),
	)
}

// handedIn has a task book that waits for its leader.
func handedIn() story {
	return opening(longer(september(8))).then(rested("要等汛前管网改造排到这一段，已向对方说明")...).then(
		on(1, 10, 0, measures(casework.MeasureDoing)), on(1, 10, 0, grant(september(15))), on(1, 11, 0, progress),
		on(1, 15, 0, measures(casework.MeasureDone)).not(time.September, 4), on(1, 9, 30, handIn),
	)
}

// late has a measure of the demo's partner that is overdue.
func late() story {
	return opening(longer(september(15)), withPartner).then(
		on(1, 11, 0, progress), on(0, 15, 0, grant(september(15))).not(time.August, 1),
		on(1, 11, 0, progress).not(time.August, 30),
	)
}

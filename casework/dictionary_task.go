package casework

// MeasureKinds 补什么 has the words for the kinds of measure.
func MeasureKinds() Dictionary {
	return Dictionary{
		option("policy_explain", "政策宣讲", "Explaining policy"),
		option("referral", "转介部门", "Referral to a department"),
		option("coordinate", "协调解决", "Coordination"),
		option("fund", "资金物资", "Money or goods"),
		option("job", "就业推荐", "Finding a job"),
		option("training", "技术培训", "Training"),
		option("loan_link", "银企对接", "Meeting the bank"),
		option("medical_help", "医疗救助", "Medical help"),
		option("trademark_guide", "商标指导", "Trademark guidance"),
		option("license_help", "登记便利", "Help with registration"),
		option("legal_help", "维权", "Help with one's rights"),
		option("infrastructure", "基础设施争取", "Winning infrastructure"),
		option("party_guide", "党建指导", "Guidance for the branch"),
		option("comfort", "慰问陪伴", "Company and comfort"),
		option("other", "其他", "Other"),
	}
}

// TaskStatuses 任务书状态 has the words for every [TaskStatus].
func TaskStatuses() Dictionary {
	return Dictionary{
		option(TaskDraft, "草稿", "Draft"),
		option(TaskIssued, "已签发", "Issued"),
		option(TaskDoing, "实施中", "Being carried out"),
		option(TaskSubmitted, "待验收", "Handed in"),
		option(TaskAccepted, "已验收", "Accepted"),
		option(TaskReturned, "退回", "Sent back"),
		option(TaskCancelled, "取消", "Cancelled"),
	}
}

// MeasureStatuses 措施状态 has the words for every [MeasureStatus].
func MeasureStatuses() Dictionary {
	return Dictionary{
		option(MeasureTodo, "未开始", "Not started"),
		option(MeasureDoing, "进行中", "In progress"),
		option(MeasureDone, "已完成", "Done"),
		option(MeasureDropped, "取消", "Dropped"),
	}
}

// IssueStatuses 共性问题状态 has the words for every [IssueStatus].
func IssueStatuses() Dictionary {
	return Dictionary{
		option(IssueCollecting, "收集中", "Collecting"),
		option(IssueSubmitted, "已报送", "Reported"),
		option(IssueAnswered, "已答复", "Answered"),
		option(IssueClosed, "已办结", "Closed"),
	}
}

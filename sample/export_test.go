package sample

import "zoufang/casework"

// NewTables makes empty records in memory, for the tests to fold a ledger into.
func NewTables() casework.Tables { return newTables() }

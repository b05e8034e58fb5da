package casework

// The refusals of the office's rules.
const (
	// NobodyElse: there is nobody else who could decide or receive it.
	NobodyElse Refusal = "nobody_else"
	// OutOfBounds: a number lies outside of what is allowed.
	OutOfBounds Refusal = "out_of_bounds"
	// Taken: another has that code or name.
	Taken Refusal = "taken"
)

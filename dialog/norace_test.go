//go:build !race

package dialog_test

// underRace is set while the race detector makes everything several times as slow.
const underRace = false

//go:build !race

package main

// underRace is set while the race detector makes everything several times as slow.
const underRace = false
